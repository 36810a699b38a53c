"""`python -m tests.controles`: every check beside the tests, side by side, one line each, and what the failed
ones said. Used by bin/test; the exit code is 0 only when all are in order.

One set of throw-away servers serves the checks that load Django; they see the environment of production.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from wmo_portal.embedded.servers import throwaway_servers

BASE = Path(__file__).resolve().parent.parent
PRODUCTION = {"WMO_ADRES": "https://wmo.example.nl", "WMO_HOSTS": "wmo.example.nl", "WMO_ACHTER_PROXY": "1"}
MANAGE = ("manage.py",)


@dataclass(frozen=True)
class Check:
    name: str
    words: tuple[str, ...]


CHECKS = (
    Check("mypy --strict", ("-m", "mypy", ".")),
    Check("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as main; main()")),
    Check("ruff check", ("-m", "ruff", "check", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", ".")),
    Check("makemigrations --check", (*MANAGE, "makemigrations", "--check", "--dry-run")),
    Check("check --deploy", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING")),
    Check("sjablonen", ("-m", "tests.sjablonen")),
)


@dataclass(frozen=True)
class Outcome:
    check: Check
    code: int
    said: str
    seconds: float


def run(check: Check, environment: Mapping[str, str]) -> Outcome:
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, *check.words],
        cwd=BASE,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Outcome(check, done.returncode, done.stdout, time.monotonic() - begin)


def report(outcomes: list[Outcome]) -> str:
    """First what failed said, then one line per check: the short summary stands last."""
    parts = [f"--- {o.check.name} ---\n{o.said.rstrip()}\n" for o in outcomes if o.code]
    lines = [f"  {'mis ' if o.code else 'goed'}  {o.check.name} ({o.seconds:.1f} s)" for o in outcomes]
    failed = [o.check.name for o in outcomes if o.code]
    close = f"Controles mislukt: {', '.join(failed)}" if failed else "Alle controles zijn in orde."
    return "\n".join([*parts, "Controles:", *lines, close, ""])


def main() -> int:
    with throwaway_servers() as (_layout, servers), ThreadPoolExecutor(os.cpu_count()) as pool:
        environment = {**os.environ, **servers, **PRODUCTION}
        for name in ("WMO_EMBEDDED", "WMO_DEMO", "WMO_DB_ROL", "WMO_DEBUG"):
            environment.pop(name, None)
        outcomes = list(pool.map(lambda check: run(check, environment), CHECKS))
    sys.stdout.write(report(outcomes))
    return 1 if any(outcome.code for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
