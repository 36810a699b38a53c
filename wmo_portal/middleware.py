"""Headers that every answer carries (veiligheid D8), and the answers to what cannot be read."""

import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.defaults import bad_request

from wmo_portal.lib.sleutelbos import OntsleutelFout

RECHTEN_VAN_DE_BROWSER = "accelerometer=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def antwoordkoppen(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """No page with personal data in any cache; no device rights."""

    def midden(request: HttpRequest) -> HttpResponse:
        antwoord = get_response(request)
        antwoord.headers.setdefault("Permissions-Policy", RECHTEN_VAN_DE_BROWSER)
        if not request.path.startswith("/static/"):
            antwoord.headers.setdefault("Cache-Control", "no-store")
        return antwoord

    return midden


def te_groot(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a request that says it is larger than any upload may be, before a byte of it is read (threat 32)."""

    def midden(request: HttpRequest) -> HttpResponse:
        lengte = request.headers.get("Content-Length", "")
        if lengte.isdecimal() and int(lengte) > settings.VERZOEK_HOOGSTENS:
            return _te_groot(request)
        return get_response(request)

    return midden


def niet_te_lezen(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what Django cannot read: 413 when it was too much, else 400."""
    if isinstance(exception, RequestDataTooBig):
        return _te_groot(request)
    return bad_request(request, exception)


def _te_groot(request: HttpRequest) -> HttpResponse:
    hoogstens = settings.UPLOAD_HOOGSTENS // 1_000_000
    return render(request, "413.html", {"hoogstens_mb": hoogstens}, status=413)


def misgegaan(request: HttpRequest) -> HttpResponse:
    """The answer to a fault of ours. Of something stored that cannot be read it says what to do; that names nobody."""
    fout = sys.exception()
    zin = str(fout) if isinstance(fout, OntsleutelFout) else ""
    return HttpResponse(loader.get_template("500.html").render({"zin": zin}), status=500)
