"""Other choices for the codes that the sources leave open: same people, other categories (M8)."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given

from logboek.models import Gebeurtenis
from rapportage.categorieen import STANDAARD
from rapportage.gevoeligheid import VARIANTEN, reken_door
from rapportage.overzicht import Keuze
from stopberichten.codes import STOPCODES
from stopberichten.enums import Zekerheid
from tests import fabriek
from tests.rapportage.test_overzicht import K3, bron, mensen
from tests.rapportage.test_uitval import VRAAG, zorg


@given(mensen())
def test_every_variant_counts_the_same_people(alle):
    bron_ = bron(alle)
    basis = bron_.uitval(Keuze(K3.periode))
    for uitkomst in reken_door(bron_, Keuze(K3.periode), basis):
        assert uitkomst.uitval.totaal.totaal == basis.totaal.totaal
        codes = {verschil.nu.telling.reden for verschil in uitkomst.verschoven}
        assert codes <= set(uitkomst.variant.anders)


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
