"""How a region counts: which 307 code falls in which category, from which day, and how sure that is (feiten 4.4).

Dated and never overwritten, so that an old report can say by which table it was counted (U19).
"""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from organisaties.models import Regio
from stopberichten.enums import RedenBeeindiging, Zekerheid


class Categorieafspraak(models.Model):
    """307 code -> category of the uitval report (01..05 or nog in zorg), in a region, during `geldig`."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="categorieafspraken")
    reden = models.CharField(max_length=2, choices=RedenBeeindiging.choices())
    categorie = models.CharField(max_length=12)
    zekerheid = models.CharField(max_length=10, choices=Zekerheid.choices())
    uitleg = models.CharField(max_length=300)
    geldig = DateRangeField()

    class Meta:
        ordering: ClassVar = ["regio", "reden"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="categorieafspraak_geen_overlap",
                expressions=[
                    ("regio", RangeOperators.EQUAL),
                    ("reden", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.reden} → {self.categorie}"
