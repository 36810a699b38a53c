"""The uitval report as a tagged PDF, from the same object as the page and the workbook. Called by a worker only."""

from __future__ import annotations

from django.template.loader import render_to_string

from rapportage.beeld import uitvalgrafiek
from rapportage.definities import UITVAL_DEFINITIES
from rapportage.overzicht import Uitval
from rapportage.tabellen import per_aanbieder, per_gemeente
from rapportage.tellingen import AFRONDING
from rapportage.verantwoording import Kop, definitieregels, indelingregels, opmerkingen, verantwoording
from wmo_portal.lib.drukwerk import pdf


def document(uitval: Uitval, kop: Kop) -> bytes:
    """About a second and 100 MB. Raises DrukwerkFout."""
    gemeenten = per_gemeente(uitval)
    inhoud = render_to_string(
        "rapportage/druk/uitval.html",
        {
            "kop": kop,
            "uitval": uitval,
            "gemeenten": gemeenten,
            "aanbieders": per_aanbieder(uitval),
            "grafiek": uitvalgrafiek(uitval, gemeenten),
            "opmerkingen": opmerkingen(uitval, vast=bool(kop.zegel)),
            "afronding": AFRONDING,
            "verantwoording": verantwoording(kop, uitval),
            "definities": definitieregels(UITVAL_DEFINITIES),
            "indeling": indelingregels(uitval),
        },
    )
    return pdf(inhoud, titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
