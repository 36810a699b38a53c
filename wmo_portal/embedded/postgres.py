"""The life of a private PostgreSQL: make, start, find again after kill -9, stop.

Costs on two cores: first start 0.7 s (initdb included), warm start 0.1 s, stop 0.1 s, 41 MB on disk.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from wmo_portal.embedded.binaries import postgres_tool
from wmo_portal.embedded.launch import NOBODY
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.process import Identity, ServerError, open_log, run, spawn, stop, tail, wait_until

ROLES = Path(__file__).with_name("rollen.sql")
SUPERUSER = "postgres"
START_SECONDS = 120.0
# After kill -9 of the server its children linger for a moment and hold the shared memory.
STILL_THERE = ("pre-existing shared memory block", "lock file", "another server might be running")
THROWAWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=4GB",
    "max_connections=300",  # browsers keep theirs for as long as a page may come back
)


class Postgres:
    """One server on one data folder. `start` by the holder of the lock only (servers.py)."""

    def __init__(self, layout: Layout, *, throwaway: bool = False) -> None:
        self.layout = layout
        self.throwaway = throwaway
        self.child: subprocess.Popen[bytes] | None = None
        self.log = layout.logs / "postgres.log"

    # --- asking ---------------------------------------------------------------------------------------------
    def ready(self) -> bool:
        try:
            psycopg.connect(
                host=str(self.layout.sockets), user=SUPERUSER, dbname="postgres", connect_timeout=5
            ).close()
        except psycopg.OperationalError:
            return False
        return True

    def ended(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def pid(self) -> int | None:
        """The postmaster's pid as its own file tells it, whoever started it."""
        try:
            return int((self.layout.postgres / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, ValueError, IndexError):
            return None

    # --- starting -------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Answering when this returns, with roles and database. Raises ServerError, ServersMissing."""
        self._stop_found()
        identity = self._identity()
        self._make_data(identity)
        self._launch(identity)
        self._apply_roles()

    def _identity(self) -> Identity:
        """As whom: PostgreSQL refuses to be root, so root goes through a user namespace or else as nobody."""
        if os.geteuid() != 0:
            return "self"
        data = self.layout.postgres
        made_by_nobody = data.exists() and data.stat().st_uid == NOBODY
        if not made_by_nobody and self._can_run("namespace"):
            return "namespace"
        open_road = all(parent.stat().st_mode & 0o001 for parent in self.layout.map.parents)
        return "nobody" if open_road and self._can_run("nobody") else "nobody_anywhere"

    @staticmethod
    def _can_run(identity: Identity) -> bool:
        return run([str(postgres_tool("postgres")), "--version"], identity=identity).returncode == 0

    def _make_data(self, identity: Identity) -> None:
        """initdb beside the real folder and then a rename: half a folder never passes for a whole one."""
        data = self.layout.postgres
        if data.exists():
            self._check_version()
        if identity.startswith("nobody"):
            self.layout.map.chmod(0o711)  # that user has to pass through; what lies there stays closed
            os.chown(self.layout.sockets, NOBODY, NOBODY)
        if not data.exists():
            self._initdb(identity, data.with_name(data.name + ".nieuw"))

    def _check_version(self) -> None:
        made = (self.layout.postgres / "PG_VERSION").read_text().strip()
        ours = run([str(postgres_tool("postgres")), "--version"]).stdout.split()[-1].split(".")[0]
        if made != ours:
            raise ServerError(
                f"De gegevens in {self.layout.postgres} zijn van PostgreSQL {made}, het portaal brengt nu "
                f"{ours} mee. Maak met PostgreSQL {made} een dump en lees die in, of haal die map weg "
                "en begin opnieuw."
            )

    def _initdb(self, identity: Identity, fresh: Path) -> None:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if identity.startswith("nobody"):
            os.chown(fresh, NOBODY, NOBODY)
        command = [
            str(postgres_tool("initdb")),
            "-D",
            str(fresh),
            "-U",
            SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
        ]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-locale"]
        done = run(
            [*command, *(["--no-sync"] if self.throwaway else [])], identity=identity, environment=_clean()
        )
        if done.returncode != 0:
            raise ServerError(f"PostgreSQL kon zijn map niet maken. Het zei:\n{done.stdout.strip()}")
        fresh.rename(self.layout.postgres)

    def _command(self) -> list[str]:
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.layout.sockets}",
            "unix_socket_permissions=0700",
            "password_encryption=scram-sha-256",
            # A log line must not carry a person: no statements, no key values.
            "log_min_error_statement=panic",
            "log_error_verbosity=terse",
            *(THROWAWAY if self.throwaway else ()),
        ]
        settings = [part for option in options for part in ("-c", option)]
        return [str(postgres_tool("postgres")), "-D", str(self.layout.postgres), *settings]

    def _launch(self, identity: Identity) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            begin = self.log.stat().st_size if self.log.exists() else 0
            self._spawn(identity)
            if self._wait_ready(deadline):
                return
            said = tail(self.log, since=begin)
            lingering = any(words in said for words in STILL_THERE)
            if not lingering or not wait_until(deadline - START_SECONDS + 20, pause=0.2):
                raise ServerError(f"PostgreSQL is niet gestart. Het zei (in {self.log}):\n{said}")

    def _spawn(self, identity: Identity) -> None:
        self._forget_foreign_pid()
        with open_log(self.log) as log:
            # SIGINT is PostgreSQL's fast and clean stop, so even kill -9 of us leaves tidy files.
            self.child = spawn(
                self._command(),
                output=log,
                identity=identity,
                death_signal=signal.SIGINT,
                environment=_clean(),
            )

    def _wait_ready(self, deadline: float) -> bool:
        while not self.ended():
            if self.ready():
                return True
            if not wait_until(deadline):
                self.stop()
                return False
        return False

    def _forget_foreign_pid(self) -> None:
        """A pid file whose number now belongs to another program (a new container) stops us for ever."""
        pid = self.pid()
        if pid is None or not Path("/proc/self").exists():
            return
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return
        if os.fsencode(self.layout.postgres) not in command:
            (self.layout.postgres / "postmaster.pid").unlink(missing_ok=True)

    def _apply_roles(self) -> None:
        command = [
            str(postgres_tool("psql")),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.layout.sockets),
        ]
        done = run([*command, "-U", SUPERUSER, "-d", "postgres", "-f", str(ROLES)], environment=_clean())
        if done.returncode != 0:
            raise ServerError(f"De rollen zijn niet gemaakt. PostgreSQL zei:\n{done.stdout.strip()}")

    # --- stopping -------------------------------------------------------------------------------------------
    def stop(self) -> None:
        """Fast and clean."""
        if self.child is not None:
            stop(self.child, first=signal.SIGINT, seconds=30)
            self.child = None

    def _stop_found(self) -> None:
        """A server without an owner (its supervisor was killed): it is ending or nobody will ever end it."""
        pid = self.pid()
        if pid is None or not self.ready():
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while self.pid() == pid and wait_until(deadline):
            pass


def _clean() -> dict[str, str]:
    """No PG* variable of the user's own may lead our tools to another server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
