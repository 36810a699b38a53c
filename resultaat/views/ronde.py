"""The screens of the monthly round: dry run, run, result, undo, export (schermen.md, Administratie 1)."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.inzage import Gezien, leg_lijst_vast
from resultaat.actions.ronde import RondeFout, RondeIsBezig, begin_ronde, ga_door
from resultaat.actions.ronde_terug import waarom_niet_terug
from resultaat.enums import Verdict
from resultaat.forms_ronde import KiesRonde
from resultaat.models import Ronde
from resultaat.queries.ronde import (
    RegelRij,
    aantal_open,
    ontbrekende_formulieren,
    regels,
    rondes_van,
    tellingen,
)
from resultaat.queries.rondes_te_doen import te_draaien
from resultaat.statussen import RondeStatus
from resultaat.tasks import ronde as ronde_taak
from techniek.actions import eenmalig
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu, vandaag

DOEL: Final = "Wmo: maandelijkse ronde"
DIRECT_HOOGSTENS: Final = 2_000
"""Up to this many stops the round is done within the request (about a second); more goes to a worker."""
SOORT: Final = {
    Verdict.AUTOMATISCH_JA: "ok",
    Verdict.NAAR_CONSULENT: "info",
    Verdict.WACHT_OP_FORMULIER: "waarschuwing",
    Verdict.CODE_NIET_TOEGESTAAN: "fout",
    Verdict.NIET_TE_KOPPELEN: "fout",
}
STATUS_SOORT: Final = {
    RondeStatus.KLAAR: "ok",
    RondeStatus.BEZIG: "info",
    RondeStatus.MISLUKT: "fout",
    RondeStatus.TERUGGEDRAAID: "neutraal",
}


@vereist(Mag.RONDE)
@require_http_methods(["GET", "POST"])
def rondes(request: Verzoek) -> HttpResponse:
    """Choose a municipality and a month; below it the history of all rounds."""
    form = KiesRonde(
        request.POST or None,
        gebruiker=request.user,
        deze_maand=Maand.van(vandaag()),
        initial={"eenmalig": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        gekozen = form.cleaned_data
        return eenmalig(request, lambda: _begin(request, gekozen["gemeente"], gekozen["maand"], proef=True))
    rijen = [_geschiedenis(ronde) for ronde in rondes_van(request.user)]
    zonder_formulier = ontbrekende_formulieren(request.user).order_by().values("pk")[:100].count()
    return render(
        request,
        "resultaat/rondes.html",
        {
            "form": form,
            "form_met_fouten": form if form.is_bound else None,
            "te_doen": [{"ronde": r, "sleutel": uuid.uuid4()} for r in te_draaien(request.user, vandaag())],
            "rijen": rijen,
            "zonder_formulier": "100 of meer" if zonder_formulier == 100 else zonder_formulier,
        },
    )


def _geschiedenis(ronde: Ronde) -> dict[str, Any]:
    status = RondeStatus(ronde.status)
    return {
        "ronde": ronde,
        "maand": Maand.van(ronde.maand).naam,
        "status": "Proefdraai" if ronde.proef and status is RondeStatus.KLAAR else status.label,
        "soort": "neutraal" if ronde.proef and status is RondeStatus.KLAAR else STATUS_SOORT[status],
        "ja": ronde.tellingen.get(Verdict.AUTOMATISCH_JA, 0),
    }


def _begin(request: Verzoek, gemeente: Any, maand: Maand, *, proef: bool) -> HttpResponseRedirect:
    """The row of the round in this transaction; the work itself when it is committed."""
    try:
        ronde = begin_ronde(gemeente=gemeente, maand=maand, proef=proef, door=request.user, moment=nu())
    except RondeFout as fout:
        messages.error(request, str(fout))
        return redirect("resultaat:rondes")
    transaction.on_commit(partial(zet_in_gang, ronde), robust=True)
    return redirect("resultaat:ronde", kenmerk=ronde.kenmerk)


def zet_in_gang(ronde: Ronde) -> None:
    """Do a small round now, ring a worker for a large one. When nobody hears it, beat finds the round."""
    try:
        if aantal_open(ronde) <= DIRECT_HOOGSTENS:
            ga_door(ronde=ronde, moment=nu())
        else:
            ronde_taak.apply_async(args=[str(ronde.kenmerk)], retry=False)
    except (RondeIsBezig, OperationalError):
        return


def zoek(request: Verzoek, kenmerk: uuid.UUID) -> Ronde:
    zichtbaar = Ronde.objects.visible_to(request.user)
    return get_object_or_404(
        zichtbaar.select_related("gemeente", "begonnen_door", "teruggedraaid_door"), kenmerk=kenmerk
    )


@vereist(Mag.RONDE)
@require_GET
def ronde(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """One round: its progress while it runs, then every stop with its verdict, filtered by the counts on top."""
    gevonden = zoek(request, kenmerk)
    verdict = request.GET.get("verdict", "")
    if verdict not in ("", *Verdict.codes()):
        raise Http404
    bezig = gevonden.status == RondeStatus.BEZIG
    rijen, meer = ([], None) if bezig else regels(gevonden, request.user, verdict=verdict, na=_na(request))
    log(request, rijen, gevonden)
    return render(
        request,
        "resultaat/ronde.html",
        {
            "ronde": gevonden,
            "maand": Maand.van(gevonden.maand),
            "bezig": bezig,
            "rijen": [(rij, SOORT.get(rij.verdict, "neutraal")) for rij in rijen],
            "kengetallen": _kengetallen(gevonden, verdict),
            "gekozen": Verdict(verdict).label if verdict else "",
            "volgende_url": pagina(gevonden, verdict, meer) if meer else "",
            "begin_url": pagina(gevonden, verdict, 0) if _na(request) else "",
            "niet_terug": waarom_niet_terug(gevonden),
            "al_uitgevoerd": gevonden.proef and _al_uitgevoerd(gevonden),
            "eenmalig": uuid.uuid4(),
            "kruimels": [("Maandelijkse ronde", reverse("resultaat:rondes")), (titel(gevonden), "")],
            "titel": titel(gevonden),
        },
    )


def titel(ronde: Ronde) -> str:
    wat = "Proefdraai" if ronde.proef else "Ronde"
    return f"{wat} {ronde.gemeente}, {Maand.van(ronde.maand).naam}"


def _na(request: Verzoek) -> int:
    try:
        return max(0, int(request.GET.get("na", "0")))
    except ValueError:
        raise Http404 from None


def pagina(ronde: Ronde, verdict: str, na: int | None = None) -> str:
    vraag = {naam: waarde for naam, waarde in (("verdict", verdict), ("na", na)) if waarde}
    adres = reverse("resultaat:ronde", kwargs={"kenmerk": ronde.kenmerk})
    return f"{adres}?{urlencode(vraag)}" if vraag else adres


def _kengetallen(ronde: Ronde, verdict: str) -> list[dict[str, Any]]:
    alles = {
        "label": "alle stopberichten",
        "waarde": sum(ronde.tellingen.values()),
        "url": pagina(ronde, ""),
        "soort": "neutraal",
        "gekozen": not verdict,
    }
    return [
        alles,
        *(
            {
                "label": telling.verdict.label.lower(),
                "waarde": telling.aantal,
                "url": pagina(ronde, telling.verdict),
                "soort": {"info": "neutraal"}.get(kleur := SOORT.get(telling.verdict, "neutraal"), kleur),
                "gekozen": verdict == telling.verdict,
            }
            for telling in tellingen(ronde)
        ),
    ]


def _al_uitgevoerd(ronde: Ronde) -> bool:
    echt = Ronde.objects.filter(gemeente_id=ronde.gemeente_id, maand=ronde.maand, proef=False)
    return echt.exclude(status=RondeStatus.TERUGGEDRAAID).exists()


def log(request: Verzoek, rijen: list[RegelRij], ronde: Ronde, scherm: str = "ronde") -> None:
    leg_lijst_vast(
        gezien=[
            Gezien(
                client_index=bytes(rij.stop.bsn_index),
                gemeente_id=ronde.gemeente_id,
                aanbieder_id=rij.stop.aanbieder_id,
                object_soort="stop",
                object_kenmerk=str(rij.stop.kenmerk),
            )
            for rij in rijen
        ],
        scherm=scherm,
        doel=DOEL,
        door=request.user,
    )


@vereist(Mag.RONDE)
@require_GET
def voortgang(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """The progress bar alone, asked for every 2 seconds; when the round is done the page loads itself anew."""
    gevonden = zoek(request, kenmerk)
    antwoord = render(request, "resultaat/ronde_voortgang.html", {"ronde": gevonden})
    if gevonden.status != RondeStatus.BEZIG:
        antwoord["HX-Refresh"] = "true"
    return antwoord


@vereist(Mag.RONDE)
@require_POST
def uitvoeren(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Run the month of this dry run, or go on with a round that stopped."""
    gevonden = zoek(request, kenmerk)
    maand = Maand.van(gevonden.maand)
    return eenmalig(request, lambda: _begin(request, gevonden.gemeente, maand, proef=False))
