"""Which 307 code counts where, and from when."""

from datetime import date, timedelta

import pytest

from rapportage.categorieen import BEEINDIGD, CATEGORIEEN, STANDAARD, UITVAL, VOORRANG, Afspraak, geldig_op
from rapportage.enums import Categorie
from stopberichten.enums import RedenBeeindiging, Zekerheid

# Written by hand from feiten 4.4.
TABEL = {
    "02": ("05", "zeker"),
    "19": ("01", "zeker"),
    "20": ("nog_in_zorg", "afgeleid"),
    "21": ("03", "zeker"),
    "22": ("04", "zeker"),
    "23": ("02", "zeker"),
    "31": ("05", "zeker"),
    "36": ("05", "afgeleid"),
    "37": ("nog_in_zorg", "afgeleid"),
    "38": ("03", "afgeleid"),
    "39": ("05", "afgeleid"),
}


def test_the_shipped_table_is_that_of_the_facts():
    assert {str(r.reden): (str(r.categorie), str(r.zekerheid)) for r in STANDAARD} == TABEL
    assert all(rij.uitleg for rij in STANDAARD)


def test_six_categories_in_the_order_of_the_format():
    assert [str(c) for c in CATEGORIEEN] == ["01", "02", "03", "04", "05", "nog_in_zorg"]
    assert [str(c) for c in BEEINDIGD] == ["01", "02", "03", "04", "05"]
    assert [str(c) for c in UITVAL] == ["03", "04"]
    assert [str(c) for c in VOORRANG] == ["04", "03", "02", "05", "01"]


def test_a_category_and_a_code_are_never_the_same_thing():
    assert Categorie.IN_OVEREENSTEMMING.value == RedenBeeindiging.OVERLIJDEN.value == "02"
    assert type(Categorie.IN_OVEREENSTEMMING) is not type(RedenBeeindiging.OVERLIJDEN)
    assert Categorie.IN_OVEREENSTEMMING.label != RedenBeeindiging.OVERLIJDEN.label


def test_what_must_be_explained():
    assert [str(c) for c, rij in CATEGORIEEN.items() if rij.vraag] == ["02", "03", "04"]
    assert "doorverwijst" not in CATEGORIEEN[Categorie.IN_OVEREENSTEMMING].vraag
    assert "verwijst u door in de keten" in CATEGORIEEN[Categorie.IN_OVEREENSTEMMING].vraag


def test_no_help_text_speaks_of_a_jeugdhulpaanbieder():
    assert not [rij for rij in CATEGORIEEN.values() if "jeugd" in rij.hulptekst.lower()]


def test_all_codes_on_any_day():
    assert set(geldig_op(STANDAARD, date(2026, 9, 30))) == set(RedenBeeindiging)


def test_a_region_that_agrees_something_else_from_a_day_on():
    wissel = date(2027, 1, 1)
    zonder_38 = [r for r in STANDAARD if r.reden != "38"]
    oud = Afspraak(
        reden=RedenBeeindiging.ANDERE_AANBIEDER,
        categorie=Categorie.EENZIJDIG_CLIENT,
        zekerheid=Zekerheid.AFGELEID,
        uitleg="tot 2027",
        tot=wissel,
    )
    nieuw = Afspraak(
        reden=RedenBeeindiging.ANDERE_AANBIEDER,
        categorie=Categorie.IN_OVEREENSTEMMING,
        zekerheid=Zekerheid.ZEKER,
        uitleg="vastgesteld in het regio-overleg",
        vanaf=wissel,
    )
    rijen = [*zonder_38, oud, nieuw]
    assert geldig_op(rijen, wissel - timedelta(days=1))[RedenBeeindiging.ANDERE_AANBIEDER] is oud
    assert geldig_op(rijen, wissel)[RedenBeeindiging.ANDERE_AANBIEDER] is nieuw


def test_a_code_without_a_row_or_with_two_is_said_and_not_guessed():
    with pytest.raises(ValueError, match="voor code 38, 39; leg vast"):
        geldig_op([r for r in STANDAARD if r.reden not in ("38", "39")], date(2026, 9, 30))
    with pytest.raises(ValueError, match="code 19 heeft op 30-09-2026 twee afspraken"):
        geldig_op([*STANDAARD, STANDAARD[1]], date(2026, 9, 30))
