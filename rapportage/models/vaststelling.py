"""A quarter that was frozen: the population with every answer, how it was counted, and a seal over all of it (M3).

Rows are never changed or deleted: the database refuses. A wrong one is followed by a next version with a reason.
"""

import uuid
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio
from organisaties.zichtbaar import ZichtbaarQuerySet
from rapportage.enums import Buiten, Categorie
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


def _nooit(naam: str) -> pgtrigger.Trigger:
    return pgtrigger.Protect(name=naam, operation=pgtrigger.Update | pgtrigger.Delete)


class VaststellingQuerySet(models.QuerySet["Vaststelling"]):
    def visible_to(self, gebruiker: Any) -> Self:
        """Who may see every municipality in it. A provider never: other providers are in it."""
        if not getattr(gebruiker, "is_active", False) or gebruiker.aanbieder_id:
            return self.none()
        return self.filter(gemeenten__contained_by=list(gebruiker.gemeente_ids))


class Vaststelling(models.Model):
    """One version of one quarter of one region."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    kwartaal = models.CharField(max_length=7, help_text="Zoals 2026-K3.")
    versie = models.PositiveSmallIntegerField(default=1)
    reden = models.TextField(blank=True, help_text="Waarom een nieuwe versie nodig was; bij versie 1 leeg.")
    gemeenten = ArrayField(models.IntegerField(), help_text="Van wie cijfers in deze vaststelling staan.")
    definities = models.CharField(max_length=20)
    afspraken = models.JSONField(help_text="De codetabel waarmee is geteld, rij voor rij.")
    namen = models.JSONField(help_text="Namen van gemeenten en aanbieders zoals ze toen waren.")
    los = models.JSONField(default=dict, help_text="Berichten die toen nog niet gekoppeld waren.")
    sha256 = models.CharField(max_length=64)
    vastgesteld_op = models.DateTimeField()
    vastgesteld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = VaststellingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-kwartaal", "regio", "-versie"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regio", "kwartaal", "versie"], name="vaststelling_versie_uniek"),
            models.UniqueConstraint(fields=["id", "regio"], name="vaststelling_id_regio"),
            models.CheckConstraint(
                name="vaststelling_nieuwe_versie_heeft_reden",
                condition=Q(versie=1, reden="") | (Q(versie__gt=1) & ~Q(reden="")),
            ),
            models.CheckConstraint(
                name="vaststelling_kwartaal_vorm", condition=Q(kwartaal__regex=r"^[0-9]{4}-K[1-4]$")
            ),
            models.CheckConstraint(name="vaststelling_heeft_gemeenten", condition=Q(gemeenten__len__gt=0)),
        ]
        triggers: ClassVar = [_nooit("vaststelling_blijft")]

    def __str__(self) -> str:
        return f"{self.regio} {self.kwartaal}, versie {self.versie}"


class VaststellingRegelQuerySet(ZichtbaarQuerySet["VaststellingRegel"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> Self:
        return self.none()


class VaststellingRegel(models.Model):
    """The answer about one client, by keyed hash: no way back to the person."""

    vaststelling = verwijzing("rapportage.Vaststelling", related_name="regels")
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    sleutel = models.CharField(max_length=32)
    afgeschermd = models.BooleanField(default=False)
    categorie = models.CharField(max_length=12, choices=Categorie.choices(), blank=True)
    buiten = models.CharField(max_length=12, choices=Buiten.choices(), blank=True)
    reden = models.CharField(max_length=2, choices=RedenBeeindiging.choices(), blank=True)
    zin = models.TextField()
    afgeleid = models.BooleanField(default=False)
    nakijken = models.BooleanField(default=False)

    objects = VaststellingRegelQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["gemeente_id", "aanbieder_id", "sleutel"]
        constraints: ClassVar = [
            SamengesteldeSleutel(
                veld="vaststelling",
                mee=("regio",),
                naar="rapportage.Vaststelling",
                name="vaststellingregel_fk",
            ),
            models.UniqueConstraint(
                fields=["vaststelling", "gemeente", "aanbieder", "sleutel"], name="vaststellingregel_eenmaal"
            ),
            models.CheckConstraint(
                name="vaststellingregel_categorie_of_buiten",
                condition=(~Q(categorie="") & Q(buiten="")) | (Q(categorie="") & ~Q(buiten="")),
            ),
        ]
        triggers: ClassVar = [_nooit("vaststellingregel_blijft")]

    def __str__(self) -> str:
        return self.zin


class VaststellingCijfersQuerySet(models.QuerySet["VaststellingCijfers"]):
    def visible_to(self, gebruiker: Any) -> Self:
        """Who may see the quarter itself."""
        return self.filter(vaststelling__in=Vaststelling.objects.visible_to(gebruiker))


class VaststellingCijfers(models.Model):
    """The numbers that the page of a frozen quarter shows (`rapportage.vastcijfers`): they follow from its rows.

    A quarter that was frozen before there were any has none until `manage.py vaststelling_controle`.
    """

    vaststelling = models.OneToOneField(
        Vaststelling, on_delete=models.PROTECT, db_constraint=False, related_name="cijfers"
    )
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    inhoud = models.JSONField()
    sha256 = models.CharField(
        max_length=64, help_text="Over de cijfers, de kop en het zegel van de vaststelling."
    )

    objects = VaststellingCijfersQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            SamengesteldeSleutel(
                veld="vaststelling",
                mee=("regio",),
                naar="rapportage.Vaststelling",
                name="vaststellingcijfers_fk",
            ),
        ]
        triggers: ClassVar = [_nooit("vaststellingcijfers_blijft")]

    def __str__(self) -> str:
        return self.sha256
