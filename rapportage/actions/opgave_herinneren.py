"""Remind providers of the quarterly deadline: derived from what is not there, each moment at most once (U26, U27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from logboek.actions import leg_vast
from organisaties.models import Aanbieder, Gebruiker, Regio
from rapportage.actions.opgave import DOEL
from rapportage.enums_opgave import OpgaveStatus
from rapportage.models import Kwartaalopgave, Opgaveafspraak
from rapportage.opgave_regels import deadline, herinnering_nu
from rapportage.queries.lezers import RegioLezer
from rapportage.queries.opgave_lijst import verwachte_aanbieders
from techniek.actions import zet_mail_klaar
from wmo_portal.lib.perioden import Kwartaal


def herinner(*, op: datetime, vandaag: date) -> int:
    """Put in the outbox what is due now; how many were new. May run as often as you like.

    Runs in the system's scope: a draft is nobody else's, and whether one was sent is all that is looked at.
    """
    kwartaal = Kwartaal.van(vandaag).vorige
    return sum(
        _herinner_regio(afspraak, kwartaal, op, vandaag)
        for afspraak in Opgaveafspraak.objects.select_related("regio")
    )


def _herinner_regio(afspraak: Opgaveafspraak, kwartaal: Kwartaal, op: datetime, vandaag: date) -> int:
    uiterlijk = deadline(kwartaal, afspraak.dagen)
    moment = herinnering_nu(uiterlijk, vandaag, afspraak.herinner_dagen)
    if moment is None:
        return 0
    wie = verwachte_aanbieders(RegioLezer.van(afspraak.regio), afspraak.regio, kwartaal)
    klaar = (
        Kwartaalopgave.objects.filter(regio=afspraak.regio, kwartaal=str(kwartaal))
        .exclude(status=OpgaveStatus.CONCEPT)
        .values_list("aanbieder_id", flat=True)
    )
    adressen = _adressen(Aanbieder.objects.filter(pk__in=wie - set(klaar), ingericht=True))
    return sum(
        _zet_klaar(adres, aanbieder_id, afspraak.regio, kwartaal, uiterlijk, moment, op)
        for aanbieder_id, alle in adressen.items()
        for adres in alle
    )


def _adressen(aanbieders: Iterable[Aanbieder]) -> dict[int, list[str]]:
    """Everybody of the provider who may log in; its own address when there is nobody. Two queries."""
    rijen = list(aanbieders)
    per: dict[int, list[str]] = defaultdict(list)
    mensen = Gebruiker.objects.filter(aanbieder__in=rijen, is_active=True).order_by("pk")
    for aanbieder_id, adres in mensen.values_list("aanbieder_id", "email"):
        per[aanbieder_id or 0].append(adres)
    return {rij.pk: per.get(rij.pk) or [adres for adres in [rij.email] if adres] for rij in rijen}


@transaction.atomic
def _zet_klaar(
    adres: str,
    aanbieder_id: int,
    regio: Regio,
    kwartaal: Kwartaal,
    uiterlijk: date,
    moment: int,
    op: datetime,
) -> bool:
    nieuw = zet_mail_klaar(
        sleutel=f"opgave.herinnering|{regio.code}|{kwartaal}|{aanbieder_id}|{moment}|{adres}",
        aan=adres,
        onderwerp=f"Wmo-portaal: uw kwartaalopgave over het {kwartaal.naam}",
        tekst=(
            f"Uw kwartaalopgave over het {kwartaal.naam} voor {regio.naam} is nog niet ingediend.\n"
            f"De uiterste dag is {uiterlijk:%d-%m-%Y}.\n\n"
            f"Log in om verder te gaan:\n{settings.ADRES}{reverse('rapportage:opgaven')}\n"
        ),
        op=op,
    )
    if nieuw:
        leg_vast(
            actie="opgave.herinnerd",
            door=None,
            object_soort="mail",
            aanbieder_id=aanbieder_id,
            doel=DOEL,
            details={"regio": regio.code, "kwartaal": str(kwartaal), "moment": moment},
        )
    return nieuw
