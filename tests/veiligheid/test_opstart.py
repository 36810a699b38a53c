"""The portal does not run as somebody for whom the second wall is no wall (threat 3)."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from techniek.opstart import TeVeelMacht, _nieuwe_verbinding, bezwaar, controleer

pytestmark = pytest.mark.django_db
BASE = Path(settings.BASE_DIR)


def als(rol: str) -> psycopg.Connection:
    """A connection to the test database as another role; only the embedded server of the tests lets us."""
    socket = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    return psycopg.connect(host=socket, user=rol, dbname=connection.settings_dict["NAME"])


@pytest.mark.parametrize(
    ("rol", "zin"),
    [
        ("wmo_app", ""),
        ("wmo_owner", "wmo_owner is eigenaar van de tabellen"),
        ("wmo_backup", "wmo_backup mag de rijbeveiliging overslaan (BYPASSRLS)"),
        ("postgres", "postgres is superuser"),
    ],
)
def test_elke_rol_krijgt_haar_oordeel(rol, zin):
    with als(rol) as verbinding:
        gezegd = bezwaar(verbinding)
    assert zin in gezegd
    assert bool(gezegd) == bool(zin)
    assert ("docs/productie.md" in gezegd) == bool(zin)


def test_wie_zich_een_andere_rol_aanmeet_blijft_wie_hij_is():
    """SET ROLE wmo_app as superuser: RESET ROLE would bring everything back."""
    with als("postgres") as verbinding:
        verbinding.execute("set role wmo_app")
        assert "postgres is superuser" in bezwaar(verbinding)


def test_lid_zijn_van_de_eigenaar_is_genoeg_om_te_weigeren():
    with als("postgres") as verbinding, verbinding.transaction(force_rollback=True):
        verbinding.execute(
            "create role zomaar; grant wmo_owner to zomaar; set local session authorization zomaar"
        )
        assert "zomaar is eigenaar" in bezwaar(verbinding)


def test_elke_nieuwe_verbinding_wordt_nagekeken():
    with als("wmo_app") as goed, als("wmo_backup") as fout:
        _nieuwe_verbinding(goed)
        with pytest.raises(TeVeelMacht):
            _nieuwe_verbinding(fout)


def test_een_fout_met_een_zin():
    with als("wmo_backup") as verbinding, pytest.raises(TeVeelMacht, match="Het portaal start niet"):
        controleer(verbinding)


def start(code: str, rol: str) -> subprocess.CompletedProcess[str]:
    """A process of the portal with that role, on the test database."""
    url = os.environ["DATABASE_URL"].replace("wmo_owner@", f"{rol}@").replace("wmo_app@", f"{rol}@")
    url = url.replace("/wmo_portal?", f"/{connection.settings_dict['NAME']}?")
    omgeving = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "wmo_portal.settings"}
    opdracht = [sys.executable, "-c", code]
    return subprocess.run(opdracht, cwd=BASE, env=omgeving, capture_output=True, text=True, check=False)


WEB = "import wmo_portal.wsgi; print('gestart')"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("rol", "mag"), [("wmo_app", True), ("wmo_owner", False), ("wmo_backup", False)])
def test_het_web_start_alleen_als_wmo_app(rol, mag):
    gezegd = start(WEB, rol)
    assert ("gestart" in gezegd.stdout) == mag, gezegd.stderr
    assert ("Het portaal start niet" in gezegd.stderr) != mag


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rol", ["wmo_owner"])
def test_de_worker_start_niet_als_eigenaar(rol):
    code = (
        "from wmo_portal.celery import app;"
        "app.worker_main(['worker', '--pool', 'solo', '--loglevel', 'WARNING', '--without-heartbeat'])"
    )
    gezegd = start(code, rol)
    assert gezegd.returncode != 0
    assert "Het portaal start niet" in gezegd.stderr + gezegd.stdout


def test_readyz_zegt_het_ook(http):
    """The tests connect as owner, so here readyz must say no."""
    antwoord = http.get("/readyz")
    assert antwoord.status_code == 503
    assert antwoord.json()["rol_begrensd"] is False
