"""After a round: putting it back, and the workbook for Suite."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from logboek.actions import leg_vast
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.ronde import RondeFout
from resultaat.actions.ronde_terug import draai_terug, waarom_niet_terug
from resultaat.enums import Verdict
from resultaat.excel_ronde import werkboek
from resultaat.models import Ronde
from resultaat.queries.ronde import (
    alle_regels,
)
from resultaat.statussen import RondeStatus
from resultaat.views.hulp import vraag_reden
from resultaat.views.ronde import DOEL, log, pagina, titel, zoek
from wmo_portal.lib.bijlage import XLSX, als_bestand
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu


@vereist(Mag.RONDE)
@require_http_methods(["GET", "POST"])
def terugdraaien(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Ask for the reason, then put the round back."""
    gevonden = zoek(request, kenmerk)
    kruimels = [
        ("Maandelijkse ronde", reverse("resultaat:rondes")),
        (titel(gevonden), pagina(gevonden, "")),
        ("Terugdraaien", ""),
    ]
    return vraag_reden(
        request,
        "resultaat/ronde_terugdraaien.html",
        {
            "ronde": gevonden,
            "titel": titel(gevonden),
            "bezwaar": waarom_niet_terug(gevonden),
            "ja": gevonden.tellingen.get(Verdict.AUTOMATISCH_JA, 0),
            "kruimels": kruimels,
        },
        knop="Ronde terugdraaien",
        uitleg="Deze reden komt bij de ronde en in het logboek te staan.",
        doe=lambda reden: _draai_terug(request, gevonden, reden),
    )


def _draai_terug(request: Verzoek, ronde: Ronde, reden: str) -> HttpResponseRedirect:
    try:
        draai_terug(ronde=ronde, door=request.user, reden=reden, moment=nu())
    except RondeFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "De ronde is teruggedraaid. De resultaten van deze ronde zijn ingetrokken.")
    return redirect("resultaat:ronde", kenmerk=ronde.kenmerk)


@vereist(Mag.EXPORTEREN)
@vereist(Mag.RONDE)
@require_GET
def export(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The workbook for Suite. Everybody in it is logged as seen, and the export itself with its number of rows."""
    gevonden = zoek(request, kenmerk)
    if gevonden.status == RondeStatus.TERUGGEDRAAID:
        raise Http404  # what it says is no longer so: nothing of it belongs in Suite
    rijen = list(alle_regels(gevonden, request.user))
    log(request, rijen, gevonden, scherm="export ronde")
    leg_vast(
        actie="ronde.exporteren",
        door=request.user,
        object_soort="ronde",
        object_kenmerk=gevonden.kenmerk,
        gemeente_id=gevonden.gemeente_id,
        doel=DOEL,
        details={"rijen": len(rijen)},
    )
    inhoud = werkboek(gevonden, rijen, gemaakt_op=nu(), door=request.user.naam)
    return als_bestand(inhoud, f"ronde-{gevonden.gemeente.code}-{Maand.van(gevonden.maand)}.xlsx", XLSX)
