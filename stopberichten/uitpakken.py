"""What somebody hands in -> the messages in it: bare XML, a zip of many, a zip of VECOZO, a StUF-GGk envelope.

Nothing is judged here. What cannot be opened comes out as a file too, with the sentence that says why, so that
it is kept and shown like every other file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from iwmo.envelop import (
    NAAMRUIMTE,
    ArchiefGeweigerd,
    EnvelopGeweigerd,
    Grenzen,
    open_envelop,
    uit_zip,
)
from iwmo.ontleden import MAX_BYTES

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Bestand:
    """One message as it came: `fout` says why it could not be taken out of its envelope or zip."""

    naam: str
    inhoud: bytes
    fout: str = ""
    verpakking: bytes | None = None
    """The envelope that the message came in: the answer goes back in one too."""


def is_zip(begin: bytes) -> bool:
    return begin.startswith(_ZIP)


def pak_uit(naam: str, inhoud: bytes | BinaryIO, grenzen: Grenzen | None = None) -> Iterator[Bestand]:
    """Every message in this file, one at a time. A zip that is refused half-way gives what was read before it,
    and then the reason."""
    begin = inhoud[:4] if isinstance(inhoud, bytes) else _begin(inhoud)
    if not is_zip(begin):
        # One byte more than may be: enough to refuse it, never enough to fill the memory.
        bytes_ = inhoud if isinstance(inhoud, bytes) else inhoud.read(MAX_BYTES * 2)
        yield _zonder_envelop(Bestand(naam, bytes_))
        return
    leeg = True
    try:
        for lid, data in uit_zip(inhoud, grenzen):
            leeg = False
            yield _zonder_envelop(Bestand(f"{naam}/{lid}", data))
        if leeg:
            yield Bestand(naam, _alles(inhoud), "De zip bevat geen bestanden. Controleer wat er is ingepakt.")
    except ArchiefGeweigerd as fout:
        yield Bestand(naam, _alles(inhoud), str(fout))


def _begin(bron: BinaryIO) -> bytes:
    begin = bron.read(4)
    bron.seek(0)
    return begin


def _alles(bron: bytes | BinaryIO) -> bytes:
    """The refused zip itself, as far as it may be kept."""
    if isinstance(bron, bytes):
        return bron[:MAX_BYTES]
    bron.seek(0)
    return bron.read(MAX_BYTES)


def _zonder_envelop(bestand: Bestand) -> Bestand:
    """The message in the envelope, when there is one. The name of the namespace has to stand in it literally."""
    if NAAMRUIMTE not in bestand.inhoud:
        return bestand
    try:
        envelop = open_envelop(bestand.inhoud)
    except EnvelopGeweigerd as fout:
        return Bestand(bestand.naam, bestand.inhoud[:MAX_BYTES], str(fout))
    return bestand if envelop is None else Bestand(bestand.naam, envelop.bericht, "", bestand.inhoud)
