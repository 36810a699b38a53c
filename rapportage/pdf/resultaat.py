"""Resultaat behaald as a tagged PDF, from the same object as the page and the workbook. Called by a worker only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string

from rapportage.beeld import resultaatgrafiek, resultaatverloop
from rapportage.definities import RESULTAAT_DEFINITIES
from rapportage.kpi import Aandeel, Dimensie
from rapportage.queries.resultaat_behaald import ResultaatBehaald
from rapportage.tellingen import AFRONDING
from rapportage.verantwoording import Kop, definitieregels
from resultaat.enums import Uitkomst
from wmo_portal.lib.drukwerk import pdf
from wmo_portal.lib.perioden import Kwartaal


def document(rapport: ResultaatBehaald, kop: Kop, verloop: Sequence[tuple[Kwartaal, Aandeel]]) -> bytes:
    """Every division, one after the other: a reader of paper cannot choose. Raises DrukwerkFout."""
    inhoud = render_to_string(
        "rapportage/druk/resultaat.html",
        {
            "rapport": rapport,
            "kop": kop,
            "uitkomsten": list(Uitkomst),
            "verdelingen": [_verdeling(rapport, dimensie) for dimensie in Dimensie],
            "grafiek": resultaatgrafiek(Dimensie.GEMEENTE.value, rapport.verdeling(Dimensie.GEMEENTE)),
            "verloop": verloop,
            "verloopgrafiek": resultaatverloop(verloop),
            "totaal": _rij("Totaal", rapport.totaal),
            "per_client": dict(zip(("zonder", "met", "aantal"), rapport.per_client, strict=True)),
            "afronding": AFRONDING,
            "definities": definitieregels(RESULTAAT_DEFINITIES),
            "versie": RESULTAAT_DEFINITIES.versie,
        },
    )
    return pdf(inhoud, titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)


def _verdeling(rapport: ResultaatBehaald, dimensie: Dimensie) -> dict[str, Any]:
    return {
        "naam": dimensie.value,
        "rijen": [_rij(waarde.label, a) for waarde, a in rapport.verdeling(dimensie)],
    }


def _rij(label: str, aandeel: Aandeel) -> dict[str, Any]:
    return {"label": label, "aandeel": aandeel, "aantallen": [aandeel.aantallen[u] for u in Uitkomst]}
