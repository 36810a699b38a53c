"""Care of long ago, closed, with a retention term that is over: what the administratie may put on a list (R110)."""

from __future__ import annotations

from datetime import date

from rapportage.demo.dossiers import Bouwer, Dossier, Oordeel, dagen
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from wmo_portal.lib.perioden import plus_maanden

BEWAARJAREN = 15
"""The term that the municipalities of the demo have."""


def lang_geleden(b: Bouwer, *, voorbij: int) -> Dossier:
    """Of which the term was over so many days ago; a negative number is still to come."""
    eind: date = plus_maanden(b.vandaag - dagen(voorbij), -12 * BEWAARJAREN)
    van = eind - dagen(364)
    dossier = b.dossier(van, eind, [b.lijn(van, eind, gemeld=False)])
    klaar = eind + dagen(b.rng.randint(3, 9))
    dossier.lijn.oordelen.append(Oordeel(klaar, eind, Uitkomst.JA, Paragraaf.P1B, Vervolg.SLUITEN))
    return dossier
