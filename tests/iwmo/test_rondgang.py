"""What is written is read back the same, whatever the message; and it is written as OP192 asks."""

import copy
import dataclasses
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iwmo
from tests.iwmo.bouw import TEKSTEN, gemaakt
from tests.iwmo.strategieen import berichten

ALLE = st.sampled_from(sorted(TEKSTEN)).flatmap(berichten)


@settings(max_examples=100, deadline=None)
@given(ALLE)
def test_lezen_na_schrijven_geeft_hetzelfde(bericht: iwmo.Bericht) -> None:
    data = iwmo.schrijf(bericht)
    assert iwmo.lees(data) == bericht
    assert data.count(b"\n") == data.count(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b">\r\n")


@settings(max_examples=40, deadline=None)
@given(ALLE)
def test_een_oordeel_leest_het_bericht_mee(bericht: iwmo.Bericht) -> None:
    """controleer() hands the message over, so that nobody needs to parse twice."""
    oordeel = iwmo.controleer(iwmo.schrijf(bericht))
    assert oordeel.bericht == bericht
    assert oordeel.oordeel in ("akkoord", "afgekeurd-inhoud")


@pytest.mark.parametrize("soort", TEKSTEN)
def test_het_voorbeeld_van_fenna_komt_ongeschonden_terug(soort: str) -> None:
    """Every element of the trees stands in these messages, so nothing is lost on the way."""
    eerst = gemaakt(soort)
    opnieuw = iwmo.schrijf(iwmo.lees(eerst))

    def kaal(data: bytes) -> bytes:
        return b"".join(data.replace(b"w:", b"").replace(b"i:", b"").split())

    namen = (f"wmo{soort}:".encode(), b"w:"), (b"iwmo:", b"i:")
    for lang, kort in namen:
        opnieuw = opnieuw.replace(lang, kort)
    begin = b"<w:Header>"
    assert kaal(opnieuw[opnieuw.index(begin) :]) == kaal(eerst[eerst.index(begin) :])


def test_de_gemeente_en_de_aanbieder_wisselen_niet_van_kant() -> None:
    for soort in TEKSTEN:
        bericht = iwmo.lees(gemaakt(soort))
        assert (bericht.gemeente, bericht.aanbieder) == ("0935", "65001234")


def test_een_onmogelijk_bericht_verlaat_het_huis_niet() -> None:
    bericht = iwmo.lees(gemaakt("307"))
    for fout in ("", "6500123", "6500\x001234", "\ud800"):
        kapot = dataclasses.replace(bericht, header=dataclasses.replace(bericht.header, afzender=fout))
        with pytest.raises(iwmo.BerichtAfgekeurd):
            iwmo.schrijf(kapot)


def test_een_onbekende_release_of_soort_wordt_niet_geschreven() -> None:
    bericht = iwmo.lees(gemaakt("307"))
    with pytest.raises(KeyError, match=r"Release 3\.9"):
        iwmo.schrijf(dataclasses.replace(bericht, release="3.9"))
    with pytest.raises(KeyError, match="Bericht 317"):
        iwmo.schrijf(dataclasses.replace(bericht, soort="317"))


def test_tekst_met_een_opmerking_erin_blijft_een_tekst() -> None:
    """With a default parser this BSN reads as 99990."""
    data = gemaakt("307").replace(b"999901102", b"99990<!-- x -->11<?y z?>02")
    assert iwmo.lees(data).client.bsn == "999901102"
    data = gemaakt("307").replace(b"999901102", b"<![CDATA[99990]]>11&#48;2")
    assert iwmo.lees(data).client.bsn == "999901102"


def test_regeleinden_in_commentaar_blijven_regeleinden() -> None:
    from tests.iwmo.bouw import zet

    bericht = iwmo.lees(gemaakt("301", zet("Client/Commentaar", "eerst\nen dan\r en slot")))
    assert bericht.client.commentaar == "eerst\nen dan\r en slot"
    assert iwmo.lees(iwmo.schrijf(bericht)) == bericht


def test_snel_gemaakt_is_niet_anders_dan_gewoon_gemaakt() -> None:
    """Reading fills an open twin and closes it; nobody may see that."""
    gewoon = iwmo.lees(gemaakt("307")).client.producten[0]
    opnieuw = dataclasses.replace(gewoon)
    assert type(gewoon) is type(opnieuw)
    assert (gewoon, hash(gewoon), repr(gewoon)) == (opnieuw, hash(opnieuw), repr(opnieuw))
    assert pickle.loads(pickle.dumps(gewoon)) == opnieuw
    assert copy.deepcopy(gewoon) == opnieuw
    for naam in ("einddatum", "iets_nieuws"):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError, AttributeError)):
            setattr(gewoon, naam, None)
    assert gewoon.sleutel == opnieuw.sleutel


def test_snel_kent_dezelfde_velden_en_standaardwaarden() -> None:
    from iwmo.model import Adres, Contact
    from iwmo.snel import snel

    assert snel(Contact)("01") == Contact("01")
    assert snel(Adres)(postcode="6211AB") == Adres(postcode="6211AB")
    with pytest.raises(TypeError):
        snel(Contact)()
