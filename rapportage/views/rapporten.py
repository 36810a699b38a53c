"""Mijn rapporten: what somebody asked for, how far it is, and the download."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.rapporten import geef
from rapportage.models import Rapport
from rapportage.statussen import Rapportsoort, RapportStatus
from rapportage.views.hulp import als_bestand
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu

OP_DE_PAGINA = 100


@require_GET
@vereist(Mag.EXPORTEREN, Mag.OPGAVE_INDIENEN)
def mijn(request: Verzoek) -> HttpResponse:
    rapporten = list(Rapport.objects.visible_to(request.user).defer("versleuteld")[:OP_DE_PAGINA])
    return render(
        request,
        "rapportage/mijn_rapporten.html",
        {"rapporten": [(rapport, _keuzes(rapport)) for rapport in rapporten], **_stand(rapporten)},
    )


@require_GET
@vereist(Mag.EXPORTEREN, Mag.OPGAVE_INDIENEN)
def stand(request: Verzoek) -> HttpResponse:
    """The piece of the page that asks for itself until everything is made."""
    rapporten = list(Rapport.objects.visible_to(request.user).defer("versleuteld")[:OP_DE_PAGINA])
    return render(request, "rapportage/_stand.html", _stand(rapporten))


@require_GET
@vereist(Mag.EXPORTEREN, Mag.OPGAVE_INDIENEN)
def download(request: Verzoek, kenmerk: str) -> HttpResponse:
    rapport = get_object_or_404(Rapport.objects.visible_to(request.user), kenmerk=kenmerk)
    if rapport.status != RapportStatus.KLAAR or rapport.verloopt_op <= nu():
        raise Http404
    return als_bestand(geef(rapport=rapport, door=request.user), rapport.bestandsnaam, "application/pdf")


def _stand(rapporten: list[Rapport]) -> dict[str, Any]:
    """Of the reports of this run: how many are there."""
    bezig = [r for r in rapporten if r.status in (RapportStatus.AANGEVRAAGD, RapportStatus.BEZIG)]
    return {"bezig": bool(bezig), "gedaan": len(rapporten) - len(bezig), "totaal": len(rapporten)}


def _keuzes(rapport: Rapport) -> str:
    """Without a choice everything is in it; codes stand as they stand in the address."""
    kwartaal = Kwartaal.lees(rapport.filters["kwartaal"]).naam if rapport.filters.get("kwartaal") else ""
    if rapport.automatisch:
        return f"Elk kwartaal vanzelf: {rapport.filters['regio']}, {kwartaal}"
    if rapport.soort in (Rapportsoort.VASTSTELLING, Rapportsoort.OPGAVE, Rapportsoort.GESPREK):
        return Rapportsoort(rapport.soort).label
    overig = [f"{naam}: {waarde}" for naam, waarde in rapport.filters.items() if naam != "kwartaal"]
    return ", ".join(filter(None, (kwartaal, *(overig or ["alles"]))))
