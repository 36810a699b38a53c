"""python -m benchmarks.herinneringen --aantal 1000000: who is to be reminded, in a small and a large country (P3).

Two copies of the data stand side by side (a tenth of `--aantal`, and all of it), each in a process of its own with
its own server; turns go here and there. In each the municipality with nearest to 250 allocations whose end lies in the
reminders' window, so that both find as many. Per turn: those allocations by reading the whole table, the same question
as the portal asks it (by index), and `resultaat.queries.termijnen` itself with every fact about them.

The first two are server time (EXPLAIN ANALYZE, planning included) and must find the same; the last is processor time
of the process and its database together.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.gegevens import Recept, gegevens, opties
from benchmarks.meten import Meting, Ongelijk, Rij, schrijf

VANDAAG = date(2026, 10, 1)
GEVONDEN = 250
ZONDER_INDEX = ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan")
DELEN = ("sequential scan", "by index", "all deadlines with their facts")

ZOEK = """
select t.id from beschikkingen_toewijzing t
 where t.gemeente_id = %(gemeente)s and t.leveringsvorm = 'zin' and t.status = 'lopend'
   and t.einddatum >= %(van)s and t.einddatum <= %(tot)s
"""


# --- The side of one data set ----------------------------------------------------------------------------------------
def bedien(pijp: Connection, aantal: int, map_: Path) -> None:
    """In a child: says what it measures, then answers every request with seconds per part until it hears None."""
    with gegevens(Recept(aantal), map_):
        vraag = _vraag()
        pijp.send((_gemeenten(), _vergelijk(vraag)))
        while pijp.recv() is not None:
            pijp.send((_server(vraag, index=False), _server(vraag, index=True), _termijnen(vraag)))


def _gemeenten() -> int:
    from organisaties.models import Gemeente

    return Gemeente.objects.count()


def _vraag() -> dict[str, Any]:
    """The municipality and the window of its reminders."""
    from django.db import connection

    from resultaat.queries.termijnen import venster

    van, tot = venster(VANDAAG, vooruit_weken=3)
    alle = ZOEK.replace("t.gemeente_id = %(gemeente)s and", "")
    with connection.cursor() as cursor:
        cursor.execute(
            f"select gemeente_id from beschikkingen_toewijzing where id in ({alle}) group by 1"
            " order by abs(count(*) - %(gevonden)s), 1 limit 1",
            {"van": van, "tot": tot, "gevonden": GEVONDEN},
        )
        return {"gemeente": cursor.fetchone()[0], "van": van, "tot": tot}


@contextmanager
def _planner(*, index: bool) -> Iterator[Any]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for naam in () if index else ZONDER_INDEX:
            cursor.execute(f"set local {naam} = off")
        yield cursor


def _vergelijk(vraag: dict[str, Any]) -> int:
    """How many there are; both ways must find the same, and the way by index must use one."""
    gevonden, plannen = [], []
    for index in (False, True):
        with _planner(index=index) as cursor:
            cursor.execute(ZOEK + " order by 1", vraag)
            gevonden.append(cursor.fetchall())
            cursor.execute("explain " + ZOEK, vraag)
            plannen.append(" ".join(rij[0] for rij in cursor.fetchall()))
    if gevonden[0] != gevonden[1] or "Seq Scan" not in plannen[0] or "Seq Scan" in plannen[1]:
        raise Ongelijk(f"{len(gevonden[0])} en {len(gevonden[1])} gevonden; {plannen[1]}")
    return len(gevonden[0])


def _server(vraag: dict[str, Any], *, index: bool) -> float:
    with _planner(index=index) as cursor:
        cursor.execute("explain (analyze, timing off, format json) " + ZOEK, vraag)
        uit = cursor.fetchone()[0]
    plan = (json.loads(uit) if isinstance(uit, str) else uit)[0]
    return float(plan["Planning Time"] + plan["Execution Time"]) / 1000


def _termijnen(vraag: dict[str, Any]) -> float:
    from benchmarks.ronde import klok
    from beschikkingen.models import Toewijzing
    from resultaat.queries.termijnen import termijnen

    basis = Toewijzing.objects.filter(gemeente=vraag["gemeente"], leveringsvorm="zin")
    begin = klok()
    for _ in range(3):  # the processor time of another process goes by steps of 10 ms
        termijnen(basis, doel_van=vraag["van"], doel_tot=vraag["tot"])
    return (klok() - begin) / 3


# --- The side that asks ----------------------------------------------------------------------------------------------
@contextmanager
def kant(aantal: int, map_: Path) -> Iterator[tuple[Connection, int, int]]:
    context = multiprocessing.get_context("spawn")
    hier, daar = context.Pipe()
    kind = context.Process(target=bedien, args=(daar, aantal, map_))
    kind.start()
    daar.close()
    try:
        yield hier, *hier.recv()
    finally:
        if kind.is_alive():
            hier.send(None)
        kind.join()


def meet(
    kanten: dict[str, Connection], beurten: int
) -> tuple[dict[str, dict[str, Rij]], tuple[float, float]]:
    rijen = {maat: {deel: Rij(f"{deel}, {maat}") for deel in DELEN} for maat in kanten}
    begin = os.getloadavg()[0]
    for beurt in range(beurten + 2):
        for maat, pijp in kanten.items():
            pijp.send(beurt)
            for deel, seconden in zip(DELEN, pijp.recv(), strict=True):
                if beurt >= 2:
                    rijen[maat][deel].tijden.append(seconden)
    return rijen, (begin, os.getloadavg()[0])


def verslag(rijen: dict[str, dict[str, Rij]], belasting: tuple[float, float]) -> Meting:
    klein, groot = rijen.values()
    meting = Meting(
        "P3: who is to be reminded", [r for deel in DELEN for r in (klein[deel], groot[deel])], belasting
    )
    meting.doel = "by index >= 80x faster than the sequential scan at 1,000,000; growth from a tenth <= 1.2x"
    per_deel = {deel: groot[deel].mediaan / klein[deel].mediaan for deel in DELEN}
    sneller = groot["sequential scan"].mediaan / groot["by index"].mediaan
    meting.regels = [
        f"By index {sneller:.0f}x faster than the sequential scan of the large table; ten times as many allocations:"
        f" by index {per_deel['by index']:.2f}x, all deadlines with their facts"
        f" {per_deel['all deadlines with their facts']:.2f}x, sequential scan {per_deel['sequential scan']:.2f}x.",
    ]
    return meting


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--beurten", type=int, default=15)
    keuzes = parser.parse_args()
    maten = (keuzes.aantal // 10, keuzes.aantal)
    with kant(maten[0], keuzes.map) as klein, kant(maten[1], keuzes.map) as groot:
        kanten = {f"{maat:,}": rest[0] for maat, rest in zip(maten, (klein, groot), strict=True)}
        meting = verslag(*meet(kanten, keuzes.beurten))
    tekst = "; ".join(
        f"{maat:,} allocations: {gemeenten} municipalities, {gevonden} found"
        for maat, (_, gemeenten, gevonden) in zip(maten, (klein, groot), strict=True)
    )
    schrijf(f"P3 reminders, {keuzes.aantal:,}", [meting], tekst=f"{tekst}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
