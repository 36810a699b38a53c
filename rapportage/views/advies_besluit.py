"""Advice and decision: how often they agree per municipality, and the judgements behind each number (M6)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.adviesbesluit import DEFINITIE, Besluit, Verhouding, per_gemeente
from rapportage.forms import Rapportfilter
from rapportage.merk import AFGESCHERMD, AFGESCHERMD_ZIN
from rapportage.queries.advies_besluit import besluiten
from rapportage.tellingen import AFRONDING
from rapportage.views.hulp import PER_PAGINA, blader, vanaf
from wmo_portal.lib.tijd import vandaag


def _filter(request: Verzoek) -> Rapportfilter:
    return Rapportfilter(request.GET, lezer=request.user, vandaag=vandaag())


@require_GET
@vereist(Mag.CIJFERS)
def pagina(request: Verzoek) -> HttpResponse:
    filter_ = _filter(request)
    basis = {"form": filter_, "definitie": DEFINITIE, "afronding": AFRONDING}
    if not filter_.is_valid():
        return render(request, "rapportage/advies_besluit.html", basis)
    rijen, totaal = per_gemeente(besluiten(request.user, filter_.keuze()))
    ziet_clienten = request.user.mag(Mag.CLIENTEN_ACHTER_CIJFERS)
    return render(
        request,
        "rapportage/advies_besluit.html",
        {
            **basis,
            "soorten": list(Verhouding),
            "rijen": [(rij, [(s, len(rij.cel(s))) for s in Verhouding]) for rij in rijen],
            "totaal": totaal,
            "totaalcellen": [(s, len(totaal.cel(s))) for s in Verhouding],
            "periode": filter_.periode,
            "clienten_url": f"{reverse('rapportage:advies-besluit-clienten')}?{filter_.adres()}"
            if ziet_clienten
            else "",
        },
    )


@require_GET
@vereist(Mag.CLIENTEN_ACHTER_CIJFERS)
def clienten(request: Verzoek) -> HttpResponse:
    """The judgements in one number. A code that is not in the page is a page that does not exist."""
    filter_ = _filter(request)
    if not filter_.is_valid():
        raise Http404
    rijen, totaal = per_gemeente(besluiten(request.user, filter_.keuze()))
    code, soort = request.GET.get("rij", ""), request.GET.get("verhouding", "")
    rij = next((r for r in rijen if r.code == code), None) if code else totaal
    if rij is None or (soort and soort not in Verhouding.codes()):
        raise Http404
    gevonden = rij.cel(Verhouding(soort) if soort else None)
    begin = vanaf(request.GET, len(gevonden))
    getoond = [_rij(b) for b in gevonden[begin : begin + PER_PAGINA]]
    cel = {naam: w for naam, w in (("rij", code), ("verhouding", soort)) if w}
    leg_inzage_vast(
        door=request.user,
        soort="advies",
        cel={**filter_.gekozen(), **cel},
        merken=[regel["merk"] for regel in getoond],
    )
    return render(
        request,
        "rapportage/advies_besluit_clienten.html",
        {
            "rijen": getoond,
            "woorden": f"{rij.naam}, {Verhouding(soort).label.lower() if soort else 'alle oordelen'}",
            "periode": filter_.periode,
            "aantal": len(gevonden),
            **blader(request.GET, begin, len(gevonden)),
            "kruimels": [
                ("Advies en besluit", f"{reverse('rapportage:advies-besluit')}?{filter_.adres()}"),
                ("Oordelen", ""),
            ],
        },
    )


def _rij(besluit: Besluit) -> dict[str, str]:
    if besluit.afgeschermd:
        return {
            "merk": AFGESCHERMD,
            "gemeente": besluit.gemeente,
            "aanbieder": "–",
            "gebied": "–",
            "zin": AFGESCHERMD_ZIN,
        }
    return {
        "merk": besluit.merk,
        "gemeente": besluit.gemeente,
        "aanbieder": besluit.aanbieder,
        "gebied": besluit.gebied,
        "zin": besluit.zin,
    }
