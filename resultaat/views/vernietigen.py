"""Destroying after the retention term: the list, the proposal, the second person, the declaration (R110)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from beschikkingen.models import Client
from logboek.actions import leg_vast
from organisaties.models import Gemeente
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.inzage import Gezien, leg_lijst_vast
from resultaat.actions.vernietigen import DOEL, VernietigFout, bezwaar, keur_goed, stel_voor, trek_in
from resultaat.models import Vernietigingslijst
from resultaat.queries import vernietigen as q
from resultaat.queries.ronde import gemeenten_van
from resultaat.statussen import VernietigStatus
from resultaat.verklaring import Verklaringsfeiten, bleven, rijen, tekst
from resultaat.vernietigregels import UITLEG
from resultaat.views.hulp import of_404, vraag_reden
from techniek.actions import eenmalig
from wmo_portal.lib.bijlage import als_bestand
from wmo_portal.lib.tijd import AMSTERDAM, nu, vandaag

SOORT: Final = {
    VernietigStatus.VOORGESTELD: "waarschuwing",
    VernietigStatus.VERNIETIGD: "ok",
    VernietigStatus.INGETROKKEN: "neutraal",
}


@vereist(Mag.VERNIETIGEN)
@require_GET
def overzicht(request: Verzoek) -> HttpResponse:
    """One municipality at a time: a list is of one municipality."""
    gemeenten = list(gemeenten_van(request.user))
    gekozen = next((g for g in gemeenten if g.code == request.GET.get("gemeente")), None)
    gekozen = gekozen or next(iter(gemeenten), None)
    gevonden, meer = q.kandidaten(request.user, vandaag(), gemeente=gekozen.code) if gekozen else ([], False)
    _log_gezien(request, gevonden, "vernietigingslijst")
    return render(
        request,
        "resultaat/vernietigen.html",
        {
            "gemeenten": gemeenten,
            "gemeente": gekozen,
            "kandidaten": gevonden,
            "kan_aantal": sum(k.kan for k in gevonden),
            "meer": meer,
            "hoogstens": q.HOOGSTENS,
            "uitleg": UITLEG,
            "lijsten": [
                (lijst, SOORT.get(VernietigStatus(lijst.status), "info"))
                for lijst in q.lijsten(request.user)[:50]
            ],
            "eenmalig": uuid.uuid4(),
        },
    )


def _log_gezien(request: Verzoek, gevonden: Iterable[q.Kandidaat], scherm: str) -> None:
    gezien = (
        Gezien(bytes(k.client.bsn_index), k.client.gemeente_id, None, "client", str(k.client.kenmerk))
        for k in gevonden
    )
    leg_lijst_vast(gezien=gezien, scherm=scherm, doel=DOEL, door=request.user)


@vereist(Mag.VERNIETIGEN)
@require_POST
def voorstellen(request: Verzoek) -> HttpResponse:
    gemeente = gemeenten_van(request.user).filter(code=request.POST.get("gemeente", "")).first()
    if gemeente is None:
        raise Http404
    return eenmalig(request, lambda: _stel_voor(request, gemeente))


def _stel_voor(request: Verzoek, gemeente: Gemeente) -> HttpResponseRedirect:
    gekozen = _kenmerken(request.POST.getlist("client"))
    clienten = list(Client.objects.visible_to(request.user).filter(gemeente=gemeente, kenmerk__in=gekozen))
    try:
        lijst = stel_voor(
            gemeente=gemeente, clienten=clienten, door=request.user, vandaag=vandaag(), moment=nu()
        )
    except VernietigFout as fout:
        messages.error(request, str(fout))
        return redirect(f"{reverse('resultaat:vernietigen')}?gemeente={gemeente.code}")
    messages.success(
        request,
        f"De lijst is voorgesteld. Een collega kan haar goedkeuren vanaf {_lokaal(lijst):%d-%m-%Y %H:%M}.",
    )
    return redirect("resultaat:vernietigingslijst", kenmerk=lijst.kenmerk)


def _lokaal(lijst: Vernietigingslijst) -> object:
    return lijst.bedenktijd_tot_op.astimezone(AMSTERDAM)


def _kenmerken(teksten: Iterable[str]) -> list[uuid.UUID]:
    """What is no mark of a client was changed by hand, and chooses nobody."""
    uit = []
    for woord in teksten:
        try:
            uit.append(uuid.UUID(woord))
        except ValueError:
            continue
    return uit


def _lijst(request: Verzoek, kenmerk: uuid.UUID) -> Vernietigingslijst:
    return of_404(q.lijst(request.user, kenmerk))


@vereist(Mag.VERNIETIGEN)
@require_GET
def lijst(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden = _lijst(request, kenmerk)
    wachten = gevonden.status == VernietigStatus.VOORGESTELD
    wie = q.kandidaten_van(request.user, gevonden.client_ids, vandaag(), behalve=gevonden) if wachten else []
    _log_gezien(request, wie, "vernietigingslijst")
    return render(
        request,
        "resultaat/vernietigingslijst.html",
        {
            "lijst": gevonden,
            "soort": SOORT.get(VernietigStatus(gevonden.status), "info"),
            "wachten": wachten,
            "kandidaten": wie,
            "kan_aantal": sum(k.kan for k in wie),
            "bezwaar": bezwaar(gevonden, request.user, nu()) if wachten else "",
            "rijen": rijen(gevonden.verklaring),
            "bleven": bleven(gevonden.verklaring),
            "eenmalig": uuid.uuid4(),
            "kruimels": _kruimels(),
        },
    )


def _kruimels(laatste: str = "Lijst") -> list[tuple[str, str]]:
    return [("Vernietigen", reverse("resultaat:vernietigen")), (laatste, "")]


@vereist(Mag.VERNIETIGEN)
@require_POST
def goedkeuren(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden = _lijst(request, kenmerk)
    if request.POST.get("zeker") != "ja":
        messages.error(request, "Zet eerst het vinkje. Vernietigen kan niet ongedaan worden gemaakt.")
        return redirect("resultaat:vernietigingslijst", kenmerk=kenmerk)
    return eenmalig(request, lambda: _keur_goed(request, gevonden))


def _keur_goed(request: Verzoek, gevonden: Vernietigingslijst) -> HttpResponseRedirect:
    try:
        klaar = keur_goed(lijst=gevonden, door=request.user, vandaag=vandaag(), moment=nu())
    except VernietigFout as fout:
        messages.error(request, str(fout))
    else:
        aantal = klaar.verklaring["clienten"]
        wie = "1 cliënt" if aantal == 1 else f"{aantal} cliënten"
        messages.success(request, f"Vernietigd: alle gegevens van {wie}.")
    return redirect("resultaat:vernietigingslijst", kenmerk=gevonden.kenmerk)


@vereist(Mag.VERNIETIGEN)
@require_http_methods(["GET", "POST"])
def intrekken(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    gevonden = _lijst(request, kenmerk)
    return vraag_reden(
        request,
        "resultaat/vernietigen_intrekken.html",
        {
            "lijst": gevonden,
            "kan": gevonden.status == VernietigStatus.VOORGESTELD,
            "kruimels": _kruimels("Intrekken"),
        },
        knop="Lijst intrekken",
        uitleg="Deze reden blijft bij de lijst staan. Noem geen namen.",
        doe=lambda reden: _trek_in(request, gevonden, reden),
    )


def _trek_in(request: Verzoek, gevonden: Vernietigingslijst, reden: str) -> HttpResponseRedirect:
    try:
        trek_in(lijst=gevonden, reden=reden, door=request.user, moment=nu())
    except VernietigFout as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "De lijst is ingetrokken. Er is niets vernietigd.")
    return redirect("resultaat:vernietigen")


@vereist(Mag.VERNIETIGEN)
@require_GET
def verklaring(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The declaration as a text file. Nobody is in it, so whoever keeps the archive may have it."""
    f = _lijst(request, kenmerk)
    if f.vernietigd_op is None or f.goedgekeurd_op is None or f.goedgekeurd_door is None:
        raise Http404
    leg_vast(
        actie="vernietiging.verklaring",
        door=request.user,
        object_soort="vernietigingslijst",
        object_kenmerk=f.kenmerk,
        gemeente_id=f.gemeente_id,
        doel=DOEL,
    )
    feiten = Verklaringsfeiten(
        kenmerk=str(f.kenmerk),
        gemeente=f.gemeente.naam,
        bewaartermijn_jaren=f.bewaartermijn_jaren,
        bewaartermijn_bron=f.bewaartermijn_bron,
        voorgesteld_op=f.voorgesteld_op.astimezone(AMSTERDAM),
        voorgesteld_door=f.voorgesteld_door.naam,
        bedenktijd_tot_op=f.bedenktijd_tot_op.astimezone(AMSTERDAM),
        goedgekeurd_op=f.goedgekeurd_op.astimezone(AMSTERDAM),
        goedgekeurd_door=f.goedgekeurd_door.naam,
        vernietigd_op=f.vernietigd_op.astimezone(AMSTERDAM),
        verklaring=f.verklaring,
    )
    naam = (
        f"verklaring-van-vernietiging-{f.gemeente.code}-{f.vernietigd_op.astimezone(AMSTERDAM):%Y-%m-%d}.txt"
    )
    return als_bestand(tekst(feiten), naam, "text/plain; charset=utf-8")
