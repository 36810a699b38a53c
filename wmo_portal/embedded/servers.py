"""Both private servers together, and who may start and stop them: the holder of the lock."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wmo_portal.embedded.omgeving import Layout, new_secrets
from wmo_portal.embedded.postgres import Postgres
from wmo_portal.embedded.process import ServerError, wait_until
from wmo_portal.embedded.valkey import Valkey

WAIT_FOR_OTHER = 60.0
THROWAWAY_PREFIX = "wmo-proef-"


class Lock:
    """An advisory lock the kernel drops by itself when its holder goes, kill -9 included."""

    def __init__(self, layout: Layout) -> None:
        layout.make()
        self._descriptor = os.open(layout.map / "servers.lock", os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def take_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while not self.take():
            if not wait_until(deadline, pause=0.1):
                return False
        return True

    def release(self) -> None:
        os.close(self._descriptor)


class Servers:
    """PostgreSQL and Valkey, or the one of them that the environment does not already give."""

    def __init__(
        self, layout: Layout, *, postgres: bool = True, valkey: bool = True, throwaway: bool = False
    ) -> None:
        self.layout = layout
        self.postgres = Postgres(layout, throwaway=throwaway) if postgres else None
        self.valkey = Valkey(layout, throwaway=throwaway) if valkey else None

    def start(self) -> None:
        self.layout.make()
        for server in (self.postgres, self.valkey):
            if server is not None:
                server.start()

    def ready(self) -> bool:
        return all(server.ready() for server in (self.postgres, self.valkey) if server is not None)

    def ended(self) -> str | None:
        """The name of a server that stopped by itself."""
        for name, server in (("PostgreSQL", self.postgres), ("Valkey", self.valkey)):
            if server is not None and server.ended():
                return name
        return None

    def stop(self) -> None:
        for server in (self.valkey, self.postgres):
            if server is not None:
                server.stop()


@contextmanager
def servers_for_command() -> Iterator[None]:
    """The private servers for the length of one command: those of a running portal, else our own."""
    layout = Layout.from_environment()
    lock = Lock(layout)
    servers = Servers(layout)
    mine = lock.take()
    try:
        if mine:
            servers.start()
        else:
            _wait_for_other(servers)
        yield
    finally:
        if mine:
            servers.stop()
        lock.release()


def _wait_for_other(servers: Servers) -> None:
    deadline = time.monotonic() + WAIT_FOR_OTHER
    while not servers.ready():
        if not wait_until(deadline, pause=0.1):
            raise ServerError(
                f"Een ander proces beheert de servers in {servers.layout.map}, maar ze antwoorden niet. "
                "Stop dat proces en probeer het opnieuw."
            )


@contextmanager
def throwaway_servers() -> Iterator[tuple[Layout, dict[str, str]]]:
    """Servers that keep nothing (fsync off), for tests; with the environment that leads to them."""
    remove_leftovers()
    layout = Layout(Path(tempfile.mkdtemp(prefix=f"{THROWAWAY_PREFIX}{os.getpid()}-")))
    servers = Servers(layout, throwaway=True)
    try:
        servers.start()
        yield layout, throwaway_environment(layout)
    finally:
        servers.stop()
        shutil.rmtree(layout.map, ignore_errors=True)


def throwaway_environment(layout: Layout) -> dict[str, str]:
    """Tests run as owner under forced row level security; a superuser would see through every wall."""
    return {
        "DATABASE_URL": layout.database_url("wmo_owner"),
        "DATABASE_OWNER_URL": layout.database_url("wmo_owner"),
        "DATABASE_APP_URL": layout.database_url("wmo_app"),
        "REDIS_URL": layout.redis_url,
        "WMO_MAP": str(layout.map),
        **new_secrets(),
    }


def remove_leftovers() -> None:
    """Folders of test runs that were killed before they could tidy up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{THROWAWAY_PREFIX}*"):
        pid = folder.name.removeprefix(THROWAWAY_PREFIX).partition("-")[0]
        if pid.isdecimal() and not _alive(int(pid)) and _is_ours(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Not when it is gone: a run beside this one tidied up between the listing and the look."""
    try:
        return folder.stat().st_uid == os.getuid()
    except FileNotFoundError:
        return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
