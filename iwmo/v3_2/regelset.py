"""The one list of level-2 rules of release 3.2, and the small words the rules share."""

from __future__ import annotations

from datetime import date

from iwmo.model import Bericht, Client, ToegewezenProduct
from iwmo.regels import Bevinding, Regelset

SET = Regelset()
regel = SET.regel
productregel = SET.productregel
contactregel = SET.contactregel

EIND_2020 = date(2020, 12, 31)


def client_van(bericht: Bericht) -> Client:
    """The client of a 301, 305 or 307: level 1 made sure that there is one."""
    if bericht.client is None:
        raise ValueError(f"een {bericht.soort} zonder Client kan niet langs niveau 2")
    return bericht.client


def toewijzingen(bericht: Bericht) -> list[tuple[int, ToegewezenProduct]]:
    """(number, toewijzing) of a 301."""
    producten = enumerate(client_van(bericht).producten, 1)
    return [(nummer, product) for nummer, product in producten if isinstance(product, ToegewezenProduct)]


def leeg(plaats: str, gevonden: str = "gevuld") -> Bevinding:
    return Bevinding(plaats, gevonden, "leeg")


def gevuld(plaats: str) -> Bevinding:
    return Bevinding(plaats, "leeg", "gevuld")
