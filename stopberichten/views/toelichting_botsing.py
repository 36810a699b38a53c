"""Two screens wrote the same draft: both versions side by side, nobody's text is lost (U16)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from organisaties.toegang import Verzoek
from stopberichten.actions_toelichting import Invoer, schoon
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.forms_toelichting import GEEN
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import naam_van, regels_van, sleutel_van, treden_van
from stopberichten.toelichtingregels import TEKSTEN, VERZOEKER
from wmo_portal.lib.tijd import AMSTERDAM

VAST = {"csrfmiddlewaretoken", "versie", "doe", "zorgplan"}
JA_NEE = {True: "Ja", False: "Nee", None: ""}


def botsing(request: Verzoek, vast: Toelichting, invoer: Invoer) -> HttpResponse:
    """409 with what was typed and what is stored; the typed version can still be kept while it is a draft."""
    inhoud = {
        "toelichting": vast,
        "is_concept": vast.status == ToelichtingStatus.CONCEPT,
        "regels": _hoofd(vast, invoer) + _gebieden(vast, invoer),
        "getypt": [(naam, w) for naam, waarden in request.POST.lists() if naam not in VAST for w in waarden],
        "op": f"{vast.bewaard_op.astimezone(AMSTERDAM):%d-%m-%Y om %H:%M}",
        "kruimels": [("Toelichtingen", reverse("stopberichten:toelichtingen")), ("Formulier", "")],
    }
    return render(request, "stopberichten/toelichting_botsing.html", inhoud, status=409)


def _rij(label: str, uw: str, ander: str) -> dict[str, Any]:
    return {"label": label, "uw": uw, "ander": ander, "anders": schoon(uw) != ander}


def _hoofd(vast: Toelichting, invoer: Invoer) -> list[dict[str, Any]]:
    namen = {veld: label for veld, (label, _) in VERZOEKER.items()} | {
        "overige_zaken": "Andere relevante zaken"
    }
    return [
        _rij(label, invoer.teksten[veld], getattr(vast, veld))
        for veld, label in namen.items()
        if veld in invoer.teksten
    ]


def _gebieden(vast: Toelichting, invoer: Invoer) -> list[dict[str, Any]]:
    treden = {trede.zwaarte: trede.naam for trede in treden_van(vast)}
    return [rij for regel in regels_van(vast) for rij in _gebied(regel, invoer, treden)]


def _gebied(regel: ToelichtingRegel, invoer: Invoer, treden: dict[int, str]) -> list[dict[str, Any]]:
    typte, naam = invoer.regels.get(sleutel_van(regel)), naam_van(regel.toewijzing)
    if typte is None:
        return []
    rijen = [
        _rij(f"{naam}: wat u vraagt", _soort(typte.soort), _soort(GEEN if regel.overslaan else regel.soort)),
        _rij(
            f"{naam}: gevraagde trede",
            treden.get(typte.gevraagde_trede or 0, ""),
            regel.gevraagde_trede.naam if regel.gevraagde_trede else "",
        ),
        _rij(f"{naam}: resultaat behaald", JA_NEE[typte.behaald], JA_NEE[regel.behaald]),
    ]
    return rijen + [
        _rij(f"{naam}: {label.lower()}", typte.teksten.get(veld, ""), getattr(regel, veld))
        for veld, label in TEKSTEN.items()
    ]


def _soort(code: str) -> str:
    if code == GEEN:
        return "Geen verzoek"
    return ToelichtingSoort(code).label if code in ToelichtingSoort.codes() else ""
