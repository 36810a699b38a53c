"""The rules of the kwartaalopgave, each on both sides of its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE, OpgaveStatus
from rapportage.opgave_ervaring import bezwaren_ervaring, gesteld
from rapportage.opgave_regels import (
    ASSEN,
    OVERGANGEN,
    TOELICHTING_MAX,
    VRAAG_BIJ,
    Celfeit,
    Correctiefeit,
    Doelfeit,
    Gemeentefeit,
    bewerkbaar,
    bezwaren_cel,
    bezwaren_correctie,
    bezwaren_doelen,
    bezwaren_gemeente,
    bezwaren_toelichting,
    deadline,
    herinnering_nu,
    lees_aantal,
    mag_naar,
    na_indienen,
)
from wmo_portal.lib.perioden import Kwartaal

S = OpgaveStatus


# --- States --------------------------------------------------------------------------------------------------------
def test_every_state_is_in_the_table_and_settled_is_the_end():
    assert set(OVERGANGEN) == set(S)
    assert OVERGANGEN[S.VASTGESTELD] == ()


@pytest.mark.parametrize("van", list(S))
@pytest.mark.parametrize("naar", list(S))
def test_a_transition_is_allowed_only_when_somebody_wrote_it_down(van, naar):
    assert mag_naar(van, naar) == (
        (van, naar)
        in {
            (S.CONCEPT, S.INGEDIEND),
            (S.INGEDIEND, S.VRAGEN),
            (S.INGEDIEND, S.VASTGESTELD),
            (S.VRAGEN, S.OPNIEUW),
            (S.OPNIEUW, S.VRAGEN),
            (S.OPNIEUW, S.VASTGESTELD),
        }
    )


def test_a_provider_writes_only_in_what_it_can_send():
    assert {s for s in S if bewerkbaar(s)} == {s for s in S if na_indienen(s)} == {S.CONCEPT, S.VRAGEN}


# --- The deadline --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kwartaal", "dagen", "verwacht"),
    [
        (Kwartaal(2026, 3), 30, date(2026, 10, 30)),
        (Kwartaal(2026, 3), 31, date(2026, 11, 2)),  # 31 October is a Saturday
        (Kwartaal(2026, 1), 5, date(2026, 4, 7)),  # 5 April is Easter Sunday, the 6th Easter Monday
        (Kwartaal(2026, 1), 27, date(2026, 4, 28)),  # Koningsdag
        (Kwartaal(2025, 3), 86, date(2025, 12, 29)),  # Christmas Day on a Thursday
    ],
)
def test_a_deadline_never_falls_on_a_free_day(kwartaal, dagen, verwacht):
    assert deadline(kwartaal, dagen) == verwacht


@pytest.mark.parametrize(
    ("vandaag", "moment"),
    [
        (date(2026, 10, 15), None),
        (date(2026, 10, 16), 14),
        (date(2026, 10, 26), 14),
        (date(2026, 10, 27), 3),
        (date(2026, 10, 30), 0),
        (date(2026, 11, 20), 0),
    ],
)
def test_only_the_newest_reminder_goes_out(vandaag, moment):
    assert herinnering_nu(date(2026, 10, 30), vandaag, [14, 3]) == moment


# --- Numbers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("getypt", "aantal"),
    [("", 0), ("  ", 0), ("0", 0), (" 7 ", 7), ("99999", 99_999), ("100000", None), ("-1", None), ("3,5", None),
     ("drie", None), ("٣", None), ("1" * 40, None)],
)  # fmt: skip
def test_empty_is_zero_and_nonsense_is_no_number(getypt, aantal):
    assert lees_aantal(getypt) == aantal


@given(st.text())
def test_reading_a_number_is_total(tekst):
    assert lees_aantal(tekst) is None or lees_aantal(tekst) >= 0


def cel(**velden):
    return Celfeit(**{"veld": "v", "naam": "Vaals, 03", "getypt": "3", "uit_clienten": 3, **velden})


def test_no_difference_without_a_reason():
    assert not list(bezwaren_cel(cel()))
    assert [b.veld for b in bezwaren_cel(cel(getypt="4"))] == ["v-reden"]
    assert not list(bezwaren_cel(cel(getypt="4", reden="Een cliënt uit Delft.")))
    assert not list(bezwaren_cel(cel(getypt="4", uit_clienten=None)))
    assert "geen aantal" in next(iter(bezwaren_cel(cel(getypt="vier")))).zin


def test_a_municipality_without_clients_is_said_out_loud():
    feit = {"veld": "geen-0981", "naam": "Vaals"}
    assert not list(bezwaren_gemeente(Gemeentefeit(**feit, aantal=1, geen_clienten=False)))
    assert not list(bezwaren_gemeente(Gemeentefeit(**feit, aantal=0, geen_clienten=True)))
    assert list(bezwaren_gemeente(Gemeentefeit(**feit, aantal=0, geen_clienten=False)))
    assert list(bezwaren_gemeente(Gemeentefeit(**feit, aantal=1, geen_clienten=True)))


@pytest.mark.parametrize("categorie", list(Categorie))
def test_an_explanation_is_asked_only_where_somebody_is_counted(categorie):
    vragen = categorie in {"02", "03", "04"}
    assert [b.veld for b in bezwaren_toelichting({categorie: 1}, {})] == (
        [f"toelichting-{categorie}"] if vragen else []
    )
    assert not list(bezwaren_toelichting({categorie: 0}, {}))
    assert not list(bezwaren_toelichting({categorie: 1}, {str(categorie): "Bij de overgang."}))
    assert (categorie in VRAAG_BIJ) == vragen


def test_a_correction_needs_a_category_and_a_reason():
    feit = {"veld": "x", "naam": "deze cliënt", "berichten": "03"}
    assert not list(bezwaren_correctie(Correctiefeit(**feit, wordt="04", reden="Wij stopten.")))
    assert not list(bezwaren_correctie(Correctiefeit(**feit, wordt=NIET_MEE, reden="Nooit begonnen.")))
    assert [b.veld for b in bezwaren_correctie(Correctiefeit(**feit, wordt="", reden=" "))] == [
        "wordt",
        "reden",
    ]


# --- Cliëntervaring ------------------------------------------------------------------------------------------------
VOL = dict.fromkeys(
    ["hoe", "aandachtspunten", "clientenraad", "betrokken_wijze", "betrokken_punten", "meebepalen"], "tekst"
)


def test_who_did_not_ask_says_why_and_nothing_else_but_question_six():
    assert [v.veld for v in gesteld(False)] == ["waarom_niet", "meebepalen"]
    assert [v.nummer for v in gesteld(True)] == ["2", "3", "4", "5a", "5b", "6"]
    assert [b.veld for b in bezwaren_ervaring(False, {})] == ["waarom_niet", "meebepalen"]
    assert not bezwaren_ervaring(False, {"waarom_niet": "Pas na de zomer.", "meebepalen": "In het panel."})
    assert not bezwaren_ervaring(True, VOL)
    assert [b.veld for b in bezwaren_ervaring(True, {**VOL, "hoe": " \n"})] == ["hoe"]
    assert [b.veld for b in bezwaren_ervaring(None, VOL)] == ["gevraagd"]


# --- Beleidsdoelen -------------------------------------------------------------------------------------------------
def doel(toelichting="", **scores):
    return Doelfeit(
        veld="d",
        tekst="Blijvend ondersteunen",
        scores={**dict.fromkeys(ASSEN, 2), **scores},
        toelichting=toelichting,
    )


@pytest.mark.parametrize(("score", "mag"), [(None, False), (0, False), (1, True), (4, True), (5, False)])
def test_a_score_is_one_to_four_and_all_of_them_are_needed(score, mag):
    assert (not bezwaren_doelen([doel(ambitie=score)])) == mag


@pytest.mark.parametrize(
    ("tekst", "over"),
    [
        ("a" * 300, ""),
        ("a" * 301, "1 teken te veel"),
        ("a" * 312, "12 tekens te veel"),
        ("👩" * 300, ""),
        ("👩" * 301, "1 teken te veel"),
        ("a\r\n" * 150, ""),
        ("a\r\n" * 151, "2 tekens te veel"),
    ],
)
def test_three_hundred_characters_counted_as_a_browser_counts(tekst, over):
    bezwaren = bezwaren_doelen([doel(tekst)])
    assert TOELICHTING_MAX == 300
    assert [over in b.zin for b in bezwaren] == ([True] if over else [])


def test_a_goal_without_any_score_is_one_objection_and_its_text_is_still_counted():
    leeg = bezwaren_doelen([doel("x" * 301, **dict.fromkeys(ASSEN))])
    assert [b.veld for b in leeg] == ["d-realisatie", "d-toelichting"]
