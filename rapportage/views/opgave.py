"""The kwartaalopgave of a provider: the list, one opgave, and its three parts with saving while typing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organisaties.models import Regio
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.opgave import Botsing, KanNiet, begin, bewaar_deel
from rapportage.actions.opgave_indienen import beantwoord, neem_vorige_over
from rapportage.categorieen import CATEGORIEEN, WIE_TELT
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.forms_opgave import (
    AntwoordFormulier,
    DeelFormulier,
    DocumentFormulier,
    DoelenFormulier,
    ErvaringFormulier,
    UitvalFormulier,
    lees_invoer,
    lees_scherm,
    lees_versie,
)
from rapportage.models import Kwartaalopgave, OpgaveDeel, OpgaveVraag
from rapportage.opgave_beeld import beeld_uitval
from rapportage.opgave_regels import SCHAALUITLEG, Bezwaar, bewerkbaar
from rapportage.queries.opgave import Concept, concept, opgaven, vorige_opgave
from rapportage.queries.opgave_lijst import van_aanbieder
from rapportage.tellingen import AFRONDING
from rapportage.views.opgave_botsing import botsing
from techniek.actions import eenmalig
from techniek.templatetags.ui import fouten_van
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import nu, vandaag

VOLGENDE: Final = {Deel.UITVAL: Deel.ERVARING, Deel.ERVARING: Deel.DOELEN}


def zoek(request: Verzoek, kenmerk: uuid.UUID) -> Kwartaalopgave:
    """The opgave, if this person may see it; else it does not exist."""
    opgave: Kwartaalopgave = get_object_or_404(opgaven(request.user), kenmerk=kenmerk)
    return opgave


def als_deel(naam: str) -> Deel:
    if naam not in Deel.codes():
        raise Http404
    return Deel(naam)


def kruimels(opgave: Kwartaalopgave, *meer: tuple[str, str]) -> list[tuple[str, str]]:
    """From the list to here; the last one is this page."""
    delen = [
        ("Kwartaalopgaven", reverse("rapportage:opgaven")),
        (titel(opgave), reverse("rapportage:opgave", args=[opgave.kenmerk])),
        *meer,
    ]
    return [*delen[:-1], (delen[-1][0], "")]


def titel(opgave: Kwartaalopgave) -> str:
    return f"{Kwartaal.lees(opgave.kwartaal).naam}, {opgave.regio}"


# --- The list ----------------------------------------------------------------------------------------------------------
@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def overzicht(request: Verzoek) -> HttpResponse:
    rijen = van_aanbieder(request.user, vandaag())
    return render(request, "rapportage/opgaven.html", {"rijen": rijen, "eenmalig": uuid.uuid4()})


@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def beginnen(request: Verzoek) -> HttpResponse:
    """Begin the opgave of a region and quarter, or go on with the one that is there."""
    regio = get_object_or_404(
        Regio.objects.filter(opgaveafspraak__isnull=False), code=request.POST.get("regio")
    )
    try:
        kwartaal = Kwartaal.lees(request.POST.get("kwartaal", ""))
    except ValueError as fout:
        raise Http404 from fout
    try:
        opgave = begin(regio=regio, kwartaal=kwartaal, door=request.user, op=nu())
    except KanNiet as fout:
        messages.error(request, str(fout))
        return redirect("rapportage:opgaven")
    return redirect("rapportage:opgave", opgave.kenmerk)


# --- One opgave --------------------------------------------------------------------------------------------------------
@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def een(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Where it stands: the parts, questions, and every time it was sent."""
    opgave = zoek(request, kenmerk)
    mag_schrijven = bewerkbaar(OpgaveStatus(opgave.status))
    stand = geteld(opgave, request) if mag_schrijven else None
    inhoud = {
        "opgave": opgave,
        "titel": titel(opgave),
        "status": OpgaveStatus(opgave.status),
        "mag_schrijven": mag_schrijven,
        "delen": stappen(stand, opgave) if stand else [],
        "niet_te_tellen": mag_schrijven and stand is None,
        "vragen": vragen_met_form(opgave, mag_schrijven=mag_schrijven),
        "verzonden": list(opgave.verzonden.defer("inhoud").select_related("ingediend_door")),
        "kruimels": kruimels(opgave),
    }
    return render(request, "rapportage/opgave.html", inhoud)


def geteld(opgave: Kwartaalopgave, request: Verzoek) -> Concept | None:
    try:
        return concept(opgave, request.user)
    except ValueError:
        return None


def stappen(
    stand: Concept, opgave: Kwartaalopgave, huidig: Deel | None = None, *, controle: bool = False
) -> list[dict[str, str]]:
    """The three parts and the check, for the component; done is what has no objections."""
    rijen = [
        {
            "label": deel.label,
            "staat": "huidig" if deel is huidig else "open" if stand.bezwaren[deel] else "klaar",
            "url": reverse("rapportage:opgave-deel", args=[opgave.kenmerk, deel]),
            "te_doen": str(len(stand.bezwaren[deel])),
        }
        for deel in Deel
    ]
    laatste = {
        "label": "Controleren en indienen",
        "staat": "huidig" if controle else "open",
        "url": reverse("rapportage:opgave-controle", args=[opgave.kenmerk]),
        "te_doen": "",
    }
    return [*rijen, laatste]


def vragen_met_form(opgave: Kwartaalopgave, *, mag_schrijven: bool) -> list[dict[str, Any]]:
    rijen = opgave.vragen.select_related("gesteld_door", "beantwoord_door")
    return [
        {
            "vraag": vraag,
            "form": AntwoordFormulier(prefix=str(vraag.kenmerk)[:8])
            if mag_schrijven and not vraag.beantwoord_op
            else None,
        }
        for vraag in rijen
    ]


@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def antwoord(request: Verzoek, kenmerk: uuid.UUID, vraag: uuid.UUID) -> HttpResponse:
    opgave = zoek(request, kenmerk)
    rij: OpgaveVraag = get_object_or_404(opgave.vragen.all(), kenmerk=vraag)
    form = AntwoordFormulier(request.POST, prefix=str(vraag)[:8])
    if not form.is_valid():
        inhoud = {
            "opgave": opgave,
            "form": form,
            "vraag": rij,
            "kruimels": kruimels(opgave, ("Antwoord", "")),
        }
        return render(request, "rapportage/opgave_antwoord.html", inhoud, status=422)
    try:
        beantwoord(vraag=rij, antwoord=form.cleaned_data["antwoord"], door=request.user, op=nu())
    except KanNiet as fout:
        messages.error(request, str(fout))
    else:
        messages.success(request, "Uw antwoord is bewaard. Dien de opgave opnieuw in om het te versturen.")
    return redirect("rapportage:opgave", kenmerk)


# --- A part ------------------------------------------------------------------------------------------------------------
@vereist(Mag.OPGAVE_INDIENEN)
@require_http_methods(["GET", "POST"])
def deel(request: Verzoek, kenmerk: uuid.UUID, deel: str) -> HttpResponse:
    """One part. Every button saves first; only then it is judged."""
    opgave, welk = zoek(request, kenmerk), als_deel(deel)
    if request.method == "POST":
        return _bewaar_en_verder(request, opgave, welk)
    if not bewerkbaar(OpgaveStatus(opgave.status)):
        return redirect("rapportage:opgave", kenmerk)
    stand = geteld(opgave, request)
    if stand is None:
        return redirect("rapportage:opgave", kenmerk)
    return render(request, *_deelpagina(stand, welk, beoordeel="controle" in request.GET))


def _deelpagina(stand: Concept, welk: Deel, *, beoordeel: bool) -> tuple[str, dict[str, Any]]:
    opgave, form = stand.opgave, formulier(stand, welk, stand.bezwaren[welk] if beoordeel else ())
    inhoud = {
        "opgave": opgave,
        "titel": welk.label,
        "stand": stand,
        "form": form,
        "fouten": fouten_van(form) if beoordeel else [],
        "form_met_fouten": beoordeel and bool(stand.bezwaren[welk]),
        "deel": OpgaveDeel.objects.select_related("bewaard_door").get(opgave=opgave, deel=welk),
        "scherm": uuid.uuid4(),
        "stappen": stappen(stand, opgave, welk),
        "kruimels": kruimels(opgave, (welk.label, "")),
        "beeld": beeld_uitval(stand.uitval) if welk is Deel.UITVAL else None,
        "afronding": AFRONDING,
        "schaaluitleg": SCHAALUITLEG,
        "wie_telt": WIE_TELT,
        "categorieen": list(CATEGORIEEN.values()),
        "documentform": DocumentFormulier(prefix="d") if welk is Deel.ERVARING else None,
        "vorige": vorige_opgave(opgave) if welk is not Deel.UITVAL else None,
        "eenmalig": uuid.uuid4(),
    }
    return f"rapportage/opgave_{welk}.html", inhoud


def formulier(stand: Concept, welk: Deel, bezwaren: Iterable[Bezwaar] = ()) -> DeelFormulier:
    gevonden = list(bezwaren)
    if welk is Deel.UITVAL:
        return UitvalFormulier(uitval=stand.uitval, bezwaren=gevonden)
    if welk is Deel.ERVARING:
        return ErvaringFormulier(ervaring=stand.ervaring, bezwaren=gevonden)
    return DoelenFormulier(doelen=stand.doelen, bezwaren=gevonden)


def _bewaar_en_verder(request: Verzoek, opgave: Kwartaalopgave, welk: Deel) -> HttpResponse:
    try:
        _bewaar(request, opgave, welk)
    except Botsing as fout:
        return botsing(request, fout, formulier(concept(fout.opgave, request.user), welk))
    doe = request.POST.get("doe", "")
    if doe == "later":
        messages.success(request, f"{welk.label} is bewaard. De opgave is nog niet ingediend.")
        return redirect("rapportage:opgave", opgave.kenmerk)
    if doe == "verder" and welk in VOLGENDE:
        return redirect("rapportage:opgave-deel", opgave.kenmerk, VOLGENDE[welk])
    return redirect("rapportage:opgave-controle", opgave.kenmerk)


@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def bewaar(request: Verzoek, kenmerk: uuid.UUID, deel: str) -> HttpResponse:
    """Called by the page while somebody types: 200 saved, 409 another screen was first."""
    opgave, welk = zoek(request, kenmerk), als_deel(deel)
    try:
        stand = _bewaar(request, opgave, welk)
    except Botsing:
        return JsonResponse({"botsing": True}, status=409)
    return JsonResponse({"versie": stand.versie})


def _bewaar(request: Verzoek, opgave: Kwartaalopgave, welk: Deel) -> OpgaveDeel:
    return bewaar_deel(
        opgave=opgave,
        deel=welk,
        invoer=lees_invoer(request.POST),
        versie=lees_versie(request.POST),
        vanuit=lees_scherm(request.POST),
        door=request.user,
        op=nu(),
    )


@vereist(Mag.OPGAVE_INDIENEN)
@require_POST
def overnemen(request: Verzoek, kenmerk: uuid.UUID, deel: str) -> HttpResponse:
    """Last quarter's answers in what is still empty, marked (R98)."""
    opgave, welk = zoek(request, kenmerk), als_deel(deel)
    if welk is Deel.UITVAL:
        raise Http404

    def doe() -> HttpResponseRedirect:
        aantal = neem_vorige_over(opgave=opgave, deel=welk, door=request.user, op=nu())
        zin = f"{aantal} antwoorden overgenomen. Kijk na of ze nog kloppen."
        messages.success(request, zin if aantal else "Er was niets leeg dat we konden overnemen.")
        return HttpResponseRedirect(reverse("rapportage:opgave-deel", args=[kenmerk, welk]))

    try:
        return eenmalig(request, doe)
    except KanNiet as fout:
        messages.error(request, str(fout))
        return redirect("rapportage:opgave", kenmerk)
