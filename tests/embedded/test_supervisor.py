"""bin/start with real servers, a real web server and real signals, around a portal of a few lines."""

import os
import signal
import socket
from pathlib import Path

import psycopg

from tests.embedded.conftest import Portal, living_in, wait_for
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.servers import Servers
from wmo_portal.embedded.supervisor import Supervisor, answers, port_is_free, table


def starts_kept(portal: Portal) -> int:
    """How often the portal was prepared, as its database remembers it."""
    layout = Layout(portal.folder)
    servers = Servers(layout, valkey=False)
    servers.start()
    try:
        with psycopg.connect(layout.database_url("wmo_owner")) as connection:
            row = connection.execute("select count(*) from bewaard").fetchone()
    finally:
        servers.stop()
    assert row is not None
    return int(row[0])


def test_ctrl_c_stops_everything_and_a_second_start_finds_the_data_again(portal: Portal) -> None:
    portal.start_and_wait()
    assert answers(portal.poort)
    portal.signal(signal.SIGINT)
    assert portal.finish() == 0
    assert living_in(portal.folder) == []
    assert port_is_free(portal.poort)

    portal.start_and_wait()
    portal.signal(signal.SIGTERM)
    assert portal.finish() == 0
    assert starts_kept(portal) == 2


def test_the_preparation_runs_as_owner_and_the_demo_is_loaded_once(portal: Portal) -> None:
    for _ in range(2):
        portal.start_and_wait()
        portal.signal(signal.SIGINT)
        assert portal.finish() == 0
    once, twice = portal.commands()[:4], portal.commands()[4:]
    assert sorted(once) == sorted(
        ["collectstatic --noinput --clear -v 0 ", "inrichten eigenaar", "demo ", "demo --inlog --json "]
    )
    assert twice == ["inrichten eigenaar"]


def test_the_log_ins_and_the_address_are_printed(portal: Portal) -> None:
    portal.start_and_wait()
    assert f"http://localhost:{portal.poort}/" in portal.text()
    assert "consulent  roos@example.nl  verzonnen" in portal.text()
    portal.signal(signal.SIGINT)
    portal.finish()


def test_after_kill_9_of_the_supervisor_nothing_is_left_and_the_next_start_works(portal: Portal) -> None:
    portal.start_and_wait()
    assert len(living_in(portal.folder)) > 5
    portal.signal(signal.SIGKILL)
    portal.finish()
    portal.start_and_wait()  # at once: it waits for its predecessor's port by itself
    portal.signal(signal.SIGKILL)
    portal.finish()
    wait_for(lambda: not living_in(portal.folder))
    assert starts_kept(portal) == 2


def test_a_program_that_falls_over_takes_the_rest_down_in_order(portal: Portal) -> None:
    portal.start_and_wait()
    (portal.folder / "mis-worker").touch()
    assert portal.finish() == 1
    assert "stopte uit zichzelf (code 3)" in portal.text()
    assert living_in(portal.folder) == []


def test_a_database_that_dies_is_noticed(portal: Portal) -> None:
    portal.start_and_wait()
    pid = int((portal.folder / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    assert portal.finish() == 1
    assert "PostgreSQL stopte uit zichzelf" in portal.text()


def test_a_preparation_that_fails_stops_the_start_and_says_which(portal: Portal) -> None:
    (portal.folder / "mis-inrichten").touch()
    portal.start()
    assert portal.finish() == 1
    assert "het inrichten ging mis" in portal.text()
    assert "`manage.py inrichten` stopte met code 1" in portal.text()
    assert living_in(portal.folder) == []


def test_a_port_in_use_gives_a_sentence_with_the_way_out(portal: Portal) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", portal.poort))
        other.listen()
        portal.start()
        assert portal.finish() == 1
    assert f"Poort {portal.poort} is bezet" in portal.text()
    assert f"bin/start --poort {portal.poort + 1}" in portal.text()


def test_a_second_start_beside_a_running_portal_says_so_and_harms_nothing(portal: Portal) -> None:
    portal.start_and_wait()
    second = Portal(portal.folder)
    second.start()
    assert second.finish() == 1
    assert "draait al" in second.text()
    assert answers(portal.poort)
    portal.signal(signal.SIGINT)
    assert portal.finish() == 0


def test_log_ins_stand_in_columns_of_equal_width() -> None:
    rows: list[dict[str, object]] = [
        {"rol": "consulent", "e-mail": "a@x.nl"},
        {"rol": "rol", "e-mail": "bb@x.nl"},
    ]
    assert table(rows) == ["consulent  a@x.nl", "rol        bb@x.nl"]
    assert table([]) == []


def test_beside_a_database_of_the_operator_no_server_no_demo_and_no_key_is_made_up(tmp_path: Path) -> None:
    given = {
        "WMO_MAP": str(tmp_path),
        "DATABASE_URL": "postgresql://wmo_app@db/wmo_portal",
        "REDIS_URL": "redis://queue/0",
    }
    portal = Supervisor(8000, given)
    assert (portal.servers.postgres, portal.servers.valkey, portal.demo) == (None, None, False)
    assert not {"BSN_SLEUTELS", "GEHEIME_SLEUTEL", "WMO_DEMO", "WMO_EMBEDDED"} & set(portal.environment)
    assert {name: portal.environment[name] for name in given} == given
    assert list(tmp_path.iterdir()) == []


def test_an_owner_address_of_another_database_is_not_mixed_with_the_private_one(tmp_path: Path) -> None:
    portal = Supervisor(
        8000, {"WMO_MAP": str(tmp_path), "DATABASE_OWNER_URL": "postgresql://wmo_owner@elders/wmo_portal"}
    )
    assert "elders" not in portal.environment["DATABASE_OWNER_URL"]
    assert portal.demo
    assert not Supervisor(8000, {"WMO_MAP": str(tmp_path), "WMO_DEMO": "0"}).demo
