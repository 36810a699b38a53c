"""Logging in at the organisation's own identity provider: who comes in, and with which second factor (issue 3.4)."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.models import Inlogdienst
from tests import fabriek
from tests.organisaties.inlogverhaal import ACR, WACHTWOORD, binnen, geweigerd, heen, log_in

pytestmark = pytest.mark.django_db


# --- The way in ----------------------------------------------------------------------------------------------------
@pytest.mark.tweede_factor
def test_marijke_komt_binnen_met_het_account_van_haar_werk(http, stub, westland, marijke):
    stub.claims = {"acr": ACR}
    antwoord = log_in(http, stub)
    assert (antwoord.status_code, antwoord.url) == (302, "/")
    assert binnen(http)
    assert http.get("/termijnen/").status_code == 200
    assert SocialAccount.objects.get(user=marijke).extra_data == {
        "id_token": {"sub": "persoon-1", "email": "marijke@example.nl"}
    }
    regels = list(Gebeurtenis.objects.order_by("pk").values_list("actie", "actor_naam", "details"))
    assert regels == [
        ("inlogdienst.gekoppeld", "Marijke", {"dienst": "westland"}),
        ("inloggen.gelukt", "Marijke", {"dienst": "westland", "tweede_stap": ACR}),
    ]
    marijke.refresh_from_db()
    assert marijke.check_password(WACHTWOORD)  # tying her account changes nothing else of it


def test_de_vraag_aan_de_dienst(http, stub, westland):
    """Code flow, PKCE with S256, nonce and state; of a visitor's own additions nothing."""
    adres = heen(http, vraag="?auth_params=nonce%3Dvast%26prompt%3Dnone&scope=alles&process=connect")
    vraag = {naam: w[0] for naam, w in parse_qs(urlsplit(adres).query).items()}
    assert adres.startswith(f"{stub.adres}/auth?")
    assert vraag["response_type"] == "code"
    assert set(vraag["scope"].split()) == {"openid", "email"}
    assert vraag["code_challenge_method"] == "S256"
    assert vraag["acr_values"] == ACR
    assert vraag["redirect_uri"].endswith("/account/organisatie/westland/terug/")
    assert len(vraag["nonce"]) >= 32
    assert len(vraag["state"]) >= 16
    assert "prompt" not in vraag
    tweede = parse_qs(urlsplit(heen(http)).query)
    assert tweede["nonce"][0] != vraag["nonce"]


def test_wie_is_gekoppeld_komt_ook_binnen_met_een_nieuw_adres_bij_de_dienst(http, stub, westland):
    log_in(http, stub)
    stub.claims = {"email": "m.jansen@example.nl"}
    log_in(ander := Http(), stub)
    assert binnen(ander)


def test_het_mailadres_mag_van_het_andere_loket_komen(http, stub, westland):
    stub.zonder = {"email"}
    stub.userinfo = {"sub": "persoon-1", "email": "marijke@example.nl"}
    log_in(http, stub)
    assert binnen(http)


def test_maar_niet_van_een_ander(http, stub, westland):
    stub.zonder = {"email"}
    stub.userinfo = {"sub": "persoon-2", "email": "marijke@example.nl"}
    assert geweigerd(log_in(http, stub)) == "ander persoon"


def test_op_de_inlogpagina_staat_de_dienst_en_een_die_uit_staat_niet(http, westland):
    pagina = http.get("/account/login/").content.decode()
    assert f'href="{reverse("openid_connect_login", args=["westland"])}"' in pagina
    Inlogdienst.objects.update(actief=False)
    assert "organisatie/westland" not in http.get("/account/login/").content.decode()
    assert http.get(reverse("openid_connect_login", args=["westland"])).status_code == 404
    assert http.get(reverse("openid_connect_callback", args=["westland"])).status_code == 404


# --- The second factor ---------------------------------------------------------------------------------------------
@pytest.mark.tweede_factor
@pytest.mark.parametrize("claims", [{}, {"acr": "loa2"}, {"amr": ["pwd"]}, {"amr": "pwd"}])
def test_zonder_tweede_stap_bij_de_dienst_vraagt_het_portaal_er_een(http, stub, westland, claims):
    stub.claims = claims
    log_in(http, stub)
    assert http.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_wie_een_app_heeft_gekoppeld_geeft_de_code_als_de_dienst_niets_zegt(http, stub, westland, marijke):
    Authenticator.objects.create(user=marijke, type="totp", data={"secret": "x"})
    assert log_in(http, stub).url == reverse("mfa_authenticate")
    assert not binnen(http)
    stub.claims = {"acr": ACR}
    log_in(ander := Http(), stub)
    assert binnen(ander)


@pytest.mark.tweede_factor
def test_ook_het_middel_kan_de_tweede_stap_bewijzen(http, stub, westland):
    Inlogdienst.objects.update(tweede_stap="mfa")
    stub.claims = {"amr": ["pwd", "mfa"]}
    log_in(http, stub)
    assert binnen(http)


@pytest.mark.tweede_factor
def test_een_dienst_zonder_afspraak_staat_nergens_voor_in(http, stub, westland):
    Inlogdienst.objects.update(tweede_stap="")
    stub.claims = {"acr": ACR, "amr": ["mfa", ""]}
    log_in(http, stub)
    assert http.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_het_woord_van_de_dienst_geldt_niet_voor_een_later_wachtwoord(http, stub, westland):
    stub.claims = {"acr": ACR}
    log_in(http, stub)
    http.post("/account/logout/")
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert http.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_de_tweede_stap_telt_alleen_uit_het_getekende_bewijs(http, stub, westland):
    stub.zonder = {"email"}
    stub.userinfo = {"sub": "persoon-1", "email": "marijke@example.nl", "acr": ACR}
    log_in(http, stub)
    assert http.get("/").url == reverse("mfa_activate_totp")


# --- Only through the service --------------------------------------------------------------------------------------
def test_waar_de_dienst_verplicht_is_opent_een_wachtwoord_niets(http, stub, westland):
    Inlogdienst.objects.update(verplicht=True)
    antwoord = http.post(
        "/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD}, follow=True
    )
    assert "U logt in via Inlogdienst westland" in antwoord.content.decode()
    assert not binnen(http)
    assert Gebeurtenis.objects.latest("pk").details == {"stap": "wachtwoord mag niet"}
    log_in(http, stub)
    assert binnen(http)


@pytest.mark.parametrize("velden", [{"verplicht": False}, {"actief": False}])
def test_en_anders_wel(http, westland, velden):
    Inlogdienst.objects.update(**{"verplicht": True, **velden})
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert binnen(http)


def test_wie_niet_van_die_dienst_is_houdt_zijn_wachtwoord(http, westland, marijke):
    Inlogdienst.objects.update(verplicht=True)
    marijke.gemeenten.set([fabriek.delft()])
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert binnen(http)
