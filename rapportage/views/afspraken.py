"""What a region agrees about its quarters: look, and lay down a new version (R105, U19)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties.models import Regio
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.afspraken import (
    MagNiet,
    laat_doel_vervallen,
    leg_categorie_vast,
    leg_doel_vast,
    zet_dagen,
    zet_termijn,
)
from rapportage.enums import Categorie
from rapportage.forms_afspraken import (
    CategorieFormulier,
    DagenFormulier,
    DoelFormulier,
    TermijnFormulier,
    VervalFormulier,
)
from rapportage.models import Categorieafspraak, Opgaveafspraak, Opgavetermijn
from rapportage.queries.afspraken import Versies, codeversies, doelversies, regios_van
from rapportage.queries.opgave_lijst import eigen_termijnen, uiterste_dag
from rapportage.tabellen import KORTE_NAMEN
from stopberichten.enums import RedenBeeindiging, Zekerheid
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import vandaag

BEIDE = (Mag.INRICHTEN, Mag.OPGAVE_BEOORDELEN)


def _regio(request: Verzoek, code: str) -> Regio:
    gevonden = next((regio for regio in regios_van(request.user) if regio.code == code), None)
    if gevonden is None:
        raise Http404
    return gevonden


def _kruimels(regio: Regio, *meer: str) -> list[tuple[str, str]]:
    delen = [
        ("Kwartaalafspraken", reverse("rapportage:kwartaalafspraken")),
        (regio.naam, reverse("rapportage:regioafspraken", args=[regio.code])),
        *((tekst, "") for tekst in meer),
    ]
    return [*delen[:-1], (delen[-1][0], "")]


@vereist(*BEIDE)
@require_GET
def overzicht(request: Verzoek) -> HttpResponse:
    inhoud = {"regios": regios_van(request.user)}
    return render(request, "rapportage/afspraken_regios.html", inhoud)


@vereist(*BEIDE)
@require_GET
def regio(request: Verzoek, code: str) -> HttpResponse:
    """Goals, mapping and last days of a region, with every version of them."""
    van, dag = _regio(request, code), vandaag()
    afspraak = Opgaveafspraak.objects.filter(regio=van).first()
    inhoud = {
        "regio": van,
        "doelen": doelversies(van, dag),
        "codes": [_code(v) for v in codeversies(van, dag)],
        "afspraak": afspraak,
        "termijnen": _termijnen(van, afspraak, dag),
        "herinneringen": herinnerzin(afspraak.herinner_dagen) if afspraak else "",
        "kruimels": _kruimels(van),
    }
    return render(request, "rapportage/afspraken_regio.html", inhoud)


def _code(versies: Versies) -> dict[str, Any]:
    """One 307 code with its versions in words."""
    return {
        "reden": RedenBeeindiging(versies.code),
        "aantal": len(versies.rijen),
        "rijen": [
            {"rij": rij, "telt": KORTE_NAMEN[Categorie(rij.categorie)], "nu": rij == versies.nu}
            for rij in versies.rijen
            if isinstance(rij, Categorieafspraak)
        ],
    }


def _termijnen(van: Regio, afspraak: Opgaveafspraak | None, dag: date) -> list[tuple[str, date, bool]]:
    """The running quarter and the four before it: name, last day, and whether it is one of its own."""
    if afspraak is None:
        return []
    eigen = eigen_termijnen()
    return [(k.naam, uiterste_dag(afspraak, k, eigen), (van.pk, str(k)) in eigen) for k in _kwartalen(dag)]


def herinnerzin(momenten: list[int]) -> str:
    """14, 3 and 0 as people say it: 14 en 3 dagen van tevoren, en op de dag zelf."""
    dagen = [str(moment) for moment in momenten if moment]
    zin = f"{', '.join(dagen[:-1])}{' en ' if dagen[:-1] else ''}{dagen[-1]}" if dagen else ""
    vooraf = [f"{zin} {'dag' if dagen == ['1'] else 'dagen'} van tevoren"] if dagen else []
    return ", en ".join([*vooraf, *(["op de dag zelf"] if 0 in momenten else [])])


def _kwartalen(dag: date) -> list[Kwartaal]:
    rij = [Kwartaal.van(dag)]
    while len(rij) < 5:
        rij.append(rij[-1].vorige)
    return rij


def _eerstvolgend() -> date:
    """The first day of the next quarter: what people mostly mean."""
    return Kwartaal.van(vandaag()).laatste + timedelta(days=1)


def _formulier(
    request: Verzoek,
    van: Regio,
    form: forms.Form,
    doe: Callable[[dict[str, Any]], object],
    *,
    titel: str,
    veld: str = "vanaf",
    uitleg: str = "",
) -> HttpResponse:
    """Show it, or do it and go back to the region; a refusal stands beside the day."""
    if request.method == "POST" and form.is_valid():
        try:
            doe(form.cleaned_data)
        except MagNiet as fout:
            form.add_error(veld, str(fout))
        else:
            messages.success(request, "Vastgelegd. Kwartalen die voorbij zijn, zijn niet veranderd.")
            return redirect("rapportage:regioafspraken", van.code)
    inhoud = {
        "form": form,
        "titel": titel,
        "uitleg": uitleg,
        "form_met_fouten": bool(form.errors),
        "kruimels": _kruimels(van, titel),
    }
    return render(request, "rapportage/afspraken_form.html", inhoud, status=422 if form.errors else 200)


def _versies(lijst: list[Versies], code: str) -> Versies:
    gevonden = next((v for v in lijst if v.code == code), None)
    if gevonden is None:
        raise Http404
    return gevonden


@vereist(*BEIDE)
@require_http_methods(["GET", "POST"])
def doel(request: Verzoek, code: str, doel: str = "") -> HttpResponse:
    """A new goal, or a new version of one."""
    van = _regio(request, code)
    begin: dict[str, Any] = {"vanaf": _eerstvolgend()}
    if doel:
        rij: Any = _versies(doelversies(van, vandaag()), doel).laatste
        begin |= {"tekst": rij.tekst, "volgorde": rij.volgorde}
    form = DoelFormulier(request.POST or None, initial=begin)
    return _formulier(
        request,
        van,
        form,
        lambda velden: leg_doel_vast(regio=van, code=doel, vandaag=vandaag(), door=request.user, **velden),
        titel="Nieuwe versie van een doel" if doel else "Doel toevoegen",
        uitleg="De oude tekst blijft staan bij de kwartalen waarin zij gold.",
    )


@vereist(*BEIDE)
@require_http_methods(["GET", "POST"])
def doel_vervalt(request: Verzoek, code: str, doel: str) -> HttpResponse:
    van = _regio(request, code)
    rij: Any = _versies(doelversies(van, vandaag()), doel).laatste
    form = VervalFormulier(request.POST or None, initial={"vanaf": _eerstvolgend()})
    return _formulier(
        request,
        van,
        form,
        lambda velden: laat_doel_vervallen(
            regio=van, code=doel, vandaag=vandaag(), door=request.user, **velden
        ),
        titel="Doel laten vervallen",
        uitleg=f"Het gaat om: {rij.tekst}",
    )


@vereist(*BEIDE)
@require_http_methods(["GET", "POST"])
def categorie(request: Verzoek, code: str, reden: str) -> HttpResponse:
    """A new version of what a 307 code counts as."""
    van = _regio(request, code)
    if reden not in RedenBeeindiging.codes():
        raise Http404
    rij: Any = next((v.laatste for v in codeversies(van, vandaag()) if v.code == reden), None)
    begin = {"vanaf": _eerstvolgend()} | (
        {"categorie": rij.categorie, "zekerheid": rij.zekerheid, "uitleg": rij.uitleg} if rij else {}
    )
    form = CategorieFormulier(request.POST or None, initial=begin)
    return _formulier(
        request,
        van,
        form,
        lambda velden: leg_categorie_vast(
            regio=van,
            reden=RedenBeeindiging(reden),
            categorie=Categorie(velden["categorie"]),
            zekerheid=Zekerheid(velden["zekerheid"]),
            uitleg=velden["uitleg"],
            vanaf=velden["vanaf"],
            vandaag=vandaag(),
            door=request.user,
        ),
        titel=f"Code {reden}: {RedenBeeindiging(reden).label}",
        uitleg="Een rapport telt met wat op de laatste dag van de periode geldt.",
    )


@vereist(*BEIDE)
@require_http_methods(["GET", "POST"])
def dagen(request: Verzoek, code: str) -> HttpResponse:
    van = _regio(request, code)
    rij = Opgaveafspraak.objects.filter(regio=van).first() or Opgaveafspraak(regio=van)
    begin = {"dagen": rij.dagen, "herinner_dagen": ", ".join(map(str, rij.herinner_dagen))}
    form = DagenFormulier(request.POST or None, initial=begin)
    return _formulier(
        request,
        van,
        form,
        lambda velden: zet_dagen(regio=van, vandaag=vandaag(), door=request.user, **velden),
        titel="Uiterste dag en herinneringen",
        veld="dagen",
        uitleg="Kwartalen die al voorbij zijn, houden de uiterste dag die zij hadden.",
    )


@vereist(*BEIDE)
@require_http_methods(["GET", "POST"])
def termijn(request: Verzoek, code: str) -> HttpResponse:
    """Another last day for one quarter: the one that has just ended, or the running one."""
    van, dag = _regio(request, code), vandaag()
    kwartalen = _kwartalen(dag)[:2]
    form = TermijnFormulier(request.POST or None, kwartalen=kwartalen)

    def doe(velden: dict[str, Any]) -> Opgavetermijn:
        return zet_termijn(
            regio=van,
            kwartaal=Kwartaal.lees(velden["kwartaal"]),
            uiterste_datum=velden["uiterste_datum"],
            vandaag=dag,
            door=request.user,
        )

    return _formulier(
        request, van, form, doe, titel="Andere uiterste dag voor één kwartaal", veld="uiterste_datum"
    )
