"""Level 2: rules inside one message. A rule is a number, its Dutch text, and a function.

Most rules look at the message; the many that look at one product at a time are called once a product, which
costs a tenth of walking the products anew for each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from iwmo.model import Bericht, Client
from iwmo.oordeel import MAX_MELDINGEN, Melding


@dataclass(frozen=True, slots=True)
class Bevinding:
    """Where a rule is broken; the rule itself adds its number and text. In a rule over one product `plaats`
    is the element within the product."""

    plaats: str
    gevonden: str
    verwacht: str


Toets = Callable[[Bericht], Iterable[Bevinding]]
# Over one product; the kind of product follows from the message types of the rule.
Producttoets = Callable[[Any], Bevinding | None]


@dataclass(frozen=True, slots=True)
class Regel:
    """`tekst` is the wording of the standard. One of the two functions is filled."""

    nummer: str
    tekst: str
    soorten: frozenset[str]
    toets: Toets | None = field(default=None, repr=False)
    producttoets: Producttoets | None = field(default=None, repr=False)
    retourcode: str = "0001"

    def melding(self, plaats: str, bevinding: Bevinding) -> Melding:
        return Melding(self.nummer, plaats, bevinding.gevonden, bevinding.verwacht, self.tekst)


class Regelset:
    """Collects the rules of a release; one number stands once."""

    def __init__(self) -> None:
        self._regels: dict[str, Regel] = {}

    def _voeg_toe(self, regel: Regel) -> None:
        if regel.nummer in self._regels:
            raise ValueError(f"regel {regel.nummer} staat er al")
        self._regels[regel.nummer] = regel

    def regel(self, nummer: str, soorten: str, tekst: str) -> Callable[[Toets], Toets]:
        """Decorator: register a function over the message as the rule `nummer` for types "301 305 307"."""

        def registreer(toets: Toets) -> Toets:
            self._voeg_toe(Regel(nummer, tekst, frozenset(soorten.split()), toets=toets))
            return toets

        return registreer

    def productregel(self, nummer: str, soorten: str, tekst: str) -> Callable[[Producttoets], Producttoets]:
        """Decorator: the same for a function over one product."""

        def registreer(toets: Producttoets) -> Producttoets:
            self._voeg_toe(Regel(nummer, tekst, frozenset(soorten.split()), producttoets=toets))
            return toets

        return registreer

    def alle(self) -> tuple[Regel, ...]:
        return tuple(sorted(self._regels.values(), key=lambda regel: regel.nummer))


class Toetsing:
    """The rules of one message type, sorted out once by what they look at."""

    def __init__(self, regels: Iterable[Regel]) -> None:
        self.regels = tuple(regels)
        self._over_bericht = [(regel, regel.toets) for regel in self.regels if regel.toets]
        self._over_product = [(regel, regel.producttoets) for regel in self.regels if regel.producttoets]

    def meldingen(self, bericht: Bericht) -> list[Melding]:
        """The findings of all rules, at most MAX_MELDINGEN a rule, sorted by rule."""
        meldingen: list[Melding] = []
        for regel, toets in self._over_bericht:
            for aantal, bevinding in enumerate(toets(bericht), 1):
                meldingen.append(regel.melding(bevinding.plaats, bevinding))
                if aantal == MAX_MELDINGEN:
                    break
        if bericht.client is not None and self._over_product:
            self._toets_producten(bericht, bericht.client, meldingen)
        return sorted(meldingen, key=lambda melding: melding.regel) if meldingen else meldingen

    def _toets_producten(self, bericht: Bericht, client: Client, meldingen: list[Melding]) -> None:
        per_regel: Counter[str] = Counter()
        for nummer, product in enumerate(client.producten, 1):
            for regel, toets in self._over_product:
                bevinding = toets(product)
                if bevinding is not None and per_regel[regel.nummer] < MAX_MELDINGEN:
                    per_regel[regel.nummer] += 1
                    meldingen.append(regel.melding(plek(bericht, nummer, bevinding.plaats), bevinding))


_PADEN = {"301": "ToegewezenProduct", "305": "StartProduct", "307": "StopProduct"}


def genummerd(pad: str, nummer: int, aantal: int) -> str:
    """Numbered only where the message repeats the element, as level 1 does."""
    return f"{pad}[{nummer}]" if aantal > 1 else pad


def plek(bericht: Bericht, nummer: int, veld: str = "") -> str:
    """The place of the product with this number (from 1). Made only when a rule is broken: the text costs
    more than the check."""
    naam = _PADEN[bericht.soort]
    lijst = naam.replace("Product", "Producten")
    aantal = len(bericht.client.producten) if bericht.client else 0
    pad = genummerd(f"Bericht/Client/{lijst}/{naam}", nummer, aantal)
    return f"{pad}/{veld}" if veld else pad
