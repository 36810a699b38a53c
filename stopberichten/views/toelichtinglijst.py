"""Lists: the forms by state, and the pairs that miss their other half (R56)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from stopberichten import tonen_toelichting as tonen
from stopberichten.codes import stopcode
from stopberichten.enums import ToelichtingStatus
from stopberichten.inzage_toelichting import lijst_gezien
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import naam_van
from stopberichten.queries_toelichtinglijst import (
    Blad,
    Staat,
    aantallen,
    blad,
    staten_voor,
    stops_zonder_toelichting,
    toelichtingen,
    toelichtingen_zonder_stop,
)
from stopberichten.toelichtingregels import uiterlijk
from wmo_portal.lib.tijd import dag_van, vandaag


@vereist(Mag.TOELICHTING_INDIENEN, Mag.DOSSIER_ZIEN)
@require_GET
def lijst(request: Verzoek) -> HttpResponse:
    """The forms in one state; the state is in the address."""
    staten, geteld = staten_voor(request.user), aantallen(request.user)
    staat = _staat(request, staten, geteld)
    op = "bewaard_op" if request.user.aanbieder_id else "ingediend_op"
    gevonden = blad(toelichtingen(request.user, staat), op=op, nieuwste_eerst=True, **_plek(request))
    lijst_gezien(door=request.user, scherm="toelichtingen", rijen=gevonden.rijen)
    inhoud = {
        "rijen": [_rij(vorm) for vorm in gevonden.rijen],
        "staat": staat,
        "tabs": [
            {"label": s.label, "url": f"?staat={s}", "actief": s is staat, "aantal": geteld[s]}
            for s in staten
        ],
        "eigen": bool(request.user.aanbieder_id),
        **_bladeren(request, gevonden),
    }
    return render(request, "stopberichten/toelichtingen.html", inhoud)


def _staat(request: Verzoek, staten: tuple[Staat, ...], geteld: dict[Staat, int]) -> Staat:
    """As asked for; without a question the first one that holds something."""
    gevraagd = request.GET.get("staat")
    if gevraagd is None:
        return next((s for s in staten if geteld[s]), staten[0])
    if gevraagd not in staten:
        raise Http404
    return Staat(gevraagd)


def _rij(vorm: Toelichting) -> dict[str, Any]:
    return {
        "vorm": vorm,
        "wie": tonen.in_lijst(vorm.client),
        "gebieden": tonen.gebieden(vorm),
        "kleur": tonen.KLEUR[ToelichtingStatus(vorm.status)],
    }


def _plek(request: Verzoek) -> dict[str, str]:
    return {"na": request.GET.get("na", ""), "voor": request.GET.get("voor", "")}


def _bladeren(request: Verzoek, gevonden: Blad[Any]) -> dict[str, str]:
    rest = [(k, v) for k, v in request.GET.items() if k not in {"na", "voor"}]
    return {
        "vorige_url": f"?{urlencode([*rest, ('voor', gevonden.vorige)])}" if gevonden.vorige else "",
        "volgende_url": f"?{urlencode([*rest, ('na', gevonden.volgende)])}" if gevonden.volgende else "",
    }


# --- Pairs -----------------------------------------------------------------------------------------------------------
def _om(request: Verzoek) -> bool:
    """Over their 5 working days, unless the other list is asked for."""
    return request.GET.get("termijn") != "loopt"


def _tabs(*, om: bool) -> list[dict[str, Any]]:
    return [
        {"label": "Langer dan 5 werkdagen", "url": "?termijn=om", "actief": om},
        {"label": "Nog binnen 5 werkdagen", "url": "?termijn=loopt", "actief": not om},
    ]


@vereist(Mag.TOELICHTING_INDIENEN, Mag.KOPPELEN)
@require_GET
def stops_zonder_formulier(request: Verzoek) -> HttpResponse:
    """307 messages that need the form and have none."""
    om = _om(request)
    zonder = stops_zonder_toelichting(request.user, vandaag(), om=om)
    gevonden = blad(zonder, op="ontvangen_op", nieuwste_eerst=False, **_plek(request))
    lijst_gezien(door=request.user, scherm="307 zonder Toelichting", rijen=gevonden.rijen)
    inhoud = {
        "rijen": [
            {
                "stop": stop,
                "toewijzing": stop.toewijzing,
                "wie": tonen.in_lijst(stop.toewijzing.client) if stop.toewijzing else "",
                "gebied": naam_van(stop.toewijzing) if stop.toewijzing else "",
                "code": stopcode(stop.reden),
                "uiterlijk": uiterlijk(dag_van(stop.ontvangen_op)),
            }
            for stop in gevonden.rijen
        ],
        "om": om,
        "tabs": _tabs(om=om),
        "eigen": bool(request.user.aanbieder_id),
        **_bladeren(request, gevonden),
    }
    return render(request, "stopberichten/toelichting_ontbreekt.html", inhoud)


@vereist(Mag.TOELICHTING_INDIENEN, Mag.KOPPELEN)
@require_GET
def formulieren_zonder_stop(request: Verzoek) -> HttpResponse:
    """Endings that were announced, for which no 307 came."""
    om = _om(request)
    zonder = toelichtingen_zonder_stop(request.user, vandaag(), om=om)
    gevonden = blad(zonder, op="ingediend_op", nieuwste_eerst=False, **_plek(request))
    lijst_gezien(door=request.user, scherm="Toelichting zonder 307", rijen=gevonden.rijen)
    inhoud = {
        "rijen": [
            {
                "vorm": vorm,
                "wie": tonen.in_lijst(vorm.client),
                "gebieden": [
                    (naam_van(r.toewijzing), r.toewijzing)
                    for r in vorm.gebieden  # type: ignore[attr-defined]  # by Prefetch(to_attr)
                ],
                "uiterlijk": uiterlijk(dag_van(vorm.ingediend_op)) if vorm.ingediend_op else None,
            }
            for vorm in gevonden.rijen
        ],
        "vandaag": vandaag(),
        "om": om,
        "tabs": _tabs(om=om),
        "eigen": bool(request.user.aanbieder_id),
        **_bladeren(request, gevonden),
    }
    return render(request, "stopberichten/toelichting_zonder_stop.html", inhoud)
