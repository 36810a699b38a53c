"""Registering a result: the form of bijlage 3 beside the advice, the conflict page, the live advice."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking
from organisaties.models import Trede
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.registreer import InmiddelsGewijzigd, Oordeel, RegistratieFout, registreer
from resultaat.advies import Advies
from resultaat.enums import AdviesSterkte, Uitkomst, Vervolg
from resultaat.forms.registreren import RegistreerForm
from resultaat.models import Resultaat
from resultaat.queries import zaakregels
from resultaat.queries.dossier import redenteksten
from resultaat.queries.zaak import Plek, Zaak, zaak
from resultaat.views.hulp import terug_naar, verschil
from resultaat.werkwijze import Werkwijzeregel, mogelijke_paragrafen, paragraaf, toegestane_uitkomsten
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu, vandaag

SOORT = {True: "ok", False: "waarschuwing", None: "neutraal"}


@vereist(Mag.RESULTAAT_REGISTREREN)
@require_http_methods(["GET", "POST"])
def registreren(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    gevonden = _zaak(request, kenmerk)
    plek = _plek(request, gevonden)
    staat = _staat(request, gevonden, plek)
    terug = request.GET.get("terug", "")
    form = RegistreerForm(request.POST or None, zaak=gevonden, plek=plek, staat=staat, terug=terug)
    if request.method == "POST" and form.is_valid():
        return _probeer(request, form)
    return _pagina(request, form)


def _zaak(request: Verzoek, kenmerk: UUID) -> Zaak:
    gevonden = zaak(request.user, kenmerk)
    if gevonden is None:
        raise Http404
    return gevonden


def _plek(request: Verzoek, gevonden: Zaak) -> Plek:
    plek = zaakregels.kies_plek(gevonden, request.GET.get("plek", ""))
    if plek is None:
        raise Http404
    return plek


def _staat(request: Verzoek, gevonden: Zaak, plek: Plek) -> Resultaat | None:
    """The row this form corrects: on a first look what stands there, afterwards what the form itself was showing.

    So a judgement that came in between is met as a conflict, and never corrected unseen.
    """
    if request.method != "POST":
        return gevonden.resultaat(plek)
    getoond = request.POST.get("corrigeert", "")
    return next((r for r in gevonden.resultaten if str(r.kenmerk) == getoond), None)


def _probeer(request: Verzoek, form: RegistreerForm) -> HttpResponse:
    try:
        return eenmalig(request, lambda: _registreer(request, form))
    except InmiddelsGewijzigd as botsing:
        return _conflict(request, form, botsing.bestaand)
    except RegistratieFout as fout:
        form.add_error(_bij_veld(form, str(fout)), str(fout))
        return _pagina(request, form)


def _bij_veld(form: RegistreerForm, fout: str) -> str | None:
    if "wijkt af van het advies" in fout:
        return "afwijking_reden"
    return "volgend_moment" if "monitoringsmoment" in fout and "volgend_moment" in form.fields else None


def _registreer(request: Verzoek, form: RegistreerForm) -> HttpResponseRedirect:
    registreer(
        toewijzing=form.zaak.toewijzing,
        oordeel=_oordeel(form),
        door=request.user,
        moment=nu(),
        corrigeert=form.staat,
        correctie_reden=form.cleaned_data.get("correctie_reden", ""),
    )
    wat = "gecorrigeerd" if form.staat else "geregistreerd"
    messages.success(
        request, f"Het resultaat van {_waar(form.zaak)} is {wat}.{_van_het_dossier(request, form)}"
    )
    return HttpResponseRedirect(terug_naar(request, form.zaak.beschikking))


def _van_het_dossier(request: Verzoek, form: RegistreerForm) -> str:
    """Whether the dossier is closed now. Who chose that it closes hears what it waits for (R34)."""
    dossier = Beschikking.objects.visible_to(request.user).get(pk=form.zaak.beschikking.pk)
    if dossier.status == BeschikkingStatus.GESLOTEN:
        return " Het dossier is gesloten."
    if form.cleaned_data["vervolg"] != Vervolg.SLUITEN:
        return ""
    return " Het dossier sluit zodra elk resultaatgebied is geëindigd en beoordeeld."


def _waar(gevonden: Zaak) -> str:
    return (
        f"{gevonden.client.weergavenaam}, {gevonden.toewijzing.resultaatgebied or 'zonder resultaatgebied'},"
    )


def _oordeel(form: RegistreerForm) -> Oordeel:
    gegevens, gevonden, plek = form.cleaned_data, form.zaak, form.plek
    uitkomst, vervolg = Uitkomst(gegevens["uitkomst"]), Vervolg(gegevens["vervolg"])
    regel = _regel(gevonden, plek, uitkomst, vervolg)
    return Oordeel(
        uitkomst=uitkomst,
        paragraaf=regel.paragraaf,
        vervolg=vervolg,
        resultaatdatum=zaakregels.slaat_op(gevonden, plek, vandaag()),
        redenen=form.redenen,
        toelichting=gegevens.get("toelichting", ""),
        trede_naar=form.trede,
        afwijking_reden=gegevens.get("afwijking_reden", ""),
        stap=plek.stap,
        monitoringsmoment=plek.moment,
        stop=gevonden.stop if plek == Plek() else None,
        evaluatie=None if plek.stap else gevonden.evaluatie,
        formulier=gevonden.regel.toelichting if gevonden.regel else None,
        volgend_moment_datum=gegevens.get("volgend_moment"),
        advies=zaakregels.geef_advies(gevonden, plek, _trede(form, gegevens.get("trede_nu"))),
    )


def _trede(form: RegistreerForm, gekozen: str | None) -> Trede | str | None:
    """What was chosen as needed from now on: a trede, uitstroom, or None while it is not known."""
    return gekozen if gekozen == zaakregels.UITSTROOM_CODE else form.treden.get(gekozen or "")


def _regel(gevonden: Zaak, plek: Plek, uitkomst: Uitkomst, vervolg: Vervolg) -> Werkwijzeregel:
    feiten = zaakregels.feiten(
        gevonden, plek, behaald=uitkomst.behaald, vervolg_nodig=zaakregels.vraagt_vervolg(vervolg)
    )
    if uitkomst not in toegestane_uitkomsten(feiten):
        raise RegistratieFout(
            _niets_te_doen(gevonden, plek) or "Deze uitkomst past hier niet. Kies een andere."
        )
    return paragraaf(feiten)


def _niets_te_doen(gevonden: Zaak, plek: Plek) -> str:
    """Why nothing can be registered here (R22, R31), or empty."""
    if plek == Plek() and gevonden.is_tussenstap and gevonden.regel is None:
        return (
            "Dit is een tussenstap van een getrapte indicatie. Als afschalen lukt, hoeft u niets te doen en vult u niets "
            "in (werkwijze §3). Lukt het niet, dan stuurt de aanbieder eerst een wijzigingsformulier."
        )
    mogelijk = zaakregels.feiten(gevonden, plek, behaald=False, vervolg_nodig=True)
    if not toegestane_uitkomsten(mogelijk):
        return (
            "De zorg is tijdelijk gestopt (code 20). De cliënt blijft in zorg, dus er is nog geen resultaat in te vullen. "
            "Vraag de aanbieder na 1 maand of de zorg weer start of stopt."
        )
    return ""


# --- Pages -----------------------------------------------------------------------------------------------------------
def _pagina(request: Verzoek, form: RegistreerForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    gevonden, plek = form.zaak, form.plek
    dag = vandaag()
    inhoud = {
        "form": form,
        "zaak": gevonden,
        "plek": plek,
        "plekken": [p for p in zaakregels.plekken(gevonden) if p != plek],
        "niets_te_doen": _niets_te_doen(gevonden, plek),
        "match": zaakregels.match(gevonden, dag),
        "gemeld": zaakregels.gemeld_op(gevonden),
        "tegenspraken": zaakregels.geef_tegenspraken(gevonden, dag),
        "slaat_op": zaakregels.slaat_op(gevonden, plek, dag),
        "dagen_over": zaakregels.dagen_over(gevonden, dag),
        "trede_toen": zaakregels.trede_toen(gevonden, plek),
        **_advies(gevonden, plek, form),
        "kruimels": _kruimels(gevonden),
        **extra,
    }
    return render(request, "resultaat/registreren.html", inhoud, status=status)


def _kruimels(gevonden: Zaak) -> list[tuple[str, str]]:
    dossier = reverse("resultaat:dossier", args=[gevonden.beschikking.kenmerk])
    return [
        ("Werkvoorraad", reverse("resultaat:werkvoorraad")),
        (f"Dossier {gevonden.beschikking.nummer}", dossier),
        ("Registreren", ""),
    ]


def _conflict(request: Verzoek, form: RegistreerForm, bestaand: Resultaat) -> HttpResponse:
    """Both versions, and the form again with everything that was typed; sending it now corrects what stands there."""
    gegevens = request.POST.copy()
    gegevens["corrigeert"] = str(bestaand.kenmerk)
    gegevens["eenmalig"] = str(uuid.uuid4())
    vers = _zaak(request, form.zaak.toewijzing.kenmerk)
    opnieuw = RegistreerForm(gegevens, zaak=vers, plek=form.plek, staat=bestaand)
    opnieuw.fields["correctie_reden"].required = False
    opnieuw.full_clean()
    opnieuw.errors.pop("correctie_reden", None)
    teksten = redenteksten(form.zaak.toewijzing.gemeente)
    regels = [
        verschil("Uitkomst", Uitkomst(form.cleaned_data["uitkomst"]).label, bestaand.get_uitkomst_display()),
        verschil("Redenen", _namen(teksten, form.redenen), _namen(teksten, bestaand.redenen)),
        verschil("Vervolg", Vervolg(form.cleaned_data["vervolg"]).label, bestaand.get_vervolg_display()),
        verschil("Toelichting", form.cleaned_data.get("toelichting", ""), bestaand.toelichting),
    ]
    wie = bestaand.geregistreerd_door
    return _pagina(
        request,
        opnieuw,
        status=409,
        conflict=regels,
        conflict_door=str(wie) if wie else "De maandelijkse ronde",
        conflict_op=bestaand.geregistreerd_op,
    )


def _namen(teksten: dict[str, str], codes: list[str]) -> str:
    return "; ".join(teksten.get(code, code) for code in codes)


# --- Advice ----------------------------------------------------------------------------------------------------------
def _advies(gevonden: Zaak, plek: Plek, form: RegistreerForm) -> dict[str, Any]:
    bron = form.data if form.is_bound else form.initial
    trede = _trede(form, str(bron.get("trede_nu") or ""))
    gevonden_advies = zaakregels.geef_advies(gevonden, plek, trede)
    regels = _paragrafen(gevonden, plek, str(bron.get("uitkomst") or ""), str(bron.get("vervolg") or ""))
    return {
        "advies": gevonden_advies,
        "advies_kop": _kop(gevonden_advies),
        "advies_soort": SOORT[gevonden_advies.behaald],
        "paragrafen": regels,
    }


def _kop(advies: Advies) -> str:
    if advies.behaald is None:
        return AdviesSterkte.GEEN.label.lower()
    oordeel = "behaald" if advies.behaald else "niet behaald"
    return oordeel if advies.sterkte is AdviesSterkte.ADVIES else f"mogelijk {oordeel}"


def _paragrafen(gevonden: Zaak, plek: Plek, uitkomst: str, vervolg: str) -> tuple[Werkwijzeregel, ...]:
    """The paragraph that applies; while outcome or follow-up is open, all that still can."""
    onbekend = [naam for naam, waarde in (("behaald", uitkomst), ("vervolg_nodig", vervolg)) if not waarde]
    feiten = zaakregels.feiten(
        gevonden,
        plek,
        behaald=uitkomst == Uitkomst.JA,
        vervolg_nodig=vervolg != Vervolg.SLUITEN,
    )
    return mogelijke_paragrafen(feiten, onbekend=onbekend)  # type: ignore[arg-type]  # the two literal names above


@vereist(Mag.RESULTAAT_REGISTREREN)
@require_GET
def registreren_advies(request: Verzoek, kenmerk: UUID) -> HttpResponse:
    """The advice for what is chosen in the form now; the page asks it again at each change."""
    gevonden = _zaak(request, kenmerk)
    plek = _plek(request, gevonden)
    form = RegistreerForm(request.GET, zaak=gevonden, plek=plek, staat=None)
    return render(request, "resultaat/registreren_advies.html", _advies(gevonden, plek, form))
