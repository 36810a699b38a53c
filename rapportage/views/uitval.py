"""Uitval: the figures, the clients behind each of them, and the same as Excel and PDF."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.beeld import uitvalgrafiek, uitvalverloop
from rapportage.cijfers import Cijfers
from rapportage.definities import UITVAL_DEFINITIES
from rapportage.excel.uitval import werkboek
from rapportage.forms import Rapportfilter, kwartalen_bij
from rapportage.overzicht import Uitval
from rapportage.queries.telling import met_verloop
from rapportage.queries.uitval import uitval as tel_uitval
from rapportage.statussen import Rapportsoort
from rapportage.tabellen import per_aanbieder, per_gemeente
from rapportage.tellingen import AFRONDING, Verdeling
from rapportage.verantwoording import Kop, opmerkingen, verantwoording
from rapportage.views.achter import toon_clienten
from rapportage.views.hulp import eenmalig_sleutel
from rapportage.views.uitgeven import bestel_pdf, eis_cijfers, geef_werkboek
from wmo_portal.lib.drukwerk import GEEN_PANGO, beschikbaar
from wmo_portal.lib.perioden import Kwartaal
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
    kwartalen = kwartalen_bij(filter_)
    try:
        gevonden, totalen = met_verloop(request.user, filter_.keuze(), [k.periode for k in kwartalen])
    except ValueError as fout:
        return render(request, "rapportage/uitval.html", {**basis, "niet_te_tellen": f"{fout}."})
    verloop = [(k, totalen[k.periode]) for k in kwartalen if k.periode in totalen]
    return render(
        request, "rapportage/uitval.html", {**basis, **_cijfers(request, filter_, gevonden, verloop)}
    )


def _cijfers(
    request: Verzoek, filter_: Rapportfilter, gevonden: Cijfers, verloop: list[tuple[Kwartaal, Verdeling]]
) -> dict[str, Any]:
    """Figures only: nobody is read before somebody asks who is behind a number."""
    gemeenten = per_gemeente(gevonden)
    return {
        "uitval": gevonden,
        "gemeenten": gemeenten,
        "aanbieders": per_aanbieder(gevonden),
        "grafiek": uitvalgrafiek(gevonden, gemeenten),
        "verloop": [(str(k), v, _clienten_url(request, filter_.adres_in(k))) for k, v in verloop],
        "verloopgrafiek": uitvalverloop([(str(k), v) for k, v in verloop]),
        "opmerkingen": opmerkingen(gevonden),
        "afronding": AFRONDING,
        "adres": filter_.adres(),
        "clienten_url": _clienten_url(request, filter_.adres()),
        "verantwoording": verantwoording(kop(request, filter_), gevonden),
        "exporteren": request.user.mag(Mag.EXPORTEREN),
        "vaststellen": request.user.mag(Mag.VASTSTELLEN),
        "geen_pdf": "" if beschikbaar() else GEEN_PANGO,
        "eenmalig": eenmalig_sleutel(),
    }


def _clienten_url(request: Verzoek, adres: str) -> str:
    """Where a number leads; empty for who may count and not see."""
    if not (adres and request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS)):
        return ""
    return f"{reverse('rapportage:uitval-clienten')}?{adres}"


@require_GET
@vereist(Mag.CLIENTEN_ACHTER_CIJFERS)
def clienten(request: Verzoek) -> HttpResponse:
    """The clients of one figure, as it is counted now."""
    filter_ = _filter(request)
    if not filter_.is_valid():
        raise Http404
    return toon_clienten(
        request,
        _geteld(request, filter_),
        soort="uitval",
        gekozen=filter_.gekozen(),
        kruimels=[("Uitval", f"{reverse('rapportage:uitval')}?{filter_.adres()}"), ("Cliënten", "")],
    )


def _geteld(request: Verzoek, filter_: Rapportfilter) -> Uitval:
    try:
        return tel_uitval(request.user, filter_.keuze())
    except ValueError as fout:
        raise Http404 from fout


@require_GET
@vereist(Mag.EXPORTEREN)
def excel(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    eis_cijfers(request, filter_)
    gevonden = _geteld(request, filter_)
    return geef_werkboek(
        request,
        partial(werkboek, gevonden, kop(request, filter_)),
        soort="uitval",
        titel=titel(filter_),
        filters=filter_.gekozen(),
        regels=len(gevonden.regels),
    )


@require_POST
@vereist(Mag.EXPORTEREN)
def pdf(request: Verzoek) -> HttpResponse:
    """Ask for the PDF; a worker makes it."""
    filter_ = _filter(request, request.POST)
    eis_cijfers(request, filter_)
    return bestel_pdf(request, soort=Rapportsoort.UITVAL, titel=titel(filter_), filters=filter_.gekozen())
