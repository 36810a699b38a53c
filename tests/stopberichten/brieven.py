"""Letters for the stories: real XML of 301, 305 and 307, about one client, with only what the story names."""

import itertools
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import iwmo
from iwmo import model as m
from stopberichten import berichten_in
from stopberichten.enums import Kanaal
from stopberichten.ontvangst import Ontvangst

_teller = itertools.count(1)
VANDAAG = date(2026, 10, 15)
BSN_ANNIE = "999900006"
BSN_BRAM = "999900018"
LINDE = "75000101"
EIK = "75000102"


def identificatie() -> str:
    return f"M{next(_teller):09d}"


@dataclass(frozen=True)
class Wie:
    """Whom the letters are about, and between whom they go."""

    bsn: str = BSN_ANNIE
    achternaam: str = "Bakker"
    gemeente: str = "1783"
    agb: str = LINDE

    def persoon(self, producten: tuple[Any, ...], soort: str) -> m.Client:
        adres = m.Contact(
            "01", m.Adres(m.Huis(12), "2671AB", "Dorpsstraat", "Naaldwijk", "NL"), None,
            m.Telefoonnummers(m.Telefoon("0174000000", "0031")),
        )  # fmt: skip
        return m.Client(
            self.bsn,
            m.Geboortedatum(date(1950, 3, 9)),
            "2",
            m.Naam(m.Achternaam(self.achternaam), None, "Annie", "A", "1" if soort == "301" else None),
            producten,
            contacten=(adres,) if soort == "301" else (),
        )


ANNIE = Wie()
BRAM = Wie(bsn=BSN_BRAM, achternaam="Visser")


def bericht(
    soort: str, *producten: Any, van: Wie = ANNIE, op: date = VANDAAG, kenmerk: str = ""
) -> m.Bericht:
    partijen = (van.gemeente, van.agb) if soort == "301" else (van.agb, van.gemeente)
    header = m.Header(*partijen, kenmerk or identificatie(), op)
    return m.Bericht(soort, "3.2", header, van.persoon(producten, soort))


def xml(soort: str, *producten: Any, **opties: Any) -> bytes:
    return iwmo.schrijf(bericht(soort, *producten, **opties))


PRODUCT = m.Product("02", "02A01")


def toegewezen(
    nummer: int = 300_201,
    begin: date = date(2026, 1, 1),
    eind: date | None = date(2026, 12, 31),
    **velden: Any,
) -> m.ToegewezenProduct:
    waarden: dict[str, Any] = {
        "toewijzingsdatum": date(2025, 12, 15),
        "toewijzingstijd": "10:00:00",
        "product": PRODUCT,
        "omvang": m.Omvang(120, "01", "4"),
        **velden,
    }
    return m.ToegewezenProduct(nummer, ingangsdatum=begin, einddatum=eind, **waarden)


def start(
    nummer: int | None = 300_201, begin: date = date(2026, 1, 5), *, status: str = "1"
) -> m.StartProduct:
    return m.StartProduct(begin, status, nummer, PRODUCT, date(2026, 1, 1))


def stop(
    nummer: int | None = 300_201,
    begin: date = date(2026, 1, 5),
    *,
    eind: date = date(2026, 10, 13),
    reden: str = "23",
    status: str = "1",
) -> m.StopProduct:
    return m.StopProduct(begin, reden, eind, status, nummer, PRODUCT, date(2026, 1, 1))


def weg(product: Any) -> Any:
    """The same line with StatusAanlevering 3."""
    return replace(product, status_aanlevering="3")


def ontvang(
    inhoud: bytes, *, door: Any = None, vandaag: date = VANDAAG, naam: str = "bericht.xml", **opties: Any
) -> Ontvangst:
    return berichten_in.ontvang(
        inhoud=inhoud,
        bestandsnaam=naam,
        kanaal=Kanaal.UPLOAD if door else Kanaal.COMMANDO,
        door=door,
        vandaag=vandaag,
        **opties,
    )


def bezorg(brieven: list[bytes]) -> list[bytes]:
    """Deliver in the order given, and what was refused again, until nothing changes. Returns what stays refused."""
    open_ = list(brieven)
    while True:
        nog = [brief for brief in open_ if not ontvang(brief).geaccepteerd]
        if len(nog) == len(open_) or not nog:
            return nog
        open_ = nog
