"""How allauth behaves here: nobody signs up by himself, mail goes through the outbox like all mail."""

from base64 import b64decode, b64encode
from functools import cache
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from organisaties.inloglog import noteer_mislukt, noteer_uitgelogd
from techniek.actions import zet_mail_klaar
from wmo_portal.lib.sleutelbos import Sleutelbos
from wmo_portal.lib.tijd import nu
from wmo_portal.nlds.meldingen import MELDINGEN

GEHEIM_CONTEXT: Final = "mfa_authenticator"
"""What the ciphertext of a second factor is bound to. No row id: allauth encrypts before the row exists."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **MELDINGEN}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        noteer_mislukt(credentials.get("email", ""), "wachtwoord")

    def logout(self, request: HttpRequest) -> None:
        noteer_uitgelogd(request.user)
        super().logout(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        bericht = self.render_mail(template_prefix, email, context)
        moment = nu()
        zet_mail_klaar(
            sleutel=f"account:{template_prefix}:{email}:{moment.isoformat()}",
            aan=email,
            onderwerp=str(bericht.subject),
            tekst=str(bericht.body),
            op=moment,
        )


class SociaalAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """A municipality's own identity provider signs in people whom we know already; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


@cache
def _bos() -> Sleutelbos:
    return Sleutelbos.uit_tekst(settings.BSN_SLEUTELS, settings.BSN_INDEXSLEUTEL)


class TweedeFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The secret of an app and the seed of recovery codes are encrypted: a stolen backup logs nobody in."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **MELDINGEN}

    def encrypt(self, text: str) -> str:
        return b64encode(_bos().versleutel(text, GEHEIM_CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _bos().ontsleutel(b64decode(encrypted_text), GEHEIM_CONTEXT)
