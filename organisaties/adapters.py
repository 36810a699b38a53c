"""How allauth behaves here: nobody signs up by himself, mail goes through the outbox like all mail."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from techniek.actions import zet_mail_klaar
from wmo_portal.lib.tijd import nu
from wmo_portal.nlds.meldingen import MELDINGEN


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **MELDINGEN}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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


class TweedeFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **MELDINGEN}
