"""One real Celery worker on a real broker, as the role of the running portal: a mail leaves, a round is caught up.

Everything else about tasks is tested by calling them; here the wire itself is the story.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from kombu import Connection

from resultaat.models import Resultaat, Ronde
from resultaat.statussen import RondeStatus
from techniek.actions import zet_mail_klaar
from techniek.models import Mail
from tests import fabriek
from wmo_portal.celery import app
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
GEDULD = 60.0


def omgeving(post) -> dict[str, str]:
    """The worker's own environment: this test's database as wmo_app, a broker database of its own."""
    als_app = urlsplit(os.environ["DATABASE_APP_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "DATABASE_URL": als_app.geturl(),
        "REDIS_URL": os.environ["REDIS_URL"].replace("db=0", "db=7"),
        "WMO_MAIL": "django.core.mail.backends.filebased.EmailBackend",
        "WMO_MAP": str(post),
    }


@pytest.fixture
def werker(tmp_path):
    """A worker that is up; it ends with the test, whatever happens."""
    omgang = omgeving(tmp_path)
    with (tmp_path / "werker.log").open("wb") as log:
        proces = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "wmo_portal", "worker", "--pool", "solo"],
            env=omgang,
            cwd=settings.BASE_DIR,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        yield proces, omgang
        proces.terminate()
        proces.wait(30)


def bel(taak: str, omgang: dict[str, str]) -> None:
    """Ring: the message that a page or the clock would send."""
    adres = "redis+socket://" + omgang["REDIS_URL"].removeprefix("unix://").replace("?db=", "?virtual_host=")
    with Connection(adres) as lijn:
        app.send_task(taak, connection=lijn)


def tot(waar: Callable[[], bool], proces: subprocess.Popen, log) -> None:
    einde = time.monotonic() + GEDULD
    while not waar():
        assert proces.poll() is None, log.read_text()
        assert time.monotonic() < einde, log.read_text()
        time.sleep(0.2)


def test_een_mail_uit_de_postbak_vertrekt_een_keer(werker, tmp_path):
    proces, omgang = werker
    zet_mail_klaar(
        sleutel="proef", aan="post@example.nl", onderwerp="Er wacht werk", tekst="Log in.", op=nu()
    )
    bel("techniek.tasks.verstuur_mail", omgang)
    bel("techniek.tasks.verstuur_mail", omgang)
    tot(lambda: Mail.objects.filter(status=Mail.Status.VERZONDEN).exists(), proces, tmp_path / "werker.log")
    assert [pad.read_text().count("Er wacht werk") for pad in (tmp_path / "mail").iterdir()] == [1]


def test_een_ronde_die_aan_de_beurt_is_wordt_door_de_werker_gedaan(werker, tmp_path):
    """Beat asks "what is due?"; the worker finds last month and gives Anna's stop its "ja" (H5 §1A)."""
    proces, omgang = werker
    westland = fabriek.westland(ronde_automatisch=True)
    maand = Maand.van(vandaag()).vorige
    if vandaag().day < westland.ronde_dag:
        maand = maand.vorige
    einde = maand.laatste
    anna = fabriek.client(westland, achternaam="Anna")
    toewijzing = fabriek.toewijzing(fabriek.beschikking(anna, begin=einde - timedelta(days=200), eind=einde))
    fabriek.start(toewijzing)
    fabriek.stop(toewijzing)
    fabriek.formulier(toewijzing, behaald=True)
    bel("resultaat.tasks.rondes_aan_de_beurt", omgang)
    tot(lambda: Ronde.objects.filter(status=RondeStatus.KLAAR).exists(), proces, tmp_path / "werker.log")
    assert Resultaat.objects.get().uitkomst == "ja"
