"""Stories about stop messages: §1A and §4 of the werkwijze, every code of the 307, and what goes wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rapportage.demo.dossiers import (
    Bouwer,
    Dossier,
    Formulier,
    Oordeel,
    Stopping,
    dagen,
    verhaal,
)
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from stopberichten.enums import RedenBeeindiging as Reden

P, U, V = Paragraaf, Uitkomst, Vervolg


# --- §1A: reached, the client leaves -------------------------------------------------------------------------
def _volgens_plan(b: Bouwer, eind: date | None = None) -> Dossier:
    dossier = b.afgelopen(eind or b.einde())
    assert dossier.tot is not None
    dossier.lijn.stops.append(
        Stopping(Reden.VOLGENS_PLAN, dossier.tot, dossier.tot + dagen(b.rng.randint(1, 5)))
    )
    return dossier


def _formulier(b: Bouwer, dossier: Dossier, *, behaald: bool, reden: str = "reden_klaar") -> None:
    stop = dossier.lijn.stops[-1]
    dossier.lijn.formulieren.append(
        Formulier(stop.gemeld + dagen(b.rng.randint(-2, 4)), behaald=behaald, reden=reden)
    )


@verhaal(12)
def behaald_1a(b: Bouwer) -> list[Dossier]:
    dossier = _volgens_plan(b)
    _formulier(b, dossier, behaald=True)
    return [dossier]


@verhaal(2)
def behaald_1a_drie_gebieden(b: Bouwer) -> list[Dossier]:
    dossier = _volgens_plan(b)
    _formulier(b, dossier, behaald=True)
    eerste = dossier.lijn
    for stap in (1, 2):
        lijn = b.lijn(dossier.van, dossier.tot)
        lijn.agb, lijn.gebied = eerste.agb, (eerste.gebied + stap) % len(b.regio.gebieden)
        lijn.stops = [replace(eerste.stops[0])]
        lijn.formulieren = [replace(eerste.formulieren[0])]
        dossier.lijnen.append(lijn)
    return [dossier]


@verhaal(3)
def formulier_ontbreekt(b: Bouwer) -> list[Dossier]:
    return [_volgens_plan(b, b.over(-45, -8))]


@verhaal(1)
def formulier_in_concept(b: Bouwer) -> list[Dossier]:
    dossier = _volgens_plan(b, b.over(-20, -8))
    dossier.lijn.formulieren.append(Formulier(b.over(-6, -1), behaald=True, concept=True))
    return [dossier]


@verhaal(2)
def einddatum_wijkt_af(b: Bouwer) -> list[Dossier]:
    """19 while the care ended earlier: the provider probably meant 23 (R11)."""
    dossier = _volgens_plan(b, b.over(-60, -10))
    stop = dossier.lijn.stops[0]
    stop.eind = stop.eind - dagen(b.rng.randint(8, 20))
    stop.gemeld = stop.eind + dagen(3)
    _formulier(b, dossier, behaald=True)
    return [dossier]


@verhaal(2)
def formulier_zegt_nee(b: Bouwer) -> list[Dossier]:
    dossier = _volgens_plan(b, b.over(-60, -10))
    _formulier(b, dossier, behaald=False, reden="reden_stop")
    return [dossier]


@verhaal(2)
def te_late_stop(b: Bouwer) -> list[Dossier]:
    """The 307 came weeks after the end (OP272)."""
    dossier = _volgens_plan(b, b.dag(b.eerste_kwartaal.eerste, b.over(-45, -40)))
    dossier.lijn.stops[0].gemeld = dossier.lijn.stops[0].eind + dagen(b.rng.randint(16, 30))
    _formulier(b, dossier, behaald=True)
    return [dossier]


# --- §4: leaves earlier or for another reason ----------------------------------------------------------------
def _eerder_weg(b: Bouwer, reden: Reden, eind: date | None = None) -> Dossier:
    eind = eind or b.einde()
    van = eind - dagen(b.rng.randint(60, 300))
    dossier = b.dossier(van, eind + dagen(b.rng.randint(40, 200)))
    dossier.lijn.stops.append(Stopping(reden, eind, eind + dagen(b.rng.randint(1, 5))))
    return dossier


def _beoordeeld(b: Bouwer, dossier: Dossier, uitkomst: Uitkomst, *redenen: str) -> None:
    """Stops of the closed quarters were judged; those of the last weeks wait."""
    stop = dossier.lijn.stops[-1]
    if stop.gemeld < b.vandaag - dagen(50):
        op = stop.gemeld + dagen(b.rng.randint(8, 30))
        dossier.lijn.oordelen.append(Oordeel(op, stop.eind, uitkomst, P.P4, V.SLUITEN, redenen))


@verhaal(4)
def in_overeenstemming(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.IN_OVEREENSTEMMING)
    _formulier(b, dossier, behaald=True)
    _beoordeeld(b, dossier, U.JA)
    return [dossier]


@verhaal(4)
def client_stopt(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.EENZIJDIG_CLIENT)
    if b.rng.random() < 0.8:
        _formulier(b, dossier, behaald=False, reden="reden_stop")
    _beoordeeld(b, dossier, U.NEE_CLIENT, "zorgmijder")
    return [dossier]


@verhaal(2)
def aanbieder_stopt(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.EENZIJDIG_AANBIEDER)
    _formulier(b, dossier, behaald=False, reden="reden_stop")
    _beoordeeld(b, dossier, U.NEE_ZORGAANBIEDER, "geen_personeel")
    return [dossier]


@verhaal(3)
def overleden(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.OVERLIJDEN)
    _beoordeeld(b, dossier, U.NEE_NEUTRAAL, "overlijden")
    return [dossier]


@verhaal(2)
def verhuisd(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.VERHUIZING)
    _beoordeeld(b, dossier, U.NEE_NEUTRAAL, "verhuizing")
    return [dossier]


@verhaal(3)
def naar_wlz(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.ANDER_DOMEIN)
    _beoordeeld(b, dossier, U.NEE_NEUTRAAL, "overgang_wlz")
    return [dossier]


@verhaal(1)
def gemeente_stopt(b: Bouwer) -> list[Dossier]:
    return [_eerder_weg(b, Reden.DOOR_GEMEENTE)]


@verhaal(1)
def code_37(b: Bouwer) -> list[Dossier]:
    """H5 does not use this code; the message is accepted and shown (R29)."""
    return [_eerder_weg(b, Reden.WIJZIGINGSVERZOEK)]


@verhaal(2)
def andere_aanbieder(b: Bouwer) -> list[Dossier]:
    """The allocation moves: the old provider stops with 38, the new one has its own allocation."""
    dossier = _eerder_weg(b, Reden.ANDERE_AANBIEDER)
    oud = dossier.lijn
    assert dossier.tot
    nieuw = b.lijn(oud.stops[0].eind + dagen(1), dossier.tot, zwaarte=oud.zwaarte)
    anderen = {b.aanbieder() for _ in range(12)} - {oud.agb}
    nieuw.agb, nieuw.gebied = sorted(anderen)[0], oud.gebied
    dossier.lijnen.append(nieuw)
    return [dossier]


@verhaal(2)
def een_van_twee_stopt(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.IN_OVEREENSTEMMING)
    _formulier(b, dossier, behaald=True)
    ander = b.lijn(dossier.van, dossier.tot)
    ander.gebied = (dossier.lijn.gebied + 1) % len(b.regio.gebieden)
    dossier.lijnen.append(ander)
    return [dossier]


@verhaal(2)
def tijdelijk_gestopt(b: Bouwer) -> list[Dossier]:
    dossier = _eerder_weg(b, Reden.TIJDELIJK, b.over(-50, -15))
    _formulier(b, dossier, behaald=False, reden="reden_stop")
    return [dossier]


@verhaal(2)
def weer_begonnen(b: Bouwer) -> list[Dossier]:
    """A temporary stop, and a new start two months later (R71)."""
    dossier = _eerder_weg(b, Reden.TIJDELIJK, b.over(-130, -95))
    _formulier(b, dossier, behaald=False, reden="reden_stop")
    dossier.tot = dossier.lijn.tot = b.over(120, 240)
    dossier.lijn.herstart = dossier.lijn.stops[0].eind + dagen(60)
    return [dossier]


# --- Messages that need a hand -------------------------------------------------------------------------------
@verhaal(2)
def stop_verbeterd(b: Bouwer) -> list[Dossier]:
    """Sent as 22, taken back, sent again as 23 (status 3, then 1)."""
    dossier = _eerder_weg(b, Reden.EENZIJDIG_AANBIEDER)
    fout = dossier.lijn.stops[0]
    fout.ingetrokken = fout.gemeld + dagen(2)
    dossier.lijn.stops.append(Stopping(Reden.IN_OVEREENSTEMMING, fout.eind, fout.gemeld + dagen(3)))
    _formulier(b, dossier, behaald=True)
    _beoordeeld(b, dossier, U.JA)
    return [dossier]


@verhaal(1)
def stop_ingetrokken(b: Bouwer) -> list[Dossier]:
    """The client stayed after all."""
    dossier = _eerder_weg(b, Reden.EENZIJDIG_CLIENT, b.over(-60, -20))
    stop = dossier.lijn.stops[0]
    stop.ingetrokken = stop.gemeld + dagen(4)
    return [dossier]


@verhaal(2)
def verkeerd_nummer(b: Bouwer) -> list[Dossier]:
    """The provider typed another toewijzingnummer: refused until it is put right."""
    dossier = _eerder_weg(b, Reden.IN_OVEREENSTEMMING, b.over(-40, -10))
    dossier.lijn.onbekend_nummer = dossier.lijn.nummer + 5_000_000
    return [dossier]


@verhaal(2)
def zonder_nummer(b: Bouwer) -> list[Dossier]:
    """Messages without toewijzingnummer: the administration links them by hand."""
    dossier = _eerder_weg(b, Reden.IN_OVEREENSTEMMING, b.over(-40, -10))
    dossier.lijn.zonder_nummer = True
    return [dossier]
