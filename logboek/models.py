"""The log: who did or saw what, when, about which dossier, for what purpose (R109, BIO2 8.15.01, NEN 7513).

No foreign keys: the log outlives what it describes. The application role may only add lines.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models.functions import Now


class GebeurtenisQuerySet(models.QuerySet["Gebeurtenis"]):
    def visible_to(self, gebruiker: Any) -> "GebeurtenisQuerySet":
        """The lines of one's own municipalities; a provider sees the lines about its own clients."""
        if gebruiker.aanbieder_id:
            return self.filter(aanbieder_id=gebruiker.aanbieder_id)
        if gebruiker.bereik.systeem:
            return self
        return self.filter(gemeente_id__in=gebruiker.bereik.gemeenten)


class Gebeurtenis(models.Model):
    class Resultaat(models.TextChoices):
        GELUKT = "gelukt", "gelukt"
        GEWEIGERD = "geweigerd", "geweigerd"
        MISLUKT = "mislukt", "mislukt"

    kenmerk = models.UUIDField(default=uuid.uuid4, editable=False)
    op = models.DateTimeField()
    actie = models.CharField(max_length=60, help_text="Wat er gebeurde, als <onderwerp>.<werkwoord>.")
    object_soort = models.CharField(max_length=60, default="")
    object_kenmerk = models.CharField(max_length=60, default="")
    resultaat = models.CharField(max_length=10, choices=Resultaat, default=Resultaat.GELUKT)
    actor_id = models.BigIntegerField(null=True, help_text="Leeg: het portaal zelf.")
    actor_naam = models.CharField(max_length=200, default="")
    rol = models.CharField(max_length=20, default="")
    doel = models.CharField(max_length=100, default="", help_text="Waarvoor: de doelbinding.")
    gemeente_id = models.BigIntegerField(null=True)
    aanbieder_id = models.BigIntegerField(null=True)
    client_index = models.BinaryField(null=True, help_text="De BSN-index van de cliënt om wie het gaat.")
    operatie_id = models.UUIDField(help_text="Verbindt alle regels van één verzoek of taak.")
    details = models.JSONField(default=dict)

    objects = GebeurtenisQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["client_index", "-op"], name="gebeurtenis_client"),
            models.Index(fields=["object_kenmerk", "-op"], name="gebeurtenis_object"),
            models.Index(fields=["gemeente_id", "-op"], name="gebeurtenis_gemeente"),
        ]

    def __str__(self) -> str:
        return f"{self.op:%d-%m-%Y %H:%M} {self.actie} {self.object_kenmerk}"


class Zegel(models.Model):
    """One seal: a hash over the lines it holds and over the seal before it (veiligheid D3)."""

    gezet_op = models.DateTimeField()
    aantal = models.PositiveIntegerField()
    vorige = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vorige"], name="zegel_een_opvolger")]

    def __str__(self) -> str:
        return f"zegel {self.pk}"


class ZegelRegel(models.Model):
    """The hash of one line. It stays when the line itself is destroyed after its term, so the chain still holds.

    Kept per year of its seal (docs/adr/0080), like the lines are per year of their own.
    """

    gebeurtenis_id = models.BigIntegerField(primary_key=True)
    zegel = models.ForeignKey(
        Zegel, on_delete=models.PROTECT, related_name="regels", db_constraint=False, db_index=False
    )
    hash = models.BinaryField(max_length=32)
    gezet_op = models.DateTimeField(db_default=Now(), help_text="Van het zegel.")

    class Meta:
        indexes = [models.Index(fields=["zegel"], name="zegelregel_zegel")]

    def __str__(self) -> str:
        return f"regel {self.gebeurtenis_id}"


class Jaaranker(models.Model):
    """What stays of a year whose lines and hashes went after their term; its seals stay too. Only the database writes it."""

    jaar = models.PositiveSmallIntegerField(primary_key=True)
    zegels = models.PositiveIntegerField()
    regels = models.PositiveBigIntegerField()
    laatste = models.BigIntegerField(help_text="Nummer van het laatste zegel van dat jaar.")
    hash = models.BinaryField(
        max_length=32, help_text="Dat zegel; het eerste van het volgende jaar hangt eraan."
    )
    vernietigd_op = models.DateTimeField()

    def __str__(self) -> str:
        return f"anker {self.jaar}"
