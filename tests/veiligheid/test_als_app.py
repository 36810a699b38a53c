"""The portal as it runs: a real gunicorn as wmo_app, and the test client that plays the same role (threats 3 and 4)."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.http import HttpResponse

import techniek.actions
from logboek.models import Gebeurtenis
from techniek.taak import taak
from tests import als_app, fabriek
from wmo_portal.lib import rls

GEDULD = 180.0


# --- The test client ------------------------------------------------------------------------------------------------
def rollen_in(http, pad="/") -> set[str]:
    """Who asks the database, seen from inside a request."""
    gezien = set()

    def kijk(execute, sql, params, many, context):
        with context["connection"].connection.cursor() as cursor:
            gezien.add(cursor.execute("select current_user").fetchone()[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kijk):
        assert http.get(pad).status_code == 200
    return gezien


@pytest.mark.django_db
def test_een_verzoek_draait_als_wmo_app_en_de_test_als_eigenaar(http):
    http.force_login(fabriek.consulent())
    assert rollen_in(http) == {"wmo_app"}
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("wmo_owner",)


@pytest.mark.django_db
def test_zonder_het_toneelspel_zou_het_de_eigenaar_zijn(http):
    """The negative control."""
    http.force_login(fabriek.consulent())
    als_app.request_started.disconnect(dispatch_uid="tests.als_app")
    assert rollen_in(http) == {"wmo_owner"}


@pytest.mark.django_db
def test_ook_hier_maakt_het_portaal_geen_tijdelijke_tabel():
    """As on a real server (rollen.sql). The owner may: with him alone a statement that needs one would pass."""
    maak = "create temporary table even (i int)"
    with connection.cursor() as cursor:
        cursor.execute("set role wmo_app")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(maak)
        cursor.execute("reset role")
        cursor.execute(maak)


def _taak_die_kijkt():
    """Who a task is when it asks, and what it can make of the database."""
    gezien = []

    @taak(name=f"tests.kijkt.{uuid.uuid4()}")
    def kijkt() -> str:
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            gezien.append(cursor.fetchone()[0])
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("create temporary table taaktabel (i int)")
        return "Gekeken."

    assert kijkt() == "Gekeken."
    return gezien


@pytest.mark.django_db
def test_ook_een_taak_draait_als_wmo_app():
    """A round that made a temporary table once passed all tests: its statements ran as the owner."""
    assert _taak_die_kijkt() == ["wmo_app"]
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("wmo_owner",)


@pytest.mark.django_db
def test_zonder_het_toneelspel_maakt_een_taak_haar_tabel(monkeypatch):
    """The negative control."""
    monkeypatch.setattr("techniek.taak.hartslag", techniek.actions.hartslag)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        _taak_die_kijkt()


@pytest.mark.django_db
def test_een_stap_van_de_eigenaar_en_dan_weer_het_portaal():
    def wie() -> str:
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            return str(cursor.fetchone()[0])

    with als_app.als_app():
        assert wie() == "wmo_app"
        with als_app.als_eigenaar():
            assert wie() == "wmo_owner"
        assert wie() == "wmo_app"
    assert wie() == "wmo_owner"


@pytest.mark.django_db
def test_een_pagina_kan_het_logboek_niet_legen(http, monkeypatch):
    """What the role may not, no page can: not even one that tries."""
    from organisaties.views import start

    def poging(*_):
        with pytest.raises(ProgrammingError, match="logboek_gebeurtenis"), transaction.atomic():
            Gebeurtenis.objects.filter(pk=0).update(actie="weg")
        return HttpResponse("geweigerd")

    http.force_login(fabriek.consulent())
    monkeypatch.setattr(start, "render", poging)
    assert http.get("/").content == b"geweigerd"


# --- The real process -----------------------------------------------------------------------------------------------
def _url(rol: str) -> str:
    """The database of this test, as that role."""
    url = urlsplit(os.environ["DATABASE_APP_URL"])
    return url._replace(
        netloc=url.netloc.replace("wmo_app", rol), path=f"/{connection.settings_dict['NAME']}"
    ).geturl()


def _poort() -> int:
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        return int(vrij.getsockname()[1])


def _start(rol: str, poort: int, log) -> subprocess.Popen:
    opdracht = [
        sys.executable,
        "-m",
        "gunicorn",
        "wmo_portal.wsgi",
        "--bind",
        f"127.0.0.1:{poort}",
        "--workers",
        "1",
    ]
    omgeving = {**os.environ, "DATABASE_URL": _url(rol), "WMO_POORT": str(poort)}
    return subprocess.Popen(
        opdracht, env=omgeving, cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT
    )


@pytest.fixture
def web(tmp_path):
    """`web("wmo_app")`: a running portal and its address; it ends with the test."""
    processen = []

    def begin(rol: str):
        poort = _poort()
        with (tmp_path / "web.log").open("wb") as log:
            processen.append(_start(rol, poort, log))
        return processen[-1], f"http://127.0.0.1:{poort}", tmp_path / "web.log"

    yield begin
    for proces in processen:
        proces.terminate()
        proces.wait(30)


def _verbindingen() -> dict[int, str]:
    """Process and role of who is connected to the database of this test; those of earlier tests may still be closing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid, usename from pg_stat_activity where datname = current_database() and usename is not null"
        )
        return dict(cursor.fetchall())


def _vraag(adres: str, sessie: str = "") -> tuple[int, str]:
    verzoek = urllib.request.Request(adres, headers={"Cookie": f"sessie={sessie}"} if sessie else {})
    try:
        with urllib.request.urlopen(verzoek, timeout=30) as antwoord:
            return antwoord.status, antwoord.read().decode()
    except urllib.error.HTTPError as fout:
        return fout.code, fout.read().decode()


def _wacht(proces, adres: str, log) -> None:
    einde = time.monotonic() + GEDULD
    while True:
        assert proces.poll() is None, log.read_text()
        assert time.monotonic() < einde, log.read_text()
        try:
            if _vraag(f"{adres}/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.tweede_factor
def test_het_draaiende_web_is_wmo_app_en_toont_alleen_wat_eigen_is(web, http, settings):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    eigen = fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Eigenaar")))
    vreemd = fabriek.toewijzing(fabriek.beschikking(fabriek.client(fabriek.delft(), achternaam="Vreemde")))
    wie = fabriek.administratie()
    TOTP.activate(wie, generate_totp_secret())
    http.force_login(wie)
    eerder = _verbindingen()
    proces, adres, log = web("wmo_app")
    _wacht(proces, adres, log)
    sessie = http.cookies[settings.SESSION_COOKIE_NAME].value
    status, pagina = _vraag(f"{adres}/dossiers/", sessie)
    assert status == 200, pagina
    assert "Eigenaar" in pagina
    assert "Vreemde" not in pagina
    assert _vraag(f"{adres}/dossiers/{eigen.beschikking.kenmerk}/", sessie)[0] == 200
    assert _vraag(f"{adres}/dossiers/{vreemd.beschikking.kenmerk}/", sessie)[0] == 404
    assert {rol for pid, rol in _verbindingen().items() if pid not in eerder} == {"wmo_app"}
    assert '"rol_begrensd": true' in _vraag(f"{adres}/readyz")[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rol", ["wmo_owner", "wmo_backup", "postgres"])
def test_als_een_andere_rol_komt_het_web_niet_op(web, rol):
    proces, _adres, log = web(rol)
    assert proces.wait(GEDULD) != 0
    assert "Het portaal start niet" in log.read_text()


@pytest.mark.django_db(transaction=True)
def test_wie_als_wmo_app_verbinding_heeft_leest_zonder_werkbereik_niets():
    """Somebody with the password of the portal and a SQL prompt: no page, no scope, so no rows."""
    fabriek.toewijzing()
    with psycopg.connect(_url("wmo_app"), autocommit=True) as verbinding:
        for tabel in ("beschikkingen_client", "beschikkingen_toewijzing", "beschikkingen_beschikking"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="geen werkbereik"):
                verbinding.execute(f"select * from {tabel}").fetchall()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            verbinding.execute("select * from wmo_sec.sleutel")
        for poging in ("set role wmo_owner", "alter table beschikkingen_client disable row level security"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                verbinding.execute(poging)
        vervallen = rls.onderteken(rls.SYSTEEM, verloopt=1)
        verbinding.execute("select set_config('wmo.context', %s, false)", [vervallen])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="verlopen"):
            verbinding.execute("select * from beschikkingen_client").fetchall()
