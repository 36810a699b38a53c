"""The worklist of what did not find its place by itself, and the clicks that settle it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import vereist
from stopberichten import tonen
from stopberichten.forms_berichten import KoppelForm, OpnieuwForm
from stopberichten.inzage import lijst_gezien
from stopberichten.koppelen import KanNiet, herbeoordeel, koppel, ontkoppel
from stopberichten.models import Levering, Stop
from stopberichten.queries_berichten import bericht_van, kandidaten, te_koppelen, te_vroeg
from stopberichten.views.berichten import wie_vraagt
from wmo_portal.lib.tijd import nu, vandaag


@require_GET
@vereist(Mag.KOPPELEN)
def lijst(request: HttpRequest) -> HttpResponse:
    wie = wie_vraagt(request)
    regels, vroeg = te_koppelen(wie), te_vroeg(wie)
    lijst_gezien(
        door=wie, lijst="te koppelen", rijen=[*(r.regel for r in regels), *(v.bericht for v in vroeg)]
    )
    return render(
        request,
        "stopberichten/te_koppelen.html",
        {
            "regels": [{"te": r, "wie": tonen.wie(r.regel.client)} for r in regels],
            "vroeg": [{"rij": tonen.rij(v.bericht), "nu_wel": v.nu_wel} for v in vroeg],
        },
    )


def _regel(request: HttpRequest, kenmerk: uuid.UUID) -> Levering | Stop:
    wie = wie_vraagt(request)
    for model in (Levering, Stop):
        regel = model.objects.visible_to(wie).filter(kenmerk=kenmerk).first()
        if regel is not None:
            return regel
    raise Http404


@require_POST
@vereist(Mag.KOPPELEN)
def koppel_regel(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    wie, regel, form = wie_vraagt(request), _regel(request, kenmerk), KoppelForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["toewijzing"])))
        return redirect("stopberichten:te-koppelen")
    toewijzing = get_object_or_404(kandidaten(regel, wie), kenmerk=form.cleaned_data["toewijzing"])
    try:
        koppel(regel=regel, toewijzing=toewijzing, door=wie)
        messages.success(request, f"Gekoppeld aan toewijzing {toewijzing.toewijzingnummer}.")
    except KanNiet as fout:
        messages.error(request, str(fout))
    return redirect("stopberichten:te-koppelen")


@require_POST
@vereist(Mag.KOPPELEN)
def ontkoppel_regel(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    regel = _regel(request, kenmerk)
    try:
        ontkoppel(regel=regel, door=wie_vraagt(request))
        messages.success(request, "Losgemaakt. De regel staat weer bij ‘Te koppelen’.")
    except KanNiet as fout:
        messages.error(request, str(fout))
    return redirect("stopberichten:te-koppelen")


@require_POST
@vereist(Mag.KOPPELEN)
def opnieuw(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Judge a refused message again. Ends at the message that now holds the verdict."""
    wie = wie_vraagt(request)
    het = get_object_or_404(bericht_van(wie, kenmerk))
    form = OpnieuwForm(request.POST)
    vinkje = form.is_valid() and form.cleaned_data["opnieuw_aangeleverd"]
    try:
        uit = herbeoordeel(bericht=het, door=wie, vandaag=vandaag(), op=nu(), opnieuw_aangeleverd=vinkje)
    except KanNiet as fout:
        messages.error(request, str(fout))
        return redirect("stopberichten:bericht", kenmerk)
    if uit.geaccepteerd:
        messages.success(request, "Het bericht is nu geaccepteerd. Er staat een nieuw retourbericht klaar.")
    else:
        messages.warning(request, "Het bericht is nog steeds afgekeurd. Hieronder staat waarom.")
    return redirect(reverse("stopberichten:bericht", args=[uit.bericht.kenmerk]))
