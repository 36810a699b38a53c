"""Other choices for the codes that the sources leave open: same people, other categories (M8)."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given

from beschikkingen.enums import Leveringsvorm
from logboek.models import Gebeurtenis
from rapportage.bron import Mens, Toegewezen
from rapportage.categorieen import STANDAARD
from rapportage.enums import Categorie
from rapportage.gevoeligheid import VARIANTEN, reken_door
from rapportage.herinstroom import overbrug
from rapportage.overzicht import Keuze
from rapportage.tellingen import Einde
from stopberichten.codes import STOPCODES
from stopberichten.enums import RedenBeeindiging, Zekerheid
from tests import fabriek
from tests.rapportage.test_overzicht import K3, bron, mensen
from tests.rapportage.test_uitval import VRAAG, zorg


@given(mensen())
def test_every_variant_counts_the_same_people(alle):
    bron_ = bron(alle)
    basis = bron_.uitval(Keuze(K3.periode))
    for uitkomst in reken_door(bron_, Keuze(K3.periode), basis):
        assert uitkomst.uitval.totaal.totaal == basis.totaal.totaal
        if uitkomst.variant.herinstroom:
            assert {v.nu.telling.categorie for v in uitkomst.verschoven} <= {Categorie.NOG_IN_ZORG}
        else:
            assert {v.nu.telling.reden for v in uitkomst.verschoven} <= set(uitkomst.variant.anders)


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


def test_three_in_a_row_become_one_and_end_where_the_last_one_ends():
    einde = date(2026, 9, 25)
    rij = [
        (JANUARI, date(2026, 7, 10), "21"),
        (date(2026, 7, 20), date(2026, 8, 20), "22"),
        (date(2026, 9, 1), einde, "19"),
    ]
    (mens_,) = overbrug(bron([geleverd(*rij)]), 31).mensen
    (zorg_,) = mens_.toewijzingen
    assert {einden[0].einddatum for _, einden in zorg_.leveringen} == {einde}
    assert categorie_na(geleverd(*rij)) is Categorie.VOLGENS_PLAN


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
