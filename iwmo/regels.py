"""Level 2: rules inside one message. A rule is a number, its Dutch text, and a function over the Bericht."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from iwmo.model import Bericht
from iwmo.oordeel import MAX_MELDINGEN, Melding


@dataclass(frozen=True, slots=True)
class Bevinding:
    """Where a rule is broken; the rule itself adds its number and text."""

    plaats: str
    gevonden: str
    verwacht: str


Toets = Callable[[Bericht], Iterable[Bevinding]]


@dataclass(frozen=True, slots=True)
class Regel:
    """`tekst` is the wording of the standard; `toelichting` what we read in it where the wording is short."""

    nummer: str
    tekst: str
    soorten: frozenset[str]
    toets: Toets = field(repr=False)
    retourcode: str = "0001"

    def melding(self, bevinding: Bevinding) -> Melding:
        return Melding(self.nummer, bevinding.plaats, bevinding.gevonden, bevinding.verwacht, self.tekst)


class Regelset:
    """Collects the rules of a release; one number stands once."""

    def __init__(self) -> None:
        self._regels: dict[str, Regel] = {}

    def regel(self, nummer: str, soorten: str, tekst: str) -> Callable[[Toets], Toets]:
        """Decorator: register a function as the rule `nummer` for message types "301 305 307"."""

        def registreer(toets: Toets) -> Toets:
            if nummer in self._regels:
                raise ValueError(f"regel {nummer} staat er al")
            self._regels[nummer] = Regel(nummer, tekst, frozenset(soorten.split()), toets)
            return toets

        return registreer

    def alle(self) -> tuple[Regel, ...]:
        return tuple(sorted(self._regels.values(), key=lambda regel: regel.nummer))


def pas_toe(regels: Iterable[Regel], bericht: Bericht) -> list[Melding]:
    """The findings of all rules, at most MAX_MELDINGEN a rule."""
    meldingen: list[Melding] = []
    for regel in regels:
        for aantal, bevinding in enumerate(regel.toets(bericht), 1):
            meldingen.append(regel.melding(bevinding))
            if aantal == MAX_MELDINGEN:
                break
    return meldingen
