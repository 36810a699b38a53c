"""Aanvullende informatie: a question of the consulent and the answer of the provider (R14). The 8 weeks run on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.statussen import EvaluatieStatus


class VraagFout(Exception):
    """Not asked or not answered; the message is a Dutch sentence."""


class AlBeantwoord(VraagFout):
    """A colleague answered first. `bestaand` holds that answer."""

    def __init__(self, bestaand: InformatieVraag) -> None:
        super().__init__("Een collega heeft deze vraag al beantwoord. Uw tekst staat er nog.")
        self.bestaand = bestaand


@transaction.atomic
def stel_vraag(*, evaluatie: Evaluatie, vraag: str, door: Gebruiker, moment: datetime) -> InformatieVraag:
    """Ask the provider; its mail of the day tells it (`dossiermeldingen`). Raises VraagFout."""
    if not vraag.strip():
        raise VraagFout("Schrijf op wat u wilt weten.")
    if evaluatie.status == EvaluatieStatus.BEOORDEELD:
        raise VraagFout(
            "Over dit document is het oordeel al geregistreerd. Corrigeer het oordeel als dat nodig is."
        )
    rij = InformatieVraag.objects.create(
        gemeente_id=evaluatie.gemeente_id,
        aanbieder_id=evaluatie.aanbieder_id,
        beschikking=evaluatie.beschikking,
        evaluatie=evaluatie,
        vraag=vraag.strip(),
        gesteld_op=moment,
        gesteld_door=door,
    )
    _zet_status(evaluatie, EvaluatieStatus.INGEDIEND, EvaluatieStatus.INFO_GEVRAAGD)
    _log("vraag.stellen", rij, door)
    return rij


@transaction.atomic
def beantwoord_vraag(
    *, vraag: InformatieVraag, antwoord: str, door: Gebruiker, moment: datetime
) -> InformatieVraag:
    """The answer comes back in the same place, and the document on the worklist again. Raises VraagFout, AlBeantwoord."""
    if not antwoord.strip():
        raise VraagFout("Vul uw antwoord in.")
    gelukt = (
        InformatieVraag.objects.open()
        .filter(pk=vraag.pk)
        .update(antwoord=antwoord.strip(), beantwoord_op=moment, beantwoord_door=door)
    )
    vraag.refresh_from_db()
    if not gelukt:
        raise AlBeantwoord(vraag)
    if vraag.evaluatie and not InformatieVraag.objects.open().filter(evaluatie=vraag.evaluatie).exists():
        _zet_status(vraag.evaluatie, EvaluatieStatus.INFO_GEVRAAGD, EvaluatieStatus.INGEDIEND)
    _log("vraag.beantwoorden", vraag, door)
    return vraag


def _zet_status(evaluatie: Evaluatie, van: EvaluatieStatus, naar: EvaluatieStatus) -> None:
    Evaluatie.objects.filter(pk=evaluatie.pk, status=van).update(status=naar, versie=F("versie") + 1)


def _log(actie: str, vraag: InformatieVraag, door: Gebruiker) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="informatievraag",
        object_kenmerk=vraag.kenmerk,
        gemeente_id=vraag.gemeente_id,
        aanbieder_id=vraag.aanbieder_id,
        client_index=bytes(vraag.beschikking.client.bsn_index),
        doel="Wmo: aanvullende informatie",
    )
