"""Finding a client, and showing a BSN. Both are POSTs: no BSN in an address, and both leave a line."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from beschikkingen import actions
from beschikkingen.forms import ZoekForm
from beschikkingen.queries import Zoekuitslag, client_van
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from wmo_portal.lib.bsn import maskeer
from wmo_portal.lib.tijd import nu

DOEL = "Wmo: dossier behandelen"


@vereist(Mag.DOSSIER_ZIEN)
@require_http_methods(["GET", "POST"])
def zoeken(request: Verzoek) -> HttpResponse:
    form = ZoekForm(request.POST or None)
    uitslag: Zoekuitslag | None = None
    if request.method == "POST" and form.is_valid():
        try:
            uitslag = actions.zoek_clienten(tekst=form.cleaned_data["zoek"], op=nu(), door=request.user)
        except actions.TeVaakGezocht as fout:
            form.add_error("zoek", str(fout))
    inhoud = {"form": form, "uitslag": uitslag, "form_met_fouten": bool(form.errors)}
    return render(request, "beschikkingen/zoeken.html", inhoud, status=422 if form.errors else 200)


@vereist(Mag.BSN_ZIEN)
@require_POST
def bsn_tonen(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """The component "bsn" with the number in it; without htmx a page of its own."""
    client = client_van(request.user, kenmerk)
    if client is None:
        raise Http404
    inhoud: dict[str, object] = {"client": client, "gemaskeerd": maskeer("")}
    try:
        inhoud["bsn"] = actions.toon_bsn(client=client, doel=DOEL, op=nu(), door=request.user)
    except actions.TeVaakGetoond as fout:
        actions.log_geweigerd_bsn(client=client, doel=DOEL, door=request.user)
        inhoud["melding"] = str(fout)
    sjabloon = (
        "beschikkingen/bsn.html" if request.headers.get("HX-Request") else "beschikkingen/bsn_pagina.html"
    )
    return render(request, sjabloon, inhoud)
