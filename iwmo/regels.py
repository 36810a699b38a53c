"""Level 2: rules inside one message. A rule is a number, its Dutch text, and a function.

Some rules look at the message; the many that look at one product or one contact are called once for each,
which costs a tenth of walking the message anew for every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from iwmo.model import Bericht, Client, Contact
from iwmo.oordeel import MAX_MELDINGEN, Melding


@dataclass(frozen=True, slots=True)
class Bevinding:
    """Where a rule is broken; the rule itself adds its number and text. In a rule over one product or
    contact `plaats` is the element within it."""

    plaats: str
    gevonden: str
    verwacht: str


Toets = Callable[[Bericht], Iterable[Bevinding]]
# Over one product or contact; the kind of product follows from the message types of the rule.
Deeltoets = Callable[[Any], Bevinding | None]


@dataclass(frozen=True, slots=True)
class Regel:
    """`tekst` is the wording of the standard. One of the three functions is filled."""

    nummer: str
    tekst: str
    soorten: frozenset[str]
    toets: Toets | None = field(default=None, repr=False)
    producttoets: Deeltoets | None = field(default=None, repr=False)
    contacttoets: Deeltoets | None = field(default=None, repr=False)
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

    def productregel(self, nummer: str, soorten: str, tekst: str) -> Callable[[Deeltoets], Deeltoets]:
        """Decorator: the same for a function over one product."""

        def registreer(toets: Deeltoets) -> Deeltoets:
            self._voeg_toe(Regel(nummer, tekst, frozenset(soorten.split()), producttoets=toets))
            return toets

        return registreer

    def contactregel(self, nummer: str, soorten: str, tekst: str) -> Callable[[Deeltoets], Deeltoets]:
        """Decorator: the same for a function over one Contact, of the client or of a relatie."""

        def registreer(toets: Deeltoets) -> Deeltoets:
            self._voeg_toe(Regel(nummer, tekst, frozenset(soorten.split()), contacttoets=toets))
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
        self._over_contact = [(regel, regel.contacttoets) for regel in self.regels if regel.contacttoets]

    def meldingen(self, bericht: Bericht) -> list[Melding]:
        """The findings of all rules, at most MAX_MELDINGEN a rule, sorted by rule."""
        meldingen: list[Melding] = []
        for regel, toets in self._over_bericht:
            for aantal, bevinding in enumerate(toets(bericht), 1):
                meldingen.append(regel.melding(bevinding.plaats, bevinding))
                if aantal == MAX_MELDINGEN:
                    break
        if bericht.client is not None:
            client = bericht.client
            delen = enumerate(client.producten, 1)
            _toets_delen(self._over_product, delen, meldingen, partial(plek, bericht))
            if self._over_contact:
                contacten = contacten_van(client)
                _toets_delen(self._over_contact, contacten, meldingen, partial(contactplek, client))
        return sorted(meldingen, key=lambda melding: melding.regel) if meldingen else meldingen


def _toets_delen(
    regels: list[tuple[Regel, Deeltoets]],
    delen: Iterable[tuple[int, object]],
    meldingen: list[Melding],
    plaats: Callable[[int, str], str],
) -> None:
    """Every rule over every part. The place is made only when a rule is broken: that text costs more than
    the check."""
    per_regel: dict[str, int] = {}
    for nummer, deel in delen:
        for regel, toets in regels:
            bevinding = toets(deel)
            if bevinding is None:
                continue
            aantal = per_regel[regel.nummer] = per_regel.get(regel.nummer, 0) + 1
            if aantal <= MAX_MELDINGEN:
                meldingen.append(regel.melding(plaats(nummer, bevinding.plaats), bevinding))


_PADEN = {"301": "ToegewezenProduct", "305": "StartProduct", "307": "StopProduct"}


def genummerd(pad: str, nummer: int, aantal: int) -> str:
    """Numbered only where the message repeats the element, as level 1 does."""
    return f"{pad}[{nummer}]" if aantal > 1 else pad


def plek(bericht: Bericht, nummer: int, veld: str = "") -> str:
    """The place of the product with this number (from 1), or of an element in it."""
    naam = _PADEN[bericht.soort]
    lijst = naam.replace("Product", "Producten")
    aantal = len(bericht.client.producten) if bericht.client else 0
    pad = genummerd(f"Bericht/Client/{lijst}/{naam}", nummer, aantal)
    return f"{pad}/{veld}" if veld else pad


def contacten_van(client: Client) -> Iterator[tuple[int, Contact]]:
    """Every Contact: of the client (number from 1) and of each relatie (-1, -2, ...)."""
    yield from enumerate(client.contacten, 1)
    for nummer, relatie in enumerate(client.relaties, 1):
        yield -nummer, relatie.contact


def contactplek(client: Client, nummer: int, veld: str = "") -> str:
    """The place of a contact by its number, or of an element in it."""
    if nummer > 0:
        pad = genummerd("Bericht/Client/Contactgegevens/Contact", nummer, len(client.contacten))
    else:
        pad = genummerd("Bericht/Client/Relaties/Relatie", -nummer, len(client.relaties)) + "/Contact"
    return f"{pad}/{veld}" if veld else pad
