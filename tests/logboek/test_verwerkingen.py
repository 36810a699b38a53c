"""The lines of the Logboek dataverwerkingen: one per person, and no user in them (D4)."""

import io
import json
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from logboek.actions import maak_regel
from logboek.models import Gebeurtenis
from logboek.verwerkingen import verwerkingen
from tests import fabriek
from wmo_portal.lib.operatie import operatie
from wmo_portal.lib.tijd import vandaag

pytestmark = pytest.mark.django_db


@pytest.fixture
def lijst_van_drie():
    wie = fabriek.consulent(naam="Carla Kijkt")
    merk = operatie.set(uuid.uuid4())
    Gebeurtenis.objects.bulk_create(
        maak_regel(actie="lijst.zien", door=wie, client_index=bytes([n] * 16), doel="werkvoorraad")
        for n in range(3)
    )
    Gebeurtenis.objects.bulk_create([maak_regel(actie="taak.klaar", door=None)])
    operatie.reset(merk)
    return wie


def lijnen():
    nu = timezone.now()
    return list(verwerkingen(van=nu - timedelta(hours=1), tot=nu + timedelta(hours=1)))


def test_een_lijst_van_drie_mensen_is_drie_regels(lijst_van_drie):
    gevonden = lijnen()
    assert [regel["attributes"]["dpl.core.data_subject_id"] for regel in gevonden] == [
        bytes([n] * 16).hex() for n in range(3)
    ]
    assert len({regel["trace_id"] for regel in gevonden}) == 1
    assert len({regel["operation_id"] for regel in gevonden}) == 3
    assert all(len(regel["trace_id"]) == 32 and len(regel["operation_id"]) == 16 for regel in gevonden)


def test_er_staat_geen_gebruiker_in(lijst_van_drie):
    tekst = json.dumps(lijnen())
    for woord in ("Carla", str(lijst_van_drie.kenmerk), lijst_van_drie.email, "consulent"):
        assert woord not in tekst


def test_buiten_de_periode_valt_niets():
    nu = timezone.now()
    assert list(verwerkingen(van=nu, tot=nu)) == []


def test_de_opdracht_schrijft_een_regel_per_betrokkene(lijst_van_drie):
    uit, dag = io.StringIO(), vandaag()
    call_command("logboek_verwerkingen", f"--van={dag}", f"--tot={dag + timedelta(days=1)}", stdout=uit)
    assert len([json.loads(regel) for regel in uit.getvalue().splitlines()]) == 3
