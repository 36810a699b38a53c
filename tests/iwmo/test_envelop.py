"""StUF-GGk envelopes: a Di01 opened, a Du01 made in answer to it."""

import base64
from datetime import datetime

import pytest

import iwmo
from iwmo.envelop import (
    Envelop,
    EnvelopGeweigerd,
    Partij,
    maak_di01,
    maak_du01,
    open_envelop,
    schrijf_envelop,
)
from iwmo.ontleden import MAX_BYTES
from tests.iwmo.bouw import gemaakt, zet

GEMEENTE, AANBIEDER = Partij("0935", "Wmo-portaal"), Partij("65001234", "Zorgpakket")
HEEN, TERUG = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"
MOMENT = datetime(2025, 3, 17, 9, 5, 1)
BERICHT = gemaakt("307")


def di01() -> bytes:
    return maak_di01(BERICHT, zender=AANBIEDER, ontvanger=GEMEENTE, referentienummer=HEEN, tijdstip=MOMENT)


def test_een_di01_geeft_het_bericht_terug_zoals_het_was() -> None:
    envelop = open_envelop(di01())
    assert envelop == Envelop(
        soort="Di01",
        zender=AANBIEDER,
        ontvanger=GEMEENTE,
        referentienummer=HEEN,
        tijdstip="20250317090501",
        functie="WMO307",
        functie_versie="0003",
        functie_subversie="0002",
        bericht=BERICHT,
    )
    assert iwmo.controleer(envelop.bericht).akkoord


def test_een_du01_gaat_terug_naar_de_zender_en_noemt_de_heenweg() -> None:
    """The parties of the envelope change places; the header of the message inside does not (IV028)."""
    heen = open_envelop(di01())
    retour = iwmo.schrijf(
        iwmo.retour(iwmo.lees(heen.bericht), identificatie="P-1", dagtekening=MOMENT.date())
    )
    data = maak_du01(retour, op=heen, applicatie="Wmo-portaal", referentienummer=TERUG, tijdstip=MOMENT)
    terug = open_envelop(data)
    assert (terug.soort, terug.zender, terug.ontvanger) == ("Du01", GEMEENTE, AANBIEDER)
    assert (terug.referentienummer, terug.kruisreferentie) == (TERUG, HEEN)
    assert terug.functie == "WMO308"
    assert iwmo.lees(terug.bericht).header.afzender == "65001234"


def test_de_envelop_volgt_de_bestandsregels() -> None:
    data = di01()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert schrijf_envelop(open_envelop(data)) == data
    assert open_envelop(data.replace(b"\r\n", b"\n")) == open_envelop(data)


def test_een_envelop_in_een_soap_envelop() -> None:
    kern = di01().split(b"?>", 1)[1]
    soap = (
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        + kern.strip()
        + b"</s:Body></s:Envelope>"
    )
    assert open_envelop(soap).bericht == BERICHT


def test_een_kaal_bericht_is_geen_envelop() -> None:
    assert open_envelop(BERICHT) is None
    assert open_envelop(b"<iets/>") is None


@pytest.mark.parametrize(
    "weg", ["referentienummer", "functie", "tijdstipBericht", "organisatie", "applicatie", "functieVersie"]
)
def test_een_onvolledige_envelop_noemt_wat_er_ontbreekt(weg: str) -> None:
    data = di01().replace(f":{weg}>".encode(), b":anders>")
    with pytest.raises(EnvelopGeweigerd, match=weg):
        open_envelop(data)


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"geen base64!", "base64"),
        (b"abc", "base64"),
        (b"", "xmlBestand"),
        (base64.b64encode(b"x" * (MAX_BYTES + 1)), "25 MB"),
    ],
)
def test_een_envelop_met_verkeerde_inhoud(inhoud: bytes, zin: str) -> None:
    heel = base64.b64encode(BERICHT)
    with pytest.raises(EnvelopGeweigerd, match=zin):
        open_envelop(di01().replace(heel, inhoud))


def test_een_envelop_met_twee_berichten_wordt_niet_half_gelezen() -> None:
    data = di01()
    bericht = data[data.index(b"<GGK:bericht>") : data.index(b"</GGK:parameters>")]
    with pytest.raises(EnvelopGeweigerd, match="2 berichten"):
        open_envelop(data.replace(bericht, bericht * 2))
    kern = data.split(b"?>", 1)[1]
    with pytest.raises(EnvelopGeweigerd, match="2 enveloppen"):
        open_envelop(b"<bundel>" + kern * 2 + b"</bundel>")


def test_de_kruisreferentie_is_letterlijk_het_nummer_van_de_heenweg() -> None:
    """Also when the sender writes his UUID in capitals: another spelling would be another number."""
    op = open_envelop(di01().replace(HEEN.encode(), HEEN.upper().encode()))
    antwoord = iwmo.schrijf(iwmo.retour(iwmo.lees(BERICHT), identificatie="R1", dagtekening=MOMENT.date()))
    du01 = maak_du01(antwoord, op=op, applicatie="portaal", referentienummer=TERUG, tijdstip=MOMENT)
    assert open_envelop(du01).kruisreferentie == HEEN.upper()


def test_base64_op_meer_regels_en_een_groot_bericht() -> None:
    heel = base64.b64encode(BERICHT)
    assert open_envelop(di01().replace(heel, base64.encodebytes(BERICHT))).bericht == BERICHT
    groot = gemaakt("301", zet("Client/Commentaar", "x" * 9_000_000))
    data = maak_di01(groot, zender=GEMEENTE, ontvanger=AANBIEDER, referentienummer=HEEN, tijdstip=MOMENT)
    assert open_envelop(data).bericht == groot


@pytest.mark.parametrize("data", [b"", b"geen xml", b"<!DOCTYPE x><x/>", b"\xff\xfe<\x00"])
def test_wat_geen_xml_is_wordt_met_een_zin_geweigerd(data: bytes) -> None:
    with pytest.raises(EnvelopGeweigerd, match=r"\."):
        open_envelop(data)


def test_een_envelop_die_de_knooppunten_weigeren_maken_wij_niet() -> None:
    envelop = open_envelop(di01())
    for nummer in ("1", HEEN.upper(), HEEN.replace("-4", "-1")):
        with pytest.raises(EnvelopGeweigerd, match="UUID"):
            maak_du01(BERICHT, op=envelop, applicatie="portaal", referentienummer=nummer, tijdstip=MOMENT)
    with pytest.raises(EnvelopGeweigerd, match="3 tot 50"):
        maak_du01(BERICHT, op=envelop, applicatie="ab", referentienummer=TERUG, tijdstip=MOMENT)
    with pytest.raises(iwmo.BerichtAfgekeurd):
        maak_du01(b"<x/>", op=envelop, applicatie="portaal", referentienummer=TERUG, tijdstip=MOMENT)
