"""Logging in as an attacker meets it: second factor, throttle, sessions that end (threats 14 and 15, D9)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import redis
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from tests import fabriek

pytestmark = pytest.mark.django_db
INLOG = "/account/login/"
GEHEIM = "paard-batterij-nietje"
# From now on, never from before: the database judges with its own clock whether a scope has run out.
BEGIN = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def marijke():
    wie = Gebruiker.objects.create_user("marijke@example.nl", GEHEIM, naam="Marijke", rol=Rol.CONSULENT)
    wie.gemeenten.set([fabriek.westland()])
    return wie


def log_in(http, email="marijke@example.nl", wachtwoord=GEHEIM, **extra):
    return http.post(INLOG, {"login": email, "password": wachtwoord}, **extra)


def binnen(http) -> bool:
    return http.get("/").status_code == 200


def code(geheim: str, klok: "_Klok") -> str:
    return format_hotp_value(hotp_value(geheim, int(klok.time().timestamp()) // 30))


class _Klok:
    """time-machine's traveller with a readable now."""

    def __init__(self, reis):
        self.reis, self.nu = reis, BEGIN

    def time(self):
        return self.nu

    def verder(self, **duur):
        self.nu += timedelta(**duur)
        self.reis.move_to(self.nu)


@pytest.fixture
def klok():
    with time_machine.travel(BEGIN, tick=False) as reis:
        yield _Klok(reis)


# --- The second step, for real ------------------------------------------------------------------------------------
def koppel_app(http, klok) -> str:
    """What somebody does at the first log-in: confirm the password, scan the key, type the code. Returns the key."""
    assert http.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    http.post(reverse("account_reauthenticate"), {"password": GEHEIM})
    antwoord = http.get(reverse("mfa_activate_totp"))
    assert antwoord.status_code == 200, antwoord.headers
    pagina = antwoord.content.decode()
    geheim = re.search(r"wmo-sleutel\">([A-Z2-7]{32})<", pagina)[1]
    antwoord = http.post(reverse("mfa_activate_totp"), {"code": code(geheim, klok)})
    assert antwoord.status_code == 302, antwoord.content.decode()
    return geheim


@pytest.mark.tweede_factor
def test_eerst_koppelen_dan_werken_en_de_volgende_keer_de_code(http, marijke, klok):
    log_in(http)
    assert http.get("/").url == reverse("mfa_activate_totp")
    geheim = koppel_app(http, klok)
    assert binnen(http)
    http.post("/account/logout/")
    klok.verder(minutes=5)
    assert log_in(http).url == reverse("mfa_authenticate")
    assert not binnen(http)  # the right password alone opens nothing
    assert http.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code != 302
    assert not binnen(http)
    http.post(reverse("mfa_authenticate"), {"code": code(geheim, klok)})
    assert binnen(http)


@pytest.mark.tweede_factor
def test_wie_nog_geen_tweede_stap_heeft_leest_waarom_en_krijgt_geen_menu_dat_terugleidt(http, marijke, klok):
    log_in(http)
    wachtwoord = http.get(reverse("account_reauthenticate")).content.decode()
    http.post(reverse("account_reauthenticate"), {"password": GEHEIM})
    koppelen = http.get(reverse("mfa_activate_totp")).content.decode()
    assert "zonder die stap kunt u nog niet verder" in wachtwoord
    assert "Die stelt u nu één keer in" in koppelen
    assert reverse("mfa_add_webauthn") in koppelen  # or a key, for who has no telephone
    for pagina in (wachtwoord, koppelen):
        assert 'id="hoofdmenu"' not in pagina
        assert 'id="zoek-alles"' not in pagina
        assert reverse("account_logout") in pagina
    geheim = re.search(r"wmo-sleutel\">([A-Z2-7]{32})<", koppelen)[1]
    codes = http.post(
        reverse("mfa_activate_totp"), {"code": code(geheim, klok)}, follow=True
    ).content.decode()
    assert 'id="hoofdmenu"' in codes
    assert "Ga naar Start" in codes


@pytest.mark.tweede_factor
def test_een_code_werkt_een_keer(http, marijke, klok):
    log_in(http)
    geheim = koppel_app(http, klok)
    klok.verder(minutes=5)
    for keer, verwacht in ((Http(), True), (Http(), False)):
        log_in(keer)
        keer.post(reverse("mfa_authenticate"), {"code": code(geheim, klok)})
        assert binnen(keer) is verwacht


@pytest.mark.tweede_factor
def test_een_herstelcode_werkt_een_keer(http, marijke, klok):
    log_in(http)
    koppel_app(http, klok)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    for keer, verwacht in ((Http(), True), (Http(), False)):
        klok.verder(minutes=10)
        log_in(keer)
        keer.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert binnen(keer) is verwacht


@pytest.mark.tweede_factor
def test_het_geheim_van_de_app_staat_versleuteld_in_de_database(http, marijke, klok):
    log_in(http)
    geheim = koppel_app(http, klok)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(data::text, ' ') from mfa_authenticator")
        opgeslagen = cursor.fetchone()[0]
    assert geheim not in opgeslagen
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code(geheim, klok)) in (True, False)


@pytest.mark.tweede_factor
@pytest.mark.parametrize("pad", ["/", "/zoeken/", "/berichten/", "/logboek/"])
def test_zonder_tweede_stap_geen_enkele_pagina(http, marijke, pad):
    log_in(http)
    assert http.get(pad).url == reverse("mfa_activate_totp")


def test_de_lijst_van_soorten():
    assert {"totp", "webauthn", "recovery_codes"} <= set(settings.MFA_SUPPORTED_TYPES)
    assert not getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None)


# --- The throttle -------------------------------------------------------------------------------------------------
def test_na_vijf_keer_fout_is_ook_het_goede_wachtwoord_niet_genoeg(http, marijke):
    for _ in range(5):
        log_in(http, wachtwoord="verkeerd-verkeerd")
    log_in(http)
    assert not binnen(http)


def test_vier_keer_fout_sluit_niemand_buiten(http, marijke):
    for _ in range(4):
        log_in(http, wachtwoord="verkeerd-verkeerd")
    log_in(http)
    assert binnen(http)


def test_na_een_kwartier_mag_het_weer(marijke):
    with time_machine.travel(BEGIN, tick=True) as reis:
        for _ in range(6):
            log_in(Http(), wachtwoord="verkeerd-verkeerd")
        log_in(buiten := Http())
        assert not binnen(buiten)
        reis.shift(15 * 60)
        log_in(weer := Http())
        assert binnen(weer)


def test_de_teller_overleeft_een_lege_redis(http, marijke):
    """The counters stand in PostgreSQL: emptying the broker gives an attacker nothing."""
    for _ in range(5):
        log_in(http, wachtwoord="verkeerd-verkeerd")
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    log_in(Http())
    log_in(http)
    assert not binnen(http)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from techniek_teller")
        assert cursor.fetchone()[0] > 0


def test_zonder_teller_lukt_het_wel(http, marijke):
    """The negative control: it is the counter that stops him."""
    for _ in range(5):
        log_in(http, wachtwoord="verkeerd-verkeerd")
    cache.clear()
    log_in(http)
    assert binnen(http)


def test_een_vloed_van_andere_namen_veegt_de_teller_niet_weg():
    """A cache that holds a few hundred keys would drop the oldest: the attacker makes them himself."""
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 1_000_000


@pytest.mark.parametrize(("proxy", "verwacht"), [(0, "10.0.0.1"), (1, "198.51.100.7")])
def test_alleen_het_woord_van_de_eigen_proxy_telt(rf, settings, proxy, verwacht):
    """Without a proxy X-Forwarded-For is what a visitor likes to say; behind ours the last word is the proxy's."""
    from allauth.account.adapter import get_adapter

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxy
    verzoek = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"}, REMOTE_ADDR="10.0.0.1")
    assert get_adapter(verzoek).get_client_ip(verzoek) == verwacht


# --- Sessions -----------------------------------------------------------------------------------------------------
def test_na_een_kwartier_stilte_is_de_sessie_voorbij(http, marijke, klok):
    log_in(http)
    klok.verder(minutes=14, seconds=59)
    assert binnen(http)
    klok.verder(minutes=15, seconds=1)
    assert not binnen(http)


def test_na_twaalf_uur_is_de_sessie_voorbij_hoe_druk_men_ook_is(http, marijke, klok):
    log_in(http)
    for _ in range(12 * 6 - 1):
        klok.verder(minutes=10)
        assert binnen(http)
    klok.verder(minutes=10, seconds=1)
    assert not binnen(http)


@pytest.mark.parametrize("pad", ["/sessie/blijf", "/mijn-rapporten/stand/"])
def test_wat_de_bladzijde_vanzelf_vraagt_houdt_niemand_ingelogd(http, klok, pad):
    http.force_login(fabriek.contractmanager())
    assert binnen(http)
    for _ in range(15):
        klok.verder(minutes=1)
        http.get(pad)
    klok.verder(seconds=1)
    assert not binnen(http)


def test_de_knop_blijf_ingelogd_wel(http, marijke, klok):
    log_in(http)
    assert binnen(http)
    klok.verder(minutes=14)
    assert http.post("/sessie/blijf").json()["over"] == 15 * 60
    klok.verder(minutes=14)
    assert binnen(http)


def test_het_koekje_van_voor_het_inloggen_is_niet_dat_van_erna(http, marijke):
    http.get(INLOG)
    http.cookies["sessie"] = "door-een-ander-bedacht"
    log_in(http)
    assert http.cookies["sessie"].value != "door-een-ander-bedacht"


def test_uitloggen_maakt_het_oude_koekje_waardeloos(http, marijke):
    log_in(http)
    dief = Http()
    dief.cookies["sessie"] = http.cookies["sessie"].value
    assert binnen(dief)
    http.post("/account/logout/")
    assert not binnen(dief)
    assert not Session.objects.filter(pk=dief.cookies["sessie"].value).exists()


def test_een_ander_wachtwoord_beeindigt_de_andere_sessies(http, marijke):
    thuis = Http()
    log_in(http)
    log_in(thuis)
    nieuw = "drie-andere-woorden-hier"
    http.post(
        reverse("account_change_password"), {"oldpassword": GEHEIM, "password1": nieuw, "password2": nieuw}
    )
    marijke.refresh_from_db()
    assert marijke.check_password(nieuw)
    assert binnen(http)
    assert not binnen(thuis)


@pytest.mark.parametrize(
    ("wijziging", "status"),
    [({"is_active": False}, 302), ({"rol": Rol.BEHEERDER}, 404)],
)
def test_een_ingetrokken_rol_geldt_bij_de_volgende_klik(http, marijke, wijziging, status):
    log_in(http)
    assert http.get("/termijnen/").status_code == 200
    Gebruiker.objects.filter(pk=marijke.pk).update(**wijziging)
    assert http.get("/termijnen/").status_code == status


def test_een_ingetrokken_gemeente_geldt_bij_de_volgende_klik(http, marijke):
    client = fabriek.client(fabriek.westland())
    log_in(http)
    assert http.post(reverse("beschikkingen:bsn-tonen", args=[client.kenmerk])).status_code == 200
    marijke.gemeenten.clear()
    assert http.post(reverse("beschikkingen:bsn-tonen", args=[client.kenmerk])).status_code == 404


@pytest.mark.parametrize("wachtwoord", ["kort", "veertien-teken", "marijke@example.nl", "marijke@example"])
def test_een_zwak_wachtwoord_wordt_geweigerd(http, marijke, wachtwoord):
    log_in(http)
    http.post(
        reverse("account_change_password"),
        {"oldpassword": GEHEIM, "password1": wachtwoord, "password2": wachtwoord},
    )
    marijke.refresh_from_db()
    assert marijke.check_password(GEHEIM)


def test_wachtwoorden_staan_als_argon2_in_de_database(marijke):
    assert marijke.password.startswith("argon2$argon2id$")


def test_een_wachtwoord_raden_kost_wat_django_ervoor_rekent(lichte_wachtwoorden, monkeypatch):
    """Without the lighter hash of the tests: two passes over a hundred megabytes."""
    for naam, waarde in lichte_wachtwoorden.items():
        monkeypatch.setattr(Argon2PasswordHasher, naam, waarde)
    gehasht = make_password(GEHEIM)
    assert gehasht.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert check_password(GEHEIM, gehasht)


# --- The log ------------------------------------------------------------------------------------------------------
def test_elke_poging_staat_in_het_logboek(http, marijke):
    log_in(http, wachtwoord="verkeerd-verkeerd")
    log_in(http, "niemand@example.nl")
    log_in(http)
    http.post("/account/logout/")
    regels = list(Gebeurtenis.objects.order_by("pk").values_list("actie", "actor_naam", "resultaat"))
    assert regels == [
        ("inloggen.mislukt", "Marijke", "mislukt"),
        ("inloggen.mislukt", "portaal", "mislukt"),
        ("inloggen.gelukt", "Marijke", "gelukt"),
        ("uitgelogd", "Marijke", "gelukt"),
    ]
    assert "niemand@example.nl" not in str(list(Gebeurtenis.objects.values()))


@pytest.mark.tweede_factor
def test_een_foute_code_staat_in_het_logboek(http, marijke, klok, django_capture_on_commit_callbacks):
    log_in(http)
    with django_capture_on_commit_callbacks(execute=True):  # allauth tells it when it is sure
        koppel_app(http, klok)
    http.post("/account/logout/")
    log_in(http)
    http.post(reverse("mfa_authenticate"), {"code": "000000"})
    acties = set(Gebeurtenis.objects.values_list("actie", flat=True))
    assert {"tweede_stap.toegevoegd", "inloggen.mislukt"} <= acties
    assert Gebeurtenis.objects.get(actie="inloggen.mislukt").details == {"stap": "tweede stap"}
