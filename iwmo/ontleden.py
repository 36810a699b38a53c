"""Bytes -> tree, with everything that can hurt refused before a parser sees it (level 0).

The order matters: size, then encoding, then document type. After the encoding check the bytes are certainly
UTF-8, so a DOCTYPE cannot hide in another encoding any more.
"""

from __future__ import annotations

import re
import threading
from typing import Final

from lxml import etree

from iwmo.oordeel import Melding, Uitslag, toonbaar

MAX_BYTES: Final = 25 * 1024 * 1024  # OP179
_BOM: Final = b"\xef\xbb\xbf"
_DECLARATIE: Final = re.compile(rb"<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{0,40})[\"']")
# How nearly every message begins: declared as UTF-8 and straight to the root, so no document type.
_GEWOON_BEGIN: Final = re.compile(rb'<\?xml version="1\.0" encoding="[Uu][Tt][Ff]-8"\?>\s*<[A-Za-z]')
_ADVIES: Final = "Stuur het bericht opnieuw in UTF-8 (OP192)."
_WIT: Final = re.compile(rb"[ \t\r\n]*")
_VREEMDE_BOM: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# libxml2's own limits: a text of 10 MB and a depth of 256, and for a file that can hold such a text none and
# 2048. Passing them is a refusal, not bad XML.
_KLEIN: Final = 10_000_000
_GRENS_VAN_DE_PARSER: Final = frozenset(
    (
        etree.ErrorTypes.ERR_RESOURCE_LIMIT,
        etree.ErrorTypes.ERR_NAME_TOO_LONG,
        etree.ErrorTypes.ERR_ENTITY_LOOP,
    )
)

_eigen = threading.local()


class Geweerd(Exception):
    """The bytes do not become a tree. `uitslag` is "geweigerd" or "niet-welgevormd"."""

    def __init__(self, uitslag: Uitslag, melding: Melding) -> None:
        super().__init__(melding.tekst)
        self.uitslag = uitslag
        self.melding = melding


def _weiger(gevonden: str, verwacht: str, tekst: str) -> Geweerd:
    return Geweerd("geweigerd", Melding("LEZEN", "bestand", gevonden, verwacht, tekst))


def _keur_omvang(data: bytes, maximaal: int) -> None:
    if len(data) > maximaal:
        megabytes = maximaal // (1024 * 1024)
        raise _weiger(
            f"meer dan {maximaal} bytes",
            f"ten hoogste {maximaal} bytes",
            f"Het bestand is groter dan {megabytes} MB (OP179). Splits de aanlevering en stuur die opnieuw.",
        )


def _keur_tekenset(data: bytes) -> None:
    """The bytes must be UTF-8 (OP192), whatever the file says of itself."""
    if data.startswith(b"PK\x03\x04"):
        raise _weiger(
            "zip", "XML", "Dit is een zip-bestand. Pak het eerst uit en bied de berichten zelf aan."
        )
    if data.startswith(_VREEMDE_BOM) or b"\x00" in data[:4]:
        raise _weiger("UTF-16 of UTF-32", "UTF-8", f"Het bestand is geen UTF-8. {_ADVIES}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as fout:
        tekst = f"Het bestand is geen UTF-8: byte {fout.start + 1} past niet. {_ADVIES}"
        raise _weiger(f"byte 0x{data[fout.start]:02x}", "UTF-8", tekst) from None


def _keur_declaratie(data: bytes) -> None:
    """The tekenset that the file names, if it names one."""
    declaratie = _DECLARATIE.match(data.removeprefix(_BOM))
    if declaratie and declaratie.group(1).lower() not in (b"utf-8", b"utf8"):
        naam = toonbaar(declaratie.group(1).decode("utf-8", "replace"))
        raise _weiger(naam, "UTF-8", f"Het bestand noemt de tekenset {naam}; alleen UTF-8 mag. {_ADVIES}")


def _begin_van_inhoud(data: bytes) -> int:
    """Where the prolog (spaces, processing instructions, comments) ends; linear in its length."""
    plek = len(_BOM) if data.startswith(_BOM) else 0
    while True:
        wit = _WIT.match(data, plek)
        plek = wit.end() if wit else plek
        einde = b"-->" if data.startswith(b"<!--", plek) else b"?>" if data.startswith(b"<?", plek) else b""
        sluiting = data.find(einde, plek) if einde else -1
        if sluiting < 0:
            return plek
        plek = sluiting + len(einde)


def _keur_documenttype(data: bytes) -> None:
    """A document type can only stand between the prolog and the root; a message never has one."""
    begin = _begin_van_inhoud(data)
    if data.startswith(b"<!", begin) and not data.startswith(b"<!--", begin):
        raise _weiger(
            "<!DOCTYPE",
            "geen documenttype",
            "Het bestand bevat een documenttype (DTD). Dat is in berichten niet nodig en niet veilig. "
            "Stuur het bericht opnieuw zonder DTD.",
        )


def _nieuwe_parser(*, lang: bool) -> etree.XMLParser:
    """Comments and instructions are dropped while reading, so that they cannot cut a value in two:
    123<!-- x -->456782 is one BSN. `lang` lifts the limits; without document type and with at most 25 MB there is
    nothing to blow up."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=lang,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=False,
    )


def _parser() -> etree.XMLParser:
    """The parser of this thread."""
    if not hasattr(_eigen, "parser"):
        _eigen.parser = _nieuwe_parser(lang=False)
    parser: etree.XMLParser = _eigen.parser
    return parser


def _parseer(data: bytes, parser: etree.XMLParser) -> etree._Element:
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fout:
        regel, kolom = fout.position
        plaats = f"regel {regel}, kolom {kolom}"
        # lxml-stubs does not know .code
        if getattr(fout, "code", 0) in _GRENS_VAN_DE_PARSER:
            tekst = "Het bestand is te diep genest of heeft een te lange naam. Laat de afzender het nakijken."
            raise Geweerd(
                "geweigerd", Melding("LEZEN", plaats, "te groot", "een gewoon bericht", tekst)
            ) from None
        tekst = f"Het bestand is geen welgevormde XML ({plaats}). Laat de afzender het opnieuw maken."
        raise Geweerd(
            "niet-welgevormd", Melding("LEZEN", plaats, "geen XML", "welgevormde XML", tekst)
        ) from None


def ontleed(data: bytes, *, maximaal: int = MAX_BYTES) -> etree._Element:
    """The root element. Raises Geweerd, and nothing else, whatever the bytes are."""
    _keur_omvang(data, maximaal)
    _keur_tekenset(data)
    gewoon = _GEWOON_BEGIN.match(data) is not None
    if not gewoon:
        _keur_declaratie(data)
        _keur_documenttype(data)
    root = _parseer(data, _parser() if len(data) < _KLEIN else _nieuwe_parser(lang=True))
    if not gewoon and root.getroottree().docinfo.internalDTD is not None:
        raise _weiger("DTD", "geen documenttype", "Het bestand bevat een documenttype (DTD).")
    if b"chemaLocation" in data:
        # libxml2 would open the file named there while validating; it may stand in a message, we ignore it.
        xsi = "{http://www.w3.org/2001/XMLSchema-instance}"
        etree.strip_attributes(root, f"{xsi}schemaLocation", f"{xsi}noNamespaceSchemaLocation")
    return root


def bestandsvorm(data: bytes) -> list[Melding]:
    """Breaches of OP192 that do not stop us from reading: a BOM, line ends other than CR/LF. As many CR as LF
    is taken for CR/LF: counting pairs costs as much as a rule and this decides nothing."""
    meldingen = []
    if data.startswith(_BOM):
        meldingen.append(
            Melding("OP192", "bestand", "BOM", "geen BOM", "Het bestand begint met een BOM. Dat hoort niet.")
        )
    if data.count(b"\n") != data.count(b"\r"):
        meldingen.append(
            Melding("OP192", "bestand", "LF", "CR/LF", "Regels eindigen niet overal op CR/LF. Dat hoort wel.")
        )
    return meldingen
