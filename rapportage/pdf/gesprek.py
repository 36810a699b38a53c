"""The quarterly talk as a tagged PDF, from the same object as the page. `document` is called by a worker only."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from rapportage.beeld import doelgrafieken, uitvalgrafiek, uitvalverloop
from rapportage.kwaliteit import PUNTEN
from rapportage.models import Kwartaalgesprek
from rapportage.opgave_regels import ASSEN
from rapportage.queries.gesprek import Gesprek
from rapportage.queries.gespreksverloop import zegelfout
from rapportage.tabellen import per_gemeente
from rapportage.tellingen import AFRONDING
from rapportage.verantwoording import Kop, opmerkingen, verantwoording
from resultaat.enums import Uitkomst
from wmo_portal.lib.drukwerk import pdf
from wmo_portal.lib.perioden import Kwartaal


def titel(rij: Kwartaalgesprek) -> str:
    return f"Kwartaalgesprek {rij.aanbieder}, {Kwartaal.lees(rij.kwartaal).naam}"


def inhoud_van(gesprek: Gesprek) -> dict[str, Any]:
    """Tables and charts of the object, for page and PDF alike."""
    gemeenten, resultaat = per_gemeente(gesprek.uitval), gesprek.resultaat
    return {
        "gemeenten": gemeenten,
        "grafiek": uitvalgrafiek(gesprek.uitval, gemeenten),
        "opmerkingen": opmerkingen(gesprek.uitval, vast=gesprek.vast is not None),
        "afronding": AFRONDING,
        "verloopgrafiek": uitvalverloop(
            [(str(stand.kwartaal), stand.verdeling) for stand in gesprek.verloop]
        ),
        "zegelfout": zegelfout(gesprek.verloop),
        "doelgrafieken": doelgrafieken(gesprek.doelen, gesprek.vorig_kwartaal, str(gesprek.kwartaal)),
        "assen": [as_.capitalize() for as_ in ASSEN],
        "uitkomsten": [(u, resultaat.totaal.aantallen[u]) for u in Uitkomst],
        "punten": [(*PUNTEN[punt], score) for punt, score in gesprek.kwaliteit.scores.items()],
        "aandacht": [(rij, [(PUNTEN[punt][0], zin) for punt, zin in rij.punten]) for rij in gesprek.aandacht],
    }


def document(gesprek: Gesprek, kop: Kop) -> bytes:
    """About a second and 100 MB. Raises DrukwerkFout."""
    inhoud = render_to_string(
        "rapportage/druk/gesprek.html",
        {
            **inhoud_van(gesprek),
            "gesprek": gesprek,
            "kop": kop,
            "verantwoording": verantwoording(kop, gesprek.uitval),
        },
    )
    return pdf(inhoud, titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
