"""Writes our own XML Schemas from the element tables of a release (issue: level 1 is data, not code)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

_FACETTEN = ("minLength", "maxLength", "minInclusive", "maxInclusive", "pattern")

# The standard writes these patterns in a way that makes a regular expression engine try many paths on a long
# text. The right-hand side accepts exactly the same texts along one path (tests/iwmo/test_schema.py).
# In XML Schema "." is everything but CR and LF, and \s is space, tab, CR, LF.
_EENPADIG = {
    r".*[^\s].*": r"[ \t]*\S.*",
    r"([.\s]*\S+[.\s]*)+": r"\s*\S[\s\S]*",
}


def _kop(naamruimte: str, extra: str = "") -> list[str]:
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Gemaakt uit elementen.json; niet met de hand wijzigen. -->",
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t={quoteattr(naamruimte)}{extra}'
        f' targetNamespace={quoteattr(naamruimte)} elementFormDefault="qualified">',
    ]


def _enkelvoudig(naam: str, facetten: dict[str, str], codelijsten: dict[str, Any]) -> list[str]:
    regels = [f'  <xs:simpleType name="{naam}">', f'    <xs:restriction base="{facetten["basis"]}">']
    for facet in _FACETTEN:
        if facet in facetten:
            waarde = _EENPADIG.get(facetten[facet], facetten[facet])
            regels.append(f"      <xs:{facet} value={quoteattr(waarde)}/>")
    for code, _ in codelijsten.get(facetten.get("codelijst", ""), []):
        regels.append(f"      <xs:enumeration value={quoteattr(code)}/>")
    return [*regels, "    </xs:restriction>", "  </xs:simpleType>"]


def _element(veld: dict[str, Any], basis: str) -> list[str]:
    """One element of a sequence; `basis` is the prefix under which the basisschema types are known."""
    aantal = "unbounded" if veld["max"] is None else str(veld["max"])
    naam = f'      <xs:element name="{veld["naam"]}" minOccurs="{veld["min"]}" maxOccurs="{aantal}"'
    voorvoegsel = basis if veld["type"].startswith(("LDT_", "CDT_")) else "t"
    if "vast" not in veld:
        return [f'{naam} type="{voorvoegsel}:{veld["type"]}"/>']
    return [
        f"{naam}>",
        f'        <xs:simpleType><xs:restriction base="{voorvoegsel}:{veld["type"]}">',
        f"          <xs:pattern value={quoteattr(veld['vast'])}/>",
        "        </xs:restriction></xs:simpleType>",
        "      </xs:element>",
    ]


def _samengesteld(naam: str, velden: list[dict[str, Any]], basis: str) -> list[str]:
    regels = [f'  <xs:complexType name="{naam}">', "    <xs:sequence>"]
    for veld in velden:
        regels += _element(veld, basis)
    return [*regels, "    </xs:sequence>", "  </xs:complexType>"]


def _basisschema(tabellen: dict[str, Any]) -> str:
    regels = _kop(tabellen["basisschema"])
    for naam, facetten in tabellen["enkelvoudig"].items():
        regels += _enkelvoudig(naam, facetten, tabellen["codelijsten"])
    for naam, velden in tabellen["samengesteld"].items():
        regels += _samengesteld(naam, velden, "t")
    return "\n".join([*regels, "</xs:schema>", ""])


def _berichtschema(tabellen: dict[str, Any], bericht: dict[str, Any]) -> str:
    basis = tabellen["basisschema"]
    regels = _kop(bericht["naamruimte"], f" xmlns:iwmo={quoteattr(basis)}")
    regels.append(f'  <xs:import namespace={quoteattr(basis)} schemaLocation="basisschema.xsd"/>')
    regels.append('  <xs:element name="Bericht" type="t:Root"/>')
    for naam, velden in bericht["typen"].items():
        regels += _samengesteld(naam, velden, "iwmo")
    return "\n".join([*regels, "</xs:schema>", ""])


def schemas(tabellen: dict[str, Any]) -> dict[str, str]:
    """File name -> text of every schema of a release."""
    bestanden = {"basisschema.xsd": _basisschema(tabellen)}
    for code, bericht in tabellen["berichten"].items():
        bestanden[f"wmo{code}.xsd"] = _berichtschema(tabellen, bericht)
    return bestanden


def maak(folder: Path) -> list[Path]:
    """Write xsd/*.xsd beside the elementen.json in `folder`; returns the paths written."""
    tabellen = json.loads((folder / "elementen.json").read_text(encoding="utf-8"))
    (folder / "xsd").mkdir(exist_ok=True)
    paden = []
    for naam, tekst in schemas(tabellen).items():
        pad = folder / "xsd" / naam
        pad.write_text(tekst, encoding="utf-8", newline="\n")
        paden.append(pad)
    return paden
