"""The statement of `queries.telling`: one aggregate per client, for one period and as many more as a trend has.

What does not hang on the period is read once: which care, started when, ended when. Every period adds a column to each
step, under its number; 0 is the period of the report, of which everything is asked, the rest give their totals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rapportage.enums import Buiten

LOOPT, DOOR, EINDE = -1, 1000, 2000
"""What the statement answers per client: care runs; care goes on after this code; it ended with this code; else why not."""
REDENEN: Final = (Buiten.VOOR_PERIODE, Buiten.NA_PERIODE, Buiten.NIET_GESTART, Buiten.PGB)

GEHEUGEN: Final = "set local work_mem = '64MB'; "
"""For this statement alone: a client each of a whole region does not fit in the 4 MB of the standard and would be
sorted out on disk. In one go, so that it is one transaction whoever calls."""
OP_RIJ: Final = "set local random_page_cost = 4; "
"""For a report about most of what is there: read the tables from front to back. A server with fast disks is told that a
jump costs nothing, and then walks through an index to every row: twice the work when nearly all of them are needed."""

SQL: Final = """
with slot as (
    select s.levering_id, {slots}
      from ({stops}) s
     where s.reden = any(%(definitief)s) and s.einddatum <= %(uiterste)s
     group by 1
), wacht as materialized (
    select l.id, {wachten}
      from ({stops}) s join ({leveringen}) l on l.id = s.levering_id join ({toewijzingen}) t on t.id = l.toewijzing_id
      join ({vervolgen}) b on b.voorganger_id = t.beschikking_id
      join ({toewijzingen}) v on v.beschikking_id = b.id and v.aanbieder_id = t.aanbieder_id
     cross join lateral (select min(l.begindatum) as op from ({leveringen}) l where l.toewijzing_id = v.id) begonnen
     where s.reden = any(%(gaat_door)s) and s.einddatum <= %(uiterste)s and v.leveringsvorm = %(zin)s
     group by 1
), mens as (
    select t.client_id, t.aanbieder_id, max(t.gemeente_id) as gemeente_id, {zwaarsten}
      from ({toewijzingen}) t
      left join ({leveringen}) l on l.toewijzing_id = t.id
      left join slot on slot.levering_id = l.id
      left join wacht on wacht.id = l.id
     group by 1, 2
), antwoord as (
    select gemeente_id, aanbieder_id, client_id, {antwoorden}
      from mens
), per_eigenaar as (
    select gemeente_id, aanbieder_id, indeling_0, antwoord_0, count(*) as n from antwoord
     group by grouping sets ((gemeente_id, indeling_0, antwoord_0), (aanbieder_id, indeling_0, antwoord_0))
), dubbel as (
    select count(*) - count(distinct client_id) as n from antwoord where antwoord_0 < 0 or antwoord_0 >= 1000
)
select 0 as periode, gemeente_id, aanbieder_id, indeling_0, antwoord_0, n from per_eigenaar
union all select null, null, null, null, null, n from dubbel"""
"""A client of two providers counts twice and is one person. Never per provider within a municipality: with the whole
country that is half a million numbers, and nothing shows them."""
VERLOOP: Final = """
union all select periode, null, null, indeling, uitkomst, sum(n)::bigint
  from (select {kolommen}, count(*) as n from antwoord group by {kolommen}) gelijk
 cross join lateral (values {perioden}) los (periode, indeling, uitkomst) group by 1, 4, 5"""
"""Who has the same answers in all periods is taken together first: most clients run through all of them."""

DAG: Final = "date '0001-01-01'"
SLOT: Final = f"""max((s.einddatum - {DAG}) * 100 + s.reden::int)
           filter (where s.einddatum <= %(laatste_{{n}})s) as slot_{{n}}"""
WACHT: Final = """bool_or(s.reden = any(%(gaat_door_{n})s) and s.einddatum <= %(laatste_{n})s
                   and (begonnen.op is null or begonnen.op > %(laatste_{n})s)) as wacht_{n}"""
ZWAARST: Final = """max(case when t.leveringsvorm = %(pgb)s then -3
                    when l.id is null or t.hulp_niet_gestart then -2
                    when l.begindatum > %(laatste_{n})s then -1
                    when slot_{n} is null then 4000000000000
                    when wacht_{n} and {rang} >= 10 then 2000000000000 + slot_{n}
                    else slot_{n} / 100 * 10000::bigint + {rang} %% 10 * 100 + 99 - slot_{n} %% 100 end) as zwaarst_{n}"""
ANTWOORD: Final = f"""{{indeling}} as indeling_{{n}},
           case when zwaarst_{{n}} >= 4000000000000 then -1
                when zwaarst_{{n}} >= 2000000000000 then 1000 + (zwaarst_{{n}} %% 100)::int
                when zwaarst_{{n}} < 0 then -zwaarst_{{n}}::int
                when zwaarst_{{n}} / 10000 >= %(eerste_{{n}})s - {DAG} then 2000 + (99 - zwaarst_{{n}} %% 100)::int
                else 0 end as antwoord_{{n}}"""


@dataclass(frozen=True, slots=True)
class Indeling:
    """The municipalities that count by one mapping, and what a code weighs in it, from code 0."""

    gemeenten: list[int]
    rang: list[int]


@dataclass(frozen=True, slots=True)
class Periodedeel:
    """One period of the statement."""

    eerste: date
    laatste: date
    gaat_door: list[str]
    """Definitive codes after which care goes on when a follow-up waits."""
    indelingen: tuple[Indeling, ...]


def statement(delen: Sequence[Periodedeel], bronnen: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """The statement over these sources and its values; the first period is the report's."""
    waarden: dict[str, object] = {
        "uiterste": max(deel.laatste for deel in delen),
        "gaat_door": sorted({code for deel in delen for code in deel.gaat_door}),
    }
    kolommen: dict[str, list[str]] = {"slots": [], "wachten": [], "zwaarsten": [], "antwoorden": []}
    for n, deel in enumerate(delen):
        waarden |= {
            f"eerste_{n}": deel.eerste,
            f"laatste_{n}": deel.laatste,
            f"gaat_door_{n}": deel.gaat_door,
        }
        for m, indeling in enumerate(deel.indelingen):
            waarden |= {f"rang_{n}_{m}": indeling.rang, f"van_{n}_{m}": indeling.gemeenten}
        nummers = range(len(deel.indelingen))
        rang = _per_indeling(
            "t.gemeente_id", n, [f"(%(rang_{n}_{m})s::int[])[slot_{n} %% 100 + 1]" for m in nummers]
        )
        kolommen["slots"].append(SLOT.format(n=n))
        kolommen["wachten"].append(WACHT.format(n=n))
        kolommen["zwaarsten"].append(ZWAARST.format(n=n, rang=rang))
        kolommen["antwoorden"].append(
            ANTWOORD.format(n=n, indeling=_per_indeling("gemeente_id", n, [str(m) for m in nummers]))
        )
    stappen = {naam: ",\n           ".join(wat) for naam, wat in kolommen.items()}
    return SQL.format(**bronnen, **stappen) + _verloop(len(delen)), waarden


def _verloop(hoeveel: int) -> str:
    """Of every period but the first."""
    paren = [f"indeling_{n}, antwoord_{n}" for n in range(1, hoeveel)]
    perioden = ", ".join(f"({n}, {paar})" for n, paar in enumerate(paren, 1))
    return VERLOOP.format(kolommen=", ".join(paren), perioden=perioden) if paren else ""


def _per_indeling(gemeente: str, periode: int, uitkomsten: list[str]) -> str:
    """One branch per mapping; with one mapping nothing is asked per row."""
    takken = " ".join(
        f"when {gemeente} = any(%(van_{periode}_{m})s) then {uit}" for m, uit in enumerate(uitkomsten[:-1])
    )
    return f"(case {takken} else {uitkomsten[-1]} end)" if takken else uitkomsten[-1]
