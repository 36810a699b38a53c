"""The tiles of worklist and questions on the start page; each number is that of the list behind it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.urls import reverse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from resultaat.queries.clienten import met_vraag
from resultaat.queries.radar import Keus, Radar, radar
from resultaat.queries.werkvoorraad import tel
from resultaat.werksoorten import Werksoort

_TEGELS: Final = (
    (
        Werksoort.EVALUATIE,
        "evaluaties te beoordelen",
        "evaluatie te beoordelen",
        "Lees het document en registreer het resultaat.",
        "waarschuwing",
    ),
    (
        Werksoort.AFLOPEND,
        "aflopende beschikkingen",
        "aflopende beschikking",
        "Ze lopen binnen 8 weken af of zijn al voorbij.",
        "neutraal",
    ),
    (
        Werksoort.MONITORING,
        "monitoringsmomenten",
        "monitoringsmoment",
        "Plan het gesprek en leg het vast.",
        "neutraal",
    ),
    (
        Werksoort.STOP,
        "stops te beoordelen",
        "stop te beoordelen",
        "De maandelijkse ronde vraagt uw oordeel.",
        "waarschuwing",
    ),
    (
        Werksoort.STAP,
        "tussenstappen niet gelukt",
        "tussenstap niet gelukt",
        "Registreer waarom afschalen niet lukte.",
        "waarschuwing",
    ),
    (
        Werksoort.VERZOEK,
        "verzoeken om wijziging",
        "verzoek om wijziging",
        "Beslis en laat het de aanbieder weten.",
        "waarschuwing",
    ),
    (
        Werksoort.VRAAG,
        "vragen zonder antwoord",
        "vraag zonder antwoord",
        "Een aanbieder heeft nog niet geantwoord.",
        "neutraal",
    ),
    (
        Werksoort.TEGENSPRAAK,
        "tegenspraken",
        "tegenspraak",
        "Code, formulier en oordeel zeggen niet hetzelfde.",
        "fout",
    ),
    (
        Werksoort.ZONDER_MOMENT,
        "zonder monitoringsmoment",
        "zonder monitoringsmoment",
        "Spreek een volgend moment af.",
        "neutraal",
    ),
)
_ALTIJD: Final = (Werksoort.EVALUATIE, Werksoort.AFLOPEND)


def blokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    if gebruiker.mag(Mag.EVALUATIE_BEOORDELEN):
        return _van_consulent(gebruiker, vandaag)
    return _van_aanbieder(gebruiker, vandaag) if gebruiker.mag(Mag.EVALUATIE_INDIENEN) else []


def _van_consulent(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    aantallen = tel(gebruiker, vandaag)
    lijst = reverse("resultaat:werkvoorraad")
    return [
        Blok(
            label=label,
            een=een,
            aantal=aantallen[soort],
            url=f"{lijst}?soort={soort.value}",
            zin=zin,
            soort=kleur if aantallen[soort] else "neutraal",
            volgorde=10 + plaats,
            altijd=soort in _ALTIJD,
        )
        for plaats, (soort, label, een, zin, kleur) in enumerate(_TEGELS)
    ]


def _van_aanbieder(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    """What is owed: the documents by their deadline, and answers."""
    return [
        _documenten(radar(gebruiker, vandaag=vandaag, keus=Keus())),
        Blok(
            label="vragen van de gemeente",
            een="vraag van de gemeente",
            aantal=met_vraag(gebruiker).count(),
            url=f"{reverse('resultaat:mijn-clienten')}?doen=vraag",
            zin="Beantwoord ze in het portaal.",
            soort="waarschuwing",
            volgorde=12,
            altijd=False,
        ),
    ]


def _documenten(beeld: Radar) -> Blok:
    """As many as the page of the deadlines lists; the sentence says how pressing it is (R59, R60)."""
    te_laat, eerste = len(beeld.te_laat), next((t for week in beeld.weken for t in week.rijen), None)
    zinnen = ([f"{te_laat} te laat."] if te_laat else []) + (
        [f"De {'volgende' if te_laat else 'eerste'} uiterlijk {eerste.termijn.datum:%d-%m-%Y}."]
        if eerste
        else []
    )
    return Blok(
        label="documenten te sturen",
        een="document te sturen",
        aantal=len(beeld.open),
        url=reverse("resultaat:termijnen"),
        zin=" ".join(zinnen),
        soort="fout" if te_laat else "neutraal",
        volgorde=10,
        altijd=False,
    )
