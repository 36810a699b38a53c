"""What must be entered in the municipality's own system: make a list, download it, say that it was entered."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.models import Gemeente
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.inzage import Gezien, leg_lijst_vast
from resultaat.actions.suite import DOEL, SuiteFout, maak_lijst, meld_overgenomen, noteer_download
from resultaat.excel_suite import als_csv, stand, werkboek
from resultaat.models import SuiteLijst
from resultaat.queries import suite as q
from resultaat.queries.ronde import gemeenten_van
from resultaat.views.hulp import of_404
from techniek.actions import eenmalig
from wmo_portal.lib.bijlage import XLSX, als_bestand
from wmo_portal.lib.tijd import nu

TOON: Final = 100
"""Open lines on the page; the list itself holds all of them."""


@vereist(Mag.RONDE)
@require_GET
def overzicht(request: Verzoek) -> HttpResponse:
    gemeenten = list(gemeenten_van(request.user))
    gekozen = next((g for g in gemeenten if g.code == request.GET.get("gemeente")), None)
    gekozen = gekozen or next(iter(gemeenten), None)
    regels, aantal, meer = q.eerste_invoer(request.user, gekozen, TOON) if gekozen else ([], 0, False)
    _log(request, regels)
    return render(
        request,
        "resultaat/suite.html",
        {
            "gemeenten": gemeenten,
            "gemeente": gekozen,
            "regels": regels,
            "aantal": aantal,
            "verborgen": max(0, aantal - TOON),
            "meer": meer,
            "hoogstens": q.HOOGSTENS,
            "lijsten": q.lijsten(request.user)[:50],
            "eenmalig": uuid.uuid4(),
        },
    )


def _log(request: Verzoek, regels: Iterable[q.Invoer]) -> None:
    gezien = (
        Gezien(
            bytes(r.client.bsn_index),
            r.beschikking.gemeente_id,
            None,
            "beschikking",
            str(r.beschikking.kenmerk),
        )
        for r in regels
    )
    leg_lijst_vast(gezien=gezien, scherm="invoer in Suite", doel=DOEL, door=request.user)


@vereist(Mag.RONDE)
@require_POST
def maken(request: Verzoek) -> HttpResponse:
    gemeente = gemeenten_van(request.user).filter(code=request.POST.get("gemeente", "")).first()
    if gemeente is None:
        raise Http404
    return eenmalig(request, lambda: _maak(request, gemeente))


def _maak(request: Verzoek, gemeente: Gemeente) -> HttpResponseRedirect:
    try:
        lijst = maak_lijst(gemeente=gemeente, door=request.user, moment=nu())
    except SuiteFout as fout:
        messages.info(request, str(fout))
        return redirect(f"{reverse('resultaat:suite')}?gemeente={gemeente.code}")
    messages.success(
        request, f"Lijst {lijst.nummer} staat klaar. Meld het hier als u haar in Suite hebt ingevoerd."
    )
    return redirect("resultaat:suite-lijst", kenmerk=lijst.kenmerk)


def _lijst(request: Verzoek, kenmerk: uuid.UUID) -> SuiteLijst:
    return of_404(q.lijst(request.user, kenmerk))


@vereist(Mag.RONDE)
@require_GET
def lijst(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden = _lijst(request, kenmerk)
    regels = q.regels(request.user, gevonden)
    _log(request, regels)
    return render(
        request,
        "resultaat/suite_lijst.html",
        {
            "lijst": gevonden,
            "regels": regels,
            "stand": stand(gevonden),
            "mag_exporteren": request.user.mag(Mag.EXPORTEREN),
            "eenmalig": uuid.uuid4(),
            "kruimels": [
                ("Invoer in Suite", reverse("resultaat:suite")),
                (f"Lijst {gevonden.nummer}", ""),
            ],
        },
    )


@vereist(Mag.EXPORTEREN)
@vereist(Mag.RONDE)
@require_GET
def excel(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden, regels = _voor_bestand(request, kenmerk, "xlsx")
    inhoud = werkboek(gevonden, regels, gemaakt_op=nu(), door=request.user.naam)
    return _bestand(gevonden, inhoud, XLSX, "xlsx")


@vereist(Mag.EXPORTEREN)
@vereist(Mag.RONDE)
@require_GET
def csv(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden, regels = _voor_bestand(request, kenmerk, "csv")
    return _bestand(gevonden, als_csv(gevonden, regels), "text/csv; charset=utf-8", "csv")


def _voor_bestand(request: Verzoek, kenmerk: uuid.UUID, soort: str) -> tuple[SuiteLijst, list[q.Invoer]]:
    gevonden = _lijst(request, kenmerk)
    regels = q.regels(request.user, gevonden)
    _log(request, regels)
    noteer_download(lijst=gevonden, soort=soort, rijen=len(regels), door=request.user)
    return gevonden, regels


def _bestand(lijst: SuiteLijst, inhoud: bytes, soort: str, achtervoegsel: str) -> HttpResponse:
    return als_bestand(inhoud, f"suite-lijst-{lijst.gemeente.code}-{lijst.nummer}.{achtervoegsel}", soort)


@vereist(Mag.RONDE)
@require_POST
def overgenomen(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden = _lijst(request, kenmerk)
    try:
        meld_overgenomen(lijst=gevonden, door=request.user, moment=nu())
    except SuiteFout as fout:
        messages.info(request, str(fout))
    else:
        messages.success(request, f"Lijst {gevonden.nummer} is overgenomen.")
    return redirect("resultaat:suite-lijst", kenmerk=kenmerk)
