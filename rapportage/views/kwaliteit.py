"""The quality of stop messages, for the provider itself and per provider for the contract manager (M12)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from organisaties.models import Aanbieder, Gebruiker
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.forms import kwartalen_tot
from rapportage.kwaliteit import PUNTEN, Aandacht
from rapportage.queries.kwaliteit import kwaliteit_van, met_wie
from rapportage.queries.opgave import namen_van
from wmo_portal.lib.bladeren import blader, vanaf
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import vandaag

TITEL = "Kwaliteit van stopberichten"
PER_PAGINA = 50


@vereist(Mag.OPGAVE_INDIENEN, Mag.OPGAVE_BEOORDELEN)
@require_GET
def pagina(request: Verzoek) -> HttpResponse:
    """By quarter of receipt. A provider sees its own clients by name, with the message; a contract manager sees marks.

    Every look at them is a line in the log.
    """
    kwartaal = _kwartaal(request)
    rijen = kwaliteit_van(request.user, kwartaal.periode, vandaag())
    aandacht = [(aanbieder, bericht) for aanbieder, oordeel in rijen for bericht in oordeel.aandacht]
    begin = vanaf(request.GET, len(aandacht))
    eigen = bool(request.user.aanbieder_id)
    inhoud = {
        "titel": TITEL,
        "kwartaal": kwartaal,
        "kwartalen": [(str(k), k.naam) for k in kwartalen_tot(vandaag())],
        "rijen": [
            (
                aanbieder,
                len(oordeel.berichten),
                [(naam, oordeel.scores[punt]) for punt, (naam, _) in PUNTEN.items()],
            )
            for aanbieder, oordeel in rijen
        ],
        "aandacht": _met_wie(request.user, kwartaal, aandacht[begin : begin + PER_PAGINA]),
        **blader(request.GET, begin, len(aandacht), PER_PAGINA),
        "punten": list(PUNTEN.values()),
        "meerdere": not eigen,
        "kruimels": [("Kwartaalopgave", reverse("rapportage:opgaven")), (TITEL, "")] if eigen else None,
    }
    return render(request, "rapportage/kwaliteit.html", inhoud)


def _met_wie(
    kijker: Gebruiker, kwartaal: Kwartaal, getoond: list[tuple[Aanbieder, Aandacht]]
) -> list[dict[str, Any]]:
    """The messages that are shown with whom they are about; this look is logged."""
    van = {bericht.stop: aanbieder for aanbieder, bericht in getoond}
    wie = met_wie(kijker, [bericht for _, bericht in getoond])
    if wie:
        leg_inzage_vast(
            door=kijker,
            soort="stopkwaliteit",
            cel={"kwartaal": str(kwartaal)},
            merken=[rij.merk for rij in wie],
        )
    eigen = (rij.client_id for rij in wie if rij.client_id)
    namen = namen_van(eigen, kijker) if kijker.aanbieder_id else {}
    return [
        {
            "aanbieder": van[rij.stop],
            "feit": rij.feit,
            "bericht": rij.bericht,
            "wie": namen.get(rij.client_id or 0, rij.merk),
            "punten": [(PUNTEN[punt][0], zin) for punt, zin in rij.punten],
        }
        for rij in wie
    ]


def _kwartaal(request: Verzoek) -> Kwartaal:
    """Nonsense in the address is the last whole quarter."""
    try:
        return Kwartaal.lees(request.GET.get("kwartaal", ""))
    except ValueError:
        return Kwartaal.van(vandaag()).vorige
