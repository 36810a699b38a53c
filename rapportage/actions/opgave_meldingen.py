"""News about the kwartaalopgave for the one mail a day (ADR 0011): deadlines, questions, and what was sent (U26, U27).

Derived from what is there and what is not: each moment of a deadline at most once, and after days without a clock only
the newest moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from meldingen.actions import posten_eenmaal
from meldingen.queries import adressen_van_aanbieders
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker
from rapportage.enums_opgave import OpgaveStatus
from rapportage.models import Kwartaalopgave, Opgaveafspraak, OpgaveVraag
from rapportage.opgave_regels import herinnering_nu
from rapportage.queries.lezers import RegioLezer
from rapportage.queries.opgave_lijst import Termijnen, eigen_termijnen, uiterste_dag, verwachte_aanbieders
from wmo_portal.lib.perioden import Kwartaal

NIEUWS: Final = timedelta(days=31)
OPGAVE: Final = "opgave"
VRAAG: Final = "opgavevraag"
INGEDIEND: Final = "opgave-in"
PerAanbieder = dict[int, dict[str, str]]
"""Provider -> what makes it once -> the sentence."""


# --- Deadlines -----------------------------------------------------------------------------------------------------------
def uiterste_dagen(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To providers whose opgave over the last quarter was not sent, at the moments of their region."""
    kwartaal = Kwartaal.van(vandaag).vorige
    per: PerAanbieder = defaultdict(dict)
    eigen = eigen_termijnen()
    for afspraak in Opgaveafspraak.objects.select_related("regio"):
        _regio(afspraak, kwartaal, eigen, vandaag, per)
    return _aan_aanbieders(OPGAVE, per, "uw kwartaalopgave")


def _regio(
    afspraak: Opgaveafspraak, kwartaal: Kwartaal, eigen: Termijnen, vandaag: date, per: PerAanbieder
) -> None:
    uiterlijk = uiterste_dag(afspraak, kwartaal, eigen)
    dagen = herinnering_nu(uiterlijk, vandaag, afspraak.herinner_dagen)
    if dagen is None:
        return
    wie = verwachte_aanbieders(RegioLezer.van(afspraak.regio), afspraak.regio, kwartaal)
    klaar = (
        Kwartaalopgave.objects.filter(regio=afspraak.regio, kwartaal=str(kwartaal))
        .exclude(status=OpgaveStatus.CONCEPT)
        .values_list("aanbieder_id", flat=True)
    )
    zin = (
        f"Uw kwartaalopgave over het {kwartaal.naam} voor {afspraak.regio.naam} is nog niet ingediend. "
        f"De uiterste dag is {uiterlijk:%d-%m-%Y}."
    )
    for pk in Aanbieder.objects.filter(pk__in=wie - set(klaar), ingericht=True).values_list("pk", flat=True):
        per[pk][f"{afspraak.regio.code}|{kwartaal}|{pk}|{dagen}"] = zin


# --- Questions -----------------------------------------------------------------------------------------------------------
def vragen(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the provider: every question of the contract manager that still has no answer, once."""
    per: PerAanbieder = defaultdict(dict)
    rijen = OpgaveVraag.objects.filter(beantwoord_op__isnull=True).select_related("opgave__regio")
    for rij in rijen.order_by("gesteld_op"):
        per[rij.aanbieder_id][str(rij.kenmerk)] = (
            f"De contractmanager van {rij.opgave.regio} heeft een vraag over uw kwartaalopgave {rij.opgave.kwartaal}."
        )
    return _aan_aanbieders(VRAAG, per, "een vraag over uw kwartaalopgave")


def _aan_aanbieders(soort: str, per: PerAanbieder, onderwerp: str) -> Iterator[Post]:
    if not per:
        return iter(())
    adressen = adressen_van_aanbieders(soort, list(per))
    zinnen = {sleutel: zin for van in per.values() for sleutel, zin in van.items()}
    per_adres: dict[str, list[str]] = defaultdict(list)
    for pk, van in per.items():
        for adres in adressen.get(pk, ()):
            per_adres[adres] += van

    def deel(adres: str, nieuw: list[str]) -> Deel:
        regels = [*dict.fromkeys(zinnen[sleutel] for sleutel in nieuw), "", "Log in om verder te gaan:"]
        return Deel(onderwerp, (*regels, f"{settings.ADRES}{reverse('rapportage:opgaven')}"), len(nieuw))

    return posten_eenmaal(soort, per_adres, deel)


# --- For the contract manager --------------------------------------------------------------------------------------------
def ingediend(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the contract managers who see the whole region: opgaven of the last month that wait for them, once each."""
    rijen = list(
        Kwartaalopgave.objects.filter(
            status__in=[OpgaveStatus.INGEDIEND, OpgaveStatus.OPNIEUW], ingediend_op__gt=moment - NIEUWS
        ).values_list("kenmerk", "indieningen", "gemeenten")
    )
    mensen = Gebruiker.objects.filter(rol=Rol.CONTRACTMANAGER, is_active=True).prefetch_related("gemeenten")
    per_adres = {
        wie.email.lower(): [
            f"{kenmerk}|{keer}"
            for kenmerk, keer, gemeenten in rijen
            if set(gemeenten) <= {gemeente.pk for gemeente in wie.gemeenten.all()}
        ]
        for wie in (mensen if rijen else ())
    }
    return posten_eenmaal(INGEDIEND, per_adres, _ingediend)


def _ingediend(adres: str, nieuw: list[str]) -> Deel:
    wat = "1 kwartaalopgave is" if len(nieuw) == 1 else f"{len(nieuw)} kwartaalopgaven zijn"
    regels = (
        f"{wat} ingediend. U kunt ze hier lezen:",
        f"{settings.ADRES}{reverse('rapportage:opgaven-beoordelen')}",
    )
    return Deel(f"{wat} ingediend", regels, len(nieuw))


BRONNEN: Final = (
    Bron(
        OPGAVE,
        "Uiterste dag van de kwartaalopgave",
        "Zolang u nog niet hebt ingediend.",
        Rol.AANBIEDER,
        uiterste_dagen,
    ),
    Bron(
        VRAAG,
        "Vragen over de kwartaalopgave",
        "Wat de contractmanager van u wil weten.",
        Rol.AANBIEDER,
        vragen,
    ),
    Bron(
        INGEDIEND,
        "Ingediende kwartaalopgaven",
        "Opgaven van aanbieders die u kunt beoordelen.",
        Rol.CONTRACTMANAGER,
        ingediend,
    ),
)
