"""What still has to be set up, as seen in data that this app may not know. Higher apps add theirs by `REGISTER`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from organisaties.models import Regio


@dataclass(frozen=True, slots=True)
class Signaal:
    """A code in use that has no agreement: `wat` is the code, `aantal` how often it is used."""

    regio: Regio
    wat: str
    zin: str
    aantal: int


REGISTER: list[Callable[[], list[Signaal]]] = []


def signalen() -> list[Signaal]:
    return [signaal for maak in REGISTER for signaal in maak()]
