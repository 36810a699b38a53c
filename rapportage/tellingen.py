"""The counting rules of the uitval report, one client at a time (MH §1 and notes 2 and 3; R74-R89).

A client is counted once per provider, municipality and period, in exactly one category, or not at all; both
with the sentence why. Everything the reports show is a sum of these answers, and the list behind a figure is
the list of clients that were given that answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from beschikkingen.enums import Leveringsvorm
from rapportage.categorieen import BEEINDIGD, UITVAL, VOORRANG, ZONDER_VERVOLG, Afspraak, Afspraken
from rapportage.enums import Buiten, Categorie
from stopberichten.codes import STOPCODES
from stopberichten.enums import RedenBeeindiging, Zekerheid
from wmo_portal.lib.perioden import Periode


@dataclass(frozen=True, slots=True)
class Einde:
    """An accepted stop that was not withdrawn."""

    reden: RedenBeeindiging
    einddatum: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Levering:
    """One toewijzing of the client at this provider, from one start on. A restart is a new Levering."""

    start: date | None
    """Begindatum of the 305; None while there is none (R80)."""
    einden: tuple[Einde, ...] = ()
    leveringsvorm: Leveringsvorm = Leveringsvorm.ZIN
    wachtlijst: bool = False
    """The provider marked "hulp nog niet gestart": an introduction followed by a waiting list (R80)."""
    vervolg_wacht: bool = False
    """There is a follow-up decision whose care has not started yet."""

    def buiten(self, periode: Periode) -> Buiten | None:
        """Why this delivery is no help in this period, or None when it is. First hit wins."""
        if self.leveringsvorm is Leveringsvorm.PGB:
            return Buiten.PGB
        if self.start is None or self.wachtlijst:
            return Buiten.NIET_GESTART
        if self.start > periode.laatste:
            return Buiten.NA_PERIODE
        return None

    def slot(self, op: date) -> Einde | None:
        """The definitive end on or before this day, or None when it runs (a temporary stop runs, §I.10)."""
        return max(
            (einde for einde in self.einden if STOPCODES[einde.reden].definitief and einde.einddatum <= op),
            key=lambda einde: (einde.einddatum, einde.reden),
            default=None,
        )

    def tijdelijk_gestopt(self, op: date) -> bool:
        return any(not STOPCODES[e.reden].definitief and e.einddatum <= op for e in self.einden)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The answer about one client: a category or a reason to leave it out, and the sentence why."""

    categorie: Categorie | None
    zin: str
    buiten: Buiten | None = None
    reden: RedenBeeindiging | None = None
    """The 307 code that decided, when one did."""
    afgeleid: bool = False
    """The figure rests on an inferred mapping (36-39)."""
    nakijken: bool = False
    """Somebody should look at this client before the figure is final."""

    @property
    def telt_mee(self) -> bool:
        return self.categorie is not None


def tel(leveringen: Iterable[Levering], *, periode: Periode, afspraken: Afspraken) -> Telling:
    """How one client counts at one provider in one municipality (R79).

    Care that runs on the last day wins over any ending; otherwise the last definitive ending counts, if it
    fell within the period; endings on one day by the order 04, 03, 02, 05, 01.
    """
    alle = tuple(leveringen)
    mee = [levering for levering in alle if levering.buiten(periode) is None]
    lopend = [levering for levering in mee if levering.slot(periode.laatste) is None]
    if lopend:
        return _in_zorg(lopend, periode)
    slotten = [(levering, slot) for levering in mee if (slot := levering.slot(periode.laatste))]
    if doorgaand := [s for lev, s in slotten if lev.vervolg_wacht and _gaat_door(s, afspraken)]:
        return _wacht_op_vervolg(max(doorgaand, key=lambda slot: (slot.einddatum, slot.reden)), afspraken)
    laatste = max((slot.einddatum for _, slot in slotten), default=date.min)
    if laatste < periode.eerste:
        return _telt_niet(alle, periode, laatste if slotten else None)
    return _beeindigd([slot for _, slot in slotten if slot.einddatum == laatste], afspraken)


def _in_zorg(lopend: list[Levering], periode: Periode) -> Telling:
    start = min(levering.start for levering in lopend if levering.start)
    zin = f"Nog in zorg op {periode.laatste:%d-%m-%Y}; gestart op {start:%d-%m-%Y}."
    if all(levering.tijdelijk_gestopt(periode.laatste) for levering in lopend):
        zin = f"{zin[:-1]}, nu tijdelijk gestopt (code 20)."
    return Telling(categorie=Categorie.NOG_IN_ZORG, zin=zin)


def _gaat_door(slot: Einde, afspraken: Afspraken) -> bool:
    return afspraken[slot.reden].categorie is Categorie.NOG_IN_ZORG


def _wacht_op_vervolg(slot: Einde, afspraken: Afspraken) -> Telling:
    return Telling(
        categorie=Categorie.NOG_IN_ZORG,
        zin=f"Nog in zorg: gestopt op {slot.einddatum:%d-%m-%Y} met code {slot.reden}, en er is een vervolg.",
        reden=slot.reden,
        afgeleid=is_afgeleid(afspraken[slot.reden]),
    )


def is_afgeleid(afspraak: Afspraak) -> bool:
    return afspraak.zekerheid is Zekerheid.AFGELEID


def _beeindigd(slotten: list[Einde], afspraken: Afspraken) -> Telling:
    """By the order of the categories, then of the codes: in what order they were read changes nothing."""
    slot = min(slotten, key=lambda slot: (VOORRANG.index(_categorie(slot, afspraken)), slot.reden))
    categorie, afspraak = _categorie(slot, afspraken), afspraken[slot.reden]
    zin = (
        f"Beëindigd op {slot.einddatum:%d-%m-%Y} met code {slot.reden} ({slot.reden.label}): "
        f"telt als {categorie}, {categorie.label[0].lower()}{categorie.label[1:]}."
    )
    nakijken = _gaat_door(slot, afspraken)
    return Telling(
        categorie=categorie,
        zin=f"{zin} Er is geen vervolg gevonden; kijk dit na." if nakijken else zin,
        reden=slot.reden,
        afgeleid=is_afgeleid(afspraak),
        nakijken=nakijken,
    )


def _categorie(slot: Einde, afspraken: Afspraken) -> Categorie:
    categorie = afspraken[slot.reden].categorie
    return ZONDER_VERVOLG if categorie is Categorie.NOG_IN_ZORG else categorie


def _telt_niet(alle: tuple[Levering, ...], periode: Periode, laatste: date | None) -> Telling:
    redenen = {reden for levering in alle if (reden := levering.buiten(periode))}
    if laatste:
        redenen.add(Buiten.VOOR_PERIODE)
    waarom = next((reden for reden in Buiten if reden in redenen), Buiten.GEEN_ZORG)
    zin = f"Telt niet mee: {waarom.label[0].lower()}{waarom.label[1:]}"
    return Telling(
        categorie=None,
        buiten=waarom,
        zin=f"{zin} (op {laatste:%d-%m-%Y})." if laatste else f"{zin}.",
    )


EEN_DECIMAAL: Final = Decimal("0.1")
GEEN_PERCENTAGE: Final = "–"
AFRONDING: Final = "Percentages zijn afgerond op één decimaal en tellen daardoor niet altijd op tot 100,0."


def percentage(deel: int, geheel: int) -> Decimal | None:
    """`deel` as a percentage of `geheel`, one decimal, half up; None when there is nothing to divide (R77)."""
    if geheel == 0:
        return None
    return (Decimal(100 * deel) / Decimal(geheel)).quantize(EEN_DECIMAAL, ROUND_HALF_UP)


def toon(waarde: Decimal | None) -> str:
    """`12,5%`, or a dash when there is no percentage."""
    return GEEN_PERCENTAGE if waarde is None else f"{waarde}%".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Verdeling:
    """The six numbers of one row of the report, and everything that is computed from them."""

    aantallen: Mapping[Categorie, int]

    @property
    def totaal(self) -> int:
        """The base of the first percentage column: all six categories (R77)."""
        return sum(self.aantallen.values())

    @property
    def beeindigd(self) -> int:
        """The base of the second column: the clients whose care ended."""
        return sum(self.aantallen[categorie] for categorie in BEEINDIGD)

    @property
    def uitval(self) -> int:
        """Uitval in the strict sense: 03 + 04 (MH note 3, R87)."""
        return sum(self.aantallen[categorie] for categorie in UITVAL)

    def aandeel(self, categorie: Categorie) -> Decimal | None:
        return percentage(self.aantallen[categorie], self.totaal)

    def aandeel_beeindigd(self, categorie: Categorie) -> Decimal | None:
        """Share of the ended clients; None for "nog in zorg", which is no part of them."""
        if categorie not in BEEINDIGD:
            return None
        return percentage(self.aantallen[categorie], self.beeindigd)

    @property
    def uitval_aandeel(self) -> Decimal | None:
        return percentage(self.uitval, self.totaal)

    @property
    def uitval_aandeel_beeindigd(self) -> Decimal | None:
        return percentage(self.uitval, self.beeindigd)


def verdeel(categorieen: Iterable[Categorie]) -> Verdeling:
    """Count; a category nobody is in is there with 0."""
    aantallen = dict.fromkeys(Categorie, 0)
    for categorie in categorieen:
        aantallen[categorie] += 1
    return Verdeling(aantallen)
