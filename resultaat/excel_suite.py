"""A Suite list as a workbook and as csv: the same columns, the same words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO

from beschikkingen.kluis import bsn_van
from resultaat.models import SuiteLijst
from resultaat.queries.suite import Invoer
from wmo_portal.lib.tabelblad import Boek, Kolom
from wmo_portal.lib.tabelblad.cellen import Waarde, is_riskant, veilige_tekst
from wmo_portal.lib.tijd import AMSTERDAM

KOLOMMEN = (
    Kolom("BSN", "identificatie", 12),
    Kolom("Cliënt", "tekst", 28),
    Kolom("Beschikking", "identificatie", 18),
    Kolom("Toewijzingnummer", "identificatie", 18),
    Kolom("Resultaatgebied", "tekst", 28),
    Kolom("Aanbieder", "tekst", 28),
    Kolom("Wat", "tekst", 24),
    Kolom("In te voeren in Suite", "tekst", 70),
    Kolom("Datum", "datum", 14),
)


def regel(rij: Invoer) -> tuple[Waarde, ...]:
    t = rij.resultaat.toewijzing if rij.resultaat else None
    return (
        "" if rij.client.afgeschermd else bsn_van(rij.client),
        rij.naam,
        rij.beschikking.nummer,
        str(t.toewijzingnummer) if t else "",
        str(t.resultaatgebied or "") if t else "",
        rij.resultaat.aanbieder.naam if rij.resultaat else "",
        rij.soort.label,
        rij.invoer,
        rij.resultaat.resultaatdatum if rij.resultaat else _gesloten(rij),
    )


def _gesloten(rij: Invoer) -> Waarde:
    op = rij.beschikking.gesloten_op
    return op.astimezone(AMSTERDAM).date() if op else None


def stand(lijst: SuiteLijst) -> str:
    """Says in the file itself whether it was entered already."""
    if lijst.overgenomen_op is None:
        return "Nog niet als overgenomen gemeld."
    wie = lijst.overgenomen_door.naam if lijst.overgenomen_door else "onbekend"
    op = lijst.overgenomen_op.astimezone(AMSTERDAM)
    return f"Al overgenomen op {op:%d-%m-%Y} door {wie}. Voer deze lijst niet nog eens in."


def werkboek(lijst: SuiteLijst, rijen: Iterable[Invoer], *, gemaakt_op: datetime, door: str) -> bytes:
    titel = f"Suite-lijst {lijst.nummer} {lijst.gemeente}"
    boek = Boek(titel=titel, gemaakt_op=gemaakt_op, maker=door)
    boek.lijst("In te voeren", KOLOMMEN, (regel(rij) for rij in rijen))
    boek.toelichting(
        [
            (
                "Wat dit is",
                f"Wat in Suite moet komen voor de gemeente {lijst.gemeente}: lijst {lijst.nummer}.",
            ),
            ("Stand", stand(lijst)),
            ("Lijst gemaakt op", lijst.gemaakt_op),
            ("Lijst gemaakt door", lijst.gemaakt_door.naam),
            ("Bestand gemaakt op", gemaakt_op),
            ("Bestand gemaakt door", door),
            ("Let op", "Dit bestand bevat persoonsgegevens. Verwijder het als de invoer in Suite klaar is."),
        ]
    )
    return boek.bytes()


def als_csv(lijst: SuiteLijst, rijen: Sequence[Invoer]) -> bytes:
    """For a program to read: `;` and a byte order mark, as Dutch Excel opens it. Text never starts a formula."""
    uit = StringIO()
    schrijf = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijf.writerow([*(kolom.kop for kolom in KOLOMMEN), "Lijst", "Stand"])
    for rij in rijen:
        schrijf.writerow([*map(_als_tekst, regel(rij)), str(lijst.nummer), stand(lijst)])
    return uit.getvalue().encode("utf-8-sig")


def _als_tekst(waarde: Waarde) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}"
    tekst = veilige_tekst(str(waarde))
    return f"'{tekst}" if is_riskant(tekst) else tekst
