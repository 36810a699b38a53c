"""How allauth behaves here: nobody signs up by himself, mail goes through the outbox like all mail."""

from base64 import b64decode, b64encode
from typing import Any, ClassVar, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from organisaties import sessies
from organisaties.geheimen import bos as _bos
from organisaties.inloglog import noteer_gekoppeld, noteer_mislukt, noteer_uitgelogd
from organisaties.models import Gebruiker, Inlogdienst
from organisaties.oidc import Inlogfout, Provider, app_van
from organisaties.queries import verplichte_inlogdienst
from organisaties.sessies import BIJ_DIENST, ELDERS, VIA, WAARMEE
from techniek.actions import zet_mail_klaar
from wmo_portal.lib.tijd import nu
from wmo_portal.nlds.meldingen import MELDINGEN

GEHEIM_CONTEXT: Final = "mfa_authenticator"
"""What the ciphertext of a second factor is bound to. No row id: allauth encrypts before the row exists."""
_EIGEN_STAP: Final = "allauth.mfa.stages.AuthenticateStage"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **MELDINGEN}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        noteer_mislukt(credentials.get("email", ""), "wachtwoord")

    def pre_login(self, request: HttpRequest, user: Gebruiker, **kwargs: Any) -> HttpResponse | None:
        """Where an organisation wants its own service only, a password opens nothing."""
        via = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        _onthoud_dienst(request, via)
        if not via and (dienst := verplichte_inlogdienst(user)):
            noteer_mislukt(user.email, "wachtwoord mag niet")
            messages.error(request, f"U logt in via {dienst.naam}. Gebruik de link onderaan.")
            return redirect("account_login")
        antwoord: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return antwoord

    def get_login_stages(self) -> list[str]:
        """Our own second factor is asked of everybody for whom no service vouched in this very request."""
        stappen: list[str] = super().get_login_stages()
        return [stap for stap in stappen if stap != _EIGEN_STAP or not getattr(self.request, ELDERS, "")]

    def login(self, request: HttpRequest, user: Gebruiker) -> None:
        super().login(request, user)
        request.session[ELDERS] = getattr(request, ELDERS, "")
        request.session[WAARMEE] = sessies.herken(request.headers.get("User-Agent", ""))
        sessies.houd_er(user.pk, settings.SESSIES_HOOGSTENS, deze=request.session.session_key)

    def logout(self, request: HttpRequest) -> None:
        noteer_uitgelogd(request.user)
        super().logout(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Who came by a service is told that he is still logged in there. Asked before the session ends."""
        code = request.session.get(VIA)
        if code and Inlogdienst.objects.filter(code=code, actief=True).exists():
            return reverse("inlogdienst-uitgelogd", args=[code])
        adres: str = super().get_logout_redirect_url(request)
        return adres

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


def _onthoud_dienst(request: HttpRequest, via: Any) -> None:
    """By which service, and how it calls this person: before our own second factor, so that it can end that too."""
    request.session.pop(VIA, None)
    request.session.pop(BIJ_DIENST, None)
    if via:
        request.session[VIA] = via.account.provider
        request.session[BIJ_DIENST] = {"sub": via.account.uid, "sid": via.sid}


class SociaalAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """An organisation's own identity provider signs in people whom we know already; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        rijen = Inlogdienst.objects.filter(actief=True)
        return [app_van(dienst) for dienst in (rijen.filter(code=provider) if provider else rijen)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Provider:
        return Provider(request, app=self.get_app(request, provider=provider))

    def get_requests_session(self) -> Any:
        """A service answers at its own address or not at all."""
        sessie = super().get_requests_session()
        sessie.max_redirects = 0
        return sessie

    def on_authentication_error(
        self, request: HttpRequest, provider: Provider, error: str = "", exception: Any = None, **_: Any
    ) -> None:
        eigen = isinstance(exception, Inlogfout) or exception is None
        waarom = str(exception or error) if eigen else type(exception).__name__
        noteer_mislukt("", "inlogdienst", dienst=provider.app.provider_id, waarom=waarom)
        raise ImmediateHttpResponse(_weiger(request, provider))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Only somebody of that very organisation comes in, and the first time his account is tied to theirs."""
        provider = sociallogin.provider
        dienst: Inlogdienst = provider.app.settings["dienst"]
        bekend = sociallogin.is_existing
        wie = sociallogin.user if bekend else self._bij_adres(dienst, sociallogin)
        if wie is None or not wie.is_active or not dienst.is_van(wie):
            noteer_mislukt(wie.email if wie else "", "inlogdienst", dienst=dienst.code, waarom="geen account")
            raise ImmediateHttpResponse(_weiger(request, provider))
        if not bekend:
            sociallogin.connect(request, wie)
            noteer_gekoppeld(wie, dienst.code)
        setattr(request, ELDERS, dienst.code if sociallogin.tweede_stap else "")

    @staticmethod
    def _bij_adres(dienst: Inlogdienst, sociallogin: Any) -> Gebruiker | None:
        """The invited person with that e-mail address, if nobody of the service is tied to him yet.

        An address that went to a new colleague does not open the account of the old one.
        """
        adres = sociallogin.account.extra_data["id_token"]["email"]
        wie = Gebruiker.objects.filter(email__iexact=adres).first() if isinstance(adres, str) else None
        bezet = wie and SocialAccount.objects.filter(user=wie, provider=dienst.code).exists()
        return None if bezet else wie


def _weiger(request: HttpRequest, provider: Provider) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", {"dienst": provider.name}, status=401)


class TweedeFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """The secret of an app and the seed of recovery codes are encrypted: a stolen backup logs nobody in."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **MELDINGEN}

    def encrypt(self, text: str) -> str:
        return b64encode(_bos().versleutel(text, GEHEIM_CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _bos().ontsleutel(b64decode(encrypted_text), GEHEIM_CONTEXT)
