"""Level 1: a tree against the generated schema of its message type, with findings in plain Dutch."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from iwmo.oordeel import MAX_MELDINGEN, Melding, gemaskeerd_bsn, toonbaar
from iwmo.register import naamruimten, ondersteund
from iwmo.release import Berichtsoort

_STANDAARD: Final = re.compile(
    r"http://www\.istandaarden\.nl/(\w{1,20})/(\d{1,2})_(\d{1,2})/(\w{1,20})/schema"
)
_VERWACHT: Final = re.compile(r"Expected is (?:one of )?\( (.*?) \)")
_NAAMRUIMTE: Final = re.compile(r"\{[^}]*\}")
_STAP: Final = re.compile(r"(?:([^:\[/]+):)?([^:\[/]+)(?:\[(\d+)\])?")
_FORMATEN: Final = {
    "[0-9]{4}": "4 cijfers",
    "[0-9]{8}": "8 cijfers",
    "[0-9]{9}": "9 cijfers",
    "[0-9]*": "alleen cijfers",
    "([a-zA-ZÀ-ỳ])+": "alleen letters, zonder punten of spaties",
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)": "drie getallen met punten ertussen, zoals 1.0.0",
    "[^:Z]*": "zonder tijdzone",
    "[^Z+-]+": "zonder tijdzone",
}
_BASIS: Final = {"xs:date": "een datum (jjjj-mm-dd)", "xs:time": "een tijd (uu:mm:ss)"}
# Enforced by the schema, yet rules of the standard with a number.
_REGEL_VAN_VELD: Final = {"BerichtVersie": "CS025", "BerichtSubversie": "CS015"}

_ELEMENT: Final = re.compile(r"Element '(?:\{[^}]*\})?([^']*)'")
_GROOT: Final = 1_000_000

_eigen = threading.local()


def _compilaat(soort: Berichtsoort) -> etree.XMLSchema:
    """The compiled schema, once a thread: an XMLSchema keeps the errors of its last run in itself."""
    compilaten: dict[str, etree.XMLSchema] = _eigen.__dict__.setdefault("compilaten", {})
    if soort.naamruimte not in compilaten:
        compilaten[soort.naamruimte] = etree.XMLSchema(etree.parse(str(soort.xsd)))
    return compilaten[soort.naamruimte]


def _velden(soort: Berichtsoort, typenaam: str) -> list[dict[str, Any]]:
    samengesteld: dict[str, list[dict[str, Any]]] = soort.tabellen["samengesteld"]
    return soort.typen.get(typenaam) or samengesteld.get(typenaam, [])


def veld_op(soort: Berichtsoort, namen: list[str]) -> dict[str, Any] | None:
    """The row of the element table for a path of local names below Bericht, or None."""
    typenaam, gevonden = "Root", None
    for naam in namen:
        gevonden = next((veld for veld in _velden(soort, typenaam) if veld["naam"] == naam), None)
        if gevonden is None:
            return None
        typenaam = gevonden["type"]
    return gevonden


def _lengte(facetten: dict[str, str]) -> str | None:
    minimum, maximum = facetten.get("minLength"), facetten.get("maxLength")
    if maximum is None:
        return "niet leeg" if minimum else None
    return f"{minimum or 0} tot {maximum} tekens"


def _bereik(facetten: dict[str, str]) -> str:
    return f"een geheel getal van {facetten['minInclusive']} tot en met {facetten['maxInclusive']}"


def verwachting(soort: Berichtsoort, veld: dict[str, Any]) -> str:
    """What the element table asks of a value, as part of a Dutch sentence."""
    if "vast" in veld:
        return str(veld["vast"])
    facetten = soort.tabellen["enkelvoudig"].get(veld["type"])
    if facetten is None:
        return "alleen onderliggende elementen"
    if "codelijst" in facetten:
        codes = [code for code, _ in soort.tabellen["codelijsten"][facetten["codelijst"]]]
        return "een van " + ", ".join(codes) if len(codes) <= 25 else f"een van de {len(codes)} codes"
    if "minInclusive" in facetten:
        return _bereik(facetten)
    patroon = facetten.get("pattern", "")
    delen = [_BASIS.get(facetten["basis"]), _FORMATEN.get(patroon)]
    if not _FORMATEN.get(patroon) or "À" in patroon:
        delen.append(_lengte(facetten))
    return ", ".join(deel for deel in delen if deel)


def _volg(root: etree._Element, pad: str) -> etree._Element | None:
    """The element of a libxml2 node path (/a:b/a:c[2]/*[3]); None when it cannot be followed."""
    element: etree._Element | None = None
    for stap in pad.strip("/").split("/"):
        gelezen = _STAP.fullmatch(stap)
        if gelezen is None:
            return None
        prefix, naam, nummer = gelezen.groups()
        kinderen = [root] if element is None else list(element)
        passend = [
            kind
            for kind in kinderen
            if naam == "*" or (etree.QName(kind).localname == naam and (kind.prefix or None) == prefix)
        ]
        plek = int(nummer or 1) - 1
        if plek >= len(passend):
            return None
        element = passend[plek]
    return element


def _keten(element: etree._Element) -> list[etree._Element]:
    return [*reversed(list(element.iterancestors())), element]


def plaats_van(element: etree._Element) -> str:
    """Bericht/Client/StopProducten/StopProduct[2]/Einddatum: no prefixes, numbered where repeated."""
    delen = []
    for stap in _keten(element):
        naam = toonbaar(etree.QName(stap).localname)
        ouder = stap.getparent()
        zelfde = [] if ouder is None else [kind for kind in ouder if kind.tag == stap.tag]
        delen.append(f"{naam}[{zelfde.index(stap) + 1}]" if len(zelfde) > 1 else naam)
    return "/".join(delen)


def _structuurfout(element: etree._Element, bericht: str) -> Melding:
    naam, plaats = toonbaar(etree.QName(element).localname), plaats_van(element)
    gelezen = _VERWACHT.search(bericht)
    verwacht = _NAAMRUIMTE.sub("", gelezen.group(1)).replace("##other*", "").strip() if gelezen else ""
    if "not expected" in bericht and naam == verwacht:
        ruimte = toonbaar(etree.QName(element).namespace or "geen")
        return Melding(
            "XSD", plaats, ruimte, verwacht, f"{naam} staat in een verkeerde naamruimte: {ruimte}."
        )
    if "not expected" in bericht:
        daar = f"hier hoort {verwacht}" if verwacht else "hier hoort niets meer"
        return Melding("XSD", plaats, naam, verwacht, f"{naam} staat hier niet goed: {daar}.")
    if "Missing child" in bericht:
        return Melding("XSD", plaats, "ontbreekt", verwacht, f"In {naam} ontbreekt {verwacht}.")
    tekst = f"{naam} heeft een inhoud of kenmerk dat het schema van de standaard niet kent."
    return Melding("XSD", plaats, naam, verwacht, tekst)


def _waardefout(soort: Berichtsoort, element: etree._Element, veld: dict[str, Any]) -> Melding:
    naam, waarde = veld["naam"], element.text or ""
    gevonden = gemaskeerd_bsn(waarde[-9:]) if naam == "Bsn" else toonbaar(waarde)
    verwacht = verwachting(soort, veld)
    regel = _REGEL_VAN_VELD.get(naam, "XSD")
    getoond = f"“{gevonden}”" if gevonden else "leeg"
    return Melding(
        regel, plaats_van(element), gevonden, verwacht, f"{naam} is {getoond}; verwacht: {verwacht}."
    )


def _melding(soort: Berichtsoort, root: etree._Element, pad: str, bericht: str) -> Melding:
    element = _volg(root, pad)
    if element is None:
        return Melding("XSD", "Bericht", "", "", "Het bericht voldoet niet aan het schema van de standaard.")
    structuur = "not expected" in bericht or "Missing child" in bericht or "attribute" in bericht
    namen = [etree.QName(stap).localname for stap in _keten(element)[1:]]
    veld = None if structuur else veld_op(soort, namen)
    enkelvoudig = veld is not None and veld["type"] in soort.tabellen["enkelvoudig"]
    if veld is not None and enkelvoudig and len(element) == 0:
        return _waardefout(soort, element, veld)
    return _structuurfout(element, bericht)


def _meldingen(soort: Berichtsoort, root: etree._Element, log: etree._ListErrorLog) -> Iterator[Melding]:
    """One finding an element: libxml2 reports a wrong value once a facet and once more for the type."""
    gehad: set[str] = set()
    for fout in log:
        pad = fout.path or ""
        if pad in gehad:
            continue
        gehad.add(pad)
        yield _melding(soort, root, pad, fout.message or "")
        if len(gehad) >= MAX_MELDINGEN:
            return


def _stromend(soort: Berichtsoort, data: bytes) -> list[str]:
    """The messages of a validation while parsing. They have no place, but cost no time each: naming the
    places of 40,000 faults took 37 s. lxml keeps them in its log of this thread, the last 100 of them."""
    etree.clear_error_log()
    parser = etree.XMLParser(
        schema=_compilaat(soort),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fout:
        log: Any = fout.error_log  # lxml-stubs does not know that a log can be walked
        return [str(regel.message) for regel in log]
    return []


def _overvol(berichten: list[str]) -> list[Melding]:
    """Findings by element name only, for a big file that is wrong all over."""
    namen = sorted({toonbaar(naam) for tekst in berichten for naam in _ELEMENT.findall(tekst)})
    return [
        Melding(
            "XSD",
            "Bericht",
            naam,
            "de standaard",
            f"{naam} voldoet op veel plaatsen niet aan het schema van de standaard.",
        )
        for naam in namen
    ]


def keur(soort: Berichtsoort, root: etree._Element, data: bytes) -> list[Melding]:
    """The findings of level 1; empty when the tree is valid. `data` are the bytes the tree came from."""
    if len(data) > _GROOT:
        berichten = _stromend(soort, data)
        if len(berichten) >= MAX_MELDINGEN:
            return _overvol(berichten)
    schema = _compilaat(soort)
    if schema.validate(root):
        return []
    return list(_meldingen(soort, root, schema.error_log))


def herken(root: etree._Element) -> tuple[Berichtsoort | None, str | None, str | None, str]:
    """(our message type, soort, release, what was found) of a root element."""
    naamruimte = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    soort = naamruimten().get(naamruimte)
    if soort is not None:
        return soort, soort.code, soort.release, f"WMO{soort.code}"
    gelezen = _STANDAARD.fullmatch(naamruimte)
    if gelezen is None:
        naam = toonbaar(etree.QName(root).localname)
        return None, None, None, f"{naam} in naamruimte “{toonbaar(naamruimte)}”" if naamruimte else naam
    standaard, hoofd, sub, bericht = gelezen.groups()
    gevonden = toonbaar(f"{bericht.upper()} van {standaard} {hoofd}.{sub}")
    if standaard != "iwmo" or not re.fullmatch(r"wmo\d{3}", bericht):
        return None, None, None, gevonden
    return None, bericht[3:], f"{hoofd}.{sub}", gevonden


def onbekend(gevonden: str) -> Melding:
    """The finding for a wrong release, another standard, or something invented."""
    tekst = f"Gevonden: {gevonden}. Dit bericht wordt niet ondersteund. Wel ondersteund: {ondersteund()}."
    return Melding("XSD", "Bericht", gevonden, ondersteund(), tekst)
