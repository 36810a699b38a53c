"""Two rules about a password that Django does not have: no words of this portal, and none that leaked (ASVS 6.2.11-12)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError

from organisaties.models import Aanbieder, Gemeente, Regio
from wmo_portal.lib.tekst import zoeksleutel

EIGEN_WOORDEN: Final = (
    "wmoportaal", "wmoportal", "resultaatgebied", "resultaatsturing", "beschikking", "toewijzing", "stopbericht",
    "toelichting", "werkvoorraad", "maatwerkvoorziening", "zorgaanbieder", "consulent", "contractmanager", "welkomindedemo",
)  # fmt: skip
"""What somebody who knows this portal tries first. The names of organisations come from the database."""
EIGEN: Final = 4
"""A name shorter than this says nothing: it stands in many a good sentence."""
REST: Final = 12
"""So many letters besides the words themselves make it a sentence that nobody guesses."""


class GeenEigenWoorden:
    """A password is more than the names around here: what is left without them must be long enough by itself."""

    def validate(self, password: str, user: Any = None) -> None:
        over = kaal = _letters(password)
        for woord in sorted(_woorden(), key=len, reverse=True):
            over = over.replace(woord, "")
        if over != kaal and len(over) < REST:
            raise ValidationError(
                "Dit wachtwoord is bijna helemaal een naam of woord uit het portaal, zoals van een gemeente of een "
                "aanbieder. Kies een zin met andere woorden.",
                code="eigen_woorden",
            )

    def get_help_text(self) -> str:
        return "Gebruik geen naam van een gemeente of aanbieder als wachtwoord."


def _letters(tekst: str) -> str:
    return "".join(teken for teken in zoeksleutel(tekst) if teken.isalpha())


def _woorden() -> set[str]:
    namen = {
        naam
        for model in (Gemeente, Regio, Aanbieder)
        for naam in model.objects.values_list("naam", flat=True)
    }
    return {woord for woord in map(_letters, namen) if len(woord) >= EIGEN} | set(EIGEN_WOORDEN)


class NietUitgelekt:
    """Not in a list of leaked passwords that the operator put on this machine; without a list there is no judgement.

    The file holds SHA-1 marks in capitals, one a line, sorted, with or without `:count` (the shape in which such lists
    are published). It is searched by halving, so forty gigabytes cost some thirty reads and nothing leaves the machine.
    """

    def __init__(self, bestand: str = "") -> None:
        self.bestand = Path(bestand) if bestand else None

    def validate(self, password: str, user: Any = None) -> None:
        merk = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        if self.bestand and _staat_erin(self.bestand, merk.encode()):
            raise ValidationError(
                "Dit wachtwoord staat in een lijst van uitgelekte wachtwoorden. Kies een ander.",
                code="uitgelekt",
            )

    def get_help_text(self) -> str:
        return "Gebruik geen wachtwoord dat ergens is uitgelekt."


def _staat_erin(bestand: Path, merk: bytes) -> bool:
    """Halving on bytes: each look goes to the start of the next whole line."""
    with bestand.open("rb") as bron:
        laag, hoog = 0, bron.seek(0, os.SEEK_END)
        while laag < hoog:
            midden = (laag + hoog) // 2
            if _regel_na(bron, midden)[: len(merk)] < merk:
                laag = midden + 1
            else:
                hoog = midden
        return _regel_na(bron, laag)[: len(merk)] == merk


def _regel_na(bron: Any, plek: int) -> bytes:
    """The first line that begins at or after this byte; at the end of the file what sorts after everything."""
    if plek:
        bron.seek(plek - 1)
        bron.readline()
    else:
        bron.seek(0)
    regel: bytes = bron.readline().strip()
    return regel or b"\xff"
