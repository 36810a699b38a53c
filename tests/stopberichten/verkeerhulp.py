"""Starts and stops in short, what went before them, and which codes a message gets back."""

from datetime import date, timedelta

from stopberichten.enums import RedenBeeindiging, StatusAanlevering
from stopberichten.leveringen import Historie, Product, Startsleutel, Stopsleutel
from stopberichten.verkeer import beoordeel_305, beoordeel_307
from stopberichten.verkeersregels import (
    Kop,
    Omgeving,
    Start,
    Stop,
)

DAG = timedelta(days=1)
VANDAAG = date(2026, 10, 12)
KOP = Kop(dagtekening=VANDAAG, gemeentecode="1783")
OMGEVING = Omgeving(vandaag=VANDAAG, gemeentecodes={"1783", "0935"})
BEGELEIDING = Product("02", "02A03")
DAGBESTEDING = Product("07", "07A12")
WEG = StatusAanlevering.VERWIJDEREN


MAART, APRIL, JUNI = date(2026, 3, 2), date(2026, 4, 1), date(2026, 6, 30)


def sleutel(begin=MAART, nummer=4711, product=BEGELEIDING):
    return Startsleutel(nummer, product, begin)


def start(*a, status=StatusAanlevering.EERSTE, **k):
    return Start(sleutel(*a, **k), status)


def stop(code, eind=JUNI, *a, status=StatusAanlevering.EERSTE, **k):
    return Stop(Stopsleutel(sleutel(*a, **k), RedenBeeindiging(code), eind), status)


def historie(*feiten, toewijzingen=(4711, 4712)):
    gevonden = Historie(frozenset(toewijzingen))
    for feit in feiten:
        is_start = isinstance(feit, Start)
        gevonden = gevonden.met_start(feit.sleutel) if is_start else gevonden.met_stop(feit.sleutel)
    return gevonden


def codes_305(*items, na=None, kop=KOP, omgeving=OMGEVING):
    return beoordeel_305(kop, items, historie=historie() if na is None else na, omgeving=omgeving).producten


def codes_307(*items, na=None, kop=KOP, omgeving=OMGEVING):
    return beoordeel_307(kop, items, historie=historie() if na is None else na, omgeving=omgeving).producten
