"""Resultaat behaald as a workbook: a sheet per division, the judgements behind them, live checks and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rapportage.definities import RESULTAAT_DEFINITIES
from rapportage.kpi import Aandeel, Dimensie, Oordeel
from rapportage.merk import AFGESCHERMD, AFGESCHERMD_ZIN
from rapportage.queries.resultaat_behaald import ResultaatBehaald
from rapportage.tellingen import toon
from rapportage.verantwoording import Kop, definitieregels
from resultaat.enums import Uitkomst
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tabelblad import Blad, Boek, Controle, Kolom
from wmo_portal.lib.tabelblad.cellen import Waarde

TELLING: Final = (
    *(Kolom(uitkomst.label, "getal", 16) for uitkomst in Uitkomst),
    Kolom("Oordelen", "getal", 12),
    Kolom("Behaald zonder neutraal", "percentage", 16),
    Kolom("Behaald met neutraal", "percentage", 16),
)
_LIJST: Final = (
    Kolom("Cliënt", "identificatie", 14),
    *(Kolom(dimensie.value.capitalize(), "tekst", 22) for dimensie in Dimensie),
    Kolom("Uitkomst", "tekst", 18),
    Kolom("Datum", "datum", 12),
    Kolom("Redenen", "tekst", 40),
    Kolom("Waarom", "tekst", 60),
)
Cellen = list[Waarde]


def werkboek(
    rapport: ResultaatBehaald, kop: Kop, *, verloop: Sequence[tuple[Kwartaal, Aandeel]], met_clienten: bool
) -> bytes:
    boek = Boek(titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
    bladen = {dimensie: _blad(boek, rapport, dimensie) for dimensie in Dimensie}
    boek.blad(
        "Verloop", [Kolom("Kwartaal", "tekst", 14), *TELLING], ([str(k), *telling(a)] for k, a in verloop)
    )
    boek.blad(
        "Redenen",
        [Kolom("Uitkomst", "tekst", 26), Kolom("Reden", "tekst", 70), Kolom("Aantal", "getal", 10)],
        ([uitkomst.label, tekst, aantal] for uitkomst, _, tekst, aantal in rapport.redenen),
    )
    if met_clienten:
        lijst = boek.lijst("Oordelen", _LIJST, _oordelen(rapport))
        boek.controle(list(_controles(rapport, bladen[Dimensie.GEMEENTE], lijst)))
    boek.toelichting(_toelichting(rapport, kop))
    return boek.bytes()


def _blad(boek: Boek, rapport: ResultaatBehaald, dimensie: Dimensie) -> Blad:
    naam = dimensie.value.capitalize()
    rijen = [[waarde.label, *telling(a)] for waarde, a in rapport.verdeling(dimensie)]
    totaal: Cellen = ["Totaal", *telling(rapport.totaal)]
    return boek.blad(f"Per {dimensie.value}", [Kolom(naam, "tekst", 34), *TELLING], [*rijen, totaal])


def telling(aandeel: Aandeel) -> Cellen:
    delen = (aandeel.zonder_neutraal, aandeel.met_neutraal)
    return [
        *(aandeel.aantallen[uitkomst] for uitkomst in Uitkomst),
        aandeel.totaal,
        *(None if deel is None else deel / 100 for deel in delen),
    ]


def _oordelen(rapport: ResultaatBehaald) -> Iterable[list[Waarde]]:
    """A shielded client keeps its row, so that the checks add up, and only the place where it counts."""
    for oordeel in rapport.oordelen:
        yield _rij(oordeel, rapport.redenteksten)


def _rij(oordeel: Oordeel, teksten: dict[str, str]) -> list[Waarde]:
    if oordeel.afgeschermd:
        plaats = [oordeel.plaats[d].label if d is Dimensie.GEMEENTE else "–" for d in Dimensie]
        return [AFGESCHERMD, *plaats, oordeel.uitkomst.label, None, None, AFGESCHERMD_ZIN]
    redenen = "; ".join(teksten.get(code, code) for code in oordeel.redenen)
    plaats = [oordeel.plaats[dimensie].label for dimensie in Dimensie]
    return [oordeel.merk, *plaats, oordeel.uitkomst.label, oordeel.dag, redenen, oordeel.zin]


def _controles(rapport: ResultaatBehaald, blad: Blad, lijst: Blad) -> Iterable[Controle]:
    gemeenten = [waarde.label for waarde, _ in rapport.verdeling(Dimensie.GEMEENTE)]
    for nummer, label in enumerate([*gemeenten, "Totaal"], 1):
        waar = {"Gemeente": label} if nummer <= len(gemeenten) else {}
        for uitkomst in Uitkomst:
            voorwaarden = {**waar, "Uitkomst": uitkomst.label}
            yield Controle(f"{label}: {uitkomst.label}", blad, nummer, uitkomst.label, lijst, voorwaarden)
        yield Controle(f"{label}: oordelen", blad, nummer, "Oordelen", lijst, waar)


def _toelichting(rapport: ResultaatBehaald, kop: Kop) -> list[tuple[str, str]]:
    zonder, met, clienten = rapport.per_client
    return [
        ("Rapport", kop.titel),
        ("Periode", str(rapport.keuze.periode)),
        *kop.keuzes,
        ("Gemaakt door", kop.maker),
        ("Gemaakt op", kop.moment),
        ("Definities", RESULTAAT_DEFINITIES.versie),
        (
            "Alle gebieden behaald",
            f"{toon(zonder)} van {clienten} cliënten zonder neutraal, {toon(met)} met neutraal.",
        ),
        *definitieregels(RESULTAAT_DEFINITIES),
    ]
