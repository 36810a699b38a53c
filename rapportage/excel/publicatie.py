"""A publication as a workbook: the shown figures, and how they were counted. Nothing hidden is in the file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rapportage.definities import RESULTAAT_DEFINITIES, UITVAL_DEFINITIES
from rapportage.models import Publicatie
from rapportage.publicatie import AFGESCHERMD
from rapportage.statussen import Publicatiesoort
from rapportage.verantwoording import Kop, definitieregels
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tabelblad import Boek, Kolom
from wmo_portal.lib.tabelblad.cellen import Waarde


def kop_van(publicatie: Publicatie) -> Kop:
    kwartaal = Kwartaal.lees(publicatie.kwartaal)
    return Kop(
        titel=f"{Publicatiesoort(publicatie.soort).label} {publicatie.regio.naam}, {kwartaal.naam}",
        maker=publicatie.gepubliceerd_door.naam,
        gemaakt_op=publicatie.gepubliceerd_op,
        zegel=publicatie.sha256,
    )


def werkboek(publicatie: Publicatie) -> bytes:
    """The same publication gives the same bytes."""
    kop, inhoud = kop_van(publicatie), publicatie.inhoud
    boek = Boek(titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
    soorten = [k["soort"] for k in inhoud["koppen"]]
    boek.blad(
        "Cijfers",
        [
            Kolom("Gemeente", "tekst", 22),
            *(Kolom(k["kop"], k["soort"], _breedte(k["kop"])) for k in inhoud["koppen"]),
        ],
        ([rij["label"], *map(_waarde, rij["cellen"], soorten)] for rij in inhoud["rijen"]),
    )
    definities = UITVAL_DEFINITIES if publicatie.soort == Publicatiesoort.UITVAL else RESULTAAT_DEFINITIES
    boek.toelichting(
        [
            ("Rapport", kop.titel),
            ("Periode", str(Kwartaal.lees(publicatie.kwartaal).periode)),
            ("Gepubliceerd door", kop.maker),
            ("Gepubliceerd op", kop.moment),
            (f"Afgeschermd ({AFGESCHERMD})", inhoud["regel"]),
            ("Definities", definities.versie),
            ("Zegel (SHA-256)", kop.zegel),
            *definitieregels(definities),
        ]
    )
    return boek.bytes()


def _breedte(kop: str) -> int:
    """No wider than its longest word: sixteen columns then fit on one readable page."""
    return max(12, *(len(woord) + 3 for woord in kop.split()))


def _waarde(cel: Any, soort: str) -> Waarde:
    """Numbers as numbers, a hidden one as x, nothing to divide as an empty cell."""
    if cel is None:
        return AFGESCHERMD
    if soort == "getal":
        return int(cel)
    return Decimal(cel) / 100 if cel else None
