"""One way to write something down and one hash of it: the seal of a frozen quarter, the version of a mapping (M3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from rapportage.categorieen import Afspraak, Afspraken
from rapportage.enums import Categorie
from stopberichten.enums import RedenBeeindiging, Zekerheid

KORT: Final = 12
"""As many characters as a person compares."""


def zegel(inhoud: Any) -> str:
    """SHA-256 of the canonical JSON: keys in order, no spaces, text as it is."""
    tekst = json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(tekst.encode("utf-8")).hexdigest()


def afspraken_als_rijen(afspraken: Afspraken) -> list[list[str]]:
    """The mapping of one region as it is stored and hashed: code, category, certainty, explanation, from, until."""
    return [
        [
            rij.reden.value,
            rij.categorie.value,
            rij.zekerheid.value,
            rij.uitleg,
            rij.vanaf.isoformat(),
            rij.tot.isoformat() if rij.tot else "",
        ]
        for _, rij in sorted(afspraken.items())
    ]


def afspraken_uit_rijen(rijen: list[list[str]]) -> Afspraken:
    """The reverse of `afspraken_als_rijen`."""
    gelezen = (
        Afspraak(
            reden=RedenBeeindiging(reden),
            categorie=Categorie(categorie),
            zekerheid=Zekerheid(zekerheid),
            uitleg=uitleg,
            vanaf=date.fromisoformat(vanaf),
            tot=date.fromisoformat(tot) if tot else None,
        )
        for reden, categorie, zekerheid, uitleg, vanaf, tot in rijen
    )
    return {rij.reden: rij for rij in gelezen}


def versie_van(afspraken: Mapping[int, Afspraken]) -> str:
    """The short hash by which a report names its mapping, over all its regions."""
    return zegel([afspraken_als_rijen(afspraken[regio]) for regio in sorted(afspraken)])[:KORT]
