"""Filling in the Toelichting verzoek wijziging/beëindiging: find the client, draft, check, send."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from beschikkingen.documenten import DocumentGeweigerd
from organisaties.models import Trede
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from stopberichten import tonen_toelichting as tonen
from stopberichten.actions_toelichting import (
    Botsing,
    Invoer,
    KanNiet,
    bewaar_concept,
    leg,
    verwijder_zorgplan,
    voeg_zorgplan_toe,
)
from stopberichten.actions_toelichting_indienen import AlVerstuurd, NietCompleet, dien_in
from stopberichten.enums import ToelichtingStatus
from stopberichten.forms_toelichting import (
    HoofdFormulier,
    RegelFormulier,
    lees_invoer,
    lees_scherm,
    lees_versie,
)
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import (
    blokken_van,
    feiten,
    formulier_van,
    naam_van,
    regels_van,
    stops_bij,
    treden_van,
    zwaarte_niet_te_vragen,
)
from stopberichten.toelichtingregels import INTRO, INTRO_ZORGPLAN, Bezwaar, bezwaren
from stopberichten.views.toelichting_botsing import botsing
from techniek.actions import eenmalig
from techniek.templatetags.ui import doel_id, fouten_van
from wmo_portal.lib.tijd import AMSTERDAM, nu, vandaag

STAPPEN: Final = ("Cliënt", "Formulier", "Controleren", "Verstuurd")


class Concept:
    """A draft with what its pages need; each read at most once."""

    def __init__(self, toelichting: Toelichting) -> None:
        self.toelichting = toelichting

    @cached_property
    def regels(self) -> list[ToelichtingRegel]:
        return regels_van(self.toelichting)

    @cached_property
    def treden(self) -> list[Trede]:
        return treden_van(self.toelichting)

    @cached_property
    def bezwaren(self) -> tuple[Bezwaar, ...]:
        return bezwaren(feiten(self.toelichting, self.regels, self.treden, vandaag()))


def zoek(request: Verzoek, kenmerk: uuid.UUID) -> Toelichting:
    """The form, if this person may see it; else it does not exist."""
    toelichting = formulier_van(request.user, kenmerk)
    if toelichting is None:
        raise Http404
    return toelichting


def kruimels(hier: str) -> list[tuple[str, str]]:
    return [("Toelichtingen", reverse("stopberichten:toelichtingen")), (hier, "")]


def stappen(huidig: str, terug: str = "") -> list[dict[str, str]]:
    nu_bij = STAPPEN.index(huidig)
    staten = ["klaar" if n < nu_bij else "huidig" if n == nu_bij else "open" for n in range(len(STAPPEN))]
    return [
        {"label": label, "staat": staat, "url": terug if label == "Formulier" else ""}
        for label, staat in zip(STAPPEN, staten, strict=True)
    ]


# --- The form itself -----------------------------------------------------------------------------------------------
@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def invullen(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The form. Every button saves first; only then it is judged."""
    toelichting = zoek(request, kenmerk)
    if request.method == "POST":
        return _bewaar_en_verder(request, toelichting)
    if toelichting.status != ToelichtingStatus.CONCEPT:
        return redirect("stopberichten:toelichting", kenmerk)
    leg(toelichting, "gezien", request.user)
    return _pagina(request, Concept(toelichting), beoordeel="controle" in request.GET)


def _bewaar_en_verder(request: Verzoek, toelichting: Toelichting) -> HttpResponse:
    invoer = lees_invoer(request.POST, blokken_van(toelichting))
    try:
        _bewaar(request, toelichting, invoer)
    except Botsing as fout:
        return botsing(request, fout.toelichting, invoer)
    if geweigerd := _neem_bestand_aan(request, toelichting):
        toelichting = zoek(request, toelichting.kenmerk)
        return _pagina(request, Concept(toelichting), beoordeel=False, geweigerd=geweigerd)
    if request.POST.get("doe") == "bewaar":
        messages.success(
            request, "Uw concept is bewaard. Het is nog niet verstuurd. U vindt het terug onder ‘Concept’."
        )
        return redirect("stopberichten:toelichtingen")
    return redirect("stopberichten:toelichting-controle", toelichting.kenmerk)


def _bewaar(request: Verzoek, toelichting: Toelichting, invoer: Invoer) -> Toelichting:
    return bewaar_concept(
        toelichting=toelichting,
        invoer=invoer,
        versie=lees_versie(request.POST),
        vanuit=lees_scherm(request.POST),
        door=request.user,
        op=nu(),
    )


def _neem_bestand_aan(request: Verzoek, toelichting: Toelichting) -> str:
    """Store or drop the zorgplan; the sentence that says why it was refused, or nothing."""
    bestand = request.FILES.get("zorgplan")
    try:
        if bestand is not None:
            voeg_zorgplan_toe(
                toelichting=toelichting,
                inhoud=bestand.read(),
                naam=str(bestand.name),
                door=request.user,
                op=nu(),
            )
        elif "zorgplan_weg" in request.POST and toelichting.zorgplan_id:
            verwijder_zorgplan(toelichting=toelichting, door=request.user)
    except (DocumentGeweigerd, KanNiet) as fout:
        return str(fout)
    return ""


def _pagina(request: Verzoek, concept: Concept, *, beoordeel: bool, geweigerd: str = "") -> HttpResponse:
    gevonden = list(concept.bezwaren) if beoordeel else []
    if geweigerd:
        gevonden.append(Bezwaar("zorgplan", geweigerd, "D6"))
    hoofd = HoofdFormulier(toelichting=concept.toelichting, bezwaren=[b for b in gevonden if not b.gebied])
    blokken = _blokken(concept, gevonden)
    fouten = _overzicht(hoofd, blokken)
    enige = blokken[0].add_prefix("soort") if len(blokken) == 1 else ""
    inhoud = {
        "toelichting": concept.toelichting,
        "hoofd": hoofd,
        "blokken": blokken,
        "fouten": fouten,
        "form_met_fouten": bool(fouten),
        "client": tonen.client(concept.toelichting),
        "intro": INTRO,
        "intro_zorgplan": INTRO_ZORGPLAN,
        "zorgplan_bij": f"{enige}=wijziging" if enige else "",
        "scherm": uuid.uuid4(),
        "bewaard_om": concept.toelichting.bewaard_op.astimezone(AMSTERDAM),
        "stappen": stappen("Formulier"),
        "kruimels": kruimels("Formulier invullen"),
    }
    return render(
        request, "stopberichten/toelichting_formulier.html", inhoud, status=422 if geweigerd else 200
    )


def _overzicht(hoofd: HoofdFormulier, blokken: Sequence[RegelFormulier]) -> list[dict[str, str]]:
    """Every error in the order of the page, with the area it is about when there are more than one."""
    verzoeker = {veld for veld in hoofd.fields if veld.startswith("verzoeker")}
    fouten = fouten_van(hoofd)
    eerst = [fout for fout in fouten if fout["id"].removeprefix("id_") in verzoeker]
    gebieden = [
        {"id": doel_id(blok[b.veld]), "tekst": f"{blok.naam}: {b.zin}" if len(blokken) > 1 else b.zin}
        for blok in blokken
        for b in blok.bezwaren
    ]
    return eerst + gebieden + [fout for fout in fouten if fout not in eerst]


def _blokken(concept: Concept, gevonden: Sequence[Bezwaar]) -> list[RegelFormulier]:
    blokken = []
    for regel in concept.regels:
        form = RegelFormulier(
            regel=regel,
            treden=concept.treden,
            niet_te_vragen=zwaarte_niet_te_vragen(regel.toewijzing, vandaag()),
            meerdere=len(concept.regels) > 1,
            naam=naam_van(regel.toewijzing),
        )
        form.bezwaren = [replace(b, gebied="") for b in gevonden if b.gebied == form.prefix]
        blokken.append(form)
    return blokken


@vereist(Mag.TOELICHTING_INDIENEN)
@require_POST
def bewaar(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """What the page sends while somebody types (static/js/bewaren.js): 200 kept, 409 another screen was first."""
    toelichting = zoek(request, kenmerk)
    try:
        vast = _bewaar(request, toelichting, lees_invoer(request.POST, blokken_van(toelichting)))
    except Botsing:
        return JsonResponse({"fout": "botsing"}, status=409)
    return JsonResponse(
        {"versie": vast.versie, "bewaard_om": f"{vast.bewaard_op.astimezone(AMSTERDAM):%H:%M}"}
    )


# --- Check and send -------------------------------------------------------------------------------------------------
@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def controle(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Everything once more, and then send (U29). What is missing leads back to the form."""
    toelichting = zoek(request, kenmerk)
    if request.method == "POST":
        return _verstuur(request, toelichting)
    if toelichting.status != ToelichtingStatus.CONCEPT:
        return redirect("stopberichten:toelichting", kenmerk)
    concept = Concept(toelichting)
    if concept.bezwaren:
        return _naar_formulier(toelichting, fouten=True)
    leg(toelichting, "gezien", request.user)
    wijziging = tonen.vraagt_wijziging(concept.regels)
    terug = reverse("stopberichten:toelichting-invullen", args=[kenmerk])
    inhoud = {
        "toelichting": toelichting,
        "client": tonen.client(toelichting),
        "verzoeker": tonen.verzoeker(toelichting),
        "blokken": tonen.blokken(concept.regels, stops_bij(toelichting, concept.regels)),
        "beeindiging": any(r.soort == "beeindiging" and not r.overslaan for r in concept.regels),
        "zorgplan": tonen.zorgplan(toelichting, wijziging=wijziging),
        "eenmalig": uuid.uuid4(),
        "terug": terug,
        "stappen": stappen("Controleren", terug),
        "kruimels": kruimels("Controleren"),
    }
    return render(request, "stopberichten/toelichting_controle.html", inhoud)


def _naar_formulier(toelichting: Toelichting, *, fouten: bool) -> HttpResponseRedirect:
    adres = reverse("stopberichten:toelichting-invullen", args=[toelichting.kenmerk])
    return HttpResponseRedirect(f"{adres}?controle=1" if fouten else adres)


def _verstuur(request: Verzoek, toelichting: Toelichting) -> HttpResponse:
    """Once per check page: a second click, or a retry after a lost answer, lands on the same receipt."""
    try:
        return eenmalig(request, lambda: _dien_in(request, toelichting))
    except NietCompleet:
        return _naar_formulier(toelichting, fouten=True)
    except AlVerstuurd as fout:
        messages.info(request, str(fout))
        return redirect("stopberichten:toelichting", toelichting.kenmerk)
    except Botsing:
        messages.warning(
            request,
            "Het formulier is gewijzigd nadat u deze pagina opende. Er is nog niets verstuurd. "
            "Controleer het hieronder opnieuw.",
        )
        return redirect("stopberichten:toelichting-controle", toelichting.kenmerk)
    except KanNiet as fout:
        messages.error(request, str(fout))
        return redirect("stopberichten:toelichtingen")


def _dien_in(request: Verzoek, toelichting: Toelichting) -> HttpResponseRedirect:
    dien_in(
        toelichting=toelichting,
        versie=lees_versie(request.POST),
        door=request.user,
        op=nu(),
        vandaag=vandaag(),
    )
    return redirect("stopberichten:toelichting", toelichting.kenmerk)
