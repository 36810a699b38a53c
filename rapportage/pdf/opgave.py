"""A sent kwartaalopgave as a tagged PDF, from the sealed content itself. Called by a worker only."""

from __future__ import annotations

from django.template.loader import render_to_string

from rapportage.opgave_beeld import Beeld
from rapportage.tellingen import AFRONDING
from rapportage.verantwoording import Kop
from wmo_portal.lib.drukwerk import pdf


def document(beeld: Beeld, kop: Kop) -> bytes:
    """About a second and 100 MB. Raises DrukwerkFout."""
    inhoud = render_to_string(
        "rapportage/druk/opgave.html", {"beeld": beeld, "kop": kop, "afronding": AFRONDING}
    )
    return pdf(inhoud, titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
