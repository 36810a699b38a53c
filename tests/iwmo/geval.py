"""One own test message and its verdict."""

from __future__ import annotations

from dataclasses import dataclass

from tests.iwmo.bouw import Bewerking


@dataclass(frozen=True)
class Geval:
    naam: str
    soort: str
    bewerkingen: tuple[Bewerking, ...]
    oordeel: str
    regels: tuple[str, ...] = ()


def geval(naam: str, soort: str, regels: str, *bewerkingen: Bewerking) -> Geval:
    uitslag = "afgekeurd-inhoud" if regels else "akkoord"
    return Geval(naam, soort, bewerkingen, uitslag, tuple(regels.split()))
