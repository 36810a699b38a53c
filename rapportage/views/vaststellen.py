"""Freeze a quarter, look at it as it was, and see what moved since (M3)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisaties.models import Regio
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.actions.vaststellen import VaststelFout, bezwaar_tegen, stel_vast, volgende_versie
from rapportage.beeld import uitvalgrafiek
from rapportage.definities import DEFINITIES
from rapportage.excel.uitval import werkboek
from rapportage.forms import KwartaalForm, VaststelForm
from rapportage.merk import AFGESCHERMD, AFGESCHERMD_ZIN
from rapportage.models import Vaststelling
from rapportage.overzicht import Keuze, Overzicht, Regel, Uitval
from rapportage.queries.telling import cijfers
from rapportage.queries.vaststelkop import vaststelkop
from rapportage.queries.vaststelling import Sinds, als_cijfers, als_uitval, sinds, te_doen, vaststellingen
from rapportage.statussen import Rapportsoort
from rapportage.tabellen import KORTE_NAMEN, per_aanbieder, per_gemeente
from rapportage.tellingen import AFRONDING
from rapportage.vastcijfers import Zegelstand
from rapportage.verantwoording import opmerkingen, verantwoording
from rapportage.views.achter import toon_clienten
from rapportage.views.hulp import eenmalig_sleutel
from rapportage.views.uitgeven import bestel_pdf, geef_werkboek
from techniek.actions import eenmalig
from wmo_portal.lib.drukwerk import GEEN_PANGO, beschikbaar
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu, vandaag

INTUSSEN = "Iemand anders heeft dit kwartaal intussen vastgesteld. Bekijk die versie eerst."


@require_GET
@vereist(Mag.VASTSTELLEN)
def overzicht(request: Verzoek) -> HttpResponse:
    """What waits to be frozen, and what was."""
    return render(
        request,
        "rapportage/vaststellingen.html",
        {
            "te_doen": te_doen(request.user, vandaag()),
            "vaststellingen": vaststellingen(request.user),
            "form": KwartaalForm(None, lezer=request.user, vandaag=vandaag()),
        },
    )


@require_http_methods(["GET", "POST"])
@vereist(Mag.VASTSTELLEN)
def nieuw(request: Verzoek) -> HttpResponse:
    """The figures as they would be frozen; POST freezes them."""
    keuze = KwartaalForm(request.GET, lezer=request.user, vandaag=vandaag())
    if not keuze.is_valid():
        raise Http404
    regio, kwartaal = keuze.regio, keuze.kwartaal
    versie = volgende_versie(regio, kwartaal)
    form = VaststelForm(request.POST or None, versie=versie, eenmalig=eenmalig_sleutel())
    fout = ""
    if request.method == "POST":
        try:
            return eenmalig(request, lambda: _stel_vast(request, regio, kwartaal, versie, form))
        except VaststelFout as mislukt:
            fout = str(mislukt)
        if request.POST.get("versie") != str(versie):  # ask again, about the version that is next now
            form = VaststelForm(None, versie=versie, eenmalig=eenmalig_sleutel())
    return render(
        request, "rapportage/vaststellen.html", _voorstel(request, regio, kwartaal, versie, form, fout)
    )


def _stel_vast(
    request: Verzoek, regio: Regio, kwartaal: Kwartaal, versie: int, form: VaststelForm
) -> HttpResponseRedirect:
    """Within the key of this click, so that a second click finds the first one's answer before anything is judged."""
    if request.POST.get("versie") != str(versie):
        raise VaststelFout(INTUSSEN)
    if not form.is_valid():
        raise VaststelFout("")  # the fields say what is missing
    vast = stel_vast(
        regio=regio,
        kwartaal=kwartaal,
        door=request.user,
        op=nu(),
        reden=form.cleaned_data.get("reden", ""),
        versie=form.cleaned_data["versie"],
    )
    messages.success(request, f"{kwartaal.naam.capitalize()} van {regio.naam} is vastgesteld.")
    return redirect("rapportage:vaststelling", kenmerk=vast.kenmerk)


def _voorstel(
    request: Verzoek, regio: Regio, kwartaal: Kwartaal, versie: int, form: VaststelForm, fout: str
) -> dict[str, Any]:
    basis = {
        "regio": regio,
        "kwartaal": kwartaal,
        "versie": versie,
        "form": form,
        "fout": fout,
        "bezwaar": bezwaar_tegen(regio, kwartaal, request.user, nu()),
        "kruimels": [
            ("Vaststellingen", reverse("rapportage:vaststellingen")),
            (kwartaal.naam.capitalize(), ""),
        ],
    }
    try:
        gevonden = cijfers(request.user, Keuze(kwartaal.periode, regio_id=regio.pk))
    except ValueError as mislukt:
        return {**basis, "bezwaar": f"Het kwartaal is niet te tellen: {mislukt}."}
    return {**basis, **_tabellen(gevonden, vast=False)}


def _tabellen(gevonden: Overzicht, *, vast: bool) -> dict[str, Any]:
    gemeenten = per_gemeente(gevonden)
    return {
        "uitval": gevonden,
        "gemeenten": gemeenten,
        "grafiek": uitvalgrafiek(gevonden, gemeenten),
        "opmerkingen": opmerkingen(gevonden, vast=vast),
        "afronding": AFRONDING,
    }


def _vaststelling(request: Verzoek, kenmerk: str) -> Vaststelling:
    return get_object_or_404(vaststellingen(request.user), kenmerk=kenmerk)


def _kruimels(vast: Vaststelling) -> list[tuple[str, str]]:
    return [
        ("Vaststellingen", reverse("rapportage:vaststellingen")),
        (
            Kwartaal.lees(vast.kwartaal).naam.capitalize(),
            reverse("rapportage:vaststelling", args=[vast.kenmerk]),
        ),
    ]


@require_GET
@vereist(Mag.VASTSTELLEN)
def een(request: Verzoek, kenmerk: str) -> HttpResponse:
    """A frozen quarter, from the numbers that were kept; with `?alles` every client is counted again."""
    vast = _vaststelling(request, kenmerk)
    gevonden, stand = als_cijfers(request.user, vast, alles="alles" in request.GET)
    kop = vaststelkop(vast)
    return render(
        request,
        "rapportage/vaststelling.html",
        {
            "vast": vast,
            "kop": kop,
            **_tabellen(gevonden, vast=True),
            "aanbieders": per_aanbieder(gevonden),
            "verantwoording": verantwoording(kop, gevonden),
            "definities": DEFINITIES[vast.definities].regels,
            "stand": stand,
            "nakijken": stand is Zegelstand.CIJFERS,
            "stuk": stand is Zegelstand.STUK,
            "geen_pdf": "" if beschikbaar() else GEEN_PANGO,
            "eenmalig": eenmalig_sleutel(),
            "clienten_url": _clienten_url(request, vast),
            "kruimels": [_kruimels(vast)[0], (Kwartaal.lees(vast.kwartaal).naam.capitalize(), "")],
        },
    )


def _clienten_url(request: Verzoek, vast: Vaststelling) -> str:
    """Where a frozen number leads; empty for who may count and not see."""
    if not request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS):
        return ""
    return reverse("rapportage:vaststelling-clienten", args=[vast.kenmerk])


@require_GET
@vereist(Mag.CLIENTEN_ACHTER_CIJFERS)
def verschil(request: Verzoek, kenmerk: str) -> HttpResponse:
    """Each client whose answer is another one now, by mark, with the event."""
    vast = _vaststelling(request, kenmerk)
    toen = als_uitval(request.user, vast)
    try:
        nu_, gevonden = sinds(request.user, vast, toen)
    except ValueError as fout:
        raise Http404 from fout
    rijen = [_verschilrij(toen, nu_, regel) for regel in gevonden]
    leg_inzage_vast(
        door=request.user,
        soort="vaststelling",
        cel={"kenmerk": str(vast.kenmerk)},
        merken=[rij["merk"] for rij in rijen],
    )
    return render(
        request,
        "rapportage/verschil.html",
        {
            "vast": vast,
            "rijen": rijen,
            "categorieen": [
                (
                    KORTE_NAMEN[categorie],
                    aantal,
                    nu_.totaal.aantallen[categorie],
                    nu_.totaal.aantallen[categorie] - aantal,
                )
                for categorie, aantal in toen.totaal.aantallen.items()
            ],
            "kruimels": [*_kruimels(vast), ("Verschil", "")],
        },
    )


def _verschilrij(toen: Uitval, nu_: Uitval, sinds_: Sinds) -> dict[str, Any]:
    verschil_ = sinds_.verschil
    regel, bron = verschil_.regel, nu_ if verschil_.nu else toen
    basis = {"soort": verschil_.soort.label, "gemeente": bron.naam_gemeente(regel.gemeente_id)}
    if regel.afgeschermd:
        return {
            **basis,
            "merk": AFGESCHERMD,
            "aanbieder": "–",
            "toen": "–",
            "nu": AFGESCHERMD_ZIN,
            "gebeurtenissen": (),
        }
    return {
        **basis,
        "merk": regel.merk,
        "aanbieder": bron.naam_aanbieder(regel.aanbieder_id),
        "toen": _zin(verschil_.toen),
        "nu": _zin(verschil_.nu),
        "gebeurtenissen": sinds_.gebeurtenissen,
    }


def _zin(regel: Regel | None) -> str:
    return regel.telling.zin if regel else "Niet bekend bij deze aanbieder."


@require_GET
@vereist(Mag.CLIENTEN_ACHTER_CIJFERS)
def clienten(request: Verzoek, kenmerk: str) -> HttpResponse:
    """The clients of one frozen figure, as they were counted then."""
    vast = _vaststelling(request, kenmerk)
    return toon_clienten(
        request,
        als_uitval(request.user, vast),
        soort="vaststelling",
        gekozen={},
        kenmerk=str(vast.kenmerk),
        kruimels=[*_kruimels(vast), ("Cliënten", "")],
    )


@require_GET
@vereist(Mag.EXPORTEREN)
def excel(request: Verzoek, kenmerk: str) -> HttpResponse:
    vast = _vaststelling(request, kenmerk)
    gevonden, kop = als_uitval(request.user, vast), vaststelkop(vast)
    return geef_werkboek(
        request,
        partial(werkboek, gevonden, kop),
        soort="vaststelling",
        titel=kop.titel,
        filters={"kenmerk": str(vast.kenmerk)},
        regels=len(gevonden.regels),
    )


@require_POST
@vereist(Mag.EXPORTEREN)
def pdf(request: Verzoek, kenmerk: str) -> HttpResponse:
    vast = _vaststelling(request, kenmerk)
    return bestel_pdf(
        request,
        soort=Rapportsoort.VASTSTELLING,
        titel=vaststelkop(vast).titel,
        filters={"kenmerk": str(vast.kenmerk)},
    )
