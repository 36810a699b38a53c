"""Order a report and ring the worker that makes it; a bell that nobody hears is found by the clock a minute later."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from kombu.exceptions import OperationalError

from organisaties.toegang import Verzoek
from rapportage.actions.rapporten import vraag_aan
from rapportage.statussen import Rapportsoort
from rapportage.tasks import maak_rapporten
from wmo_portal.lib.tijd import nu

WORDT_GEMAAKT: Final = "De PDF wordt gemaakt. U vindt hem hieronder zodra hij klaar is."


def bestel(
    request: Verzoek, *, soort: Rapportsoort, titel: str, filters: dict[str, str], bestandsnaam: str
) -> HttpResponseRedirect:
    """Ask for a report in the name of who is logged in, and go to where it will stand."""
    vraag_aan(
        soort=soort, titel=titel, filters=filters, bestandsnaam=bestandsnaam, door=request.user, op=nu()
    )
    bel_de_maker()
    return redirect("rapportage:mijn-rapporten")


def bel_de_maker() -> None:
    """After the commit, so that the worker finds the row."""
    transaction.on_commit(_bel, robust=True)


def _bel() -> None:
    with suppress(OperationalError):
        maak_rapporten.apply_async(retry=False)
