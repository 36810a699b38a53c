"""Rules over one start of a 305 or one stop of a 307."""

from __future__ import annotations

from iwmo.model import StartProduct, StopProduct
from iwmo.regels import Bevinding
from iwmo.v3_2.regelset import productregel


@productregel("CS058", "305 307", "1 (eerste aanlevering) of 3 (verwijderen aanlevering) vullen.")
def cs058(levering: StartProduct | StopProduct) -> Bevinding | None:
    if levering.status_aanlevering in ("1", "3"):
        return None
    return Bevinding("StatusAanlevering", levering.status_aanlevering, "1 of 3")


@productregel("TR018", "307", "Einddatum moet groter dan of gelijk zijn aan Begindatum.")
def tr018(stop: StopProduct) -> Bevinding | None:
    if stop.einddatum >= stop.begindatum:
        return None
    return Bevinding("Einddatum", stop.einddatum.isoformat(), f"vanaf {stop.begindatum.isoformat()}")
