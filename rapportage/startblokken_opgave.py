"""The tiles of the kwartaalopgave on the start page: what a provider owes, what a contract manager may judge."""

from datetime import date

from django.urls import reverse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from rapportage.enums_opgave import OpgaveStatus
from rapportage.queries.opgave import opgaven
from rapportage.queries.opgave_lijst import van_aanbieder


def blokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    if gebruiker.mag(Mag.OPGAVE_INDIENEN):
        return _van_aanbieder(gebruiker, vandaag)
    if gebruiker.mag(Mag.OPGAVE_BEOORDELEN):
        return [
            Blok(
                label="kwartaalopgaven te beoordelen",
                een="kwartaalopgave te beoordelen",
                aantal=opgaven(gebruiker)
                .filter(status__in=[OpgaveStatus.INGEDIEND, OpgaveStatus.OPNIEUW])
                .count(),
                url=reverse("rapportage:opgaven-beoordelen"),
                zin="Lees wat aanbieders opgaven, stel een vraag of stel vast.",
                volgorde=25,
            )
        ]
    return []


def _van_aanbieder(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    rijen = van_aanbieder(gebruiker, vandaag)
    open_ = [rij for rij in rijen if not rij.verstuurd]
    vragen = [rij for rij in rijen if rij.opgave and rij.opgave.status == OpgaveStatus.VRAGEN]
    eerste = min((rij.uiterlijk for rij in open_), default=None)
    url = reverse("rapportage:opgaven")
    return [
        Blok(
            label="kwartaalopgaven in te dienen",
            een="kwartaalopgave in te dienen",
            aantal=len(open_),
            url=url,
            zin=f"Uiterlijk {eerste:%d-%m-%Y}." if eerste else "U bent bij.",
            soort="fout" if any(rij.te_laat for rij in open_) else "neutraal",
            volgorde=30,
            altijd=False,
        ),
        Blok(
            label="kwartaalopgaven met een vraag",
            een="kwartaalopgave met een vraag",
            aantal=len(vragen),
            url=url,
            zin="De contractmanager wacht op uw antwoord.",
            soort="waarschuwing",
            volgorde=20,
            altijd=False,
        ),
    ]
