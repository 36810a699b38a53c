"""Zips of messages, and zips that are weapons."""

import io
import struct
import zipfile
import zlib

import pytest

from iwmo.envelop import ArchiefGeweigerd, Grenzen, maak_zip, uit_vecozo_zip, uit_zip
from tests.iwmo.bouw import TEKSTEN, als_bytes

BERICHTEN = [(f"WMO{soort}.xml", als_bytes(tekst)) for soort, tekst in TEKSTEN.items()]


def test_een_zip_geeft_zijn_bestanden_in_volgorde() -> None:
    zip_ = maak_zip(BERICHTEN)
    assert list(uit_zip(zip_)) == BERICHTEN
    assert list(uit_zip(io.BytesIO(zip_))) == BERICHTEN
    assert maak_zip(BERICHTEN) == zip_


def test_mappen_in_een_gewone_zip_worden_overgeslagen() -> None:
    zip_ = maak_zip([("maart/", b""), ("maart/WMO307.xml", b"<a/>")])
    assert list(uit_zip(zip_)) == [("maart/WMO307.xml", b"<a/>")]


def test_een_vecozo_zip_heeft_een_bestand_en_geen_mappen() -> None:
    assert uit_vecozo_zip(maak_zip(BERICHTEN[:1])) == BERICHTEN[0]
    for fout in (BERICHTEN[:2], [], [("map/WMO307.xml", b"<a/>")], [("map/", b""), BERICHTEN[0]]):
        with pytest.raises(ArchiefGeweigerd, match="precies een bestand"):
            uit_vecozo_zip(maak_zip(fout))


@pytest.mark.parametrize(
    ("bestanden", "grenzen", "zin"),
    [
        ([("bom.xml", b"\0" * 1_000_000)], Grenzen(), "keer zo groot"),
        ([("a.xml", b"0123456789" * 3)], Grenzen(per_bestand=29), "groter dan"),
        ([(f"{n}.xml", b"x") for n in range(11)], Grenzen(bestanden=10), "meer dan 10"),
        ([("a.xml", b"abcdefgh"), ("b.xml", b"ijklmnop")], Grenzen(totaal=15), "uitgepakt groter"),
        ([("binnen.zip", b"x")], Grenzen(), "zip in een zip"),
        ([("binnen.xml", maak_zip(BERICHTEN))], Grenzen(), "zip in een zip"),
    ],
)
def test_een_bom_wordt_geweigerd(bestanden: list[tuple[str, bytes]], grenzen: Grenzen, zin: str) -> None:
    with pytest.raises(ArchiefGeweigerd, match=zin):
        list(uit_zip(maak_zip(bestanden), grenzen))


def test_precies_op_de_grens_mag() -> None:
    grenzen = Grenzen(bestanden=2, per_bestand=8, totaal=16)
    assert len(list(uit_zip(maak_zip([("a", b"abcdefgh"), ("b", b"ijklmnop")]), grenzen))) == 2


def test_geweigerd_voor_er_een_byte_is_uitgepakt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdict falls on the directory: one bad entry at the end, and nothing is opened."""
    zip_ = maak_zip([*BERICHTEN, ("bom.xml", b"\0" * 1_000_000)])

    def nooit(*args: object) -> None:
        raise AssertionError("there was unpacking before the check")

    monkeypatch.setattr(zipfile.ZipFile, "open", nooit)
    with pytest.raises(ArchiefGeweigerd):
        uit_zip(zip_)


def test_een_zip_met_wachtwoord_wordt_geweigerd() -> None:
    zip_ = bytearray(maak_zip(BERICHTEN[:1]))
    zip_[zip_.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ArchiefGeweigerd, match="wachtwoord"):
        uit_zip(bytes(zip_))


def test_een_onbekende_inpakwijze_wordt_geweigerd() -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_BZIP2) as archief:
        archief.writestr("a.xml", b"<a/>")
    with pytest.raises(ArchiefGeweigerd, match="onbekende manier"):
        uit_zip(uit.getvalue())


def test_bestanden_die_elkaar_overlappen_worden_geweigerd() -> None:
    """Many entries over the same bytes: small, no high ratio, and gigabytes when unpacked."""
    zip_ = maak_zip([("a.xml", zlib.compress(b"x") * 40)])
    begin, einde = zip_.rindex(b"PK\x01\x02"), zip_.rindex(b"PK\x05\x06")
    index = zip_[begin:einde]
    slot = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 3, 3, len(index) * 3, begin, 0)
    with pytest.raises(ArchiefGeweigerd, match="overlappen"):
        uit_zip(zip_[:begin] + index * 3 + slot)


def test_een_zip_die_over_zijn_omvang_liegt() -> None:
    for opgegeven in (3, 9):
        zip_ = bytearray(maak_zip([("a.xml", b"abcdef")]))
        zip_[zip_.rindex(b"PK\x01\x02") + 24] = opgegeven
        with pytest.raises(ArchiefGeweigerd, match=r"omvang|beschadigd"):
            list(uit_zip(bytes(zip_)))


def test_een_index_die_het_geheugen_zou_vullen() -> None:
    """The number of entries is read from the end record before the directory is."""
    slot = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 65000, 65000, 40, 0, 0)
    with pytest.raises(ArchiefGeweigerd, match="meer dan 1000"):
        uit_zip(b"x" * 100 + slot, Grenzen(bestanden=1000))
    slot = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 4_000_000_000, 0, 0)
    with pytest.raises(ArchiefGeweigerd, match="meer dan 1000"):
        uit_zip(b"x" * 100 + slot, Grenzen(bestanden=1000))


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 30])
def test_wat_geen_zip_is(data: bytes) -> None:
    with pytest.raises(ArchiefGeweigerd, match=r"\."):
        list(uit_zip(data))


def test_een_beschadigde_zip_geeft_een_zin_en_geen_ongeluk() -> None:
    zip_ = maak_zip(BERICHTEN)
    for plek in range(0, len(zip_), 61):
        stuk = zip_[:plek] + bytes([zip_[plek] ^ 0xFF]) + zip_[plek + 1 :]
        try:
            uitgepakt = list(uit_zip(stuk))
        except ArchiefGeweigerd:
            continue
        assert len(uitgepakt) == len(BERICHTEN)
