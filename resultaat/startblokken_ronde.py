"""The tile of the monthly round on the start page of the administratie."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from resultaat.queries.rondes_te_doen import te_draaien


def rondeblokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    """How many rounds wait, with the oldest month in the sentence."""
    if not gebruiker.mag(Mag.RONDE):
        return []
    wachtend = te_draaien(gebruiker, vandaag)
    oudste = min((w.maand for w in wachtend), default=None)
    return [
        Blok(
            label="rondes te doen",
            een="ronde te doen",
            aantal=len(wachtend),
            url=f"{reverse('resultaat:rondes')}#te-doen",
            zin=f"Vanaf {oudste.naam}. Begin met een proefdraai." if oudste else "Alle maanden zijn gedaan.",
            soort="waarschuwing" if wachtend else "ok",
            volgorde=5,
        )
    ]
