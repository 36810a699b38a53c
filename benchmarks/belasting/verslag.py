"""What forty people saw, as a table and three sentences."""

from __future__ import annotations

from typing import Final

from benchmarks.belasting.ernaast import Achtergrond
from benchmarks.belasting.mensen import Telling
from benchmarks.meten import rang

GRENS_MS: Final = 400


def _ms(tijden: list[float], deel: float) -> str:
    return f"{rang(tijden, deel) * 1000:.0f}"


def verslag(
    telling: Telling, achtergrond: Achtergrond, werk: dict[str, float], belasting: tuple[float, float]
) -> str:
    alle = [duur for tijden in telling.tijden.values() for duur in tijden]
    rijen = [
        f"| {soort} | {len(t)} | {_ms(t, 0.5)} | {_ms(t, 0.95)} | {max(t) * 1000:.0f} |"
        for soort, t in sorted(telling.tijden.items())
    ]
    p95 = rang(alle, 0.95) * 1000
    return "\n".join(
        [
            f"Reach: p95 <= {GRENS_MS} ms, 0 errors, 0 foreign marks.\n",
            "| who and what | requests | p50 ms | p95 ms | largest ms |\n|---|---:|---:|---:|---:|",
            *rijen,
            f"| all | {len(alle)} | {_ms(alle, 0.5)} | {p95:.0f} | {max(alle) * 1000:.0f} |\n",
            f"p95 {p95:.0f} ms ({'within' if p95 <= GRENS_MS else 'NOT within'} {GRENS_MS}); {len(telling.fouten)} errors;"
            f" {len(telling.vreemd)} pages with a foreign mark. Meanwhile {achtergrond.rondes} rounds and"
            f" {achtergrond.rapporten} reports were begun. Load average {belasting[0]:.1f} before,"
            f" {belasting[1]:.1f} after.",
            f"Processor time: web {werk['web'] / len(alle) * 1000:.0f} ms a request; database {werk['database']:.0f} s"
            f" and worker {werk['worker']:.0f} s in all, for requests, rounds and reports together.",
            *(f"- {regel}" for regel in sorted(set(telling.fouten))[:10] + telling.vreemd[:10]),
        ]
    )
