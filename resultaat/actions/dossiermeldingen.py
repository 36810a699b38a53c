"""News about dossiers for the one mail a day: questions, answers, and decisions on a change request (R14, R58).

Read from the state: a question that was answered meanwhile is not told any more. An outage of a month is caught up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from meldingen.actions import posten_eenmaal
from meldingen.queries import adressen_van_aanbieders
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Rol
from resultaat.models import InformatieVraag
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting

NIEUWS: Final = timedelta(days=31)
VRAAG: Final = "vraag"
ANTWOORD: Final = "antwoord"
BESLUIT: Final = "besluit"


def per_adres(soort: str, rijen: Iterable[tuple[int, object]]) -> dict[str, list[str]]:
    """(provider, what) -> per address of its people everything of that provider."""
    per_aanbieder: dict[int, list[str]] = defaultdict(list)
    for aanbieder, kenmerk in rijen:
        per_aanbieder[aanbieder].append(str(kenmerk))
    if not per_aanbieder:
        return {}
    adressen = adressen_van_aanbieders(soort, list(per_aanbieder))
    uit: dict[str, list[str]] = defaultdict(list)
    for aanbieder, kenmerken in per_aanbieder.items():
        for adres in adressen.get(aanbieder, ()):
            uit[adres] += kenmerken
    return uit


def link(naam: str, vraag: str = "") -> str:
    return f"{settings.ADRES}{reverse(naam)}{vraag}"


def vragen(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the provider: every question that still has no answer, once."""
    open_ = InformatieVraag.objects.open().values_list("aanbieder_id", "kenmerk")
    return posten_eenmaal(VRAAG, per_adres(VRAAG, open_), _vragen)


def _vragen(adres: str, nieuw: list[str]) -> Deel:
    wat = "een vraag" if len(nieuw) == 1 else f"{len(nieuw)} vragen"
    regels = (
        f"De gemeente heeft {wat} aan u over een dossier. U vindt ze hier:",
        link("resultaat:mijn-clienten", "?doen=vraag"),
    )
    return Deel(f"{wat} van de gemeente", regels, len(nieuw))


def antwoorden(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the consulent who asked: the answers of the last month, once."""
    rijen = InformatieVraag.objects.filter(
        beantwoord_op__gt=moment - NIEUWS, gesteld_door__is_active=True
    ).values_list("gesteld_door__email", "kenmerk")
    uit: dict[str, list[str]] = defaultdict(list)
    for email, kenmerk in rijen:
        uit[email.lower()].append(str(kenmerk))
    return posten_eenmaal(ANTWOORD, uit, _antwoorden)


def _antwoorden(adres: str, nieuw: list[str]) -> Deel:
    wat = "een antwoord" if len(nieuw) == 1 else f"{len(nieuw)} antwoorden"
    regels = (
        f"Aanbieders gaven {wat} op uw vragen. Log in om verder te gaan:",
        link("resultaat:werkvoorraad"),
    )
    return Deel(f"{wat} op uw vragen", regels, len(nieuw))


def besluiten(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the provider: what was decided on its requests in the last month, once (R58)."""
    rijen = (
        Toelichting.objects.filter(status=ToelichtingStatus.AFGEHANDELD, afgehandeld_op__gt=moment - NIEUWS)
        .exclude(besluit="")
        .values_list("aanbieder_id", "kenmerk")
    )
    return posten_eenmaal(BESLUIT, per_adres(BESLUIT, rijen), _besluiten)


def _besluiten(adres: str, nieuw: list[str]) -> Deel:
    wat = "een besluit" if len(nieuw) == 1 else f"{len(nieuw)} besluiten"
    regels = (
        f"De gemeente nam {wat} op een verzoek om wijziging van u. U leest het hier:",
        link("stopberichten:toelichtingen", "?staat=afgehandeld"),
    )
    return Deel(f"{wat} op uw verzoek om wijziging", regels, len(nieuw))


BRONNEN: Final = (
    Bron(VRAAG, "Vragen van de gemeente", "Aanvullende informatie over een dossier.", Rol.AANBIEDER, vragen),
    Bron(
        BESLUIT,
        "Besluiten op een verzoek",
        "Wat de gemeente besloot op uw verzoek om wijziging.",
        Rol.AANBIEDER,
        besluiten,
    ),
    Bron(ANTWOORD, "Antwoorden op uw vragen", "Wat aanbieders u antwoordden.", Rol.CONSULENT, antwoorden),
)
