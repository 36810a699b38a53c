"""A release is one folder: element tables, generated schemas and the rules of level 2."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iwmo.regels import Toetsing

if TYPE_CHECKING:
    from lxml import etree

    from iwmo.model import Bericht
    from iwmo.regels import Regel

Lezer = Callable[["etree._Element", "Berichtsoort"], "Bericht"]
Schrijver = Callable[["Bericht", "Berichtsoort"], bytes]


@dataclass(frozen=True)
class Berichtsoort:
    """One message type of one release, e.g. 307 of 3.2."""

    code: str
    release: str
    naamruimte: str
    basis: str
    berichtcode: str
    retour: str | None
    xsd: Path
    typen: Mapping[str, list[dict[str, Any]]] = field(repr=False)
    tabellen: Mapping[str, Any] = field(repr=False)
    toetsing: Toetsing = field(repr=False)
    lezer: Lezer = field(repr=False)
    schrijver: Schrijver = field(repr=False)

    @property
    def regels(self) -> tuple[Regel, ...]:
        return self.toetsing.regels

    @property
    def heen(self) -> bool:
        return self.retour is not None


@dataclass(frozen=True)
class Release:
    naam: str
    soorten: Mapping[str, Berichtsoort]
    codelijsten: Mapping[str, Mapping[str, str]] = field(repr=False)


def uit_map(folder: Path, regels: tuple[Regel, ...], lezer: Lezer, schrijver: Schrijver) -> Release:
    """Read a release from its folder: elementen.json and xsd/wmo3NN.xsd. Costs one JSON of 45 kB."""
    tabellen = json.loads((folder / "elementen.json").read_text(encoding="utf-8"))
    soorten = {
        code: Berichtsoort(
            code=code,
            release=tabellen["release"],
            naamruimte=bericht["naamruimte"],
            basis=tabellen["basisschema"],
            berichtcode=bericht["berichtcode"],
            retour=bericht["retour"],
            xsd=folder / "xsd" / f"wmo{code}.xsd",
            typen=bericht["typen"],
            tabellen=tabellen,
            toetsing=Toetsing(regel for regel in regels if code in regel.soorten),
            lezer=lezer,
            schrijver=schrijver,
        )
        for code, bericht in tabellen["berichten"].items()
    }
    codelijsten = {naam.removeprefix("LDT_"): dict(lijst) for naam, lijst in tabellen["codelijsten"].items()}
    return Release(tabellen["release"], soorten, codelijsten)
