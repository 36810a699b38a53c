"""Each contradiction with a story in which it holds and one, a step away, in which it does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beschikkingen.enums import Perspectief, RedenWijziging
from resultaat.advies import Trede
from resultaat.enums import FormulierStand, Uitkomst
from resultaat.opties import OPTIES
from resultaat.tegenspraak import REGEL, tegenspraken
from resultaat.tegenspraakfeiten import Tegenspraakfeiten
from resultaat.tegenspraakregels import REGELS
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort

DAG = timedelta(days=1)
EIND = date(2026, 9, 30)
START = date(2026, 1, 15)
VANDAAG = date(2026, 10, 12)
LICHT, MIDDEN, ZWAAR = Trede("waakvlam", 1), Trede("trede 2", 3), Trede("trede 3", 4)

# Mevrouw Yilmaz: everything agrees. Each story below changes something about her.
YILMAZ = Tegenspraakfeiten(
    vandaag=VANDAAG,
    code=RedenBeeindiging.VOLGENS_PLAN,
    stop_einddatum=EIND,
    startdatum=START,
    einddatum_toewijzing=EIND,
    formulier=FormulierStand.INGEDIEND,
    formulier_soort=ToelichtingSoort.BEEINDIGING,
    formulier_behaald=True,
    uitkomst=Uitkomst.JA,
    perspectief=Perspectief.VERBETERING,
    trede_toen=MIDDEN,
)


def maar(code=None, uitkomst="ja", **anders):
    if code:
        anders["code"] = RedenBeeindiging(code)
    return replace(YILMAZ, uitkomst=Uitkomst(uitkomst) if uitkomst else None, **anders)


def zonder_formulier(*a, **k):
    return maar(*a, formulier=FormulierStand.GEEN, formulier_behaald=None, formulier_soort=None, **k)


GEEN = zonder_formulier(uitkomst=None)

# nummer: (holds, does not hold)
VERHALEN = {
    "T01": (maar(formulier_behaald=False), maar(formulier_behaald=False, code="23")),
    "T02": (maar(stop_einddatum=EIND - DAG), maar(stop_einddatum=EIND - DAG, tolerantie_dagen=1)),
    "T03": (maar(uitkomst="nee_client"), maar("23", "nee_client")),
    "T04": (maar("21", "nee_zorgaanbieder"), maar("21", "nee_client")),
    "T05": (maar("22", "nee_client"), maar("22", "nee_zorgaanbieder")),
    "T06": (
        maar(
            "22", "nee_client", redenen=frozenset({"geen_match_op_tijd"}), geen_match_gemeld=date(2026, 3, 16)
        ),
        maar(
            "22", "nee_client", redenen=frozenset({"geen_match_op_tijd"}), geen_match_gemeld=date(2026, 3, 15)
        ),
    ),
    "T07": (
        maar(redenen=frozenset({"geen_match_te_laat"}), geen_match_gemeld=date(2026, 3, 15)),
        maar(redenen=frozenset({"geen_match_te_laat"}), geen_match_gemeld=date(2026, 3, 16)),
    ),
    "T08": (maar("02", "nee_neutraal", latere_start=VANDAAG), maar("02", "nee_neutraal")),
    "T09": (maar("02", "nee_client", opvolger=True), maar("02", "nee_client")),
    "T10": (maar("31", "nee_neutraal", opvolger=True), maar("31", "nee_neutraal")),
    "T11": (maar("21", "nee_neutraal"), maar("39", "nee_neutraal")),
    "T12": (maar("02", "nee_client"), maar("02", "nee_neutraal")),
    "T13": (maar("21", "nee_client"), maar("21", "nee_client", formulier_behaald=False)),
    "T14": (maar("23", formulier_behaald=False), maar("23", "nee_client", formulier_behaald=False)),
    "T15": (maar("31", "nee_neutraal", latere_start=VANDAAG), maar("31", "nee_neutraal")),
    "T16": (maar("36"), maar("36", reden_wijziging=RedenWijziging.VERKORTING)),
    "T17": (maar("38", "nee_client"), maar("38", "nee_client", opvolger=True)),
    "T18": (maar(opvolger=True, opvolger_trede=ZWAAR), maar(opvolger=True, opvolger_trede=LICHT)),
    "T19": (
        maar(opvolger=True, opvolger_trede=MIDDEN),
        maar(opvolger=True, opvolger_trede=MIDDEN, perspectief=Perspectief.LANGDURIG),
    ),
    "T20": (
        maar("20", None, stop_einddatum=VANDAAG - 32 * DAG),
        maar("20", None, stop_einddatum=VANDAAG - 31 * DAG),
    ),
    "T21": (
        maar("21", "nee_client", formulier_soort=ToelichtingSoort.WIJZIGING),
        maar("20", "nee_client", formulier_soort=ToelichtingSoort.WIJZIGING),
    ),
    "T22": (maar(tussenstap=True), maar(tussenstap=True, uitkomst=None)),
    "T23": (maar(stop_ingetrokken=True, uitkomst_rust_op_stop=True), maar(stop_ingetrokken=True)),
    "T24": (maar("23", stop_einddatum=EIND + DAG), maar("23", stop_einddatum=EIND - DAG)),
}


def gevonden(feiten):
    return {t.regel.nummer for t in tegenspraken(feiten)}


def test_mevrouw_yilmaz_has_no_contradictions():
    assert gevonden(YILMAZ) == set()


@pytest.mark.parametrize("nummer", [regel.nummer for regel in REGELS])
def test_each_rule_holds_in_one_story_and_not_in_the_next(nummer):
    wel, niet = VERHALEN[nummer]
    assert nummer in gevonden(wel)
    assert nummer not in gevonden(niet)


def test_solving_it_makes_it_vanish():
    scheef = maar(formulier_behaald=False)
    assert gevonden(scheef) == {"T01", "T14"}
    assert gevonden(replace(scheef, formulier_behaald=True)) == set()


@pytest.mark.parametrize("nummer", ["T01", "T13", "T14", "T21"])
def test_a_draft_form_says_nothing_yet(nummer):
    wel, _ = VERHALEN[nummer]
    assert nummer not in gevonden(replace(wel, formulier=FormulierStand.CONCEPT))


@pytest.mark.parametrize("nummer", ["T01", "T02", "T03", "T04", "T05", "T08", "T16", "T17", "T20", "T24"])
def test_a_withdrawn_stop_contradicts_nothing_but_the_outcome_that_rests_on_it(nummer):
    wel, _ = VERHALEN[nummer]
    assert nummer not in gevonden(replace(wel, stop_ingetrokken=True))


@pytest.mark.parametrize(
    ("code", "reden", "tegenspraak"),
    [
        ("36", None, True),
        ("36", "12", True),
        ("37", "12", False),
        ("37", "05", True),
        ("36", "11", False),
        ("23", None, False),
    ],
)
def test_t16_the_municipality_moved_first(code, reden, tegenspraak):
    feiten = maar(code, reden_wijziging=RedenWijziging(reden) if reden else None)
    assert ("T16" in gevonden(feiten)) is tegenspraak


def test_the_sentences_carry_the_facts():
    (t02,) = tegenspraken(maar(stop_einddatum=EIND - DAG))
    assert t02.zin == ("Code 19, maar de zorg eindigde op 29-09-2026 en de toewijzing loopt tot 30-09-2026.")
    (t18,) = tegenspraken(maar(opvolger=True, opvolger_trede=ZWAAR))
    assert t18.zin.endswith("van trede 2 naar trede 3.")


def test_the_table_is_numbered_and_complete():
    assert [r.nummer for r in REGELS] == [f"T{n:02d}" for n in range(1, len(REGELS) + 1)]
    assert len(REGELS) >= 15
    assert set(REGEL) == set(VERHALEN)
    for regel in REGELS:
        assert regel.zin.endswith(".")
        assert regel.doe.endswith(".")
        assert regel.bron


DAGEN = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))
TREDEN = st.none() | st.sampled_from([LICHT, MIDDEN, ZWAAR])
REDENEN = [reden.code for optie in OPTIES.values() for reden in optie.redenen]


@given(
    st.builds(
        Tegenspraakfeiten,
        vandaag=st.just(VANDAAG),
        code=st.none() | st.sampled_from(RedenBeeindiging),
        stop_einddatum=DAGEN,
        stop_ingetrokken=st.booleans(),
        startdatum=DAGEN,
        einddatum_toewijzing=DAGEN,
        reden_wijziging=st.none() | st.sampled_from(RedenWijziging),
        formulier=st.sampled_from(FormulierStand),
        formulier_soort=st.none() | st.sampled_from(ToelichtingSoort),
        formulier_behaald=st.sampled_from([None, True, False]),
        uitkomst=st.none() | st.sampled_from(Uitkomst),
        uitkomst_rust_op_stop=st.booleans(),
        redenen=st.frozensets(st.sampled_from(REDENEN)),
        geen_match_gemeld=DAGEN,
        perspectief=st.sampled_from(Perspectief),
        trede_toen=TREDEN,
        opvolger=st.booleans(),
        opvolger_trede=TREDEN,
        latere_start=DAGEN,
        tussenstap=st.booleans(),
    )
)
def test_any_facts_give_whole_sentences(feiten):
    for tegenspraak in tegenspraken(feiten):
        assert tegenspraak.zin.endswith(".")
        assert "None" not in tegenspraak.zin
        assert "{" not in tegenspraak.zin


def test_nothing_known_contradicts_nothing():
    assert tegenspraken(Tegenspraakfeiten(vandaag=VANDAAG)) == ()
    assert gevonden(GEEN) == set()
