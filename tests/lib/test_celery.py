"""Celery's own processes beside the web."""

import os
import subprocess
import sys

import pytest

from wmo_portal.celery import WIJKT

PROEF = """
import os
import wmo_portal.celery
from celery.signals import worker_process_init
voor = os.nice(0)
worker_process_init.send(sender=None)
print(os.nice(0) - voor)
"""


def test_een_werkend_proces_wijkt_voor_wie_op_een_bladzijde_wacht():
    klaar = subprocess.run(
        [sys.executable, "-c", PROEF], env=os.environ, capture_output=True, text=True, check=True
    )
    assert klaar.stdout.strip() == str(WIJKT)


@pytest.mark.parametrize(("eigen_sessie", "staat_er"), [(True, str(WIJKT)), (False, "0")])
def test_de_sessie_van_de_werker_wijkt_als_geheel_en_die_van_een_ander_niet(tmp_path, eigen_sessie, staat_er):
    groep = tmp_path / "autogroup"
    groep.write_text("0")
    _wijk(groep, eigen_sessie=eigen_sessie)
    assert groep.read_text() == staat_er


def test_waar_linux_niet_per_sessie_verdeelt_begint_de_werker_gewoon(tmp_path):
    _wijk(tmp_path / "map" / "die er niet is", eigen_sessie=True)


def _wijk(groep, *, eigen_sessie: bool) -> None:
    opdracht = f"import pathlib, wmo_portal.celery as c; c.wijk_als_groep(pathlib.Path({str(groep)!r}))"
    subprocess.run([sys.executable, "-c", opdracht], check=True, start_new_session=eigen_sessie)
