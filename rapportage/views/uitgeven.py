"""A report as a file: the workbook at once, the PDF by a worker. Exporting is a right of its own, and is logged (U30)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek
from rapportage.actions.inzage import leg_export_vast
from rapportage.forms import Rapportfilter
from rapportage.statussen import Rapportsoort
from rapportage.views.bel import WORDT_GEMAAKT, bestel
from rapportage.views.hulp import XLSX, als_bestand, bestandsnaam
from techniek.actions import eenmalig


def eis_cijfers(request: Verzoek, filter_: Rapportfilter) -> None:
    """Who may export still has to be allowed the figures, of choices that make sense."""
    if not (request.user.mag(Mag.CIJFERS) and filter_.is_valid()):
        raise Http404


def geef_werkboek(
    request: Verzoek,
    maak: Callable[..., bytes],
    *,
    soort: str,
    titel: str,
    filters: dict[str, str],
    regels: int,
) -> HttpResponse:
    """`maak(met_clienten=...)` writes it; `regels` is the number of clients in it when they are."""
    met_clienten = request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS)
    inhoud = maak(met_clienten=met_clienten)
    leg_export_vast(
        door=request.user,
        soort=soort,
        vorm="xlsx",
        filters=filters,
        regels=regels if met_clienten else 0,
        met_clienten=met_clienten,
    )
    return als_bestand(inhoud, bestandsnaam(titel, soort="xlsx"), XLSX)


def bestel_pdf(request: Verzoek, *, soort: Rapportsoort, titel: str, filters: dict[str, str]) -> HttpResponse:
    """Once, however often somebody clicks."""

    def doe() -> HttpResponseRedirect:
        messages.info(request, WORDT_GEMAAKT)
        return bestel(
            request, soort=soort, titel=titel, filters=filters, bestandsnaam=bestandsnaam(titel, soort="pdf")
        )

    return eenmalig(request, doe)
