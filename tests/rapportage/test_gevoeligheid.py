"""Other choices for the codes that the sources leave open: same people, other categories (M8)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from beschikkingen.enums import Leveringsvorm
from logboek.models import Gebeurtenis
from rapportage.bron import Mens, Toegewezen
from rapportage.categorieen import STANDAARD
from rapportage.enums import Categorie
from rapportage.gevoeligheid import VARIANTEN, reken_door
from rapportage.herinstroom import overbrug
from rapportage.overzicht import Keuze
from rapportage.tellingen import Einde
from rapportage.verschil import Soort
from stopberichten.codes import STOPCODES
from stopberichten.enums import RedenBeeindiging, Zekerheid
from tests import fabriek
from tests.rapportage.test_overzicht import K3, bron
from tests.rapportage.test_uitval import VRAAG, zorg
from wmo_portal.lib.perioden import Periode

DAGEN = [-120, -31, -1, 0, 45, 60, 61, 75, 91, 92, 110, 122, 123]
"""From the first day of the quarter: both its edges, and 31 and 32 days on either side of its last day."""
dagen = st.sampled_from(DAGEN).map(lambda n: K3.eerste + timedelta(days=n))
DEFINITIEF = [code for code, rij in STOPCODES.items() if rij.definitief]


@st.composite
def leveringen(draw):
    """What intake lets in: no end before its start (stop_einddatum_na_begin), one definitive end at most (TR415), and a
    temporary stop only before it (TR414). Of a delivery that ended twice nobody can say when it ended.
    """
    begin = draw(dagen)
    eerst, dan = sorted(max(begin, draw(dagen)) for _ in range(2))
    tijdelijk = [Einde(RedenBeeindiging.TIJDELIJK, eerst)] if draw(st.integers(0, 3)) == 3 else []
    definitief = [Einde(draw(st.sampled_from(DEFINITIEF)), dan)] if draw(st.integers(0, 3)) else []
    return begin, (*tijdelijk, *definitief)


@st.composite
def komen_en_gaan(draw):
    """People who stop and start again around the last day of the quarter."""
    zorg_ = st.builds(
        Toegewezen,
        st.just(0), st.just(11), st.just(0), st.just(0),
        st.sampled_from([*[Leveringsvorm.ZIN] * 4, Leveringsvorm.PGB]),
        st.sampled_from([*[False] * 4, True]),
        st.lists(leveringen(), max_size=3).map(tuple),
    )  # fmt: skip
    alle = draw(st.lists(st.lists(zorg_, min_size=1, max_size=3), min_size=1, max_size=3))
    return tuple(
        Mens(11, 1, nummer, f"{nummer:032x}", False, tuple(
            replace(t, pk=nummer * 10 + n, client_id=nummer, beschikking_id=nummer * 10 + n)
            for n, t in enumerate(rij)
        ))
        for nummer, rij in enumerate(alle)
    )  # fmt: skip


def controleer(alle):
    bron_ = bron(alle)
    basis = bron_.uitval(Keuze(K3.periode))
    for uitkomst in reken_door(bron_, Keuze(K3.periode), basis):
        assert uitkomst.uitval.totaal.totaal == basis.totaal.totaal
        assert {v.soort for v in uitkomst.verschoven} <= {Soort.VERSCHOVEN}
        if uitkomst.variant.herinstroom:
            assert {v.nu.telling.categorie for v in uitkomst.verschoven} <= {Categorie.NOG_IN_ZORG}
            tussen = {m.sleutel for m in alle if is_tussen_twee(m, K3.laatste)}
            assert {v.regel.sleutel for v in uitkomst.verschoven} == tussen - in_zorg(basis)
        else:
            # Before or after: of two ends on one day, the one that got lighter may leave the word to the other.
            assert all(
                {v.toen.telling.reden, v.nu.telling.reden} & set(uitkomst.variant.anders)
                for v in uitkomst.verschoven
            )


def is_tussen_twee(mens_, dag):
    """Said without a row of deliveries: some care had ended that day, and some care began within 31 days of that end."""
    echt = [t for t in mens_.toewijzingen if t.leveringsvorm is Leveringsvorm.ZIN and not t.wachtlijst]
    starts = [begin for t in echt for begin, _ in t.leveringen]
    slotten = [
        e.einddatum for t in echt for _, einden in t.leveringen for e in einden if e.reden in DEFINITIEF
    ]
    return any(slot <= dag < begin <= slot + timedelta(days=31) for slot in slotten for begin in starts)


def in_zorg(uitval_):
    return {r.sleutel for r in uitval_.regels if r.telling.categorie is Categorie.NOG_IN_ZORG}


@given(komen_en_gaan())
def test_every_variant_counts_the_same_people(alle):
    """Nobody but who on the last day had stopped and was back within 31 days; all those, and into "nog in zorg" only.

    It holds for a period of at least 31 days, as a quarter is: whoever is between two then stopped within it.
    """
    controleer(alle)


JANUARI = date(2026, 1, 1)


def geleverd(*stukken, wachtlijst=False):
    """Somebody with these deliveries: the day of the start, and the day and code of the end."""
    leveringen = tuple(
        (begin, (Einde(RedenBeeindiging(code), einde),) if code else ()) for begin, einde, code in stukken
    )
    zorg_ = Toegewezen(1, 1, 1, 1, Leveringsvorm.ZIN, wachtlijst, leveringen)
    return Mens(1, 1, 1, "a" * 32, afgeschermd=False, toewijzingen=(zorg_,))


def categorie_na(mens_, dagen=31):
    (regel,) = overbrug(bron([mens_]), dagen).uitval(Keuze(K3.periode)).regels
    return regel.telling.categorie


@pytest.mark.parametrize(
    ("weer", "categorie"),
    [
        (date(2026, 8, 12), Categorie.NOG_IN_ZORG),  # the same day
        (date(2026, 9, 12), Categorie.NOG_IN_ZORG),  # the 31st day
        (date(2026, 9, 13), Categorie.NOG_IN_ZORG),  # too late to bridge, and it runs by itself
    ],
)
def test_somebody_back_within_the_quarter_is_in_care_anyhow(weer, categorie):
    assert categorie_na(geleverd((JANUARI, date(2026, 8, 12), "21"), (weer, None, ""))) is categorie


@pytest.mark.parametrize(
    ("weer", "categorie"),
    [(date(2026, 10, 21), Categorie.NOG_IN_ZORG), (date(2026, 10, 22), Categorie.EENZIJDIG_CLIENT)],
)
def test_a_start_after_the_quarter_bridges_within_31_days_and_not_on_the_32nd(weer, categorie):
    assert categorie_na(geleverd((JANUARI, date(2026, 9, 20), "21"), (weer, None, ""))) is categorie


def test_three_in_a_row_become_one_from_the_first_start_to_the_last_end():
    einde = date(2026, 9, 25)
    rij = [
        (JANUARI, date(2026, 7, 10), "21"),
        (date(2026, 7, 20), date(2026, 8, 20), "22"),
        (date(2026, 9, 1), einde, "19"),
    ]
    (mens_,) = overbrug(bron([geleverd(*rij)]), 31).mensen
    (zorg_,) = mens_.toewijzingen
    assert {begin for begin, _ in zorg_.leveringen} == {JANUARI}
    assert zorg_.leveringen[-1][1][0].einddatum == einde
    assert categorie_na(geleverd(*rij)) is Categorie.VOLGENS_PLAN


@pytest.mark.parametrize(
    ("eerste", "was", "wordt"),
    [
        (date(2026, 9, 20), Categorie.EENZIJDIG_CLIENT, Categorie.NOG_IN_ZORG),
        (date(2026, 9, 21), None, Categorie.NOG_IN_ZORG),
    ],
)
def test_in_a_free_period_shorter_than_the_days_somebody_can_come_into_the_count(eerste, was, wordt):
    """Stopped on 20 September, back on 10 October. Of the last days of September only: not there, or all the time."""
    bron_ = bron([geleverd((JANUARI, date(2026, 9, 20), "21"), (date(2026, 10, 10), None, ""))])
    keuze = Keuze(Periode(eerste, K3.laatste))
    for feiten, categorie in ((bron_, was), (overbrug(bron_, 31), wordt)):
        (regel,) = feiten.uitval(keuze).regels
        assert regel.telling.categorie is categorie


def test_of_two_ends_on_one_day_the_other_may_decide_once_a_code_counts_otherwise():
    """Gone to another provider (38, uitval) and dead on the same day: with 38 as "extern" the death says it."""
    dag = date(2026, 8, 15)
    bron_ = bron([geleverd((JANUARI, dag, "38"), (date(2026, 2, 1), dag, "02"))])
    uitkomst, *_ = reken_door(bron_, Keuze(K3.periode), bron_.uitval(Keuze(K3.periode)))
    (verschil,) = uitkomst.verschoven
    assert (verschil.toen.telling.reden, verschil.nu.telling.reden) == ("38", "02")
    assert verschil.nu.telling.categorie is Categorie.EXTERN


def wacht_op_vervolg(*stukken):
    """The same, with a second decision that follows the first; its care has not begun."""
    mens_ = geleverd(*stukken)
    return replace(
        mens_, toewijzingen=(*mens_.toewijzingen, Toegewezen(2, 1, 1, 2, Leveringsvorm.ZIN, False, ()))
    )


@pytest.mark.parametrize(
    ("weer", "weg"),
    [
        (date(2026, 7, 12), date(2026, 9, 15)),  # the 31st day; moved to 03
        (date(2026, 7, 13), date(2026, 9, 15)),  # the 32nd day
        (date(2026, 6, 12), date(2026, 6, 20)),  # all before the quarter; fell out of the total
    ],
)
def test_who_waits_for_a_follow_up_stays_in_care_after_a_short_return(weer, weg):
    """De Wit: changed in June (37), back for a while, then away of her own accord; her new decision has yet to begin."""
    gewijzigd = (JANUARI, date(2026, 6, 11), "37")
    assert categorie_na(wacht_op_vervolg(gewijzigd, (weer, weg, "21"))) is Categorie.NOG_IN_ZORG
    assert categorie_na(geleverd(gewijzigd, (weer, weg, "21"))) is (
        Categorie.EENZIJDIG_CLIENT if weg >= K3.eerste else None
    )


def test_back_and_away_again_on_the_day_of_the_end_is_not_back():
    """Two ends on one day, and nothing that goes on: the heaviest counts, as without the choice (R79)."""
    dag = date(2026, 8, 15)
    assert categorie_na(geleverd((JANUARI, dag, "21"), (dag, dag, "23"))) is Categorie.EENZIJDIG_CLIENT


def einde_verlegd(bron_, dagen_):
    """As it was: the first of two gets the ends of the second, and loses its own."""

    def verlegd(t):
        rij = sorted(t.leveringen)
        for n in range(len(rij) - 1, 0, -1):
            (begin, einden), (weer, later) = rij[n - 1], rij[n]
            if einden and einden[-1].einddatum <= weer <= einden[-1].einddatum + timedelta(days=dagen_):
                rij[n - 1] = (begin, later)
        return replace(t, leveringen=tuple(rij))

    return replace(
        bron_,
        mensen=tuple(replace(m, toewijzingen=tuple(map(verlegd, m.toewijzingen))) for m in bron_.mensen),
    )


@pytest.mark.parametrize(
    ("stuk", "mens_"),
    [
        (lambda b, n: overbrug(b, n + 1), geleverd((JANUARI, date(2026, 9, 20), "21"), (date(2026, 10, 22), None, ""))),
        (lambda b, n: overbrug(b, n - 1), geleverd((JANUARI, date(2026, 9, 20), "21"), (date(2026, 10, 21), None, ""))),
        (einde_verlegd, geleverd((JANUARI, date(2026, 8, 15), "21"), (date(2026, 8, 15), date(2026, 8, 15), "23"))),
        (einde_verlegd, wacht_op_vervolg((JANUARI, date(2026, 6, 11), "37"), (date(2026, 6, 12), date(2026, 6, 20), "21"))),
    ],
    ids=["a day too long", "a day too short", "takes an end away", "takes somebody away"],
)  # fmt: skip
def test_the_control_finds_a_bridge_that_is_wrong(monkeypatch, stuk, mens_):
    controleer((mens_,))
    monkeypatch.setattr("rapportage.gevoeligheid.overbrug", stuk)
    with pytest.raises(AssertionError):
        controleer((mens_,))


def test_a_waiting_list_is_no_care_that_goes_on():
    mens_ = geleverd((JANUARI, date(2026, 9, 20), "21"), (date(2026, 10, 1), None, ""), wachtlijst=True)
    assert overbrug(bron([mens_]), 31).mensen == (mens_,)


def test_only_codes_that_are_inferred_have_variants():
    afgeleid = {rij.reden for rij in STANDAARD if rij.zekerheid is Zekerheid.AFGELEID}
    assert {code for variant in VARIANTEN for code in variant.anders} <= afgeleid & set(STOPCODES)


@pytest.mark.django_db
def test_the_page_says_who_moves_by_mark_and_logs_it(http):
    zorg("Canarie", code="38", op=date(2026, 8, 1))
    http.force_login(fabriek.contractmanager())
    tekst = http.get(reverse("rapportage:uitval-gevoeligheid"), VRAAG).content.decode()
    assert "Overstap (38) bij externe omstandigheden" in tekst
    assert "Canarie" not in tekst
    assert Gebeurtenis.objects.get(actie="gevoeligheid.clienten_bekeken").details["aantal"] == 1


@pytest.mark.django_db
def test_who_may_only_count_sees_no_list(http):
    zorg(code="38", op=date(2026, 8, 1))
    http.force_login(fabriek.administratie())
    assert http.get(reverse("rapportage:uitval-gevoeligheid"), VRAAG).context["lijsten"] == []
    http.force_login(fabriek.consulent())
    assert http.get(reverse("rapportage:uitval-gevoeligheid"), VRAAG).status_code == 404
