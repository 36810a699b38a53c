"""Where the private servers keep their things, and the environment variables that lead to them.

Nothing is started here: settings ask this module when DATABASE_URL is not set.
"""

import base64
import fcntl
import hashlib
import json
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wmo_portal.embedded.launch import NOBODY

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATABASE = "wmo_portal"
# A Unix socket's path holds 107 bytes on Linux and 103 on macOS, of which the file name takes 16.
LONGEST_SOCKET_FOLDER = 86
# libpq splits a host at commas and a URL at & and ?, so only plain paths go in.
PLAIN = re.compile(r"[A-Za-z0-9/_.+-]+")


class UnsafeFolder(RuntimeError):
    """The folder for the sockets belongs to somebody else, who could then answer as our database."""


@dataclass(frozen=True)
class Layout:
    """The folders and files of one set of private servers, all under WMO_MAP."""

    map: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Layout":
        return cls(Path(environment.get("WMO_MAP") or BASE_DIR / "var").absolute())

    @property
    def postgres(self) -> Path:
        return self.map / "postgres"

    @property
    def valkey(self) -> Path:
        return self.map / "valkey"

    @property
    def logs(self) -> Path:
        return self.map / "log"

    @property
    def sockets(self) -> Path:
        """Usually `<map>/run`; a short folder of our own where that path is too long or not plain."""
        usual = self.map / "run"
        if len(os.fsencode(usual)) <= LONGEST_SOCKET_FOLDER and PLAIN.fullmatch(str(usual)):
            return usual
        mark = hashlib.sha256(os.fsencode(self.map)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"wmo-{os.getuid()}-{mark}"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def make(self) -> None:
        """Make the folders, for the owner alone. Raises UnsafeFolder."""
        for folder in (self.map, self.logs, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self.sockets.lstat()
        owners = {0, NOBODY} if os.getuid() == 0 else {os.getuid()}
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
            raise UnsafeFolder(
                f"{self.sockets} is van een andere gebruiker. Haal die map weg en start opnieuw."
            )
        self.sockets.chmod(0o700)

    def database_url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        return f"unix://{self.valkey_socket}?db=0"


def new_secrets() -> dict[str, str]:
    """Fresh keys: 32 random bytes each, base64."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {
        "GEHEIME_SLEUTEL": secrets.token_urlsafe(64),
        "BSN_SLEUTELS": f"1:{key()}",
        "BSN_INDEXSLEUTEL": key(),
        "CONTEXT_SLEUTEL": key(),
    }


def kept_secrets(layout: Layout) -> dict[str, str]:
    """The keys of this private database, made the first time and never again: data is encrypted with them."""
    layout.map.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = layout.map / "geheimen.json"
    folder = os.open(layout.map, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not path.exists():
            _write_whole(path, json.dumps(new_secrets(), indent=1))
    finally:
        os.close(folder)
    return {str(name): str(value) for name, value in json.loads(path.read_text("utf-8")).items()}


def _write_whole(path: Path, text: str) -> None:
    """Either the whole file, readable by its owner alone, or none."""
    unfinished = path.with_suffix(".nieuw")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(
        os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def omgeving(layout: Layout | None = None) -> dict[str, str]:
    """Every variable that settings need for the private database; the demo is on unless WMO_DEMO says no."""
    layout = layout or Layout.from_environment()
    return {
        "DATABASE_URL": layout.database_url("wmo_app"),
        "DATABASE_OWNER_URL": layout.database_url("wmo_owner"),
        "REDIS_URL": layout.redis_url,
        "WMO_EMBEDDED": "1",
        "WMO_DEMO": "1",
        "WMO_MAP": str(layout.map),
        **kept_secrets(layout),
    }
