"""306, 308 and 302 as IV028 and OP065 describe them. schrijf() holds each against our own schema."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iwmo
from iwmo import schrijven
from iwmo.model import Retourkop, XsdVersie
from iwmo.register import soort_van
from tests.iwmo.bouw import gemaakt
from tests.iwmo.strategieen import berichten

ANTWOORD = {"301": "302", "305": "306", "307": "308"}
OP = {"identificatie": "PORTAAL-7", "dagtekening": date(2025, 3, 17)}


def terug(retour: iwmo.Bericht) -> iwmo.Bericht:
    """Through the bytes: valid against our retour schema, and the same after reading."""
    gelezen = iwmo.lees(iwmo.schrijf(retour))
    assert gelezen == retour
    return gelezen


@pytest.mark.parametrize("soort", ANTWOORD)
def test_aanvaard_is_alleen_een_header_zonder_codes(soort: str) -> None:
    heen = iwmo.lees(gemaakt(soort))
    retour = terug(iwmo.retour(heen, **OP))
    assert retour.soort == ANTWOORD[soort]
    assert retour.client is None
    assert retour.header.retour == Retourkop("PORTAAL-7", date(2025, 3, 17), XsdVersie(), None, ())
    assert b"RetourCodes" not in iwmo.schrijf(retour)
    assert b"XsltVersie" not in iwmo.schrijf(retour)


@pytest.mark.parametrize("soort", ANTWOORD)
def test_de_header_is_overgenomen_en_niet_omgedraaid(soort: str) -> None:
    heen = iwmo.lees(gemaakt(soort))
    retour = terug(iwmo.retour(heen, **OP))
    assert dataclasses.replace(retour.header, retour=None) == heen.header


@pytest.mark.parametrize("soort", ANTWOORD)
@pytest.mark.parametrize("code", ["0001", "9056", "8848", "S300"])
def test_een_fout_in_het_geheel_geeft_alleen_een_header(soort: str, code: str) -> None:
    retour = terug(iwmo.retour(iwmo.lees(gemaakt(soort)), **OP, header_codes=[code]))
    assert retour.client is None
    assert retour.header.retour.retourcodes == (code,)


def test_een_fout_in_een_regel_geeft_codes_bij_elke_klasse() -> None:
    heen = iwmo.lees(gemaakt("307"))
    retour = terug(iwmo.retour(heen, **OP, product_codes=[["9069", "9414"], ["0233"]]))
    assert retour.header.retour.retourcodes == ("0200",)
    assert retour.client.retourcodes == ("0200",)
    assert [product.retourcodes for product in retour.client.producten] == [("9069", "9414"), ("0233",)]
    ontdaan = [dataclasses.replace(product, retourcodes=()) for product in retour.client.producten]
    assert tuple(ontdaan) == heen.client.producten


def test_een_302_draagt_ook_codes_bij_relatie_en_contact() -> None:
    heen = iwmo.lees(gemaakt("301"))
    retour = terug(
        iwmo.retour(heen, **OP, client_codes=["0200"], product_codes=[["9332"], []], relatie_codes=[["0233"]])
    )
    assert [contact.retourcodes for contact in retour.client.contacten] == [("0200",), ("0200",)]
    assert retour.client.relaties[0].retourcodes == ("0233",)
    assert retour.client.relaties[0].contact.retourcodes == ("0200",)
    assert [product.retourcodes for product in retour.client.producten] == [("9332",), ("0200",)]


@given(data=st.data(), soort=st.sampled_from(["301", "305", "307"]))
@settings(max_examples=60)
def test_een_kale_retour_uit_het_sjabloon_is_die_van_de_schrijver(data: st.DataObject, soort: str) -> None:
    """Also with a percent sign, a bracket or an ampersand in a value."""
    bericht = data.draw(berichten(soort))
    tekst = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
    bericht = dataclasses.replace(
        bericht, header=dataclasses.replace(bericht.header, identificatie=data.draw(tekst))
    )
    retour = iwmo.retour(bericht, identificatie=data.draw(tekst), dagtekening=date(2026, 5, 1))
    welke = soort_van(retour.release, retour.soort)
    assert schrijven.naar_xml(retour, welke) == schrijven.voluit(retour, welke).encode()


def test_de_versie_van_de_xslt_staat_er_alleen_als_die_is_gebruikt() -> None:
    retour = iwmo.retour(iwmo.lees(gemaakt("305")), **OP, header_codes=["0001"], xslt_versie="2.10.5")
    assert b"<wmo306:XsltVersie>2.10.5</wmo306:XsltVersie>" in iwmo.schrijf(retour)


def test_de_bytes_van_een_retour_volgen_op192() -> None:
    data = iwmo.schrijf(iwmo.retour(iwmo.lees(gemaakt("307")), **OP))
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\r\n')
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"<wmo308:BerichtCode>421</wmo308:BerichtCode>" in data
    assert b"<wmo308:Afzender>65001234</wmo308:Afzender>" in data


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"header_codes": ["9999"]}, "9999"),
        ({"product_codes": [["0200"]]}, "product_codes"),
        ({"header_codes": ["9056"], "client_codes": ["0200"]}, "alleen de header"),
    ],
)
def test_een_retour_die_de_standaard_niet_kent_wordt_niet_gemaakt(velden: dict, zin: str) -> None:
    with pytest.raises(ValueError, match=zin):
        iwmo.retour(iwmo.lees(gemaakt("307")), **OP, **velden)


def test_op_een_retour_volgt_geen_retour() -> None:
    with pytest.raises(ValueError, match="geen retourbericht"):
        iwmo.retour(iwmo.lees(gemaakt("308")), **OP)


REEKSEN = st.lists(st.sampled_from(["0200", "0233", "9019", "9063", "9074"]), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(ANTWOORD)))
def test_elke_retour_op_elk_bericht_is_geldig(data: st.DataObject, soort: str) -> None:
    heen = data.draw(berichten(soort))
    aantal = len(heen.client.producten)
    codes = data.draw(st.none() | st.lists(REEKSEN, min_size=aantal, max_size=aantal))
    retour = terug(iwmo.retour(heen, **OP, product_codes=codes))
    assert (retour.client is None) == (codes is None)
    assert iwmo.controleer(iwmo.schrijf(retour)).akkoord
