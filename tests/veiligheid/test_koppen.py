"""Headers as internet.nl asks, cookies, sizes, names of hosts (threats 16, 31, 32, 34)."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client as Http
from django.urls import path
from django.utils import timezone

from tests import fabriek
from tests.huis.test_wetten import bladeren

pytestmark = pytest.mark.django_db
BASE = Path(settings.BASE_DIR)


@pytest.fixture(params=["/", "/account/login/", "/bestaat-niet/", "/berichten/"])
def antwoord(request, http):
    http.force_login(fabriek.consulent())
    return http.get(request.param)


def beleid(antwoord) -> dict[str, list[str]]:
    regels = (deel.split() for deel in antwoord["Content-Security-Policy"].split(";"))
    return {naam: waarden for naam, *waarden in regels}


def test_het_inhoudsbeleid_is_streng(antwoord):
    """What internet.nl looks at: the four directives with self or none, and nothing that opens them."""
    csp = beleid(antwoord)
    for naam in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        assert csp[naam] in (["'self'"], ["'none'"])
    assert csp.pop("report-uri") == ["/csp-melding"]
    woorden = {woord for waarden in csp.values() for woord in waarden}
    assert woorden == {"'self'", "'none'"}


def meld(http, inhoud, soort="application/csp-report"):
    tekst = inhoud if isinstance(inhoud, str) else json.dumps({"csp-report": inhoud})
    return http.post("/csp-melding", tekst, content_type=soort)


def test_wat_een_browser_tegenhield_wordt_een_regel_in_het_log(http, caplog):
    antwoord = meld(http, {
        "effective-directive": "script-src-elem", "blocked-uri": "https://boef.example/a.js?naam=Jansen",
        "document-uri": "https://portaal.example/dossiers/?zoek=Jansen", "original-policy": "x",
    })  # fmt: skip
    assert (antwoord.status_code, antwoord.content) == (204, b"")
    assert caplog.messages == ["Inhoudsbeleid: script-src-elem hield boef.example tegen op /dossiers/"]


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        ("geen json", "application/csp-report"),
        ('{"iets": "anders"}', "application/csp-report"),
        ('{"csp-report": ["lijst"]}', "application/csp-report"),
        ("[" * 5_000, "application/csp-report"),
        ({"blocked-uri": "x" * 10_000}, "application/csp-report"),
        ({"blocked-uri": "inline"}, "text/plain"),
    ],
    ids=["geen json", "iets anders", "geen melding", "diep", "te groot", "andere soort"],
)
def test_wat_geen_melding_is_laat_geen_regel_na(http, caplog, inhoud, soort):
    assert meld(http, inhoud, soort).status_code == 204
    assert caplog.messages == []


def test_wie_meldingen_verzint_schrijft_geen_eigen_regel_en_niet_veel(http, caplog):
    meld(
        http, {"effective-directive": "script-src\nWARNING nep", "blocked-uri": "http://[", "document-uri": 7}
    )
    assert caplog.messages == ["Inhoudsbeleid: script-src%0AWARNING hield onbekend tegen op onbekend"]
    for _ in range(30):
        meld(http, {"blocked-uri": "inline"})
    assert len(caplog.messages) == 20


def test_de_andere_koppen(antwoord):
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert antwoord["X-Frame-Options"] == "DENY"
    assert antwoord["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in antwoord["Permissions-Policy"]
    assert "no-store" in antwoord["Cache-Control"]
    assert "Content-Encoding" not in antwoord  # compression leaks secrets beside chosen text (BREACH)


def test_security_txt(http):
    """RFC 9116: as text, with a contact, and an end that lies ahead but no more than a year."""
    antwoord = http.get("/.well-known/security.txt")
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"
    velden = dict(regel.split(": ", 1) for regel in antwoord.content.decode().splitlines())
    assert velden["Contact"].startswith("mailto:")
    over = datetime.fromisoformat(velden["Expires"]) - timezone.now()
    assert timedelta(days=30) < over <= timedelta(days=366)
    assert velden["Preferred-Languages"].startswith("nl")


@pytest.mark.parametrize("dag", ["2026-01-01", "2026-01-31", "2028-02-29", "2026-12-31"])
def test_security_txt_op_elke_dag(http, dag):
    import time_machine

    with time_machine.travel(f"{dag}T11:00:00Z", tick=False):
        antwoord = http.get("/.well-known/security.txt")
        velden = dict(regel.split(": ", 1) for regel in antwoord.content.decode().splitlines())
        over = datetime.fromisoformat(velden["Expires"]) - timezone.now()
    assert timedelta(days=30) < over <= timedelta(days=366)


def productie(code: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Settings as an operator has them, in a process of its own."""
    from tests.controles import PRODUCTION

    omgeving = {**os.environ, **PRODUCTION, **extra, "DJANGO_SETTINGS_MODULE": "wmo_portal.settings"}
    for naam in {"WMO_EMBEDDED", "WMO_DEMO", "WMO_DB_ROL"} - set(extra):
        omgeving.pop(naam, None)
    opdracht = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(opdracht, cwd=BASE, env=omgeving, capture_output=True, text=True, check=False)


def test_in_productie_hst_en_koekjes_met_host():
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS >= 31536000,"
        " s.SECURE_SSL_REDIRECT, s.DEBUG, s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH)"
    )
    gezegd = productie(code)
    assert gezegd.stdout.split() == [
        "__Host-sessie", "__Host-csrf", "True", "True", "True", "Lax", "True", "True", "False", "None", "/",
    ], gezegd.stderr  # fmt: skip


@pytest.mark.parametrize(
    ("extra", "zin"),
    [
        ({"WMO_ADRES": "http://wmo.example.nl"}, "https://"),
        ({"GEHEIME_SLEUTEL": "voorbeeld" * 8}, "voorbeeldbestand"),
        ({"WMO_DEMO": "1"}, "demo"),
        ({"BSN_SLEUTELS": ""}, "BSN_SLEUTELS ontbreekt"),
    ],
)
def test_een_onveilige_instelling_wordt_geweigerd(extra, zin):
    gezegd = productie("import django; django.setup()", **extra)
    assert gezegd.returncode != 0
    assert zin in gezegd.stderr


def test_er_is_geen_achterdeur():
    """No Django admin, no debug pages: not in the addresses and not installed."""
    assert not [naam for naam, _ in bladeren() if naam.startswith("admin")]
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not any("debug" in app for app in settings.INSTALLED_APPS)


def test_geen_bestand_zonder_view():
    """Uploads are served by a view that asks who you are, never as files under an address."""
    assert settings.MEDIA_URL in ("", "/")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost:8000@evil.example",
        "evil.example:80",
        "",
        "[::1",
        "local host",
    ],
)
def test_een_vreemde_host_wordt_geweigerd(host):
    assert Http(headers={"host": host}).get("/account/login/").status_code == 400


def test_een_doorgegeven_host_telt_niet():
    antwoord = Http(headers={"x-forwarded-host": "evil.example"}).get("/")
    assert antwoord.url.startswith("/account/login/")
    assert not settings.USE_X_FORWARDED_HOST


def test_een_te_groot_verzoek_krijgt_een_zin_en_wordt_niet_gelezen(http):
    http.force_login(fabriek.administratie())
    antwoord = http.generic(
        "POST",
        "/inlezen/",
        b"x",
        content_type="application/octet-stream",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert antwoord.status_code == 413
    assert "hoogstens 25 MB" in antwoord.content.decode()
    assert antwoord["Cache-Control"] == "no-store"


def test_te_veel_in_velden_krijgt_dezelfde_zin(http):
    http.force_login(fabriek.consulent())
    antwoord = http.post("/zoeken/", {"zoek": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert antwoord.status_code == 413
    assert "te groot" in antwoord.content.decode()


def test_een_grote_upload_onder_de_grens_mag(http):
    """The control: just under the limit it is the form that judges."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    http.force_login(fabriek.administratie())
    bestand = SimpleUploadedFile("groot.xlsx", b"0" * (3 * 1024 * 1024))
    assert http.post("/inlezen/", {"bestand": bestand}).status_code == 422


def test_een_antwoord_dat_zelf_zegt_hoe_lang_het_bewaard_mag_worden_blijft_zo(http, settings):
    """Only static files may be kept by a browser; a page that forgets to say so may not."""

    def stil(request):
        return HttpResponse("x")

    stil.login_required = False  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = type("urls", (), {"urlpatterns": [path("stil/", stil)]})
    assert http.get("/stil/")["Cache-Control"] == "no-store"
