"""Who is not let in by an identity provider, and eHerkenning by a broker that serves everybody."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client as Http
from django.urls import reverse

from organisaties.models import Gebruiker
from tests import fabriek
from tests.organisaties.inlogverhaal import ACR, binnen, geweigerd, log_in

pytestmark = pytest.mark.django_db


# --- Who is not let in ---------------------------------------------------------------------------------------------
def test_er_komt_nooit_een_account_bij(http, stub, westland):
    stub.claims = {"email": "nieuw@example.nl"}
    voor = Gebruiker.objects.count()
    assert geweigerd(log_in(http, stub)) == "geen account"
    assert Gebruiker.objects.count() == voor
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "wie",
    [
        lambda: fabriek.consulent(fabriek.delft(), email="x@example.nl"),
        lambda: fabriek.consulent(fabriek.westland(), fabriek.delft(), email="x@example.nl"),
        lambda: fabriek.medewerker(email="x@example.nl"),
        lambda: fabriek.beheerder(email="x@example.nl"),
        lambda: fabriek.consulent(fabriek.westland(), email="x@example.nl", is_active=False),
    ],
    ids=["andere gemeente", "ook een andere gemeente", "aanbieder", "beheerder", "uitgezet"],
)
def test_wie_niet_van_deze_organisatie_is_komt_er_niet_in(http, stub, westland, wie):
    wie()
    stub.claims = {"email": "x@example.nl"}
    assert geweigerd(log_in(http, stub)) == "geen account"
    assert not binnen(http)
    assert not SocialAccount.objects.exists()


def test_wie_van_gemeente_verandert_komt_er_ook_gekoppeld_niet_meer_in(http, stub, westland, marijke):
    log_in(http, stub)
    marijke.gemeenten.set([fabriek.delft()])
    assert geweigerd(log_in(Http(), stub)) == "geen account"


def test_een_regionale_dienst_spreekt_voor_al_haar_gemeenten(http, stub, westland, marijke):
    marijke.gemeenten.set([fabriek.westland(), fabriek.delft()])
    westland.gemeenten.set([fabriek.westland(), fabriek.delft()])
    log_in(http, stub)
    assert binnen(http)


def test_een_oud_mailadres_bij_een_nieuwe_collega_opent_niets(http, stub, westland):
    log_in(http, stub)
    stub.claims = {"sub": "persoon-2"}
    assert geweigerd(log_in(Http(), stub)) == "geen account"


@pytest.mark.parametrize("geverifieerd", [False, "false"])
def test_een_adres_dat_niet_is_nagegaan_telt_niet(http, stub, westland, geverifieerd):
    stub.claims = {"email_verified": geverifieerd}
    assert geweigerd(log_in(http, stub)) == "e-mailadres"


@pytest.mark.parametrize("email", [None, "", ["marijke@example.nl"], {"a": 1}])
def test_zonder_leesbaar_adres_komt_niemand_binnen(http, stub, westland, email):
    stub.claims = {"email": email}
    assert log_in(http, stub).status_code == 401
    assert not SocialAccount.objects.exists()


# --- eHerkenning, through a broker that serves everybody -----------------------------------------------------------
@pytest.fixture
def linde(stub):
    wie = fabriek.medewerker(fabriek.aanbieder("De Linde"), email="lidia@example.nl", naam="Lidia")
    eis = {"eis_naam": "kvk", "eis_waarde": "90000001"}
    fabriek.inlogdienst("linde", aanbieder=wie.aanbieder, uitgever=stub.adres, tweede_stap=ACR, **eis)
    return wie


@pytest.mark.parametrize("kvk", ["90000001", ["90000000", "90000001"], 90000001])
def test_lidia_komt_binnen_met_eherkenning(http, stub, linde, kvk):
    stub.claims = {"email": "lidia@example.nl", "kvk": kvk, "acr": ACR}
    log_in(http, stub, "linde")
    assert binnen(http)


@pytest.mark.parametrize("kvk", ["90000002", None, ["90000002"], "900000011"])
def test_een_ander_bedrijf_bij_dezelfde_makelaar_niet(http, stub, linde, kvk):
    stub.claims = {"email": "lidia@example.nl", "kvk": kvk}
    assert geweigerd(log_in(http, stub, "linde")) == "organisatie"


def test_twee_aanbieders_bij_dezelfde_makelaar_komen_elk_bij_zichzelf(http, stub, linde):
    eik = fabriek.medewerker(fabriek.aanbieder("De Eik"), email="erik@example.nl")
    eis = {"eis_naam": "kvk", "eis_waarde": "90000002"}
    fabriek.inlogdienst("eik", aanbieder=eik.aanbieder, uitgever=stub.adres, **eis)
    stub.claims = {"email": "lidia@example.nl", "kvk": "90000001"}
    assert geweigerd(log_in(http, stub, "eik")) == "organisatie"
    stub.claims = {"email": "lidia@example.nl", "kvk": "90000002"}
    assert geweigerd(log_in(http, stub, "eik")) == "geen account"
    stub.claims = {"email": "erik@example.nl", "kvk": "90000002"}
    log_in(http, stub, "eik")
    assert binnen(http)


@pytest.mark.tweede_factor
def test_bij_een_gedeelde_makelaar_blijft_de_eigen_code_bij_de_eigen_dienst(http, stub, linde):
    """A log-in that waits for the second factor finds its own service back, not another with the same client id."""
    fabriek.inlogdienst("eik", aanbieder=fabriek.aanbieder("De Eik"), uitgever=stub.adres)
    Authenticator.objects.create(user=linde, type="totp", data={"secret": "x"})
    stub.claims = {"email": "lidia@example.nl", "kvk": "90000001"}
    assert log_in(http, stub, "linde").url == reverse("mfa_authenticate")
    assert http.get(reverse("mfa_authenticate")).status_code == 200
