"""The municipalities of the Netherlands by CBS code, as on 1 January 2026 (342 of them).

TR378 asks for a code of the list that holds on the day of the allocation; a code that lapsed by a herindeling
stays allowed for older allocations. Such a code is a `Gemeente` that the beheerder entered by hand: what the
portal knows as a municipality is always accepted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_BESTAND = Path(__file__).parent / "data" / "gemeenten_cbs_2026.json"


@cache
def cbs() -> Mapping[str, str]:
    """Code -> name."""
    return MappingProxyType(json.loads(_BESTAND.read_text(encoding="utf-8")))
