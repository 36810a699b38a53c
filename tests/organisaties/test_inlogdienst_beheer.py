"""The beheerder sets up an identity provider; what changing it does to whoever came in by it."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.actions_inloggen import bewaar_inlogdienst
from organisaties.models import Inlogdienst
from tests import fabriek
from tests.organisaties.inlogverhaal import ACR, binnen, log_in

pytestmark = pytest.mark.django_db


INVUL = {
    "naam": "Gemeente Westland",
    "code": "westland",
    "uitgever": "https://inloggen.example.nl",
    "client_id": "portaal",
    "geheim": "heel-geheim-heel-geheim",
    "tweede_stap": ACR,
    "verplicht": "",
    "actief": "on",
}


@pytest.fixture
def bea(http):
    wie = fabriek.beheerder(naam="Bea")
    http.force_login(wie)
    return wie


def dien_in(http, bij="", **anders):
    pad = (
        reverse("organisaties:inlogdienst", args=[bij]) if bij else reverse("organisaties:inlogdienst-nieuw")
    )
    return http.post(pad, {naam: w for naam, w in {**INVUL, **anders}.items() if w != ""})


def test_bea_zet_een_dienst_klaar(http, bea):
    gemeente = fabriek.westland()
    assert dien_in(http, gemeenten=[gemeente.pk]).status_code == 302
    dienst = Inlogdienst.objects.get()
    assert (dienst.geheim, list(dienst.gemeenten.all())) == ("heel-geheim-heel-geheim", [gemeente])
    pagina = http.get(reverse("organisaties:inlogdienst", args=["westland"])).content.decode()
    assert "/account/organisatie/westland/terug/" in pagina
    assert "heel-geheim" not in pagina
    assert "Gemeente Westland" in http.get(reverse("organisaties:inrichting")).content.decode()
    regel = Gebeurtenis.objects.get(actie="inlogdienst.toegevoegd")
    assert regel.actor_naam == "Bea"
    assert "geheim" in regel.details["velden"]
    assert "heel-geheim" not in str(list(Gebeurtenis.objects.values()))


def test_het_geheim_staat_versleuteld_in_de_database(http, bea):
    dien_in(http, gemeenten=[fabriek.westland().pk])
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(d)::text, geheim_versleuteld from organisaties_inlogdienst d")
        tekst, ruw = cursor.fetchone()
    assert "heel-geheim" not in tekst
    assert b"heel-geheim" not in bytes(ruw)


def test_een_leeg_geheim_laat_het_oude_staan(http, bea):
    gemeente = fabriek.westland()
    dien_in(http, gemeenten=[gemeente.pk])
    assert dien_in(http, "westland", gemeenten=[gemeente.pk], geheim="", naam="Westland").status_code == 302
    dienst = Inlogdienst.objects.get()
    assert (dienst.geheim, dienst.naam) == ("heel-geheim-heel-geheim", "Westland")


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"uitgever": "http://inloggen.example.nl"}, "begint"),
        ({"uitgever": "https://inloggen.example.nl?x=1"}, "begint"),
        ({"geheim": ""}, "Vul het geheim in"),
        ({"eis_naam": "kvk"}, "allebei"),
        ({"code": "Met Spaties"}, "code"),
    ],
)
def test_wat_niet_kan_zegt_het_formulier(http, bea, anders, zin):
    antwoord = dien_in(http, gemeenten=[fabriek.westland().pk], **anders)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Inlogdienst.objects.exists()


def test_voor_gemeenten_of_voor_een_aanbieder(http, bea):
    aanbieder = fabriek.aanbieder()
    assert "niet allebei" in dien_in(http).content.decode()
    allebei = dien_in(http, gemeenten=[fabriek.westland().pk], aanbieder=aanbieder.pk)
    assert "niet allebei" in allebei.content.decode()
    zonder_eis = dien_in(http, aanbieder=aanbieder.pk)
    assert "aan welk gegeven" in zonder_eis.content.decode()
    assert dien_in(http, aanbieder=aanbieder.pk, eis_naam="kvk", eis_waarde="90000001").status_code == 302


def test_de_code_verandert_niet(http, bea, stub, westland):
    antwoord = dien_in(http, "westland", gemeenten=[fabriek.westland().pk], code="anders")
    assert antwoord.status_code == 422
    assert Inlogdienst.objects.get().code == "westland"


def bewaar(dienst, **velden):
    vers = Inlogdienst.objects.get(pk=dienst.pk)
    return bewaar_inlogdienst(dienst=vers, velden=velden, gemeenten=vers.gemeenten.all(), door=None)


def test_een_andere_uitgever_maakt_iedereen_los(http, stub, westland):
    """The same mark at another service is another person."""
    log_in(http, stub)
    bewaar(westland, naam="Westland")
    assert SocialAccount.objects.count() == 1
    bewaar(westland, uitgever="https://nieuw.example.nl")
    assert not SocialAccount.objects.exists()


def test_een_dienst_die_uitgaat_zet_haar_mensen_eruit_en_anderen_niet(http, stub, westland):
    log_in(http, stub)
    ander = Http()
    ander.force_login(fabriek.consulent())
    bewaar(westland, actief=False)
    assert not binnen(http)
    assert binnen(ander)
    assert Session.objects.count() == 1


def test_opnieuw_uitnodigen_maakt_het_account_los(http, stub, westland, marijke):
    log_in(http, stub)
    beheer = Http()
    beheer.force_login(fabriek.beheerder())
    beheer.post(reverse("organisaties:gebruiker-opnieuw", args=[marijke.kenmerk]))
    stub.claims = {"sub": "persoon-2"}
    log_in(ander := Http(), stub)
    assert binnen(ander)


def test_niets_veranderd_is_geen_regel(westland):
    assert bewaar(westland, naam=westland.naam) == []
    assert not Gebeurtenis.objects.filter(actie__startswith="inlogdienst").exists()
