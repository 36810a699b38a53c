"""The uitval report as tables of words and numbers: screen, Excel and PDF print these and count nothing themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rapportage.enums import Categorie
from rapportage.merk import AFGESCHERMD, AFGESCHERMD_ZIN
from rapportage.overzicht import BEEINDIGD_GROEP, UITVAL_GROEP, Naam, Overzicht, Regel, Uitval
from rapportage.tellingen import Verdeling

KORTE_NAMEN: Final = {
    Categorie.VOLGENS_PLAN: "01 volgens plan",
    Categorie.IN_OVEREENSTEMMING: "02 in overeenstemming",
    Categorie.EENZIJDIG_CLIENT: "03 eenzijdig door cliënt",
    Categorie.EENZIJDIG_AANBIEDER: "04 eenzijdig door aanbieder",
    Categorie.EXTERN: "05 externe omstandigheden",
    Categorie.NOG_IN_ZORG: "Nog in zorg",
}
GRAFIEKCODES: Final = {c: ("Z" if c is Categorie.NOG_IN_ZORG else c.value) for c in Categorie}
TOTAAL: Final = "Totaal"


class Soort(StrEnum):
    """What a row is about; also the name of the filter that opens its clients."""

    GEMEENTE = "gemeente"
    AANBIEDER = "aanbieder"
    TOTAAL = "totaal"


@dataclass(frozen=True, slots=True)
class Cel:
    """A number with its two percentages; `adres` finds the clients behind it."""

    aantal: int
    aandeel: Decimal | None
    aandeel_beeindigd: Decimal | None
    kop: str
    adres: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rij:
    soort: Soort
    label: str
    code: str
    cellen: tuple[Cel, ...]
    totaal: Cel
    beeindigd: Cel
    uitval: Cel


@dataclass(frozen=True, slots=True)
class Tabel:
    kop: str
    rijen: tuple[Rij, ...]
    totaal: Rij


def per_gemeente(uitval: Overzicht) -> Tabel:
    return _tabel("Gemeente", Soort.GEMEENTE, uitval.gemeenten, uitval.per_gemeente, uitval.totaal)


def per_aanbieder(uitval: Overzicht) -> Tabel:
    return _tabel("Aanbieder", Soort.AANBIEDER, uitval.aanbieders, uitval.per_aanbieder, uitval.totaal)


def _tabel(
    kop: str, soort: Soort, namen: Iterable[Naam], per: dict[int, Verdeling], totaal: Verdeling
) -> Tabel:
    rijen = tuple(_rij(soort, naam.naam, naam.code, per[naam.pk]) for naam in namen)
    return Tabel(kop, rijen, _rij(Soort.TOTAAL, TOTAAL, "", totaal))


def _rij(soort: Soort, label: str, code: str, verdeling: Verdeling) -> Rij:
    waar: tuple[tuple[str, str], ...] = () if soort is Soort.TOTAAL else ((f"rij_{soort}", code),)
    v = verdeling
    return Rij(
        soort=soort,
        label=label,
        code=code,
        cellen=tuple(
            Cel(
                v.aantallen[categorie],
                v.aandeel(categorie),
                v.aandeel_beeindigd(categorie),
                KORTE_NAMEN[categorie],
                (*waar, ("categorie", categorie.value)),
            )
            for categorie in Categorie
        ),
        totaal=Cel(v.totaal, None, None, "alle cliënten", waar),
        beeindigd=Cel(v.beeindigd, None, None, "beëindigd", (*waar, ("categorie", BEEINDIGD_GROEP))),
        uitval=Cel(
            v.uitval, v.uitval_aandeel, v.uitval_aandeel_beeindigd, "uitval (03 + 04)", (*waar, ("categorie", UITVAL_GROEP))
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clientrij:
    """One client in a list: who by mark only, where, and why there."""

    merk: str
    gemeente: str
    aanbieder: str
    categorie: str
    zin: str
    nakijken: bool = False


def clientrijen(uitval: Uitval, regels: Iterable[Regel]) -> list[Clientrij]:
    """In a fixed order. A shielded client keeps its place in the count and gives nothing else away (R112)."""
    rijen = [_clientrij(uitval, regel) for regel in regels]
    return sorted(rijen, key=lambda rij: (rij.gemeente, rij.aanbieder, rij.categorie, rij.merk))


def _clientrij(uitval: Uitval, regel: Regel) -> Clientrij:
    telling = regel.telling
    waar = (
        KORTE_NAMEN[telling.categorie]
        if telling.categorie
        else (telling.buiten.label if telling.buiten else "")
    )
    gemeente = uitval.naam_gemeente(regel.gemeente_id)
    if regel.afgeschermd:
        return Clientrij(AFGESCHERMD, gemeente, "–", waar, AFGESCHERMD_ZIN)
    return Clientrij(
        regel.merk, gemeente, uitval.naam_aanbieder(regel.aanbieder_id), waar, telling.zin, telling.nakijken
    )
