"""The programs a running portal consists of, each with its own name before its lines."""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wmo_portal.embedded.omgeving import BASE_DIR
from wmo_portal.embedded.process import spawn, stop

_one_line_at_a_time = threading.Lock()


def say(text: str = "") -> None:
    """One line to the person at the terminal; a terminal that went away is no reason to stop halfway."""
    with _one_line_at_a_time, contextlib.suppress(BrokenPipeError):
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


@dataclass
class Child:
    """One program; `patience` is how long it may take to stop before it is killed."""

    name: str
    process: subprocess.Popen[bytes]
    patience: float
    quiet: bool = False
    heard: list[str] = field(default_factory=list)
    reader: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.reader = threading.Thread(target=self._read, name=f"uitvoer-{self.name}", daemon=True)
        self.reader.start()

    def _read(self) -> None:
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            text = line.decode(errors="replace").rstrip()
            self.heard.append(text)
            del self.heard[:-200]
            if not self.quiet:
                say(f"{self.name:<9}| {text}")

    def output(self) -> str:
        """What it said (its last 200 lines); only meaningful once it has ended."""
        self.reader.join(timeout=2)
        return "\n".join(self.heard)

    def stop(self) -> int:
        code = stop(self.process, first=signal.SIGTERM, seconds=self.patience)
        self.reader.join(timeout=2)
        return code


def start_child(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    project: Path = BASE_DIR,
    patience: float = 20,
    quiet: bool = False,
) -> Child:
    """Run one of our own Python programs from the project folder."""
    process = spawn([sys.executable, *command], output=subprocess.PIPE, environment=environment, cwd=project)
    return Child(name, process, patience, quiet)


def programs(poort: int, workers: int, beat_file: str) -> dict[str, tuple[list[str], float]]:
    """Name -> command and patience, in the order of starting; stopping goes the other way round."""
    celery = ["-m", "celery", "--quiet", "--app", "wmo_portal"]
    web = ["-m", "gunicorn", "wmo_portal.wsgi:application", "--bind", f"127.0.0.1:{poort}"]
    web += ["--workers", str(workers), "--timeout", "120", "--graceful-timeout", "15", "--no-control-socket"]
    web += ["--log-level", "warning"]
    # Root is how a trial machine often runs; Celery's page-long warning about that helps nobody here.
    worker = ["-W", "ignore::UserWarning:celery.platforms", *celery, "worker", "--concurrency", "2"]
    worker += ["--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "WARNING", "--schedule", beat_file, "--pidfile="]
    return {"web": (web, 20.0), "worker": (worker, 45.0), "beat": (beat, 10.0)}
