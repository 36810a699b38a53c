"""The tiles of the start page: what waits for this person. Apps higher in the house add theirs by `REGISTER`.

    from organisaties.startblokken import REGISTER, Blok

    def blokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]: ...

    REGISTER.append(blokken)      # once, in AppConfig.ready

The number of a tile is the number of rows of the list behind its link: both come from the same query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from organisaties.models import Gebruiker


@dataclass(frozen=True, slots=True)
class Blok:
    """One tile. `zin` says what to do with it; `soort` is neutraal, waarschuwing, fout or ok (component kengetal).

    `volgorde`: lower comes first. `altijd`: shown at 0 too; others vanish when nothing waits. `een`: the label when
    there is one.
    """

    label: str
    aantal: int
    url: str
    zin: str
    soort: str = "neutraal"
    volgorde: int = 50
    altijd: bool = True
    een: str = ""

    @property
    def opschrift(self) -> str:
        return self.een if self.een and self.aantal == 1 else self.label


REGISTER: list[Callable[[Gebruiker, date], list[Blok]]] = []


def blokken_voor(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    """All tiles of this person, in order."""
    alle = [blok for maak in REGISTER for blok in maak(gebruiker, vandaag)]
    return sorted((b for b in alle if b.altijd or b.aantal), key=lambda blok: (blok.volgorde, blok.label))
