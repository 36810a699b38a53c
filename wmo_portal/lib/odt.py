"""Is this OpenDocument text what it says, and is there nothing in it that runs or fetches? Structure only (R97).

LibreOffice itself always writes an empty `office:scripts` and charts as folders `Object 1/`; those are no danger.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from lxml import etree

from wmo_portal.lib.tabelblad.openen import BestandGeweigerd, controleer_zip

MIMETYPE: Final = b"application/vnd.oasis.opendocument.text"
OPNIEUW: Final = "Sla het document zonder dit onderdeel op, of maak er een pdf van."
_MANIFEST: Final = "META-INF/manifest.xml"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_GEVAARLIJKE_NAAM: Final = re.compile(
    r"^(basic|scripts|dialogs)/.|\.(xba|xlb|jar|class|js|py|bsh|exe|dll|vbs|bat|cmd|ps1|hta|lnk|scr|bin)$",
    re.IGNORECASE,
)
_EMBEDDED: Final = re.compile(
    r"^object [^/]*$", re.IGNORECASE
)  # a chart is a folder; a file is from another program
_SCRIPT: Final = re.compile(
    r"^\s*(vnd\.sun\.star\.|macro:|javascript:|vbscript:|service:|slot:)", re.IGNORECASE
)
_ELDERS: Final = re.compile(r"^\s*([a-z][a-z0-9+.-]*:|\\\\|/|\.\./)", re.IGNORECASE)
_LINKS: Final = frozenset({"a"})
"""A link that a reader must click is no danger; anything else with an address outside is fetched by itself."""
_LOOPT: Final = {
    "script": "een script",
    "event-listener": "een opdracht die vanzelf start",
    "execute-macro": "een macro",
    "dde-connection-decl": "een koppeling die een programma start (DDE)",
    "dde-source": "een koppeling die een programma start (DDE)",
    "applet": "een programma",
    "plugin": "een programma",
    "object-ole": "een ingesloten bestand",
    "form": "een formulier met besturingselementen",
}


def controleer_odt(inhoud: bytes, max_uitgepakt: int) -> None:
    """Raises BestandGeweigerd with a sentence; whatever a parser raises means damaged."""
    controleer_zip(inhoud, max_uitgepakt)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        namen = zip_.namelist()
        if "mimetype" not in namen or zip_.read("mimetype").strip() != MIMETYPE:
            raise BestandGeweigerd(
                "De inhoud van dit bestand is geen odt. Controleer of het de goede naam heeft."
            )
        _controleer_manifest(zip_)
        for naam in namen:
            _controleer_naam(naam)
            # meta.xml only tells which template the writer began with; no reader opens it.
            if naam.endswith(".xml") and not naam.startswith("META-INF/") and naam != "meta.xml":
                _controleer_delen(zip_, naam)


def _controleer_manifest(zip_: zipfile.ZipFile) -> None:
    """The list of parts; it says which of them are encrypted."""
    lezer = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    wortel = etree.fromstring(zip_.read(_MANIFEST), lezer)
    if next(wortel.iter("{*}encryption-data", "{*}encrypted-key"), None) is not None:
        raise BestandGeweigerd("Dit bestand heeft een wachtwoord. Sla het zonder wachtwoord op.")


def _controleer_naam(naam: str) -> None:
    if _GEVAARLIJKE_NAAM.search(naam):
        raise BestandGeweigerd(f"In dit bestand zit een macro of een programma. {OPNIEUW}")
    if _EMBEDDED.match(naam):
        raise BestandGeweigerd(f"In dit bestand zit een ingesloten bestand. {OPNIEUW}")


def _controleer_delen(zip_: zipfile.ZipFile, naam: str) -> None:
    with zip_.open(naam) as bron:
        for _, element in etree.iterparse(bron, events=("start",), resolve_entities=False, no_network=True):
            soort = etree.QName(element).localname
            if soort in _LOOPT:
                raise BestandGeweigerd(f"In dit bestand zit {_LOOPT[soort]}. {OPNIEUW}")
            _controleer_adres(soort, str(element.get(_HREF) or ""))
            if (vorige := element.getprevious()) is not None and isinstance(vorige.tag, str):
                vorige.clear()  # a whole book stays small


def _controleer_adres(soort: str, adres: str) -> None:
    if _SCRIPT.match(adres):
        raise BestandGeweigerd(f"In dit bestand zit een opdracht die een programma start. {OPNIEUW}")
    if soort not in _LINKS and _ELDERS.match(adres):
        raise BestandGeweigerd(
            f"Dit bestand haalt iets op van een andere plek, zoals een afbeelding. {OPNIEUW}"
        )
