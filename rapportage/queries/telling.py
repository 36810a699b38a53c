"""The rule of `tellingen.tel` once more, in SQL, for all clients at once: figures without reading anybody.

One statement, one aggregate per client and period. Every start of care becomes one number, and the largest number of a
client is the answer: running beats a follow-up that is waited for, that beats an end (the last day, then the heaviest
category, then the lowest code), and an end beats every reason not to count. The earlier periods of a trend are answered
by the same statement, so that a trend costs little more than its last number. `tellingen.tel` is the definition:
tests/rapportage/test_telling proves that both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q, QuerySet

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm
from beschikkingen.models import Beschikking
from organisaties.models import Gemeente
from rapportage.bron import geldig_per_regio
from rapportage.categorieen import VOORRANG, ZONDER_VERVOLG, Afspraken
from rapportage.cijfers import Cijfers, Telregel, som
from rapportage.enums import Categorie
from rapportage.overzicht import Keuze
from rapportage.queries.lezers import Lezer
from rapportage.queries.telstatement import (
    DOOR,
    EINDE,
    GEHEUGEN,
    LOOPT,
    OP_RIJ,
    REDENEN,
    Indeling,
    Periodedeel,
    statement,
)
from rapportage.queries.uitval import (
    aanbiedernamen,
    als_namen,
    gedateerde_afspraken,
    gekozen_gemeenten,
    gekozen_toewijzingen,
    los_van,
)
from rapportage.tellingen import Verdeling, is_afgeleid
from stopberichten.codes import STOPCODES
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Levering, Stop
from wmo_portal.lib.perioden import Periode
from wmo_portal.lib.replica import leest_op_replica, leesverbinding

GAAT_DOOR: Final = 10
DEFINITIEF: Final = frozenset(code for code, rij in STOPCODES.items() if rij.definitief)

Verloop = dict[Periode, Verdeling]
"""The totals of a trend. A period for which a region has no mapping is not in it."""


@dataclass(frozen=True, slots=True)
class _Deel:
    """One period: what the statement is asked about it, and by which mappings its answers are read."""

    periode: Periode
    per_regio: Mapping[int, Afspraken]
    vraag: Periodedeel
    tabellen: list[Afspraken]


def cijfers(lezer: Lezer, keuze: Keuze) -> Cijfers:
    """The figures of `uitval(lezer, keuze)`, counted by the database: seven queries.

    Raises ValueError when a region has no mapping for some code on the last day.
    """
    return met_verloop(lezer, keuze, ())[0]


@leest_op_replica
def met_verloop(lezer: Lezer, keuze: Keuze, perioden: Sequence[Periode]) -> tuple[Cijfers, Verloop]:
    """Those figures and the totals of a trend, at the same moment and with no query more.

    A trend that holds the period itself shows the number above it. Raises ValueError as `cijfers` does.
    """
    teller = _Teller(lezer, keuze)
    delen = [teller.deel(keuze.periode)]
    for periode in perioden:
        with suppress(ValueError):
            if periode != keuze.periode:
                delen.append(teller.deel(periode))
    geteld = teller.tel(delen)
    uit = teller.als_cijfers(delen[0], geteld)
    totalen = {deel.periode: som(regels) for deel, regels in zip(delen, geteld.per_deel, strict=True)}
    return uit, {periode: totalen[periode] for periode in perioden if periode in totalen}


@dataclass(slots=True)
class _Geteld:
    """What the statement answered, put together row by row."""

    per_deel: list[list[Telregel]]
    """Of the first period per municipality; of the others nobody's in particular."""
    per_aanbieder: list[Telregel] = field(default_factory=list)
    dubbel: int = 0


class _Teller:
    """Counts periods of one choice; what does not hang on the period is read once."""

    def __init__(self, lezer: Lezer, keuze: Keuze) -> None:
        self._keuze, self._lezer = keuze, lezer
        self._gemeenten = gekozen_gemeenten(lezer, keuze)
        self._regio_van = {gemeente.pk: gemeente.regio_id or 0 for gemeente in self._gemeenten}
        self._rijen = gedateerde_afspraken(set(self._regio_van.values()))
        self._breed = len(self._gemeenten) * 2 > Gemeente.objects.filter(regio__isnull=False).count()

    def deel(self, periode: Periode) -> _Deel:
        """Regions that count alike are taken together. Raises ValueError when a region has no mapping."""
        per_regio = geldig_per_regio(self._rijen, periode.laatste)
        sleutel = {
            regio: frozenset((code, rij.categorie, is_afgeleid(rij)) for code, rij in tabel.items())
            for regio, tabel in per_regio.items()
        }
        gelijk: dict[object, tuple[Afspraken, list[int]]] = {}
        for gemeente, regio in self._regio_van.items():
            gelijk.setdefault(sleutel[regio], (per_regio[regio], []))[1].append(gemeente)
        indelingen = tuple(Indeling(gemeenten, _rang(tabel)) for tabel, gemeenten in gelijk.values())
        tabellen = [tabel for tabel, _ in gelijk.values()]
        vraag = Periodedeel(periode.eerste, periode.laatste, _codes_die_doorgaan(tabellen), indelingen)
        return _Deel(periode, per_regio, vraag, tabellen)

    def tel(self, delen: Sequence[_Deel]) -> _Geteld:
        geteld = _Geteld([[] for _ in delen])
        for nummer, gemeente, aanbieder, indeling, antwoord, aantal in self._vraag(delen):
            if nummer is None:
                geteld.dubbel = aantal
                continue
            regel = _telregel(gemeente or aanbieder or 0, antwoord, aantal, delen[nummer].tabellen[indeling])
            (geteld.per_aanbieder if aanbieder else geteld.per_deel[nummer]).append(regel)
        return geteld

    def als_cijfers(self, deel: _Deel, geteld: _Geteld) -> Cijfers:
        regels = tuple(geteld.per_deel[0])
        return Cijfers(
            keuze=self._keuze,
            gemeenteregels=regels,
            aanbiederregels=tuple(geteld.per_aanbieder),
            gemeenten=als_namen(self._gemeenten),
            aanbieders=aanbiedernamen({regel.eigenaar_id for regel in geteld.per_aanbieder}),
            afspraken=deel.per_regio,
            los=los_van(self._lezer, self._keuze, list(self._regio_van)),
            personen=sum(regel.aantal for regel in regels if regel.categorie) - geteld.dubbel,
        )

    def _vraag(self, delen: Sequence[_Deel]) -> list[tuple[Any, ...]]:
        if not self._regio_van:
            return []
        waarden: dict[str, Any] = {
            "definitief": sorted(DEFINITIEF),
            "pgb": Leveringsvorm.PGB.value,
            "zin": Leveringsvorm.ZIN.value,
        }
        bronnen = {naam: _als_sql(rijen, naam, waarden) for naam, rijen in self._bronnen().items()}
        sql, perioden = statement([deel.vraag for deel in delen], bronnen)
        vooraf = [GEHEUGEN, OP_RIJ] if self._breed else [GEHEUGEN]
        with leesverbinding().cursor() as cursor:
            cursor.execute("".join((*vooraf, sql)), {**waarden, **perioden})
            for _ in vooraf:
                cursor.nextset()  # past the settings, to the answer
            return list(cursor.fetchall())

    def _bronnen(self) -> dict[str, QuerySet[Any, Any]]:
        """The rows within this reader's reach, by the same selections as `lees_bron`."""
        lezer, opvolgers = self._lezer, Beschikking.objects.exclude(status=BeschikkingStatus.INGETROKKEN)
        # Starts and stops hang on visible allocations by a key that holds both owners; the wall of the database stands
        # around them too. So this second list of municipalities changes no figure: for a region it keeps the rest of
        # the country unread, and for most of what is there it only makes the planner guess a part of the rows.
        waar = Q() if self._breed else Q(gemeente_id__in=list(self._regio_van))
        return {
            "toewijzingen": gekozen_toewijzingen(lezer, self._keuze, list(self._regio_van)).order_by().values(
                "id", "gemeente_id", "aanbieder_id", "client_id", "beschikking_id", "leveringsvorm",
                "hulp_niet_gestart"),
            "leveringen": Levering.objects.geldig().filter(waar).order_by().values(
                "id", "toewijzing_id", "begindatum"),
            "stops": Stop.objects.geldig().filter(waar, levering__isnull=False).order_by().values(
                "levering_id", "reden", "einddatum"),
            "vervolgen": opvolgers.visible_to(lezer).order_by().values("id", "voorganger_id"),
        }  # fmt: skip


def _als_sql(rijen: QuerySet[Any, Any], naam: str, waarden: dict[str, Any]) -> str:
    """The selection as Django writes it, its parameters by name so that it can stand in the statement twice."""
    sql, parameters = rijen.query.sql_with_params()
    namen = []
    for nummer, waarde in enumerate(parameters):
        waarden[f"{naam}_{nummer}"] = waarde
        namen.append(f"%({naam}_{nummer})s")
    return str(sql) % tuple(namen)


def _rang(afspraken: Afspraken) -> list[int]:
    """Per code, from 0: how heavy its category weighs on one day, plus GAAT_DOOR when the code means that care goes on."""
    rang = [0] * 100
    for code, rij in afspraken.items():
        gaat_door = rij.categorie is Categorie.NOG_IN_ZORG
        categorie = ZONDER_VERVOLG if gaat_door else rij.categorie
        rang[int(code)] = len(VOORRANG) - VOORRANG.index(categorie) + (GAAT_DOOR if gaat_door else 0)
    return rang


def _codes_die_doorgaan(tabellen: Sequence[Afspraken]) -> list[str]:
    """Definitive codes after which care goes on when a follow-up waits, in any of these mappings (R16)."""
    alle = (rij for tabel in tabellen for rij in tabel.items())
    door = {code.value for code, rij in alle if rij.categorie is Categorie.NOG_IN_ZORG}
    return sorted(door & DEFINITIEF)


def _telregel(eigenaar: int, antwoord: int, aantal: int, afspraken: Afspraken) -> Telregel:
    if antwoord == LOOPT:
        return Telregel(eigenaar, aantal, Categorie.NOG_IN_ZORG)
    if antwoord < DOOR:
        return Telregel(eigenaar, aantal, None, REDENEN[antwoord])
    afspraak = afspraken[RedenBeeindiging(f"{antwoord % DOOR:02d}")]
    afgeleid, gaat_door = is_afgeleid(afspraak), afspraak.categorie is Categorie.NOG_IN_ZORG
    if antwoord < EINDE:
        return Telregel(eigenaar, aantal, Categorie.NOG_IN_ZORG, afgeleid=afgeleid)
    categorie = ZONDER_VERVOLG if gaat_door else afspraak.categorie
    return Telregel(eigenaar, aantal, categorie, afgeleid=afgeleid, nakijken=gaat_door)
