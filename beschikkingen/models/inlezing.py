"""An uploaded file with decisions, kept from dry run to import, so that what is imported is what was seen."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from beschikkingen.enums import InlezingStatus
from organisaties.models import Gebruiker, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet


class InlezingQuerySet(ZichtbaarQuerySet["Inlezing"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> "InlezingQuerySet":
        return self.none()


class Inlezing(models.Model):
    """One file for one municipality. `inhoud` is encrypted: it holds BSNs. `fouten` holds sentences without them."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    bestandsnaam = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    inhoud = models.BinaryField()
    status = models.CharField(max_length=12, choices=InlezingStatus.choices(), default=InlezingStatus.PROEF)
    tellingen = models.JSONField(default=dict, help_text="Aantal rijen per uitslag, en wat er bij komt.")
    fouten = models.JSONField(default=list, help_text="Per fout: rij, kolom en zin.")
    geupload_op = models.DateTimeField()
    geupload_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verwerkt_op = models.DateTimeField(null=True, blank=True)
    verwerkt_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InlezingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-geupload_op"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="inlezing_verwerkt_heeft_tijd",
                condition=Q(status=InlezingStatus.INGELEZEN, verwerkt_op__isnull=False)
                | (~Q(status=InlezingStatus.INGELEZEN) & Q(verwerkt_op__isnull=True)),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["gemeente", "-geupload_op"], name="inlezing_lijst")]

    def __str__(self) -> str:
        return self.bestandsnaam
