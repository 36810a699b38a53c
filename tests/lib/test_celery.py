"""Celery's own processes beside the web."""

import os
import subprocess
import sys

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
