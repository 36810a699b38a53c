"""manage.py lees_berichten PAD… : read messages (301, 305, 307) from files, folders and zips, in the order given.

One line a message: with --json the stable line others script against, else a sentence in Dutch. `--proef` judges all
of it as one history on top of what is held, and stores nothing.
"""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from stopberichten.berichtinhoud import du01_van, retour_van
from stopberichten.enums import Berichtstatus, Kanaal
from stopberichten.inname import ontvang_vele
from stopberichten.ontvangst import Ontvangst, Post, envelop_naam, moment
from stopberichten.uitpakken import Bestand, pak_uit
from wmo_portal.lib import rls, tijd

NIET_GEOPEND = {"geaccepteerd": False, "header": [], "client": None, "producten": None, "retour": None}


@dataclass(frozen=True, slots=True)
class Loop:
    """What holds for the whole run."""

    vandaag: date
    retour_map: Path | None
    als_json: bool
    proef: bool


@dataclass(frozen=True, slots=True)
class Ongeopend:
    """A file that is not there or may not be read."""

    naam: str
    reden: str


class _Stapel:
    """The messages in the files of the command, and their names in the order in which they come back."""

    def __init__(self, paden: list[str], loop: Loop) -> None:
        self.paden, self.loop = paden, loop
        self.namen: deque[str | Ongeopend] = deque()
        self.alles_geopend = True

    def posten(self) -> Iterator[Post]:
        for pad in _paden(self.paden):
            try:
                yield from self._uit(pad)
            except OSError as fout:
                reden = "bestaat niet" if isinstance(fout, FileNotFoundError) else "kan niet worden gelezen"
                self.namen.append(Ongeopend(_naam(pad), reden))
                self.alles_geopend = False

    def _uit(self, pad: Path) -> Iterator[Post]:
        if pad.exists() and not pad.is_file():
            raise OSError(0, "is geen gewoon bestand")
        with pad.open("rb") as bron:
            for bestand in pak_uit(_naam(pad), bron):
                self.namen.append(bestand.naam)
                yield _post(bestand, self.loop)


class Command(BaseCommand):
    # The checks load every page of the portal; reading messages needs none of them.
    requires_system_checks: list[str] = []
    help = "Leest 301-, 305- en 307-berichten in uit bestanden, mappen en zips."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paden", nargs="+", metavar="PAD", help="bestand, map of zip")
        parser.add_argument("--vandaag", metavar="JJJJ-MM-DD", help="beoordeel alsof het deze dag is")
        parser.add_argument("--retour-map", metavar="MAP", help="zet de retourberichten in deze map")
        parser.add_argument("--json", action="store_true", dest="als_json", help="een JSON-regel per bericht")
        parser.add_argument("--proef", action="store_true", help="oordeel alleen, bewaar niets")

    def handle(self, *args: Any, **opties: Any) -> None:
        loop = Loop(_dag(opties["vandaag"]), _map(opties["retour_map"]), opties["als_json"], opties["proef"])
        stapel = _Stapel(opties["paden"], loop)
        with rls.binnen(rls.SYSTEEM), _een_geschiedenis(proef=loop.proef):
            for ontvangst in ontvang_vele(stapel.posten()):
                self._meld_ongeopend(stapel, loop)
                self._toon(str(stapel.namen.popleft()), ontvangst, loop)
            self._meld_ongeopend(stapel, loop)
        if not loop.als_json and loop.proef:
            self.stdout.write("Dit was een proef: er is niets bewaard.")
        if not stapel.alles_geopend:
            raise CommandError("Niet elk bestand kon worden geopend; zie de regels hierboven.")

    def _meld_ongeopend(self, stapel: _Stapel, loop: Loop) -> None:
        """The files that could not be opened, in their place among the others."""
        while stapel.namen and isinstance(naam := stapel.namen[0], Ongeopend):
            stapel.namen.popleft()
            self._regel({"bestand": naam.naam, **NIET_GEOPEND}, f"{naam.naam}: {naam.reden}", loop)

    def _toon(self, naam: str, ontvangst: Ontvangst, loop: Loop) -> None:
        retour = retour_van(ontvangst.bericht)
        if loop.retour_map and retour is not None and ontvangst.retour_naam:
            _schrijf(loop.retour_map / ontvangst.retour_naam, retour)
            if du01 := du01_van(ontvangst.bericht):
                _schrijf(loop.retour_map / envelop_naam(ontvangst.retour_naam), du01)
        self._regel(ontvangst.als_json(naam), _zin(naam, ontvangst), loop)

    def _regel(self, json_: dict[str, object], zin: str, loop: Loop) -> None:
        self.stdout.write(json.dumps(json_, ensure_ascii=False) if loop.als_json else zin)
        self.stdout.flush()


def _dag(tekst: str | None) -> date:
    if tekst is None:
        return tijd.vandaag()
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"--vandaag is {tekst!r}; verwacht een datum als 2026-10-15.") from None


def _map(tekst: str | None) -> Path | None:
    if tekst is None:
        return None
    map_ = Path(tekst)
    try:
        map_.mkdir(parents=True, exist_ok=True)
    except OSError as fout:
        raise CommandError(f"De map {tekst} kan niet worden gemaakt: {fout.strerror}.") from None
    return map_


def _paden(namen: list[str]) -> Iterator[Path]:
    """The files, a folder as all files in it by name."""
    for naam in namen:
        pad = Path(naam)
        if not pad.is_dir():
            yield pad
            continue
        for map_, mappen, bestanden in os.walk(pad):
            mappen.sort()
            yield from (Path(map_) / bestand for bestand in sorted(bestanden))


def _naam(pad: Path) -> str:
    return os.fsencode(pad).decode("utf-8", "replace")


@contextmanager
def _een_geschiedenis(*, proef: bool) -> Iterator[None]:
    """A trial run is one transaction, so that each message sees the ones before it; then all of it is undone."""
    if not proef:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _post(bestand: Bestand, loop: Loop) -> Post:
    nu = tijd.nu() if loop.vandaag == tijd.vandaag() else None
    return Post(
        bestand.inhoud,
        bestand.naam,
        Kanaal.COMMANDO,
        None,
        loop.vandaag,
        moment(loop.vandaag, nu),
        not loop.proef,
        bestand.fout,
        bestand.verpakking,
    )


def _schrijf(pad: Path, inhoud: bytes) -> None:
    """Readable by its owner alone: it holds a BSN."""
    with open(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as bestand:
        bestand.write(inhoud)


def _zin(naam: str, ontvangst: Ontvangst) -> str:
    """For people: the verdict, why, and what goes back."""
    bericht = ontvangst.bericht
    soort = f"{bericht.soort}-bericht" if bericht.soort else "bestand"
    regels = [f"{naam}: {soort} {Berichtstatus(bericht.status).label.lower()}"]
    if not ontvangst.nieuw:
        regels[0] += " (was al ontvangen; het eerdere oordeel geldt)"
    regels += [f"  {m['regel']} {m['plaats']}: {m['tekst']}" for m in bericht.meldingen]
    if ontvangst.retour_naam:
        regels.append(f"  Retour: {ontvangst.retour_naam}")
    return "\n".join(regels)
