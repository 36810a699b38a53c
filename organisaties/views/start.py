"""The start page: the work that waits for whoever looks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisaties.startblokken import blokken_voor
from organisaties.toegang import Verzoek
from wmo_portal.lib.tijd import vandaag


@require_GET
def start(request: Verzoek) -> HttpResponse:
    return render(request, "organisaties/start.html", {"blokken": blokken_voor(request.user, vandaag())})


start.rechten = ()  # type: ignore[attr-defined]  # everybody who is logged in; the tiles differ per role
