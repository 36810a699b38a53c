"""Uploaded documents: evaluatieformulier, zorgplan, reports. Content is encrypted and stands in the database.

In the database, so that a form and its file are stored together or not at all, and one backup holds both.
Nobody downloads before `status` is vrij: the structure check and the virus scanner come first (veiligheid D6).
"""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from beschikkingen.enums import DocumentSoort, DocumentStatus
from organisaties.models import Aanbieder, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class DocumentQuerySet(ZichtbaarQuerySet["Document"]):
    def vrij(self) -> Self:
        return self.filter(status=DocumentStatus.VRIJ)


class Document(models.Model):
    """A file about a decision, or (without municipality) about a provider's quarter."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(
        Aanbieder, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    beschikking = verwijzing("beschikkingen.Beschikking", null=True, blank=True, related_name="documenten")
    soort = models.CharField(max_length=20, choices=DocumentSoort.choices())
    naam = models.CharField(max_length=200, help_text="De bestandsnaam zoals ontvangen, zonder map.")
    mediatype = models.CharField(max_length=100)
    grootte = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        max_length=12, choices=DocumentStatus.choices(), default=DocumentStatus.QUARANTAINE
    )
    bevinding = models.TextField(default="", blank=True)
    geupload_op = models.DateTimeField()
    geupload_door = models.ForeignKey(
        "organisaties.Gebruiker", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="document_heeft_eigenaar",
                condition=Q(gemeente__isnull=False) | Q(aanbieder__isnull=False),
            ),
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="document_beschikking_fk",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["beschikking"], name="document_beschikking")]

    def __str__(self) -> str:
        return self.naam


class DocumentInhoudQuerySet(ZichtbaarQuerySet["DocumentInhoud"]):
    gemeente_pad = "document__gemeente_id"
    aanbieder_pad = "document__aanbieder_id"


class DocumentInhoud(models.Model):
    """The bytes, apart: a list of documents never reads them."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.CASCADE, related_name="inhoud"
    )
    versleuteld = models.BinaryField()

    objects = DocumentInhoudQuerySet.as_manager()

    def __str__(self) -> str:
        return f"inhoud van document {self.document_id}"
