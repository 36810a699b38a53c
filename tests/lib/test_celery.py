"""Celery's own processes beside the web, and what PostgreSQL does for them."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from wmo_portal.lib.wijken import WIJKT, wijk_in_de_database

PROEF = """
import os
import wmo_portal.celery
from celery.signals import worker_process_init
from django.db.backends.signals import connection_created
voor, ontvangers = os.nice(0), len(connection_created.receivers)
worker_process_init.send(sender=None)
print(os.nice(0) - voor, len(connection_created.receivers) - ontvangers)
"""


def test_een_werkend_proces_wijkt_voor_wie_op_een_bladzijde_wacht_en_zijn_verbindingen_ook():
    klaar = subprocess.run(
        [sys.executable, "-c", PROEF], env=os.environ, capture_output=True, text=True, check=True
    )
    assert klaar.stdout.split() == [str(WIJKT), "1"]


@pytest.mark.parametrize(("eigen_sessie", "staat_er"), [(True, str(WIJKT)), (False, "0")])
def test_de_sessie_van_de_werker_wijkt_als_geheel_en_die_van_een_ander_niet(tmp_path, eigen_sessie, staat_er):
    groep = _proces(tmp_path, "self")
    _wijk(tmp_path, eigen_sessie=eigen_sessie)
    assert groep.read_text() == staat_er


def test_waar_linux_niet_per_sessie_verdeelt_begint_de_werker_gewoon(tmp_path):
    _wijk(tmp_path / "die er niet is", eigen_sessie=True)


def _wijk(proc, *, eigen_sessie: bool) -> None:
    opdracht = f"import pathlib; from wmo_portal.lib.wijken import wijk_als_sessie as w; w(pathlib.Path({str(proc)!r}))"
    subprocess.run([sys.executable, "-c", opdracht], check=True, start_new_session=eigen_sessie)


def _proces(proc, wie, opdracht=b"postgres: wmo_app wmo_portal [local] idle"):
    (proc / str(wie)).mkdir()
    (proc / str(wie) / "cmdline").write_bytes(opdracht)
    groep = proc / str(wie) / "autogroup"
    groep.write_text("0")
    return groep


def _verbinding(host, pid=77):
    return SimpleNamespace(connection=SimpleNamespace(info=SimpleNamespace(host=host, backend_pid=pid)))


@pytest.mark.parametrize(
    ("host", "opdracht", "staat_er"),
    [
        ("/tmp/ergens", b"postgres: wmo_app", str(WIJKT)),
        ("localhost", b"postgres: wmo_app", str(WIJKT)),
        ("db", b"postgres: wmo_app", "0"),
        # The number is that of another program: PostgreSQL runs elsewhere, behind a tunnel or a pool.
        ("localhost", b"gunicorn: worker", "0"),
    ],
)
def test_wat_postgresql_hier_voor_de_werker_doet_wijkt_ook(tmp_path, host, opdracht, staat_er):
    groep = _proces(tmp_path, 77, opdracht)
    wijk_in_de_database(connection=_verbinding(host), proc=tmp_path)
    assert groep.read_text() == staat_er


def test_wie_even_niet_mag_probeert_het_opnieuw(tmp_path, monkeypatch):
    """Two working processes start at once; Linux takes one such change in a tenth of a second."""
    groep, schrijf, geweigerd = _proces(tmp_path, 77), Path.write_text, []

    def eerst_niet(pad, tekst):
        if len(geweigerd) < 2:
            geweigerd.append(pad)
            raise BlockingIOError
        return schrijf(pad, tekst)

    monkeypatch.setattr(Path, "write_text", eerst_niet)
    monkeypatch.setattr("wmo_portal.lib.wijken.time.sleep", lambda _: None)
    wijk_in_de_database(connection=_verbinding("localhost"), proc=tmp_path)
    assert (groep.read_text(), len(geweigerd)) == (str(WIJKT), 2)


def test_een_database_die_hier_niet_draait_is_geen_fout(tmp_path):
    wijk_in_de_database(connection=_verbinding("localhost"), proc=tmp_path)


@pytest.mark.django_db
def test_django_vertelt_van_een_verbinding_wat_ervoor_nodig_is(tmp_path):
    """The shape of a real connection: without it the two above would prove nothing."""
    connection.ensure_connection()
    info = connection.connection.info
    groep = _proces(tmp_path, info.backend_pid)
    wijk_in_de_database(connection=connection, proc=tmp_path)
    assert groep.read_text() == (str(WIJKT) if info.host.startswith("/") or info.host == "localhost" else "0")
