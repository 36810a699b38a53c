"""What we write is what another program reads: every cell of a list, by openpyxl and by LibreOffice."""

import datetime as dt
import io
from decimal import Decimal

from openpyxl import load_workbook

from wmo_portal.lib.tabelblad import Boek, Kolom

OP = dt.datetime(2026, 10, 5, 9, 0, tzinfo=dt.UTC)
KOLOMMEN = (
    Kolom("Naam", "tekst", 40),
    Kolom("Nummer", "identificatie"),
    Kolom("Aantal", "getal"),
    Kolom("Aandeel", "percentage"),
    Kolom("Dag", "datum"),
    Kolom("Moment", "tijdstip"),
)
TEKSTEN = (
    '=HYPERLINK("x")', "+31 6", "-1", "@som(1)", "Zoë & Çelik <b>", "regel een\nregel twee", "'aanhaling", " blanco ",
    "_x0041_", "99 %", "🙂 familie", "1.234,50", "01-02-2026", "waar", "x" * 200,
)  # fmt: skip


def rij(n):
    return (
        TEKSTEN[n % len(TEKSTEN)],
        f"{n:09d}",
        n * 37 % 1000 - 500,
        Decimal(n % 1001) / 1000,
        dt.date(2024, 1, 1) + dt.timedelta(days=n) if n % 5 else None,
        dt.datetime(2026, 1, 1, 8, 30, 15) + dt.timedelta(seconds=61 * n),
    )


def gelezen(inhoud, blad):
    """Values as Python has them; the moment to the second, a share to nine decimals. openpyxl leaves coded signs coded."""
    for cellen in load_workbook(io.BytesIO(inhoud))[blad].iter_rows(min_row=2, values_only=True):
        naam, nummer, aantal, aandeel, dag, moment = cellen
        yield (
            naam.replace("_x005F_", "_"),
            nummer,
            aantal,
            round(Decimal(str(aandeel)), 9),
            dag.date() if dag else None,
            (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0),
        )


def test_each_cell_of_a_streamed_and_of_a_plain_sheet_comes_back_the_same(libreoffice):
    rijen = [rij(n) for n in range(600)]
    boek = Boek(titel="Terug", gemaakt_op=OP)
    boek.lijst("Lijst", KOLOMMEN, iter(rijen))
    boek.blad("Tabel", KOLOMMEN, rijen)
    inhoud = boek.bytes()
    (anders,) = libreoffice.zet_alle_om([inhoud])
    for gelezen_door in (inhoud, anders):
        for blad in ("Lijst", "Tabel"):
            assert list(gelezen(gelezen_door, blad)) == rijen
