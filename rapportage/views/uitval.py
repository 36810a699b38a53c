"""Uitval: the figures, the clients behind each of them, and the same as Excel and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_export_vast, leg_inzage_vast
from rapportage.beeld import uitvalgrafiek, uitvalverloop
from rapportage.cijfers import Cijfers
from rapportage.definities import UITVAL_DEFINITIES
from rapportage.excel.uitval import werkboek
from rapportage.forms import Rapportfilter, kwartalen_bij
from rapportage.overzicht import Regel, Uitval
from rapportage.queries.telling import Teller
from rapportage.queries.uitval import uitval as tel_uitval
from rapportage.statussen import Rapportsoort
from rapportage.tabellen import clientrijen, per_aanbieder, per_gemeente
from rapportage.tellingen import AFRONDING, Verdeling
from rapportage.verantwoording import Kop, opmerkingen, verantwoording
from rapportage.views.bel import WORDT_GEMAAKT, bestel
from rapportage.views.hulp import (
    PER_PAGINA,
    XLSX,
    Celadres,
    als_bestand,
    bestandsnaam,
    blader,
    eenmalig_sleutel,
    vanaf,
)
from techniek.actions import eenmalig
from wmo_portal.lib.drukwerk import GEEN_PANGO, beschikbaar
from wmo_portal.lib.tijd import nu, vandaag


def _filter(request: Verzoek, data: Any = None) -> Rapportfilter:
    return Rapportfilter(request.GET if data is None else data, lezer=request.user, vandaag=vandaag())


def titel(filter_: Rapportfilter) -> str:
    return f"Uitval, {filter_.kwartaal_gekozen.naam if filter_.is_kwartaal else filter_.periode}"


def kop(request: Verzoek, filter_: Rapportfilter) -> Kop:
    return Kop(titel(filter_), request.user.naam, nu(), filter_.in_woorden())


@require_GET
@vereist(Mag.CIJFERS)
def pagina(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    basis = {"form": filter_, "definities": UITVAL_DEFINITIES.regels}
    if not filter_.is_valid():
        return render(request, "rapportage/uitval.html", basis)
    teller = Teller(request.user, filter_.keuze())
    try:
        gevonden = teller.cijfers(filter_.periode)
    except ValueError as fout:
        return render(request, "rapportage/uitval.html", {**basis, "niet_te_tellen": f"{fout}."})
    return render(
        request, "rapportage/uitval.html", {**basis, **_cijfers(request, filter_, teller, gevonden)}
    )


def _cijfers(request: Verzoek, filter_: Rapportfilter, teller: Teller, gevonden: Cijfers) -> dict[str, Any]:
    """Figures only: nobody is read before somebody asks who is behind a number."""
    gemeenten, verloop = per_gemeente(gevonden), _verloop(teller, filter_)
    return {
        "uitval": gevonden,
        "gemeenten": gemeenten,
        "aanbieders": per_aanbieder(gevonden),
        "grafiek": uitvalgrafiek(gevonden, gemeenten),
        "verloop": verloop,
        "verloopgrafiek": uitvalverloop(verloop),
        "opmerkingen": opmerkingen(gevonden),
        "afronding": AFRONDING,
        "adres": filter_.adres(),
        "clienten_url": _clienten_url(request, filter_),
        "verantwoording": verantwoording(kop(request, filter_), gevonden),
        "exporteren": request.user.mag(Mag.EXPORTEREN),
        "vaststellen": request.user.mag(Mag.VASTSTELLEN),
        "geen_pdf": "" if beschikbaar() else GEEN_PANGO,
        "eenmalig": eenmalig_sleutel(),
    }


def _clienten_url(request: Verzoek, filter_: Rapportfilter) -> str:
    """Where a number leads; empty for who may count and not see."""
    if not request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS):
        return ""
    return f"{reverse('rapportage:uitval-clienten')}?{filter_.adres()}"


def _verloop(teller: Teller, filter_: Rapportfilter) -> list[tuple[str, Verdeling]]:
    """The quarters up to the chosen one, by the same count; a quarter without a mapping is left out."""
    uit = []
    for kwartaal in kwartalen_bij(filter_):
        with suppress(ValueError):
            uit.append((str(kwartaal), teller.totaal(kwartaal.periode)))
    return uit


@require_GET
@vereist(Mag.CLIENTEN_ACHTER_CIJFERS)
def clienten(request: Verzoek) -> HttpResponse:
    """Exactly the clients of one figure, by mark; the second tab holds who was left out."""
    filter_ = _filter(request)
    if not filter_.is_valid():
        raise Http404
    gevonden = _geteld(request, filter_)
    cel = Celadres.lees(request.GET, gevonden.gemeenten, gevonden.aanbieders)
    gemeente, aanbieder = (naam.pk if naam else None for naam in (cel.gemeente, cel.aanbieder))
    binnen = gevonden.cel(gemeente=gemeente, aanbieder=aanbieder, categorie=cel.categorie or None)
    erbuiten = gevonden.buiten_cel(gemeente=gemeente, aanbieder=aanbieder)
    toont_buiten = bool(request.GET.get("buiten"))
    lijst = _lijst(request, gevonden, erbuiten if toont_buiten else binnen)
    leg_inzage_vast(
        door=request.user,
        soort="uitval",
        cel={**filter_.gekozen(), **dict(cel.paren), **({"buiten": "ja"} if toont_buiten else {})},
        merken=[rij.merk for rij in lijst["rijen"]],
        gemeente_id=gemeente,
    )
    adres = f"{request.path}?{filter_.adres(*cel.paren)}"
    return render(
        request,
        "rapportage/uitval_clienten.html",
        {
            **lijst,
            "cel": cel,
            "periode": gevonden.keuze.periode,
            "toont_buiten": toont_buiten,
            "kruimels": [("Uitval", f"{reverse('rapportage:uitval')}?{filter_.adres()}"), ("Cliënten", "")],
            "tabs": [
                {"label": "Tellen mee", "url": adres, "actief": not toont_buiten, "aantal": len(binnen)},
                {
                    "label": "Tellen niet mee en waarom",
                    "url": f"{adres}&buiten=1",
                    "actief": toont_buiten,
                    "aantal": len(erbuiten),
                },
            ],
        },
    )


def _geteld(request: Verzoek, filter_: Rapportfilter) -> Uitval:
    try:
        return tel_uitval(request.user, filter_.keuze())
    except ValueError as fout:
        raise Http404 from fout


def _lijst(request: Verzoek, gevonden: Uitval, regels: Sequence[Regel]) -> dict[str, Any]:
    alle = clientrijen(gevonden, regels)
    begin = vanaf(request.GET, len(alle))
    return {
        "rijen": alle[begin : begin + PER_PAGINA],
        "aantal": len(alle),
        **blader(request.GET, begin, len(alle)),
    }


@require_GET
@vereist(Mag.EXPORTEREN)
def excel(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    if not (request.user.mag(Mag.CIJFERS) and filter_.is_valid()):
        raise Http404
    gevonden = _geteld(request, filter_)
    met_clienten = request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS)
    inhoud = werkboek(gevonden, kop(request, filter_), met_clienten=met_clienten)
    leg_export_vast(
        door=request.user,
        soort="uitval",
        vorm="xlsx",
        filters=filter_.gekozen(),
        regels=len(gevonden.regels) if met_clienten else 0,
        met_clienten=met_clienten,
    )
    return als_bestand(inhoud, bestandsnaam(titel(filter_), soort="xlsx"), XLSX)


@require_POST
@vereist(Mag.EXPORTEREN)
def pdf(request: Verzoek) -> HttpResponse:
    """Ask for the PDF; a worker makes it."""
    filter_ = _filter(request, request.POST)
    if not (request.user.mag(Mag.CIJFERS) and filter_.is_valid()):
        raise Http404

    def doe() -> HttpResponseRedirect:
        messages.info(request, WORDT_GEMAAKT)
        return bestel(
            request,
            soort=Rapportsoort.UITVAL,
            titel=titel(filter_),
            filters=filter_.gekozen(),
            bestandsnaam=bestandsnaam(titel(filter_), soort="pdf"),
        )

    return eenmalig(request, doe)
