"""Envelopes around a message: StUF-GGk 2.1 (Di01 in, Du01 out) between municipality and GGk.

The message sits in `xmlBestand` as base64 of UTF-8 without BOM. `functie` is the message without version
("WMO307"); functieVersie and functieSubversie are four digits (0003/0002, inferred from samples).
Zips stand in iwmo/archief.py and are named here too, so that one import gives every way in and out.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from lxml import etree

from iwmo.archief import ArchiefGeweigerd, Grenzen, maak_zip, uit_vecozo_zip, uit_zip
from iwmo.boom import ontsnapt
from iwmo.keuren import lees
from iwmo.ontleden import MAX_BYTES, Geweerd, ontleed
from iwmo.oordeel import toonbaar

__all__ = [
    "NAAMRUIMTE",
    "ArchiefGeweigerd",
    "Envelop",
    "EnvelopGeweigerd",
    "Grenzen",
    "Partij",
    "maak_di01",
    "maak_du01",
    "maak_zip",
    "open_envelop",
    "uit_vecozo_zip",
    "uit_zip",
]

NAAMRUIMTE: Final = b"koppelvlak/ggk0210"
"""Bytes without this are no envelope: a look that costs nothing beside opening."""
_GGK: Final = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
_STUF: Final = "http://www.egem.nl/StUF/StUF0301"
_WORTELS: Final[dict[str, Literal["Di01", "Du01"]]] = {
    f"{{{_GGK}}}envelopHeenbericht-ggk_Di01": "Di01",
    f"{{{_GGK}}}envelopRetourbericht-ggk_Du01": "Du01",
}
# base64 makes a third more of it; the rest is the envelope itself.
_MAX_ENVELOP: Final = MAX_BYTES * 4 // 3 + 1024 * 1024
_UUID4: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class EnvelopGeweigerd(Exception):
    """An envelope that cannot be opened or made; the text is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Partij:
    """`organisatie` is a CBS code (municipality) or an AGB code (provider)."""

    organisatie: str
    applicatie: str


@dataclass(frozen=True, slots=True)
class Envelop:
    """`referentienummer` is a UUID version 4; `kruisreferentie` in a Du01 names the Di01 it answers."""

    soort: Literal["Di01", "Du01"]
    zender: Partij
    ontvanger: Partij
    referentienummer: str
    tijdstip: str
    functie: str
    functie_versie: str
    functie_subversie: str
    bericht: bytes
    kruisreferentie: str | None = None
    applicatie_versie: str = "0001"
    applicatie_subversie: str = "0000"


def _wortel(root: etree._Element) -> etree._Element | None:
    """The envelope itself, also when a SOAP envelope stands around it. Two of them, or two messages in one, are
    refused: whoever takes the first loses the second."""
    wortels = list(root.iter(*_WORTELS))
    if len(wortels) > 1:
        raise EnvelopGeweigerd(
            f"Het bestand bevat {len(wortels)} enveloppen; verwacht: 1. Bied ze een voor een aan."
        )
    berichten = len(list(wortels[0].iter(f"{{{_GGK}}}xmlBestand"))) if wortels else 0
    if berichten > 1:
        raise EnvelopGeweigerd(
            f"De envelop bevat {berichten} berichten; verwacht: 1. Vraag de afzender een envelop per bericht."
        )
    return wortels[0] if wortels else None


def _waarde(element: etree._Element, pad: str) -> str:
    gevonden = element.findtext(pad, namespaces={"g": _GGK, "s": _STUF})
    if not gevonden or not gevonden.strip():
        naam = pad.rpartition(":")[2]
        raise EnvelopGeweigerd(f"In de envelop ontbreekt {naam}. Vraag de afzender een volledige envelop.")
    return gevonden.strip()


def _partij(element: etree._Element, naam: str) -> Partij:
    pad = f"g:stuurgegevens/s:{naam}"
    return Partij(_waarde(element, f"{pad}/s:organisatie"), _waarde(element, f"{pad}/s:applicatie"))


def _inhoud(element: etree._Element) -> bytes:
    tekst = _waarde(element, "g:parameters/g:bericht/g:xmlBestand")
    try:
        bericht = base64.b64decode("".join(tekst.split()), validate=True)
    except (binascii.Error, ValueError):
        raise EnvelopGeweigerd("De inhoud van de envelop is geen base64. Vraag een nieuwe.") from None
    if len(bericht) > MAX_BYTES:
        raise EnvelopGeweigerd("Het bericht in de envelop is groter dan 25 MB (OP179).")
    return bericht


def open_envelop(data: bytes) -> Envelop | None:
    """The opened envelope; None when these bytes are well-formed XML but no GGk envelope (a bare message).
    Raises EnvelopGeweigerd for a broken envelope and for bytes that are no XML at all."""
    try:
        root = ontleed(data, maximaal=_MAX_ENVELOP)
    except Geweerd as fout:
        raise EnvelopGeweigerd(fout.melding.tekst) from None
    element = _wortel(root)
    if element is None:
        return None
    soort = _WORTELS[element.tag]
    kop = "g:stuurgegevens/s:"
    return Envelop(
        soort=soort,
        zender=_partij(element, "zender"),
        ontvanger=_partij(element, "ontvanger"),
        referentienummer=_waarde(element, f"{kop}referentienummer"),
        tijdstip=_waarde(element, f"{kop}tijdstipBericht"),
        functie=_waarde(element, f"{kop}functie"),
        functie_versie=_waarde(element, "g:parameters/g:functieVersie"),
        functie_subversie=_waarde(element, "g:parameters/g:functieSubversie"),
        bericht=_inhoud(element),
        kruisreferentie=_waarde(element, f"{kop}crossRefnummer") if soort == "Du01" else None,
        applicatie_versie=_waarde(element, "g:parameters/g:applicatieVersie"),
        applicatie_subversie=_waarde(element, "g:parameters/g:applicatieSubversie"),
    )


def _regels_van_partij(naam: str, partij: Partij) -> list[str]:
    return [
        f"<StUF:{naam}>",
        f"<StUF:organisatie>{ontsnapt(partij.organisatie)}</StUF:organisatie>",
        f"<StUF:applicatie>{ontsnapt(partij.applicatie)}</StUF:applicatie>",
        f"</StUF:{naam}>",
    ]


def schrijf_envelop(envelop: Envelop) -> bytes:
    """The envelope as bytes: UTF-8, no BOM, CR/LF. Raises EnvelopGeweigerd for a reference that is no UUID 4
    and for a name of an application that StUF does not allow."""
    if not _UUID4.fullmatch(envelop.referentienummer):
        raise EnvelopGeweigerd(
            f"Referentienummer {toonbaar(envelop.referentienummer)} is geen UUID versie 4."
        )
    if not 3 <= len(envelop.zender.applicatie) <= 50:
        raise EnvelopGeweigerd("De naam van een applicatie in de envelop heeft 3 tot 50 tekens.")
    naam = next(wortel for wortel, soort in _WORTELS.items() if soort == envelop.soort).partition("}")[2]
    # As it came, whatever its form: another spelling would be another number.
    kruis = ontsnapt(envelop.kruisreferentie or "")
    regels = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<GGK:{naam} xmlns:StUF="{_STUF}" xmlns:GGK="{_GGK}">',
        "<GGK:stuurgegevens>",
        f"<StUF:berichtcode>{envelop.soort}</StUF:berichtcode>",
        *_regels_van_partij("zender", envelop.zender),
        *_regels_van_partij("ontvanger", envelop.ontvanger),
        f"<StUF:referentienummer>{envelop.referentienummer}</StUF:referentienummer>",
        f"<StUF:tijdstipBericht>{ontsnapt(envelop.tijdstip)}</StUF:tijdstipBericht>",
        *([f"<StUF:crossRefnummer>{kruis}</StUF:crossRefnummer>"] if kruis else []),
        f"<StUF:functie>{ontsnapt(envelop.functie)}</StUF:functie>",
        "</GGK:stuurgegevens>",
        "<GGK:parameters>",
        f"<GGK:applicatieVersie>{ontsnapt(envelop.applicatie_versie)}</GGK:applicatieVersie>",
        f"<GGK:applicatieSubversie>{ontsnapt(envelop.applicatie_subversie)}</GGK:applicatieSubversie>",
        f"<GGK:functieVersie>{ontsnapt(envelop.functie_versie)}</GGK:functieVersie>",
        f"<GGK:functieSubversie>{ontsnapt(envelop.functie_subversie)}</GGK:functieSubversie>",
        f"<GGK:bericht><GGK:xmlBestand>{base64.b64encode(envelop.bericht).decode('ascii')}</GGK:xmlBestand>",
        "</GGK:bericht>",
        "</GGK:parameters>",
        f"</GGK:{naam}>",
        "",
    ]
    return "\r\n".join(regels).encode("utf-8")


def _functie(bericht: bytes) -> tuple[str, str, str]:
    """(functie, functieVersie, functieSubversie) of a message. Raises BerichtAfgekeurd."""
    gelezen = lees(bericht)
    hoofd, sub = gelezen.release.split(".")
    return f"WMO{gelezen.soort}", hoofd.zfill(4), sub.zfill(4)


def maak_di01(
    bericht: bytes, *, zender: Partij, ontvanger: Partij, referentienummer: str, tijdstip: datetime
) -> bytes:
    """An envelope around a heenbericht that we send. Raises BerichtAfgekeurd, EnvelopGeweigerd."""
    functie, versie, subversie = _functie(bericht)
    return schrijf_envelop(
        Envelop(
            "Di01",
            zender,
            ontvanger,
            referentienummer,
            f"{tijdstip:%Y%m%d%H%M%S}",
            functie,
            versie,
            subversie,
            bericht,
        )
    )


def maak_du01(
    retour: bytes, *, op: Envelop, applicatie: str, referentienummer: str, tijdstip: datetime
) -> bytes:
    """The envelope around a retour, answering the Di01 `op`: the parties of the envelope do change places
    (only the header of the message keeps them), and crossRefnummer is the number of the Di01."""
    functie, versie, subversie = _functie(retour)
    return schrijf_envelop(
        Envelop(
            "Du01",
            Partij(op.ontvanger.organisatie, applicatie),
            op.zender,
            referentienummer,
            f"{tijdstip:%Y%m%d%H%M%S}",
            functie,
            versie,
            subversie,
            retour,
            op.referentienummer,
        )
    )
