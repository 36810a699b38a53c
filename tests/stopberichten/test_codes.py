"""Bijlage 1, read back row by row against the two sources (H5 bijlage 1 and WMO588)."""

import dataclasses

import pytest

from stopberichten.codes import STOPCODES, codes_met, stopcode
from stopberichten.enums import Formulierplicht, RedenBeeindiging, Vervolgactie, Zekerheid

# Written by hand from the repaired table: code, vervolgactie, formulier, initiatief aanbieder.
BIJLAGE_1 = [
    ("02", "sluiten", "niet_nodig", True),
    ("19", "sluiten", "nodig", True),
    ("20", "geen", "nodig", True),
    ("21", "sluiten", "nodig", True),
    ("22", "sluiten", "nodig", True),
    ("23", "sluiten", "nodig", True),
    ("31", "sluiten", "niet_nodig", True),
    ("36", "sluiten", "niet_nodig", False),
    ("37", "sluiten", "nvt", False),
    ("38", "aanhouden", "niet_nodig", True),
    ("39", "sluiten", "niet_nodig", True),
]


@pytest.mark.parametrize(("code", "vervolgactie", "formulier", "initiatief"), BIJLAGE_1)
def test_each_row_of_bijlage_1(code, vervolgactie, formulier, initiatief):
    rij = stopcode(code)
    assert (rij.vervolgactie, rij.formulier, rij.initiatief_aanbieder) == (
        vervolgactie,
        formulier,
        initiatief,
    )


def test_the_table_is_the_national_list_whole_and_in_order():
    assert [str(code) for code in STOPCODES] == [rij[0] for rij in BIJLAGE_1]
    assert set(STOPCODES) == set(RedenBeeindiging)


def test_the_form_is_asked_for_19_to_23_only():
    assert [str(c) for c, rij in STOPCODES.items() if rij.formulier_nodig] == ["19", "20", "21", "22", "23"]


def test_only_20_leaves_the_delivery_unfinished():
    assert [rij.code for rij in STOPCODES.values() if not rij.definitief] == ["20"]


def test_only_37_is_not_to_be_used_and_says_so():
    (rij,) = [rij for rij in STOPCODES.values() if not rij.mag_gebruikt]
    assert rij.code == "37"
    assert rij.gebruik.startswith("Niet gebruiken")


def test_what_is_inferred_says_what_is_inferred():
    afgeleid = {rij.code for rij in STOPCODES.values() if rij.zekerheid is Zekerheid.AFGELEID}
    assert afgeleid == {"19", "20", "39"}
    assert all(bool(rij.voorbehoud) == (rij.code in afgeleid) for rij in STOPCODES.values())


def test_the_official_text_is_shown_and_the_h5_name_is_kept():
    rij = stopcode("21")
    assert rij.betekenis == "Levering is eenzijdig door cliënt beëindigd"
    assert rij.alias == "Voortijdig afgesloten: eenzijdig door cliënt"


@pytest.mark.parametrize("onbekend", ["15", "2", "", "01", "99", "19 "])
def test_a_code_outside_the_list_is_refused(onbekend):
    with pytest.raises(ValueError, match="is not a valid RedenBeeindiging"):
        stopcode(onbekend)


def test_codes_by_duty_partition_the_list():
    per_plicht = [codes_met(plicht) for plicht in Formulierplicht]
    assert sorted(code for groep in per_plicht for code in groep) == sorted(RedenBeeindiging)
    assert codes_met(Formulierplicht.NVT) == (RedenBeeindiging.WIJZIGINGSVERZOEK,)


def test_a_row_cannot_be_changed_in_a_running_portal():
    with pytest.raises(dataclasses.FrozenInstanceError):
        stopcode("19").vervolgactie = Vervolgactie.GEEN
    with pytest.raises(TypeError):
        STOPCODES[RedenBeeindiging.OVERLIJDEN] = stopcode("19")


def test_choices_are_plain_pairs_for_a_model():
    assert ("02", "Overlijden") in RedenBeeindiging.choices()
    assert all(type(code) is str for code, _ in RedenBeeindiging.choices())
    assert RedenBeeindiging.codes()[:2] == ["02", "19"]
