"""Where a Toelichting begins: by looking a client up, or from one of the own allocations."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beschikkingen.models import Toewijzing
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from stopberichten.actions_toelichting import KanNiet, begin
from stopberichten.actions_toelichting_zoeken import NIET_GEVONDEN, TeVaak, zoek_client
from stopberichten.forms_toelichting import ZoekFormulier
from stopberichten.inzage_toelichting import toewijzing_gezien
from stopberichten.queries_toelichting import concept_van, naam_van, open_toewijzingen
from stopberichten.views.toelichting import kruimels, stappen
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import AMSTERDAM, nu


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def nieuw(request: Verzoek) -> HttpResponse:
    """Look a client up (R46). What was typed is not repeated in the answer, so it looks the same for everybody."""
    form = ZoekFormulier(request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _zoekpagina(request, form, status=422 if form.is_bound else 200)
    try:
        gevonden = zoek_client(
            bsn=form.cleaned_data["bsn"],
            geboortedatum=form.cleaned_data["geboortedatum"],
            door=request.user,
            op=nu(),
        )
    except TeVaak as fout:
        return _zoekpagina(request, ZoekFormulier(), melding=str(fout), status=429)
    if not gevonden:
        return _zoekpagina(request, ZoekFormulier(), melding=NIET_GEVONDEN, status=422)
    per_beschikking = [list(groep) for _, groep in groupby(gevonden, key=lambda t: t.beschikking_id)]
    if len(per_beschikking) == 1:
        return redirect("stopberichten:toelichting-begin", per_beschikking[0][0].kenmerk)
    return render(
        request,
        "stopberichten/toelichting_kies.html",
        {
            "client": gevonden[0].client,
            "keuzes": [(groep[0], [naam_van(t) for t in groep]) for groep in per_beschikking],
            "stappen": stappen("Cliënt"),
            "kruimels": kruimels("Kies de beschikking"),
        },
    )


def _zoekpagina(
    request: Verzoek, form: ZoekFormulier, *, melding: str = "", status: int = 200
) -> HttpResponse:
    inhoud = {
        "form": form,
        "form_met_fouten": form if form.errors else None,
        "melding": melding,
        "stappen": stappen("Cliënt"),
        "kruimels": kruimels("Nieuw formulier"),
    }
    return render(request, "stopberichten/toelichting_nieuw.html", inhoud, status=status)


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def begin_met(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """About one allocation: who it is, and "u gaat verder met een concept" when there is one (U4)."""
    toewijzing = open_toewijzingen(request.user).filter(kenmerk=kenmerk).first()
    if toewijzing is None:
        raise Http404
    if request.method == "POST":
        return eenmalig(request, lambda: _begin(request, toewijzing))
    toewijzing_gezien(door=request.user, toewijzing=toewijzing)
    concept = concept_van(request.user, toewijzing.beschikking_id)
    gebieden = open_toewijzingen(request.user).filter(beschikking_id=toewijzing.beschikking_id)
    inhoud = {
        "toewijzing": toewijzing,
        "gebieden": [(naam_van(t), t) for t in gebieden.order_by("toewijzingnummer")],
        "concept": concept,
        "concept_op": concept.bewaard_op.astimezone(AMSTERDAM) if concept else None,
        "eenmalig": uuid.uuid4(),
        "stappen": stappen("Cliënt"),
        "kruimels": kruimels("Nieuw formulier"),
    }
    return render(request, "stopberichten/toelichting_begin.html", inhoud)


def _begin(request: Verzoek, toewijzing: Toewijzing) -> HttpResponseRedirect:
    try:
        begonnen = begin(toewijzing=toewijzing, door=request.user, op=nu())
    except KanNiet as fout:
        messages.error(request, str(fout))
        return redirect("stopberichten:toelichtingen")
    if not begonnen.nieuw:
        wie, op = begonnen.toelichting.aangemaakt_door.naam, begonnen.toelichting.aangemaakt_op
        messages.info(
            request,
            f"U gaat verder met een concept van {op.astimezone(AMSTERDAM):%d-%m-%Y}, begonnen door {wie}.",
        )
    return HttpResponseRedirect(
        reverse("stopberichten:toelichting-invullen", args=[begonnen.toelichting.kenmerk])
    )
