"""ClamAV, played by a small server: only a clean answer is clean."""

import socket
import struct
import threading
import time
from contextlib import contextmanager

import pytest

from wmo_portal.lib.virusscan import Uitslag, scan

# In two halves, so that a scanner on the builder's own machine leaves this file alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def lees_alles(lijn):
    """Speak the server's half of INSTREAM; returns what was sent, or None when it was not the protocol."""
    bron = lijn.makefile("rb")
    if bron.read(10) != b"zINSTREAM\0":
        return None
    inhoud = b""
    while lengte := struct.unpack("!I", bron.read(4))[0]:
        inhoud += bron.read(lengte)
    return inhoud


def eerlijk(lijn):
    inhoud = lees_alles(lijn)
    lijn.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in inhoud else b"stream: OK\0")


def zegt(antwoord):
    def gedrag(lijn):
        lees_alles(lijn)
        lijn.sendall(antwoord)

    return gedrag


@contextmanager
def scanner(gedrag, familie=socket.AF_INET, plek=("127.0.0.1", 0)):
    """A server for one talk; gives its address."""
    with socket.socket(familie) as luister:
        luister.bind(plek)
        luister.listen()

        def bedien():
            lijn, _ = luister.accept()
            with lijn:
                gedrag(lijn)

        draad = threading.Thread(target=bedien)
        draad.start()
        yield plek if familie == socket.AF_UNIX else "{}:{}".format(*luister.getsockname())
        draad.join(10)
        assert not draad.is_alive()


@pytest.mark.parametrize("grootte", [0, 1, 65_536, 65_537, 300_000])
def test_een_schoon_bestand_komt_heel_aan(grootte):
    gekregen = []

    def gedrag(lijn):
        gekregen.append(lees_alles(lijn))
        lijn.sendall(b"stream: OK\0")

    inhoud = bytes(i % 251 for i in range(grootte))
    with scanner(gedrag) as adres:
        assert scan(inhoud, adres) == Uitslag("schoon", "De virusscanner vond niets.")
    assert gekregen == [inhoud]


def test_een_virus_wordt_gevonden_ook_in_het_midden():
    with scanner(eerlijk) as adres:
        uitslag = scan(b"x" * 65_500 + EICAR + b"y", adres)
    assert (uitslag.staat, uitslag.dreiging, uitslag.schoon) == ("besmet", "Eicar-Test-Signature", False)
    assert "wordt niet bewaard" in uitslag.zin


def test_via_een_socketbestand(tmp_path):
    with scanner(eerlijk, socket.AF_UNIX, str(tmp_path / "s")) as adres:
        assert scan(b"goed", adres).schoon


@pytest.mark.parametrize(
    "antwoord",
    [
        b"stream: OK",  # cut off
        b"",
        b"OK\0",
        b"stream: OK \xff\0",
        b"stream: OK\nstream: Virus FOUND\0",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"HTTP/1.1 200 OK\r\n\r\n\0",
        b"x" * 10_000,
        b"\0",
    ],
)
def test_een_ander_antwoord_is_niet_schoon(antwoord):
    with scanner(zegt(antwoord)) as adres:
        uitslag = scan(b"goed", adres)
    assert (uitslag.staat, uitslag.schoon) == ("onbekend", False)


def test_een_scanner_die_ophangt_is_niet_schoon():
    with scanner(lambda lijn: None) as adres:
        assert scan(b"x" * 5_000_000, adres).staat == "onbekend"


@pytest.mark.parametrize("adres", ["", "  "])
def test_zonder_scanner_is_niets_schoon(adres):
    uitslag = scan(b"goed", adres)
    assert uitslag.staat == "onbekend"
    assert "geen virusscanner ingesteld" in uitslag.zin


@pytest.mark.parametrize(
    "adres", ["127.0.0.1:1", "/bestaat/niet", "geen adres", "127.0.0.1:poort", "127.0.0.1:99999999"]
)
def test_een_scanner_die_er_niet_is(adres):
    uitslag = scan(b"goed", adres)
    assert uitslag.staat == "onbekend"
    assert "niet bereikbaar" in uitslag.zin


def test_een_trage_scanner_wordt_niet_afgewacht():
    los = threading.Event()

    def gedrag(lijn):
        lees_alles(lijn)
        los.wait(10)

    with scanner(gedrag) as adres:
        assert "niet op tijd" in scan(b"goed", adres, tijd=0.2).zin
        los.set()


def test_druppelen_rekt_de_tijd_niet_op():
    """Each byte comes in time, the whole answer never does."""

    def gedrag(lijn):
        lees_alles(lijn)
        try:
            for _ in range(200):
                lijn.sendall(b"s")
                time.sleep(0.05)
        except OSError:
            return

    with scanner(gedrag) as adres:
        assert "niet op tijd" in scan(b"goed", adres, tijd=0.4).zin
