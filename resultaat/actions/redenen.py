"""Editing the reasons of a region: reword, switch off, add. None is ever deleted, for judgements name them (R41)."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import RedenOptie

VELDEN = ("uitkomst", "tekst", "volgorde", "actief")


@transaction.atomic
def bewaar_reden(*, reden: RedenOptie, door: Gebruiker) -> RedenOptie:
    """Save a new or changed reason, with old and new in the log."""
    oud = RedenOptie.objects.filter(pk=reden.pk).first()
    if oud is None:
        reden.code = f"eigen-{uuid4().hex[:12]}"
    reden.save()
    anders = {
        veld: [getattr(oud, veld) if oud else None, getattr(reden, veld)]
        for veld in VELDEN
        if oud is None or getattr(oud, veld) != getattr(reden, veld)
    }
    if anders:
        leg_vast(
            actie="reden.wijzigen" if oud else "reden.toevoegen",
            door=door,
            object_soort="redenoptie",
            object_kenmerk=f"{reden.regio.code}.{reden.code}",
            doel="inrichting",
            details=anders,
        )
    return reden
