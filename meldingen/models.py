"""What people want to be told and when, and what they were told. No client is in it: keys are random (R33)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisaties.models import Gebruiker

ALLE_DAGEN = (1, 2, 3, 4, 5, 6, 7)


def _alle_dagen() -> list[int]:
    return list(ALLE_DAGEN)


class Meldingkeuze(models.Model):
    """Somebody's own choice. Without a row: every kind, every day, as early as it comes."""

    gebruiker = models.OneToOneField(Gebruiker, on_delete=models.CASCADE, related_name="meldingkeuze")
    uit = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="Soorten die niet komen."
    )
    dagen = ArrayField(models.PositiveSmallIntegerField(), default=_alle_dagen, help_text="1 is maandag.")
    vanaf_uur = models.PositiveSmallIntegerField(default=0)
    gewijzigd_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="meldingkeuze_dagen",
                condition=Q(dagen__len__gt=0) & Q(dagen__contained_by=list(ALLE_DAGEN)),
            ),
            models.CheckConstraint(name="meldingkeuze_uur", condition=Q(vanaf_uur__lt=24)),
        ]

    def __str__(self) -> str:
        return f"meldingen van {self.gebruiker_id}"


class Gemeld(models.Model):
    """Told once: this kind, this thing, to this address; in which mail. The constraint is what makes it once."""

    soort = models.CharField(max_length=20)
    sleutel = models.CharField(max_length=120)
    ontvanger = models.EmailField()
    mail_sleutel = models.CharField(max_length=200)
    gemeld_op = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["soort", "sleutel", "ontvanger"], name="gemeld_eenmaal")
        ]
        indexes: ClassVar = [models.Index(fields=["gemeld_op"], name="gemeld_op")]

    def __str__(self) -> str:
        return f"{self.soort} {self.sleutel}"
