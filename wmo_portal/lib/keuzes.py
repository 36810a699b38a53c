"""Stable codes with the label that a person reads, without Django.

A rule module needs the code, a model needs `(code, label)` pairs and a page needs the label. One enum
serves all three, so that a label is written down once (house rule: enum values are stable codes, labels
are the source's wording).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Keuze(StrEnum):
    """A `StrEnum` whose members carry a Dutch label: `SLUITEN = "sluiten", "Toewijzing sluiten"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        # The default serves the type checker only: `RedenBeeindiging("19")` looks a member up.
        lid = str.__new__(cls, code)
        lid._value_ = code
        lid.label = label
        return lid

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a Django `choices=`; plain strings, so that a migration holds no import of us."""
        return [(str(lid.value), lid.label) for lid in cls]

    @classmethod
    def codes(cls) -> list[str]:
        return [str(lid.value) for lid in cls]
