"""The 8 weeks of mevrouw Bakker and others: real dates, both sides of each line, and weeks of silence."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beschikkingen.enums import Herinnersoort, Leveringsvorm, Vervulling
from beschikkingen.termijnen import (
    Herinnerinstelling,
    Plicht,
    Verzonden,
    deadline,
    geen_herinnering_omdat,
    momenten,
    te_versturen,
    volgende_moment,
)

DAG = timedelta(days=1)
LANG_GELEDEN = date(2020, 1, 1)
DAGEN = st.dates(date(2021, 1, 1), date(2040, 12, 31))


def verstuurd(moment, op):
    return Verzonden(moment.soort, moment.weken, moment.datum, op)


@pytest.mark.parametrize(
    ("einddatum", "uiterlijk"),
    [
        (date(2025, 12, 31), date(2025, 11, 5)),  # R59
        (date(2026, 1, 31), date(2025, 12, 6)),  # R59; a Saturday stays a Saturday
        (date(2024, 4, 25), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 1, 4)),
        (date(2026, 4, 30), date(2026, 3, 5)),  # over the start of summer time
        (date(2026, 11, 30), date(2026, 10, 5)),  # over the end of it
        (date(2027, 1, 1), date(2026, 11, 6)),
    ],
)
def test_fifty_six_days_before_the_end(einddatum, uiterlijk):
    termijn = deadline(einddatum, registratiedatum=LANG_GELEDEN)
    assert (termijn.datum, termijn.verkort) == (uiterlijk, False)
    assert termijn.op_tijd(uiterlijk)
    assert not termijn.op_tijd(uiterlijk + DAG)
    assert [termijn.dagen_over(uiterlijk + n * DAG) for n in (-1, 0, 1)] == [1, 0, -1]


def test_registered_exactly_eight_weeks_ahead_is_an_ordinary_deadline():
    termijn = deadline(date(2026, 12, 31), registratiedatum=date(2026, 11, 5))
    assert (termijn.datum, termijn.verkort) == (date(2026, 11, 5), False)


def test_registered_a_day_later_gets_two_weeks():
    termijn = deadline(date(2026, 12, 31), registratiedatum=date(2026, 11, 6))
    assert (termijn.datum, termijn.verkort) == (date(2026, 11, 20), True)


def test_the_two_weeks_are_a_setting():
    assert deadline(date(2026, 12, 31), registratiedatum=date(2026, 12, 1), verkort_dagen=5).datum == date(
        2026, 12, 6
    )


def test_a_decision_of_four_weeks_counts_from_its_start():
    termijn = deadline(date(2026, 10, 28), registratiedatum=date(2026, 7, 1), begindatum=date(2026, 10, 1))
    assert (termijn.datum, termijn.verkort) == (date(2026, 10, 15), True)


def test_a_start_before_the_registration_changes_nothing():
    met = deadline(date(2026, 12, 31), registratiedatum=date(2026, 5, 1), begindatum=date(2026, 1, 1))
    assert met == deadline(date(2026, 12, 31), registratiedatum=date(2026, 5, 1))


@given(DAGEN, DAGEN, st.integers(0, 60))
def test_nobody_is_late_before_he_was_asked(doel, registratie, dagen):
    termijn = deadline(doel, registratiedatum=registratie, verkort_dagen=dagen)
    assert termijn.datum >= registratie
    assert termijn.verkort == (doel - registratie < timedelta(days=56))
    assert termijn.verkort or doel - termijn.datum == timedelta(days=56)


def test_reminders_go_out_at_12_10_and_8_weeks_and_weekly_after():
    termijn = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    rij = momenten(termijn, tot_en_met=date(2026, 11, 20))
    assert [(str(m.soort), m.weken, m.verzenddatum) for m in rij] == [
        ("vooraf", 12, date(2026, 10, 8)),
        ("vooraf", 10, date(2026, 10, 22)),
        ("vooraf", 8, date(2026, 11, 5)),
        ("te_laat", 1, date(2026, 11, 12)),
        ("te_laat", 2, date(2026, 11, 19)),
    ]


def test_a_reminder_on_a_saturday_goes_out_on_friday():
    termijn = deadline(date(2026, 1, 31), registratiedatum=LANG_GELEDEN)
    (acht,) = [m for m in momenten(termijn, tot_en_met=date(2025, 12, 6)) if m.weken == 8]
    assert (acht.datum, acht.verzenddatum) == (date(2025, 12, 6), date(2025, 12, 5))
    # and on Thursday when the Friday is no working day either
    termijn = deadline(date(2026, 5, 30), registratiedatum=LANG_GELEDEN)  # 8 weeks before: Saturday 4 April
    (acht,) = [m for m in momenten(termijn, tot_en_met=date(2026, 4, 4)) if m.weken == 8]
    assert acht.verzenddatum == date(2026, 4, 2)


def test_what_is_due_is_due_on_the_day_and_not_the_day_before():
    termijn = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    assert te_versturen(termijn, vandaag=date(2026, 10, 7)) == ()
    assert [m.weken for m in te_versturen(termijn, vandaag=date(2026, 10, 8))] == [12]


def test_twenty_days_of_silence_are_caught_up_once():
    termijn = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    (twaalf,) = te_versturen(termijn, vandaag=date(2026, 10, 8))
    verzonden = [verstuurd(twaalf, date(2026, 10, 8))]
    gemist = te_versturen(termijn, vandaag=date(2026, 11, 13), verzonden=verzonden)
    assert [(str(m.soort), m.weken) for m in gemist] == [("vooraf", 10), ("vooraf", 8), ("te_laat", 1)]
    verzonden += [verstuurd(m, date(2026, 11, 13)) for m in gemist]
    assert te_versturen(termijn, vandaag=date(2026, 11, 13), verzonden=verzonden) == ()
    # The catch-up does not swallow the next one.
    (volgende,) = te_versturen(termijn, vandaag=date(2026, 11, 19), verzonden=verzonden)
    assert (str(volgende.soort), volgende.weken) == ("te_laat", 2)


@given(
    DAGEN,
    st.integers(0, 500),
    st.sets(st.integers(0, 430), max_size=40),
    st.lists(st.integers(1, 30), min_size=0, max_size=5, unique=True),
)
def test_any_pattern_of_outages_sends_each_reminder_exactly_once(doel, aanloop, dagen_met_run, weken):
    instelling = Herinnerinstelling(weken_vooraf=tuple(weken), te_laat_hoogstens_weken=8)
    termijn = deadline(doel, registratiedatum=doel - aanloop * DAG)
    begin = termijn.vanaf - 10 * DAG
    slot = termijn.datum + timedelta(weeks=9)
    verzonden = []
    for vandaag in sorted({begin + n * DAG for n in dagen_met_run if begin + n * DAG < slot} | {slot}):
        for _ in range(2):  # every job runs twice
            nieuw = te_versturen(termijn, vandaag=vandaag, verzonden=verzonden, instelling=instelling)
            verzonden += [verstuurd(m, vandaag) for m in nieuw]
    verwacht = momenten(termijn, tot_en_met=slot, instelling=instelling)
    assert [(v.soort, v.weken, v.datum) for v in verzonden] == [(m.soort, m.weken, m.datum) for m in verwacht]


def test_a_late_decision_gets_one_notice_at_once_and_no_reminder_from_before_it_existed():
    termijn = deadline(date(2026, 12, 31), registratiedatum=date(2026, 11, 30))
    rij = momenten(termijn, tot_en_met=date(2026, 12, 22))
    assert [(str(m.soort), m.weken, m.datum) for m in rij] == [
        ("verkort", 0, date(2026, 11, 30)),
        ("te_laat", 1, date(2026, 12, 21)),
    ]


def test_registered_between_12_and_10_weeks_skips_the_first():
    termijn = deadline(date(2026, 12, 31), registratiedatum=date(2026, 10, 9))
    assert [m.weken for m in momenten(termijn, tot_en_met=date(2026, 11, 5))] == [10, 8]


def test_the_weekly_series_ends():
    instelling = Herinnerinstelling(te_laat_hoogstens_weken=3)
    termijn = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    rij = momenten(termijn, tot_en_met=date.max, instelling=instelling)
    assert [m.weken for m in rij if m.soort is Herinnersoort.TE_LAAT] == [1, 2, 3]
    assert volgende_moment(termijn, na=rij[-1].verzenddatum, instelling=instelling) is None
    assert volgende_moment(termijn, na=rij[0].verzenddatum, instelling=instelling) == rij[1]


def test_moving_the_end_by_a_day_mails_nobody_twice():
    oud = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    (twaalf,) = te_versturen(oud, vandaag=date(2026, 10, 8))
    verzonden = [verstuurd(twaalf, date(2026, 10, 8))]
    nieuw = deadline(date(2027, 1, 1), registratiedatum=LANG_GELEDEN)
    assert te_versturen(nieuw, vandaag=date(2026, 10, 9), verzonden=verzonden) == ()


@pytest.mark.parametrize(("dagen", "opnieuw"), [(6, []), (7, [12])])
def test_moving_the_end_by_a_week_or_more_reminds_again(dagen, opnieuw):
    oud = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    (twaalf,) = te_versturen(oud, vandaag=date(2026, 10, 8))
    verzonden = [verstuurd(twaalf, date(2026, 10, 8))]
    nieuw = deadline(date(2026, 12, 31) + dagen * DAG, registratiedatum=LANG_GELEDEN)
    te_doen = te_versturen(nieuw, vandaag=date(2026, 10, 16), verzonden=verzonden)
    assert [moment.weken for moment in te_doen] == opnieuw


def test_moving_the_end_by_a_year_starts_the_series_again():
    oud = deadline(date(2026, 12, 31), registratiedatum=LANG_GELEDEN)
    verzonden = [verstuurd(m, m.verzenddatum) for m in momenten(oud, tot_en_met=date(2026, 11, 5))]
    nieuw = deadline(date(2027, 12, 31), registratiedatum=LANG_GELEDEN)
    assert te_versturen(nieuw, vandaag=date(2026, 11, 6), verzonden=verzonden) == ()
    (twaalf,) = te_versturen(nieuw, vandaag=date(2027, 10, 8), verzonden=verzonden)
    assert twaalf.weken == 12


@given(DAGEN)
def test_moments_are_in_order_and_never_go_out_after_their_day(doel):
    rij = momenten(deadline(doel, registratiedatum=LANG_GELEDEN), tot_en_met=date.max)
    assert all(een.datum < twee.datum for een, twee in pairwise(rij))
    assert all(timedelta(0) <= m.datum - m.verzenddatum <= 5 * DAG for m in rij)


@pytest.mark.parametrize(
    ("plicht", "zin"),
    [
        (Plicht(), None),
        (Plicht(leveringsvorm=Leveringsvorm.PGB), "pgb"),
        (Plicht(tussenstap=True), "tussenstap"),
        (Plicht(gestopt=True), "al gestopt"),
        (Plicht(vervulling=Vervulling.DOCUMENT), "document ontvangen"),
        (Plicht(vervulling=Vervulling.UITSTROOM), "uitstroom aangekondigd"),
        (Plicht(vervulling=Vervulling.NIET_NODIG), "niet nodig"),
    ],
)
def test_why_no_reminder_goes_out(plicht, zin):
    gevonden = geen_herinnering_omdat(plicht)
    assert gevonden is None if zin is None else zin in gevonden
