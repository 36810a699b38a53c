"""ClamAV over its INSTREAM protocol. Fails closed: only the exact answer "clean" is clean.

The address comes from a setting: `host:port`, or the path of a unix socket. Blocks for at most `tijd`
seconds, so call it from a task; the file stays in quarantine while the answer is `onbekend`.
"""

from __future__ import annotations

import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

_BLOK = 1 << 16
_MAX_ANTWOORD = 4096
_SCHOON = b"stream: OK"
_BESMET = re.compile(rb"stream: (.{1,200}) FOUND")


@dataclass(frozen=True)
class Uitslag:
    """`onbekend` means: not scanned, keep it back and try again."""

    staat: Literal["schoon", "besmet", "onbekend"]
    zin: str
    dreiging: str = ""

    @property
    def schoon(self) -> bool:
        return self.staat == "schoon"


def scan(inhoud: bytes, adres: str, *, tijd: float = 30.0) -> Uitslag:
    """Never raises; whatever goes wrong is `onbekend` with the reason in a Dutch sentence."""
    if not adres.strip():
        return Uitslag("onbekend", "Er is geen virusscanner ingesteld. Het bestand blijft in quarantaine.")
    try:
        antwoord = _vraag(inhoud, adres.strip(), time.monotonic() + tijd)
    except TimeoutError:
        return Uitslag(
            "onbekend", "De virusscanner gaf niet op tijd antwoord. We proberen het later opnieuw."
        )
    except (OSError, ValueError):
        return Uitslag("onbekend", "De virusscanner is niet bereikbaar. We proberen het later opnieuw.")
    return _duid(antwoord)


def _duid(antwoord: bytes) -> Uitslag:
    regel = antwoord.rstrip(b"\x00\r\n ")
    if regel == _SCHOON:
        return Uitslag("schoon", "De virusscanner vond niets.")
    if m := _BESMET.fullmatch(regel):
        dreiging = m[1].decode("ascii", "replace")
        return Uitslag(
            "besmet", f"De virusscanner vond “{dreiging}”. Dit bestand wordt niet bewaard.", dreiging
        )
    return Uitslag("onbekend", "De virusscanner gaf een onbekend antwoord. We proberen het later opnieuw.")


def _vraag(inhoud: bytes, adres: str, tot: float) -> bytes:
    with _verbonden(adres, tot) as lijn:
        _stuur(lijn, b"zINSTREAM\0", tot)
        for begin in range(0, len(inhoud), _BLOK):
            blok = inhoud[begin : begin + _BLOK]
            _stuur(lijn, struct.pack("!I", len(blok)) + blok, tot)
        _stuur(lijn, struct.pack("!I", 0), tot)
        return _lees(lijn, tot)


@contextmanager
def _verbonden(adres: str, tot: float) -> Iterator[socket.socket]:
    """`host:port`, `[::1]:3310` or `/path/of/socket`. Raises ValueError for anything else."""
    if adres.startswith("/"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as lijn:
            lijn.settimeout(_over(tot))
            lijn.connect(adres)
            yield lijn
        return
    host, _, poort = adres.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(poort)), timeout=_over(tot)) as lijn:
        yield lijn


def _over(tot: float) -> float:
    """Seconds left before the deadline; one deadline for the whole talk, so that a trickle ends too."""
    over = tot - time.monotonic()
    if over <= 0:
        raise TimeoutError
    return over


def _stuur(lijn: socket.socket, stuk: bytes, tot: float) -> None:
    lijn.settimeout(_over(tot))
    lijn.sendall(stuk)


def _lees(lijn: socket.socket, tot: float) -> bytes:
    """Up to the closing NUL; an answer without one is not an answer."""
    antwoord = b""
    while not antwoord.endswith(b"\x00") and len(antwoord) < _MAX_ANTWOORD:
        lijn.settimeout(_over(tot))
        stuk = lijn.recv(_MAX_ANTWOORD)
        if not stuk:
            return b""
        antwoord += stuk
    return antwoord
