"""The one list of level-2 rules of release 3.2, and the small words the rules share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iwmo.model import Bericht, Client, Contact, StartProduct, StopProduct, ToegewezenProduct
from iwmo.regels import Bevinding, Regelset

SET = Regelset()
regel = SET.regel

EIND_2020 = date(2020, 12, 31)


def client_van(bericht: Bericht) -> Client:
    """The client of a 301, 305 or 307: level 1 made sure that there is one."""
    if bericht.client is None:
        raise ValueError(f"een {bericht.soort} zonder Client kan niet langs niveau 2")
    return bericht.client


def genummerd(pad: str, nummer: int, aantal: int) -> str:
    """Numbered only where the message repeats the element, as level 1 does."""
    return f"{pad}[{nummer}]" if aantal > 1 else pad


def toewijzingen(bericht: Bericht) -> Iterator[tuple[str, ToegewezenProduct]]:
    producten = client_van(bericht).producten
    for nummer, product in enumerate(producten, 1):
        if isinstance(product, ToegewezenProduct):
            pad = "Bericht/Client/ToegewezenProducten/ToegewezenProduct"
            yield genummerd(pad, nummer, len(producten)), product


def leveringen(bericht: Bericht) -> Iterator[tuple[str, StartProduct | StopProduct]]:
    """The starts of a 305 or the stops of a 307, each with its place."""
    producten = client_van(bericht).producten
    for nummer, product in enumerate(producten, 1):
        if isinstance(product, StartProduct | StopProduct):
            soort = "Start" if isinstance(product, StartProduct) else "Stop"
            pad = f"Bericht/Client/{soort}Producten/{soort}Product"
            yield genummerd(pad, nummer, len(producten)), product


def contacten(bericht: Bericht) -> Iterator[tuple[str, Contact]]:
    """Every Contact of a 301: of the client and of each relatie."""
    client = client_van(bericht)
    for nummer, contact in enumerate(client.contacten, 1):
        yield genummerd("Bericht/Client/Contactgegevens/Contact", nummer, len(client.contacten)), contact
    for nummer, relatie in enumerate(client.relaties, 1):
        pad = genummerd("Bericht/Client/Relaties/Relatie", nummer, len(client.relaties))
        yield f"{pad}/Contact", relatie.contact


def leeg(plaats: str, gevonden: str = "gevuld") -> Bevinding:
    return Bevinding(plaats, gevonden, "leeg")


def gevuld(plaats: str) -> Bevinding:
    return Bevinding(plaats, "leeg", "gevuld")
