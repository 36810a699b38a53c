"""Which allocations contradict themselves (M5), for the worklist: SQL finds who could, the rules say who does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from organisaties.enums import Rol
from organisaties.models import Gebruiker
from resultaat.queries.verdacht import nieuwste_verdachten, verdacht
from resultaat.queries.zaak import Zaak
from resultaat.queries.zaak_licht import lichte_zaken
from resultaat.queries.zaakregels import geef_tegenspraken
from resultaat.tegenspraak import Tegenspraak
from resultaat.werksoorten import DAGEN_VOOR_REACTIE
from wmo_portal.lib.opgeschreven import Opgeschreven
from wmo_portal.lib.tijd import dag_van

__all__ = ["Melding", "meldingen", "verdacht"]

HOOGSTENS: Final = 200


@dataclass(frozen=True, slots=True)
class Melding:
    """One allocation with its contradictions; of the case only what the rules look at (`lichte_zaken`)."""

    zaak: Zaak
    tegenspraken: tuple[Tegenspraak, ...]
    datum: date


def meldingen(wie: Gebruiker, vandaag: date, onder: Opgeschreven | None = None) -> tuple[list[Melding], bool]:
    """What the consulent has to look at, oldest first, and whether there is more than is shown. 8 queries.

    `onder`: only of these allocations.
    """
    nummers = nieuwste_verdachten(wie, vandaag, HOOGSTENS + 1, onder)
    gevonden = [m for zaak in lichte_zaken(nummers[:HOOGSTENS]) if (m := _melding(zaak, vandaag))]
    return sorted(gevonden, key=lambda m: (m.datum, m.zaak.toewijzing.pk)), len(nummers) > HOOGSTENS


def _melding(zaak: Zaak, vandaag: date) -> Melding | None:
    mijn = tuple(t for t in geef_tegenspraken(zaak, vandaag) if t.regel.wie is Rol.CONSULENT)
    if not mijn:
        return None
    momenten = [s.ontvangen_op for s in zaak.stops] + [r.geregistreerd_op for r in zaak.actueel]
    laatste = max((dag_van(moment) for moment in momenten), default=vandaag)
    return Melding(zaak, mijn, laatste + timedelta(days=DAGEN_VOOR_REACTIE))
