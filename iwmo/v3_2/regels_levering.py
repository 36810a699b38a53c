"""Rules over the starts of a 305 and the stops of a 307."""

from __future__ import annotations

from collections.abc import Iterator

from iwmo.model import Bericht, StopProduct
from iwmo.regels import Bevinding
from iwmo.v3_2.regelset import leveringen, regel


@regel("CS058", "305 307", "1 (eerste aanlevering) of 3 (verwijderen aanlevering) vullen.")
def cs058(bericht: Bericht) -> Iterator[Bevinding]:
    for plaats, levering in leveringen(bericht):
        if levering.status_aanlevering not in ("1", "3"):
            yield Bevinding(f"{plaats}/StatusAanlevering", levering.status_aanlevering, "1 of 3")


@regel("TR018", "307", "Einddatum moet groter dan of gelijk zijn aan Begindatum.")
def tr018(bericht: Bericht) -> Iterator[Bevinding]:
    for plaats, stop in leveringen(bericht):
        if isinstance(stop, StopProduct) and stop.einddatum < stop.begindatum:
            verwacht = f"vanaf {stop.begindatum.isoformat()}"
            yield Bevinding(f"{plaats}/Einddatum", stop.einddatum.isoformat(), verwacht)
