"""Contradictions between what four sources say of one ending: the stop message, the form, the outcome and
what came after (M5). Numbered T01, T02, …; a number is never used again.

None of them blocks anything: the person decides. They are computed from the facts of the moment, so they
vanish by themselves once solved. Facts that are not known contradict nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from resultaat.tegenspraakfeiten import Tegenspraakfeiten
from resultaat.tegenspraakregels import REGELS, Tegenspraakregel

REGEL: Final = MappingProxyType({regel.nummer: regel for regel in REGELS})


@dataclass(frozen=True, slots=True)
class Tegenspraak:
    """A contradiction that was found, ready to show."""

    regel: Tegenspraakregel
    zin: str


def tegenspraken(feiten: Tegenspraakfeiten) -> tuple[Tegenspraak, ...]:
    """Every contradiction in these facts, in the order of the numbers; usually none."""
    return tuple(Tegenspraak(regel, regel.zin.format(f=feiten)) for regel in REGELS if regel.geldt(feiten))
