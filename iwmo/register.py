"""Which releases this library speaks. A release is found by its folder name (v3_2), a message by its
namespace, so the next release is one added folder and no line anywhere else."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache

import iwmo
from iwmo.release import Berichtsoort, Release

_MAPNAAM = re.compile(r"v\d+_\d+")


@cache
def releases() -> dict[str, Release]:
    """Every release by its name ("3.2")."""
    namen = [module.name for module in pkgutil.iter_modules(iwmo.__path__) if _MAPNAAM.fullmatch(module.name)]
    gevonden: list[Release] = [importlib.import_module(f"iwmo.{naam}").RELEASE for naam in sorted(namen)]
    return {release.naam: release for release in gevonden}


@cache
def naamruimten() -> dict[str, Berichtsoort]:
    return {soort.naamruimte: soort for release in releases().values() for soort in release.soorten.values()}


def soort_van(release: str, soort: str) -> Berichtsoort:
    """Raises KeyError with a Dutch sentence for a release or message type we do not have."""
    if release not in releases():
        raise KeyError(f"Release {release} wordt niet ondersteund; wel: {', '.join(releases())}.")
    soorten = releases()[release].soorten
    if soort not in soorten:
        raise KeyError(f"Bericht {soort} bestaat niet in release {release}; wel: {', '.join(soorten)}.")
    return soorten[soort]


def ondersteund() -> str:
    """What we read, as part of a Dutch sentence."""
    delen = [f"iWmo {release.naam} ({', '.join(release.soorten)})" for release in releases().values()]
    return " en ".join(delen)


def vergeet() -> None:
    """Look for releases anew (after a folder was added while running: the tests do)."""
    releases.cache_clear()
    naamruimten.cache_clear()
