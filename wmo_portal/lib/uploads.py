"""Is this file what its name says, and is there nothing in it that runs? Structure only; the virus scanner
comes after (`virusscan`). About 5 ms a file; never raises, whatever the bytes.

Allowed are pdf, docx, odt, xlsx, jpg and png. An encrypted file is refused, since nobody can look inside. A plain
link in a document is no danger and stays allowed.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import pikepdf
from lxml import etree

from wmo_portal.lib.afbeelding import controleer_afbeelding
from wmo_portal.lib.odt import controleer_odt
from wmo_portal.lib.tabelblad.openen import BestandGeweigerd, controleer_zip, mb
from wmo_portal.lib.tekst import in_het_kort, zonder_stuurtekens

Soort = Literal["pdf", "docx", "odt", "xlsx", "jpg", "png"]
MAX_BYTES = 25_000_000
MAX_UITGEPAKT = 120_000_000
MAX_OBJECTEN = 300_000
_EXTENSIES: dict[str, Soort] = {
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "xlsx": "xlsx",
    "jpg": "jpg",
    "jpeg": "jpg",
    "png": "png",
}
_MAGIE = {b"%PDF-": "pdf", b"PK\x03\x04": "zip", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPNIEUW_PDF = "Druk het document opnieuw af naar pdf en voeg dat bestand toe."
_OPNIEUW_OFFICE = "Sla het document zonder dit onderdeel op, of maak er een pdf van."


@dataclass(frozen=True)
class Bevinding:
    """The verdict, the kind of file (empty when unknown) and one Dutch sentence for the user."""

    ok: bool
    soort: Soort | Literal[""]
    zin: str


def controleer(inhoud: bytes, naam: str, *, max_bytes: int = MAX_BYTES) -> Bevinding:
    """Looks at size, name against content, and everything in it that could run."""
    soort = _EXTENSIES.get(PurePosixPath(naam.lower()).suffix.removeprefix("."))
    try:
        if soort is None:
            raise BestandGeweigerd(
                f"Een bestand “{in_het_kort(naam, 60)}” kan hier niet. Toegestaan zijn pdf, docx, odt, xlsx, jpg en png."
            )
        _controleer_maat(inhoud, max_bytes)
        _controleer_magie(inhoud, soort)
        _CONTROLES[soort](inhoud)
    except BestandGeweigerd as fout:
        return Bevinding(False, soort or "", str(fout))
    except Exception:  # damaged bytes make parsers fail in any way; not understood is not accepted
        return Bevinding(
            False,
            soort or "",
            f"Dit {soort}-bestand is beschadigd of niet te lezen. Open het op uw computer en sla het opnieuw op.",
        )
    return Bevinding(True, soort, "De opbouw van het bestand is in orde.")


def veilige_naam(naam: str, *, standaard: str = "bestand") -> str:
    """A file name for a download: no folders, no control or direction characters, at most 100 long."""
    kaal = zonder_stuurtekens(naam).replace("\\", "/").rsplit("/", 1)[-1]
    zichtbaar = "".join(
        t for t in kaal if unicodedata.category(t) not in ("Cf", "Zl", "Zp") and t not in "\n\t"
    )
    schoon = re.sub(r'[<>:"|?*;]', "-", zichtbaar).strip(". ")
    stam, punt, staart = schoon.rpartition(".")
    if not punt:
        return schoon[:100] or standaard
    return f"{(stam or standaard)[:90]}.{staart[:9]}"


def _controleer_maat(inhoud: bytes, max_bytes: int) -> None:
    if not inhoud:
        raise BestandGeweigerd("Dit bestand is leeg. Kies een ander bestand.")
    if len(inhoud) > max_bytes:
        raise BestandGeweigerd(
            f"Dit bestand is {mb(len(inhoud))}; toegestaan is {mb(max_bytes)}. Maak het kleiner."
        )


def _controleer_magie(inhoud: bytes, soort: Soort) -> None:
    if inhoud.startswith(_OLE):
        raise BestandGeweigerd(
            "Dit bestand heeft een wachtwoord of is van een oud soort. Sla het zonder wachtwoord op."
        )
    gevonden = next((s for begin, s in _MAGIE.items() if inhoud.startswith(begin)), "")
    if gevonden != ("zip" if soort in ("docx", "odt", "xlsx") else soort):
        raise BestandGeweigerd(
            f"De inhoud van dit bestand is geen {soort}. Controleer of het de goede naam heeft."
        )
    if gevonden != "zip" and zipfile.is_zipfile(io.BytesIO(inhoud)):
        raise BestandGeweigerd("In dit bestand zit nog een ander bestand verstopt. Sla het opnieuw op.")


# --- pdf ---

_ACTIES = {
    "/JavaScript": "een script",
    "/Launch": "een opdracht die een programma start",
    "/ImportData": "een opdracht die gegevens inleest",
    "/SubmitForm": "een opdracht die gegevens verstuurt",
    "/GoToE": "een ingesloten bestand",
    "/GoToR": "een opdracht die een ander bestand opent",
    "/Rendition": "beeld of geluid met een script",
}
_SLEUTELS = {
    "/JS": "een script",
    "/JavaScript": "een script",
    "/AA": "een opdracht die vanzelf start",
    "/XFA": "een formulier van een soort dat scripts bevat",
    "/EmbeddedFiles": "een ingesloten bestand",
    "/EF": "een ingesloten bestand",
    "/RichMedia": "beeld of geluid dat programma’s kan starten",
    "/RichMediaContent": "beeld of geluid dat programma’s kan starten",
}


def _controleer_pdf(inhoud: bytes) -> None:
    try:
        document = pikepdf.open(io.BytesIO(inhoud))
    except pikepdf.PasswordError:
        raise BestandGeweigerd("Deze pdf heeft een wachtwoord. Sla hem zonder wachtwoord op.") from None
    with document:
        if document.is_encrypted:
            raise BestandGeweigerd(f"Deze pdf is versleuteld. {_OPNIEUW_PDF}")
        if len(document.objects) > MAX_OBJECTEN:
            raise BestandGeweigerd(f"Deze pdf bestaat uit meer dan {MAX_OBJECTEN} delen. {_OPNIEUW_PDF}")
        for woordenboek in _woordenboeken(document):
            _controleer_woordenboek(woordenboek)
        if not document.pages:
            raise BestandGeweigerd("Deze pdf heeft geen bladzijden. Kies een ander bestand.")


def _woordenboeken(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary, the direct ones inside others too; a reference is met as an object of its own."""
    wachtrij: list[Any] = [document.trailer, *document.objects]
    while wachtrij:
        ding = wachtrij.pop()
        if isinstance(ding, pikepdf.Array):
            kinderen: list[Any] = list(ding)
        elif isinstance(ding, pikepdf.Dictionary | pikepdf.Stream):
            yield ding
            kinderen = [ding.get(sleutel) for sleutel in ding.keys()]  # noqa: SIM118 - not a mapping
        else:
            continue
        wachtrij += [k for k in kinderen if isinstance(k, pikepdf.Object) and not k.is_indirect]


def _controleer_woordenboek(ding: Any) -> None:
    gevaar = next((uitleg for sleutel, uitleg in _SLEUTELS.items() if sleutel in ding), None)
    if "/S" in ding and isinstance(ding["/S"], pikepdf.Name):
        gevaar = gevaar or _ACTIES.get(str(ding["/S"]))
    if gevaar:
        raise BestandGeweigerd(f"In deze pdf zit {gevaar}. {_OPNIEUW_PDF}")


# --- docx and xlsx ---

_HOOFDDEEL = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_GEVAARLIJK_TYPE = re.compile(
    r"macroenabled|vbaproject|vbadata|activex|oleobject|controlproperties", re.IGNORECASE
)
_GEVAARLIJKE_NAAM = re.compile(
    r"vbaproject|activex/|\.(bin|exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|scr)$", re.IGNORECASE
)
_ONSCHULDIGE_BIN = re.compile(r"^xl/printerSettings/[^/]+\.bin$", re.IGNORECASE)
# Outside targets that no reader opens by itself.
_MAG_NAAR_BUITEN = ("/hyperlink", "/externalLinkPath", "/externalLinkPathMissing")
_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def _controleer_office(inhoud: bytes, soort: Literal["docx", "xlsx"]) -> None:
    controleer_zip(inhoud, MAX_UITGEPAKT)
    with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
        typen = [w for e in _xml(zip_, "[Content_Types].xml").iter() for w in e.attrib.values()]
        if any(_GEVAARLIJK_TYPE.search(str(t)) for t in typen):
            raise BestandGeweigerd(f"In dit bestand zitten macro’s of besturingselementen. {_OPNIEUW_OFFICE}")
        if _HOOFDDEEL[soort] not in typen:
            raise BestandGeweigerd(
                f"De inhoud van dit bestand is geen {soort}. Controleer of het de goede naam heeft."
            )
        for naam in zip_.namelist():
            _controleer_deel(zip_, naam)


def _controleer_deel(zip_: zipfile.ZipFile, naam: str) -> None:
    if _GEVAARLIJKE_NAAM.search(naam) and not _ONSCHULDIGE_BIN.match(naam):
        raise BestandGeweigerd(
            f"In dit bestand zit een programma of een ingesloten bestand. {_OPNIEUW_OFFICE}"
        )
    if naam.lower().endswith(".rels"):
        _controleer_verwijzingen(_xml(zip_, naam))
    elif naam.lower().endswith(".xml") and not naam.startswith(("[", "docProps/")):
        _controleer_velden(zip_, naam)


def _xml(zip_: zipfile.ZipFile, naam: str) -> Any:
    lezer = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(zip_.read(naam), lezer)


def _controleer_verwijzingen(wortel: Any) -> None:
    for verwijzing in wortel.iter("{*}Relationship"):
        buiten = verwijzing.get("TargetMode", "").lower() == "external"
        if buiten and not verwijzing.get("Type", "").endswith(_MAG_NAAR_BUITEN):
            raise BestandGeweigerd(
                f"Dit bestand haalt iets op van een andere plek, zoals een sjabloon. {_OPNIEUW_OFFICE}"
            )


def _controleer_velden(zip_: zipfile.ZipFile, naam: str) -> None:
    """DDE, in Word as a field (often cut in pieces over several runs), in Excel as a link."""
    stukken: list[str] = []
    with zip_.open(naam) as bron:
        velden = ("{*}instrText", "{*}fldSimple", "{*}ddeLink")
        for _, element in etree.iterparse(bron, tag=velden, resolve_entities=False, no_network=True):
            stukken += [
                element.text or "",
                *(str(w) for k, w in element.attrib.items() if k.endswith("instr")),
            ]
            if element.tag.endswith("ddeLink"):
                stukken.append(" DDE ")
            element.clear()
    if _DDE.search("".join(stukken)):
        raise BestandGeweigerd(
            f"In dit bestand zit een veld dat een programma start (DDE). {_OPNIEUW_OFFICE}"
        )


_CONTROLES: dict[Soort, Callable[[bytes], None]] = {
    "pdf": _controleer_pdf,
    "docx": lambda inhoud: _controleer_office(inhoud, "docx"),
    "odt": lambda inhoud: controleer_odt(inhoud, MAX_UITGEPAKT),
    "xlsx": lambda inhoud: _controleer_office(inhoud, "xlsx"),
    "jpg": lambda inhoud: controleer_afbeelding(inhoud, "jpg"),
    "png": lambda inhoud: controleer_afbeelding(inhoud, "png"),
}
