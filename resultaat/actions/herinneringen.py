"""Reminders of the 8-week term (R59-R65): derived from state, each at most once, one mail per recipient per day.

1. Read which deadlines stand open and which reminders each recipient had already.
2. `beschikkingen.termijnen.te_versturen` says which moments are due: an outage is caught up, nothing goes twice.
3. Per recipient one transaction: the rows (ON CONFLICT DO NOTHING) and one digest in the outbox. When today's
   digest has gone already, the rows are left for tomorrow, so that no reminder is noted without its mail.

No mail holds client data: it counts, and points to the page (R33, R109).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from beschikkingen.enums import Herinnersoort, Leveringsvorm
from beschikkingen.models import Toewijzing
from beschikkingen.termijnen import Herinnerinstelling, Herinnermoment, Verzonden, te_versturen
from logboek.actions import leg_vast
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from resultaat.actions.herinnerkopie import kopieer_aan_consulenten
from resultaat.actions.herinnerpost import brief, onderwerp
from resultaat.models import Herinnering
from resultaat.queries.termijnen import OpenTermijn, termijnen, venster
from techniek.actions import zet_mail_klaar
from wmo_portal.lib.tijd import dag_van

DIGEST: Final = "herinneringen"


@dataclass(frozen=True, slots=True)
class Uitslag:
    herinneringen: int
    mails: int
    kopieen: int
    zonder_ontvanger: int
    """Allocations whose provider has no active user and no address."""

    @property
    def zin(self) -> str:
        zin = f"{self.herinneringen} herinneringen vastgelegd, {self.mails} mails en {self.kopieen} kopieën klaargezet."
        if self.zonder_ontvanger:
            zin += f" Bij {self.zonder_ontvanger} toewijzingen heeft de aanbieder geen e-mailadres."
        return zin


@dataclass(frozen=True, slots=True)
class Post:
    """What one recipient is to be told today: each open deadline with the moments that are due."""

    ontvanger: str
    termijnen: tuple[tuple[OpenTermijn, tuple[Herinnermoment, ...]], ...]


def herinner(*, vandaag: date, moment: datetime) -> Uitslag:
    """Do what is due today. May run as often as one likes, also several at once; runs under the system's scope."""
    gemeenten = list(Gemeente.objects.filter(ingericht=True).order_by("code"))
    lijst = [t for gemeente in gemeenten for t in _te_herinneren(gemeente, vandaag)]
    instelling = {g.pk: _instelling(g) for g in gemeenten}
    adressen = _ontvangers()
    rijen = mails = 0
    for post in _post(lijst, adressen, instelling, vandaag):
        aantal = _verstuur(post, vandaag, moment)
        rijen, mails = rijen + aantal, mails + bool(aantal)
    kopieen = kopieer_aan_consulenten(vandaag=vandaag, moment=moment)
    zonder = sum(1 for t in lijst if not adressen.get(t.rij["aanbieder_id"]))
    return Uitslag(rijen, mails, kopieen, zonder)


def _te_herinneren(gemeente: Gemeente, vandaag: date) -> list[OpenTermijn]:
    van, tot = venster(vandaag, vooruit_weken=max(gemeente.herinnermomenten, default=0) - 7)
    basis = Toewijzing.objects.filter(gemeente=gemeente, leveringsvorm=Leveringsvorm.ZIN)
    return [t for t in termijnen(basis, doel_van=van, doel_tot=tot) if t.reden is None]


def _ontvangers() -> dict[int, tuple[str, ...]]:
    """Per provider the addresses of its active users, each once; without users the provider's own (U26)."""
    per_aanbieder: dict[int, set[str]] = defaultdict(set)
    mensen = Gebruiker.objects.filter(rol=Rol.AANBIEDER, is_active=True).values_list("aanbieder_id", "email")
    for aanbieder, email in mensen:
        per_aanbieder[aanbieder or 0].add(email.lower())
    for aanbieder, email in Aanbieder.objects.exclude(email="").values_list("pk", "email"):
        if aanbieder not in per_aanbieder:
            per_aanbieder[aanbieder].add(email.lower())
    return {aanbieder: tuple(sorted(adressen)) for aanbieder, adressen in per_aanbieder.items()}


def _post(
    lijst: list[OpenTermijn],
    adressen: dict[int, tuple[str, ...]],
    instelling: dict[int, Herinnerinstelling],
    vandaag: date,
) -> Iterator[Post]:
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
        yield Post(adres, tuple(per_ontvanger[adres]))


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
class _AlGemaild(Exception):
    """Today's digest has gone: what came up since waits for tomorrow's."""


def _verstuur(post: Post, vandaag: date, moment: datetime) -> int:
    """The rows that are new for this recipient and one mail about them, or nothing at all. Returns the rows."""
    sleutel = f"{DIGEST}:{vandaag}:{post.ontvanger}"
    try:
        with transaction.atomic():
            nieuw = _leg_vast(post, sleutel, moment)
            if not nieuw:
                return 0
            over = [t for t, _ in post.termijnen if t.pk in nieuw]
            if not zet_mail_klaar(
                sleutel=sleutel,
                aan=post.ontvanger,
                onderwerp=onderwerp(over),
                tekst=brief(over, vandaag),
                op=moment,
            ):
                raise _AlGemaild
            leg_vast(
                actie="herinnering.versturen",
                door=None,
                object_soort="aanbieder",
                object_kenmerk=over[0].rij["aanbieder_id"],
                aanbieder_id=over[0].rij["aanbieder_id"],
                doel="Wmo: termijn van 8 weken",
                details={"toewijzingen": len(over), "herinneringen": sum(nieuw.values())},
            )
            return sum(nieuw.values())
    except _AlGemaild:
        return 0


def _leg_vast(post: Post, sleutel: str, moment: datetime) -> dict[int, int]:
    """Insert what is not there yet; per allocation the number of rows that are really new (the database decides)."""
    rijen = [
        (t.rij["gemeente_id"], t.rij["aanbieder_id"], t.pk, str(m.soort), m.weken, m.datum, t.termijn.datum)
        for t, due in post.termijnen
        for m in due
    ]
    kolommen = list(zip(*rijen, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(LEG_VAST, [post.ontvanger, sleutel, moment, *map(list, kolommen)])
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
