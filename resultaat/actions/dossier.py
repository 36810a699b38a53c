"""Looking at a dossier (which leaves a line), and linking a new decision to the one it follows (R16)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking
from logboek.actions import leg_vast
from organisaties.models import Gebruiker


class KoppelFout(Exception):
    """Not linked; the message is a Dutch sentence."""


def noteer_inzage(*, beschikking: Beschikking, door: Gebruiker, scherm: str) -> None:
    """Every look at a person is a line in the log (R109)."""
    leg_vast(
        actie="dossier.gezien",
        door=door,
        object_soort="beschikking",
        object_kenmerk=beschikking.kenmerk,
        gemeente_id=beschikking.gemeente_id,
        aanbieder_id=door.aanbieder_id,
        client_index=bytes(beschikking.client.bsn_index),
        doel="Wmo: resultaat beoordelen"
        if door.aanbieder_id is None
        else "Wmo: zorg leveren en verantwoorden",
        details={"scherm": scherm},
    )


def koppel_vervolg(*, vervolg: Beschikking, voorganger: Beschikking, door: Gebruiker) -> None:
    """Say that one decision follows another of the same client. Raises KoppelFout with a sentence."""
    _controleer(vervolg, voorganger)
    with transaction.atomic():
        gelukt = Beschikking.objects.filter(pk=vervolg.pk, voorganger=None).update(
            voorganger=voorganger, versie=F("versie") + 1
        )
        if not gelukt:
            raise KoppelFout(
                f"Beschikking {vervolg.nummer} volgt al op een andere beschikking. Ververs de pagina om te zien welke."
            )
        leg_vast(
            actie="vervolg.koppelen",
            door=door,
            object_soort="beschikking",
            object_kenmerk=vervolg.kenmerk,
            gemeente_id=vervolg.gemeente_id,
            client_index=bytes(vervolg.client.bsn_index),
            doel="Wmo: vervolg op een beschikking",
            details={"voorganger": str(voorganger.kenmerk)},
        )


def _controleer(vervolg: Beschikking, voorganger: Beschikking) -> None:
    if (vervolg.client_id, vervolg.gemeente_id) != (voorganger.client_id, voorganger.gemeente_id):
        raise KoppelFout(
            "Deze beschikking is van een andere cliënt. Kies een beschikking van dezelfde cliënt."
        )
    if vervolg.ingangsdatum <= voorganger.ingangsdatum:
        raise KoppelFout(
            f"Beschikking {vervolg.nummer} gaat in op {vervolg.ingangsdatum:%d-%m-%Y}. Een vervolg gaat in na "
            f"{voorganger.ingangsdatum:%d-%m-%Y}."
        )
    if vervolg.status == BeschikkingStatus.INGETROKKEN:
        raise KoppelFout(f"Beschikking {vervolg.nummer} is ingetrokken. Kies een andere beschikking.")
