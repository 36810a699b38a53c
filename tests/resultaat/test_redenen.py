"""The reasons of bijlage 3 are the region's own: the beheerder keeps the list, and no judgement loses its words (R41)."""

import pytest
from django.urls import reverse

from logboek.models import Gebeurtenis
from resultaat.models import RedenOptie
from resultaat.referentie import laad_redenopties
from tests import fabriek
from tests.verhalen.mensen import anna, jansen, over, registreer, scherm

pytestmark = pytest.mark.django_db


@pytest.fixture
def tessa(http):
    fabriek.westland()
    laad_redenopties()
    wie = fabriek.beheerder(naam="Tessa")
    http.force_login(wie)
    return wie


def reden() -> RedenOptie:
    return RedenOptie.objects.get(regio__code="h5", code="meer_tijd_nodig")


def test_een_eigen_reden_staat_op_het_formulier_en_in_het_logboek(http, tessa):
    antwoord = http.post(
        reverse("resultaat:reden-nieuw", args=["h5"]),
        {"uitkomst": "nee_client", "tekst": "Geen taxi in het dorp", "volgorde": "9"},
        follow=True,
    )
    assert "Geen taxi in het dorp" in antwoord.content.decode()
    assert "Geen taxi in het dorp" in scherm(anna(), jansen(over(40)))
    regel = Gebeurtenis.objects.get(actie="reden.toevoegen")
    assert (regel.actor_naam, regel.details["tekst"]) == ("Tessa", [None, "Geen taxi in het dorp"])


def test_een_reden_die_uit_staat_kiest_niemand_meer_en_een_oud_oordeel_houdt_haar(http, tessa):
    consulent, toewijzing = anna(), jansen(over(40))
    registreer(
        consulent, toewijzing, uitkomst="nee_client", redenen_nee_client=["meer_tijd_nodig"],
        vervolg="nieuwe_beschikking", trede_nu=str(fabriek.trede(3).pk),
    )  # fmt: skip
    woorden = reden().tekst
    adres = reverse("resultaat:reden", args=["h5", reden().pk])
    http.post(adres, {"tekst": woorden, "volgorde": "3"})  # the tick is not sent: switched off
    assert not reden().actief
    ander = jansen(over(50))
    assert woorden not in scherm(consulent, ander)
    http.force_login(consulent)
    dossier = http.get(reverse("resultaat:dossier", args=[toewijzing.beschikking.kenmerk])).content.decode()
    assert woorden in dossier


def test_de_uitkomst_van_een_bestaande_reden_verandert_niet(http, tessa):
    http.post(
        reverse("resultaat:reden", args=["h5", reden().pk]),
        {"uitkomst": "nee_neutraal", "tekst": "Meer tijd", "volgorde": "1", "actief": "on"},
    )
    assert (reden().uitkomst, reden().tekst) == ("nee_client", "Meer tijd")


def test_zonder_tekst_of_met_ja_een_fout_bij_het_veld(http, tessa):
    adres = reverse("resultaat:reden-nieuw", args=["h5"])
    voor = RedenOptie.objects.count()
    pagina = http.post(adres, {"uitkomst": "ja", "tekst": "", "volgorde": "1"}).content.decode()
    assert "<title>Fout: " in pagina
    assert RedenOptie.objects.count() == voor


def test_een_reden_van_een_andere_regio_is_hier_niet(http, tessa):
    assert http.get(reverse("resultaat:reden", args=["mh", reden().pk])).status_code == 404
    http.force_login(fabriek.consulent())
    assert http.get(reverse("resultaat:redenen")).status_code == 404
