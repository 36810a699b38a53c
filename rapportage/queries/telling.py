"""The rule of `tellingen.tel` once more, in SQL, for all clients at once: figures without reading anybody.

One statement, one aggregate per client. Every start of care becomes one number, and the largest number of a client is
the answer: running beats a follow-up that is waited for, that beats an end (the last day, then the heaviest category,
then the lowest code), and an end beats every reason not to count. `tellingen.tel` is the definition:
tests/rapportage/test_telling proves that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q, QuerySet

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm
from beschikkingen.models import Beschikking
from organisaties.models import Gemeente
from rapportage.bron import geldig_per_regio
from rapportage.categorieen import VOORRANG, ZONDER_VERVOLG, Afspraken
from rapportage.cijfers import Cijfers, Telregel
from rapportage.enums import Buiten, Categorie
from rapportage.overzicht import Keuze, Los
from rapportage.queries.lezers import Lezer
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

LOOPT, DOOR, EINDE = -1, 1000, 2000
"""What the statement answers per client: care runs; care goes on after this code; it ended with this code; else why not."""
REDENEN: Final = (Buiten.VOOR_PERIODE, Buiten.NA_PERIODE, Buiten.NIET_GESTART, Buiten.PGB)
GAAT_DOOR: Final = 10
DEFINITIEF: Final = frozenset(code for code, rij in STOPCODES.items() if rij.definitief)

GEHEUGEN: Final = "set local work_mem = '64MB'; "
"""For this statement alone: a client each of a whole region does not fit in the 4 MB of the standard and would be
sorted out on disk. In one go, so that it is one transaction whoever calls."""
OP_RIJ: Final = "set local random_page_cost = 4; "
"""For a report about most of what is there: read the tables from front to back. A server with fast disks is told that a
jump costs nothing, and then walks through an index to every row: twice the work when nearly all of them are needed."""
SQL: Final = """
with slot as (
    select s.levering_id, max((s.einddatum - date '0001-01-01') * 100 + s.reden::int) as slot
      from ({stops}) s
     where s.reden = any(%(definitief)s) and s.einddatum <= %(laatste)s
     group by 1
), wacht as materialized (
    select distinct l.id
      from ({stops}) s join ({leveringen}) l on l.id = s.levering_id join ({toewijzingen}) t on t.id = l.toewijzing_id
      join ({vervolgen}) b on b.voorganger_id = t.beschikking_id
      join ({toewijzingen}) v on v.beschikking_id = b.id and v.aanbieder_id = t.aanbieder_id
     where s.reden = any(%(gaat_door)s) and s.einddatum <= %(laatste)s and v.leveringsvorm = %(zin)s
       and not exists (select from ({leveringen}) l where l.toewijzing_id = v.id and l.begindatum <= %(laatste)s)
), mens as (
    select t.client_id, t.aanbieder_id, max(t.gemeente_id) as gemeente_id,
           max(case when t.leveringsvorm = %(pgb)s then -3
                    when l.id is null or t.hulp_niet_gestart then -2
                    when l.begindatum > %(laatste)s then -1
                    when slot.slot is null then 4000000000000
                    when wacht.id is not null and {rang} >= 10 then 2000000000000 + slot.slot
                    else slot.slot / 100 * 10000::bigint + {rang} %% 10 * 100 + 99 - slot.slot %% 100 end) as zwaarst
      from ({toewijzingen}) t
      left join ({leveringen}) l on l.toewijzing_id = t.id
      left join slot on slot.levering_id = l.id
      left join wacht on wacht.id = l.id
     group by 1, 2
), antwoord as (
    select gemeente_id, aanbieder_id, client_id, {indeling} as indeling,
           case when zwaarst >= 4000000000000 then -1
                when zwaarst >= 2000000000000 then 1000 + (zwaarst %% 100)::int
                when zwaarst < 0 then -zwaarst::int
                when zwaarst / 10000 >= %(eerste)s - date '0001-01-01' then 2000 + (99 - zwaarst %% 100)::int
                else 0 end as antwoord
      from mens
)
"""
PER_GEMEENTE: Final = """
select gemeente_id, null::bigint as aanbieder_id, indeling, antwoord, count(*) from antwoord group by 1, indeling, antwoord
"""
ALLES: Final = """, per_eigenaar as (
    select gemeente_id, aanbieder_id, indeling, antwoord, count(*) as n from antwoord
     group by grouping sets ((gemeente_id, indeling, antwoord), (aanbieder_id, indeling, antwoord))
), dubbel as (
    select count(*) - count(distinct client_id) as n from antwoord where antwoord < 0 or antwoord >= 1000
)
select gemeente_id, aanbieder_id, indeling, antwoord, n from per_eigenaar
union all select null, null, null, null, n from dubbel"""
"""A client of two providers counts twice and is one person. Never per provider within a municipality: with the whole
country that is half a million numbers, and nothing shows them."""


@dataclass(frozen=True, slots=True)
class _Indeling:
    """One mapping of codes to categories, and the municipalities that count by it."""

    afspraken: Afspraken
    gemeenten: list[int]


@dataclass(frozen=True, slots=True)
class _Geteld:
    per_gemeente: tuple[Telregel, ...]
    per_aanbieder: tuple[Telregel, ...]
    dubbel: int


def cijfers(lezer: Lezer, keuze: Keuze) -> Cijfers:
    """The figures of `uitval(lezer, keuze)`, counted by the database: seven queries.

    Raises ValueError when a region has no mapping for some code on the last day.
    """
    return Teller(lezer, keuze).cijfers(keuze.periode)


class Teller:
    """Counts periods of one choice; what does not depend on the period is read once."""

    def __init__(self, lezer: Lezer, keuze: Keuze) -> None:
        self._keuze, self._lezer = keuze, lezer
        gemeenten = gekozen_gemeenten(lezer, keuze)
        self._gemeenten = gemeenten
        self._regio_van = {gemeente.pk: gemeente.regio_id or 0 for gemeente in gemeenten}
        self._rijen = gedateerde_afspraken(set(self._regio_van.values()))
        self._totalen: dict[Periode, Verdeling] = {}
        self._breed = len(gemeenten) * 2 > Gemeente.objects.filter(regio__isnull=False).count()

    @leest_op_replica
    def cijfers(self, periode: Periode) -> Cijfers:
        afspraken = geldig_per_regio(self._rijen, periode.laatste)
        gevonden = self._tel(periode, afspraken, ALLES)
        geteld = sum(regel.aantal for regel in gevonden.per_gemeente if regel.categorie)
        uit = Cijfers(
            keuze=replace(self._keuze, periode=periode),
            gemeenteregels=gevonden.per_gemeente,
            aanbiederregels=gevonden.per_aanbieder,
            gemeenten=als_namen(self._gemeenten),
            aanbieders=aanbiedernamen({regel.eigenaar_id for regel in gevonden.per_aanbieder}),
            afspraken=afspraken,
            los=self._los(),
            personen=geteld - gevonden.dubbel,
        )
        self._totalen[periode] = uit.totaal
        return uit

    @leest_op_replica
    def totaal(self, periode: Periode) -> Verdeling:
        """For a trend: the numbers alone, one query. Raises ValueError as `cijfers` does.

        Of a period that was counted before not even that, so that the trend ends with the number above it.
        """
        if periode in self._totalen:
            return self._totalen[periode]
        afspraken = geldig_per_regio(self._rijen, periode.laatste)
        regels = self._tel(periode, afspraken, PER_GEMEENTE).per_gemeente
        return Cijfers(replace(self._keuze, periode=periode), regels, (), (), (), afspraken, Los(), 0).totaal

    def _los(self) -> Los:
        return los_van(self._lezer, self._keuze, list(self._regio_van))

    def _tel(self, periode: Periode, afspraken: Mapping[int, Afspraken], wat: str) -> _Geteld:
        if not self._regio_van:
            return _Geteld((), (), 0)
        indelingen = self._indelingen(afspraken)
        sql, waarden = self._statement(periode, indelingen, wat)
        vooraf = [GEHEUGEN, OP_RIJ] if self._breed else [GEHEUGEN]
        opdracht = "".join((*vooraf, sql))
        with leesverbinding().cursor() as cursor:
            cursor.execute(opdracht, waarden)
            for _ in vooraf:
                cursor.nextset()  # past the settings, to the answer
            rijen = cursor.fetchall()
        tabellen = [indeling.afspraken for indeling in indelingen]
        return _Geteld(
            tuple(_telregel(g, a, n, tabellen[i]) for g, _, i, a, n in rijen if g is not None),
            tuple(
                _telregel(eigenaar, a, n, tabellen[i])
                for _, eigenaar, i, a, n in rijen
                if eigenaar is not None
            ),
            sum(n for gemeente, aanbieder, *_, n in rijen if gemeente is None and aanbieder is None),
        )

    def _indelingen(self, afspraken: Mapping[int, Afspraken]) -> list[_Indeling]:
        """Regions that count alike are taken together."""
        per: dict[object, _Indeling] = {}
        for gemeente, regio in self._regio_van.items():
            tabel = afspraken[regio]
            gelijk = tuple(sorted((code, rij.categorie, is_afgeleid(rij)) for code, rij in tabel.items()))
            per.setdefault(gelijk, _Indeling(tabel, [])).gemeenten.append(gemeente)
        return list(per.values())

    def _statement(
        self, periode: Periode, indelingen: Sequence[_Indeling], wat: str
    ) -> tuple[str, dict[str, Any]]:
        waarden: dict[str, Any] = {
            "eerste": periode.eerste,
            "laatste": periode.laatste,
            "definitief": sorted(DEFINITIEF),
            "gaat_door": _codes_die_doorgaan(indelingen),
            "pgb": Leveringsvorm.PGB.value,
            "zin": Leveringsvorm.ZIN.value,
        }
        for nummer, indeling in enumerate(indelingen):
            waarden |= {f"rang_{nummer}": _rang(indeling.afspraken), f"van_{nummer}": indeling.gemeenten}
        nummers = range(len(indelingen))
        rang = _per_indeling(
            "t.gemeente_id", [f"(%(rang_{n})s::int[])[slot.slot %% 100 + 1]" for n in nummers]
        )
        welke = _per_indeling("gemeente_id", [str(n) for n in nummers])
        delen = {naam: _als_sql(rijen, naam, waarden) for naam, rijen in self._bronnen().items()}
        return (SQL + wat).format(**delen, rang=rang, indeling=welke), waarden

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


def _per_indeling(gemeente: str, uitkomsten: list[str]) -> str:
    """One branch per mapping; with one mapping nothing is asked per row."""
    takken = " ".join(
        f"when {gemeente} = any(%(van_{n})s) then {uit}" for n, uit in enumerate(uitkomsten[:-1])
    )
    return f"(case {takken} else {uitkomsten[-1]} end)" if takken else uitkomsten[-1]


def _codes_die_doorgaan(indelingen: Iterable[_Indeling]) -> list[str]:
    """Definitive codes after which care goes on when a follow-up waits, in any of these mappings (R16)."""
    alle = (rij for indeling in indelingen for rij in indeling.afspraken.items())
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
