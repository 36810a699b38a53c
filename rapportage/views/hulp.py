"""What the report pages share: the file as an answer, the mark of a cell in an address, the address of a list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, QueryDict

from rapportage.bestandsnamen import bestandsnaam
from rapportage.enums import Categorie
from rapportage.overzicht import GROEPEN, Naam
from rapportage.tabellen import KORTE_NAMEN
from wmo_portal.lib import bladeren
from wmo_portal.lib.bijlage import XLSX, als_bestand
from wmo_portal.lib.bladeren import vanaf

__all__ = [
    "PER_PAGINA",
    "XLSX",
    "Celadres",
    "als_bestand",
    "bestandsnaam",
    "blader",
    "eenmalig_sleutel",
    "vanaf",
]

PER_PAGINA = 200


def eenmalig_sleutel() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Celadres:
    """Which figure was clicked."""

    gemeente: Naam | None
    aanbieder: Naam | None
    categorie: str

    @classmethod
    def lees(cls, vraag: QueryDict, gemeenten: Sequence[Naam], aanbieders: Sequence[Naam]) -> Celadres:
        """Raises Http404 for a code that is not in this report: a stranger learns nothing."""
        categorie = vraag.get("categorie", "")
        if categorie and categorie not in GROEPEN and categorie not in Categorie.codes():
            raise Http404
        return cls(
            _naam(gemeenten, vraag.get("rij_gemeente", "")),
            _naam(aanbieders, vraag.get("rij_aanbieder", "")),
            categorie,
        )

    @property
    def in_woorden(self) -> str:
        waar = [naam.naam for naam in (self.gemeente, self.aanbieder) if naam]
        return ", ".join([*waar, self._wat])

    @property
    def _wat(self) -> str:
        groepen = {"": "alle cliënten", "uitval": "uitval (03 + 04)", "beeindigd": "beëindigd (01 t/m 05)"}
        return (
            groepen[self.categorie] if self.categorie in groepen else KORTE_NAMEN[Categorie(self.categorie)]
        )

    @property
    def paren(self) -> list[tuple[str, str]]:
        alle = (
            ("rij_gemeente", self.gemeente.code if self.gemeente else ""),
            ("rij_aanbieder", self.aanbieder.code if self.aanbieder else ""),
            ("categorie", self.categorie),
        )
        return [(naam, waarde) for naam, waarde in alle if waarde]


def _naam(namen: Iterable[Naam], code: str) -> Naam | None:
    if not code:
        return None
    gevonden = next((naam for naam in namen if naam.code == code), None)
    if gevonden is None:
        raise Http404
    return gevonden


def blader(vraag: QueryDict, begin: int, aantal: int) -> dict[str, str]:
    """The addresses of the pages of a list behind a figure."""
    return bladeren.blader(vraag, begin, aantal, PER_PAGINA)
