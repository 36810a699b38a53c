"""Twelve columns as the lists of the portal have them, and three ways to write them. Imports no Django: for its memory."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.meten import piekgeheugen
from wmo_portal.lib.tabelblad import Kolom, schrijf_lijst

OP = dt.datetime(2026, 10, 5, 9, 0, tzinfo=dt.UTC)
BEGIN = OP.replace(tzinfo=None)  # openpyxl takes no moment with a zone
KOLOMMEN = (
    Kolom("Cliënt", "identificatie"),
    Kolom("Toewijzing", "identificatie"),
    Kolom("Gemeente"),
    Kolom("Aanbieder", breedte=30),
    Kolom("Resultaatgebied"),
    Kolom("Begindatum", "datum"),
    Kolom("Einddatum", "datum"),
    Kolom("Ontvangen op", "tijdstip"),
    Kolom("Dagen", "getal"),
    Kolom("Aandeel", "percentage"),
    Kolom("Waarom", breedte=60),
    Kolom("Nakijken"),
)
DATUMS, TIJDSTIP = (5, 6), 7


def rij(n: int) -> tuple[Any, ...]:
    """Marks, numbers and moments all differ; names repeat; the sentences differ now and then."""
    begin = dt.date(2024, 1, 1) + dt.timedelta(days=n % 700)
    einde = begin + dt.timedelta(days=n % 365) if n % 3 else None
    zin = f"Geëindigd op {einde:%d-%m-%Y} met code {n % 40:02d}." if einde else "De hulp loopt nog."
    return (
        f"{n * 2654435761 % 2**32:08X}", f"{n:09d}", f"Gemeente {n % 60}", f"Zorggroep {n % 90} & Zn.",
        f"Resultaatgebied {n % 11}", begin, einde, BEGIN + dt.timedelta(seconds=n),
        n % 365, n % 1000 / 1000, zin, "" if n % 7 else "ja",
    )  # fmt: skip


def rijen(aantal: int) -> Iterator[tuple[Any, ...]]:
    return map(rij, range(aantal))


def als_ons(doel: Path, regels: Iterator[Sequence[Any]]) -> None:
    schrijf_lijst(doel, KOLOMMEN, regels, titel="Lijst", gemaakt_op=OP)


def als_openpyxl(doel: Path, regels: Iterator[Sequence[Any]]) -> None:
    """openpyxl as its manual says for long sheets, with what makes the same sheet: formats, frozen header, filter."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    boek = Workbook(write_only=True)
    blad: Any = boek.create_sheet("Lijst")
    blad.freeze_panes = "A2"
    blad.append([kolom.kop for kolom in KOLOMMEN])
    formaten = {**dict.fromkeys(DATUMS, "dd-mm-yyyy"), TIJDSTIP: "dd-mm-yyyy hh:mm", 9: "0.0%"}
    aantal = 0
    for regel in regels:
        cellen = list(regel)
        for plaats, formaat in formaten.items():
            if cellen[plaats] is not None:
                cellen[plaats] = WriteOnlyCell(blad, cellen[plaats])
                cellen[plaats].number_format = formaat
        blad.append(cellen)
        aantal += 1
    blad.auto_filter.ref = f"A1:L{aantal + 1}"
    boek.save(doel)


def als_openpyxl_kaal(doel: Path, regels: Iterator[Sequence[Any]]) -> None:
    """The same mode without a single format: days appear as openpyxl likes."""
    from openpyxl import Workbook

    boek = Workbook(write_only=True)
    blad: Any = boek.create_sheet("Lijst")
    blad.append([kolom.kop for kolom in KOLOMMEN])
    for regel in regels:
        blad.append(regel)
    boek.save(doel)


def als_csv(doel: Path, regels: Iterator[Sequence[Any]]) -> None:
    with doel.open("w", newline="", encoding="utf-8") as uit:
        schrijver = csv.writer(uit, delimiter=";")
        schrijver.writerow([kolom.kop for kolom in KOLOMMEN])
        schrijver.writerows(regels)


WIJZEN: dict[str, Callable[[Path, Iterator[Sequence[Any]]], None]] = {
    "openpyxl": als_openpyxl,
    "kaal": als_openpyxl_kaal,
    "csv": als_csv,
    "ons": als_ons,
}


def schrijf(hoe: str, regels: Iterator[Sequence[Any]]) -> int:
    """How large the file is."""
    with TemporaryDirectory() as map_:
        doel = Path(map_) / "lijst"
        WIJZEN[hoe](doel, regels)
        return doel.stat().st_size


def kind(hoe: str, aantal: int) -> tuple[int, int]:
    """In a process of its own, rows made while they are written: the memory before and the size of the file."""
    voor = piekgeheugen()
    return voor, schrijf(hoe, rijen(aantal))
