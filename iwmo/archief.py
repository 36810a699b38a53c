"""Zips with messages: opened only after their directory has shown that they are no bomb.

Everything is judged on what the directory declares before one byte is unpacked, and held to that while
unpacking. Nothing is ever written to disk, so the names inside are only names.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from iwmo.ontleden import MAX_BYTES
from iwmo.oordeel import toonbaar

_EINDE: Final = b"PK\x05\x06"
_EINDE64: Final = b"PK\x06\x06"
_LEESBAAR: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_KOP: Final = 30  # the shortest local header


class ArchiefGeweigerd(Exception):
    """A zip we do not unpack; the text is a Dutch sentence with what was found and what may be."""


@dataclass(frozen=True, slots=True)
class Grenzen:
    """What a zip may hold. A message compresses about 8 to 15 times; 100 leaves room and stops bombs."""

    bestanden: int = 100_000
    per_bestand: int = MAX_BYTES
    totaal: int = 1024 * 1024 * 1024
    verhouding: int = 100


def _keur_index(bron: BinaryIO, grenzen: Grenzen) -> None:
    """The number of entries and the size of the directory, before zipfile reads that directory whole."""
    lengte = bron.seek(0, io.SEEK_END)
    bron.seek(max(0, lengte - 66_000))
    staart = bron.read()
    plek = staart.rfind(_EINDE)
    if plek < 0 or len(staart) - plek < 22:
        raise ArchiefGeweigerd("Dit is geen (volledig) zip-bestand. Bied het opnieuw aan.")
    aantal, omvang = struct.unpack("<HI", staart[plek + 10 : plek + 16])
    plek64 = staart.rfind(_EINDE64, 0, plek)
    if plek64 >= 0 and plek - plek64 >= 56:
        aantal, omvang = struct.unpack("<QQ", staart[plek64 + 32 : plek64 + 48])
    if aantal > grenzen.bestanden or omvang > grenzen.bestanden * 600:
        raise ArchiefGeweigerd(
            f"De zip bevat meer dan {grenzen.bestanden} bestanden. Verdeel ze over meer zips."
        )


def _keur_bestand(info: zipfile.ZipInfo, grenzen: Grenzen) -> None:
    naam = toonbaar(info.filename)
    if info.flag_bits & 0x1:
        raise ArchiefGeweigerd(f"{naam} is met een wachtwoord beveiligd. Lever een zip zonder wachtwoord.")
    if info.compress_type not in _LEESBAAR:
        raise ArchiefGeweigerd(f"{naam} is op een onbekende manier ingepakt. Maak een gewone zip.")
    if info.filename.lower().endswith(".zip"):
        raise ArchiefGeweigerd(f"{naam} is een zip in een zip. Pak de binnenste eerst uit.")
    if info.file_size > grenzen.per_bestand:
        megabytes = grenzen.per_bestand // (1024 * 1024)
        raise ArchiefGeweigerd(f"{naam} is uitgepakt groter dan {megabytes} MB (OP179).")
    if info.file_size > grenzen.verhouding * max(info.compress_size, 1):
        raise ArchiefGeweigerd(
            f"{naam} wordt bij uitpakken meer dan {grenzen.verhouding} keer zo groot. "
            "Dat past niet bij een bericht."
        )


def _keur_geheel(infos: list[zipfile.ZipInfo], lengte: int, grenzen: Grenzen) -> None:
    """Number, total size, and no two entries sharing the same bytes (a bomb without a high ratio)."""
    if len(infos) > grenzen.bestanden:
        raise ArchiefGeweigerd(f"De zip bevat meer dan {grenzen.bestanden} bestanden.")
    if sum(info.file_size for info in infos) > grenzen.totaal:
        megabytes = grenzen.totaal // (1024 * 1024)
        raise ArchiefGeweigerd(f"De zip is uitgepakt groter dan {megabytes} MB. Verdeel de inhoud.")
    einde = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < einde:
            raise ArchiefGeweigerd("Bestanden in de zip overlappen elkaar. Maak een nieuwe, gewone zip.")
        einde = info.header_offset + _KOP + info.compress_size
    if einde > lengte:
        raise ArchiefGeweigerd("De zip is niet volledig. Bied hem opnieuw aan.")


def _geopend(bron: BinaryIO, grenzen: Grenzen) -> zipfile.ZipFile:
    _keur_index(bron, grenzen)
    try:
        archief = zipfile.ZipFile(bron)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError, OverflowError):
        raise ArchiefGeweigerd("De zip is beschadigd. Bied hem opnieuw aan.") from None
    infos = archief.infolist()
    _keur_geheel(infos, bron.seek(0, io.SEEK_END), grenzen)
    for info in infos:
        _keur_bestand(info, grenzen)
    return archief


def _uitgepakt(archief: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of one entry; never more than it declared."""
    try:
        with archief.open(info) as bestand:
            data = bestand.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise ArchiefGeweigerd(f"{toonbaar(info.filename)} in de zip is beschadigd.") from None
    if len(data) != info.file_size:
        raise ArchiefGeweigerd(f"{toonbaar(info.filename)} heeft een andere omvang dan de zip zegt.")
    if data.startswith(b"PK\x03\x04"):
        raise ArchiefGeweigerd(f"{toonbaar(info.filename)} is een zip in een zip. Pak die eerst uit.")
    return data


def _als_bron(zip_: bytes | BinaryIO) -> BinaryIO:
    return io.BytesIO(zip_) if isinstance(zip_, bytes) else zip_


def uit_zip(zip_: bytes | BinaryIO, grenzen: Grenzen | None = None) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each file, one at a time, in the order of the zip; folders are skipped. Every check
    on the whole zip is done before the first file comes out. Raises ArchiefGeweigerd."""
    archief = _geopend(_als_bron(zip_), grenzen or Grenzen())
    return ((info.filename, _uitgepakt(archief, info)) for info in archief.infolist() if not info.is_dir())


def uit_vecozo_zip(zip_: bytes | BinaryIO) -> tuple[str, bytes]:
    """The one file of a zip from VECOZO: no folders, no password, at most 25 MB. Raises ArchiefGeweigerd."""
    archief = _geopend(_als_bron(zip_), Grenzen())
    infos = archief.infolist()
    if len(infos) != 1 or "/" in infos[0].filename or "\\" in infos[0].filename:
        raise ArchiefGeweigerd(
            f"Een zip van VECOZO bevat precies een bestand en geen mappen; deze bevat {len(infos)} onderdelen."
        )
    return infos[0].filename, _uitgepakt(archief, infos[0])


def maak_zip(bestanden: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these files; the same files give the same bytes. One file makes a VECOZO zip."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as archief:
        for naam, data in bestanden:
            archief.writestr(zipfile.ZipInfo(naam), data, zipfile.ZIP_DEFLATED)
    return uit.getvalue()
