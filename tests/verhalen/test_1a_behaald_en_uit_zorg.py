"""§1A. De resultaten zijn behaald: de cliënt gaat uit zorg."""

from datetime import date

import pytest
from django.urls import reverse

from resultaat.actions.ronde import voer_ronde_uit
from resultaat.models import Resultaat
from tests import fabriek
from tests.verhalen.mensen import als, anna, dossier_van, jansen, werk
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def laatste_dag_van_vorige_maand() -> date:
    return Maand.van(vandaag()).vorige.laatste


def ronde():
    """De administratie loopt iedere maand de stopberichten na."""
    return voer_ronde_uit(
        gemeente=fabriek.westland(),
        maand=Maand.van(vandaag()).vorige,
        proef=False,
        door=fabriek.administratie(),
        moment=nu(),
    )


def test_code_19_en_het_formulier_de_administratie_vult_ja_in_en_sluit_het_dossier():
    toewijzing = jansen(laatste_dag_van_vorige_maand())
    fabriek.stop(toewijzing, "19")
    fabriek.formulier(toewijzing, behaald=True)
    ronde()
    resultaat = Resultaat.objects.get()
    assert (resultaat.uitkomst, resultaat.paragraaf, resultaat.vervolg) == ("ja", "1A", "sluiten")
    assert resultaat.geregistreerd_door is None
    assert dossier_van(toewijzing).status == "gesloten"


def test_de_consulent_hoeft_er_niets_aan_te_doen_en_leest_het_na_in_het_dossier():
    toewijzing = jansen(laatste_dag_van_vorige_maand())
    fabriek.stop(toewijzing, "19")
    fabriek.formulier(toewijzing, behaald=True)
    ronde()
    consulent = anna()
    assert werk(consulent) == []
    dossier = (
        als(consulent)
        .get(reverse("resultaat:dossier", args=[toewijzing.beschikking.kenmerk]))
        .content.decode()
    )
    assert "De maandelijkse ronde" in dossier
    assert "Resultaat: ja" in dossier


def test_zonder_het_formulier_wacht_de_administratie_en_gaat_het_dossier_niet_dicht():
    toewijzing = jansen(laatste_dag_van_vorige_maand())
    stop = fabriek.stop(toewijzing, "19")
    ronde()
    stop.refresh_from_db()
    assert stop.oordeel == "wacht_op_formulier"
    assert not Resultaat.objects.exists()
    assert dossier_van(toewijzing).status == "lopend"


def test_zegt_het_formulier_niet_behaald_dan_beslist_de_consulent():
    toewijzing = jansen(laatste_dag_van_vorige_maand())
    fabriek.stop(toewijzing, "19")
    fabriek.formulier(toewijzing, behaald=False)
    ronde()
    assert not Resultaat.objects.exists()
    assert "stop" in werk(anna())
