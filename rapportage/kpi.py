"""The KPI "resultaat behaald" (werkwijze H5): shares with and without neutraal, per judgement and per client.

Pure. One judgement is one line of bijlage 3 about one resultaatgebied; its figures are sums of such lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rapportage.merk import merk
from rapportage.tellingen import percentage
from resultaat.enums import Uitkomst

BEGIN: Final = date(2023, 1, 1)
"""From this day on the KPI is recorded (R1)."""


class Dimensie(StrEnum):
    """Along what the judgements are divided."""

    GEMEENTE = "gemeente"
    AANBIEDER = "aanbieder"
    RESULTAATGEBIED = "resultaatgebied"
    TREDE = "trede"
    PERSPECTIEF = "perspectief"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Waarde:
    """A value of a dimension: what an address and a sorted table hold, and what a reader sees."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Oordeel:
    """One judgement that stands, about one resultaatgebied of one client."""

    sleutel: str
    afgeschermd: bool
    toewijzing: int
    dag: date
    uitkomst: Uitkomst
    redenen: tuple[str, ...]
    plaats: Mapping[Dimensie, Waarde]
    volgorde: int = 0
    """The later judgement on one day is the higher one."""

    @property
    def merk(self) -> str:
        return merk(self.sleutel)

    @property
    def client(self) -> tuple[str, str]:
        """A person in one municipality."""
        return self.plaats[Dimensie.GEMEENTE].code, self.sleutel

    @property
    def zin(self) -> str:
        """Why it counts where it counts."""
        hoe = {Uitkomst.JA: "telt als behaald", Uitkomst.NEE_NEUTRAAL: "telt alleen mee met neutraal"}
        moment = self.plaats[Dimensie.MOMENT].label.lower()
        return (
            f"{self.uitkomst.label} op {self.dag:%d-%m-%Y} ({moment}): "
            f"{hoe.get(self.uitkomst, 'telt als niet behaald')}."
        )


@dataclass(frozen=True, slots=True)
class Aandeel:
    """The four numbers of bijlage 3 and the two shares."""

    aantallen: Mapping[Uitkomst, int]

    @property
    def totaal(self) -> int:
        return sum(self.aantallen.values())

    @property
    def behaald(self) -> int:
        return self.aantallen[Uitkomst.JA]

    @property
    def zonder_neutraal(self) -> Decimal | None:
        """The headline (eisen, ambiguity 3)."""
        return percentage(self.behaald, self.totaal - self.aantallen[Uitkomst.NEE_NEUTRAAL])

    @property
    def met_neutraal(self) -> Decimal | None:
        return percentage(self.behaald, self.totaal)


def aandeel(uitkomsten: Iterable[Uitkomst]) -> Aandeel:
    aantallen = dict.fromkeys(Uitkomst, 0)
    for uitkomst in uitkomsten:
        aantallen[uitkomst] += 1
    return Aandeel(aantallen)


def van_client(oordelen: Iterable[Oordeel]) -> Uitkomst:
    """One client's answer over all areas: the last judgement of each area, then the worst of those.

    A "nee" by somebody's doing goes before everything; "neutraal" beside "ja" leaves the rest to decide; only
    "neutraal" is neutraal (eisen, ambiguity 4).
    """
    laatste: dict[int, Oordeel] = {}
    for oordeel in sorted(oordelen, key=lambda o: (o.dag, o.volgorde)):
        laatste[oordeel.toewijzing] = oordeel
    uitkomsten = {oordeel.uitkomst for oordeel in laatste.values()}
    for zwaarst in (Uitkomst.NEE_ZORGAANBIEDER, Uitkomst.NEE_CLIENT, Uitkomst.JA):
        if zwaarst in uitkomsten:
            return zwaarst
    return Uitkomst.NEE_NEUTRAAL


def alle_gebieden(oordelen: Iterable[Oordeel]) -> tuple[Decimal | None, Decimal | None, int]:
    """Share of clients that reached the result in all areas: (without neutraal, with neutraal, clients).

    With neutraal a client with one neutral area has not reached it in all of them.
    """
    per: dict[tuple[str, str], list[Oordeel]] = defaultdict(list)
    for oordeel in oordelen:
        per[oordeel.client].append(oordeel)
    zonder = aandeel(van_client(groep) for groep in per.values()).zonder_neutraal
    volledig = sum(1 for groep in per.values() if _alles_ja(groep))
    return zonder, percentage(volledig, len(per)), len(per)


def _alles_ja(oordelen: list[Oordeel]) -> bool:
    laatste = {o.toewijzing: o.uitkomst for o in sorted(oordelen, key=lambda o: (o.dag, o.volgorde))}
    return all(uitkomst.behaald for uitkomst in laatste.values())


def per_reden(oordelen: Iterable[Oordeel]) -> dict[tuple[Uitkomst, str], int]:
    """How many judgements name each reason; one judgement may name several."""
    per: dict[tuple[Uitkomst, str], int] = defaultdict(int)
    for oordeel in oordelen:
        for reden in set(oordeel.redenen):
            per[(oordeel.uitkomst, reden)] += 1
    return dict(
        sorted(per.items(), key=lambda paar: (Uitkomst.codes().index(paar[0][0]), -paar[1], paar[0][1]))
    )
