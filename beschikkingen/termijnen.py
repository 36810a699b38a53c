"""The 8-week deadline and its reminders, as arithmetic on dates (H5 §1B, §1C, §2; R59-R65).

Everything is derived: from the end date (or monitoring date), the day of registration and what was already
sent, follows what must be sent on a given day. A week without any job is caught up by the next run, and two
runs on one day ask for nothing twice. The name of the document differs per municipality and is data.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from beschikkingen.enums import Herinnersoort, Leveringsvorm, Vervulling
from wmo_portal.lib.werkdagen import GEEN_EXTRA, werkdag_op_of_voor

WEEK: Final = timedelta(weeks=1)
ACHT_WEKEN: Final = timedelta(days=56)


@dataclass(frozen=True, slots=True, kw_only=True)
class Herinnerinstelling:
    """What a municipality may set (R60, R62)."""

    weken_vooraf: tuple[int, ...] = (12, 10, 8)
    te_laat_hoogstens_weken: int = 26
    """Weekly reminders stop this many weeks after the deadline: the worklist of the municipality has it."""
    verkort_dagen: int = 14


STANDAARD: Final = Herinnerinstelling()


@dataclass(frozen=True, slots=True)
class Termijn:
    """A deadline. A document received on `datum` itself is on time (R59)."""

    datum: date
    verkort: bool
    doel: date
    """The end date or the monitoring date it belongs to."""
    vanaf: date
    """From this day on the provider could know: the later of registration and start of the decision."""

    def op_tijd(self, ontvangen: date) -> bool:
        return ontvangen <= self.datum

    def dagen_over(self, vandaag: date) -> int:
        """Days left; 0 on the day itself, negative when it has passed."""
        return (self.datum - vandaag).days


def deadline(
    doel: date, *, registratiedatum: date, verkort_dagen: int = 14, begindatum: date | None = None
) -> Termijn:
    """The last day on which the document is on time: 56 calendar days before `doel` (R59).

    When that day lies before the provider could know of the decision, the deadline is `verkort_dagen`
    after it could, and is marked so (R62). That may lie past `doel`: nobody is late before he was asked.
    `registratiedatum` is the day on which *this* end date became known: for a decision that was shortened
    by a 301, the day of that 301.
    """
    vanaf = max(registratiedatum, begindatum or registratiedatum)
    gewoon = doel - ACHT_WEKEN
    if gewoon >= vanaf:
        return Termijn(gewoon, verkort=False, doel=doel, vanaf=vanaf)
    return Termijn(vanaf + timedelta(days=verkort_dagen), verkort=True, doel=doel, vanaf=vanaf)


@dataclass(frozen=True, slots=True)
class Herinnermoment:
    """One reminder that belongs to a deadline. (`soort`, `weken`, `datum`) is its identity for ever."""

    soort: Herinnersoort
    weken: int
    """Weeks before the end date (vooraf) or after the deadline (te laat); 0 for a verkorte termijn."""
    datum: date
    """The day by the calendar."""
    verzenddatum: date
    """The day it goes out: `datum`, or the working day before when that is no working day (R59)."""


@dataclass(frozen=True, slots=True)
class Verzonden:
    """A reminder that went out, for whatever end date the decision had then (R63)."""

    soort: Herinnersoort
    weken: int
    datum: date
    verzonden_datum: date


def momenten(
    termijn: Termijn,
    *,
    tot_en_met: date,
    instelling: Herinnerinstelling = STANDAARD,
    extra_vrij: Collection[date] = GEEN_EXTRA,
) -> tuple[Herinnermoment, ...]:
    """All reminders of this deadline that go out on or before `tot_en_met`, in that order."""
    alle = (
        Herinnermoment(soort, weken, datum, werkdag_op_of_voor(datum, extra=extra_vrij))
        for soort, weken, datum in _kalender(termijn, instelling)
    )
    return tuple(sorted((m for m in alle if m.verzenddatum <= tot_en_met), key=lambda m: m.datum))


def _kalender(termijn: Termijn, instelling: Herinnerinstelling) -> Iterator[tuple[Herinnersoort, int, date]]:
    for weken in instelling.weken_vooraf:
        dag = termijn.doel - weken * WEEK
        if dag >= termijn.vanaf:
            yield Herinnersoort.VOORAF, weken, dag
    if termijn.verkort:
        yield Herinnersoort.VERKORT, 0, termijn.vanaf
    for weken in range(1, instelling.te_laat_hoogstens_weken + 1):
        yield Herinnersoort.TE_LAAT, weken, termijn.datum + weken * WEEK


def te_versturen(
    termijn: Termijn,
    *,
    vandaag: date,
    verzonden: Collection[Verzonden] = (),
    instelling: Herinnerinstelling = STANDAARD,
    extra_vrij: Collection[date] = GEEN_EXTRA,
) -> tuple[Herinnermoment, ...]:
    """The reminders that are due on `vandaag` and not yet sent, oldest first (R60, R65).

    After an outage several may be due at once: each is to be recorded, and one mail that speaks of the last
    of them tells the provider all there is to tell. Sending what this returns and asking again gives ().
    """
    gedaan = {(v.soort, v.weken, v.datum) for v in verzonden}
    rij = momenten(termijn, tot_en_met=vandaag, instelling=instelling, extra_vrij=extra_vrij)
    return tuple(
        m for m in rij if (m.soort, m.weken, m.datum) not in gedaan and not _pas_nog_gehad(m, verzonden)
    )


def _pas_nog_gehad(moment: Herinnermoment, verzonden: Collection[Verzonden]) -> bool:
    """The same reminder went out less than a week before, for an end date that has moved since (R63)."""
    return any(
        (v.soort, v.weken) == (moment.soort, moment.weken)
        and v.datum != moment.datum
        and abs(v.verzonden_datum - moment.verzenddatum) < WEEK
        for v in verzonden
    )


def volgende_moment(
    termijn: Termijn,
    *,
    na: date,
    instelling: Herinnerinstelling = STANDAARD,
    extra_vrij: Collection[date] = GEEN_EXTRA,
) -> Herinnermoment | None:
    """The first reminder that goes out after `na`, or None when the series has ended."""
    rij = momenten(termijn, tot_en_met=date.max, instelling=instelling, extra_vrij=extra_vrij)
    return next((m for m in rij if m.verzenddatum > na), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plicht:
    """What decides whether a provider is reminded at all about one toewijzing."""

    leveringsvorm: Leveringsvorm = Leveringsvorm.ZIN
    tussenstap: bool = False
    """The date is the end of a step of a getrapte indicatie that is not the last one."""
    gestopt: bool = False
    """A definitive stop was accepted and not withdrawn."""
    vervulling: Vervulling | None = None


def geen_herinnering_omdat(plicht: Plicht) -> str | None:
    """The Dutch sentence why no reminder goes out, or None when reminders do go out. First hit wins."""
    if plicht.leveringsvorm is Leveringsvorm.PGB:
        return "Bij een pgb krijgt de aanbieder geen herinnering: de werkwijze gaat over zorg in natura."
    if plicht.tussenstap:
        return "Een tussenstap van een getrapte indicatie vraagt geen evaluatie (werkwijze §3)."
    if plicht.gestopt:
        return "De zorg is al gestopt."
    if plicht.vervulling is not None:
        return f"Er is aan voldaan: {plicht.vervulling.label.lower()}."
    return None
