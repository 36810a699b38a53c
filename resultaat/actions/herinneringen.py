"""Reminders of the 8-week term (R59-R65): derived from state, each at most once, in the one mail a day (ADR 0011).

1. Read which deadlines stand open and which reminders each recipient had already.
2. `beschikkingen.termijnen.te_versturen` says which moments are due: an outage is caught up, nothing goes twice.
3. Per recipient, in the transaction of the mail: the rows (ON CONFLICT DO NOTHING). When today's mail has gone
   already, the rows are left for tomorrow, so that no reminder is noted without its mail.

No mail holds client data: it counts, and points to the page (R33, R109).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from beschikkingen.enums import Herinnersoort, Leveringsvorm
from beschikkingen.models import Toewijzing
from beschikkingen.termijnen import Herinnerinstelling, Herinnermoment, Verzonden, te_versturen
from logboek.actions import leg_vast
from meldingen.queries import adressen_van_aanbieders
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Rol
from organisaties.models import Gemeente
from resultaat.actions.herinnerpost import brief, onderwerp
from resultaat.models import Herinnering
from resultaat.queries.termijnen import OpenTermijn, termijnen, venster
from wmo_portal.lib.tijd import dag_van

SOORT: Final = "termijn"


@dataclass(frozen=True, slots=True)
class Werk:
    """What one recipient is to be told today: each open deadline with the moments that are due."""

    ontvanger: str
    termijnen: tuple[tuple[OpenTermijn, tuple[Herinnermoment, ...]], ...]


def posten(vandaag: date, moment: datetime) -> Iterator[Post]:
    """What is due today, per recipient; without an address once per allocation that nobody can be told of."""
    gemeenten = list(Gemeente.objects.filter(ingericht=True).order_by("code"))
    lijst = [t for gemeente in gemeenten for t in _te_herinneren(gemeente, vandaag)]
    instelling = {g.pk: _instelling(g) for g in gemeenten}
    adressen = adressen_van_aanbieders(SOORT)
    for werk in _werk(lijst, adressen, instelling, vandaag):
        yield _post(werk, vandaag)
    for t in lijst:
        if not adressen.get(t.rij["aanbieder_id"]):
            yield Post("", lambda sleutel, op: None)


BRON: Final = Bron(
    SOORT,
    "Documenten voor de gemeente",
    "Het evaluatieformulier of zorgplan dat 8 weken voor het einde of het monitoringsmoment nodig is.",
    Rol.AANBIEDER,
    posten,
    volgorde=10,
)


def _post(werk: Werk, vandaag: date) -> Post:
    def neem(sleutel: str, moment: datetime) -> Deel | None:
        """The rows that are new for this recipient and the text about them, or nothing at all."""
        nieuw = _leg_vast(werk, sleutel, moment)
        if not nieuw:
            return None
        over = [t for t, _ in werk.termijnen if t.pk in nieuw]
        leg_vast(
            actie="herinnering.versturen",
            door=None,
            object_soort="aanbieder",
            object_kenmerk=over[0].rij["aanbieder_id"],
            aanbieder_id=over[0].rij["aanbieder_id"],
            doel="Wmo: termijn van 8 weken",
            details={"toewijzingen": len(over), "herinneringen": sum(nieuw.values())},
        )
        return Deel(onderwerp(over), brief(over, vandaag), sum(nieuw.values()))

    return Post(werk.ontvanger, neem)


def _te_herinneren(gemeente: Gemeente, vandaag: date) -> list[OpenTermijn]:
    van, tot = venster(vandaag, vooruit_weken=max(gemeente.herinnermomenten, default=0) - 7)
    basis = Toewijzing.objects.filter(gemeente=gemeente, leveringsvorm=Leveringsvorm.ZIN)
    return [t for t in termijnen(basis, doel_van=van, doel_tot=tot) if t.reden is None]


def _werk(
    lijst: list[OpenTermijn],
    adressen: dict[int, tuple[str, ...]],
    instelling: dict[int, Herinnerinstelling],
    vandaag: date,
) -> Iterator[Werk]:
    """Per recipient, in a fixed order, what is due and was not sent to that recipient before."""
    gehad = _verzonden(t.pk for t in lijst)
    per_ontvanger: dict[str, list[tuple[OpenTermijn, tuple[Herinnermoment, ...]]]] = defaultdict(list)
    for t in lijst:
        for adres in adressen.get(t.rij["aanbieder_id"], ()):
            due = te_versturen(
                t.termijn,
                vandaag=vandaag,
                verzonden=gehad.get((t.pk, adres), ()),
                instelling=instelling[t.rij["gemeente_id"]],
            )
            if due:
                per_ontvanger[adres].append((t, due))
    for adres in sorted(per_ontvanger):
        yield Werk(adres, tuple(per_ontvanger[adres]))


def _instelling(gemeente: Gemeente) -> Herinnerinstelling:
    return Herinnerinstelling(weken_vooraf=gemeente.herinnermomenten, verkort_dagen=gemeente.verkort_dagen)


def _verzonden(toewijzingen: Iterable[int]) -> dict[tuple[int, str], list[Verzonden]]:
    gehad: dict[tuple[int, str], list[Verzonden]] = defaultdict(list)
    rijen = Herinnering.objects.filter(toewijzing_id__in=list(toewijzingen))
    for pk, adres, soort, weken, datum, op in rijen.values_list(
        "toewijzing_id", "ontvanger", "soort", "weken", "moment_datum", "gemaakt_op"
    ):
        gehad[(pk, adres)].append(Verzonden(Herinnersoort(soort), weken, datum, dag_van(op)))
    return gehad


# --- Writing ---------------------------------------------------------------------------------------------------------
def _leg_vast(werk: Werk, sleutel: str, moment: datetime) -> dict[int, int]:
    """Insert what is not there yet; per allocation the number of rows that are really new (the database decides)."""
    rijen = [
        (t.rij["gemeente_id"], t.rij["aanbieder_id"], t.pk, str(m.soort), m.weken, m.datum, t.termijn.datum)
        for t, due in werk.termijnen
        for m in due
    ]
    kolommen = list(zip(*rijen, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(LEG_VAST, [werk.ontvanger, sleutel, moment, *map(list, kolommen)])
        nieuw: dict[int, int] = defaultdict(int)
        for (toewijzing,) in cursor.fetchall():
            nieuw[toewijzing] += 1
    return nieuw


LEG_VAST: Final = """
insert into resultaat_herinnering (gemeente_id, aanbieder_id, toewijzing_id, soort, weken, moment_datum,
       termijn_datum, ontvanger, mail_sleutel, gemaakt_op)
select x.*, %s, %s, %s
  from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::int[], %s::date[], %s::date[]) x
 order by 3, 4, 6
    on conflict (toewijzing_id, soort, moment_datum, ontvanger) do nothing
returning toewijzing_id
"""
