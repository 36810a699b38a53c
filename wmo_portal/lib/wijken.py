"""A worker yields to who waits for a page: with its own processes, its session, and what PostgreSQL does for it here.

A report may take a second longer; a page may not. Linux divides the processor over sessions first: a nice process yields
to nobody outside its own, and PostgreSQL gives every connection a session of its own. So each of these is told apart.
In containers none of it counts between them: those are divided over by weight (`cpu_shares` in docker-compose.yml).
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Any, Final

WIJKT: Final = 10
"""How much (nice). It is still served: what it holds, somebody else may be waiting for."""
PROC: Final = Path("/proc")
POGINGEN: Final = 5
HIER: Final = ("", "localhost", "127.0.0.1", "::1")


def wijk_als_proces() -> None:
    os.nice(WIJKT)


def wijk_als_sessie(proc: Path = PROC) -> None:
    """The session as a whole, when it is the worker's own; a terminal with more in it is left alone."""
    if os.getsid(0) == os.getpid():
        _laat_wijken(proc / "self")


def wijk_in_de_database(*, connection: Any, proc: Path = PROC, **_: object) -> None:
    """Receiver of `connection_created`: the process that PostgreSQL keeps for this connection, when it runs here.

    Elsewhere, in another container or behind a pool there is no such process, or it is not ours to slow down: then
    nothing happens.
    """
    verbinding = connection.connection.info
    if verbinding.host in HIER or verbinding.host.startswith("/"):
        proces = proc / str(verbinding.backend_pid)
        with contextlib.suppress(OSError):
            if (proces / "cmdline").read_bytes().startswith(b"postgres:"):
                _laat_wijken(proces)


def _laat_wijken(proces: Path) -> None:
    """Linux takes one such change in a tenth of a second from all of a machine's ordinary users together."""
    with contextlib.suppress(OSError):  # not every Linux groups by session
        for _ in range(POGINGEN):
            with contextlib.suppress(BlockingIOError):
                (proces / "autogroup").write_text(str(WIJKT))
                return
            time.sleep(0.11)
