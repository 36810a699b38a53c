"""Rules over the starts of a 305 and the stops of a 307."""

from __future__ import annotations

from collections.abc import Iterator

from iwmo.model import Bericht, StartProduct, StopProduct
from iwmo.regels import Bevinding
from iwmo.v3_2.regelset import client_van, plek, regel, stops


@regel("CS058", "305 307", "1 (eerste aanlevering) of 3 (verwijderen aanlevering) vullen.")
def cs058(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, levering in enumerate(client_van(bericht).producten, 1):
        if isinstance(levering, StartProduct | StopProduct) and levering.status_aanlevering not in ("1", "3"):
            yield Bevinding(plek(bericht, nummer, "StatusAanlevering"), levering.status_aanlevering, "1 of 3")


@regel("TR018", "307", "Einddatum moet groter dan of gelijk zijn aan Begindatum.")
def tr018(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, stop in stops(bericht):
        if stop.einddatum < stop.begindatum:
            verwacht = f"vanaf {stop.begindatum.isoformat()}"
            yield Bevinding(plek(bericht, nummer, "Einddatum"), stop.einddatum.isoformat(), verwacht)
