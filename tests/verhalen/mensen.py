"""The people of the stories of the werkwijze, and what they do, through the doors they have."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Http
from django.urls import reverse

from beschikkingen.enums import SoortBeschikking
from beschikkingen.models import Beschikking, Toewijzing
from organisaties.models import Gebruiker
from resultaat.models import Resultaat
from resultaat.referentie import laad_redenopties
from tests import fabriek
from tests.lib.bestanden import maak_pdf
from wmo_portal.lib.tijd import vandaag


def over(dagen: int) -> date:
    """A day that many days from today; negative is past."""
    return vandaag() + timedelta(days=dagen)


def als(wie: Gebruiker) -> Http:
    """This person behind a browser."""
    http = Http()
    http.force_login(wie)
    return http


def anna() -> Gebruiker:
    """Consulent in Westland."""
    fabriek.westland()
    laad_redenopties()
    return fabriek.consulent(naam="Anna")


def fatma() -> Gebruiker:
    """Works for De Linde."""
    return fabriek.medewerker(fabriek.aanbieder("De Linde"), naam="Fatma")


def jansen(eind: date | None, *, zwaarte: int = 3, soort: str = "", **velden: object) -> Toewijzing:
    """Care of De Linde for Mrs Jansen on finances, for most of a year already."""
    fabriek.westland()
    begin = (eind or vandaag()) - timedelta(days=300)
    extra = {"soort": soort} if soort else {}
    dossier = fabriek.beschikking(begin=begin, eind=eind, **extra)
    toewijzing = fabriek.toewijzing(
        dossier, aan=fabriek.aanbieder("De Linde"), trede=fabriek.trede(zwaarte), **velden
    )
    fabriek.start(toewijzing)
    return toewijzing


def getrapt(eerste_eind: date, eind: date) -> Toewijzing:
    toewijzing = jansen(eind, zwaarte=4, soort=SoortBeschikking.GETRAPT)
    fabriek.stap(toewijzing, 1, 4, toewijzing.ingangsdatum, eerste_eind)
    fabriek.stap(toewijzing, 2, 3, eerste_eind + timedelta(days=1), eind)
    return toewijzing


def stuur_evaluatie(
    wie: Gebruiker, toewijzing: Toewijzing, *, behaald: bool, zwaarte: int | None, reden: str
) -> None:
    """Upload and reason, in the portal."""
    antwoord = als(wie).post(
        reverse("resultaat:evaluatie-indienen", args=[toewijzing.kenmerk]),
        {
            "behaald": "ja" if behaald else "nee",
            "vervolg_nodig": "ja" if zwaarte else "nee",
            "gevraagde_trede": str(fabriek.trede(zwaarte).pk) if zwaarte else "",
            "reden": reden,
            "document": SimpleUploadedFile("verslag.pdf", maak_pdf()),
        },
    )
    assert antwoord.status_code == 302, antwoord.content.decode()


def scherm(wie: Gebruiker, toewijzing: Toewijzing, plek: str = "") -> str:
    """What the consulent sees when she is about to register."""
    adres = reverse("resultaat:registreren", args=[toewijzing.kenmerk])
    return als(wie).get(f"{adres}?plek={plek}" if plek else adres).content.decode()


def registreer(wie: Gebruiker, toewijzing: Toewijzing, plek: str = "", **velden: object) -> Resultaat:
    """Fill in the form of bijlage 3 and send it."""
    adres = reverse("resultaat:registreren", args=[toewijzing.kenmerk])
    antwoord = als(wie).post(f"{adres}?plek={plek}" if plek else adres, velden)
    assert antwoord.status_code == 302, antwoord.content.decode()
    return Resultaat.objects.actueel().filter(toewijzing=toewijzing).latest("pk")


def werk(wie: Gebruiker) -> list[str]:
    """The kinds of work that wait for her, in order."""
    from resultaat.queries.werkvoorraad import werkvoorraad

    return [rij.soort.value for rij in werkvoorraad(wie, vandaag()).rijen]


def dossier_van(toewijzing: Toewijzing) -> Beschikking:
    return Beschikking.objects.get(pk=toewijzing.beschikking_id)
