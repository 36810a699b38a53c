"""Lists: the worklist of the consulent, the dossiers of a municipality, the clients of a provider.

Every choice stands in the address, so a list can be kept, shared and come back to; no name or BSN ever does.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from beschikkingen.models import Beschikking
from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from resultaat.actions.inzage import Gezien, leg_lijst_vast
from resultaat.forms.filters import DossierFilter, WerkFilter
from resultaat.queries import clienten
from resultaat.queries.behandelaars import collegas
from resultaat.queries.clienten import Dossierfilter, MijnClient, Plaats
from resultaat.queries.werkpagina import Cursor
from resultaat.queries.werkvoorraad import Behandeling, Binnen, Filter, Werk, werkvoorraad
from resultaat.werksoorten import WERKREGELS, Werksoort
from stopberichten.enums import LeveringToestand
from wmo_portal.lib.tijd import vandaag

DOEL: Final = "Wmo: resultaat beoordelen"
DAGEN_DICHTBIJ: Final = 7


@vereist(Mag.EVALUATIE_BEOORDELEN)
@require_GET
def lijst(request: Verzoek) -> HttpResponse:
    dag = vandaag()
    form = WerkFilter(
        request.GET or None,
        gemeenten=clienten.gemeenten_van(request.user),
        aanbieders=clienten.aanbieders_van(request.user),
    )
    keus = _keus(form)
    voorraad = werkvoorraad(request.user, dag, filter_=keus, na=Cursor.lees(request.GET.get("na", "")))
    _log(request, voorraad.rijen)
    inhoud = {
        "form_filter": form,
        "voorraad": voorraad,
        "rijen": _rijen(request, voorraad.rijen, dag),
        "vandaag": dag,
        "tabs": _tabs(request, voorraad.aantallen, keus),
        "wissen_url": reverse("resultaat:werkvoorraad"),
        "volgende_url": _met(request, na=str(voorraad.volgende)) if voorraad.volgende else "",
        "begin_url": _met(request, na="") if request.GET.get("na") else "",
        "werkregels": WERKREGELS.values(),
        "collegas": [c for c in collegas(request.user) if c != request.user] if voorraad.rijen else [],
        "eenmalig": uuid.uuid4(),
        "hier": request.get_full_path(),
        "een_gemeente": len(request.user.gemeente_ids) == 1,
    }
    return render(request, "resultaat/werkvoorraad.html", inhoud)


def _keus(form: WerkFilter) -> Filter:
    """What was chosen; a choice that does not exist is shown as an error and counts as none."""
    g = form.cleaned_data if form.is_valid() else {}
    return Filter(
        soort=Werksoort(g["soort"]) if g.get("soort") else None,
        gemeente=g.get("gemeente", ""),
        aanbieder=g.get("aanbieder", ""),
        binnen=Binnen(g["binnen"]) if g.get("binnen") else None,
        van=Behandeling(g["van"]) if g.get("van") else None,
    )


def _rijen(request: Verzoek, rijen: tuple[Werk, ...], dag: date) -> list[dict[str, Any]]:
    """Everything as the text it is shown as. The link of a row comes back to this very list."""
    terug = urlencode({"terug": request.get_full_path()})
    return [
        {
            "w": werk,
            "soort": werk.soort.label,
            "datum": f"{werk.datum:%d-%m-%Y}",
            "url": f"{werk.url}?{terug}",
            "over": werk.dagen(dag),
            "spoed": _spoed(werk.dagen(dag)),
        }
        for werk in rijen
    ]


def _spoed(dagen: int) -> tuple[str, str] | None:
    """The badge, when the day is near."""
    if dagen < 0:
        return "te laat", "fout"
    if dagen > DAGEN_DICHTBIJ:
        return None
    return "deze week" if dagen else "vandaag", "waarschuwing"


def _tabs(request: Verzoek, aantallen: dict[Werksoort, int], keus: Filter) -> list[dict[str, Any]]:
    alles = {
        "label": "Alles",
        "url": _met(request, soort="", na=""),
        "actief": keus.soort is None,
        "aantal": sum(aantallen.values()),
    }
    return [alles] + [
        {
            "label": soort.label,
            "url": _met(request, soort=soort.value, na=""),
            "actief": keus.soort is soort,
            "aantal": aantallen[soort],
        }
        for soort in Werksoort
        if aantallen[soort] or keus.soort is soort
    ]


def _met(request: Verzoek, **anders: str) -> str:
    """This page with some choices changed; an empty one is taken out."""
    keuzes = {**request.GET.dict(), **anders}
    vraag = urlencode({naam: waarde for naam, waarde in keuzes.items() if waarde})
    return f"{request.path}?{vraag}" if vraag else request.path


def _log(request: Verzoek, rijen: tuple[Werk, ...]) -> None:
    gezien = [Gezien(w.client_index, w.gemeente_id, None, "beschikking", str(w.dossier)) for w in rijen]
    leg_lijst_vast(gezien=gezien, scherm="werkvoorraad", doel=DOEL, door=request.user)


@vereist(Mag.DOSSIER_ZIEN)
@require_GET
def dossiers(request: Verzoek) -> HttpResponse:
    form = DossierFilter(
        request.GET or None,
        gemeenten=clienten.gemeenten_van(request.user),
        aanbieders=clienten.aanbieders_van(request.user),
    )
    g = form.cleaned_data if form.is_valid() else {}
    keus = Dossierfilter(**{naam: g.get(naam, "") for naam in ("gemeente", "aanbieder", "status", "soort")})
    rijen, over = clienten.dossiers(request.user, keus, Plaats.lees(request.GET.get("na", "")))
    _log_dossiers(request, rijen)
    inhoud = {
        "form_filter": form,
        "rijen": rijen,
        "wissen_url": reverse("resultaat:dossiers"),
        "volgende_url": _met(request, na=str(over)) if over else "",
        "begin_url": _met(request, na="") if request.GET.get("na") else "",
    }
    return render(request, "resultaat/dossiers.html", inhoud)


def _log_dossiers(request: Verzoek, rijen: list[Beschikking]) -> None:
    wie = request.user.aanbieder_id
    gezien = [
        Gezien(bytes(b.client.bsn_index), b.gemeente_id, wie, "beschikking", str(b.kenmerk)) for b in rijen
    ]
    leg_lijst_vast(gezien=gezien, scherm="dossiers", doel=DOEL, door=request.user)


@vereist(Mag.TOELICHTING_INDIENEN)
@require_GET
def mijn_clienten(request: Verzoek) -> HttpResponse:
    """The provider's own allocations: state, deadline, and what is owed."""
    dag = vandaag()
    toestand = request.GET.get("toestand", "")
    toestand = toestand if toestand in LeveringToestand.codes() else ""
    na = Plaats.lees(request.GET.get("na", ""))
    vragen = request.GET.get("doen") == "vraag"
    rijen, over = clienten.mijn_clienten(request.user, dag, toestand=toestand, alleen_vragen=vragen, na=na)
    aantallen = clienten.tel_toestanden(request.user)
    _log_mijn(request, rijen)
    inhoud = {
        "rijen": rijen,
        "vandaag": dag,
        "tabs": _toestanden(request, aantallen, toestand),
        "alleen_vragen": vragen,
        "afgeschermd": clienten.aantal_afgeschermd(request.user),
        "volgende_url": _met(request, na=str(over)) if over else "",
        "begin_url": _met(request, na="") if na else "",
    }
    return render(request, "resultaat/mijn_clienten.html", inhoud)


def _toestanden(request: Verzoek, aantallen: dict[LeveringToestand, int], nu: str) -> list[dict[str, Any]]:
    alles = {
        "label": "Alle",
        "url": _met(request, toestand="", na=""),
        "actief": not nu,
        "aantal": sum(aantallen.values()),
    }
    return [alles] + [
        {
            "label": toestand.label,
            "url": _met(request, toestand=toestand.value, na="", doen=""),
            "actief": nu == toestand.value,
            "aantal": aantal,
        }
        for toestand, aantal in aantallen.items()
    ]


def _log_mijn(request: Verzoek, rijen: list[MijnClient]) -> None:
    toewijzingen = [rij.toewijzing for rij in rijen]
    gezien = [
        Gezien(bytes(t.client.bsn_index), t.gemeente_id, t.aanbieder_id, "toewijzing", str(t.kenmerk))
        for t in toewijzingen
    ]
    leg_lijst_vast(
        gezien=gezien, scherm="mijn cliënten", doel="Wmo: zorg leveren en verantwoorden", door=request.user
    )
