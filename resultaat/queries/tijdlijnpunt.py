"""One point of the timeline, in the shape of the component `tijdlijn`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from wmo_portal.lib.tijd import AMSTERDAM

_BEGIN_VAN_DE_DAG: Final = time(0, 0, tzinfo=AMSTERDAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebeurd:
    """One point. `wanneer` sorts; `op` is what is shown."""

    wanneer: datetime
    op: str
    titel: str
    tekst: str = ""
    door: str = ""
    soort: str = "neutraal"
    label: str = ""


def punt(moment: datetime | date, **rest: str) -> Gebeurd:
    if isinstance(moment, datetime):
        lokaal = moment.astimezone(AMSTERDAM)
        return Gebeurd(wanneer=lokaal, op=f"{lokaal:%d-%m-%Y %H:%M}", **rest)
    return Gebeurd(wanneer=datetime.combine(moment, _BEGIN_VAN_DE_DAG), op=f"{moment:%d-%m-%Y}", **rest)
