"""A verdict on one file: which of five outcomes, by which rules, and why in plain Dutch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from iwmo.model import Bericht

Uitslag = Literal["akkoord", "afgekeurd-inhoud", "afgekeurd-schema", "niet-welgevormd", "geweigerd"]

# The level at which the verdict fell: 0 = before or while parsing, 1 = XSD, 2 = inside the message (IV032).
NIVEAU: Final[dict[Uitslag, int]] = {
    "geweigerd": 0,
    "niet-welgevormd": 0,
    "afgekeurd-schema": 1,
    "afgekeurd-inhoud": 2,
    "akkoord": 2,
}

MAX_MELDINGEN: Final = 100
_LANGSTE_WAARDE: Final = 60
_NEGEN_CIJFERS: Final = re.compile(r"\d(?:[ .]?\d){8,}")


@dataclass(frozen=True, slots=True)
class Melding:
    """One finding. `regel` is a number of the standard, "XSD" for level 1 or "LEZEN" for level 0."""

    regel: str
    plaats: str
    gevonden: str
    verwacht: str
    tekst: str

    def als_json(self) -> dict[str, str]:
        return {veld: getattr(self, veld) for veld in ("regel", "plaats", "gevonden", "verwacht", "tekst")}


@dataclass(frozen=True, slots=True)
class Oordeel:
    """`bericht` is filled from level 2 on, so that nobody needs to parse twice.

    `regels` holds the numbers of TR/CD/CS rules that were broken; OP192 (BOM, line ends) never decides and
    stands in `meldingen` only.
    """

    soort: str | None
    release: str | None
    niveau: int
    oordeel: Uitslag
    regels: tuple[str, ...] = ()
    meldingen: tuple[Melding, ...] = ()
    bericht: Bericht | None = None

    @property
    def akkoord(self) -> bool:
        return self.oordeel == "akkoord"

    def als_json(self) -> dict[str, object]:
        return {
            "soort": self.soort,
            "release": self.release,
            "niveau": self.niveau,
            "oordeel": self.oordeel,
            "regels": list(self.regels),
            "meldingen": [melding.als_json() for melding in self.meldingen],
        }


class BerichtAfgekeurd(Exception):
    """Raised by lees() for what cannot be read as a message of the standard; carries the verdict."""

    def __init__(self, oordeel: Oordeel) -> None:
        super().__init__(oordeel.meldingen[0].tekst if oordeel.meldingen else oordeel.oordeel)
        self.oordeel = oordeel


def gemaskeerd_bsn(waarde: str) -> str:
    """Only the last three characters of a BSN may be seen in a finding."""
    return "•" * max(len(waarde) - 3, 0) + waarde[-3:] if len(waarde) > 3 else "•" * len(waarde)


def toonbaar(waarde: str) -> str:
    """A received value as it may stand in a finding: short, on one line, never nine digits in a row (also
    not with spaces or dots between them: a BSN may turn up in any field)."""
    een_regel = " ".join(waarde[: 4 * _LANGSTE_WAARDE].split())
    veilig = _NEGEN_CIJFERS.sub(lambda gevonden: gemaskeerd_bsn(gevonden.group()), een_regel)
    return veilig if len(veilig) <= _LANGSTE_WAARDE else veilig[: _LANGSTE_WAARDE - 1] + "…"
