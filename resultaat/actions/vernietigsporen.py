"""Where a person may stand although no column points there: files that were read in, and messages nobody could read.

Both are encrypted, so they are opened one by one and looked through for the number itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from beschikkingen.actions import inhoud_van as bestand_van
from beschikkingen.models import Inlezing
from stopberichten.berichtinhoud import inhoud_van
from stopberichten.models import Bericht

_HOOGSTENS_PER_DEEL = 50_000_000


def wis_ingelezen_bestanden(*, gemeente_id: int, bsns: Sequence[str]) -> int:
    """Empty the files of this municipality in which one of them stands; returns how many. The counts stay."""
    namen = _zoekwoorden(bsns)
    geraakt = [
        rij.pk
        for rij in Inlezing.objects.filter(gemeente_id=gemeente_id).exclude(inhoud=b"").iterator(20)
        if _staat_in(bestand_van(rij), namen)
    ]
    Inlezing.objects.filter(pk__in=geraakt).update(inhoud=b"", fouten=[])
    return len(geraakt)


def losse_berichten(*, gemeente_id: int, bsns: Sequence[str]) -> list[int]:
    """Messages to this municipality that could not be tied to anybody, and in which one of them stands."""
    namen = _zoekwoorden(bsns)
    los = Bericht.objects.filter(gemeente_id=gemeente_id, client=None, bsn_index=None).exclude(inhoud=b"")
    return [rij.pk for rij in los.iterator(20) if _staat_in(inhoud_van(rij), namen)]


def _zoekwoorden(bsns: Sequence[str]) -> list[bytes]:
    """A spreadsheet may hold the number without its leading zeros."""
    return [bsn.lstrip("0").encode() for bsn in bsns]


def _staat_in(inhoud: bytes, namen: Sequence[bytes]) -> bool:
    return any(naam in deel for deel in _delen(inhoud) for naam in namen)


def _delen(inhoud: bytes) -> Iterator[bytes]:
    """The bytes themselves, as text of 16 bits too, and what is packed in them (an xlsx is a zip)."""
    yield inhoud
    if inhoud[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield inhoud.decode("utf-16", errors="ignore").encode()
    if inhoud[:2] != b"PK":
        return
    try:
        with ZipFile(BytesIO(inhoud)) as zip_:
            for deel in zip_.infolist():
                if deel.file_size <= _HOOGSTENS_PER_DEEL:
                    yield zip_.read(deel)
    except (BadZipFile, OSError, RuntimeError):
        return
