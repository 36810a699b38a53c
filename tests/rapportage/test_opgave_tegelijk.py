"""Several people at one kwartaalopgave at the same moment: begun once, sent once. Each race has a negative control."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection

from rapportage.actions import opgave_indienen
from rapportage.actions.opgave import begin
from rapportage.actions.opgave_indienen import AlIngediend, dien_in
from rapportage.models import Kwartaalopgave, OpgaveDeel, OpgaveIndiening
from rapportage.models.opgave import KwartaalopgaveQuerySet
from rapportage.opgave_beeld import zegel
from rapportage.queries.opgave import concept
from tests import fabriek
from tests.rapportage.opgavehulp import K3, OP, linde_begint, regio_met_twee, vul, zorg
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db(transaction=True)
AANTAL = 4


def tegelijk(doe) -> list[object]:
    """The outcome of each thread: what it gave, or the exception it met."""
    uitkomsten: list[object] = []

    def een() -> None:
        try:
            rls.zet(rls.SYSTEEM)
            uitkomsten.append(doe())
        except Exception as fout:
            uitkomsten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=een) for _ in range(AANTAL)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    return uitkomsten


@contextmanager
def zonder_regel(tabel: str, naam: str):
    """Take a constraint away, and put it back on an empty table."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_constraintdef(oid) from pg_constraint where conname = %s", [naam])
        (regel,) = cursor.fetchone()
        cursor.execute(f"alter table {tabel} drop constraint {naam}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("truncate table rapportage_kwartaalopgave cascade")
            cursor.execute(f"alter table {tabel} add constraint {naam} {regel}")


# --- Begin ---------------------------------------------------------------------------------------------------------
def vier_beginnen(monkeypatch) -> list[object]:
    """Four colleagues of De Linde press "Begin"; nobody writes before all have seen that there is none."""
    regio, linde = regio_met_twee(), fabriek.aanbieder("De Linde")
    zorg(linde)
    wie = fabriek.medewerker(linde)
    gezien, echt, wacht = threading.Barrier(AANTAL, timeout=60), KwartaalopgaveQuerySet.get, threading.local()

    def zoek(self, *args, **kwargs):
        try:
            return echt(self, *args, **kwargs)
        except Kwartaalopgave.DoesNotExist:
            if not getattr(wacht, "geweest", False):
                wacht.geweest = True
                gezien.wait()
            raise

    monkeypatch.setattr(KwartaalopgaveQuerySet, "get", zoek)
    return tegelijk(lambda: begin(regio=regio, kwartaal=K3, door=wie, op=OP).pk)


def test_four_who_begin_at_once_share_one(monkeypatch):
    uitkomsten = vier_beginnen(monkeypatch)
    assert uitkomsten == [Kwartaalopgave.objects.get().pk] * AANTAL
    assert OpgaveDeel.objects.count() == 3


def test_without_the_rule_of_the_database_there_are_four(monkeypatch):
    with zonder_regel("rapportage_kwartaalopgave", "opgave_eenmaal"):
        vier_beginnen(monkeypatch)
        assert Kwartaalopgave.objects.count() == AANTAL


# --- Send ----------------------------------------------------------------------------------------------------------
def vier_dienen_in(monkeypatch, op_slot) -> list[object]:
    """Four colleagues press "Dien in" on the same check page, all at the door before one goes in."""
    opgave, wie = linde_begint()
    vul(opgave, wie)
    gezien = zegel(concept(opgave, wie).beeld)
    deur = threading.Barrier(AANTAL, timeout=60)
    monkeypatch.setattr(opgave_indienen, "op_slot", op_slot(deur, opgave_indienen.op_slot))
    return tegelijk(lambda: dien_in(opgave=opgave, gezien=gezien, door=wie, op=OP).pk)


def met_slot(deur, echt):
    def lees(opgave):
        deur.wait()
        return echt(opgave)

    return lees


def zonder_slot(deur, echt):
    def lees(opgave):
        gelezen = Kwartaalopgave.objects.select_related("regio", "aanbieder").get(pk=opgave.pk)
        deur.wait()
        return gelezen

    return lees


def test_four_who_send_at_once_send_once_and_the_others_are_told(monkeypatch):
    uitkomsten = vier_dienen_in(monkeypatch, met_slot)
    (indiening,) = OpgaveIndiening.objects.all()
    assert [uit for uit in uitkomsten if not isinstance(uit, AlIngediend)] == [indiening.pk]
    assert len(uitkomsten) == AANTAL
    assert Kwartaalopgave.objects.get().indieningen == 1


def test_without_the_lock_it_is_sent_four_times(monkeypatch):
    with zonder_regel("rapportage_opgaveindiening", "opgaveindiening_eenmaal"):
        vier_dienen_in(monkeypatch, zonder_slot)
        assert OpgaveIndiening.objects.count() == AANTAL
