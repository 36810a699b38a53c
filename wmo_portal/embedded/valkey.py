"""The life of a private Valkey: the broker, on a Unix socket only. Start 0.1 s, 6 MB of memory."""

import signal
import socket
import subprocess
import time
from contextlib import suppress

from wmo_portal.embedded.binaries import valkey_server
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.process import ServerError, open_log, spawn, stop, tail, wait_until

START_SECONDS = 60.0


class Valkey:
    """One server on one folder. What is in it may be lost: the truth is in the database."""

    def __init__(self, layout: Layout, *, throwaway: bool = False) -> None:
        self.layout = layout
        self.throwaway = throwaway
        self.child: subprocess.Popen[bytes] | None = None
        self.log = layout.logs / "valkey.log"

    def ready(self) -> bool:
        """True when it answers PONG; while it reads its file back it answers LOADING."""
        try:
            return self._say(b"PING\r\n").startswith(b"+PONG")
        except OSError:
            return False

    def _say(self, command: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(5)
            line.connect(str(self.layout.valkey_socket))
            line.sendall(command)
            return line.recv(64)

    def ended(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def start(self) -> None:
        """Answering when this returns. Raises ServerError, ServersMissing."""
        self._stop_found()
        self.layout.valkey.mkdir(mode=0o700, exist_ok=True)
        with open_log(self.log) as log:
            begin = log.tell()
            self.child = spawn(self._command(), output=log)
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.ended() or not wait_until(deadline):
                self.stop()
                raise ServerError(
                    f"Valkey is niet gestart. Het zei (in {self.log}):\n{tail(self.log, since=begin)}"
                )

    def _command(self) -> list[str]:
        append = "no" if self.throwaway else "yes"
        options = {
            "port": "0",
            "unixsocket": str(self.layout.valkey_socket),
            "unixsocketperm": "700",
            "dir": str(self.layout.valkey),
            "save": "",
            "appendonly": append,
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [
            str(valkey_server()),
            *(part for name, value in options.items() for part in (f"--{name}", value)),
        ]

    def stop(self) -> None:
        if self.child is not None:
            stop(self.child, first=signal.SIGTERM, seconds=20)
            self.child = None

    def _stop_found(self) -> None:
        """A server without an owner: its supervisor was killed. It answers nothing to SHUTDOWN, it goes."""
        deadline = time.monotonic() + 20
        while self.ready() and wait_until(deadline):
            with suppress(OSError):
                self._say(b"SHUTDOWN\r\n")
