"""A real streaming replica of the server that the tests run on, made by pg_basebackup."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg

from wmo_portal.embedded.binaries import postgres_tool
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.postgres import SUPERUSER, Postgres, _clean
from wmo_portal.embedded.process import Identity, run
from wmo_portal.embedded.servers import THROWAWAY_PREFIX


class Standby(Postgres):
    """Started and stopped like the server it follows; its roles come from there."""

    def __init__(self, layout: Layout, van: str) -> None:
        super().__init__(layout, throwaway=True)
        self.van = van

    def _make_data(self, identity: Identity) -> None:
        if self.layout.postgres.exists():
            return
        self.layout.make()
        self.layout.map.chmod(0o711 if identity.startswith("nobody") else 0o700)
        opdracht = [str(postgres_tool("pg_basebackup")), "-h", self.van, "-U", SUPERUSER]
        opdracht += ["-D", str(self.layout.postgres), "-X", "stream", "-R", "-c", "fast", "--no-sync"]
        klaar = run(opdracht, identity=identity, environment=_clean())
        assert klaar.returncode == 0, klaar.stdout

    def _apply_roles(self) -> None:
        return

    def beheer(self, sql: str) -> None:
        with psycopg.connect(host=str(self.layout.sockets), user=SUPERUSER, dbname="postgres") as verbinding:
            verbinding.execute(sql)


@contextmanager
def standby() -> Iterator[Standby]:
    van = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    layout = Layout(Path(tempfile.mkdtemp(prefix=f"{THROWAWAY_PREFIX}{os.getpid()}-")))
    server = Standby(layout, van)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(layout.map, ignore_errors=True)
