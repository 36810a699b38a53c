"""The tiles of this app on the start page."""

from datetime import date

from django.urls import reverse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from rapportage.queries.vaststelling import te_doen


def blokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    if not gebruiker.mag(Mag.VASTSTELLEN):
        return []
    return [
        Blok(
            label="kwartalen vast te stellen",
            een="kwartaal vast te stellen",
            aantal=len(te_doen(gebruiker, vandaag)),
            url=reverse("rapportage:vaststellingen"),
            zin="Kijk de cijfers van het vorige kwartaal na en stel ze vast.",
            soort="waarschuwing",
            volgorde=20,
        )
    ]
