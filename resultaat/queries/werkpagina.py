"""One page of the worklist and all its numbers in one statement, whatever waits.

All branches are asked once, for where each row stands (day, kind, mark); from that come both the numbers per kind and
the rows of the page, so they cannot differ. Only what is on the page is looked up any further. `tests/resultaat/
test_werkpagina.py` lays it beside its naive twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from resultaat.werksoorten import VOLGORDE, Werksoort
from wmo_portal.lib.opgeschreven import Opgeschreven

SOORT_VAN: Final = {plaats: soort for soort, plaats in VOLGORDE.items()}

_KOLOMMEN: Final = "(datum, soort, kenmerk, toewijzing_id, beschikking_id, aanbieder_id, info, client_id)"
_LOS: Final = """select datum, soort, kenmerk, toewijzing_id, null::bigint, aanbieder_id, '', client_id
  from unnest(%s::date[], %s::int[], %s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[])
    as los (datum, soort, kenmerk, toewijzing_id, aanbieder_id, client_id)"""
"""What the rules found, and no query can."""
# Both materialized: else PostgreSQL walks from each of somebody's clients into every branch, however few wait there.
_VAN: Final = """, van (id) as materialized ({van}),
  werk as materialized (select * from alles where client_id in (select id from van))"""

_TELLING: Final = "select soort, count(*) as aantal from werk group by soort"

# `case` in the joins and not `coalesce`: PostgreSQL does not know coalesce to be leakproof, so behind a wall it may not
# look a row up by it and reads all clients and decisions of the country instead (0.5 s at a million, for 51 rows).
_PAGINA: Final = f"""
, pagina as (
    select * from werk
     where (%s::int is null or soort = %s) and (%s::date is null or (datum, soort, kenmerk) > (%s, %s, %s::uuid))
     order by datum, soort, kenmerk limit %s
)
select telling.aantallen, p.datum, p.soort, p.kenmerk, p.info, t.kenmerk as toewijzing, b.kenmerk as dossier,
       c.kenmerk as client, c.afgeschermd, c.voorletters, c.voorvoegsel, c.achternaam, c.bsn_index,
       r.naam as gebied, a.naam as aanbieder, g.id as gemeente_id, g.naam as gemeente, g.evaluatiedocument,
       u.kenmerk as behandelaar_kenmerk, u.naam as behandelaar
  from (select json_object_agg(soort, aantal) as aantallen from ({_TELLING}) per_soort) telling
  left join (pagina p
       left join beschikkingen_toewijzing t on t.id = p.toewijzing_id
       join beschikkingen_beschikking b
         on b.id = case when p.beschikking_id is null then t.beschikking_id else p.beschikking_id end
       join beschikkingen_client c on c.id = case when t.client_id is null then b.client_id else t.client_id end
       join organisaties_gemeente g on g.id = b.gemeente_id
       left join organisaties_resultaatgebied r on r.id = t.resultaatgebied_id
       left join organisaties_aanbieder a on a.id = p.aanbieder_id
       left join organisaties_gebruiker u on u.id = c.behandelaar_id) on true
 order by p.datum, p.soort, p.kenmerk"""  # noqa: S608 - constants of our own; whatever is asked goes by parameter


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of a row; that of the last one is where the next page begins. As text: 2026-10-01.3.<kenmerk>."""

    datum: date
    volgorde: int
    kenmerk: UUID

    @classmethod
    def lees(cls, tekst: str) -> Cursor | None:
        """None for an address that somebody changed by hand: the list begins at the start."""
        try:
            dag, volgorde, kenmerk = tekst.split(".")
            return cls(date.fromisoformat(dag), int(volgorde), UUID(kenmerk))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.datum.isoformat()}.{self.volgorde}.{self.kenmerk}"


@dataclass(frozen=True, slots=True)
class Los:
    """A row that was found by rules in Python."""

    plaats: Cursor
    toewijzing_id: int
    aanbieder_id: int
    client_id: int


@dataclass(frozen=True, slots=True)
class Delen:
    """All that waits, branch by branch, and the clients it is cut down to; None: whoever it is."""

    takken: tuple[Opgeschreven, ...]
    van: Opgeschreven | None = None


Rij = dict[str, Any]
Aantallen = dict[Werksoort, int]


def tel(delen: Delen) -> Aantallen:
    sql, waarden = _werk(delen, (), _TELLING)
    with connection.cursor() as cursor:
        cursor.execute(sql, waarden)
        return _aantallen(cursor.fetchall())


def pagina(
    delen: Delen,
    los: Sequence[Los],
    *,
    soort: Werksoort | None,
    na: Cursor | None,
    hoogstens: int,
) -> tuple[list[Rij], Aantallen]:
    """The first rows after `na`, all kinds or one; and how many there are of each kind, whichever is shown."""
    sql, waarden = _werk(delen, los, _PAGINA)
    code = VOLGORDE[soort] if soort else None
    plaats = (na.datum, na.datum, na.volgorde, na.kenmerk) if na else (None, None, None, None)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*waarden, code, code, *plaats, hoogstens])
        namen = [kolom.name for kolom in cursor.description or ()]
        rijen = [dict(zip(namen, rij, strict=True)) for rij in cursor.fetchall()]
    gevonden = (rijen[0]["aantallen"] or {}).items()
    return [rij for rij in rijen if rij["kenmerk"]], _aantallen((int(plek), n) for plek, n in gevonden)


def _aantallen(rijen: Iterable[tuple[int, int]]) -> Aantallen:
    return dict.fromkeys(Werksoort, 0) | {SOORT_VAN[plek]: aantal for plek, aantal in rijen}


def _werk(delen: Delen, los: Sequence[Los], vraag: str) -> tuple[str, list[Any]]:
    """All rows, and what is asked of them."""
    sql, waarden = [_LOS], list(_kolommen(los))
    for tak, erbij in delen.takken:
        sql.append(tak)
        waarden += erbij
    naam, rest = ("werk", "")
    if delen.van:
        naam, rest = "alles", _VAN.format(van=delen.van[0])
        waarden += delen.van[1]
    return f"with {naam} {_KOLOMMEN} as materialized (({') union all ('.join(sql)})){rest} {vraag}", waarden


def _kolommen(los: Sequence[Los]) -> Iterable[list[Any]]:
    yield [rij.plaats.datum for rij in los]
    yield [rij.plaats.volgorde for rij in los]
    yield [rij.plaats.kenmerk for rij in los]
    yield [rij.toewijzing_id for rij in los]
    yield [rij.aanbieder_id for rij in los]
    yield [rij.client_id for rij in los]
