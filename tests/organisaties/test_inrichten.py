"""Migrating while people work: never long in front of a table, and again when somebody was (F21)."""

import psycopg
import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from organisaties.management.commands import inrichten

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _zonder_wachten(monkeypatch):
    monkeypatch.setattr(inrichten.time, "sleep", lambda _: None)


def bezet(*_, **__):
    """What the database says when a lock does not come."""
    raise OperationalError("canceling statement due to lock timeout") from psycopg.errors.LockNotAvailable()


def test_wie_bezet_is_krijgt_een_tweede_kans(monkeypatch):
    gevraagd = []

    def migreer(naam, **_):
        with connection.cursor() as cursor:
            cursor.execute("show lock_timeout")
            gevraagd.append((naam, cursor.fetchone()[0]))
        if len(gevraagd) < 3:
            bezet()

    monkeypatch.setattr(inrichten, "call_command", migreer)
    inrichten._migreer(0)
    assert gevraagd == [("migrate", "2s")] * 3
    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("0",)


def test_wie_bezet_blijft_hoort_wat_er_staat_en_wat_te_doen(monkeypatch):
    monkeypatch.setattr(inrichten, "call_command", bezet)
    with pytest.raises(CommandError, match="Wat al gemigreerd was blijft"):
        inrichten._migreer(0)


def test_een_andere_fout_wordt_niet_herhaald(monkeypatch):
    gevraagd = []

    def weg(naam, **_):
        gevraagd.append(naam)
        raise OperationalError("de database is weg")

    monkeypatch.setattr(inrichten, "call_command", weg)
    with pytest.raises(OperationalError, match="weg"):
        inrichten._migreer(0)
    assert gevraagd == ["migrate"]


def test_alleen_wie_iets_te_migreren_heeft_doet_het():
    assert not inrichten._te_migreren()
    MigrationRecorder(connection).record_unapplied("meldingen", "0001_dagmail")
    assert inrichten._te_migreren()
