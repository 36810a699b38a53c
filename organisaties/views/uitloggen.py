"""Leaving, at both sides: the service tells us that somebody left there, and somebody who left here can leave there."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from organisaties import afmelden
from organisaties.inloglog import noteer_afmelding_geweigerd
from organisaties.oidc import STUK, Inlogfout, bij, veilig_adres
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu

_ZOUT: Final = "inlogdienst-uitgelogd"
_TERUG_BINNEN: Final = 3600


# Another machine calls, without a session and without a cookie: its signature is what it comes in by.
@csrf_exempt
@login_not_required
@require_POST
def afgemeld(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The back-channel logout address: 200 when it is done, 400 with the reason of the standard when not (§2.8)."""
    if not ratelimit.consume(request, action="afmelden"):
        return _weiger("te vaak", status=429)
    adapter = bij(request, provider_id)
    try:
        gevraagd = afmelden.lees(adapter, str(request.POST.get("logout_token", "")), op=nu().timestamp())
        with rls.binnen(rls.SYSTEEM):
            afmelden.voer_uit(adapter, gevraagd)
    except STUK as fout:
        waarom = str(fout) if isinstance(fout, Inlogfout) else type(fout).__name__
        noteer_afmelding_geweigerd(adapter.dienst.code, waarom)
        return _weiger(waarom, status=400)
    return HttpResponse(status=200)


def _weiger(waarom: str, *, status: int) -> HttpResponse:
    return JsonResponse({"error": "invalid_request", "error_description": waarom}, status=status)


@login_not_required
@require_GET
def uitgelogd(request: HttpRequest, provider_id: str) -> HttpResponse:
    """After logging out here: still logged in at the service, with the way to leave there; or left there too."""
    adapter = bij(request, provider_id)
    inhoud = {
        "dienst": adapter.dienst,
        "overal": _komt_terug(request.GET.get("state", ""), adapter.dienst.code),
    }
    return render(request, "organisaties/uitgelogd.html", inhoud)


@login_not_required
@require_GET
def uit(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the service, to log out there (RP-Initiated Logout 1.0). Without the id token: it would stand in an address."""
    adapter = bij(request, provider_id)
    try:
        adres = str(adapter.openid_config.get("end_session_endpoint"))
    except STUK:
        adres = ""
    if not veilig_adres(adres):
        return render(request, "organisaties/uitgelogd.html", {"dienst": adapter.dienst, "kan_niet": True})
    vraag = {
        "client_id": adapter.dienst.client_id,
        "post_logout_redirect_uri": settings.ADRES.rstrip("/")
        + reverse("inlogdienst-uitgelogd", args=[adapter.dienst.code]),
        "state": signing.dumps(adapter.dienst.code, salt=_ZOUT),
        "ui_locales": "nl",
    }
    return redirect(f"{adres}{'&' if '?' in adres else '?'}{urlencode(vraag)}")


def _komt_terug(state: str, code: str) -> bool:
    """Only who was sent to the service by us is told that he left there."""
    try:
        return bool(signing.loads(state, salt=_ZOUT, max_age=_TERUG_BINNEN) == code)
    except signing.BadSignature:
        return False
