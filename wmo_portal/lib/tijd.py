"""The only place that asks the clock. Every rule gets its date as an argument; doors get it here.

Dates are dates in Europe/Amsterdam: a message received at 23:30 UTC on 31 December belongs to the new year.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


def nu() -> datetime:
    """This moment, aware, in Dutch time."""
    return datetime.now(AMSTERDAM)


def vandaag() -> date:
    """The calendar day that is running in the Netherlands."""
    return nu().date()


def dag_van(moment: datetime) -> date:
    """The Dutch calendar day of an aware moment. Raises ValueError for a naive one: it names no day."""
    if moment.tzinfo is None:
        raise ValueError("een tijdstip zonder tijdzone hoort bij geen kalenderdag")
    return moment.astimezone(AMSTERDAM).date()
