"""What may stand in the one mail a day, as each app tells it (docs/adr/0011).

BRON = Bron("termijn", "Documenten", "…", frozenset({Rol.AANBIEDER}), posten)
REGISTER.append(BRON)      # once, in AppConfig.ready
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from organisaties.enums import Rol


@dataclass(frozen=True, slots=True)
class Deel:
    """One subject of somebody's mail. `aantal`: how many things it tells, for the report of the job."""

    onderwerp: str
    regels: tuple[str, ...]
    aantal: int


@dataclass(frozen=True, slots=True)
class Post:
    """What is due for one address. `neem(key of the mail, moment)` writes down that it is told and gives the text.

    It gives None when somebody else told it meanwhile. Without an address there is nobody to tell.
    """

    adres: str
    neem: Callable[[str, datetime], Deel | None]


@dataclass(frozen=True, slots=True)
class Bron:
    """A kind of news. `code` is stored with people's choices and never reused."""

    code: str
    label: str
    uitleg: str
    rol: Rol
    posten: Callable[[date, datetime], Iterable[Post]]
    volgorde: int = 50
    """Lower comes first in the mail, and gives it its subject."""

    @property
    def voor_aanbieders(self) -> bool:
        return self.rol is Rol.AANBIEDER


REGISTER: list[Bron] = []


def meld_aan(*bronnen: Bron) -> None:
    """Add these kinds, each once."""
    for bron in bronnen:
        if bron not in REGISTER:
            REGISTER.append(bron)


def bronnen_voor(rol: str) -> list[Bron]:
    return [bron for bron in REGISTER if bron.rol == rol]
