"""What stands in the three parts of a kwartaalopgave while the provider works on it.

Kept as typed: a draft never refuses (U6). What may be sent is for `opgave_regels` to say.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisaties.models import Aanbieder, Gebruiker, Gemeente
from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE, Deel, Uitvalsoort
from rapportage.models.opgave import Beleidsdoel, VanOpgaveQuerySet, VoorGemeenteQuerySet, sleutel_naar_opgave
from wmo_portal.lib.samengesteld import verwijzing


class OpgaveGemeente(models.Model):
    """One municipality in the opgave: does the provider say that it has no clients there (R75)?"""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="gemeenteregels")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    geen_clienten = models.BooleanField(default=False)

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opgave", "gemeente"], name="opgavegemeente_eenmaal"),
            sleutel_naar_opgave("opgavegemeente"),
        ]

    def __str__(self) -> str:
        return f"{self.gemeente_id}"


class OpgaveUitval(models.Model):
    """A number that was typed, or read from a file; without a row the number of the clients holds."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="aantallen")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(max_length=10, choices=Uitvalsoort.choices())
    categorie = models.CharField(max_length=12, choices=Categorie.choices())
    getypt = models.TextField()
    reden = models.TextField(blank=True)

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opgave", "gemeente", "soort", "categorie"], name="opgaveuitval_eenmaal"
            ),
            sleutel_naar_opgave("opgaveuitval"),
        ]

    def __str__(self) -> str:
        return f"{self.categorie}: {self.getypt}"


class OpgaveCorrectie(models.Model):
    """One client whom the provider counts otherwise than the messages do, and why (M7)."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="correcties")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    sleutel = models.CharField(
        max_length=32, help_text="Als in de rapporten: geen weg terug naar de persoon."
    )
    wordt = models.CharField(max_length=12, choices=[(NIET_MEE, "Telt niet mee"), *Categorie.choices()])
    reden = models.TextField()
    gecorrigeerd_op = models.DateTimeField()
    gecorrigeerd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opgave", "gemeente", "sleutel"], name="opgavecorrectie_eenmaal"),
            models.CheckConstraint(name="opgavecorrectie_heeft_reden", condition=~Q(reden="")),
            sleutel_naar_opgave("opgavecorrectie"),
        ]

    def __str__(self) -> str:
        return self.wordt


class OpgaveToelichting(models.Model):
    """The explanation of one category for all municipalities or for one of them, or the general remark (R86)."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="toelichtingen")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    categorie = models.CharField(max_length=12, choices=[*Categorie.choices(), ("algemeen", "Algemeen")])
    gemeente = models.ForeignKey(
        Gemeente,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Leeg: voor alle gemeenten.",
    )
    tekst = models.TextField(blank=True)

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["opgave", "categorie", "gemeente"],
                name="opgavetoelichting_eenmaal",
                nulls_distinct=False,
            ),
            sleutel_naar_opgave("opgavetoelichting"),
        ]

    def __str__(self) -> str:
        return self.tekst


class Clientervaring(models.Model):
    """The answers of part 2 (R90-R98). `overgenomen` names the answers that are still last quarter's."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="ervaringen")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    gevraagd = models.BooleanField(null=True, blank=True)
    waarom_niet = models.TextField(blank=True)
    hoe = models.TextField(blank=True)
    aandachtspunten = models.TextField(blank=True)
    clientenraad = models.TextField(blank=True)
    betrokken_wijze = models.TextField(blank=True)
    betrokken_punten = models.TextField(blank=True)
    meebepalen = models.TextField(blank=True)
    overgenomen = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    overgenomen_uit = models.CharField(max_length=7, blank=True)

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opgave"], name="clientervaring_eenmaal"),
            models.CheckConstraint(
                name="clientervaring_overgenomen_zegt_waaruit",
                condition=Q(overgenomen__len=0) | ~Q(overgenomen_uit=""),
            ),
            sleutel_naar_opgave("clientervaring"),
        ]

    def __str__(self) -> str:
        return f"cliëntervaring van opgave {self.opgave_id}"


def _een_tot_vier(veld: str) -> Q:
    return Q(**{f"{veld}__isnull": True}) | Q(**{f"{veld}__range": (1, 4)})


class BeleidsdoelScore(models.Model):
    """What the provider says of one goal: three scores and an explanation (R100-R102)."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="scores")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    doel = models.ForeignKey(Beleidsdoel, on_delete=models.PROTECT, related_name="+")
    realisatie = models.PositiveSmallIntegerField(null=True, blank=True)
    ambitie = models.PositiveSmallIntegerField(null=True, blank=True)
    prioriteit = models.PositiveSmallIntegerField(null=True, blank=True)
    toelichting = models.TextField(blank=True)
    overgenomen = models.BooleanField(default=False, help_text="Nog gelijk aan het vorige kwartaal.")

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opgave", "doel"], name="doelscore_eenmaal"),
            models.CheckConstraint(
                name="doelscore_een_tot_vier",
                condition=_een_tot_vier("realisatie")
                & _een_tot_vier("ambitie")
                & _een_tot_vier("prioriteit"),
            ),
            sleutel_naar_opgave("doelscore"),
        ]

    def __str__(self) -> str:
        return f"{self.realisatie} {self.ambitie} {self.prioriteit}"


class OpgaveDocument(models.Model):
    """A file of part 2 (R96). Its content is a Document: encrypted, scanned, and handed out when released."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="documenten")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    document = verwijzing("beschikkingen.Document", related_name="+")

    objects = VoorGemeenteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document"], name="opgavedocument_eenmaal"),
            sleutel_naar_opgave("opgavedocument"),
        ]

    def __str__(self) -> str:
        return f"document {self.document_id}"


class OpgaveInlezing(models.Model):
    """What was read from an uploaded workbook, row by row: what was taken over and what was not, and why (U23)."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="inlezingen")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    deel = models.CharField(max_length=10, choices=Deel.choices())
    bestandsnaam = models.CharField(max_length=200)
    verslag = models.JSONField(help_text="Per rij: nummer, gelukt, zin, en de rij zoals gelezen.")
    ingelezen_op = models.DateTimeField()
    ingelezen_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-ingelezen_op", "-pk"]
        constraints: ClassVar = [sleutel_naar_opgave("opgaveinlezing")]

    def __str__(self) -> str:
        return self.bestandsnaam
