"""Administratie walks the round from dry run to undo; a large one goes to a worker, and its page shows how far it is."""

import uuid
from unittest.mock import Mock

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError

from resultaat.models import Resultaat, Ronde
from resultaat.statussen import RondeStatus
from resultaat.views import ronde as scherm
from tests import fabriek
from tests.resultaat.bladzijde import tekst
from tests.resultaat.ronde_schermen.hulp import adres, draai, jansen, kies
from tests.resultaat.rondehulp import EIND, OP, SEPTEMBER

pytestmark = pytest.mark.django_db


# --- The walk ---------------------------------------------------------------------------------------------------------
def test_anna_draait_proef_voert_uit_en_draait_terug(http, anna, django_capture_on_commit_callbacks):
    stop = jansen()
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Bakker"), eind=EIND)))

    with django_capture_on_commit_callbacks(execute=True):
        naar_proef = kies(http)
    proef = Ronde.objects.get()
    assert naar_proef.url == adres("ronde", proef)
    pagina = tekst(http.get(naar_proef.url))
    assert "Dit is een proefdraai" in pagina
    assert "J. Jansen" in pagina
    assert "Automatisch ja" in pagina
    assert "Het formulier Toelichting verzoek wijziging/beëindiging is nog niet ontvangen." in pagina
    assert not Resultaat.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        naar_ronde = http.post(adres("ronde-uitvoeren", proef), {"eenmalig": uuid.uuid4()})
    echt = Ronde.objects.get(proef=False)
    assert naar_ronde.url == adres("ronde", echt)
    assert (echt.begonnen_door, echt.status) == (anna, "klaar")
    assert Resultaat.objects.get().toewijzing == stop.toewijzing
    assert "Terugdraaien" in tekst(http.get(naar_ronde.url))

    vraag = http.get(adres("ronde-terugdraaien", echt))
    assert "Wat er gebeurt als u terugdraait" in tekst(vraag)
    terug = http.post(adres("ronde-terugdraaien", echt), {"reden": "Verkeerde maand gekozen."}, follow=True)
    assert "Reden: Verkeerde maand gekozen." in tekst(terug)
    assert not Resultaat.objects.filter(actueel=True).exists()


def test_zonder_reden_een_fout_bij_het_veld_en_niets_teruggedraaid(http, anna):
    jansen()
    ronde = draai()
    antwoord = http.post(adres("ronde-terugdraaien", ronde), {"reden": "  "})
    assert "<title>Fout: " in antwoord.content.decode()
    assert "Vul ‘Reden’ in." in tekst(antwoord)
    ronde.refresh_from_db()
    assert ronde.status == "klaar"


def test_een_dubbele_klik_op_uitvoeren_is_een_ronde(http, anna, django_capture_on_commit_callbacks):
    jansen()
    proef = draai(proef=True)
    sleutel = {"eenmalig": uuid.uuid4()}
    with django_capture_on_commit_callbacks(execute=True) as gedaan:
        een = http.post(adres("ronde-uitvoeren", proef), sleutel)
        twee = http.post(adres("ronde-uitvoeren", proef), sleutel)
    assert een.url == twee.url
    assert len(gedaan) == 1
    assert Ronde.objects.filter(proef=False).count() == 1


def test_een_dubbele_klik_op_proefdraai_is_een_proefdraai(http, anna):
    sleutel = uuid.uuid4()
    assert kies(http, eenmalig=sleutel).url == kies(http, eenmalig=sleutel).url
    assert Ronde.objects.count() == 1


def test_kiezen_zonder_maand_of_met_een_vreemde_gemeente(http, anna):
    fabriek.delft()
    for velden in ({"maand": ""}, {"maand": "2026-13"}, {"gemeente": "0503"}, {"gemeente": ""}):
        antwoord = kies(http, **velden)
        assert antwoord.status_code == 200
        assert "<title>Fout: " in antwoord.content.decode()
    assert not Ronde.objects.exists()


def test_een_toekomstige_maand_staat_niet_in_de_keuze(http, anna):
    pagina = tekst(http.get(reverse("resultaat:rondes")))
    assert "oktober 2026" in pagina
    assert "november 2026" not in pagina
    assert '<option value="2026-09" selected>' in pagina


# --- Large rounds, workers, progress ----------------------------------------------------------------------------------
def test_een_grote_ronde_gaat_naar_een_worker(http, anna, monkeypatch, django_capture_on_commit_callbacks):
    jansen()
    monkeypatch.setattr(scherm, "DIRECT_HOOGSTENS", 0)
    bel = Mock()
    monkeypatch.setattr(scherm.ronde_taak, "apply_async", bel)
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = kies(http)
    ronde = Ronde.objects.get()
    bel.assert_called_once_with(args=[str(ronde.kenmerk)], retry=False)
    pagina = tekst(http.get(antwoord.url))
    assert "wmo-voortgang" in pagina
    assert adres("ronde-voortgang", ronde) in pagina
    assert "Ronde uitvoeren" not in pagina


def test_hoort_geen_worker_de_bel_dan_vindt_de_klok_de_ronde(
    http, anna, monkeypatch, django_capture_on_commit_callbacks
):
    from resultaat.tasks import rondes_aan_de_beurt

    jansen()
    monkeypatch.setattr(scherm, "DIRECT_HOOGSTENS", 0)
    monkeypatch.setattr(scherm.ronde_taak, "apply_async", Mock(side_effect=OperationalError))
    with django_capture_on_commit_callbacks(execute=True):
        assert kies(http).status_code == 302
    ronde = Ronde.objects.get()
    assert ronde.status == "bezig"
    assert "1 stopberichten bekeken" in rondes_aan_de_beurt()
    ronde.refresh_from_db()
    assert ronde.status == "klaar"


def test_de_voortgang_ververst_de_pagina_als_de_ronde_klaar_is(http, anna):
    jansen()
    ronde = draai(proef=True)
    klaar = http.get(adres("ronde-voortgang", ronde))
    assert klaar["HX-Refresh"] == "true"
    Ronde.objects.update(status=RondeStatus.BEZIG, gedaan=3, totaal=8)
    bezig = http.get(adres("ronde-voortgang", ronde))
    assert "HX-Refresh" not in bezig
    assert "3 van 8" in tekst(bezig)


def test_een_mislukte_ronde_zegt_waarom_en_kan_verder(http, anna, django_capture_on_commit_callbacks):
    jansen()
    ronde = Ronde.objects.create(
        gemeente=fabriek.westland(),
        maand=SEPTEMBER.eerste,
        begonnen_op=OP,
        status=RondeStatus.MISLUKT,
        fout="RuntimeError: schijf vol",
        totaal=1,
    )
    pagina = tekst(http.get(adres("ronde", ronde)))
    assert "RuntimeError: schijf vol" in pagina
    assert "Ga verder met de ronde" in pagina
    with django_capture_on_commit_callbacks(execute=True):
        http.post(adres("ronde-uitvoeren", ronde), {})
    ronde.refresh_from_db()
    assert ronde.status == "klaar"
