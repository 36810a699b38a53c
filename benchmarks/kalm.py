"""python -m benchmarks.kalm --aantal 100000: the worklist while a round runs beside the worklist at rest (P2d).

Per turn: pages at rest, then pages for as long as the round of the next municipality lasts, in a process of its own
as Celery has it. So rest and round take turns, and a busy machine slows both. A page is the whole of it through
Django's test client, behind both walls: session, scope, queries, template, log. Times are by the wall clock: what
somebody waits. The consultants are of all municipalities, also of the one whose round it is.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.gegevens import Recept, gegevens, opties
from benchmarks.meten import Meting, Ongelijk, Rij, rang, schrijf

OPWARMEN = 20
IN_RUST = 12
"""Pages at rest before each round."""


def ronderijder(pijp: Connection, omgeving: dict[str, str]) -> None:
    """In a child: runs the round of each municipality it hears of; says how many stops it saw."""
    os.environ.update(omgeving)
    import django

    django.setup()
    from benchmarks.ronde import draai
    from organisaties.models import Gemeente
    from wmo_portal.lib import rls

    rls.zet(rls.SYSTEEM)
    pijp.send(None)
    while (pk := pijp.recv()) is not None:
        pijp.send(draai(Gemeente.objects.get(pk=pk)).gezien)


class Bladeraar:
    """Consultants who take turns at the worklist."""

    def __init__(self) -> None:
        from benchmarks.schermen import _adressen, _vraag

        self.rijen, self._vraag, self.keer = _adressen()["werkvoorraad"], _vraag, 0

    def blader(self) -> float:
        self.keer += 1
        seconden: float = self._vraag(*self.rijen[self.keer % len(self.rijen)])
        return seconden


def meet(pijp: Connection, gemeenten: list[int]) -> tuple[Rij, Rij, int]:
    rust, ronde, stops, wie = Rij("at rest"), Rij("during a round"), 0, Bladeraar()
    for _ in range(OPWARMEN):
        wie.blader()
    for pk in gemeenten:
        rust.tijden += [wie.blader() for _ in range(IN_RUST)]
        pijp.send(pk)
        while not pijp.poll():
            ronde.tijden.append(wie.blader())
        stops += pijp.recv()
    return rust, ronde, stops


def p2d(bron: Any, hoogstens: int) -> Meting:
    from organisaties.models import Gemeente

    context, begin = multiprocessing.get_context("spawn"), os.getloadavg()[0]
    hier, daar = context.Pipe()
    kind = context.Process(target=ronderijder, args=(daar, bron.omgeving))
    kind.start()
    daar.close()
    try:
        hier.recv()
        rust, ronde, stops = meet(
            hier, list(Gemeente.objects.order_by("pk").values_list("pk", flat=True)[:hoogstens])
        )
    finally:
        if kind.is_alive():
            hier.send(None)
        kind.join()
    if not stops:
        raise Ongelijk("er liep geen ronde: geen stop bekeken")
    return _verslag(rust, ronde, stops, (begin, os.getloadavg()[0]))


def _verslag(rust: Rij, ronde: Rij, stops: int, belasting: tuple[float, float]) -> Meting:
    meting = Meting(f"P2d: the worklist while rounds over {stops:,} stops run", [rust, ronde], belasting)
    meting.doel = "p50 <= 1.6x, p99 <= 2x of that at rest"
    p50 = [statistics.median(rij.tijden) for rij in (rust, ronde)]
    p99 = [rang(rij.tijden, 0.99) for rij in (rust, ronde)]
    meting.regels = [
        f"p50 {p50[0] * 1000:.0f} ms and {p50[1] * 1000:.0f} ms: {p50[1] / p50[0]:.2f}x; p99 {p99[0] * 1000:.0f} ms and"
        f" {p99[1] * 1000:.0f} ms: {p99[1] / p99[0]:.2f}x ({len(rust.tijden)} and {len(ronde.tijden)} pages).",
    ]
    return meting


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--gemeenten", type=int, default=35, help="van hoeveel gemeenten de ronde loopt")
    keuzes = parser.parse_args()
    with gegevens(Recept(keuzes.aantal, alles_open=True), keuzes.map) as bron:
        schrijf(f"P2d calm, {keuzes.aantal:,}", [p2d(bron, keuzes.gemeenten)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
