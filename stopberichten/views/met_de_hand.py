"""A start or stop filled in by hand: choose, fill in, and see the verdict on the message it became."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beschikkingen.models import Toewijzing
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from stopberichten.codes import stopcode
from stopberichten.forms_met_de_hand import IntrekFormulier, KiesFormulier, StartFormulier, StopFormulier
from stopberichten.inzage_toelichting import toewijzing_gezien
from stopberichten.met_de_hand import (
    NietTeMaken,
    Start,
    Stop,
    meld_start,
    meld_stop,
    trek_in,
    zet_niet_gestart,
)
from stopberichten.models import Levering
from stopberichten.models import Stop as Stop307
from stopberichten.ontvangst import Ontvangst
from stopberichten.queries_met_de_hand import in_te_trekken, stop_staat_in_de_weg, te_stoppen, toewijzing_van
from stopberichten.queries_toelichting import naam_van
from techniek.actions import eenmalig
from wmo_portal.lib.tijd import nu, vandaag

NIET_GEVONDEN = (
    "Bij uw organisatie loopt geen toewijzing met dit nummer. "
    "Kijk het nummer na op de toewijzing van de gemeente."
)
NAAR = {
    "start": "stopberichten:start-met-de-hand",
    "stop": "stopberichten:stop-met-de-hand",
    "niet-gestart": "stopberichten:niet-gestart",
}


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def kies(request: Verzoek) -> HttpResponse:
    """Start or stop, and on which allocation."""
    form = KiesFormulier(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        nummer, wat = form.cleaned_data["toewijzingnummer"], form.cleaned_data["wat"]
        gevonden = toewijzing_van(request.user, toewijzingnummer=nummer)
        if gevonden is not None:
            return redirect(NAAR[wat], gevonden.kenmerk)
        form.add_error("toewijzingnummer", NIET_GEVONDEN)
    return _pagina(request, "Start of stop met de hand", form)


def _zoek(request: Verzoek, kenmerk: uuid.UUID) -> Toewijzing:
    toewijzing = toewijzing_van(request.user, kenmerk=kenmerk)
    if toewijzing is None:
        raise Http404
    return toewijzing


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def start(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    toewijzing = _zoek(request, kenmerk)
    form = StartFormulier(
        request.POST if request.method == "POST" else None,
        toewijzing=toewijzing,
        vandaag=vandaag(),
        initial={"eenmalig": uuid.uuid4()},
    )

    def doe() -> Ontvangst:
        melding = Start(toewijzing, form.cleaned_data["begindatum"])
        return meld_start(start=melding, door=request.user, vandaag=vandaag(), op=nu())

    return _stuur(request, form, doe) or _pagina(request, "Start zorg melden", form, toewijzing=toewijzing)


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def stop(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    toewijzing = _zoek(request, kenmerk)
    leveringen = te_stoppen(toewijzing)
    form = StopFormulier(
        request.POST if request.method == "POST" else None,
        leveringen=leveringen,
        initial={"eenmalig": uuid.uuid4()},
    )

    def doe() -> Ontvangst:
        gekozen = form.cleaned_data
        melding = Stop(gekozen["levering"], gekozen["reden"], gekozen["einddatum"])
        return meld_stop(stop=melding, door=request.user, vandaag=vandaag(), op=nu())

    return _stuur(request, form, doe) or _pagina(
        request, "Stop zorg melden", form, toewijzing=toewijzing, geen_start=not leveringen
    )


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def niet_gestart(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Only an introduction so far, or the help has begun now (R80). The button says which of the two it sets."""
    toewijzing = _zoek(request, kenmerk)
    if request.method == "POST":
        gezet = request.POST.get("niet_gestart") == "ja"
        zet_niet_gestart(toewijzing=toewijzing, niet_gestart=gezet, door=request.user)
        zin = "De hulp staat nu als nog niet gestart." if gezet else "De hulp staat nu als gestart."
        messages.success(request, zin)
        return redirect(request.path)
    toewijzing_gezien(door=request.user, toewijzing=toewijzing)
    titel = "Is de hulp zelf gestart?"
    inhoud = {
        "titel": titel,
        "toewijzing": toewijzing,
        "gebied": naam_van(toewijzing),
        "kruimels": [("Berichten", reverse("stopberichten:berichten")), (titel, "")],
    }
    return render(request, "stopberichten/niet_gestart.html", inhoud)


@vereist(Mag.TOELICHTING_INDIENEN)
@require_http_methods(["GET", "POST"])
def intrekken(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Take back what was filled in here: a 305 or 307 with status 3. Then it can be reported again."""
    regel = in_te_trekken(request.user, kenmerk)
    form = IntrekFormulier(
        request.POST if request.method == "POST" else None, initial={"eenmalig": uuid.uuid4()}
    )
    if request.method == "POST":

        def doe() -> HttpResponseRedirect:
            if regel is None or not form.is_valid():
                raise Http404
            ontvangst = trek_in(regel=regel, door=request.user, vandaag=vandaag(), op=nu())
            return _ingetrokken(request, ontvangst)

        try:
            return eenmalig(request, doe)
        except NietTeMaken as fout:
            messages.error(request, str(fout))
            return redirect(request.path)
    if regel is None or regel.toewijzing is None:
        raise Http404
    toewijzing_gezien(door=request.user, toewijzing=regel.toewijzing)
    wat = "start" if isinstance(regel, Levering) else "stop"
    inhoud = {
        "titel": f"Melding van de {wat} intrekken",
        "regel": regel,
        "is_start": wat == "start",
        "form": form,
        "in_de_weg": stop_staat_in_de_weg(regel),
        "kruimels": [("Berichten", reverse("stopberichten:berichten")), ("Intrekken", "")],
    }
    return render(request, "stopberichten/met_de_hand_intrekken.html", inhoud)


def _ingetrokken(request: Verzoek, ontvangst: Ontvangst) -> HttpResponseRedirect:
    if ontvangst.geaccepteerd:
        messages.success(
            request, "De melding is ingetrokken. Was er een fout, meld de start of stop dan opnieuw."
        )
    else:
        messages.error(request, "Het intrekken is afgekeurd. Hieronder staat waarom. De melding geldt nog.")
    return redirect("stopberichten:bericht", ontvangst.bericht.kenmerk)


class _Ongeldig(Exception):
    """The form has errors."""


def _stuur(
    request: Verzoek, form: StartFormulier | StopFormulier, doe: Callable[[], Ontvangst]
) -> HttpResponse | None:
    """Once per page, and then the verdict with the XML to download. None when the form is to be shown.

    The form is judged inside: after the first click its answers may no longer be possible, and the second click
    still belongs on the verdict of the first.
    """

    def beoordeel_en_doe() -> HttpResponseRedirect:
        if not form.is_valid():
            raise _Ongeldig
        return _naar_oordeel(request, doe())

    if request.method != "POST":
        return None
    try:
        return eenmalig(request, beoordeel_en_doe)
    except _Ongeldig:
        return None
    except NietTeMaken as fout:
        messages.error(request, str(fout))
        return redirect(request.path)


def _naar_oordeel(request: Verzoek, ontvangst: Ontvangst) -> HttpResponseRedirect:
    bericht = ontvangst.bericht
    if not ontvangst.geaccepteerd:
        messages.error(
            request, "Het bericht is afgekeurd. Hieronder staat waarom. Het telt als niet verstuurd."
        )
        return redirect("stopberichten:bericht", bericht.kenmerk)
    messages.success(
        request, f"Uw melding is verstuurd als {bericht.soort}-bericht. Hieronder kunt u het downloaden."
    )
    regel = Stop307.objects.filter(bericht=bericht).select_related("toewijzing").first()
    if regel is not None and regel.toewijzing is not None and stopcode(regel.reden).formulier_nodig:
        messages.info(
            request,
            f"Bij code {regel.reden} hoort ook de Toelichting verzoek wijziging/beëindiging. Die staat klaar onder "
            "‘Toelichtingen’, bij ‘307 zonder Toelichting’.",
        )
    return redirect("stopberichten:bericht", bericht.kenmerk)


def _pagina(
    request: Verzoek,
    titel: str,
    form: KiesFormulier | StartFormulier | StopFormulier,
    *,
    toewijzing: Toewijzing | None = None,
    geen_start: bool = False,
) -> HttpResponse:
    if toewijzing is not None:
        toewijzing_gezien(door=request.user, toewijzing=toewijzing)
    inhoud = {
        "titel": titel,
        "form": form,
        "form_met_fouten": form if form.errors else None,
        "toewijzing": toewijzing,
        "gebied": naam_van(toewijzing) if toewijzing else "",
        "geen_start": geen_start,
        "kruimels": [("Berichten", reverse("stopberichten:berichten")), (titel, "")],
    }
    return render(request, "stopberichten/met_de_hand.html", inhoud, status=422 if form.errors else 200)
