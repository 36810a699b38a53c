"""The key ring: what is written opens again, and only where it was written."""

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_portal.lib.sleutelbos import OntsleutelFout, Sleutelbos, SleutelFout, nieuwe_sleutel

EEN, TWEE, INDEX, INDEX_2 = (nieuwe_sleutel() for _ in range(4))
OUD = Sleutelbos.uit_tekst(f"1:{EEN}", INDEX)
BOS = Sleutelbos.uit_tekst(f"1:{EEN}, 2:{TWEE}", INDEX)
ANNA = "beschikkingen_client|2f0c"
BRAM = "beschikkingen_client|77aa"
BSN = "999900006"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(max_size=40))
def test_wat_erin_gaat_komt_eruit(tekst, context):
    context = context.encode("utf-8", "ignore").decode()
    assert BOS.ontsleutel(BOS.versleutel(tekst, context), context) == tekst


def test_een_bsn_kost_38_bytes_en_staat_er_niet_in():
    opgeslagen = BOS.versleutel(BSN, ANNA)
    assert len(opgeslagen) == 38
    assert BSN.encode() not in opgeslagen
    assert BOS.ontsleutel(memoryview(opgeslagen), ANNA) == BSN


def test_twee_keer_hetzelfde_geeft_twee_keer_iets_anders():
    assert BOS.versleutel(BSN, ANNA) != BOS.versleutel(BSN, ANNA)


def test_een_heel_bericht_kan_ook():
    bericht = b"<?xml version='1.0'?>" + bytes(range(256)) * 20_000
    opgeslagen = BOS.versleutel_bytes(bericht, "bericht|1")
    assert BOS.ontsleutel_bytes(opgeslagen, "bericht|1") == bericht
    assert len(opgeslagen) == len(bericht) + 29


def test_de_regel_van_anna_opent_niet_bij_bram():
    with pytest.raises(OntsleutelFout, match="hoort bij een andere regel"):
        BOS.ontsleutel(BOS.versleutel(BSN, ANNA), BRAM)


@pytest.mark.parametrize("plaats", [1, 12, 13, 21, 22, 37])
def test_een_veranderde_bit_opent_niet(plaats):
    opgeslagen = bytearray(BOS.versleutel(BSN, ANNA))
    opgeslagen[plaats] ^= 1
    with pytest.raises(OntsleutelFout, match="is veranderd"):
        BOS.ontsleutel(bytes(opgeslagen), ANNA)


@pytest.mark.parametrize("lengte", [0, 1, 28])
def test_een_afgebroken_gegeven_opent_niet(lengte):
    with pytest.raises(OntsleutelFout, match=f"het is {lengte} bytes lang"):
        BOS.ontsleutel(BOS.versleutel(BSN, ANNA)[:lengte], ANNA)


def test_de_nieuwste_sleutel_schrijft_en_de_oude_leest_nog():
    oud = OUD.versleutel(BSN, ANNA)
    nieuw = BOS.versleutel(BSN, ANNA)
    assert (oud[0], nieuw[0]) == (1, 2)
    assert BOS.ontsleutel(oud, ANNA) == BOS.ontsleutel(nieuw, ANNA) == BSN
    assert BOS.is_verouderd(oud)
    assert not BOS.is_verouderd(nieuw)


def test_een_weggehaalde_sleutel_wordt_bij_zijn_nummer_genoemd():
    with pytest.raises(OntsleutelFout, match="met sleutel 2, en die is hier niet ingesteld"):
        OUD.ontsleutel(BOS.versleutel(BSN, ANNA), ANNA)


def test_een_ander_sleutelnummer_erop_zetten_helpt_niet():
    opgeslagen = bytearray(BOS.versleutel(BSN, ANNA))
    opgeslagen[0] = 1
    with pytest.raises(OntsleutelFout):
        BOS.ontsleutel(bytes(opgeslagen), ANNA)


def test_index_vindt_hetzelfde_nummer_hoe_het_ook_geschreven_is():
    assert BOS.index(BSN) == BOS.index("9999.00.006") == BOS.index(" 999 900 006")
    assert BOS.index("10000008") == BOS.index("010000008")
    assert len(BOS.index(BSN)) == 16


@given(st.integers(0, 999_999_999), st.binary(min_size=32, max_size=32))
def test_index_is_hmac_van_de_standaardbibliotheek(nummer, sleutel):
    """The index of every database that exists was made by it."""
    bsn = f"{nummer:09d}"
    bos = Sleutelbos({1: b"1" * 31 + bytes([sleutel[-1] ^ 1])}, sleutel)
    assert bos.index(bsn) == hmac.digest(sleutel, f"bsn|{bsn}".encode(), "sha256")[:16]


def test_index_blijft_gelijk_bij_een_nieuwe_sleutel_maar_niet_bij_een_nieuwe_indexsleutel():
    assert OUD.index(BSN) == BOS.index(BSN)
    assert Sleutelbos.uit_tekst(f"1:{EEN}", INDEX_2).index(BSN) != BOS.index(BSN)
    assert BOS.index(BSN) != BOS.index("999990019")


@pytest.mark.parametrize(
    ("sleutels", "index", "zin"),
    [
        ("", INDEX, "ten minste één"),
        (EEN, INDEX, "nummer:sleutel"),
        (f"0:{EEN}", INDEX, "1 tot en met 255"),
        (f"256:{EEN}", INDEX, "1 tot en met 255"),
        (f"1:{EEN},1:{TWEE}", INDEX, "twee keer"),
        ("1:geen base64!", INDEX, "Sleutel 1 is geen geldige base64"),
        (f"1:{base64.b64encode(b'kort').decode()}", INDEX, "Sleutel 1 heeft 4 bytes; nodig zijn er 32"),
        (f"1:{EEN}", "", "De indexsleutel heeft 0 bytes"),
        (f"1:{EEN}", EEN, "eigen indexsleutel"),
    ],
    ids=lambda waarde: "",  # the keys are new at every run; the workers of xdist must agree on the names
)
def test_een_verkeerde_instelling_krijgt_een_zin(sleutels, index, zin):
    with pytest.raises(SleutelFout, match=zin) as fout:
        Sleutelbos.uit_tekst(sleutels, index)
    assert EEN not in str(fout.value)


def test_de_bos_laat_zijn_sleutels_niet_zien():
    assert repr(BOS) == "<Sleutelbos: 2 sleutels, schrijft met 2>"
