"""Which allocations contradict themselves (M5), for the worklist: SQL finds who could, the rules say who does.

The conditions below are wider than the rules and never narrower: `tests/resultaat/test_werkvoorraad.py` holds every
rule of the consulent against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Toewijzing
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from resultaat.enums import Uitkomst
from resultaat.models import Resultaat
from resultaat.opties import GEEN_MATCH_OP_TIJD, GEEN_MATCH_TE_LAAT, SUGGESTIES
from resultaat.queries.per_rij import van_de_rij
from resultaat.queries.zaak import Zaak, toewijzingen_van, zaken
from resultaat.queries.zaakregels import geef_tegenspraken
from resultaat.tegenspraak import Tegenspraak
from resultaat.werksoorten import DAGEN_VOOR_REACTIE
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort
from stopberichten.models import Stop, ToelichtingRegel
from wmo_portal.lib.tijd import AMSTERDAM, dag_van

DAGEN_TERUG: Final = 180
"""An ending or a judgement from before that has had its attention."""
HOOGSTENS: Final = 200

_R, _U = RedenBeeindiging, Uitkomst


@dataclass(frozen=True, slots=True)
class Melding:
    """One allocation with its contradictions."""

    zaak: Zaak
    tegenspraken: tuple[Tegenspraak, ...]
    datum: date


def meldingen(wie: Gebruiker, vandaag: date) -> tuple[list[Melding], bool]:
    """What the consulent has to look at, oldest first, and whether there is more than is shown. At most 13 queries.

    Numbers first and without a limit: with one PostgreSQL walks the whole country's allocations from the newest back,
    hoping to meet 200 suspects soon.
    """
    nummers = sorted(verdacht(wie, vandaag).order_by().values_list("pk", flat=True), reverse=True)
    kandidaten = zaken(toewijzingen_van(wie).filter(pk__in=nummers[: HOOGSTENS + 1]).order_by("-pk"))
    gevonden = [m for zaak in kandidaten[:HOOGSTENS] if (m := _melding(zaak, vandaag))]
    return sorted(gevonden, key=lambda m: (m.datum, m.zaak.toewijzing.pk)), len(kandidaten) > HOOGSTENS


def _melding(zaak: Zaak, vandaag: date) -> Melding | None:
    mijn = tuple(t for t in geef_tegenspraken(zaak, vandaag) if t.regel.wie is Rol.CONSULENT)
    if not mijn:
        return None
    momenten = [s.ontvangen_op for s in zaak.stops] + [r.geregistreerd_op for r in zaak.actueel]
    laatste = max((dag_van(moment) for moment in momenten), default=vandaag)
    return Melding(zaak, mijn, laatste + timedelta(days=DAGEN_VOOR_REACTIE))


def verdacht(wie: Gebruiker, vandaag: date) -> QuerySet[Toewijzing]:
    """Allocations with a recent ending or judgement of which a rule of the consulent might hold."""
    sinds = datetime.combine(vandaag - timedelta(days=DAGEN_TERUG), time(0), AMSTERDAM)
    oordelen = Resultaat.objects.visible_to(wie).actueel().filter(geregistreerd_op__gte=sinds)
    stops = Stop.objects.visible_to(wie).filter(ontvangen_op__gte=sinds, **van_de_rij())
    # The judgements of a municipality are a list that is read once; its stops have no index for that.
    recent = Q(pk__in=oordelen.values("toewijzing_id")) | Q(Exists(stops))
    return toewijzingen_van(wie).filter(recent, reduce(or_, _vermoedens()))


def _oordelen(**velden: Any) -> QuerySet[Resultaat]:
    return Resultaat.objects.actueel().filter(**van_de_rij(), **velden)


def _oordeel(*uitkomsten: Uitkomst) -> Q:
    return Q(Exists(_oordelen(uitkomst__in=uitkomsten)))


def _stop(*codes: RedenBeeindiging) -> Q:
    return Q(Exists(Stop.objects.filter(**van_de_rij(), reden__in=codes)))


def _formulier(**velden: Any) -> Q:
    return Q(Exists(ToelichtingRegel.objects.ingediend().filter(**van_de_rij(), **velden)))


def _vermoedens() -> list[Q]:
    nee = tuple(u for u in Uitkomst if not u.behaald)
    ander = Toewijzing.objects.filter(
        Q(ingangsdatum__gt=OuterRef("ingangsdatum")) | Q(beschikking__voorganger=OuterRef("beschikking")),
        client=OuterRef("client"),
        resultaatgebied=OuterRef("resultaatgebied"),
    ).exclude(status=ToewijzingStatus.VERWIJDERD)
    vervolg = Q(Exists(ander))
    andere_codes = tuple(code for code in RedenBeeindiging if code not in SUGGESTIES)
    return [
        _stop(_R.VOLGENS_PLAN) & (_formulier(behaald=False) | _oordeel(*nee)),  # T01, T03
        _stop(_R.EENZIJDIG_CLIENT) & _oordeel(_U.NEE_ZORGAANBIEDER),  # T04
        _stop(_R.EENZIJDIG_AANBIEDER) & _oordeel(_U.NEE_CLIENT),  # T05
        Q(Exists(_oordelen(redenen__overlap=[GEEN_MATCH_OP_TIJD, GEEN_MATCH_TE_LAAT]))),  # T06, T07
        _oordeel(_U.NEE_NEUTRAAL) & (vervolg | _stop(*andere_codes)),  # T10, T11
        _stop(*SUGGESTIES) & _oordeel(_U.NEE_ZORGAANBIEDER, _U.NEE_CLIENT),  # T12
        _formulier(behaald=True) & _oordeel(*nee),  # T13
        _formulier(behaald=False) & _oordeel(_U.JA),  # T14
        _stop(_R.ANDERE_AANBIEDER),  # T17
        _oordeel(_U.JA) & vervolg,  # T18, T19
        _formulier(soort=ToelichtingSoort.WIJZIGING)
        & _stop(*(c for c in _R if c is not _R.TIJDELIJK)),  # T21
        Q(Exists(_oordelen(uitkomst=_U.JA, stap__isnull=False))),  # T22
        Q(Exists(_oordelen(stop__isnull=False, evaluatie=None, stop__ingetrokken_op__isnull=False))),  # T23
    ]
