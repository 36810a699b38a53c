"""python -m iwmo controleer BESTAND… [--json]

One line a file, in the order given; a folder stands for the files in it, sorted by name. Exit 0 when every
file was judged (whatever the verdict), 1 when a file could not be opened, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from iwmo import Melding, Oordeel, controleer
from iwmo.ontleden import MAX_BYTES


class _Uitleg(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}Dit kan zo niet: {message}\n")


def _argumenten(argv: list[str] | None) -> argparse.Namespace:
    parser = _Uitleg(prog="python -m iwmo", description="Beoordeel iWmo-berichten op niveau 1 en 2.")
    opdrachten = parser.add_subparsers(dest="opdracht", required=True, parser_class=_Uitleg)
    opdracht = opdrachten.add_parser("controleer", help="beoordeel bestanden of mappen")
    opdracht.add_argument("bestanden", nargs="+", metavar="BESTAND")
    opdracht.add_argument("--json", action="store_true", help="een JSON-regel per bestand")
    return parser.parse_args(argv)


def _paden(namen: list[str]) -> Iterator[Path]:
    for naam in namen:
        pad = Path(naam)
        if pad.is_dir():
            yield from (map_ / bestand for map_, bestand in _in_map(pad))
        else:
            yield pad


def _in_map(pad: Path) -> Iterator[tuple[Path, str]]:
    for map_, mappen, bestanden in os.walk(pad):
        mappen.sort()
        for bestand in sorted(bestanden):
            yield Path(map_), bestand


def _inhoud(pad: Path) -> bytes:
    """At most one byte more than may be read: enough to refuse, never enough to fill the memory."""
    if not stat.S_ISREG(pad.stat().st_mode):
        raise OSError(0, "is geen gewoon bestand")
    with pad.open("rb") as bestand:
        return bestand.read(MAX_BYTES + 1)


def _onleesbaar(fout: OSError | ValueError) -> Oordeel:
    reden = "bestaat niet" if isinstance(fout, FileNotFoundError) else "kan niet worden gelezen"
    tekst = f"Het bestand {reden}. Controleer de naam en de rechten."
    melding = Melding("LEZEN", "bestand", reden, "een bestand", tekst)
    return Oordeel(None, None, 0, "geweigerd", (), (melding,))


def _beoordeel(pad: Path) -> tuple[Oordeel, bool]:
    """(verdict, whether the file could be opened at all)."""
    try:
        data = _inhoud(pad)
    except (OSError, ValueError) as fout:
        return _onleesbaar(fout), False
    return controleer(data), True


def _regel(naam: str, oordeel: Oordeel, *, als_json: bool) -> str:
    if als_json:
        return json.dumps({"bestand": naam, **oordeel.als_json()}, ensure_ascii=False)
    soort = f"{oordeel.soort or 'onbekend'} {oordeel.release or ''}".strip()
    regels = [f"{naam}: {oordeel.oordeel} ({soort}) {' '.join(oordeel.regels)}".rstrip()]
    regels += [f"  {m.regel} {m.plaats}: {m.tekst} Gevonden: {m.gevonden}." for m in oordeel.meldingen]
    return "\n".join(regels)


def main(argv: list[str] | None = None) -> int:
    opties = _argumenten(argv)
    alles_geopend = True
    for pad in _paden(opties.bestanden):
        oordeel, geopend = _beoordeel(pad)
        alles_geopend = alles_geopend and geopend
        naam = os.fsencode(pad).decode("utf-8", "replace")
        sys.stdout.buffer.write(_regel(naam, oordeel, als_json=opties.json).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()
    return 0 if alles_geopend else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # The reader went away (head): no verdict is lost that anybody still wants.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
