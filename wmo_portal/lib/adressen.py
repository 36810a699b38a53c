"""Addresses by their name, each looked up once per process.

Django's `reverse` goes through the patterns, fills them in, writes the characters safely and then checks the outcome: 40 to
70 µs a time, and a page has 20 addresses in its frame and one or two per row. Of a page without parameters the address is
always the same; of one with a `uuid` only those 36 characters differ, and they need no writing safely. Whatever is not
one of these two goes to Django. The table of addresses itself and what it hangs under are part of what is kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

_VOORBEELD: Final = UUID(int=0x1234_5678_9ABC_4DEF_8123_4567_89AB_CDEF)


def adres(naam: str) -> str:
    """The address of a page without parameters; "" when there is no such page."""
    return _bewaard(naam, zonder=True, tabel=_tabel())


def adres_van(naam: str, kenmerk: UUID) -> str:
    """The address of the page of one row; "" when there is no such page, or when it asks for something else."""
    return _bewaard(naam, zonder=False, tabel=_tabel()).replace(str(_VOORBEELD), str(kenmerk))


def _tabel() -> tuple[str, ...]:
    return str(get_urlconf() or settings.ROOT_URLCONF), get_script_prefix()


@lru_cache(maxsize=1024)
def _bewaard(naam: str, *, zonder: bool, tabel: tuple[str, ...]) -> str:
    """`tabel` only makes the difference between what is kept for one table of addresses and for another."""
    try:
        return reverse(naam, args=[] if zonder else [_VOORBEELD])
    except NoReverseMatch:
        return ""
