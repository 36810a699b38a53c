"""The werkwijze read back: every combination of facts falls under exactly one paragraph."""

from itertools import product

import pytest

from beschikkingen.enums import SoortBeschikking
from resultaat.enums import Aanleiding, Paragraaf, Registreert, Stuurt, Uitkomst, Vervolg
from resultaat.werkwijze import WERKWIJZE, Feiten, mogelijke_paragrafen, paragraaf, toegestane_uitkomsten
from stopberichten.enums import RedenBeeindiging

JA_NEE = (True, False)
ALLE_FEITEN = [
    Feiten(
        soort=soort,
        aanleiding=aanleiding,
        behaald=behaald,
        vervolg_nodig=vervolg,
        einddatum=einddatum,
        stopcode=code,
        op_einddatum=op_einddatum,
    )
    for soort, aanleiding, behaald, vervolg, einddatum, code, op_einddatum in product(
        SoortBeschikking, Aanleiding, JA_NEE, JA_NEE, JA_NEE, [None, *RedenBeeindiging], JA_NEE
    )
]
MET, ZONDER, GETRAPT = SoortBeschikking
EINDE, TUSSENSTAP, STOP = Aanleiding


def feiten(soort=MET, aanleiding=EINDE, *, behaald=True, vervolg=False, **rest):
    return Feiten(soort=soort, aanleiding=aanleiding, behaald=behaald, vervolg_nodig=vervolg, **rest)


def test_every_combination_of_facts_falls_under_exactly_one_paragraph():
    assert len(ALLE_FEITEN) == 3 * 3 * 2 * 2 * 2 * 12 * 2
    for geval in ALLE_FEITEN:
        geldend = [rij.paragraaf for rij in WERKWIJZE.values() if rij.geldt(geval)]
        assert len(geldend) == 1, (geval, geldend)
        assert paragraaf(geval).paragraaf is geldend[0]


def test_every_paragraph_occurs():
    assert {paragraaf(geval).paragraaf for geval in ALLE_FEITEN} == set(Paragraaf) == set(WERKWIJZE)


@pytest.mark.parametrize(
    ("geval", "verwacht"),
    [
        (feiten(), "1A"),
        (feiten(vervolg=True), "1B"),
        (feiten(behaald=False, vervolg=True), "1C"),
        (feiten(behaald=False), "4"),
        (feiten(ZONDER), "2"),
        (feiten(ZONDER, behaald=False, vervolg=True), "2"),
        (feiten(GETRAPT, TUSSENSTAP), "3"),
        (feiten(GETRAPT, TUSSENSTAP, behaald=False, einddatum=False), "3"),
        (feiten(GETRAPT, EINDE, einddatum=True), "1A"),  # end of the 2nd period, H5:L41
        (feiten(GETRAPT, EINDE, einddatum=False), "2"),  # H5:L42
        (feiten(MET, STOP, stopcode=RedenBeeindiging.VOLGENS_PLAN), "1A"),
        (feiten(MET, STOP, stopcode=RedenBeeindiging.VOLGENS_PLAN, op_einddatum=False), "4"),
        (feiten(MET, STOP, stopcode=RedenBeeindiging.VOLGENS_PLAN, vervolg=True), "1B"),
        (feiten(MET, STOP, stopcode=RedenBeeindiging.VOLGENS_PLAN, behaald=False), "4"),
        (feiten(ZONDER, STOP, stopcode=RedenBeeindiging.VOLGENS_PLAN), "4"),
        (feiten(ZONDER, STOP, stopcode=RedenBeeindiging.VOLGENS_PLAN, vervolg=True), "2"),
        (feiten(MET, STOP, stopcode=RedenBeeindiging.IN_OVEREENSTEMMING), "4"),
        (feiten(MET, STOP, stopcode=None), "4"),
    ],
)
def test_the_cases_of_the_werkwijze(geval, verwacht):
    assert paragraaf(geval).paragraaf == verwacht


@pytest.mark.parametrize("code", [c for c in RedenBeeindiging if c != "19"])
def test_every_other_reason_is_paragraph_4_and_the_consulent_decides(code):
    for soort, behaald, vervolg in product(SoortBeschikking, JA_NEE, JA_NEE):
        rij = paragraaf(feiten(soort, STOP, behaald=behaald, vervolg=vervolg, stopcode=code))
        assert rij.paragraaf is Paragraaf.P4
        assert rij.registreert is Registreert.CONSULENT


def test_only_1a_is_entered_by_the_administration():
    door_administratie = [
        r.paragraaf for r in WERKWIJZE.values() if r.registreert is Registreert.ADMINISTRATIE
    ]
    assert door_administratie == [Paragraaf.P1A]


@pytest.mark.parametrize(
    ("nummer", "stuurt", "acht_weken", "uitkomsten", "vervolg"),
    [
        ("1A", ["stopbericht", "toelichting"], False, ["ja"], Vervolg.SLUITEN),
        ("1B", ["evaluatie"], True, ["ja"], Vervolg.NIEUWE_BESCHIKKING),
        (
            "1C",
            ["evaluatie"],
            True,
            ["nee_zorgaanbieder", "nee_client", "nee_neutraal"],
            Vervolg.NIEUWE_BESCHIKKING,
        ),
        ("2", ["evaluatie"], True, list(Uitkomst), Vervolg.VOLGEND_MONITORINGSMOMENT),
        (
            "3",
            ["toelichting"],
            False,
            ["nee_zorgaanbieder", "nee_client", "nee_neutraal"],
            Vervolg.DOORLOPEN,
        ),
        ("4", ["stopbericht", "toelichting"], False, list(Uitkomst), Vervolg.SLUITEN),
    ],
)
def test_the_rows(nummer, stuurt, acht_weken, uitkomsten, vervolg):
    rij = WERKWIJZE[Paragraaf(nummer)]
    assert list(rij.stuurt) == stuurt
    assert list(rij.uitkomsten) == uitkomsten
    assert (rij.acht_weken, rij.vervolg) == (acht_weken, vervolg)
    assert rij.zinnen
    assert rij.titel == Paragraaf(nummer).label
    assert rij.bron.startswith("H5:L")
    assert all(zin.endswith(".") for zin in rij.zinnen)
    assert ("8 weken" in rij.termijn) is (acht_weken and Stuurt.EVALUATIE in rij.stuurt)


def test_eight_weeks_ahead_nobody_knows_which_of_1a_1b_1c_or_4_it_will_be():
    open_geval = mogelijke_paragrafen(feiten(), onbekend=("behaald", "vervolg_nodig"))
    assert [str(r.paragraaf) for r in open_geval] == ["1A", "1B", "1C", "4"]
    met_vervolg = mogelijke_paragrafen(feiten(vervolg=True), onbekend=["behaald"])
    assert [str(r.paragraaf) for r in met_vervolg] == ["1B", "1C"]
    assert [str(r.paragraaf) for r in mogelijke_paragrafen(feiten(), onbekend=())] == ["1A"]


def test_a_step_that_succeeded_offers_nothing_and_one_that_failed_offers_the_nees():
    assert toegestane_uitkomsten(feiten(GETRAPT, TUSSENSTAP, behaald=True)) == ()
    mislukt = toegestane_uitkomsten(feiten(GETRAPT, TUSSENSTAP, behaald=False))
    assert mislukt == (Uitkomst.NEE_ZORGAANBIEDER, Uitkomst.NEE_CLIENT, Uitkomst.NEE_NEUTRAAL)


def test_a_temporary_stop_has_no_outcome_and_a_definitive_one_has():
    assert toegestane_uitkomsten(feiten(MET, STOP, stopcode=RedenBeeindiging.TIJDELIJK)) == ()
    assert toegestane_uitkomsten(feiten(MET, STOP, stopcode=RedenBeeindiging.EENZIJDIG_CLIENT)) == tuple(
        Uitkomst
    )


def test_what_is_achieved_never_offers_a_nee_in_1_and_the_reverse():
    for geval in ALLE_FEITEN:
        keus = toegestane_uitkomsten(geval)
        if paragraaf(geval).paragraaf in (Paragraaf.P1A, Paragraaf.P1B, Paragraaf.P1C):
            assert all(u.behaald is geval.behaald for u in keus)
