"""What was read for a report, in memory: any period and any mapping is counted from it without reading again.

Pure: `queries.uitval.lees_bron` fills it; the trend over quarters and "what if we counted otherwise" (M8) reuse it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beschikkingen.enums import Leveringsvorm
from rapportage.categorieen import Afspraak, Afspraken, geldig_op
from rapportage.overzicht import Keuze, Los, Naam, Regel, Uitval
from rapportage.tellingen import Einde, tel
from rapportage.tellingen import Levering as Geleverd
from wmo_portal.lib.perioden import Periode


@dataclass(frozen=True, slots=True)
class Toegewezen:
    """One allocation with what was delivered on it: per start the ends."""

    pk: int
    aanbieder_id: int
    client_id: int
    beschikking_id: int
    leveringsvorm: Leveringsvorm
    wachtlijst: bool
    leveringen: tuple[tuple[date, tuple[Einde, ...]], ...]

    def gestart(self, op: date) -> bool:
        return any(begin <= op for begin, _ in self.leveringen)


@dataclass(frozen=True, slots=True)
class Mens:
    """One client of one provider in one municipality: the unit that is counted (R79)."""

    aanbieder_id: int
    gemeente_id: int
    client_id: int
    sleutel: str
    afgeschermd: bool
    toewijzingen: tuple[Toegewezen, ...]


@dataclass(frozen=True)
class Bron:
    """All that was read; `uitval` counts any period from it."""

    mensen: tuple[Mens, ...]
    gemeenten: tuple[Naam, ...]
    aanbieders: tuple[Naam, ...]
    regio_van: Mapping[int, int]
    afspraken: Mapping[int, tuple[Afspraak, ...]]
    opvolgers: Mapping[int, frozenset[int]]
    """Decision -> the decisions that follow it."""
    los: Los

    def geldig_op(self, dag: date) -> dict[int, Afspraken]:
        """The mapping of each region on that day. Raises ValueError when a region has none for some code."""
        return geldig_per_regio(self.afspraken, dag)

    def uitval(self, keuze: Keuze, afspraken: Mapping[int, Afspraken] | None = None) -> Uitval:
        """Count. `afspraken` other than those of the last day is for "what if" (M8)."""
        per_regio = afspraken if afspraken is not None else self.geldig_op(keuze.periode.laatste)
        regels = tuple(
            self._regel(mens, keuze.periode, per_regio[self.regio_van[mens.gemeente_id]])
            for mens in self.mensen
        )
        return Uitval(keuze, regels, self.gemeenten, self.aanbieders, per_regio, self.los)

    def _regel(self, mens: Mens, periode: Periode, afspraken: Afspraken) -> Regel:
        leveringen = (lev for toegewezen in mens.toewijzingen for lev in self._geleverd(toegewezen, periode))
        return Regel(
            aanbieder_id=mens.aanbieder_id,
            gemeente_id=mens.gemeente_id,
            sleutel=mens.sleutel,
            telling=tel(leveringen, periode=periode, afspraken=afspraken),
            afgeschermd=mens.afgeschermd,
            client_id=mens.client_id,
        )

    def _geleverd(self, toegewezen: Toegewezen, periode: Periode) -> Iterator[Geleverd]:
        wacht = self._wacht_op_vervolg(toegewezen, periode.laatste)
        leveringen: Iterable[tuple[date | None, tuple[Einde, ...]]] = toegewezen.leveringen or [(None, ())]
        for start, einden in leveringen:
            yield Geleverd(
                start=start,
                einden=einden,
                leveringsvorm=toegewezen.leveringsvorm,
                wachtlijst=toegewezen.wachtlijst,
                vervolg_wacht=wacht,
            )

    def _wacht_op_vervolg(self, toegewezen: Toegewezen, op: date) -> bool:
        """On that day a follow-up decision gives this provider an allocation whose care has not begun (R16)."""
        return any(
            vervolg.aanbieder_id == toegewezen.aanbieder_id
            and vervolg.leveringsvorm is Leveringsvorm.ZIN
            and not vervolg.gestart(op)
            for opvolger in self.opvolgers.get(toegewezen.beschikking_id, ())
            for vervolg in self._per_beschikking.get(opvolger, ())
        )

    @cached_property
    def _per_beschikking(self) -> dict[int, list[Toegewezen]]:
        """Only of decisions that follow another one."""
        gezocht = {opvolger for alle in self.opvolgers.values() for opvolger in alle}
        per: dict[int, list[Toegewezen]] = defaultdict(list)
        for toegewezen in (t for mens in self.mensen for t in mens.toewijzingen):
            if toegewezen.beschikking_id in gezocht:
                per[toegewezen.beschikking_id].append(toegewezen)
        return per


def geldig_per_regio(afspraken: Mapping[int, tuple[Afspraak, ...]], dag: date) -> dict[int, Afspraken]:
    """The mapping of each region on that day. Raises ValueError when a region has none for some code."""
    return {regio: geldig_op(rijen, dag) for regio, rijen in afspraken.items()}
