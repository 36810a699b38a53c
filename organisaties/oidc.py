"""Logging in at an organisation's own identity provider: allauth's OpenID Connect, with the doors shut that it leaves open.

Over what allauth does (state, PKCE, the exchange of the code): the signature of the id token is checked always, with
asymmetric keys alone; a nonce; the issuer of the discovery document, of the answer and of the token are the one that
was set up; the audience is us and nobody else; nothing that a visitor adds to the address reaches the service. Every
refusal has one word, for the log; what is wrong exactly stays there, the visitor gets one sentence.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from functools import cached_property, wraps
from secrets import token_urlsafe
from typing import Any, Final, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from requests import RequestException

from organisaties.models import Inlogdienst

ALGORITMEN: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ADRESSEN: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SPELING: Final = 60
"""Seconds that the clocks of two machines may differ."""
STUK: Final = (OAuth2Error, RequestException)
ONLEESBAAR: Final = (ValueError, KeyError, TypeError, AttributeError)
"""What a broken or hostile service can make of its answers."""
P = ParamSpec("P")
R = TypeVar("R")


class Inlogfout(OAuth2Error):  # type: ignore[misc]  # allauth ships no types
    """The identity provider is not believed; the message is the word for the log."""


def leest(methode: Callable[P, R]) -> Callable[P, R]:
    """An answer that is not what the standard says is a refusal, not a crash of ours."""

    @wraps(methode)
    def voorzichtig(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return methode(*args, **kwargs)
        except ONLEESBAAR as fout:
            raise Inlogfout(f"onleesbaar antwoord ({type(fout).__name__})") from fout

    return voorzichtig


def app_van(dienst: Inlogdienst) -> SocialApp:
    """Our row as allauth knows a client of an identity provider; never stored."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=dienst.code,
        name=dienst.naam,
        client_id=dienst.client_id,
        secret=dienst.geheim,
        settings={"server_url": dienst.uitgever.rstrip("/"), "dienst": dienst},
    )


def veilig_adres(adres: object) -> bool:
    """Over TLS; plain http only to this very machine and only outside production (a stub in tests, a demo)."""
    if not isinstance(adres, str):
        return False
    delen = urlsplit(adres)
    thuis = settings.EMBEDDED and delen.scheme == "http" and delen.hostname in {"127.0.0.1", "localhost"}
    return bool(delen.hostname) and (delen.scheme == "https" or thuis)


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    pkce_enabled_default = True

    def get_oauth2_adapter(self, request: HttpRequest) -> Inlogadapter:
        return Inlogadapter(request, self.app.provider_id)

    def serialize(self) -> dict[str, Any]:
        """By our code: two organisations may share a broker and its client id."""
        return {"id": self.app.provider_id}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return ["openid", "email"]

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        waarden = self.app.settings["dienst"].tweede_stap
        return {"nonce": token_urlsafe(32), **({"acr_values": waarden} if waarden else {})}

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        try:
            nonce = kwargs["auth_params"]["nonce"]
            antwoord = super().redirect(request, "login", next_url, data, nonce=nonce, **kwargs)
        except STUK as fout:
            antwoord = render_authentication_error(request, self, exception=fout)
        return cast(HttpResponse, antwoord)


class Inlogadapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    nonce = ""

    @property
    @leest
    def openid_config(self) -> dict[str, Any]:
        gelezen: dict[str, Any] = super().openid_config
        if gelezen.get("issuer") != self.dienst.uitgever:
            raise Inlogfout("uitgever")
        if not all(veilig_adres(gelezen.get(naam)) for naam in ADRESSEN):
            raise Inlogfout("adres")
        return gelezen

    @cached_property
    def dienst(self) -> Inlogdienst:
        dienst: Inlogdienst = self.get_provider().app.settings["dienst"]
        return dienst

    @leest
    def get_access_token_data(self, *args: Any, **kwargs: Any) -> Any:
        return super().get_access_token_data(*args, **kwargs)

    @leest
    def parse_token(self, data: Any) -> Any:
        return super().parse_token(data)

    @leest
    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        bewezen = self._bewezen(str(kwargs["response"].get("id_token") or ""))
        claims = self._aangevuld(bewezen, token.token)
        dienst = self.dienst
        if dienst.eis_naam and not _heeft(claims.get(dienst.eis_naam), dienst.eis_waarde):
            raise Inlogfout("organisatie")
        if claims.get("email_verified") in (False, "false"):
            raise Inlogfout("e-mailadres")
        # The rest of what the service tells is of no use here, so it is not kept.
        kern = {"sub": claims["sub"], "email": claims.get("email")}
        inlog = self.get_provider().sociallogin_from_response(request, {"id_token": kern})
        inlog.tweede_stap = _bewijs_van_tweede_stap(bewezen) & dienst.staat_in_voor
        inlog.sid = str(bewezen.get("sid") or "")
        return inlog

    def _bewezen(self, id_token: str) -> dict[str, Any]:
        """What the service says about the person, proven; raises Inlogfout."""
        claims = self.getekend(id_token, vereist=("sub", "nonce"))
        if not self.nonce or not hmac.compare_digest(str(claims["nonce"]), self.nonce):
            raise Inlogfout("nonce")
        return claims

    def getekend(self, token: str, *, vereist: tuple[str, ...]) -> dict[str, Any]:
        """The content of a token that this service signed, for us alone, and that holds now; raises Inlogfout."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._sleutel(token),
                algorithms=list(ALGORITMEN),
                audience=self.dienst.client_id,
                issuer=self.dienst.uitgever,
                leeway=SPELING,
                options={"require": ["exp", "iat", "iss", "aud", *vereist]},
            )
        except jwt.PyJWTError as fout:
            raise Inlogfout(type(fout).__name__) from fout
        if claims["aud"] not in (self.dienst.client_id, [self.dienst.client_id]):
            raise Inlogfout("ook voor een ander")
        return claims

    def _sleutel(self, id_token: str) -> jwt.PyJWK:
        kop = jwt.get_unverified_header(id_token)
        with get_adapter().get_requests_session() as sessie:
            antwoord = sessie.get(self.openid_config["jwks_uri"])
            antwoord.raise_for_status()
        for sleutel in jwt.PyJWKSet.from_dict(antwoord.json()).keys:
            if sleutel.key_id == kop.get("kid") and sleutel.public_key_use in (None, "sig"):
                return sleutel
        raise Inlogfout("sleutel")

    def _aangevuld(self, bewezen: dict[str, Any], toegang: str) -> dict[str, Any]:
        """Some services give the e-mail address at another counter; it must be about the same person."""
        if "email" in bewezen or not veilig_adres(self.openid_config.get("userinfo_endpoint")):
            return bewezen
        verteld = self._fetch_user_info(toegang)
        if verteld.get("sub") != bewezen["sub"]:
            raise Inlogfout("ander persoon")
        return {**verteld, **bewezen}


def _heeft(waarde: object, gezocht: str) -> bool:
    return gezocht in [str(deel) for deel in waarde] if isinstance(waarde, list) else str(waarde) == gezocht


def _bewijs_van_tweede_stap(bewezen: Mapping[str, Any]) -> set[str]:
    """The level (acr) and the means (amr), from the signed token alone."""
    amr = bewezen.get("amr")
    return {str(bewezen.get("acr", "")), *(str(deel) for deel in (amr if isinstance(amr, list) else [amr]))}


class Terug(OAuth2CallbackView):  # type: ignore[misc]  # allauth ships no types
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        provider = self.adapter.get_provider()
        try:
            if request.GET.get("iss", self.adapter.dienst.uitgever) != self.adapter.dienst.uitgever:
                raise Inlogfout("antwoord van een ander")  # RFC 9207
            antwoord = super().dispatch(request, *args, **kwargs)
        except STUK as fout:
            antwoord = render_authentication_error(request, provider, exception=fout)
        return cast(HttpResponse, antwoord)

    def _get_state(self, request: HttpRequest, provider: Provider) -> tuple[Any, Any]:
        state, antwoord = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, antwoord


def bij(request: HttpRequest, provider_id: str) -> Inlogadapter:
    adapter = Inlogadapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter


# By GET: our content policy lets no form end at another site, and nothing is changed by setting out.
@login_not_required
@require_GET
def heen(request: HttpRequest, provider_id: str) -> HttpResponse:
    antwoord: HttpResponse = OAuth2LoginView.adapter_view(bij(request, provider_id))(request)
    return antwoord


@login_not_required
@require_GET
def terug(request: HttpRequest, provider_id: str) -> HttpResponse:
    antwoord: HttpResponse = Terug.adapter_view(bij(request, provider_id))(request)
    return antwoord
