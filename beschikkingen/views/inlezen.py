"""Reading a Suite export in: upload, dry run, look, import; and the rows that were wrong."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beschikkingen import actions
from beschikkingen.forms import InleesForm
from beschikkingen.inlezen import KOLOMMEN, MAX_RIJEN, keuzelijsten, werkboek
from beschikkingen.models import Inlezing
from beschikkingen.queries import inlezingen
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from techniek.actions import eenmalig
from wmo_portal.lib.bijlage import XLSX, als_bestand
from wmo_portal.lib.tabelblad import BestandGeweigerd
from wmo_portal.lib.tijd import nu, vandaag

TOON_FOUTEN = 200


@vereist(Mag.INLEZEN)
@require_http_methods(["GET", "POST"])
def inlezen(request: Verzoek) -> HttpResponse:
    form = InleesForm(request.POST or None, request.FILES or None, gebruiker=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            inlezing = _proef(request, form)
        except BestandGeweigerd as fout:
            form.add_error("bestand", str(fout))
        else:
            return redirect("beschikkingen:inlezing", kenmerk=inlezing.kenmerk)
    inhoud = {
        "form": form,
        "form_met_fouten": bool(form.errors),
        "kolommen": [(kolom, werkboek.toegestane_waarden(kolom.kop, None)) for kolom in KOLOMMEN],
        "rijen": inlezingen(request.user)[:20],
        "max_rijen": MAX_RIJEN,
    }
    return render(request, "beschikkingen/inlezen.html", inhoud, status=422 if form.errors else 200)


def _proef(request: Verzoek, form: InleesForm) -> Inlezing:
    bestand = form.cleaned_data["bestand"]
    return actions.draai_proef(
        gemeente=form.cleaned_data["gemeente"],
        bestandsnaam=bestand.name or "bestand",
        inhoud=bestand.read(),
        vandaag=vandaag(),
        op=nu(),
        door=request.user,
    )


@vereist(Mag.INLEZEN)
@require_GET
def inlezing(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    rij = _van(request, kenmerk)
    inhoud: dict[str, Any] = {
        "inlezing": rij,
        "fouten": rij.fouten[:TOON_FOUTEN],
        "meer_fouten": max(len(rij.fouten) - TOON_FOUTEN, 0),
        "te_doen": rij.tellingen.get("nieuw", 0) + rij.tellingen.get("gewijzigd", 0),
        "eenmalig": uuid.uuid4(),
        "kruimels": [("Inlezen", reverse("beschikkingen:inlezen")), (rij.bestandsnaam, "")],
    }
    return render(request, "beschikkingen/inlezing.html", inhoud)


def _van(request: Verzoek, kenmerk: UUID) -> Inlezing:
    return get_object_or_404(
        Inlezing.objects.visible_to(request.user).select_related(
            "gemeente", "geupload_door", "verwerkt_door"
        ),
        kenmerk=kenmerk,
    )


@vereist(Mag.INLEZEN)
@require_POST
def inlezing_uitvoeren(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    rij = _van(request, kenmerk)

    def doe() -> HttpResponseRedirect:
        try:
            plan = actions.lees_in(inlezing=rij, vandaag=vandaag(), op=nu(), door=request.user)
        except (actions.AlIngelezen, actions.InhoudVernietigd) as fout:
            messages.info(request, str(fout))
        else:
            t = plan.tellingen
            messages.success(request, f"Ingelezen: {t['nieuw']} nieuw, {t['gewijzigd']} gewijzigd.")
        return redirect("beschikkingen:inlezing", kenmerk=kenmerk)

    return eenmalig(request, doe)


@vereist(Mag.INLEZEN)
@require_POST
def inlezing_fouten(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """A POST: the file holds BSNs, so getting it is a deed that is logged."""
    rij = _van(request, kenmerk)
    try:
        inhoud = actions.haal_foute_rijen(inlezing=rij, op=nu(), door=request.user)
    except actions.InhoudVernietigd as fout:
        messages.info(request, str(fout))
        return redirect("beschikkingen:inlezing", kenmerk=kenmerk)
    return als_bestand(inhoud, f"foute-rijen-{rij.kenmerk}.xlsx", XLSX)


@vereist(Mag.INLEZEN)
@require_GET
def inlees_sjabloon(request: Verzoek) -> HttpResponse:
    gemeente = request.user.gemeenten.first()
    lijsten = keuzelijsten(gemeente) if gemeente else None
    return als_bestand(werkboek.sjabloon(lijsten, nu()), "beschikkingen-inlezen.xlsx", XLSX)
