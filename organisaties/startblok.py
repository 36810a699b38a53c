"""The beheerder's own tiles on the start page."""

from datetime import date

from django.urls import reverse

from organisaties.inrichtsignalen import signalen
from organisaties.models import Gebruiker
from organisaties.queries import mislukte_taken, niet_ingericht, postbus, zonder_tweede_factor
from organisaties.rollen import Mag
from organisaties.startblokken import Blok


def beheerblokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    blokken: list[Blok] = []
    if gebruiker.mag(Mag.INRICHTEN):
        gemeenten, aanbieders = niet_ingericht()
        aantal = len(gemeenten) + len(aanbieders) + len(signalen())
        zin = "Codes uit berichten waarover nog niets is afgesproken."
        blokken.append(
            Blok("Nog in te richten", aantal, reverse("organisaties:inrichting"), zin, volgorde=10)
        )
    if gebruiker.mag(Mag.TAKEN):
        taken = reverse("organisaties:taken")
        mislukt, opgegeven = mislukte_taken(), len(postbus().opgegeven)
        blokken += [
            Blok("Mislukte taken", mislukt, taken, "Kijk wat er misging.", _soort(mislukt), 20),
            Blok(
                "Opgegeven mail",
                opgegeven,
                taken,
                "Probeer opnieuw als de mailserver werkt.",
                _soort(opgegeven),
                30,
            ),
        ]
    if gebruiker.mag(Mag.GEBRUIKERS):
        zin = "Mensen met een account zonder tweede stap bij het inloggen."
        lijst = f"{reverse('organisaties:gebruikers')}?zonder_tweede_stap=on"
        blokken.append(Blok("Zonder tweede stap", zonder_tweede_factor(), lijst, zin, volgorde=40))
    return blokken


def _soort(aantal: int) -> str:
    return "fout" if aantal else "neutraal"
