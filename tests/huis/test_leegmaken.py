"""What a test committed is gone before the next one: everything, and by the light way of tests/leegmaken.py."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import TransactionTestCase

from logboek.actions import leg_vast
from tests import fabriek, leegmaken
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db(transaction=True)


def gevuld() -> set[str]:
    """As superuser, past all walls: every table that has a row, but for what is always there."""
    with leegmaken.beheer() as bij:
        namen = {naam for (naam,) in bij.execute(leegmaken.BESTAAND)} - set(leegmaken.VAST)
        return {naam for naam in namen if bij.execute(f'select 1 from "{naam}" limit 1').fetchone()}


def ruim_op() -> None:
    """What pytest-django calls after a test like this."""
    leeg = TransactionTestCase(methodName="__init__")
    leeg._fixture_teardown()  # type: ignore[attr-defined]  # Django has no public name


def test_alles_wat_een_test_vastlegde_is_weg_ook_het_logboek():
    fabriek.start(fabriek.toewijzing())
    leg_vast(actie="proef.gedaan", door=None, object_soort="proef", object_kenmerk="1")
    assert {"beschikkingen_toewijzing", "organisaties_gemeente", "logboek_gebeurtenis"} <= gevuld()
    ruim_op()
    assert gevuld() == set()


def test_ook_wat_niemand_ziet():
    """With an empty scope the owner sees no row at all; they go all the same."""
    fabriek.toewijzing()
    rls.zet(rls.Werkbereik())
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from beschikkingen_toewijzing")
        assert cursor.fetchone() == (0,)
    assert "beschikkingen_toewijzing" in gevuld()
    ruim_op()
    assert gevuld() == set()


def test_wie_een_recht_verandert_krijgt_ze_alle_terug():
    """They are left standing as long as they are what they were; if not, Django makes them all again."""
    with leegmaken.beheer() as bij:
        waren = Permission.objects.count()
        with transaction.atomic():
            Permission.objects.all()[:1].get().delete()
        fabriek.toewijzing()
        ruim_op()
        assert Permission.objects.count() == waren
        assert bij.execute("select count(*) from beschikkingen_toewijzing").fetchone() == (0,)


@pytest.mark.parametrize("keren", [leegmaken.KEREN, 0])
def test_wie_nog_leest_in_een_andere_volgorde_houdt_het_leegmaken_niet_tegen(monkeypatch, keren):
    """The reader holds a table late in the order and then wants an early one. Without another try (0) one of them fails."""
    monkeypatch.setattr(leegmaken, "KEREN", keren)
    fabriek.toewijzing()
    with leegmaken.beheer() as lezer, leegmaken.beheer() as bij, ThreadPoolExecutor(1) as ander:
        lezer.execute("set deadlock_timeout = '60s'")
        bij.execute("set deadlock_timeout = '1s'")  # so that it is this one that gives way
        with lezer.transaction():
            lezer.execute("select from techniek_verzoek")
            bezig = ander.submit(leegmaken.maak_leeg, bij)
            while not lezer.execute(
                "select from pg_locks where pid = %s and not granted", [bij.info.backend_pid]
            ).fetchall():
                time.sleep(0.02)
            lezer.execute("select from account_emailaddress")
        if keren:
            bezig.result()
            assert gevuld() == set()
        else:
            with pytest.raises(psycopg.errors.DeadlockDetected):
                bezig.result()
