"""The keeping date of one dossier that was changed by hand: from when to when, on which ground and why (U15).

The date that holds stands on the decision itself; these rows say how it came there. Nobody changes or removes one:
the database refuses it, and destroying a dossier takes its rows along.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from organisaties.models import Gebruiker, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet
from resultaat.vernietigregels import Bewaargrond
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class BewaarwijzigingQuerySet(ZichtbaarQuerySet["Bewaarwijziging"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> "BewaarwijzigingQuerySet":
        return self.none()

    def geldend(self) -> "BewaarwijzigingQuerySet":
        """The last one of each dossier, while its date is the one that holds there."""
        later = Bewaarwijziging.objects.filter(beschikking=OuterRef("beschikking"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), naar_datum=F("beschikking__vernietigen_na_datum")).select_related(
            "gewijzigd_door", "beschikking"
        )


class Bewaarwijziging(models.Model):
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", db_index=False)
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="bewaarwijzigingen", db_index=False)
    van_datum = models.DateField(help_text="De laatste dag van de termijn zoals die was.")
    naar_datum = models.DateField(help_text="De laatste dag van de termijn zoals die werd.")
    grond = models.CharField(max_length=12, choices=Bewaargrond.choices())
    reden = models.TextField()
    gewijzigd_op = models.DateTimeField()
    gewijzigd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = BewaarwijzigingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="bewaarwijziging_beschikking_fk",
            ),
            models.CheckConstraint(name="bewaarwijziging_heeft_reden", condition=~Q(reden="")),
            models.CheckConstraint(name="bewaarwijziging_is_anders", condition=~Q(van_datum=F("naar_datum"))),
        ]
        indexes: ClassVar = [models.Index(fields=["beschikking", "-id"], name="bewaarwijziging_dossier")]

    def __str__(self) -> str:
        return f"bewaren tot en met {self.naar_datum:%d-%m-%Y}"
