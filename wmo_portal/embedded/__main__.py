"""`python -m wmo_portal.embedded start|met|proef`: the door of bin/start and of all that needs servers."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence

from wmo_portal.embedded.binaries import ServersMissing
from wmo_portal.embedded.children import say
from wmo_portal.embedded.omgeving import UnsafeFolder, omgeving
from wmo_portal.embedded.process import ServerError
from wmo_portal.embedded.servers import servers_for_command, throwaway_servers
from wmo_portal.embedded.supervisor import Supervisor


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bin/start", description="Start het Wmo-portaal met alles erbij.")
    commands = parser.add_subparsers(dest="opdracht", required=True)
    start = commands.add_parser("start", help="het hele portaal; stoppen met Ctrl-C")
    start.add_argument(
        "--poort", type=_port, default=os.environ.get("WMO_POORT") or "8000", help="anders 8000"
    )
    start.add_argument("--zonder-demo", action="store_true", help="begin met een lege database")
    for name, help_text in (
        ("met", "voer uit met de ingebouwde servers"),
        ("proef", "voer uit met wegwerpservers"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("woorden", nargs=argparse.REMAINDER)
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is geen poort; verwacht een getal van 1 tot en met 65535")
    return int(text)


def _start(arguments: argparse.Namespace) -> int:
    environment = dict(os.environ)
    if arguments.zonder_demo:
        environment["WMO_DEMO"] = "0"
    return Supervisor(arguments.poort, environment).run()


def _call(words: Sequence[str], environment: dict[str, str]) -> int:
    return subprocess.call(words, env=environment)  # noqa: S603  the words of the person at the terminal


def _with_servers(arguments: argparse.Namespace) -> int:
    with servers_for_command():
        return _call(arguments.woorden, {**omgeving(), **os.environ})


def _with_throwaway(arguments: argparse.Namespace) -> int:
    with throwaway_servers() as (_layout, environment):
        return _call(arguments.woorden, {**os.environ, **environment})


def main(words: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(words)
    doors = {"start": _start, "met": _with_servers, "proef": _with_throwaway}
    try:
        return doors[arguments.opdracht](arguments)
    except (ServerError, ServersMissing, UnsafeFolder) as problem:
        say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main())
