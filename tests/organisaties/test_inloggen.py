"""Logging in and out, the pages that need no log-in, and the log-ins of the demo."""

import pytest
from django.urls import reverse

from organisaties.demo import DOMEIN, WACHTWOORD
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from tests import fabriek

pytestmark = pytest.mark.django_db
INLOG = "/account/login/"
GEHEIM = "paard-batterij-nietje"


@pytest.fixture
def marijke():
    wie = Gebruiker.objects.create_user("marijke@example.nl", GEHEIM, naam="Marijke", rol=Rol.CONSULENT)
    wie.gemeenten.set([fabriek.westland()])
    return wie


def log_in(http, email="marijke@example.nl", wachtwoord=GEHEIM):
    return http.post(INLOG, {"login": email, "password": wachtwoord})


def test_inloggen_met_e_mail_en_wachtwoord(http, marijke):
    assert log_in(http, "Marijke@Example.nl").url == reverse("start")
    assert "Dag Marijke" in http.get("/").content.decode()


def test_fout_wachtwoord_en_onbekende_geven_dezelfde_zin(http, marijke):
    fout = log_in(http, wachtwoord="verkeerd-verkeerd").content.decode()
    onbekend = log_in(http, "niemand@example.nl").content.decode()
    assert "Dag Marijke" not in fout
    zinnen = [pagina.partition("data-foutoverzicht")[2].partition("</div>")[0] for pagina in (fout, onbekend)]
    assert zinnen[0]
    assert zinnen[0] == zinnen[1]


def test_wie_is_uitgezet_komt_er_niet_in(http, marijke):
    Gebruiker.objects.update(is_active=False)
    log_in(http)
    assert http.get("/").status_code == 302


def test_uitloggen(http, marijke):
    log_in(http)
    assert http.get("/account/logout/").status_code == 200  # asks, and does not do it
    assert http.get("/").status_code == 200
    http.post("/account/logout/")
    assert http.get("/").status_code == 302


@pytest.mark.parametrize(
    "pad", ["/account/login/", "/account/password/reset/", "/account/signup/", "/healthz"]
)
def test_deze_pagina_s_zijn_er_voor_iedereen(http, pad):
    assert http.get(pad).status_code == 200


@pytest.mark.parametrize(
    "pad",
    ["/", "/zoeken/", "/inlezen/", "/gebruikers/", "/inrichting/", "/logboek/", "/taken/", "/account/2fa/"],
)
def test_en_deze_niet(http, pad):
    antwoord = http.get(pad)
    assert antwoord.status_code == 302
    assert antwoord.url.startswith(INLOG)


@pytest.mark.tweede_factor
def test_buiten_de_demo_eerst_een_tweede_stap(http, marijke):
    log_in(http)
    antwoord = http.get("/")
    assert antwoord.status_code == 302
    assert antwoord.url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_in_de_demo_niet(http, marijke, settings):
    settings.DEMO = True
    log_in(http)
    assert http.get("/").status_code == 200


# --- The demo's log-in page ---------------------------------------------------------------------------------------
@pytest.fixture
def demopersoon():
    wie = Gebruiker.objects.create_user(f"demo@{DOMEIN}", WACHTWOORD, naam="Demo Duijn", rol=Rol.CONSULENT)
    wie.gemeenten.set([fabriek.westland()])
    return wie


def test_in_de_demo_staan_de_mensen_op_de_inlogpagina(http, demopersoon, marijke, settings):
    settings.DEMO = True
    pagina = http.get(INLOG).content.decode()
    assert "Demo Duijn" in pagina
    assert WACHTWOORD in pagina
    assert "Marijke" not in pagina
    assert log_in(http, demopersoon.email, WACHTWOORD).status_code == 302


def test_buiten_de_demo_staat_er_niemand(http, demopersoon):
    pagina = http.get(INLOG).content.decode()
    assert "Demo Duijn" not in pagina
    assert WACHTWOORD not in pagina
