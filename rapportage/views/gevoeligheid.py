"""The same quarter under other choices for the codes that the sources leave open, side by side (M8)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.enums import Categorie
from rapportage.forms import Rapportfilter
from rapportage.gevoeligheid import Uitkomst, reken_door
from rapportage.overzicht import Regel
from rapportage.queries.uitval import lees_bron
from rapportage.tabellen import KORTE_NAMEN, Clientrij, clientrijen
from wmo_portal.lib.tijd import vandaag


@require_GET
@vereist(Mag.CIJFERS)
def pagina(request: Verzoek) -> HttpResponse:
    filter_ = Rapportfilter(request.GET, lezer=request.user, vandaag=vandaag())
    if not filter_.is_valid():
        raise Http404
    bron = lees_bron(request.user, filter_.keuze())
    try:
        basis = bron.uitval(filter_.keuze())
    except ValueError as fout:
        raise Http404 from fout
    uitkomsten = reken_door(bron, filter_.keuze(), basis)
    lijsten = _lijsten(request, filter_, uitkomsten) if request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS) else []
    return render(
        request,
        "rapportage/gevoeligheid.html",
        {
            "basis": basis,
            "koppen": [KORTE_NAMEN[categorie] for categorie in Categorie],
            "rijen": [
                ("Zoals afgesproken", "", basis, 0),
                *((u.variant.naam, u.variant.waarom, u.uitval, len(u.verschoven)) for u in uitkomsten),
            ],
            "lijsten": lijsten,
            "kruimels": [("Uitval", f"{reverse('rapportage:uitval')}?{filter_.adres()}"), ("Meetkeuze", "")],
        },
    )


def _lijsten(
    request: Verzoek, filter_: Rapportfilter, uitkomsten: list[Uitkomst]
) -> list[tuple[str, list[tuple[str, Clientrij]]]]:
    """Who moves from where, per variant; the look is logged once."""
    lijsten = [(u.variant.naam, _verschoven(u)) for u in uitkomsten if u.verschoven]
    merken = sorted({rij.merk for _, rijen in lijsten for _, rij in rijen})
    if merken:
        leg_inzage_vast(door=request.user, soort="gevoeligheid", cel=filter_.gekozen(), merken=merken)
    return lijsten


def _verschoven(uitkomst: Uitkomst) -> list[tuple[str, Clientrij]]:
    """What somebody counts as, and the row of what it would be."""
    rijen = [
        (_naam(v.toen), rij) for v in uitkomst.verschoven for rij in clientrijen(uitkomst.uitval, [v.regel])
    ]
    return sorted(rijen, key=lambda paar: (paar[1].gemeente, paar[1].aanbieder, paar[1].merk))


def _naam(regel: Regel | None) -> str:
    categorie = regel.telling.categorie if regel else None
    return KORTE_NAMEN[categorie] if categorie else "Telt niet mee"
