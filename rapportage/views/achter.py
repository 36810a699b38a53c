"""The clients behind a figure of uitval, of a live report and of a frozen quarter alike; each look is logged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from organisaties.toegang import Verzoek
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.overzicht import Uitval
from rapportage.tabellen import clientrijen
from rapportage.views.hulp import PER_PAGINA, Celadres, blader, vanaf


def toon_clienten(
    request: Verzoek,
    gevonden: Uitval,
    *,
    soort: str,
    gekozen: Mapping[str, str],
    kruimels: Sequence[tuple[str, str]],
    kenmerk: str = "",
) -> HttpResponse:
    """Exactly the clients of the figure that was clicked, by mark; the second tab holds who was left out.

    `gekozen` is what stands in the address beside the figure; the log keeps it, and of a frozen quarter its `kenmerk`.
    Raises Http404 for a figure that is not in this report.
    """
    cel = Celadres.lees(request.GET, gevonden.gemeenten, gevonden.aanbieders)
    gemeente, aanbieder = (naam.pk if naam else None for naam in (cel.gemeente, cel.aanbieder))
    binnen = gevonden.cel(gemeente=gemeente, aanbieder=aanbieder, categorie=cel.categorie or None)
    erbuiten = gevonden.buiten_cel(gemeente=gemeente, aanbieder=aanbieder)
    toont_buiten = bool(request.GET.get("buiten"))
    alle = clientrijen(gevonden, erbuiten if toont_buiten else binnen)
    begin = vanaf(request.GET, len(alle))
    rijen = alle[begin : begin + PER_PAGINA]
    leg_inzage_vast(
        door=request.user,
        soort=soort,
        cel=_voor_het_log(gekozen, kenmerk, cel, buiten=toont_buiten),
        merken=[rij.merk for rij in rijen],
        gemeente_id=gemeente,
    )
    inhoud = {
        "rijen": rijen,
        "aantal": len(alle),
        **blader(request.GET, begin, len(alle)),
        "cel": cel,
        "periode": gevonden.keuze.periode,
        "toont_buiten": toont_buiten,
        "kruimels": kruimels,
        "tabs": _tabs([*gekozen.items(), *cel.paren], len(binnen), len(erbuiten), buiten=toont_buiten),
    }
    return render(request, "rapportage/uitval_clienten.html", inhoud)


def _voor_het_log(gekozen: Mapping[str, str], kenmerk: str, cel: Celadres, *, buiten: bool) -> dict[str, str]:
    bevroren = {"kenmerk": kenmerk} if kenmerk else {}
    return {**gekozen, **bevroren, **dict(cel.paren), **({"buiten": "ja"} if buiten else {})}


def _tabs(
    adres: list[tuple[str, str]], binnen: int, erbuiten: int, *, buiten: bool
) -> list[dict[str, str | int | bool]]:
    return [
        _tab("Tellen mee", adres, binnen, actief=not buiten),
        _tab("Tellen niet mee en waarom", [*adres, ("buiten", "1")], erbuiten, actief=buiten),
    ]


def _tab(
    label: str, adres: Sequence[tuple[str, str]], aantal: int, *, actief: bool
) -> dict[str, str | int | bool]:
    return {"label": label, "url": f"?{urlencode(adres)}", "actief": actief, "aantal": aantal}
