"""Which product codes are in use without an agreement, however many allocations there are.

The index on municipality, category and code is walked from code to code, so what is asked is one look for each
combination in use and not one for each allocation. Only of the codes without an agreement rows are counted, and
no further than `HOOGSTENS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import connection

from wmo_portal.lib import rls

HOOGSTENS: Final = 1_000
"""Counted in a municipality; whether it is 1,000 or 90,000 makes no difference to what must be done."""
MEESTE: Final = 50
"""Codes told at once."""
_SQL: Final = """
with recursive gebruikt as (
  (select gemeente_id, productcategorie, productcode from beschikkingen_toewijzing
    where productcode <> '' order by gemeente_id, productcategorie, productcode limit 1)
  union all
  select volgende.* from gebruikt cross join lateral (
    select gemeente_id, productcategorie, productcode from beschikkingen_toewijzing
     where productcode <> '' and (gemeente_id, productcategorie, productcode)
           > (gebruikt.gemeente_id, gebruikt.productcategorie, gebruikt.productcode)
     order by gemeente_id, productcategorie, productcode limit 1) volgende
), afspraak as materialized (
  select distinct regio_id, productcategorie, productcode from organisaties_productafspraak
), onbekend as (
  select gemeente.regio_id, gebruikt.* from gebruikt
    join organisaties_gemeente gemeente on gemeente.id = gebruikt.gemeente_id
   where gemeente.regio_id is not null and not exists (
     select from afspraak where afspraak.regio_id = gemeente.regio_id
        and afspraak.productcategorie = gebruikt.productcategorie
        and afspraak.productcode = gebruikt.productcode)
)
select regio_id, productcategorie, productcode, sum(geteld.aantal)::int, bool_or(geteld.aantal > %(hoogstens)s)
  from onbekend cross join lateral (
    select count(*) aantal from (
      select from beschikkingen_toewijzing t where t.gemeente_id = onbekend.gemeente_id
         and t.productcategorie = onbekend.productcategorie and t.productcode = onbekend.productcode
         and t.productcode <> '' limit %(hoogstens)s + 1) rijen) geteld
 group by regio_id, productcategorie, productcode
 order by 4 desc, productcode, productcategorie, regio_id limit %(meeste)s
"""


@dataclass(frozen=True, slots=True)
class Onbekend:
    regio_id: int
    productcategorie: str
    productcode: str
    aantal: int
    minstens: bool
    """There are more than were counted."""


def zonder_afspraak() -> list[Onbekend]:
    """Of all regions, the most used first. Codes and counts only, so the wall is lifted for it."""
    with rls.binnen(rls.SYSTEEM), connection.cursor() as cursor:
        cursor.execute(_SQL, {"hoogstens": HOOGSTENS, "meeste": MEESTE})
        return [Onbekend(*rij) for rij in cursor.fetchall()]
