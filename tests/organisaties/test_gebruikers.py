"""Tessa, the beheerder, lets people in and out."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from techniek.models import Mail
from tests import fabriek

pytestmark = pytest.mark.django_db


@pytest.fixture
def tessa(http):
    wie = fabriek.beheerder(naam="Tessa")
    http.force_login(wie)
    return wie


def invoer(**velden):
    basis = {
        "naam": "Nieuwe Consulent",
        "email": "Nieuw@Example.nl",
        "functie": "Wmo-consulent",
        "telefoon": "",
        "rol": "consulent",
        "gemeenten": [fabriek.westland().pk],
        "aanbieder": "",
    }
    return {**basis, **velden}


def nodig_uit(http, **velden):
    return http.post(reverse("organisaties:gebruiker-nieuw"), invoer(**velden))


def adres(naam, wie):
    return reverse(f"organisaties:gebruiker{naam}", args=[wie.kenmerk])


def test_een_uitnodiging_leidt_tot_een_eigen_wachtwoord(http, tessa):
    nodig_uit(http)
    wie = Gebruiker.objects.get(email="nieuw@example.nl")
    assert not wie.has_usable_password()
    link = re.search(r"http://\S+", Mail.objects.get().tekst)[0]
    bezoeker = Http()
    pagina = bezoeker.get(link.partition("8000")[2], follow=True)
    bezoeker.post(
        pagina.request["PATH_INFO"],
        {"password1": "paard-batterij-nietje", "password2": "paard-batterij-nietje"},
    )
    wie.refresh_from_db()
    assert wie.check_password("paard-batterij-nietje")
    # The link works once.
    assert "werkt niet meer" in Http().get(link.partition("8000")[2], follow=True).content.decode()


def test_de_uitnodiging_staat_in_het_logboek(http, tessa):
    nodig_uit(http)
    regel = Gebeurtenis.objects.get(actie="gebruiker.uitgenodigd")
    assert (regel.actor_naam, regel.details) == ("Tessa", {"rol": "consulent"})
    assert regel.object_kenmerk == str(Gebruiker.objects.get(email="nieuw@example.nl").kenmerk)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"gemeenten": []}, "Kies ten minste één gemeente."),
        ({"rol": "aanbieder", "gemeenten": []}, "Kies de aanbieder waar deze persoon werkt."),
        ({"rol": "beheerder"}, "Bij deze rol horen geen gemeenten."),
        ({"email": "tessa@example.nl"}, "Er is al een account met tessa@example.nl."),
        ({"naam": ""}, "Vul ‘Naam’ in."),
    ],
)
def test_wat_niet_klopt_krijgt_een_zin(http, tessa, velden, zin):
    Gebruiker.objects.filter(pk=tessa.pk).update(email="tessa@example.nl")
    antwoord = nodig_uit(http, **velden)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert Gebruiker.objects.count() == 1
    assert Mail.objects.count() == 0


def test_niemand_meldt_zichzelf_aan(http):
    for methode in (http.get, http.post):
        pagina = methode("/account/signup/", {"email": "x@example.nl", "password1": "paard-batterij-nietje"})
        assert pagina.status_code in (200, 302, 404)
    assert Gebruiker.objects.count() == 0


def test_een_andere_gemeente_telt_bij_de_volgende_klik(http, tessa):
    consulent = fabriek.consulent()
    van_delft = fabriek.toewijzing(fabriek.beschikking(fabriek.client(fabriek.delft(), achternaam="Delver")))
    haar = Http()
    haar.force_login(consulent)
    assert van_delft.beschikking.nummer not in haar.post("/zoeken/", {"zoek": "Delver"}).content.decode()
    velden = invoer(naam=consulent.naam, email=consulent.email, gemeenten=[fabriek.delft().pk])
    http.post(adres("", consulent), velden)
    assert van_delft.beschikking.nummer in haar.post("/zoeken/", {"zoek": "Delver"}).content.decode()
    assert Gebeurtenis.objects.get(actie="gebruiker.gewijzigd").details == {
        "velden": ["functie", "gemeenten"]
    }


def test_uitzetten_beeindigt_de_sessie_meteen(http, tessa):
    consulent = fabriek.consulent()
    haar = Http()
    haar.force_login(consulent)
    assert haar.get("/zoeken/").status_code == 200
    http.post(adres("-uit", consulent))
    assert haar.get("/zoeken/").status_code == 302
    assert Gebeurtenis.objects.filter(actie="gebruiker.uitgezet", actor_naam="Tessa").count() == 1
    http.post(adres("-aan", consulent))
    assert haar.get("/zoeken/").status_code == 302  # the old session is gone; she logs in again
    assert Gebruiker.objects.get(pk=consulent.pk).is_active


def test_de_laatste_beheerder_blijft(http, tessa):
    http.post(adres("-uit", tessa))
    velden = invoer(naam="Tessa", email=tessa.email, rol="consulent")
    assert "laatste beheerder" in http.post(adres("", tessa), velden).content.decode()
    tessa.refresh_from_db()
    assert (tessa.is_active, tessa.rol) == (True, Rol.BEHEERDER)


def test_een_verloren_telefoon(http, tessa):
    from allauth.mfa.models import Authenticator

    consulent = fabriek.consulent(naam="Marijke")
    Authenticator.objects.create(user=consulent, type=Authenticator.Type.TOTP, data={"secret": "x"})
    http.post(adres("-tweede-stap", consulent))
    assert not Authenticator.objects.exists()
    assert "tweede stap" in Mail.objects.get(aan=consulent.email).onderwerp
    assert Gebeurtenis.objects.filter(actie="gebruiker.tweede_stap_weg").count() == 1
    pagina = http.post(adres("-tweede-stap", consulent), follow=True).content.decode()
    assert "Marijke heeft geen tweede stap ingesteld." in pagina


def test_opnieuw_uitnodigen_stuurt_een_nieuwe_mail(http, tessa):
    consulent = fabriek.consulent()
    http.post(adres("-opnieuw", consulent))
    assert Mail.objects.get().aan == consulent.email


def test_de_lijst_zoekt_en_filtert(http, tessa):
    fabriek.consulent(naam="Marijke")
    fabriek.medewerker(fabriek.aanbieder("De Linde"), naam="Fatma")
    lijst = reverse("organisaties:gebruikers")
    assert "Fatma" in http.get(lijst, {"zoek": "linde"}).content.decode()
    alleen = http.get(lijst, {"rol": "consulent"}).content.decode()
    assert "Marijke" in alleen
    assert "Fatma" not in alleen


@pytest.mark.parametrize("aantal", [1, 3])
def test_het_aantal_vragen_van_de_lijst(http, tessa, aantal, django_assert_num_queries):
    for _ in range(aantal):
        fabriek.consulent()
    http.get(reverse("organisaties:gebruikers"))
    with django_assert_num_queries(9):
        http.get(reverse("organisaties:gebruikers"))


def test_een_lange_lijst_gaat_per_vijftig_en_slaat_niemand_over(http, tessa):
    for nummer in range(51):
        fabriek.consulent(naam=f"Consulent {nummer:02d}", email=f"c{nummer:02d}@westland.example")
    lijst = reverse("organisaties:gebruikers")
    eerste = http.get(lijst, {"zoek": "westland.example", "rol": "consulent"}).content.decode()
    assert "1 tot en met 50 van 51" in eerste
    assert "Consulent 49" in eerste
    assert "Consulent 50" not in eerste
    verder = {"zoek": "westland.example", "rol": "consulent", "vanaf": "50"}
    assert f"?{urlencode(verder).replace('&', '&amp;')}" in eerste
    tweede = http.get(lijst, verder).content.decode()
    assert "Consulent 50" in tweede
    assert "Consulent 49" not in tweede
    assert http.get(lijst, {"vanaf": "-1e9"}).status_code == 200


@pytest.mark.parametrize(
    "maak", [fabriek.consulent, fabriek.administratie, fabriek.contractmanager, fabriek.medewerker]
)
def test_wie_geen_beheerder_is_ziet_geen_gebruikers(http, maak):
    wie = maak()
    http.force_login(wie)
    assert not wie.mag(Mag.GEBRUIKERS)
    assert http.get(reverse("organisaties:gebruikers")).status_code == 404
    assert nodig_uit(http).status_code == 404
    for naam in ("", "-opnieuw", "-uit", "-aan", "-tweede-stap"):
        assert http.post(adres(naam, wie), invoer()).status_code == 404
    assert Gebruiker.objects.count() == 1
    assert Session.objects.count() == 1


def test_wat_niet_op_het_formulier_staat_is_niet_te_zetten(http, tessa):
    """Mass assignment: every column name of the model is posted, only those of the form arrive (threat 10)."""
    consulent = fabriek.consulent()
    voor = Gebruiker.objects.values().get(pk=consulent.pk)
    rommel = {veld.attname: "1" for veld in Gebruiker._meta.concrete_fields}
    http.post(
        adres("", consulent), {**rommel, **invoer(naam=consulent.naam, email=consulent.email, functie="")}
    )
    na = Gebruiker.objects.values().get(pk=consulent.pk)
    assert {naam for naam in voor if voor[naam] != na[naam]} == set()
