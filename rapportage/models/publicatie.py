"""A table that leaves the contract relation: the shown figures and nothing else, one per report, region and quarter (M11).

A second one, made after a correction, could be subtracted from the first: the database refuses it, and refuses change.
"""

import uuid
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisaties.models import Gebruiker, Regio
from rapportage.statussen import Publicatiesoort


class PublicatieQuerySet(models.QuerySet["Publicatie"]):
    def visible_to(self, gebruiker: Any) -> Self:
        """Who may see every municipality in it; a provider gets it from the region, as everybody else."""
        if not getattr(gebruiker, "is_active", False) or gebruiker.aanbieder_id:
            return self.none()
        return self.filter(gemeenten__contained_by=list(gebruiker.gemeente_ids))


class Publicatie(models.Model):
    """`inhoud` holds what may be seen; a hidden figure is null in it, so that no copy of the table can leak it."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField(max_length=12, choices=Publicatiesoort.choices())
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    kwartaal = models.CharField(max_length=7, help_text="Zoals 2026-K3.")
    gemeenten = ArrayField(models.IntegerField(), help_text="Van wie cijfers in deze publicatie staan.")
    drempel = models.PositiveSmallIntegerField(help_text="Aantallen van 1 tot dit getal zijn afgeschermd.")
    inhoud = models.JSONField()
    sha256 = models.CharField(max_length=64)
    gepubliceerd_op = models.DateTimeField()
    gepubliceerd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = PublicatieQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-kwartaal", "regio", "soort"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["soort", "regio", "kwartaal"], name="publicatie_eenmaal"),
            models.CheckConstraint(
                name="publicatie_kwartaal_vorm", condition=Q(kwartaal__regex=r"^[0-9]{4}-K[1-4]$")
            ),
            models.CheckConstraint(name="publicatie_drempel", condition=Q(drempel__gte=5, drempel__lte=100)),
            models.CheckConstraint(name="publicatie_heeft_gemeenten", condition=Q(gemeenten__len__gt=0)),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="publicatie_blijft", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.soort} {self.kwartaal}"
