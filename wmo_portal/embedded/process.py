"""Start a child that cannot outlive us, and stop it with everything it started."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Literal

Identity = Literal["self", "namespace", "nobody", "nobody_anywhere"]
LAUNCH = Path(__file__).with_name("launch.py")
LOG_LIMIT = 5 * 1024 * 1024


class ServerError(RuntimeError):
    """A private server would not start or stop; the sentence says what it said itself."""


def launched(command: Sequence[str], *, identity: Identity, death_signal: int) -> list[str]:
    parent = str(os.getpid())
    return [sys.executable, "-I", "-S", str(LAUNCH), parent, str(int(death_signal)), identity, *command]


def spawn(
    command: Sequence[str],
    *,
    output: int | IO[bytes],
    identity: Identity = "self",
    death_signal: int = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """A child in its own session: the terminal's Ctrl-C reaches only us.

    Call it from a thread that lives as long as the child should: the kernel watches that thread.
    """
    return subprocess.Popen(  # noqa: S603  our own fixed commands, no shell
        launched(command, identity=identity, death_signal=death_signal),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(environment) if environment is not None else None,
        cwd=cwd,
        start_new_session=True,
    )


def run(
    command: Sequence[str], *, identity: Identity = "self", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run to the end and keep what it said."""
    return subprocess.run(  # noqa: S603  our own fixed commands, no shell
        launched(command, identity=identity, death_signal=signal.SIGTERM),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=dict(environment) if environment is not None else None,
        check=False,
    )


def stop(child: subprocess.Popen[bytes], *, first: int = signal.SIGTERM, seconds: float = 20) -> int:
    """Ask with `first`, wait, then kill the whole session. Answers the exit code."""
    if child.poll() is None:
        child.send_signal(first)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            kill_session(child.pid)
    code = child.wait()
    kill_session(child.pid)
    return code


def kill_session(pid: int) -> None:
    """What is left in the session of a child, for example workers of a killed web server."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def open_log(path: Path) -> IO[bytes]:
    """Append to a log that does not grow for ever."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = "wb" if path.exists() and path.stat().st_size > LOG_LIMIT else "ab"
    return path.open(mode)


def tail(path: Path, *, since: int = 0, lines: int = 15) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as log:
        log.seek(since)
        return "\n".join(log.read().decode(errors="replace").splitlines()[-lines:])


def wait_until(deadline: float, *, pause: float = 0.02) -> bool:
    """One short sleep; False once the deadline (time.monotonic) has passed."""
    if time.monotonic() >= deadline:
        return False
    time.sleep(pause)
    return True
