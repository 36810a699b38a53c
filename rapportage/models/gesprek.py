"""The quarterly talk with a provider: notes and actions; the figures are read, never copied (R104, M13)."""

import uuid
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Regio
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class KwartaalgesprekQuerySet(models.QuerySet["Kwartaalgesprek"]):
    def visible_to(self, gebruiker: Any) -> Self:
        """A contract manager who may see every municipality in it. A provider never: these are the notes of the region."""
        if not getattr(gebruiker, "is_active", False) or gebruiker.rol != Rol.CONTRACTMANAGER:
            return self.none()
        return self.filter(gemeenten__contained_by=list(gebruiker.gemeente_ids))


class Kwartaalgesprek(models.Model):
    """One per region, provider and quarter. Every save raises `versie`: who has not seen the last one is asked."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    kwartaal = models.CharField(max_length=7, help_text="Zoals 2026-K3.")
    gemeenten = ArrayField(models.IntegerField(), help_text="De gemeenten van de regio toen het begon.")
    gespreksdatum = models.DateField(null=True, blank=True)
    verslag = models.TextField(blank=True)
    versie = models.PositiveIntegerField(default=1)
    begonnen_op = models.DateTimeField()
    begonnen_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    bewaard_op = models.DateTimeField(null=True, blank=True)
    bewaard_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = KwartaalgesprekQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-kwartaal", "regio", "aanbieder"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regio", "aanbieder", "kwartaal"], name="gesprek_eenmaal"),
            models.UniqueConstraint(fields=["id", "aanbieder"], name="gesprek_id_aanbieder"),
            models.CheckConstraint(
                name="gesprek_kwartaal_vorm", condition=Q(kwartaal__regex=r"^[0-9]{4}-K[1-4]$")
            ),
            models.CheckConstraint(name="gesprek_heeft_gemeenten", condition=Q(gemeenten__len__gt=0)),
            models.CheckConstraint(
                name="gesprek_bewaard_paar",
                condition=Q(bewaard_op__isnull=True, bewaard_door__isnull=True)
                | Q(bewaard_op__isnull=False, bewaard_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanbieder} {self.kwartaal}"


class GespreksactieQuerySet(models.QuerySet["Gespreksactie"]):
    def visible_to(self, gebruiker: Any) -> Self:
        return self.filter(gesprek__in=Kwartaalgesprek.objects.visible_to(gebruiker))

    def open(self) -> Self:
        return self.filter(gedaan_op__isnull=True)


class Gespreksactie(models.Model):
    """What was agreed: who does what before when. Done or not; never deleted."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gesprek = verwijzing("rapportage.Kwartaalgesprek", related_name="acties")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    tekst = models.TextField()
    wie = models.CharField(max_length=100, help_text="Wie het doet.")
    uiterlijk_datum = models.DateField(null=True, blank=True)
    versie = models.PositiveIntegerField(default=1)
    afgesproken_op = models.DateTimeField()
    afgesproken_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    gedaan_op = models.DateTimeField(null=True, blank=True)
    gedaan_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = GespreksactieQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["uiterlijk_datum", "pk"]
        constraints: ClassVar = [
            SamengesteldeSleutel(
                veld="gesprek",
                mee=("aanbieder",),
                naar="rapportage.Kwartaalgesprek",
                name="gespreksactie_gesprek_fk",
            ),
            models.CheckConstraint(name="gespreksactie_niet_leeg", condition=~Q(tekst="") & ~Q(wie="")),
            models.CheckConstraint(
                name="gespreksactie_gedaan_paar",
                condition=Q(gedaan_op__isnull=True, gedaan_door__isnull=True)
                | Q(gedaan_op__isnull=False, gedaan_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.tekst
