"""What every request pays before its view begins: a number, so that nobody adds a question to all pages unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import fabriek

pytestmark = pytest.mark.django_db


def _vragen(doe) -> list[str]:
    with CaptureQueriesContext(connection) as gesteld:
        doe()
    return [
        vraag["sql"].lower()
        for vraag in gesteld
        if vraag["sql"].startswith(("SELECT", "select", "UPDATE", "INSERT"))
    ]


def test_weten_wie_u_bent_kost_vijf_vragen(http):
    """Session, person, municipalities, scope; and the scope taken away. The demo asks for no second factor."""
    http.force_login(fabriek.consulent())
    http.get(reverse("sessie-blijf"))
    vragen = _vragen(lambda: http.get(reverse("sessie-blijf")))
    assert len(vragen) == 5, vragen


def test_een_behandelaar_kiezen_kost_een_vast_aantal_vragen(http):
    """Find the dossier, find the colleague, lock, read, save, log: six, beside who you are without its scope."""
    carla = fabriek.consulent(naam="Carla")
    http.force_login(carla)
    dossiers = [fabriek.beschikking(fabriek.client(achternaam=naam)) for naam in ("Bos", "Dijk")]

    def kies(dossier) -> None:
        adres = reverse("resultaat:behandelaar", args=[dossier.kenmerk])
        assert http.post(adres, {"behandelaar": str(carla.kenmerk), "was": ""}).status_code == 302

    kies(dossiers[0])
    vragen = [v for v in _vragen(lambda: kies(dossiers[1])) if "wmo.context" not in v]
    assert len(vragen) == 9, vragen
