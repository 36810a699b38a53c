"""Folders, processes and a portal of a few lines, for the tests of the private servers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wmo_portal.embedded.omgeving import BASE_DIR, Layout

Until = Callable[[Callable[[], bool]], None]


def living_in(folder: Path) -> list[int]:
    """Every process whose working folder lies under `folder`: the servers, web, worker, beat."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            place = (process / "cwd").readlink()
        except OSError:
            continue
        if place.is_relative_to(folder):
            found.append(int(process.name))
    return found


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that must come true; how long it takes is not judged, only that it comes."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path / "var")
    made.make()
    return made


class Portal:
    """The little portal of nepportaal.py, as bin/start would run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.poort = free_port()
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.said = self.folder / f"gezegd-{time.monotonic_ns()}"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.embedded.nepportaal", str(self.folder), str(self.poort)],
                cwd=BASE_DIR,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )

    def start_and_wait(self) -> None:
        self.start()
        wait_for(lambda: "Stoppen: Ctrl-C" in self.text() or self.ended())
        assert not self.ended(), self.text()

    def ended(self) -> bool:
        assert self.process is not None
        return self.process.poll() is not None

    def text(self) -> str:
        return self.said.read_text()

    def finish(self) -> int:
        assert self.process is not None
        return self.process.wait(timeout=90)

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        os.kill(self.process.pid, number)

    def commands(self) -> list[str]:
        return (self.folder / "opdrachten").read_text().splitlines()


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    made = Portal(tmp_path)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.wait()
    wait_for(lambda: not living_in(tmp_path))
