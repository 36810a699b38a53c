"""Reports from a real streaming replica: the same figures, the same walls, and the first database when it is behind."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import InternalError, ProgrammingError, connection, connections, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beschikkingen.models import Toewijzing
from logboek.models import Gebeurtenis
from rapportage.overzicht import Keuze
from rapportage.queries.telling import cijfers
from rapportage.queries.uitval import uitval
from techniek.opstart import TeVeelMacht, controleer
from tests import fabriek
from tests.rapportage.test_uitval import K3, VRAAG, zorg
from tests.replica import Standby, standby
from wmo_portal.lib import replica, rls
from wmo_portal.lib.omgeving import database
from wmo_portal.lib.replica import leest_op_replica, leesverbinding, op_replica

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", replica.ALIAS])
RUIM = 60
"""Seconds; a busy machine may be slow, and a replica that follows gets there."""


@pytest.fixture(scope="module", autouse=True)
def server(django_db_setup: None) -> Iterator[Standby]:
    """As with DATABASE_REPLICA_URL in the environment, for as long as this module."""
    with standby() as gestart:
        adres = database(gestart.layout.database_url("wmo_app", connection.settings_dict["NAME"]))
        eigen = {**connection.settings_dict, **adres, "CONN_MAX_AGE": None}
        connections.settings[replica.ALIAS] = {**eigen, "TEST": {**eigen["TEST"], "MIRROR": "default"}}
        yield gestart
        del connections.settings[replica.ALIAS]


@pytest.fixture
def volgt(server: Standby, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standby]:
    monkeypatch.setattr(replica.Rust, "tot", 0.0)
    with override_settings(REPLICA_WACHT=RUIM):
        yield server
    connections[replica.ALIAS].close()


@contextmanager
def elders(**anders: str) -> Iterator[None]:
    """The address of the replica leads somewhere else."""
    daar = connections[replica.ALIAS]
    eigen = dict(daar.settings_dict)
    daar.close()
    daar.settings_dict.update(anders)
    yield
    daar.close()
    daar.settings_dict.update(eigen)


def is_replica() -> bool:
    with leesverbinding().cursor() as cursor:
        cursor.execute("select pg_is_in_recovery()")
        return bool(cursor.fetchone()[0])


def test_wat_net_is_opgeslagen_staat_al_in_het_rapport_van_de_replica(volgt):
    manager, keuze = fabriek.contractmanager(), Keuze(K3.periode)
    for naam in ("Bos", "Vos", "Mol"):
        zorg(naam, code="21")
        with rls.binnen(manager.bereik), CaptureQueriesContext(connections[replica.ALIAS]) as daar:
            geteld, gelezen = cijfers(manager, keuze).totaal, uitval(manager, keuze).totaal
        assert geteld.aantallen == gelezen.aantallen
        assert any("stopberichten_stop" in vraag["sql"] for vraag in daar.captured_queries)
    assert geteld.totaal == 3


def test_de_muren_staan_ook_op_de_replica(volgt):
    van_westland, van_delft = zorg(), zorg(gemeente=fabriek.delft())
    with rls.binnen(rls.Werkbereik(gemeenten=(van_delft.gemeente_id,))), op_replica() as daar:
        assert daar
        assert is_replica()
        assert [rij.pk for rij in Toewijzing.objects.all()] == [van_delft.pk]
        # A scope that is set while reading there, holds there.
        with rls.binnen(rls.Werkbereik(gemeenten=(van_westland.gemeente_id,))):
            assert [rij.pk for rij in Toewijzing.objects.all()] == [van_westland.pk]
        assert [rij.pk for rij in Toewijzing.objects.all()] == [van_delft.pk]
    with pytest.raises(ProgrammingError, match="geen werkbereik"):
        list(Toewijzing.objects.using(replica.ALIAS).all())


def test_de_replica_is_wmo_app_en_een_ander_wordt_geweigerd(volgt):
    controleer(connections[replica.ALIAS])
    with elders(USER="postgres"), pytest.raises(TeVeelMacht, match="superuser"):
        controleer(connections[replica.ALIAS])


def test_schrijven_gaat_naar_de_eerste_database_ook_met_een_rij_die_van_de_replica_kwam(volgt):
    toewijzing = zorg()
    with op_replica():
        rij = Toewijzing.objects.get(pk=toewijzing.pk)
        rij.productcode = "11A01"
        rij.save(update_fields=["productcode"])
        with pytest.raises(InternalError, match="read-only"), connections[replica.ALIAS].cursor() as cursor:
            cursor.execute("update beschikkingen_toewijzing set productcode = '11A02'")
    assert not is_replica()
    rij.refresh_from_db()
    assert (rij.productcode, rij._state.db) == ("11A01", "default")


def test_binnen_een_transactie_leest_niemand_elders(volgt):
    with transaction.atomic(), op_replica() as daar:
        assert not daar
        assert not is_replica()


def test_een_replica_die_stilstaat_valt_op_en_de_eerste_database_antwoordt(volgt, http, caplog):
    manager = fabriek.contractmanager()
    http.force_login(manager)
    volgt.beheer("select pg_wal_replay_pause()")
    try:
        zorg(code="21")
        with override_settings(REPLICA_WACHT=0.1), caplog.at_level(logging.WARNING):
            antwoord = http.get(reverse("rapportage:uitval"), VRAAG)
        assert antwoord.context["uitval"].totaal.totaal == 1
        assert [r.getMessage() for r in caplog.records if r.name == replica.__name__] == [
            "Niets van de lees-replica: zij was na 0.1 seconden nog niet bij. De eerste database antwoordt."
        ]
    finally:
        volgt.beheer("select pg_wal_replay_resume()")
    replica.Rust.tot = 0.0
    with op_replica() as daar:
        assert daar
        assert Toewijzing.objects.count() == 1


def test_wie_achter_een_cijfer_kijkt_staat_in_het_logboek_van_de_eerste_database(volgt, http):
    zorg(code="21")
    http.force_login(fabriek.contractmanager())
    with CaptureQueriesContext(connections[replica.ALIAS]) as daar:
        assert http.get(reverse("rapportage:uitval-clienten"), VRAAG).status_code == 200
    assert any("stopberichten_stop" in vraag["sql"] for vraag in daar.captured_queries)
    assert Gebeurtenis.objects.filter(actie="uitval.clienten_bekeken").count() == 1


def test_een_replica_die_halverwege_wegvalt_kost_niemand_zijn_rapport(volgt, caplog):
    zorg()
    plekken = []

    @leest_op_replica
    def lees() -> int:
        plekken.append(is_replica())
        if plekken[-1]:
            with leesverbinding().cursor() as cursor:
                cursor.execute("select pg_backend_pid()")
                volgt.beheer(f"select pg_terminate_backend({cursor.fetchone()[0]}, 60000)")
        return Toewijzing.objects.count()

    with caplog.at_level(logging.WARNING):
        assert lees() == 1
    assert plekken == [True, False]
    assert "Niets van de lees-replica" in caplog.text


def test_een_replica_die_weg_is_of_geen_replica_is(volgt, caplog):
    zorg()
    with (
        elders(HOST=connection.settings_dict["HOST"]),
        caplog.at_level(logging.WARNING),
        op_replica() as daar,
    ):
        assert not daar
    assert "geen replica (meer) is" in caplog.text
    with elders(HOST="/nergens"):
        with op_replica() as daar:
            assert not daar
        assert "OperationalError" not in caplog.text  # left alone for a while
        replica.Rust.tot = 0.0
        with op_replica() as daar:
            assert not daar
        assert "Niets van de lees-replica: OperationalError" in caplog.text
