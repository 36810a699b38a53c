"""Resultaat behaald: the shares, the judgements behind each number, and the same as Excel."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.beeld import resultaatgrafiek, resultaatverloop
from rapportage.definities import RESULTAAT_DEFINITIES
from rapportage.excel.resultaat import werkboek
from rapportage.forms import Resultaatfilter, lees_rapport, verloop_van
from rapportage.kpi import Dimensie, Oordeel
from rapportage.merk import AFGESCHERMD, AFGESCHERMD_ZIN
from rapportage.queries.resultaat_behaald import ResultaatBehaald
from rapportage.statussen import Rapportsoort
from rapportage.tellingen import AFRONDING
from rapportage.verantwoording import Kop
from rapportage.views.hulp import PER_PAGINA, blader, eenmalig_sleutel, vanaf
from rapportage.views.uitgeven import bestel_pdf, eis_cijfers, geef_werkboek
from resultaat.enums import Uitkomst
from wmo_portal.lib.drukwerk import GEEN_PANGO, beschikbaar
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu, vandaag


def _filter(request: Verzoek, data: Any = None) -> Resultaatfilter:
    return Resultaatfilter(request.GET if data is None else data, lezer=request.user, vandaag=vandaag())


def _lees(request: Verzoek, filter_: Resultaatfilter) -> ResultaatBehaald:
    return lees_rapport(request.user, filter_)


def _titel(filter_: Resultaatfilter) -> str:
    periode = filter_.kwartaal_gekozen.naam if filter_.is_kwartaal else str(filter_.periode)
    return f"Resultaat behaald, {periode}"


@require_GET
@vereist(Mag.CIJFERS)
def pagina(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    basis: dict[str, Any] = {"form": filter_, "definities": RESULTAAT_DEFINITIES.regels}
    if not filter_.is_valid():
        return render(request, "rapportage/resultaat.html", basis)
    rapport, dimensie = _lees(request, filter_), filter_.dimensie
    verloop = verloop_van(filter_, rapport)
    rijen = rapport.verdeling(dimensie)
    return render(
        request,
        "rapportage/resultaat.html",
        {
            **basis,
            "rapport": rapport,
            "dimensie": dimensie.value,
            "uitkomsten": list(Uitkomst),
            "rijen": [(waarde, [(u, a.aantallen[u]) for u in Uitkomst], a) for waarde, a in rijen],
            "totaalcellen": [(u, rapport.totaal.aantallen[u]) for u in Uitkomst],
            "grafiek": resultaatgrafiek(dimensie.value, rijen),
            "verloop": [(k, a, _verloop_url(request, filter_, k)) for k, a in verloop],
            "verloopgrafiek": resultaatverloop(verloop),
            "per_client": dict(zip(("zonder", "met", "aantal"), rapport.per_client, strict=True)),
            "afronding": AFRONDING,
            "adres": filter_.adres(),
            "clienten_url": _clienten_url(request, filter_.adres()),
            "exporteren": request.user.mag(Mag.EXPORTEREN),
            "geen_pdf": "" if beschikbaar() else GEEN_PANGO,
            "eenmalig": eenmalig_sleutel(),
        },
    )


def _clienten_url(request: Verzoek, adres: str) -> str:
    """Where a number leads; empty for who may count and not see."""
    if not (adres and request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS)):
        return ""
    return f"{reverse('rapportage:resultaat-clienten')}?{adres}"


def _verloop_url(request: Verzoek, filter_: Resultaatfilter, kwartaal: Kwartaal) -> str:
    """A free period may end within its last quarter; the list of that quarter would be longer than the number."""
    hele = filter_.is_kwartaal or kwartaal != filter_.kwartaal_gekozen
    return _clienten_url(request, filter_.adres_in(kwartaal)) if hele else ""


def _cel(request: Verzoek, rapport: ResultaatBehaald) -> tuple[tuple[Oordeel, ...], str, dict[str, str]]:
    """The judgements of one figure, in words, and its address. Raises Http404 for one that is not there."""
    vraag = {naam: request.GET.get(naam, "") for naam in ("rij", "waarde", "uitkomst", "reden")}
    try:
        dimensie = Dimensie(vraag["rij"]) if vraag["rij"] else None
        uitkomst = Uitkomst(vraag["uitkomst"]) if vraag["uitkomst"] else None
    except ValueError as fout:
        raise Http404 from fout
    waarden = (
        {o.plaats[dimensie].code: o.plaats[dimensie].label for o in rapport.oordelen} if dimensie else {}
    )
    if dimensie and vraag["waarde"] not in waarden:
        raise Http404
    gevonden = rapport.cel(dimensie, vraag["waarde"], uitkomst=uitkomst, reden=vraag["reden"])
    woorden = (
        waarden.get(vraag["waarde"], ""),
        uitkomst.label if uitkomst else "Alle uitkomsten",
        rapport.redenteksten.get(vraag["reden"], ""),
    )
    return gevonden, ", ".join(woord for woord in woorden if woord), {n: w for n, w in vraag.items() if w}


@require_GET
@vereist(Mag.CLIENTEN_ACHTER_CIJFERS)
def clienten(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    if not filter_.is_valid():
        raise Http404
    rapport = _lees(request, filter_)
    gevonden, woorden, cel = _cel(request, rapport)
    begin = vanaf(request.GET, len(gevonden))
    rijen = [_rij(oordeel, rapport) for oordeel in gevonden[begin : begin + PER_PAGINA]]
    leg_inzage_vast(
        door=request.user,
        soort="resultaat",
        cel={**filter_.gekozen(), **cel},
        merken=[rij["merk"] for rij in rijen],
    )
    return render(
        request,
        "rapportage/resultaat_clienten.html",
        {
            "rijen": rijen,
            "woorden": woorden,
            "periode": filter_.periode,
            "aantal": len(gevonden),
            **blader(request.GET, begin, len(gevonden)),
            "kruimels": [
                ("Resultaat behaald", f"{reverse('rapportage:resultaat-behaald')}?{filter_.adres()}"),
                ("Cliënten", ""),
            ],
        },
    )


def _rij(oordeel: Oordeel, rapport: ResultaatBehaald) -> dict[str, str]:
    plaats = {dimensie.value: oordeel.plaats[dimensie].label for dimensie in Dimensie}
    if oordeel.afgeschermd:
        leeg = dict.fromkeys(plaats, "–") | {"gemeente": plaats["gemeente"]}
        return {"merk": AFGESCHERMD, **leeg, "redenen": "", "zin": AFGESCHERMD_ZIN}
    redenen = "; ".join(rapport.redenteksten.get(code, code) for code in oordeel.redenen)
    return {"merk": oordeel.merk, **plaats, "redenen": redenen, "zin": oordeel.zin}


@require_GET
@vereist(Mag.EXPORTEREN)
def excel(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    eis_cijfers(request, filter_)
    rapport = _lees(request, filter_)
    kop = Kop(_titel(filter_), request.user.naam, nu(), filter_.in_woorden())
    return geef_werkboek(
        request,
        partial(werkboek, rapport, kop, verloop=verloop_van(filter_, rapport)),
        soort="resultaat",
        titel=kop.titel,
        filters=filter_.gekozen(),
        regels=len(rapport.oordelen),
    )


@require_POST
@vereist(Mag.EXPORTEREN)
def pdf(request: Verzoek) -> HttpResponse:
    """Ask for the PDF; a worker makes it."""
    filter_ = _filter(request, request.POST)
    eis_cijfers(request, filter_)
    return bestel_pdf(request, soort=Rapportsoort.RESULTAAT, titel=_titel(filter_), filters=filter_.gekozen())
