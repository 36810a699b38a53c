"""python -m benchmarks.belasting --aantal 100000 --minuten 10: forty people at work at once, on this machine.

Two minutes unless told otherwise, so that `make bench` stays bearable; the promise is about ten.

A copy of the data with its own PostgreSQL and Valkey, the real web server (gunicorn) and worker (Celery) beside it.
Forty sessions, eight of each role, ask pages and send forms with a think time of 5 seconds on average; meanwhile a
round and two reports are always under way in the worker. Everything runs on the machine that measures, the forty
included.

Every client bears a mark in his name. A page that shows the mark of a client whom its reader may not see is a leak; an
answer of 400 or more, or none, is an error. The promise: p95 at most 400 ms, no error, no foreign mark. The log-in
itself is left out: its hashing is dear on purpose and throttled (see docs/veiligheid.md).
"""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from typing import Final

from benchmarks.belasting.ernaast import Achtergrond, portaal
from benchmarks.belasting.mensen import Telling, mensen, merk_clienten
from benchmarks.belasting.verslag import verslag
from benchmarks.gegevens import Bron, Recept, gegevens, opties
from benchmarks.meten import schrijf
from benchmarks.verbruik import verbruik

AANLOOP: Final = 10.0
"""Seconds before it counts: a web worker reads its templates at the first page."""


def belast(
    bron: Bron, minuten: float, poort: int, werkers: int
) -> tuple[Telling, Achtergrond, dict[str, float]]:
    """What all saw, what ran beside them, and the processor time it took from the moment that it counts."""
    telling = Telling()
    begin = math.inf
    achtergrond = Achtergrond()
    with portaal(bron, poort, werkers) as programmas:
        allen = mensen(poort, telling, lambda: time.monotonic() > begin)
        begin = time.monotonic() + AANLOOP
        tot = begin + minuten * 60
        draden = [threading.Thread(target=werkdag.werk, args=(tot,)) for werkdag in allen]
        for draad in draden:
            draad.start()
        vooraf = verbruik(programmas)
        while (nu := time.monotonic()) < tot:
            if nu < begin:
                vooraf = verbruik(programmas)
            achtergrond.stap()
            time.sleep(1)
        for draad in draden:
            draad.join()
        na = verbruik(programmas)
    return telling, achtergrond, {naam: na[naam] - vooraf[naam] for naam in na}


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--minuten", type=float, default=2, help="de belofte gaat over 10")
    parser.add_argument("--poort", type=int, default=8_391)
    parser.add_argument("--werkers", type=int, default=3, help="webprocessen")
    keuzes = parser.parse_args()
    begin = os.getloadavg()[0]
    with gegevens(Recept(keuzes.aantal, alles_open=True), keuzes.map, valkey=True) as bron:
        merk_clienten(bron)
        telling, achtergrond, werk = belast(bron, keuzes.minuten, keuzes.poort, keuzes.werkers)
    tekst = verslag(telling, achtergrond, werk, (begin, os.getloadavg()[0]))
    schrijf(f"L: forty people at once, {keuzes.aantal}", [], tekst=tekst)
    return int(bool(telling.fouten or telling.vreemd))


if __name__ == "__main__":
    sys.exit(main())
