"""Every page around the dossier: who gets in, who is told it does not exist, and what it costs."""

import uuid

import pytest
from django.urls import reverse

from logboek.models import Gebeurtenis
from tests import fabriek

pytestmark = pytest.mark.django_db


def dossier_url(toewijzing):
    return reverse("resultaat:dossier", args=[toewijzing.beschikking.kenmerk])


@pytest.mark.parametrize("naam", ["werkvoorraad", "dossiers", "werkwijze"])
def test_de_consulent_opent_haar_lijsten(http, naam):
    fabriek.stop(fabriek.toewijzing(), "21", oordeel="naar_consulent", oordeel_regel="RR12")
    http.force_login(fabriek.consulent())
    antwoord = http.get(reverse(f"resultaat:{naam}"))
    assert antwoord.status_code == 200


def test_de_consulent_opent_dossier_en_formulier(http):
    toewijzing = fabriek.toewijzing()
    fabriek.start(toewijzing)
    fabriek.formulier(toewijzing)
    fabriek.stop(toewijzing)
    http.force_login(fabriek.consulent())
    tekst = http.get(dossier_url(toewijzing)).content.decode()
    assert "Jansen" in tekst
    assert "Zorg gestart" in tekst
    assert "Behaald" in tekst
    assert http.get(reverse("resultaat:registreren", args=[toewijzing.kenmerk])).status_code == 200
    assert http.get(reverse("resultaat:gesprek", args=[toewijzing.beschikking.kenmerk])).status_code == 200


def test_elke_blik_op_een_dossier_staat_in_het_logboek(http):
    toewijzing = fabriek.toewijzing()
    anna = fabriek.consulent(naam="Anna")
    http.force_login(anna)
    http.get(dossier_url(toewijzing))
    regel = Gebeurtenis.objects.get(actie="dossier.gezien")
    assert (regel.actor_naam, regel.object_kenmerk) == ("Anna", str(toewijzing.beschikking.kenmerk))
    assert bytes(regel.client_index) == bytes(toewijzing.client.bsn_index)
    assert "Anna" in http.get(dossier_url(toewijzing)).content.decode()


@pytest.mark.parametrize("wie", ["buurgemeente", "andere aanbieder", "beheerder", "contractmanager", "niemand"])
def test_een_vreemde_krijgt_te_horen_dat_het_dossier_niet_bestaat(http, wie):
    toewijzing = fabriek.toewijzing()
    mensen = {
        "buurgemeente": lambda: fabriek.consulent(fabriek.delft()),
        "andere aanbieder": lambda: fabriek.medewerker(fabriek.aanbieder("De Eik")),
        "beheerder": fabriek.beheerder,
        "contractmanager": fabriek.contractmanager,
    }
    if wie != "niemand":
        http.force_login(mensen[wie]())
    verwacht = 302 if wie == "niemand" else 404
    for naam, kenmerk in (
        ("dossier", toewijzing.beschikking.kenmerk),
        ("registreren", toewijzing.kenmerk),
        ("registreren-advies", toewijzing.kenmerk),
        ("gesprek", toewijzing.beschikking.kenmerk),
        ("evaluatie-indienen", toewijzing.kenmerk),
        ("document", uuid.uuid4()),
    ):
        assert http.get(reverse(f"resultaat:{naam}", args=[kenmerk])).status_code == verwacht, naam
    assert not Gebeurtenis.objects.filter(actie="dossier.gezien").exists()


def test_de_administratie_ziet_het_dossier_en_registreert_niet(http):
    toewijzing = fabriek.toewijzing()
    http.force_login(fabriek.administratie())
    antwoord = http.get(dossier_url(toewijzing))
    assert antwoord.status_code == 200
    assert reverse("resultaat:registreren", args=[toewijzing.kenmerk]) not in antwoord.content.decode()
    assert http.get(reverse("resultaat:registreren", args=[toewijzing.kenmerk])).status_code == 404
    assert http.get(reverse("resultaat:werkvoorraad")).status_code == 404


def test_de_aanbieder_ziet_zijn_deel_en_niet_dat_van_een_ander(http):
    dossier = fabriek.beschikking()
    eigen = fabriek.toewijzing(dossier, aan=fabriek.aanbieder("De Linde"), gebied_naam="Financiën")
    fabriek.toewijzing(dossier, aan=fabriek.aanbieder("De Eik"), gebied_naam="Huisvesting")
    fabriek.start(eigen)
    http.force_login(fabriek.medewerker(eigen.aanbieder))
    tekst = http.get(dossier_url(eigen)).content.decode()
    assert "Financiën" in tekst
    assert "Huisvesting" not in tekst
    assert "De Eik" not in tekst
    assert "Advies:" not in tekst
    assert http.get(reverse("resultaat:mijn-clienten")).status_code == 200
    assert http.get(reverse("resultaat:evaluatie-indienen", args=[eigen.kenmerk])).status_code == 200


def test_mijn_clienten_is_niet_voor_de_gemeente(http):
    http.force_login(fabriek.consulent())
    assert http.get(reverse("resultaat:mijn-clienten")).status_code == 404
