"""Workbooks of the import: the empty template for the import, and the rows that could not be read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from beschikkingen.inlezen.keuren import Keuzelijsten
from beschikkingen.inlezen.kolommen import AGB, GEBIED, KOLOMMEN, MAX_RIJEN, TREDE, WOORDEN, toegestaan
from wmo_portal.lib.tabelblad import Boek, Kolom, lees_blad

MIS = "Wat er mis is"


def toegestane_waarden(kop: str, lijsten: Keuzelijsten | None) -> str:
    """What may stand in a column, in words; empty when anything may."""
    if kop in WOORDEN:
        return ", ".join(toegestaan(kop))
    if lijsten is None:
        return ""
    uit_lijst: dict[str, Iterable[Any]] = {GEBIED: lijsten.gebieden.values(), TREDE: lijsten.treden.values()}
    if kop == AGB:
        return ", ".join(sorted(lijsten.aanbieders))
    return ", ".join(dict.fromkeys(str(rij) for rij in uit_lijst.get(kop, ())))


def sjabloon(lijsten: Keuzelijsten | None, op: datetime) -> bytes:
    """The columns without rows, and a sheet that says what belongs in each."""
    boek = Boek(titel="Beschikkingen inlezen", gemaakt_op=op)
    boek.blad("Beschikkingen", [kolom.uitvoer for kolom in KOLOMMEN], [])
    boek.toelichting(
        (kolom.kop, _uitleg(kolom.uitleg, toegestane_waarden(kolom.kop, lijsten), verplicht=kolom.verplicht))
        for kolom in KOLOMMEN
    )
    return _bytes(boek)


def _uitleg(uitleg: str, waarden: str, *, verplicht: bool) -> str:
    delen = ("Verplicht. " if verplicht else "", uitleg, f" Toegestaan: {waarden}." if waarden else "")
    return "".join(delen)


def foute_rijen(inhoud: bytes, fouten: Sequence[Mapping[str, Any]], op: datetime) -> bytes:
    """The rows that were not read, as they stood in the file, with what is wrong: to mend and upload again."""
    zinnen: dict[int, list[str]] = {}
    for fout in fouten:
        zinnen.setdefault(int(fout["rij"]), []).append(str(fout["zin"]))
    blad = lees_blad(inhoud, verwachte_kolommen=[k.verwacht for k in KOLOMMEN], max_rijen=MAX_RIJEN)
    boek = Boek(titel="Rijen die niet zijn ingelezen", gemaakt_op=op)
    kolommen = [*(kolom.uitvoer for kolom in KOLOMMEN), Kolom(MIS, "tekst", 90)]
    boek.lijst(
        "Beschikkingen",
        kolommen,
        (
            [
                *(_waarde(rij.waarden.get(k.kop), rij.ruw.get(k.kop, "")) for k in KOLOMMEN),
                " ".join(zinnen[rij.nummer]),
            ]
            for rij in blad.rijen
            if rij.nummer in zinnen
        ),
    )
    return _bytes(boek)


def _waarde(gelezen: Any, ruw: str) -> Any:
    return ruw if gelezen is None else gelezen


def _bytes(boek: Boek) -> bytes:
    uit = io.BytesIO()
    boek.schrijf(uit)
    return uit.getvalue()
