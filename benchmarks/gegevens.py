"""python -m benchmarks.gegevens --aantal 100000: the data set of all benchmarks, in a private PostgreSQL.

A finished data set is a stopped data folder of PostgreSQL that is kept (`--map`, else in the folder for temporary
files). Every use gets a copy with a server of its own, thrown away afterwards: a benchmark may write what it likes,
and two of them never meet. A copy is migrated first, so that a new migration needs no new data set.

    with gegevens(Recept(100_000)) as bron:      # Django is ready, the scope is the system's
        ...
    python -m benchmarks.gegevens --aantal 10000 -- python manage.py shell

The server keeps its data as in production (fsync on). Keys are fixed and of no use anywhere else.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from wmo_portal.embedded.binaries import postgres_tool
from wmo_portal.embedded.omgeving import BASE_DIR, Layout
from wmo_portal.embedded.postgres import SUPERUSER, Postgres, _clean
from wmo_portal.embedded.process import run
from wmo_portal.embedded.servers import Servers

STANDAARD_MAP = Path(tempfile.gettempdir()) / f"wmo-benchmark-{os.getuid()}"
SLEUTELS = {
    "GEHEIME_SLEUTEL": "alleen-voor-metingen-alleen-voor-metingen-alleen-voor-metingen",
    "BSN_SLEUTELS": "1:bWVldHNsZXV0ZWwtYnNuLW1lZXRzbGV1dGVsLWJzbiE=",
    "BSN_INDEXSLEUTEL": "bWVldHNsZXV0ZWwtaW5kZXgtbWVldHNsZXV0ZWwtaW4=",
    "CONTEXT_SLEUTEL": "bWVldHNsZXV0ZWwtY29udGV4dC1tZWV0c2xldXRlbCE=",
    "WMO_EMBEDDED": "1",
    "WMO_DEMO": "0",
    "WMO_MAIL": "django.core.mail.backends.locmem.EmailBackend",
    "WMO_STATIC_OPSLAG": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "DJANGO_SETTINGS_MODULE": "wmo_portal.settings",
}
# Of a small server for one region; said beside every figure.
INSTELLINGEN = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "8GB",
    "min_wal_size": "80MB",
    "random_page_cost": "1.1",
    "jit": "off",
}
BRONNEN = ("bouwen.py", "vullen.py")


@dataclass(frozen=True, slots=True)
class Recept:
    """Which data set: so many allocations over the years, or (`alles_open`) all ended with a stop to be judged."""

    aantal: int
    alles_open: bool = False

    @property
    def beschikkingen(self) -> int:
        return self.aantal * 4 // 5

    @property
    def clienten(self) -> int:
        return self.aantal * 7 // 10

    @property
    def gemeenten(self) -> int:
        return min(max(self.aantal // 3_000, 5), 342)

    @property
    def aanbieders(self) -> int:
        return min(max(self.aantal // 2_500, 6), 400)

    @property
    def naam(self) -> str:
        """Changes with what makes the data, so that an old data set is never taken for a new one."""
        bron = b"".join((Path(__file__).parent / naam).read_bytes() for naam in BRONNEN)
        bron += b"".join(pad.read_bytes() for pad in sorted(BASE_DIR.glob("*/migrations/0001_initial.py")))
        return f"{self.aantal}{'-open' * self.alles_open}-{hashlib.sha256(bron).hexdigest()[:10]}"


@dataclass(frozen=True, slots=True)
class Bron:
    """A running copy: `layout` leads to its sockets, `omgeving` is for children."""

    recept: Recept
    layout: Layout
    omgeving: dict[str, str]

    def als_beheerder(self) -> psycopg.Connection[tuple[object, ...]]:
        """A superuser's connection: for EXPLAIN without walls, sizes and settings; never for what is measured."""
        return verbinding(self.layout)


def verbinding(layout: Layout) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(layout.sockets), user=SUPERUSER, dbname="wmo_portal", autocommit=True)


def omgeving_van(layout: Layout) -> dict[str, str]:
    return {
        "DATABASE_URL": layout.database_url("wmo_app"),
        "DATABASE_OWNER_URL": layout.database_url("wmo_owner"),
        "DATABASE_APP_URL": layout.database_url("wmo_app"),
        "REDIS_URL": layout.redis_url,
        "WMO_MAP": str(layout.map),
        **SLEUTELS,
    }


def maak(recept: Recept, map_: Path = STANDAARD_MAP) -> Path:
    """The folder of the finished data set; built when it is not there. One builder at a time."""
    klaar = map_ / recept.naam
    if klaar.exists():
        return klaar
    map_.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (map_ / "bouwen.lock").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not klaar.exists():
            _bouw(recept, klaar)
    return klaar


def _bouw(recept: Recept, klaar: Path) -> None:
    """Beside the real folder and then a rename: half a data set never passes for a whole one."""
    half = klaar.with_name(klaar.name + ".nieuw")
    shutil.rmtree(half, ignore_errors=True)
    layout = Layout(half)
    layout.make()
    server = Postgres(layout, throwaway=True)
    _stel_in(server)
    try:
        opdracht = [
            sys.executable,
            "-m",
            "benchmarks.bouwen",
            str(recept.aantal),
            str(int(recept.alles_open)),
        ]
        omgeving = {**os.environ, **omgeving_van(layout), "WMO_DB_ROL": "eigenaar"}
        subprocess.run(opdracht, env=omgeving, cwd=BASE_DIR, check=True)
    finally:
        identity = server._identity()
        server.stop()
    # The log of the loading is larger than the data; a folder that was stopped tidily needs none of it.
    done = run(
        [str(postgres_tool("pg_resetwal")), "-D", str(layout.postgres)],
        identity=identity,
        environment=_clean(),
    )
    if done.returncode:
        raise SystemExit(done.stdout)
    half.rename(klaar)


def _stel_in(server: Postgres) -> None:
    """Some settings ask for a restart, so it is started twice."""
    server.start()
    with verbinding(server.layout) as beheerder:
        for naam, waarde in INSTELLINGEN.items():
            beheerder.execute(f"alter system set {naam} = '{waarde}'")
    server.stop()
    server.start()


@contextmanager
def kopie(recept: Recept, map_: Path = STANDAARD_MAP, *, valkey: bool = False) -> Iterator[Bron]:
    """A private copy with its own server; nothing of it is left afterwards."""
    klaar = maak(recept, map_)
    layout = Layout(Path(tempfile.mkdtemp(prefix=f"wmo-meet-{os.getpid()}-")))
    servers = Servers(layout, valkey=valkey)
    try:
        subprocess.run(
            ["cp", "-a", "--reflink=auto", str(klaar / "postgres"), str(layout.postgres)], check=True
        )
        servers.start()
        _werk_bij(layout)
        yield Bron(recept, layout, omgeving_van(layout))
    finally:
        servers.stop()
        shutil.rmtree(layout.map, ignore_errors=True)


def _werk_bij(layout: Layout) -> None:
    """Migrations and rights of today on the data of yesterday."""
    omgeving = {**os.environ, **omgeving_van(layout), "WMO_DB_ROL": "eigenaar"}
    opdracht = [sys.executable, "manage.py", "inrichten", "--verbosity", "0"]
    subprocess.run(opdracht, env=omgeving, cwd=BASE_DIR, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def gegevens(recept: Recept, map_: Path = STANDAARD_MAP, *, valkey: bool = False) -> Iterator[Bron]:
    """A copy with Django set up in this process, as the role of the running portal and in the system's scope.

    May be entered again for another size once the former is closed: the connection is led to the new server.
    """
    with kopie(recept, map_, valkey=valkey) as bron:
        os.environ.update(bron.omgeving)
        import django
        from django.conf import settings

        if not settings.configured:
            django.setup()
        from django.db import connection

        from wmo_portal.lib import rls

        connection.close()
        connection.settings_dict["HOST"] = str(bron.layout.sockets)
        rls.zet(rls.SYSTEEM)
        try:
            yield bron
        finally:
            connection.close()


def opties(beschrijving: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark shares."""
    parser = argparse.ArgumentParser(
        description=beschrijving, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--aantal", type=int, default=10_000, help="toewijzingen in de gegevensset")
    parser.add_argument("--map", type=Path, default=STANDAARD_MAP, help="waar gegevenssets bewaard worden")
    return parser


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--open", action="store_true", help="alles beëindigd, geen stop nog bekeken")
    parser.add_argument("opdracht", nargs="*", help="uit te voeren met een kopie van de gegevens")
    keuzes = parser.parse_args()
    recept, begin = Recept(keuzes.aantal, keuzes.open), time.monotonic()
    if not keuzes.opdracht:
        print(f"{maak(recept, keuzes.map)} ({time.monotonic() - begin:.0f} s)")
        return 0
    with kopie(recept, keuzes.map, valkey=True) as bron:
        return subprocess.call(keuzes.opdracht, env={**os.environ, **bron.omgeving})


if __name__ == "__main__":
    sys.exit(main())
