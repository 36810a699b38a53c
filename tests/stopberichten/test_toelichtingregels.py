"""The rules of bijlage 2, each on both sides of its line, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stopberichten.toelichtingregels import (
    LANGSTE_TEKST,
    Formulier,
    Gebied,
    bezwaren,
    niet_te_vragen,
    nummer,
    om_voor,
    uiterlijk,
    wachttijd_om,
)

FINANCIEN = Gebied(
    sleutel="g1",
    naam="Financiën",
    soort="beeindiging",
    treden=frozenset({1, 2, 3}),
    trede_nu=3,
    huidige_situatie="De administratie is op orde.",
    reden="De doelen zijn bereikt.",
    behaald=True,
    behaald_toelichting="Zie het verslag.",
)
WONEN = replace(FINANCIEN, sleutel="g2", naam="Wonen", soort="wijziging", gevraagde_trede=2)
FATMA = {
    "verzoeker_naam": "Fatma el Amrani",
    "verzoeker_functie": "begeleider",
    "verzoeker_organisatie": "Zorggroep De Linde",
    "verzoeker_telefoon": "0174 123456",
    "verzoeker_email": "fatma@linde.nl",
}


def formulier(*gebieden: Gebied, **anders) -> Formulier:
    return Formulier(**{"verzoeker": FATMA, "gebieden": gebieden or (FINANCIEN,), **anders})


def regels(f: Formulier) -> list[tuple[str, str, str]]:
    return [(b.gebied, b.veld, b.regel) for b in bezwaren(f)]


def test_een_volledige_beeindiging_mag_weg():
    assert bezwaren(formulier()) == ()


def test_een_volledige_wijziging_met_zorgplan_mag_weg():
    assert bezwaren(formulier(WONEN, heeft_zorgplan=True)) == ()


@pytest.mark.parametrize("veld", list(FATMA))
def test_wie_vraagt_moet_bekend_zijn(veld):
    assert regels(formulier(verzoeker={**FATMA, veld: "  "})) == [("", veld, "R47")]


@pytest.mark.parametrize(
    ("veld", "langst"),
    [("verzoeker_naam", 200), ("verzoeker_functie", 100), ("verzoeker_organisatie", 200)],
)
def test_hoe_lang_een_veld_van_de_verzoeker_mag_zijn(veld, langst):
    assert bezwaren(formulier(verzoeker={**FATMA, veld: "a" * langst})) == ()
    (bezwaar,) = bezwaren(formulier(verzoeker={**FATMA, veld: "a" * (langst + 1)}))
    assert "1 teken te veel" in bezwaar.zin


@pytest.mark.parametrize(
    ("email", "goed"),
    [
        ("fatma@linde.nl", True),
        ("f.el.amrani@zorg.linde.nl", True),
        ("fatma@linde", False),
        ("fatma linde.nl", False),
        ("fatma@linde.", False),
        ("@linde.nl", False),
    ],
)
def test_een_emailadres(email, goed):
    assert (bezwaren(formulier(verzoeker={**FATMA, "verzoeker_email": email})) == ()) is goed


@pytest.mark.parametrize(
    ("telefoon", "goed"),
    [("01741234", True), ("0174123", False), ("+31 6 12 34 56 78", True), ("1" * 16, False), ("geen", False)],
)
def test_een_telefoonnummer(telefoon, goed):
    assert (bezwaren(formulier(verzoeker={**FATMA, "verzoeker_telefoon": telefoon})) == ()) is goed


@pytest.mark.parametrize(
    ("anders", "veld", "regel"),
    [
        ({"soort": ""}, "soort", "R48"),
        ({"soort": "iets"}, "soort", "R48"),
        ({"huidige_situatie": " \n"}, "huidige_situatie", "R50"),
        ({"reden": ""}, "reden", "R51"),
        ({"behaald": None}, "behaald", "R52"),
        ({"behaald_toelichting": ""}, "behaald_toelichting", "R52"),
        ({"behaald": False, "behaald_toelichting": ""}, "behaald_toelichting", "R52"),
        ({"vervallen": True}, "soort", "R46"),
    ],
)
def test_wat_er_per_resultaatgebied_moet_staan(anders, veld, regel):
    assert regels(formulier(replace(FINANCIEN, **anders))) == [("g1", veld, regel)]


def test_nee_met_toelichting_is_even_goed_als_ja():
    assert bezwaren(formulier(replace(FINANCIEN, behaald=False))) == ()


@pytest.mark.parametrize("veld", ["huidige_situatie", "reden", "behaald_toelichting"])
def test_een_tekst_mag_vierduizend_tekens_zijn(veld):
    assert bezwaren(formulier(replace(FINANCIEN, **{veld: "é" * LANGSTE_TEKST}))) == ()
    (bezwaar,) = bezwaren(formulier(replace(FINANCIEN, **{veld: "é" * (LANGSTE_TEKST + 2)})))
    assert bezwaar.veld == veld
    assert "2 tekens te veel" in bezwaar.zin


def test_andere_zaken_mogen_open_blijven_en_hebben_een_grens():
    assert bezwaren(formulier(overige_zaken="")) == ()
    assert regels(formulier(overige_zaken="a" * (LANGSTE_TEKST + 1))) == [("", "overige_zaken", "R53")]


@pytest.mark.parametrize(("trede", "goed"), [(1, True), (2, True), (3, False), (None, False), (9, False)])
def test_de_gevraagde_trede_is_een_andere_van_de_regio(trede, goed):
    gevonden = regels(formulier(replace(WONEN, gevraagde_trede=trede), heeft_zorgplan=True))
    assert gevonden == ([] if goed else [("g2", "gevraagde_trede", "R49")])


def test_bij_beeindiging_doet_de_trede_er_niet_toe():
    assert bezwaren(formulier(replace(FINANCIEN, gevraagde_trede=3))) == ()


@pytest.mark.parametrize(
    ("zorgplan", "goed"),
    [({}, False), ({"heeft_zorgplan": True}, True), ({"zorgplan_later": True}, True)],
)
def test_bij_een_wijziging_hoort_het_zorgplan_of_de_belofte(zorgplan, goed):
    assert regels(formulier(WONEN, **zorgplan)) == ([] if goed else [("", "zorgplan", "R45")])


def test_een_gebied_zonder_verzoek_vraagt_niets():
    leeg = Gebied(sleutel="g3", naam="Dag", overslaan=True)
    assert bezwaren(formulier(FINANCIEN, leeg)) == ()


def test_minstens_een_gebied_vraagt_iets():
    leeg = Gebied(sleutel="g3", naam="Dag", overslaan=True)
    assert regels(formulier(leeg, replace(leeg, sleutel="g4"))) == [("g3", "soort", "R48")]


def test_bij_meer_gebieden_komt_eerst_de_vraag_wat_er_gevraagd_wordt():
    onbeantwoord = Gebied(sleutel="g3", naam="Dag")
    assert regels(formulier(FINANCIEN, onbeantwoord)) == [("g3", "soort", "R48")]
    assert len(regels(formulier(onbeantwoord))) == 5


# --- The present trede ------------------------------------------------------------------------------------------------
JAN, JUL = date(2026, 1, 1), date(2026, 7, 1)
EERST = (JAN, date(2026, 6, 30), 3)
DAARNA = (JUL, None, 2)


def test_zonder_stappen_is_de_trede_van_de_toewijzing_die_van_nu():
    assert niet_te_vragen(3, [], JAN) == 3


def test_blijven_op_de_trede_mag_gevraagd_worden_zolang_er_een_stap_komt():
    """H5 §3: the form says that scaling down does not succeed yet."""
    assert niet_te_vragen(3, [EERST, DAARNA], date(2026, 6, 30)) is None
    assert niet_te_vragen(3, [EERST, DAARNA], JUL) == 2


def test_een_volgende_stap_met_dezelfde_trede_verandert_niets():
    assert niet_te_vragen(3, [EERST, (JUL, None, 3)], JAN) == 3


# --- Pairs ----------------------------------------------------------------------------------------------------------------
DAGEN = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(DAGEN, st.integers(0, 30))
def test_de_grens_van_de_lijst_is_die_van_de_regel(vandaag, geleden):
    vanaf = vandaag - timedelta(days=geleden)
    assert (vanaf < om_voor(vandaag)) is wachttijd_om(vanaf, vandaag)


def test_op_de_vijfde_werkdag_is_het_nog_op_tijd():
    """Around Kerst 2026: 24 and 28 to 31 December are the five."""
    ontvangen = date(2026, 12, 23)
    assert uiterlijk(ontvangen) == date(2026, 12, 31)
    assert not wachttijd_om(ontvangen, date(2027, 1, 3))
    assert wachttijd_om(ontvangen, date(2027, 1, 4))


def test_het_nummer_op_de_ontvangst():
    assert nummer(123, 2026) == "T-2026-000123"
