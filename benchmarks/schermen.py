"""python -m benchmarks.schermen --aantal 1000000: worklist and dossier beside the same pages at 1,000 allocations.

Two copies of the data stand side by side, each in a process of its own with its own server; requests go by turns, one
here and one there, so that a busy machine slows both. A request is the whole page through Django's test client, as the
role of the running portal and behind both walls: session, scope, queries, template, log. Each turn another consultant
(of one municipality) and another dossier of that municipality; the consultants are spread evenly over municipalities
from the largest to the smallest. Each has opened his page once before it counts: at a thousand everything is in memory
at once, at a million a fresh copy holds nothing of anybody's. What that first visit cost is said too. The promise: the
95th percentile at a million is at most 3 times that at a thousand.

What grows with the country must not count; what grows with one municipality's own work does: the data of 1,000 has
municipalities of some 100 allocations, that of a million from 1,500 to 55,000. What the largest alone costs is said
below its table.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.gegevens import Recept, gegevens, opties
from benchmarks.meten import Meting, Rij, rang, schrijf

KLEIN = 1_000
MENSEN, DOSSIERS = 60, 12
"""Consultants, and dossiers of each, that take turns."""
PAGINAS = ("werkvoorraad", "werkvoorraad, mijn", "dossier", "termijnen")
DOEL = "p95 at most 3 × that of the same page at 1,000 allocations, measured in the same run"


# --- The side of one data set ----------------------------------------------------------------------------------------
def bedien(pijp: Connection, aantal: int, map_: Path) -> None:
    """In a child: answers `(pagina, beurt)` with seconds until it hears nothing more."""
    with gegevens(Recept(aantal), map_):
        adressen = _adressen()
        pijp.send({naam: sum(1 for _ in rijen) for naam, rijen in adressen.items()} | _maten())
        while (opdracht := pijp.recv()) is not None:
            naam, beurt = opdracht
            rijen = adressen[naam]
            pijp.send(_vraag(*rijen[beurt % len(rijen)]))


def _maten() -> dict[str, int]:
    from beschikkingen.models import Toewijzing
    from organisaties.models import Gemeente

    gemeenten = Gemeente.objects.count()
    return {"gemeenten": gemeenten, "per gemeente": Toewijzing.objects.count() // gemeenten}


def _adressen() -> dict[str, list[tuple[Any, str]]]:
    """Per page who asks for what. A third of each consultant's clients is his own."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client as Http
    from django.urls import reverse

    from beschikkingen.models import Beschikking, Client
    from organisaties.enums import Rol
    from organisaties.models import Gebruiker

    uit: dict[str, list[tuple[Any, str]]] = {naam: [] for naam in PAGINAS}
    for wie in _gespreid(
        [w for w in Gebruiker.objects.filter(rol=Rol.CONSULENT) if len(w.gemeente_ids) == 1]
    ):
        http = Http(headers={"host": "localhost"})
        TOTP.activate(
            wie, generate_totp_secret()
        )  # without a second factor nobody gets further than that page
        http.force_login(wie)
        eigen = Client.objects.filter(gemeente__in=wie.gemeente_ids)
        eigen.filter(pk__in=[pk for pk in eigen.values_list("pk", flat=True) if pk % 3 == 0]).update(
            behandelaar=wie
        )
        lijst = reverse("resultaat:werkvoorraad")
        uit["werkvoorraad"].append((http, lijst))
        uit["werkvoorraad, mijn"].append((http, f"{lijst}?van=mijn"))
        uit["termijnen"].append((http, reverse("resultaat:termijnen")))
        dossiers = Beschikking.objects.filter(gemeente__in=wie.gemeente_ids).order_by("kenmerk")[:DOSSIERS]
        uit["dossier"] += [(http, reverse("resultaat:dossier", args=[b.kenmerk])) for b in dossiers]
    return uit


def _gespreid(mensen: list[Any]) -> list[Any]:
    """At most so many of them, evenly from the one with the most work to the one with the least."""
    from django.db.models import Count

    from beschikkingen.models import Toewijzing

    werk = dict(Toewijzing.objects.values_list("gemeente_id").annotate(aantal=Count("pk")))
    op_werk = sorted(mensen, key=lambda wie: (-werk.get(wie.gemeente_ids[0], 0), wie.pk))
    return [op_werk[n * len(op_werk) // MENSEN] for n in range(MENSEN)] if len(op_werk) > MENSEN else op_werk


def _vraag(http: Any, adres: str) -> float:
    van = time.perf_counter()
    antwoord = http.get(adres)
    duur = time.perf_counter() - van
    if antwoord.status_code != 200:
        raise SystemExit(f"{adres} gaf {antwoord.status_code}")
    return duur


# --- The side that asks ----------------------------------------------------------------------------------------------
@contextmanager
def kant(aantal: int, map_: Path) -> Iterator[tuple[Connection, dict[str, int]]]:
    hier, daar = multiprocessing.get_context("spawn").Pipe()
    kind = multiprocessing.get_context("spawn").Process(target=bedien, args=(daar, aantal, map_))
    kind.start()
    daar.close()
    try:
        yield hier, hier.recv()
    finally:
        if kind.is_alive():
            hier.send(None)
        kind.join()


def meet(kanten: dict[str, Connection], pagina: str, verzoeken: int) -> Meting:
    begin = os.getloadavg()[0]
    eerste, rijen = (_ronde(kanten, pagina, verzoeken) for _ in range(2))
    meting = Meting(f"The page {pagina}", rijen, (begin, os.getloadavg()[0]), DOEL)
    klein, groot = (rang(rij.tijden, 0.95) for rij in rijen)
    koud = " and ".join(f"{rang(rij.tijden, 0.95) * 1000:.0f} ms" for rij in eerste)
    meting.regels.append(
        f"p95: {klein * 1000:.0f} ms and {groot * 1000:.0f} ms: {groot / klein:.2f} ×"
        f" ({'within' if groot <= 3 * klein else 'NOT within'} 3). The largest municipality:"
        f" {rijen[-1].tijden[0] * 1000:.0f} ms. First visits, p95: {koud}."
    )
    return meting


def _ronde(kanten: dict[str, Connection], pagina: str, verzoeken: int) -> list[Rij]:
    rijen = {naam: Rij(naam) for naam in kanten}
    for beurt in range(verzoeken):
        for naam, pijp in kanten.items():
            pijp.send((pagina, beurt))
            rijen[naam].tijden.append(pijp.recv())
    return list(rijen.values())


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--verzoeken", type=int, default=60, help="verzoeken per pagina en per gegevensset")
    keuzes = parser.parse_args()
    with (
        kant(KLEIN, keuzes.map) as (klein, maat_klein),
        kant(keuzes.aantal, keuzes.map) as (groot, maat_groot),
    ):
        # Asked for no more than the small one, the same data stand beside themselves: two sides all the same.
        namen = (f"{KLEIN}", f"{keuzes.aantal}{', once more' if keuzes.aantal == KLEIN else ''}")
        kanten = dict(zip(namen, (klein, groot), strict=True))
        metingen = [meet(kanten, pagina, keuzes.verzoeken) for pagina in PAGINAS]
    tekst = "; ".join(
        f"{naam} allocations: {maat['gemeenten']} municipalities of {maat['per gemeente']}"
        for naam, maat in zip(kanten, (maat_klein, maat_groot), strict=True)
    )
    schrijf("P9: screens", metingen, tekst=f"{tekst}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
