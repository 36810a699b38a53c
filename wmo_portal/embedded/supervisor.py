"""`bin/start`: servers, migrations, demo, web, worker and beat; and all of it away again in order.

Order up: PostgreSQL, Valkey, inrichten (with collectstatic beside it), demo, web, worker, beat. The web comes first
and alone: whoever waits, waits for a page; work asked for meanwhile stands in the queue until there is a worker.
Order down: beat, worker, web, Valkey, PostgreSQL.
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from types import FrameType

from wmo_portal.embedded.children import Child, programs, say, start_child
from wmo_portal.embedded.omgeving import BASE_DIR, Layout, omgeving
from wmo_portal.embedded.process import ServerError, kill_session
from wmo_portal.embedded.servers import Lock, Servers
from wmo_portal.embedded.statisch import Stamp

ANSWER_SECONDS = 90.0
PORT_SECONDS = 20.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Ctrl-C or a signal: not an error."""


class StepFailed(RuntimeError):
    """One of the preparations, or one of the programs, ended badly."""


class Supervisor:
    """One running portal. `run` answers the exit code."""

    def __init__(self, poort: int, environment: dict[str, str], project: Path = BASE_DIR) -> None:
        self.project = project
        self.poort = poort
        self.layout = Layout.from_environment(environment)
        self.private_postgres = "DATABASE_URL" not in environment
        self.private_valkey = "REDIS_URL" not in environment
        self.environment = self._environment(environment)
        self.servers = Servers(self.layout, postgres=self.private_postgres, valkey=self.private_valkey)
        self.steps: list[Child] = []
        self.children: list[Child] = []
        self.stop_asked = threading.Event()
        self.stopping = False
        self.begin = time.monotonic()

    def _environment(self, given: dict[str, str]) -> dict[str, str]:
        """What was given wins. With the operator's own database come his own secrets: none are made."""
        private = {"WMO_MAP": str(self.layout.map)}
        if self.private_postgres:
            private = omgeving(self.layout)
            given = {name: value for name, value in given.items() if name != "DATABASE_OWNER_URL"}
        if self.private_valkey:
            private["REDIS_URL"] = self.layout.redis_url
        ours = {
            "WMO_POORT": str(self.poort),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "wmo_portal.settings",
        }
        return {**private, **given, **ours}

    @property
    def demo(self) -> bool:
        return self.private_postgres and self.environment.get("WMO_DEMO") == "1"

    @property
    def address(self) -> str:
        return self.environment.get("WMO_ADRES", f"http://localhost:{self.poort}").rstrip("/") + "/"

    # --- the whole ------------------------------------------------------------------------------------------
    def run(self) -> int:
        self._listen()
        lock = Lock(self.layout)
        try:
            if not lock.take_within(3):
                say(f"Het portaal draait al (map {self.layout.map}). Stop dat eerst: Ctrl-C in zijn venster.")
                return 1
            return self._run_locked()
        finally:
            lock.release()

    def _run_locked(self) -> int:
        try:
            self._start()
            return self._watch()
        except StopAsked:
            return 0
        except (StepFailed, ServerError) as problem:
            say(f"\n{problem}")
            return 1
        finally:
            self._stop()

    def _listen(self) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """The second time somebody is in a hurry: the programs go at once, the database still in order."""
        if self.stopping:
            for child in (*self.steps, *self.children):
                kill_session(child.process.pid)
        self.stop_asked.set()

    # --- up -------------------------------------------------------------------------------------------------
    def _start(self) -> None:
        self._wait_for_port()
        self.servers.start()
        self._prepare()
        others = self._programs()
        self._begin("web", others.pop("web"))
        self._wait_for_answer()
        for name, how in others.items():
            self._begin(name, how)
        self._announce()

    def _begin(self, name: str, how: tuple[list[str], float]) -> None:
        command, patience = how
        child = start_child(name, command, self.environment, project=self.project, patience=patience)
        self.children.append(child)

    def _programs(self) -> dict[str, tuple[list[str], float]]:
        workers = max(2, min(4, os.cpu_count() or 2))
        return programs(self.poort, workers, str(self.layout.map / "beat-schema"))

    def _prepare(self) -> None:
        """Migrations as owner, static files beside it, and the demo once."""
        stamp = Stamp(self.layout, self.environment.get("WMO_EMBEDDED", ""))
        collect = None if stamp.fits() else self._manage("collectstatic", "--noinput", "--clear", "-v", "0")
        say("Database klaarmaken.")
        self._finish(self._manage("inrichten", quiet=True, WMO_DB_ROL="eigenaar"))
        self._load_demo()
        if collect is not None:
            self._finish(collect)
            stamp.set()

    def _load_demo(self) -> None:
        """Once per database: the mark lies in the data folder, so it goes when that goes.

        It holds who can log in: those of the demo that was loaded, and no program to ask it of at each start.
        """
        if not self.demo:
            return
        if not self.demo_mark.exists():
            say("Verzonnen gegevens laden (alleen de eerste keer).")
            self._finish(self._manage("demo"))
            self.demo_mark.touch()
        if not people_in(self.demo_mark.read_text()):
            self.demo_mark.write_text(self._finish(self._manage("demo", "--inlog", "--json", quiet=True)))

    @property
    def demo_mark(self) -> Path:
        return self.layout.postgres / "wmo-demo-geladen"

    def _manage(self, *words: str, quiet: bool = False, **extra: str) -> Child:
        """Begin a command; `_finish` waits for it, `_stop` ends it whatever happens."""
        environment = {**self.environment, **extra}
        child = start_child(words[0], ["manage.py", *words], environment, project=self.project, quiet=quiet)
        self.steps.append(child)
        return child

    def _finish(self, step: Child) -> str:
        while step.process.poll() is None:
            self._pause()
        if step.process.returncode != 0:
            said = f"Het zei:\n{step.output()}" if step.quiet else "Wat het zei staat hierboven."
            code = step.process.returncode
            raise StepFailed(
                f"Starten is niet gelukt: `manage.py {step.name}` stopte met code {code}. {said}"
            )
        return step.output()

    def _pause(self) -> None:
        """A moment to listen for Ctrl-C and for programs that fell over."""
        if self.stop_asked.wait(0.05):
            raise StopAsked
        for child in self.children:
            if child.process.poll() is not None:
                raise StepFailed(f"{child.name} stopte uit zichzelf (code {child.process.returncode}).")
        if (ended := self.servers.ended()) is not None:
            raise StepFailed(f"{ended} stopte uit zichzelf; zie {self.layout.logs}.")

    def _wait_for_port(self) -> None:
        """After kill -9 of a predecessor its web server needs a moment to go."""
        deadline = time.monotonic() + (PORT_SECONDS if self._died_untidy() else 0)
        while not port_is_free(self.poort):
            if time.monotonic() >= deadline:
                raise StepFailed(
                    f"Poort {self.poort} is bezet door een ander programma. "
                    f"Kies een andere, bijvoorbeeld: bin/start --poort {self.poort + 1}"
                )
            self._pause()
        self._running_mark.write_text(str(os.getpid()))

    @property
    def _running_mark(self) -> Path:
        return self.layout.map / "start.pid"

    def _died_untidy(self) -> bool:
        return self._running_mark.exists()

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        host = self.environment.get("WMO_HOSTS", "localhost").split(",")[0]
        while not answers(self.poort, host):
            if time.monotonic() > deadline:
                raise StepFailed(f"De webserver antwoordt na {ANSWER_SECONDS:.0f} s nog niet op /healthz.")
            self._pause()

    def _announce(self) -> None:
        say(f"\nHet Wmo-portaal draait op {self.address} (na {time.monotonic() - self.begin:.1f} s)\n")
        if self.demo:
            say("Inloggen met deze verzonnen mensen:\n")
            for line in table(people_in(self.demo_mark.read_text())):
                say("  " + line)
            say()
        say("Stoppen: Ctrl-C")

    # --- running and down -----------------------------------------------------------------------------------
    def _watch(self) -> int:
        while True:
            self._pause()

    def _stop(self) -> None:
        self.stopping = True
        say("\nStoppen ...")
        unfinished = [step for step in self.steps if step.process.poll() is None]
        for child in (*unfinished, *reversed(self.children)):
            child.stop()
        self.servers.stop()
        self._running_mark.unlink(missing_ok=True)
        say("Alles is gestopt; de gegevens blijven bewaard.")


def people_in(output: str) -> list[dict[str, object]]:
    """The JSON list among what a command said; warnings on other lines are no part of it.

    Without such a list, none: a portal that runs does not stop because its log-ins cannot be shown.
    """
    for line in output.splitlines():
        if line.startswith("["):
            with contextlib.suppress(json.JSONDecodeError):
                people: list[dict[str, object]] = json.loads(line)
                return people
    return []


def port_is_free(poort: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", poort))
        except OSError:
            return False
    return True


def answers(poort: int, host: str = "localhost") -> bool:
    """Does the portal itself answer? A redirect to https is an answer too: then TLS is done before us."""
    line = http.client.HTTPConnection("127.0.0.1", poort, timeout=10)
    try:
        line.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
        return line.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def table(rows: Iterable[dict[str, object]]) -> list[str]:
    """Columns of equal width, one line per log-in, in the order in which the command gives them."""
    texts = [[str(value) for value in row.values()] for row in rows]
    widths = [max(map(len, column)) for column in zip_longest(*texts, fillvalue="")]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in texts]
