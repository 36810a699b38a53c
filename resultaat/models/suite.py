"""What was handed over to the municipality's own system (Suite), list by list, so that nothing is entered twice.

`SuiteRegel.sleutel` says what a line is about: the same judgement, withdrawal or closing can stand in one list only,
because the database refuses the second.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from organisaties.models import Aanbieder, Gebruiker, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet
from resultaat.enums import Suitesoort
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class _VanGemeenteQuerySet(ZichtbaarQuerySet[models.Model]):
    def van_aanbieder(self, aanbieder_id: int | None) -> "_VanGemeenteQuerySet":
        return self.none()


class SuiteLijst(models.Model):
    """One list that was made, and who said that it was entered."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    nummer = models.PositiveIntegerField(help_text="Telt per gemeente, vanaf 1.")
    aantal = models.PositiveIntegerField()
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    overgenomen_op = models.DateTimeField(null=True, blank=True)
    overgenomen_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = _VanGemeenteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["gemeente", "-nummer"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gemeente", "nummer"], name="suitelijst_nummer_uniek"),
            models.UniqueConstraint(fields=["id", "gemeente"], name="suitelijst_id_gemeente"),
            models.CheckConstraint(
                name="suitelijst_overgenomen_paar",
                condition=Q(overgenomen_op__isnull=True, overgenomen_door__isnull=True)
                | Q(overgenomen_op__isnull=False, overgenomen_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Suite-lijst {self.nummer}"


class SuiteRegel(models.Model):
    """One thing to enter, with the words as they were when the list was made."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(
        Aanbieder, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lijst = verwijzing("resultaat.SuiteLijst", related_name="regels")
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="+")
    resultaat = verwijzing("resultaat.Resultaat", null=True, blank=True, related_name="suiteregels")
    soort = models.CharField(max_length=12, choices=Suitesoort.choices())
    sleutel = models.CharField(
        max_length=100, help_text="Waar de regel over gaat; komt nooit twee keer voor."
    )
    invoer = models.TextField(help_text="Wat in Suite moet komen, zoals het in de lijst stond.")

    objects = _VanGemeenteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gemeente", "sleutel"], name="suiteregel_nooit_twee_keer"),
            SamengesteldeSleutel(
                veld="lijst", mee=("gemeente",), naar="resultaat.SuiteLijst", name="suiteregel_lijst_fk"
            ),
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="suiteregel_beschikking_fk",
            ),
            SamengesteldeSleutel(
                veld="resultaat",
                mee=("gemeente", "aanbieder"),
                naar="resultaat.Resultaat",
                name="suiteregel_resultaat_fk",
            ),
            models.CheckConstraint(
                name="suiteregel_resultaat_met_aanbieder",
                condition=Q(resultaat__isnull=True) | Q(aanbieder__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["lijst"], name="suiteregel_lijst"),
            models.Index(fields=["resultaat"], name="suiteregel_resultaat"),
            models.Index(fields=["beschikking"], name="suiteregel_beschikking"),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()
