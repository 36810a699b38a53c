"""Regions, municipalities, providers and people; what a region agreed on products, areas and treden.

Everything that differs per region or municipality is a row here, never an `if`.
"""

import uuid
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisaties.enums import Evaluatiedocument, Retourweg, Rol
from organisaties.models_inloggen import Inlogdienst as Inlogdienst
from organisaties.rollen import Mag, mag
from wmo_portal.lib.rls import Werkbereik


class Regio(models.Model):
    """A group of municipalities that buys care together and shares its agreements."""

    code = models.SlugField(max_length=10, unique=True)
    naam = models.CharField(max_length=100)
    opmerking = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Gemeente(models.Model):
    """A municipality, by CBS code. A code seen in a message but not set up yet has `ingericht=False`."""

    code = models.CharField(max_length=4, unique=True, validators=[RegexValidator(r"^\d{4}$")])
    naam = models.CharField(max_length=100)
    regio = models.ForeignKey(
        Regio, null=True, blank=True, on_delete=models.PROTECT, related_name="gemeenten"
    )
    ingericht = models.BooleanField(default=True)
    evaluatiedocument = models.CharField(
        max_length=20, choices=Evaluatiedocument.choices(), default=Evaluatiedocument.ZORGPLAN
    )
    ronde_dag = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="De dag van de maand waarop de ronde over de vorige maand vanzelf begint.",
    )
    ronde_automatisch = models.BooleanField(default=False)
    formulier_wachtdagen = models.PositiveSmallIntegerField(
        default=14,
        help_text="Na zoveel dagen zonder Toelichting mag de administratie met een reden door (R10).",
    )
    einddatum_tolerantie_dagen = models.PositiveSmallIntegerField(
        default=0, help_text="Zoveel dagen mag de einddatum van de levering van de toewijzing afwijken (R11)."
    )
    verkort_dagen = models.PositiveSmallIntegerField(
        default=14, help_text="De termijn als een beschikking korter dan 8 weken loopt (R62)."
    )
    herinner_weken = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="Leeg: 12, 10 en 8 weken vooraf (R60).",
    )
    retourweg = models.CharField(max_length=10, choices=Retourweg.choices(), default=Retourweg.PORTAAL)
    productlijst_geldt = models.BooleanField(
        default=False, help_text="Aan: productcodes worden aan de productafspraken getoetst (TR381)."
    )
    nummer_verplicht = models.BooleanField(
        default=False,
        help_text="Aan: een start of stop zonder toewijzingnummer wordt afgekeurd (TR019). "
        "Alleen als de gemeente nergens taakgericht werkt, want daar mag het nummer ontbreken.",
    )
    bewaartermijn_jaren = models.PositiveSmallIntegerField(default=15)
    bewaartermijn_bron = models.CharField(
        max_length=200, default="Selectielijst gemeenten en intergemeentelijke organen, resultaat 8.1.1"
    )
    bedenktijd_dagen = models.PositiveSmallIntegerField(
        default=14,
        validators=[MinValueValidator(1)],
        help_text="Zoveel dagen na het voorstel mag een tweede persoon het vernietigen pas goedkeuren (R110).",
    )
    opmerking = models.CharField(
        max_length=300, blank=True, help_text="Bijvoorbeeld: wat nog niet zeker is aan deze inrichting."
    )

    class Meta:
        ordering: ClassVar = ["naam"]
        constraints: ClassVar = [
            models.CheckConstraint(name="gemeente_heeft_bedenktijd", condition=Q(bedenktijd_dagen__gte=1))
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def herinnermomenten(self) -> tuple[int, ...]:
        return tuple(sorted(self.herinner_weken or (12, 10, 8), reverse=True))


class Aanbieder(models.Model):
    """A provider of care, by AGB code."""

    agb = models.CharField(max_length=8, unique=True, validators=[RegexValidator(r"^\d{8}$")])
    naam = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    ingericht = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["naam"]

    def __str__(self) -> str:
        return self.naam


class GebruikerManager(BaseUserManager["Gebruiker"]):
    def create_user(self, email: str, password: str | None = None, **velden: Any) -> "Gebruiker":
        gebruiker = self.model(email=self.normalize_email(email).lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.full_clean(exclude=["password"])
        gebruiker.save()
        return gebruiker

    def get_by_natural_key(self, email: str | None) -> "Gebruiker":
        return self.get(email__iexact=email)


class Gebruiker(AbstractBaseUser):
    """A person with one role. Municipal roles have one or more municipalities; a provider's has the provider."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    naam = models.CharField(max_length=200)
    functie = models.CharField(max_length=100, blank=True)
    telefoon = models.CharField(max_length=30, blank=True)
    rol = models.CharField(max_length=20, choices=Rol.choices())
    gemeenten = models.ManyToManyField(Gemeente, blank=True, related_name="gebruikers")
    aanbieder = models.ForeignKey(
        Aanbieder, null=True, blank=True, on_delete=models.PROTECT, related_name="gebruikers"
    )
    is_active = models.BooleanField("actief", default=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["naam", "rol"]
    objects = GebruikerManager()

    class Meta:
        ordering: ClassVar = ["naam"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gebruiker_aanbieder_bij_rol",
                condition=Q(rol=Rol.AANBIEDER, aanbieder__isnull=False)
                | (~Q(rol=Rol.AANBIEDER) & Q(aanbieder__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.get_rol_display()})"

    def get_full_name(self) -> str:
        return self.naam

    def mag(self, recht: Mag) -> bool:
        return self.is_active and mag(self.rol, recht)

    @cached_property
    def gemeente_ids(self) -> tuple[int, ...]:
        return tuple(self.gemeenten.order_by("pk").values_list("pk", flat=True))

    @cached_property
    def bereik(self) -> Werkbereik:
        """Whose rows this person may see, for both walls. A beheerder sees no case content (R106)."""
        if self.rol == Rol.AANBIEDER:
            return Werkbereik(aanbieders=(self.aanbieder_id,) if self.aanbieder_id else (), gebruiker=self.pk)
        gemeenten = () if self.rol == Rol.BEHEERDER else self.gemeente_ids
        return Werkbereik(gemeenten=gemeenten, gebruiker=self.pk)


class Resultaatgebied(models.Model):
    """An area of life in which a decision names a result (H5 §2)."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="resultaatgebieden")
    code = models.SlugField(max_length=20)
    naam = models.CharField(max_length=100)
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["regio", "volgorde", "naam"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regio", "code"], name="resultaatgebied_uniek"),
        ]

    def __str__(self) -> str:
        return self.naam


class Trede(models.Model):
    """A step of intensity. Higher `zwaarte` is heavier; 0 is uitstroom, the lightest care is waakvlam (feiten 4.2)."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="treden")
    naam = models.CharField(max_length=50)
    zwaarte = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    is_waakvlam = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["regio", "zwaarte"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regio", "zwaarte"], name="trede_zwaarte_uniek"),
            models.UniqueConstraint(fields=["regio", "naam"], name="trede_naam_uniek"),
            models.UniqueConstraint(
                fields=["regio"], condition=Q(is_waakvlam=True), name="trede_een_waakvlam_per_regio"
            ),
        ]

    def __str__(self) -> str:
        return self.naam


def loopt_op(datum: date) -> Q:
    """Rows whose `geldig` (a date range, end exclusive) holds on that day."""
    return Q(geldig__contains=datum)


class Productafspraak(models.Model):
    """Which resultaatgebied and trede a product stands for, in a region, from a day on."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="productafspraken")
    productcategorie = models.CharField(max_length=2)
    productcode = models.CharField(max_length=5)
    omschrijving = models.CharField(max_length=200)
    resultaatgebied = models.ForeignKey(Resultaatgebied, null=True, blank=True, on_delete=models.PROTECT)
    trede = models.ForeignKey(Trede, null=True, blank=True, on_delete=models.PROTECT)
    geldig = DateRangeField(help_text="Van (tot en met die dag) tot (die dag niet meer).")
    opmerking = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["regio", "productcategorie", "productcode"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="productafspraak_geen_overlap",
                expressions=[
                    ("regio", RangeOperators.EQUAL),
                    ("productcategorie", RangeOperators.EQUAL),
                    ("productcode", RangeOperators.EQUAL),
                    ("geldig", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.productcategorie} {self.productcode} {self.omschrijving}"
