"""Freezing a quarter and asking for a report, twice at the same moment. Each race has its negative control."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from rapportage.actions import vaststellen
from rapportage.actions.vaststellen import VaststelFout, stel_vast
from rapportage.models import Rapport, Vaststelling
from techniek import actions as techniek_acties
from tests import fabriek
from tests.rapportage.test_opgave_tegelijk import AANTAL, tegelijk
from tests.rapportage.test_uitval import VRAAG, zorg
from tests.rapportage.test_vaststellen import K3, OP

pytestmark = pytest.mark.django_db(transaction=True)


# --- Freezing ------------------------------------------------------------------------------------------------------------
def vier_stellen_vast(monkeypatch, wacht):
    """Four contract managers press "Vaststellen" on the same screen; all are at the door before one goes in."""
    zorg("De Wit", code="21")
    manager, regio, deur = fabriek.contractmanager(), fabriek.regio(), threading.Barrier(AANTAL, timeout=60)
    monkeypatch.setattr(vaststellen, "_wacht_op_beurt", wacht(deur, vaststellen._wacht_op_beurt))
    if wacht is zonder_slot:
        tel = vaststellen.volgende_versie

        def samen(regio_, kwartaal):
            versie = tel(regio_, kwartaal)
            deur.wait()
            return versie

        monkeypatch.setattr(vaststellen, "volgende_versie", samen)
    return tegelijk(lambda: stel_vast(regio=regio, kwartaal=K3, door=manager, op=OP, versie=1).versie)


def met_slot(deur, echt):
    def doe(regio):
        deur.wait()
        echt(regio)

    return doe


def zonder_slot(deur, echt):
    return lambda regio: None


def test_four_freeze_at_once_and_three_hear_that_they_were_late(monkeypatch):
    uitkomsten = vier_stellen_vast(monkeypatch, met_slot)
    assert uitkomsten.count(1) == 1
    zinnen = [str(u) for u in uitkomsten if u != 1]
    assert all(isinstance(u, VaststelFout) for u in uitkomsten if u != 1)
    assert all("intussen door iemand anders vastgesteld" in zin for zin in zinnen)
    assert Vaststelling.objects.count() == 1


def test_without_the_lock_they_run_into_the_database(monkeypatch):
    """The control: three would get an error page instead of a sentence."""
    uitkomsten = vier_stellen_vast(monkeypatch, zonder_slot)
    assert any(not isinstance(u, int | VaststelFout) for u in uitkomsten)


# --- Asking for a report ---------------------------------------------------------------------------------------------
def vier_vragen(sleutels):
    """The same click four times: a nervous finger, a lost connection."""
    zorg("De Wit", code="21")
    manager, deur = fabriek.contractmanager(), threading.Barrier(AANTAL, timeout=60)
    clienten = []
    for _ in range(AANTAL):
        clienten.append(Client())
        clienten[-1].force_login(manager)
    volgende = iter(zip(clienten, sleutels, strict=True))

    def doe():
        client, sleutel = next(volgende)
        deur.wait()
        return client.post(reverse("rapportage:uitval-pdf"), {**VRAAG, "eenmalig": sleutel}).status_code

    return tegelijk(doe)


def test_one_click_four_times_is_one_report(monkeypatch):
    monkeypatch.setattr("rapportage.views.bel.bel_de_maker", lambda: None)
    sleutel = str(uuid.uuid4())
    assert vier_vragen([sleutel] * AANTAL) == [302] * AANTAL
    assert Rapport.objects.count() == 1


def test_without_the_key_of_the_click_there_are_four(monkeypatch):
    monkeypatch.setattr("rapportage.views.bel.bel_de_maker", lambda: None)
    assert vier_vragen([""] * AANTAL) == [302] * AANTAL
    assert Rapport.objects.count() == AANTAL
    assert techniek_acties.Verzoek.objects.count() == 0
    connection.close()
