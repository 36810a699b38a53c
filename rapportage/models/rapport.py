"""A report that was asked for and is made by a worker: who asked, with which filters, and the encrypted file."""

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from organisaties.models import Gebruiker
from rapportage.statussen import Rapportsoort, RapportStatus


class RapportQuerySet(models.QuerySet["Rapport"]):
    def visible_to(self, gebruiker: Any) -> Self:
        """A report belongs to who asked for it: it holds what that person may see."""
        if not getattr(gebruiker, "is_active", False):
            return self.none()
        return self.filter(aanvrager_id=gebruiker.pk)

    def wachtend(self) -> Self:
        return self.filter(status__in=[RapportStatus.AANGEVRAAGD, RapportStatus.BEZIG])


class Rapport(models.Model):
    """One PDF in the making or made. Content goes when it expires; the line that it was made stays."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    soort = models.CharField(max_length=12, choices=Rapportsoort.choices())
    titel = models.CharField(max_length=200)
    filters = models.JSONField(default=dict, help_text="De keuzes waarmee het rapport is gevraagd.")
    status = models.CharField(
        max_length=12, choices=RapportStatus.choices(), default=RapportStatus.AANGEVRAAGD
    )
    aanvrager = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    automatisch = models.CharField(
        max_length=60,
        blank=True,
        help_text="Waarvoor het portaal het zelf vroeg, zoals ‘h5|2026-K3’; leeg: door de persoon.",
    )
    aangevraagd_op = models.DateTimeField()
    begonnen_op = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)
    verloopt_op = models.DateTimeField()
    bestandsnaam = models.CharField(max_length=120)
    versleuteld = models.BinaryField(null=True, blank=True)
    grootte = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    fout = models.TextField(blank=True)

    objects = RapportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-aangevraagd_op", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["aanvrager", "automatisch"],
                name="rapport_automatisch_eenmaal",
                condition=~Q(automatisch=""),
            ),
            models.CheckConstraint(
                name="rapport_klaar_heeft_bestand",
                condition=Q(status=RapportStatus.KLAAR, versleuteld__isnull=False, klaar_op__isnull=False)
                | (~Q(status=RapportStatus.KLAAR) & Q(versleuteld__isnull=True)),
            ),
            models.CheckConstraint(
                name="rapport_mislukt_zegt_waarom",
                condition=~Q(status=RapportStatus.MISLUKT) | ~Q(fout=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["aanvrager", "-aangevraagd_op"], name="rapport_mijn"),
            models.Index(
                fields=["aangevraagd_op"],
                name="rapport_wachtend",
                condition=Q(status__in=[RapportStatus.AANGEVRAAGD, RapportStatus.BEZIG]),
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def soort_badge(self) -> str:
        return {RapportStatus.KLAAR: "ok", RapportStatus.MISLUKT: "fout"}.get(
            RapportStatus(self.status), "neutraal"
        )
