"""What waits in the message traffic, on the start page of the administratie: coupling, and answers to send."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from stopberichten.queries_berichten import aantal_te_koppelen, open_retouren, retour_te_laat


def berichtblokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    """Five queries at most."""
    blokken = []
    if gebruiker.mag(Mag.KOPPELEN):
        zin = "Berichten die het portaal niet zelf aan een toewijzing kon koppelen."
        lijst = reverse("stopberichten:te-koppelen")
        blokken.append(
            Blok("te koppelen", aantal_te_koppelen(gebruiker), lijst, zin, "waarschuwing", 15, altijd=False)
        )
    if gebruiker.mag(Mag.BERICHTEN_INSTUREN):
        blokken.append(_retouren(gebruiker, vandaag))
    return blokken


def _retouren(gebruiker: Gebruiker, vandaag: date) -> Blok:
    openstaand = open_retouren(gebruiker)
    oudste = openstaand.first()
    te_laat = oudste is not None and retour_te_laat(oudste, vandaag)
    return Blok(
        label="retourberichten te versturen",
        een="retourbericht te versturen",
        aantal=openstaand.count(),
        url=reverse("stopberichten:retouren"),
        zin="De oudste wacht langer dan 3 werkdagen." if te_laat else "Binnen 3 werkdagen na ontvangst.",
        soort="fout" if te_laat else "neutraal",
        volgorde=16,
        altijd=False,
    )
