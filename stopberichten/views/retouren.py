"""Answers that still have to go out: which, take them along, say that they went."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from iwmo.envelop import maak_zip
from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.toegang import vereist
from stopberichten.berichtinhoud import du01_van, retour_van
from stopberichten.inzage import bericht_gezien
from stopberichten.koppelen import markeer_verstuurd
from stopberichten.models import Bericht
from stopberichten.ontvangst import envelop_naam, retour_naam
from stopberichten.queries_berichten import open_retouren, retour_te_laat
from stopberichten.views.berichten import tabs, wie_vraagt
from wmo_portal.lib.bijlage import als_bestand
from wmo_portal.lib.tijd import nu, vandaag

ZIP_HOOGSTENS: Final = 1000


@require_GET
@vereist(Mag.BERICHTEN_ZIEN)
def retouren(request: HttpRequest) -> HttpResponse:
    wie = wie_vraagt(request)
    rijen = list(open_retouren(wie).defer("inhoud")[:ZIP_HOOGSTENS])
    return render(
        request,
        "stopberichten/retouren.html",
        {
            "rijen": [
                {"bericht": b, "naam": retour_naam(b), "te_laat": retour_te_laat(b, vandaag())} for b in rijen
            ],
            "tabs": tabs(wie, "retouren"),
            "mag_versturen": wie.mag(Mag.BERICHTEN_INSTUREN),
            "is_aanbieder": bool(wie.aanbieder_id),
        },
    )


@require_POST
@vereist(Mag.BERICHTEN_INSTUREN)
def retouren_zip(request: HttpRequest) -> HttpResponse:
    """The chosen answers as one zip. Taking them out is not sending: that is another click."""
    wie = wie_vraagt(request)
    gekozen = list(_gekozen(request, wie)[:ZIP_HOOGSTENS])
    if not gekozen:
        messages.warning(request, "Kies minstens één retourbericht.")
        return redirect("stopberichten:retouren")
    for het in gekozen:
        bericht_gezien(door=wie, bericht=het, actie="retour.gedownload")
    inhoud = maak_zip(_als_bestand(b) for b in gekozen)
    return als_bestand(inhoud, f"retour-{vandaag():%Y%m%d}.zip", "application/zip")


def _als_bestand(bericht: Bericht) -> tuple[str, bytes]:
    """Name and bytes of the answer, in an envelope when the message came in one."""
    naam, du01 = retour_naam(bericht) or "", du01_van(bericht)
    return (naam, retour_van(bericht) or b"") if du01 is None else (envelop_naam(naam), du01)


def _gekozen(request: HttpRequest, wie: Gebruiker) -> Any:
    return open_retouren(wie).filter(kenmerk__in=_kenmerken(request))


def _kenmerken(request: HttpRequest) -> list[str]:
    """The marks that were ticked; what is no mark is left out."""
    uit = []
    for tekst in request.POST.getlist("bericht"):
        try:
            uit.append(str(uuid.UUID(tekst)))
        except ValueError:
            continue
    return uit


@require_POST
@vereist(Mag.BERICHTEN_INSTUREN)
def verstuurd(request: HttpRequest) -> HttpResponse:
    aantal = markeer_verstuurd(kenmerken=_kenmerken(request), door=wie_vraagt(request), op=nu())
    if aantal:
        wat = "1 retourbericht staat" if aantal == 1 else f"{aantal} retourberichten staan"
        messages.success(request, f"{wat} nu als verstuurd.")
    else:
        messages.warning(request, "Er is niets gewijzigd. Kies berichten die nog verstuurd moeten worden.")
    return redirect("stopberichten:retouren")
