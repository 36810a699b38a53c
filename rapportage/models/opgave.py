"""The kwartaalopgave: one per provider, region and quarter; its states, what was sent, and questions about it.

A draft is the provider's own, by both walls. What the contract manager reads is an `OpgaveIndiening`: the opgave as it
was when it was sent. So whoever is asked a question can work on the answer without anybody looking over the shoulder.
"""

import uuid
from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Regio
from rapportage.enums_opgave import Deel, OpgaveStatus
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class Beleidsdoel(models.Model):
    """A goal of a region, word for word, during `geldig` (R99, R105). No client and no provider in it."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="beleidsdoelen")
    code = models.SlugField(max_length=20)
    tekst = models.CharField(max_length=300)
    volgorde = models.PositiveSmallIntegerField(default=0)
    geldig = DateRangeField(help_text="Van (tot en met die dag) tot (die dag niet meer).")

    class Meta:
        ordering: ClassVar = ["regio", "volgorde", "code"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="beleidsdoel_geen_overlap",
                expressions=[
                    ("regio", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.tekst


def _herinnermomenten() -> list[int]:
    return [14, 3, 0]


class Opgaveafspraak(models.Model):
    """Until when an opgave is expected in a region, and when the provider is reminded. No row: no opgave is asked."""

    regio = models.OneToOneField(Regio, on_delete=models.PROTECT, related_name="opgaveafspraak")
    dagen = models.PositiveSmallIntegerField(
        default=30,
        validators=[MaxValueValidator(180)],
        help_text="Zoveel dagen na het kwartaal moet de opgave er zijn.",
    )
    herinner_dagen = ArrayField(
        models.PositiveSmallIntegerField(),
        default=_herinnermomenten,
        help_text="Zoveel dagen voor de uiterste dag gaat er een herinnering uit; 0 is de dag zelf.",
    )

    def __str__(self) -> str:
        return f"{self.regio}: {self.dagen} dagen"


class Opgavetermijn(models.Model):
    """The last day of one quarter in a region, where it is another one than the days after the quarter give."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="opgavetermijnen")
    kwartaal = models.CharField(max_length=7, help_text="Zoals 2026-K3.")
    uiterste_datum = models.DateField()

    class Meta:
        ordering: ClassVar = ["regio", "-kwartaal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regio", "kwartaal"], name="opgavetermijn_eenmaal"),
            models.CheckConstraint(
                name="opgavetermijn_kwartaal_vorm", condition=Q(kwartaal__regex=r"^[0-9]{4}-K[1-4]$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regio} {self.kwartaal}: {self.uiterste_datum:%d-%m-%Y}"


class KwartaalopgaveQuerySet(models.QuerySet["Kwartaalopgave"]):
    def visible_to(self, gebruiker: Any) -> Self:
        """A provider: its own. A contract manager who sees all its municipalities: once it was sent."""
        if not getattr(gebruiker, "is_active", False):
            return self.none()
        if gebruiker.rol == Rol.AANBIEDER:
            return self.filter(aanbieder_id=gebruiker.aanbieder_id) if gebruiker.aanbieder_id else self.none()
        if gebruiker.rol != Rol.CONTRACTMANAGER:
            return self.none()
        return self.exclude(status=OpgaveStatus.CONCEPT).filter(
            gemeenten__contained_by=list(gebruiker.gemeente_ids)
        )


_VERSTUURD = Q(ingediend_op__isnull=False, ingediend_door__isnull=False, indieningen__gt=0)
_ONVERSTUURD = Q(ingediend_op__isnull=True, ingediend_door__isnull=True, indieningen=0)


class Kwartaalopgave(models.Model):
    """The head: whose, of when, and where it stands."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    kwartaal = models.CharField(max_length=7, help_text="Zoals 2026-K3.")
    gemeenten = ArrayField(models.IntegerField(), help_text="De gemeenten van de regio toen zij begon.")
    status = models.CharField(max_length=12, choices=OpgaveStatus.choices(), default=OpgaveStatus.CONCEPT)
    versie = models.PositiveIntegerField(default=1, help_text="Loopt op bij elke overgang.")
    begonnen_op = models.DateTimeField()
    begonnen_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    indieningen = models.PositiveSmallIntegerField(default=0)
    ingediend_op = models.DateTimeField(null=True, blank=True)
    ingediend_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vastgesteld_op = models.DateTimeField(null=True, blank=True)
    vastgesteld_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = KwartaalopgaveQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-kwartaal", "regio", "aanbieder"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regio", "aanbieder", "kwartaal"], name="opgave_eenmaal"),
            models.UniqueConstraint(fields=["id", "aanbieder"], name="opgave_id_aanbieder"),
            models.CheckConstraint(
                name="opgave_kwartaal_vorm", condition=Q(kwartaal__regex=r"^[0-9]{4}-K[1-4]$")
            ),
            models.CheckConstraint(name="opgave_heeft_gemeenten", condition=Q(gemeenten__len__gt=0)),
            models.CheckConstraint(
                name="opgave_ingediend_paar",
                condition=(Q(status=OpgaveStatus.CONCEPT) & _ONVERSTUURD)
                | (~Q(status=OpgaveStatus.CONCEPT) & _VERSTUURD),
            ),
            models.CheckConstraint(
                name="opgave_vastgesteld_paar",
                condition=Q(
                    status=OpgaveStatus.VASTGESTELD,
                    vastgesteld_op__isnull=False,
                    vastgesteld_door__isnull=False,
                )
                | (
                    ~Q(status=OpgaveStatus.VASTGESTELD)
                    & Q(vastgesteld_op__isnull=True, vastgesteld_door__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aanbieder} {self.kwartaal}"


class VanOpgaveQuerySet(models.QuerySet[Any]):
    """What hangs on an opgave: a provider its own; others only where `voor_de_gemeente`, and of what was sent."""

    voor_de_gemeente: ClassVar[bool] = False

    def visible_to(self, gebruiker: Any) -> Self:
        opgaven = Kwartaalopgave.objects.visible_to(gebruiker)
        if not self.voor_de_gemeente and getattr(gebruiker, "rol", "") != Rol.AANBIEDER:
            return self.none()
        return self.filter(opgave__in=opgaven)


class VoorGemeenteQuerySet(VanOpgaveQuerySet):
    voor_de_gemeente = True


def sleutel_naar_opgave(naam: str) -> SamengesteldeSleutel:
    """Whoever hangs on an opgave belongs to its provider."""
    return SamengesteldeSleutel(
        veld="opgave", mee=("aanbieder",), naar="rapportage.Kwartaalopgave", name=f"{naam}_opgave_fk"
    )


class OpgaveDeel(models.Model):
    """When and from which screen each part was last saved: two colleagues in two parts never collide."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="delen")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    deel = models.CharField(max_length=10, choices=Deel.choices())
    versie = models.PositiveIntegerField(default=1)
    bewaard_op = models.DateTimeField(null=True, blank=True)
    bewaard_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    bewaard_vanuit = models.UUIDField(null=True, blank=True)

    objects = VanOpgaveQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opgave", "deel"], name="opgavedeel_eenmaal"),
            sleutel_naar_opgave("opgavedeel"),
            models.CheckConstraint(
                name="opgavedeel_bewaard_paar",
                condition=Q(bewaard_op__isnull=True, bewaard_door__isnull=True)
                | Q(bewaard_op__isnull=False, bewaard_door__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return Deel(self.deel).label


class OpgaveIndiening(models.Model):
    """The opgave as it was sent, with a seal. Never changed: sending again makes the next one (U24)."""

    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="verzonden")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    volgnummer = models.PositiveSmallIntegerField()
    inhoud = models.JSONField()
    sha256 = models.CharField(max_length=64)
    ingediend_op = models.DateTimeField()
    ingediend_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = VoorGemeenteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["opgave", "-volgnummer"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opgave", "volgnummer"], name="opgaveindiening_eenmaal"),
            sleutel_naar_opgave("opgaveindiening"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="opgaveindiening_blijft", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"indiening {self.volgnummer}"


class OpgaveVraag(models.Model):
    """A question of the contract manager and the answer of the provider."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    opgave = verwijzing("rapportage.Kwartaalopgave", related_name="vragen")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    deel = models.CharField(max_length=10, choices=Deel.choices(), blank=True)
    vraag = models.TextField()
    gesteld_op = models.DateTimeField()
    gesteld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    antwoord = models.TextField(blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = VoorGemeenteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["opgave", "gesteld_op", "pk"]
        constraints: ClassVar = [
            sleutel_naar_opgave("opgavevraag"),
            models.CheckConstraint(name="opgavevraag_niet_leeg", condition=~Q(vraag="")),
            models.CheckConstraint(
                name="opgavevraag_beantwoord_paar",
                condition=Q(beantwoord_op__isnull=True, beantwoord_door__isnull=True, antwoord="")
                | (Q(beantwoord_op__isnull=False, beantwoord_door__isnull=False) & ~Q(antwoord="")),
            ),
        ]

    def __str__(self) -> str:
        return self.vraag
