"""The quality of stop messages: five working days around the holidays, code, form, corrections (M12)."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse

from logboek.models import Gebeurtenis
from rapportage.kwaliteit import (
    Punt,
    Stopbericht,
    Stopfeit,
    beoordeel,
    formulier_aanwezig,
    juiste_code,
    kwaliteit,
    op_tijd,
)
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Stop
from tests import fabriek
from wmo_portal.lib.tijd import AMSTERDAM

VANDAAG = date(2026, 11, 20)


def feit(**velden):
    basis = {
        "reden": "23",
        "einddatum": date(2026, 3, 2),
        "ontvangen": date(2026, 3, 2),
        **velden,
    }
    return Stopfeit(**{**basis, "reden": RedenBeeindiging(basis["reden"])})


@pytest.mark.parametrize(
    ("einddatum", "nog_op_tijd", "te_laat"),
    [
        # An ordinary week: Monday + 5 working days.
        (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)),
        # Kerst: Monday 21 December 2026; 25 is a Friday, 26 a Saturday.
        (date(2026, 12, 21), date(2026, 12, 29), date(2026, 12, 30)),
        # Nieuwjaar: Tuesday 29 December 2026; 1 January is a Friday.
        (date(2026, 12, 29), date(2027, 1, 6), date(2027, 1, 7)),
        # Pasen: Wednesday 1 April 2026; Goede Vrijdag the 3rd and Tweede Paasdag the 6th do not count.
        (date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 13)),
        # Koningsdag: Friday 24 April 2026; Monday the 27th does not count, nor does 5 May.
        (date(2026, 4, 24), date(2026, 5, 4), date(2026, 5, 6)),
        # Bevrijdingsdag: Tuesday 5 May 2026 does not count.
        (date(2026, 4, 30), date(2026, 5, 8), date(2026, 5, 11)),
        # Hemelvaart: Thursday 14 May 2026; the Friday after it is an ordinary working day.
        (date(2026, 5, 12), date(2026, 5, 20), date(2026, 5, 21)),
        # Pinksteren: Tweede Pinksterdag is Monday 25 May 2026.
        (date(2026, 5, 21), date(2026, 5, 29), date(2026, 6, 1)),
    ],
)
def test_five_working_days_to_the_day(einddatum, nog_op_tijd, te_laat):
    assert op_tijd(feit(einddatum=einddatum, ontvangen=nog_op_tijd)).goed is True
    laat = op_tijd(feit(einddatum=einddatum, ontvangen=te_laat))
    assert laat.goed is False
    assert (
        f"6 werkdagen na de einddatum {einddatum:%d-%m-%Y}. Uiterlijk was {nog_op_tijd:%d-%m-%Y}" in laat.zin
    )


def test_a_message_before_the_end_is_on_time():
    assert op_tijd(feit(einddatum=date(2026, 3, 9), ontvangen=date(2026, 3, 2))).goed is True


@pytest.mark.parametrize(
    ("velden", "goed"),
    [
        ({"reden": "19", "toewijzing_eind": date(2026, 3, 2)}, True),
        ({"reden": "19", "toewijzing_eind": date(2026, 3, 3)}, False),
        ({"reden": "19", "toewijzing_eind": None}, False),
        ({"reden": "19", "toewijzing_eind": None, "gekoppeld": False}, True),
        ({"reden": "23", "toewijzing_eind": date(2026, 12, 31)}, True),
        ({"reden": "36"}, False),
        ({"reden": "37"}, False),
    ],
)
def test_the_right_code(velden, goed):
    assert juiste_code(feit(**velden)).goed is goed


@pytest.mark.parametrize(
    ("velden", "vandaag", "goed"),
    [
        ({}, date(2026, 3, 9), None),  # five working days after receipt: not late yet
        ({}, date(2026, 3, 10), False),
        ({"formulier_er": True}, date(2026, 3, 10), True),
        ({"zonder_formulier_mag": True}, date(2026, 3, 10), None),
        ({"reden": "02"}, date(2026, 3, 10), None),  # overlijden asks no form
    ],
)
def test_the_form_is_there_or_not_due_yet(velden, vandaag, goed):
    assert formulier_aanwezig(feit(**velden), vandaag).goed is goed


def test_a_withdrawn_message_is_a_correction_and_nothing_else():
    laat = feit(ingetrokken=True, ontvangen=date(2026, 9, 1))
    assert [punt for punt, _ in beoordeel(laat, VANDAAG).aandacht] == [Punt.ONGEWIJZIGD]


def test_a_share_is_of_those_that_were_judged():
    rijen = [feit(), feit(ontvangen=date(2026, 9, 1)), feit(reden="02", formulier_er=False)]
    uit = kwaliteit([Stopbericht(n, 1, rij) for n, rij in enumerate(rijen)], VANDAAG)[1]
    assert (uit.scores[Punt.OP_TIJD].goed, uit.scores[Punt.OP_TIJD].beoordeeld) == (2, 3)
    assert (uit.scores[Punt.FORMULIER].goed, uit.scores[Punt.FORMULIER].beoordeeld) == (0, 2)
    assert len(uit.aandacht) == 2


# --- On the screen -------------------------------------------------------------------------------------------------
def op(dag):
    return datetime(dag.year, dag.month, dag.day, 10, tzinfo=AMSTERDAM)


@pytest.mark.django_db
def test_a_provider_sees_its_own_messages_and_no_other(http, django_assert_num_queries):
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    for aan, naam in ((linde, "De Wit"), (eik, "Bakker")):
        for n in range(2):
            t = fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=f"{naam}{n}")), aan=aan)
            fabriek.stop(
                t, "23", date(2026, 8, 3), ontvangen_op=op(date(2026, 8, 20)), levering=fabriek.start(t)
            )
    adres = f"{reverse('rapportage:kwaliteit')}?kwartaal=2026-K3"
    http.force_login(fabriek.medewerker(linde))
    pagina = http.get(adres).content.decode()
    assert "De Linde" in pagina
    assert "De Eik" not in pagina
    assert len(re.findall("13 werkdagen na de einddatum", pagina)) == 2
    assert "De Wit0" in pagina
    assert reverse("stopberichten:bericht", args=[Stop.objects.first().bericht.kenmerk]) in pagina
    http.force_login(fabriek.contractmanager())
    pagina = http.get(adres).content.decode()
    assert "De Wit" not in pagina
    assert "De Linde" in pagina
    assert "De Eik" in pagina
    http.force_login(fabriek.contractmanager(fabriek.delft()))
    assert "De Linde" not in http.get(adres).content.decode()
    http.force_login(fabriek.consulent())
    assert http.get(adres).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 3])
def test_two_queries_whatever_the_number(aantal, django_assert_num_queries):
    from rapportage.queries.kwaliteit import kwaliteit_van
    from wmo_portal.lib.perioden import Kwartaal

    for n in range(aantal):
        t = fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=f"Vos{n}")))
        fabriek.stop(t, "23", date(2026, 8, 3), ontvangen_op=op(date(2026, 8, 20)), levering=fabriek.start(t))
    wie = fabriek.contractmanager()
    assert wie.gemeente_ids
    with django_assert_num_queries(2):
        rijen = kwaliteit_van(wie, Kwartaal(2026, 3).periode, VANDAAG)
    assert [len(oordeel.berichten) for _, oordeel in rijen] == [aantal]


@pytest.mark.django_db
def test_a_page_shows_so_many_and_the_log_says_who_was_on_it(http, monkeypatch):
    monkeypatch.setattr("rapportage.views.kwaliteit.PER_PAGINA", 2)
    for n in range(3):
        t = fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=f"Vos{n}")))
        fabriek.stop(t, "23", date(2026, 8, 3), ontvangen_op=op(date(2026, 8, 20)), levering=fabriek.start(t))
    http.force_login(fabriek.contractmanager())
    adres = f"{reverse('rapportage:kwaliteit')}?kwartaal=2026-K3"
    eerste = http.get(adres).content.decode()
    tweede = http.get(f"{adres}&vanaf=2").content.decode()
    assert [len(re.findall("13 werkdagen na", p)) for p in (eerste, tweede)] == [2, 1]
    assert "1 tot en met 2 van 3" in eerste
    assert all(">3</td>" in pagina for pagina in (eerste, tweede))  # the figures are of all
    regels = Gebeurtenis.objects.filter(actie="stopkwaliteit.clienten_bekeken").order_by("op")
    gezien = [set(regel.details["merken"]) for regel in regels]
    assert [len(merken) for merken in gezien] == [2, 1]
    assert all(
        merk in pagina for merken, pagina in zip(gezien, (eerste, tweede), strict=True) for merk in merken
    )
