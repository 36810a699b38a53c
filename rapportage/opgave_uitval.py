"""Part 1 of the kwartaalopgave as data: messages, corrections and typed numbers laid beside each other (M7). Pure.

Every number of the opgave is the length of a list of clients, unless the provider typed another one and says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE, Uitvalsoort
from rapportage.merk import AFGESCHERMD
from rapportage.opgave_regels import (
    AANTAL_MAX,
    Bezwaar,
    Celfeit,
    Gemeentefeit,
    bezwaren_uitval,
    lees_aantal,
)
from rapportage.overzicht import Naam, Regel, Uitval
from rapportage.tabellen import KORTE_NAMEN
from rapportage.tellingen import Verdeling

M: Final = Uitvalsoort.MAATWERK
A: Final = Uitvalsoort.ALGEMEEN
Plek = tuple[int, str, str]
"""Municipality, sort, category."""
Wie = tuple[int, str]
"""Municipality and keyed hash: one client of this provider."""


def naam_van(categorie: str) -> str:
    """A category or "telt niet mee" in words."""
    return "Telt niet mee" if categorie == NIET_MEE else KORTE_NAMEN[Categorie(categorie)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Afstemregel:
    """One client: what the messages say, what the provider says, and why they differ."""

    gemeente_id: int
    sleutel: str
    merk: str
    client_id: int
    afgeschermd: bool
    berichten: str
    zin: str
    opgave: str
    reden: str

    @property
    def verschil(self) -> bool:
        return self.berichten != self.opgave

    @property
    def in_berichten(self) -> str:
        return naam_van(self.berichten)

    @property
    def in_opgave(self) -> str:
        return naam_van(self.opgave)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cel:
    """One number of one municipality."""

    gemeente: Naam
    soort: Uitvalsoort
    categorie: Categorie
    berichten: int
    uit_clienten: int
    getypt: str
    reden: str

    @property
    def aantal(self) -> int:
        """What is reported. Empty follows the clients; without clients it is 0 (R75)."""
        if not self.getypt.strip():
            return self.uit_clienten
        return lees_aantal(self.getypt) or 0

    @property
    def veld(self) -> str:
        return f"{self.soort}-{self.gemeente.code}-{self.categorie}"

    @property
    def naam(self) -> str:
        soort = "" if self.soort is M else ", algemene voorziening"
        return f"{self.gemeente.naam}{soort}, {KORTE_NAMEN[self.categorie]}"

    @property
    def feit(self) -> Celfeit:
        leeg = not self.getypt.strip()
        return Celfeit(
            veld=self.veld,
            naam=self.naam,
            getypt="" if leeg else self.getypt,
            uit_clienten=None if leeg or self.soort is A else self.uit_clienten,
            reden=self.reden,
        )

    @property
    def wijkt_af(self) -> bool:
        return self.soort is M and self.aantal != self.uit_clienten


@dataclass(frozen=True)
class Uitvaldeel:
    """The whole of part 1."""

    gemeenten: tuple[Naam, ...]
    regels: tuple[Afstemregel, ...]
    cellen: tuple[Cel, ...]
    geen_clienten: frozenset[int]
    teksten: Mapping[str, str]

    @cached_property
    def _per_plek(self) -> dict[Plek, Cel]:
        return {(cel.gemeente.pk, cel.soort, cel.categorie): cel for cel in self.cellen}

    def cel(self, gemeente: int, soort: Uitvalsoort, categorie: Categorie) -> Cel:
        return self._per_plek[gemeente, soort, categorie]

    def rij(self, gemeente: int, soort: Uitvalsoort) -> tuple[Cel, ...]:
        return tuple(self.cel(gemeente, soort, categorie) for categorie in Categorie)

    def verdeling(self, gemeente: int | None = None, soort: Uitvalsoort = M) -> Verdeling:
        """The reported numbers of a municipality, or of all of them."""
        return Verdeling(
            {
                categorie: sum(
                    self.cel(naam.pk, soort, categorie).aantal
                    for naam in self.gemeenten
                    if gemeente in (None, naam.pk)
                )
                for categorie in Categorie
            }
        )

    @cached_property
    def aantallen(self) -> dict[Categorie, int]:
        """Both sorts together, of all municipalities: what must be explained."""
        return {c: self.verdeling().aantallen[c] + self.verdeling(soort=A).aantallen[c] for c in Categorie}

    @cached_property
    def verschillen(self) -> tuple[Afstemregel, ...]:
        return tuple(regel for regel in self.regels if regel.verschil)

    @cached_property
    def afwijkende_cellen(self) -> tuple[Cel, ...]:
        return tuple(cel for cel in self.cellen if cel.wijkt_af)

    def clienten(self, gemeente: int, categorie: str = "") -> tuple[Afstemregel, ...]:
        """Behind a number: those whom the provider counts there; without a category everybody of the municipality."""
        return tuple(
            regel
            for regel in self.regels
            if regel.gemeente_id == gemeente and categorie in ("", regel.opgave)
        )

    def aantal(self, gemeente: int, categorie: Categorie) -> int:
        """Both sorts together."""
        return sum(self.cel(gemeente, soort, categorie).aantal for soort in (M, A))

    def toe_te_lichten(self, categorie: Categorie) -> tuple[Naam, ...]:
        """Where a text of its own may say more: municipalities that count somebody, when there are several (R86)."""
        waar = tuple(naam for naam in self.gemeenten if self.aantal(naam.pk, categorie))
        getypt = tuple(n for n in self.gemeenten if self.teksten.get(f"{categorie}-{n.code}", "").strip())
        return tuple(n for n in self.gemeenten if n in getypt or (n in waar and len(waar) > 1))

    def bezwaren(self) -> tuple[Bezwaar, ...]:
        return bezwaren_uitval(
            (self._gemeentefeit(naam) for naam in self.gemeenten),
            (cel.feit for cel in self.cellen),
            self.aantallen,
            self.teksten,
        )

    def _gemeentefeit(self, naam: Naam) -> Gemeentefeit:
        aantal = sum(cel.aantal for soort in (M, A) for cel in self.rij(naam.pk, soort))
        return Gemeentefeit(
            veld=f"geen-{naam.code}",
            naam=naam.naam,
            aantal=aantal,
            geen_clienten=naam.pk in self.geen_clienten,
        )


def bouw(
    uitval: Uitval,
    *,
    correcties: Mapping[Wie, tuple[str, str]],
    getypt: Mapping[Plek, tuple[str, str]],
    geen_clienten: Collection[int],
    teksten: Mapping[str, str],
) -> Uitvaldeel:
    """Lay the report of this provider beside what it says itself. `correcties`: client -> (category, reason)."""
    regels = tuple(
        _regel(regel, correcties.get((regel.gemeente_id, regel.sleutel))) for regel in uitval.regels
    )
    return Uitvaldeel(
        gemeenten=uitval.gemeenten,
        regels=regels,
        cellen=tuple(_cellen(uitval.gemeenten, regels, getypt)),
        geen_clienten=frozenset(geen_clienten),
        teksten=teksten,
    )


def _regel(regel: Regel, correctie: tuple[str, str] | None) -> Afstemregel:
    berichten = regel.telling.categorie or NIET_MEE
    wordt, reden = correctie or (berichten, "")
    return Afstemregel(
        gemeente_id=regel.gemeente_id,
        sleutel=regel.sleutel,
        merk=AFGESCHERMD if regel.afgeschermd else regel.merk,
        client_id=regel.client_id,
        afgeschermd=regel.afgeschermd,
        berichten=str(berichten),
        zin=regel.telling.zin,
        opgave=str(wordt),
        reden=reden,
    )


def _cellen(
    gemeenten: Iterable[Naam], regels: Iterable[Afstemregel], getypt: Mapping[Plek, tuple[str, str]]
) -> list[Cel]:
    alle = tuple(regels)
    berichten = Counter((regel.gemeente_id, regel.berichten) for regel in alle)
    opgave = Counter((regel.gemeente_id, regel.opgave) for regel in alle)
    cellen = []
    for gemeente in gemeenten:
        for soort in Uitvalsoort:
            for categorie in Categorie:
                tekst, reden = getypt.get((gemeente.pk, soort, categorie), ("", ""))
                wie = (gemeente.pk, str(categorie)) if soort is M else None
                cellen.append(
                    Cel(
                        gemeente=gemeente,
                        soort=soort,
                        categorie=categorie,
                        berichten=berichten[wie] if wie else 0,
                        uit_clienten=opgave[wie] if wie else 0,
                        getypt=tekst,
                        reden=reden,
                    )
                )
    return cellen


__all__ = ["AANTAL_MAX", "Afstemregel", "Cel", "Uitvaldeel", "bouw", "naam_van"]
