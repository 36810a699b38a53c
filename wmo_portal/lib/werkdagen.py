"""Working days by the Algemene termijnenwet (Atw).

Art. 3 lid 1 names Nieuwjaarsdag, Tweede Paasdag, Tweede Pinksterdag, both Kerstdagen, Hemelvaartsdag, the
day on which the birthday of the King is celebrated, and 5 May (every year, not only the jubilee years).
Lid 2 equates Goede Vrijdag. Lid 3 lets the Crown equate further days by decree; those differ from year
to year and come in as `extra`. Eerste Paasdag and Eerste Pinksterdag are Sundays and so never count anyway;
they are in the list of `feestdagen` because a reader looks for them there.

The message standard counts in "werkdagen" (OP271, OP272) without defining them; this is our reading.
All functions cost at most a few steps per day counted; a year's holidays are computed once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

DAG: Final = timedelta(days=1)
_ZATERDAG: Final = 5
_EERSTE_KONINGSDAG: Final = 2014
GEEN_EXTRA: Final[frozenset[date]] = frozenset()


def eerste_paasdag(jaar: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous computus). Raises ValueError before 1583."""
    if jaar < 1583:
        raise ValueError(f"voor {jaar} is er geen Pasen in onze kalender; verwacht een jaar vanaf 1583")
    eeuw, rest = divmod(jaar, 100)
    gulden = jaar % 19
    maan = (19 * gulden + eeuw - eeuw // 4 - (eeuw - (eeuw + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (eeuw % 4) + 2 * (rest // 4) - maan - rest % 4) % 7
    schuif = (gulden + 11 * maan + 22 * week) // 451
    maand, dag = divmod(maan + week - 7 * schuif + 114, 31)
    return date(jaar, maand, dag + 1)


def koningsdag(jaar: int) -> date:
    """27 April, or 26 April when that is a Sunday; 30 April (29) as Koninginnedag before 2014."""
    dag = date(jaar, 4, 27 if jaar >= _EERSTE_KONINGSDAG else 30)
    return dag - DAG if dag.weekday() == 6 else dag


@lru_cache(maxsize=128)
def feestdagen(jaar: int) -> Mapping[date, str]:
    """The recognised holidays of a year with their names, in calendar order."""
    pasen = eerste_paasdag(jaar)
    dagen = [
        (date(jaar, 1, 1), "Nieuwjaarsdag"),
        (pasen - 2 * DAG, "Goede Vrijdag"),
        (pasen, "Eerste Paasdag"),
        (pasen + DAG, "Tweede Paasdag"),
        (koningsdag(jaar), "Koningsdag"),
        (date(jaar, 5, 5), "Bevrijdingsdag"),
        (pasen + 39 * DAG, "Hemelvaartsdag"),
        (pasen + 49 * DAG, "Eerste Pinksterdag"),
        (pasen + 50 * DAG, "Tweede Pinksterdag"),
        (date(jaar, 12, 25), "Eerste Kerstdag"),
        (date(jaar, 12, 26), "Tweede Kerstdag"),
    ]
    return MappingProxyType(dict(sorted(dagen)))


def is_werkdag(dag: date, *, extra: Collection[date] = GEEN_EXTRA) -> bool:
    """Not a Saturday, a Sunday, a recognised holiday, or a day equated by decree (`extra`)."""
    return dag.weekday() < _ZATERDAG and dag not in feestdagen(dag.year) and dag not in extra


def vorige_werkdag(dag: date, *, extra: Collection[date] = GEEN_EXTRA) -> date:
    """The last working day strictly before `dag`."""
    return plus_werkdagen(dag, -1, extra=extra)


def volgende_werkdag(dag: date, *, extra: Collection[date] = GEEN_EXTRA) -> date:
    """The first working day strictly after `dag`."""
    return plus_werkdagen(dag, 1, extra=extra)


def werkdag_op_of_voor(dag: date, *, extra: Collection[date] = GEEN_EXTRA) -> date:
    """`dag` itself when it is a working day, else the last one before it."""
    return dag if is_werkdag(dag, extra=extra) else vorige_werkdag(dag, extra=extra)


def werkdag_op_of_na(dag: date, *, extra: Collection[date] = GEEN_EXTRA) -> date:
    """`dag` itself when it is a working day, else the first one after it (Atw art. 1 lid 1)."""
    return dag if is_werkdag(dag, extra=extra) else volgende_werkdag(dag, extra=extra)


def plus_werkdagen(dag: date, aantal: int, *, extra: Collection[date] = GEEN_EXTRA) -> date:
    """The day `aantal` working days after `dag` (before it when negative). 0 gives `dag` itself.

    "Within 5 working days after the stop" is met on `plus_werkdagen(einddatum, 5)` and not a day later.
    """
    stap = DAG if aantal > 0 else -DAG
    te_gaan = abs(aantal)
    while te_gaan:
        dag += stap
        te_gaan -= is_werkdag(dag, extra=extra)
    return dag


def werkdagen_tussen(van: date, tot: date, *, extra: Collection[date] = GEEN_EXTRA) -> int:
    """Working days after `van` up to and including `tot`; negative when `tot` lies before `van`.

    So `werkdagen_tussen(einddatum, ontvangst) > 5` is late (OP272, R73).
    """
    if tot < van:
        return -werkdagen_tussen(tot, van, extra=extra)
    return sum(is_werkdag(van + n * DAG, extra=extra) for n in range(1, (tot - van).days + 1))
