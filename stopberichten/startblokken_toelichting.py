"""What waits on the start page: each number is the number of rows of the list behind it."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from stopberichten.queries_toelichtinglijst import (
    Staat,
    aantallen,
    stops_zonder_toelichting,
    toelichtingen_zonder_stop,
)


def blokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    """For the provider what it owes, for the administration what is missing. Three queries, or two."""
    eigen = gebruiker.mag(Mag.TOELICHTING_INDIENEN)
    if not eigen and not gebruiker.mag(Mag.KOPPELEN):
        return []
    return [*_paren(gebruiker, vandaag), *(_eigen_werk(gebruiker) if eigen else [])]


def _paren(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    stops = stops_zonder_toelichting(gebruiker, vandaag, om=True)
    vormen = toelichtingen_zonder_stop(gebruiker, vandaag, om=True)
    return [
        Blok(
            "307 zonder Toelichting",
            stops.count(),
            reverse("stopberichten:stops-zonder-toelichting"),
            "Langer dan 5 werkdagen geleden gestopt, en het formulier ontbreekt.",
            soort="fout",
            volgorde=20,
            altijd=False,
        ),
        Blok(
            "Toelichting zonder 307",
            vormen.count(),
            reverse("stopberichten:toelichtingen-zonder-stop"),
            "Langer dan 5 werkdagen geleden verstuurd, en het 307-bericht ontbreekt.",
            soort="waarschuwing",
            volgorde=21,
            altijd=False,
        ),
    ]


def _eigen_werk(gebruiker: Gebruiker) -> list[Blok]:
    # A question of a consultant has a tile of its own, beside the question itself (resultaat).
    geteld, lijst = aantallen(gebruiker), reverse("stopberichten:toelichtingen")
    zinnen = {
        Staat.ZORGPLAN: (
            "Zorgplannen nog te sturen",
            "U stuurde een wijziging en beloofde het zorgplan.",
            22,
        ),
        Staat.CONCEPT: ("Concepten", "Begonnen en nog niet verstuurd.", 40),
    }
    return [
        Blok(label, geteld[staat], f"{lijst}?staat={staat}", zin, "waarschuwing", volgorde, altijd=False)
        for staat, (label, zin, volgorde) in zinnen.items()
    ]
