"""Processor time of whole programs with all that they started: what a busy machine changes least.

Where the clock says how long somebody waited, this says how much work it was, whoever else was at work meanwhile.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_TIK: Final = os.sysconf("SC_CLK_TCK")


def verbruik(programmas: Mapping[str, int]) -> dict[str, float]:
    """Seconds so far, per program (its first process). Of who has ended, his parent kept the count."""
    tijden, kinderen = _processen()
    return {
        naam: sum(tijden.get(pid, 0.0) for pid in _boom(eerste, kinderen))
        for naam, eerste in programmas.items()
    }


def _boom(pid: int, kinderen: Mapping[int, list[int]]) -> Iterator[int]:
    yield pid
    for kind in kinderen.get(pid, ()):
        yield from _boom(kind, kinderen)


def _processen() -> tuple[dict[int, float], dict[int, list[int]]]:
    tijden: dict[int, float] = {}
    kinderen: dict[int, list[int]] = defaultdict(list)
    for pad in Path("/proc").glob("[0-9]*/stat"):
        try:
            velden = pad.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended just now
        pid = int(pad.parent.name)
        kinderen[int(velden[1])].append(pid)
        tijden[pid] = sum(map(int, velden[11:15])) / _TIK
    return tijden, kinderen
