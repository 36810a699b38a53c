"""Measuring: variants by turns, results compared first, a table with ratio and spread, kept in RESULTATEN.md."""

from __future__ import annotations

import fcntl
import importlib
import importlib.util
import math
import multiprocessing
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

RESULTATEN = Path(__file__).with_name("RESULTATEN.md")
BASE = Path(__file__).parent.parent
KOP = (
    "# Results\n\nWritten by the benchmarks themselves (see README.md); each part is replaced when it is run again. "
    "Ratios are medians by turns in one run; times move with the machine.\n"
)
PAKKETTEN = ("Django", "psycopg", "lxml", "openpyxl", "weasyprint")


class Ongelijk(AssertionError):
    """Two variants that should give the same gave something else: their times mean nothing."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of doing it. `vooraf` puts things back before every turn and is not timed.

    `deel` is how much of the work this variant does: a naive twin on a tenth of the rows has 0.1. Its time is divided
    by it. A variant with `los` gives another result by nature (a floor that only reads) and is not compared.
    """

    naam: str
    doe: Callable[[], Any]
    vooraf: Callable[[], object] | None = None
    deel: float = 1.0
    los: bool = False


@dataclass(slots=True)
class Rij:
    naam: str
    tijden: list[float] = field(default_factory=list)
    deel: float = 1.0

    @property
    def mediaan(self) -> float:
        return statistics.median(self.tijden) / self.deel

    @property
    def kleinste(self) -> float:
        return min(self.tijden) / self.deel

    @property
    def grootste(self) -> float:
        return max(self.tijden) / self.deel


@dataclass(slots=True)
class Meting:
    """What one comparison gave. `doel` is said beside it; `regels` are sentences under the table."""

    titel: str
    rijen: list[Rij]
    belasting: tuple[float, float]
    doel: str = ""
    regels: list[str] = field(default_factory=list)

    def verhouding(self, wat: str, van: str) -> float:
        per_naam = {rij.naam: rij for rij in self.rijen}
        return per_naam[wat].mediaan / per_naam[van].mediaan

    def tabel(self) -> str:
        bodem = self.rijen[0].mediaan
        kop = f"| variant | median | smallest – largest | × {self.rijen[0].naam} |\n|---|---:|---:|---:|\n"
        return kop + "\n".join(
            f"| {rij.naam} | {duur(rij.mediaan)} | {duur(rij.kleinste)} – {duur(rij.grootste)} |"
            f" {rij.mediaan / bodem:.2f} |"
            for rij in self.rijen
        )

    def tekst(self) -> str:
        beurten = max((len(rij.tijden) for rij in self.rijen), default=0)
        begin, eind = self.belasting
        onder = f"{beurten} turns; load average {begin:.1f} before, {eind:.1f} after."
        doel = f"Reach: {self.doel}.\n\n" if self.doel else ""
        return f"### {self.titel}\n\n{doel}{self.tabel()}\n\n" + "\n".join([onder, *self.regels])


def duur(seconden: float) -> str:
    for eenheid, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconden * factor >= 1:
            return f"{seconden * factor:.3g} {eenheid}" if seconden < 100 else f"{seconden:.0f} s"
    return f"{seconden * 1e9:.0f} ns"


def rang(tijden: Sequence[float], deel: float) -> float:
    """The nearest-rank percentile."""
    return sorted(tijden)[math.ceil(deel * len(tijden)) - 1]


def meet(
    titel: str,
    varianten: Sequence[Variant],
    *,
    beurten: int = 5,
    doel: str = "",
    klok: Callable[[], float] = time.perf_counter,
) -> Meting:
    """By turns. The first turn does not count: its results are compared. Raises Ongelijk."""
    _vergelijk(varianten)
    rijen = {v.naam: Rij(v.naam, deel=v.deel) for v in varianten}
    begin = os.getloadavg()[0]
    for _ in range(beurten):
        for variant in varianten:
            if variant.vooraf:
                variant.vooraf()
            van = klok()
            variant.doe()
            rijen[variant.naam].tijden.append(klok() - van)
    return Meting(titel, list(rijen.values()), (begin, os.getloadavg()[0]), doel)


def _vergelijk(varianten: Sequence[Variant]) -> None:
    eerste: tuple[str, Any] | None = None
    for variant in varianten:
        if variant.vooraf:
            variant.vooraf()
        uit = variant.doe()
        if variant.los:
            continue
        if eerste is not None and uit != eerste[1]:
            raise Ongelijk(
                f"{variant.naam} geeft iets anders dan {eerste[0]}:\n{_kort(uit)}\n{_kort(eerste[1])}"
            )
        eerste = eerste or (variant.naam, uit)


def _kort(waarde: Any) -> str:
    return repr(waarde)[:500]


def cpu_van(pid: int) -> float:
    """Processor seconds of another process (a database backend), in steps of 10 ms."""
    velden = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")


def stand_van(pid: int) -> float:
    """The same in steps of a nanosecond, where the kernel keeps that."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


class Klok:
    """Processor seconds of this process and of the backend that serves it: what a busy machine disturbs least."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            self.backend: int = cursor.fetchone()[0]

    def database(self) -> float:
        return stand_van(self.backend)

    def __call__(self) -> float:
        return time.process_time() + self.database()


def piekgeheugen() -> int:
    """Highest memory of this process in bytes. VmHWM, because ru_maxrss remembers the parent that started us."""
    regel = next(r for r in Path("/proc/self/status").read_text().splitlines() if r.startswith("VmHWM"))
    return int(regel.split()[1]) * 1024


def _in_kind(pijp: Any, module: str, functie: str, argumenten: tuple[Any, ...]) -> None:
    uit = getattr(importlib.import_module(module), functie)(*argumenten)
    pijp.send((uit, piekgeheugen()))
    pijp.close()


def in_kind(doe: Callable[..., Any], *argumenten: Any) -> tuple[Any, int]:
    """Run a function of a module in a fresh process; what it gave, and that process's peak memory in bytes."""
    hier, daar = multiprocessing.get_context("spawn").Pipe(duplex=False)
    kind = multiprocessing.get_context("spawn").Process(
        target=_in_kind, args=(daar, doe.__module__, doe.__name__, argumenten)
    )
    kind.start()
    daar.close()
    try:
        uit: tuple[Any, int] = hier.recv()
    except EOFError:
        kind.join()
        raise RuntimeError(f"{doe.__name__} stopte met code {kind.exitcode}") from None
    kind.join()
    return uit


def omstandigheden() -> str:
    """Machine, versions, commit and command, as one paragraph."""
    cpu = next(
        (r.partition(":")[2].strip() for r in _lees("/proc/cpuinfo") if r.startswith("model name")), "?"
    )
    geheugen = next((int(r.split()[1]) for r in _lees("/proc/meminfo") if r.startswith("MemTotal")), 0)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=BASE, capture_output=True, text=True, check=False
    )
    versies = ", ".join(f"{naam} {version(naam)}" for naam in PAKKETTEN)
    module = (sys.modules["__main__"].__spec__ or importlib.util.find_spec("benchmarks")).name  # type: ignore[union-attr]
    opdracht = " ".join(["python -m", module.removesuffix(".__main__"), *sys.argv[1:]])
    return (
        f"`{opdracht}` on {datetime.now(UTC):%d-%m-%Y %H:%M} UTC, commit {commit.stdout.strip() or '?'}; "
        f"{os.cpu_count()} cores {cpu}, {geheugen / 1024**2:.0f} GiB; Python {platform.python_version()}, "
        f"{_postgres()}{versies}."
    )


def _lees(pad: str) -> list[str]:
    try:
        return Path(pad).read_text().splitlines()
    except OSError:
        return []


def _postgres() -> str:
    if "django" not in sys.modules:
        return ""
    from django.db import connection

    if connection.connection is None:
        return ""
    nummer = connection.pg_version
    return f"PostgreSQL {nummer // 10000}.{nummer % 10000}, "


def schrijf(deel: str, metingen: Sequence[Meting], *, tekst: str = "") -> str:
    """Put this part's tables in RESULTATEN.md, in the place of its former ones; prints and answers them."""
    delen = [f"## {deel}", omstandigheden(), tekst, *(m.tekst() for m in metingen)]
    nieuw = "\n\n".join(filter(None, delen))
    print(nieuw, flush=True)
    with (
        (BASE / ".git" / "benchmarks.lock").open("w")
        if (BASE / ".git").is_dir()
        else open(os.devnull, "w") as slot
    ):
        fcntl.flock(slot, fcntl.LOCK_EX)
        oud = RESULTATEN.read_text("utf-8") if RESULTATEN.exists() else KOP
        stukken = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", oud, flags=re.M | re.S))
        stukken[deel] = nieuw.partition("\n")[2]
        inhoud = "\n\n".join(
            f"## {naam}\n{stukken[naam].rstrip()}" for naam in sorted(stukken, key=_volgorde)
        )
        RESULTATEN.write_text(f"{KOP}\n{inhoud}\n", "utf-8")
    return nieuw


def _volgorde(naam: str) -> tuple[object, ...]:
    """P2 before P10."""
    return tuple(int(stuk) if stuk.isdigit() else stuk for stuk in re.split(r"(\d+)", naam))
