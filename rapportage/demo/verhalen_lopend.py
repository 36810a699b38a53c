"""Stories about care that runs, comes to its end or goes on: §1B, §1C, §2 and §3 of the werkwijze."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from beschikkingen.enums import Leveringsvorm, Perspectief, SoortBeschikking
from rapportage.demo.dossiers import (
    Bouwer,
    Dossier,
    Evaluatiepapier,
    Formulier,
    Oordeel,
    dagen,
    verhaal,
)
from resultaat.enums import Paragraaf, Uitkomst, Vervolg

P, U, V = Paragraaf, Uitkomst, Vervolg


# --- Care that runs ------------------------------------------------------------------------------------------
@verhaal(18)
def loopt(b: Bouwer) -> list[Dossier]:
    return [b.dossier(b.over(-330, -40), b.over(190, 400))]


@verhaal(6)
def loopt_door_bericht(b: Bouwer) -> list[Dossier]:
    """The decision came as a 301 only."""
    return [b.dossier(b.over(-200, -30), b.over(190, 400), via_bericht=True)]


@verhaal(3)
def nog_niet_gestart(b: Bouwer) -> list[Dossier]:
    van = b.over(-20, 10)
    return [b.dossier(van, van + dagen(364), [b.lijn(van, van + dagen(364), gemeld=False)])]


@verhaal(2)
def hulp_niet_gestart(b: Bouwer) -> list[Dossier]:
    """A first meeting, then a waiting list: not counted (MH note 2)."""
    van = b.over(-90, -40)
    lijn = b.lijn(van, van + dagen(364), gemeld=False)
    lijn.niet_gestart = True
    return [b.dossier(van, van + dagen(364), [lijn])]


@verhaal(3)
def pgb(b: Bouwer) -> list[Dossier]:
    dossier = b.dossier(b.over(-300, -60), b.over(30, 300))
    dossier.lijn.vorm = Leveringsvorm.PGB
    return [dossier]


@verhaal(1)
def afgeschermd(b: Bouwer) -> list[Dossier]:
    b.client = replace(b.client, afgeschermd=True)
    return [b.dossier(b.over(-250, -60), b.over(60, 250))]


@verhaal(2)
def start_verbeterd(b: Bouwer) -> list[Dossier]:
    """The start message was wrong by a day, taken back and sent anew (status 3, then 1)."""
    dossier = b.dossier(b.over(-200, -60), b.over(190, 330))
    gemeld = dossier.lijn.start_gemeld
    assert gemeld is not None
    dossier.lijn.start_ingetrokken = gemeld + dagen(2)
    return [dossier]


# --- The end comes near: eight weeks -------------------------------------------------------------------------
@verhaal(6)
def radar(b: Bouwer) -> list[Dossier]:
    """Ends within half a year, the document is not due yet."""
    return [b.dossier(b.over(-300, -120), b.over(57, 182))]


@verhaal(4)
def document_te_laat(b: Bouwer) -> list[Dossier]:
    return [b.dossier(b.over(-320, -200), b.over(4, 54))]


@verhaal(5)
def document_te_beoordelen(b: Bouwer) -> list[Dossier]:
    eind = b.over(20, 70)
    dossier = b.dossier(b.over(-320, -200), eind)
    dossier.lijn.evaluatie = Evaluatiepapier(
        min(eind - dagen(b.rng.randint(57, 70)), b.over(-6, -1)), behaald=True, zwaarte=_lichter(dossier)
    )
    return [dossier]


@verhaal(2)
def vraag_open(b: Bouwer) -> list[Dossier]:
    dossier = b.dossier(b.over(-320, -200), b.over(30, 60))
    op = b.over(-20, -12)
    dossier.lijn.evaluatie = Evaluatiepapier(
        op, behaald=False, zwaarte=dossier.lijn.zwaarte, vraag=op + dagen(4)
    )
    return [dossier]


@verhaal(2)
def vraag_beantwoord(b: Bouwer) -> list[Dossier]:
    dossier = b.dossier(b.over(-320, -200), b.over(30, 60))
    op = b.over(-24, -16)
    dossier.lijn.evaluatie = Evaluatiepapier(
        op, behaald=True, zwaarte=_lichter(dossier), vraag=op + dagen(4), antwoord=op + dagen(9)
    )
    return [dossier]


@verhaal(2)
def verkorte_termijn(b: Bouwer) -> list[Dossier]:
    """A decision of six weeks: the provider has 14 days (R62)."""
    van = b.over(-20, -5)
    return [b.dossier(van, van + dagen(41))]


def _lichter(dossier: Dossier) -> int:
    return max(1, dossier.lijn.zwaarte - 1)


# --- §1B and §1C: follow-up care -----------------------------------------------------------------------------
def _met_vervolg(b: Bouwer) -> Dossier:
    eind = b.dag(b.eerste_kwartaal.eerste, b.vandaag - dagen(8))
    dossier = b.afgelopen(eind)
    dossier.lijn.evaluatie = Evaluatiepapier(
        eind - dagen(b.rng.randint(50, 72)), behaald=True, zwaarte=_lichter(dossier)
    )
    return dossier


@verhaal(5)
def bereikt_1b(b: Bouwer) -> list[Dossier]:
    dossier = _met_vervolg(b)
    assert dossier.tot
    lichter = _lichter(dossier)
    dossier.lijn.oordelen.append(
        Oordeel(
            dossier.tot - dagen(b.rng.randint(20, 45)), dossier.tot, U.JA, P.P1B, V.NIEUWE_BESCHIKKING,
            zwaarte_naar=lichter,
        )
    )  # fmt: skip
    return [dossier, b.opvolger(dossier, lichter)]


@verhaal(5)
def niet_behaald_1c(b: Bouwer) -> list[Dossier]:
    dossier = _met_vervolg(b)
    evaluatie = dossier.lijn.evaluatie
    assert dossier.tot
    assert evaluatie
    evaluatie.behaald, evaluatie.zwaarte = False, dossier.lijn.zwaarte
    dossier.lijn.perspectief = Perspectief.VERBETERING
    dossier.lijn.oordelen.append(_nee(b, dossier.tot - dagen(b.rng.randint(20, 45)), dossier.tot, P.P1C))
    return [dossier, b.opvolger(dossier, dossier.lijn.zwaarte)]


def _nee(b: Bouwer, op: date, slaat_op: date, paragraaf: Paragraaf) -> Oordeel:
    keuzes = (
        (U.NEE_CLIENT, ("meer_tijd_nodig",)),
        (U.NEE_CLIENT, ("life_event", "meer_tijd_nodig")),
        (U.NEE_ZORGAANBIEDER, ("wisselende_hulpen",)),
        (U.NEE_ZORGAANBIEDER, ("geen_personeel", "niet_actief_gewerkt")),
    )
    uitkomst, redenen = b.rng.choice(keuzes)
    vervolg = {P.P1C: V.NIEUWE_BESCHIKKING, P.P3: V.DOORLOPEN, P.P2: V.VOLGEND_MONITORINGSMOMENT}
    return Oordeel(op, slaat_op, uitkomst, paragraaf, vervolg.get(paragraaf, V.SLUITEN), redenen)


@verhaal(2)
def oordeel_verbeterd(b: Bouwer) -> list[Dossier]:
    """Registered as reached, corrected a week later: both stay in the history."""
    dossiers = bereikt_1b(b)
    oordeel = dossiers[0].lijn.oordelen[0]
    assert dossiers[0].tot
    oordeel.correctie = _nee(b, oordeel.op + dagen(7), dossiers[0].tot, P.P1C)
    dossiers[1].lijn.zwaarte = dossiers[0].lijn.zwaarte
    return dossiers


# --- §2: no end date -----------------------------------------------------------------------------------------
@verhaal(4)
def monitoring_komt(b: Bouwer) -> list[Dossier]:
    return [b.dossier(b.over(-500, -200), None, monitoring=b.over(20, 170))]


@verhaal(2)
def monitoring_te_beoordelen(b: Bouwer) -> list[Dossier]:
    moment = b.over(10, 50)
    dossier = b.dossier(b.over(-500, -250), None, monitoring=moment)
    dossier.lijn.evaluatie = Evaluatiepapier(
        min(moment - dagen(58), b.over(-8, -2)), behaald=True, gesprek=b.over(-4, -1)
    )
    return [dossier]


@verhaal(1)
def monitoring_voorbij(b: Bouwer) -> list[Dossier]:
    """The moment has passed without a document and without a talk."""
    return [b.dossier(b.over(-500, -250), None, monitoring=b.over(-20, -3))]


@verhaal(3)
def monitoring_gedaan(b: Bouwer) -> list[Dossier]:
    gedaan = b.over(-150, -30)
    dossier = b.dossier(gedaan - dagen(365), None, monitoring=gedaan + dagen(365), monitoring_gedaan=gedaan)
    dossier.lijn.perspectief = Perspectief.LANGDURIG
    dossier.lijn.evaluatie = Evaluatiepapier(gedaan - dagen(60), behaald=True, gesprek=gedaan - dagen(2))
    behaald = b.rng.random() < 0.7
    dossier.lijn.oordelen.append(
        Oordeel(gedaan, gedaan, U.JA, P.P2, V.VOLGEND_MONITORINGSMOMENT, zwaarte_naar=dossier.lijn.zwaarte)
        if behaald
        else _nee(b, gedaan, gedaan, P.P2)
    )
    return [dossier]


# --- §3: stepped ---------------------------------------------------------------------------------------------
def _getrapt(b: Bouwer, wissel: date) -> Dossier:
    van, tot = wissel - dagen(182), wissel + dagen(182)
    zwaar = max(3, b.zwaarte())
    lijn = b.lijn(van, tot, zwaarte=zwaar)
    lijn.perspectief = Perspectief.VERBETERING
    lijn.stappen = [(zwaar, van, wissel), (zwaar - 1, wissel + dagen(1), tot)]
    return b.dossier(van, tot, [lijn], soort=SoortBeschikking.GETRAPT)


@verhaal(2)
def stap_gelukt(b: Bouwer) -> list[Dossier]:
    """Nothing to do and nothing recorded (R22)."""
    return [_getrapt(b, b.over(-90, -15))]


@verhaal(2)
def stap_komt(b: Bouwer) -> list[Dossier]:
    return [_getrapt(b, b.over(10, 60))]


@verhaal(2)
def stap_niet_gelukt(b: Bouwer) -> list[Dossier]:
    wissel = b.over(-90, -25)
    dossier = _getrapt(b, wissel)
    zwaar = dossier.lijn.zwaarte
    dossier.lijn.formulieren.append(
        Formulier(wissel - dagen(10), behaald=False, reden="reden_wijziging", zwaarte=zwaar)
    )
    oordeel = _nee(b, wissel + dagen(6), wissel, P.P3)
    oordeel.stap = 1
    dossier.lijn.oordelen.append(oordeel)
    return [dossier]


@verhaal(2)
def wijziging_gevraagd(b: Bouwer) -> list[Dossier]:
    dossier = b.dossier(b.over(-200, -100), b.over(120, 200))
    zwaarte = min(dossier.lijn.zwaarte + 1, len(b.regio.treden))
    zwaarte = zwaarte if zwaarte != dossier.lijn.zwaarte else zwaarte - 1
    dossier.lijn.formulieren.append(
        Formulier(b.over(-10, -1), behaald=False, reden="reden_wijziging", zwaarte=zwaarte)
    )
    return [dossier]
