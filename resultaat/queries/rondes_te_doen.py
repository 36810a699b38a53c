"""Which rounds are due: for the clock those that run by themselves, for people the list they begin with on the 1st."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncMonth

from organisaties.models import Gebruiker, Gemeente
from resultaat.models import Ronde
from resultaat.queries.ronde import gemeenten_van
from resultaat.statussen import RondeStatus
from stopberichten.models import Stop
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import dag_van

HOOGSTENS_TERUG: Final = 24
"""Missed months that are caught up at most; older backlog is in every later round anyway."""


def aan_de_beurt(vandaag: date) -> list[tuple[Gemeente, Maand]]:
    """The (municipality, month) pairs whose automatic round is due and was never begun, oldest first.

    Every month from the first round a municipality ever had; without any round only the last month. A month that
    was undone by a person, or failed too often, waits for a person.
    """
    gemeenten = Gemeente.objects.filter(ronde_automatisch=True, ingericht=True).order_by("code")
    return _wacht(gemeenten, vandaag, _is_gehad)


Gehad = Callable[[Ronde], bool]


def _wacht(gemeenten: Iterable[Gemeente], vandaag: date, gehad: Gehad) -> list[tuple[Gemeente, Maand]]:
    lijst, rijen = list(gemeenten), defaultdict(list)
    for ronde in Ronde.objects.filter(proef=False, gemeente__in=lijst).order_by("maand"):
        rijen[ronde.gemeente_id].append(ronde)
    return [(g, maand) for g in lijst for maand in _te_doen(g, rijen[g.pk], vandaag, gehad)]


def _te_doen(gemeente: Gemeente, rondes: list[Ronde], vandaag: date, gehad: Gehad) -> Iterator[Maand]:
    laatste = Maand.van(vandaag).vorige
    if vandaag.day < gemeente.ronde_dag:
        laatste = laatste.vorige
    maand = Maand.van(rondes[0].maand) if rondes else laatste
    maand = max(maand, laatste.plus(1 - HOOGSTENS_TERUG))
    klaar = {Maand.van(r.maand) for r in rondes if gehad(r)}
    while maand <= laatste:
        if maand not in klaar:
            yield maand
        maand = maand.volgende


def _is_gehad(ronde: Ronde) -> bool:
    """Done after the month had ended, undone on purpose, or unfinished (`onafgemaakt` has those)."""
    return ronde.status != RondeStatus.KLAAR or _na_de_maand(ronde)


def _hoeft_niet_meer(ronde: Ronde) -> bool:
    """For people: a month that was undone, or whose round failed, is theirs to run again."""
    return ronde.status == RondeStatus.BEZIG or (ronde.status == RondeStatus.KLAAR and _na_de_maand(ronde))


def _na_de_maand(ronde: Ronde) -> bool:
    return ronde.klaar_op is None or dag_van(ronde.klaar_op) > Maand.van(ronde.maand).laatste


@dataclass(frozen=True, slots=True)
class TeDraaien:
    """A round that nobody has run yet, and how many stops it will look at."""

    gemeente: Gemeente
    maand: Maand
    open: int


def te_draaien(gebruiker: Gebruiker, vandaag: date) -> list[TeDraaien]:
    """The rounds that wait for this person: every month that is over and has no round. Three queries."""
    wachtend = _wacht(gemeenten_van(gebruiker).order_by("naam"), vandaag, _hoeft_niet_meer)
    per_maand = (
        Stop.objects.open()
        .filter(gemeente__in={gemeente.pk for gemeente, _ in wachtend})
        .values_list("gemeente_id", TruncMonth("einddatum"))
        .annotate(aantal=Count("pk"))
        .order_by()
    )
    stops = list(per_maand) if wachtend else []
    return [
        TeDraaien(g, maand, sum(n for pk, dag, n in stops if pk == g.pk and dag <= maand.laatste))
        for g, maand in wachtend
    ]
