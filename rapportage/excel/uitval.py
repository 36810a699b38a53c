"""The uitval report as a workbook: the tables, the clients behind them, live checks and how it was counted (M10).

Costs some 50 ms and the rows in memory; every number is one of `tabellen`, none is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from rapportage.definities import UITVAL_DEFINITIES
from rapportage.overzicht import Regel, Uitval
from rapportage.tabellen import Clientrij, Rij, Tabel, clientrijen, per_aanbieder, per_gemeente
from rapportage.verantwoording import Kop, definitieregels, indelingregels, verantwoording
from wmo_portal.lib.perioden import Periode
from wmo_portal.lib.tabelblad import Blad, Boek, Controle, Kolom

_LIJST: Final = (
    Kolom("Cliënt", "identificatie", 14),
    Kolom("Gemeente", "tekst", 24),
    Kolom("Aanbieder", "tekst", 30),
    Kolom("Categorie", "tekst", 28),
    Kolom("Waarom", "tekst", 84),
    Kolom("Nakijken", "tekst", 10),
)
_BUITEN: Final = (*_LIJST[:3], Kolom("Reden", "tekst", 34), _LIJST[4])
ZONDER_LIJST: Final = (
    "De lijst met cliënten zit er niet bij: u mag de cijfers zien, niet de cliënten erachter."
)


def werkboek(uitval: Uitval, kop: Kop, *, met_clienten: bool) -> bytes:
    """`met_clienten` is a right of its own (U30); without it the workbook holds figures only."""
    boek = Boek(titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
    gemeenten, aanbieders = per_gemeente(uitval), per_aanbieder(uitval)
    blad = uitvalblad(boek, gemeenten, uitval.keuze.periode)
    tabelblad(boek, "Per aanbieder", aanbieders)
    if met_clienten:
        lijst = boek.lijst("Cliënten", _LIJST, _clienten(uitval, uitval.geteld))
        boek.lijst("Telt niet mee", _BUITEN, (rij[:5] for rij in _clienten(uitval, uitval.buiten)))
        boek.controle(_controles(gemeenten, blad, lijst))
    boek.toelichting(
        [
            *verantwoording(kop, uitval),
            *([] if met_clienten else [("Cliënten", ZONDER_LIJST)]),
            *definitieregels(UITVAL_DEFINITIES),
            *indelingregels(uitval),
        ]
    )
    return boek.bytes()


def uitvalblad(boek: Boek, gemeenten: Tabel, periode: Periode) -> Blad:
    """The sheet per municipality with its chart; without rows there is nothing to draw."""
    blad = tabelblad(boek, "Uitval", gemeenten)
    if gemeenten.rijen:
        boek.gestapelde_grafiek(
            blad,
            titel=f"Cliënten per gemeente en categorie, {periode}",
            labels=gemeenten.kop,
            reeksen=[cel.kop for cel in gemeenten.totaal.cellen],
            rijen=len(gemeenten.rijen),
        )
    return blad


def tabelblad(boek: Boek, naam: str, tabel: Tabel) -> Blad:
    """Numbers first, so that the chart finds them side by side; then the percentages, in print each on a page."""
    koppen = [cel.kop for cel in tabel.totaal.cellen]
    kolommen = [
        Kolom(tabel.kop, "tekst", 26),
        *(Kolom(kop, "getal", 18) for kop in koppen),
        Kolom("Totaal", "getal", 10),
        *(Kolom(f"{kop} (%)", "percentage", 18, nieuwe_pagina=kop is koppen[0]) for kop in koppen),
        Kolom("Uitval 03 + 04", "getal", 12),
        Kolom("Uitval (% van alle cliënten)", "percentage", 14),
        Kolom("Beëindigd", "getal", 12, nieuwe_pagina=True),
        Kolom("Uitval (% van beëindigd)", "percentage", 14),
        *(Kolom(f"{kop} (% van beëindigd)", "percentage", 18) for kop in koppen[:-1]),
    ]
    return boek.blad(naam, kolommen, (_rij(rij) for rij in (*tabel.rijen, tabel.totaal)))


def _rij(rij: Rij) -> list[str | int | Decimal | None]:
    return [
        rij.label,
        *(cel.aantal for cel in rij.cellen),
        rij.totaal.aantal,
        *(_deel(cel.aandeel) for cel in rij.cellen),
        rij.uitval.aantal,
        _deel(rij.uitval.aandeel),
        rij.beeindigd.aantal,
        _deel(rij.uitval.aandeel_beeindigd),
        *(_deel(cel.aandeel_beeindigd) for cel in rij.cellen[:-1]),
    ]


def _deel(procent: Decimal | None) -> Decimal | None:
    """12,5 -> 0,125: the cell shows it as 12,5% and is a number; nothing to divide is an empty cell."""
    return None if procent is None else procent / 100


def _clienten(uitval: Uitval, regels: Iterable[Regel]) -> list[tuple[str, str, str, str, str, str]]:
    return [_clientcellen(rij) for rij in clientrijen(uitval, regels)]


def _clientcellen(rij: Clientrij) -> tuple[str, str, str, str, str, str]:
    return rij.merk, rij.gemeente, rij.aanbieder, rij.categorie, rij.zin, "ja" if rij.nakijken else ""


def _controles(tabel: Tabel, blad: Blad, lijst: Blad) -> list[Controle]:
    """Every figure of the first sheet counted again in the list; the total row without a municipality."""
    return [
        Controle(
            f"{rij.label}: {kop}",
            blad,
            nummer,
            kop,
            lijst,
            {
                **({} if rij is tabel.totaal else {"Gemeente": rij.label}),
                **({} if kop == "Totaal" else {"Categorie": kop}),
            },
        )
        for nummer, rij in enumerate((*tabel.rijen, tabel.totaal), 1)
        for kop in (*(cel.kop for cel in rij.cellen), "Totaal")
    ]
