"""iWmo messages as frozen values: read, judge (levels 1 and 2), answer and write.

Pure Python and lxml, typed, no framework. README.md shows each function in five lines.
"""

from __future__ import annotations

from iwmo.keuren import controleer, lees, schrijf
from iwmo.model import Bericht
from iwmo.oordeel import BerichtAfgekeurd, Melding, Oordeel
from iwmo.retour import retour

__all__ = [
    "Bericht",
    "BerichtAfgekeurd",
    "Melding",
    "Oordeel",
    "controleer",
    "lees",
    "retour",
    "schrijf",
]
