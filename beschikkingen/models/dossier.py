"""Clients, decisions and allocations. Every row carries its municipality; links are composite (see lib.samengesteld).

A `Beschikking` is the dossier: head of one client's decision, with one `Toewijzing` per resultaatgebied and
provider. Who opened it, closed it and on what ground stands in `resultaat` and `logboek`.
"""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from beschikkingen.enums import (
    BeschikkingStatus,
    Leveringsvorm,
    Perspectief,
    SoortBeschikking,
    ToewijzingStatus,
)
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Resultaatgebied, Trede
from organisaties.zichtbaar import ZichtbaarQuerySet
from wmo_portal.lib.geschiedenis import volg
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class Dagen(Func):
    """daterange(begin, eind, '[]'): closed on both sides, open-ended when the end is null."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, begin: str, eind: str) -> None:
        super().__init__(F(begin), F(eind), Value("[]"))


class ClientQuerySet(ZichtbaarQuerySet["Client"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> Self:
        """Clients with an allocation to this provider, whether it runs or not."""
        if not aanbieder_id:
            return self.none()
        eigen = Toewijzing.objects.filter(aanbieder_id=aanbieder_id)
        return self.filter(pk__in=eigen.values("client_id"))

    def in_lijsten(self) -> Self:
        """Without the shielded ones (R112): counted in figures, absent from lists."""
        return self.filter(afgeschermd=False)


class Client(models.Model):
    """A person with Wmo care in one municipality. The BSN is encrypted; `bsn_index` finds it (veiligheid D2)."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    bsn_versleuteld = models.BinaryField()
    bsn_index = models.BinaryField(max_length=16)
    voornamen = models.CharField(max_length=200, blank=True)
    voorletters = models.CharField(max_length=6, blank=True)
    voorvoegsel = models.CharField(max_length=10, blank=True)
    achternaam = models.CharField(max_length=200)
    zoeknaam = models.CharField(max_length=420, editable=False)
    geboortedatum = models.DateField(null=True, blank=True)
    afgeschermd = models.BooleanField(default=False)
    behandelaar = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_constraint=False,
        help_text="De consulent die het dossier behandelt; leeg: niemand in het bijzonder.",
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now)

    objects = ClientQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gemeente", "bsn_index"], name="client_bsn_uniek"),
            models.UniqueConstraint(fields=["id", "gemeente"], name="client_id_gemeente"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gemeente", "zoeknaam", "id"], name="client_naam"),
            models.Index(fields=["behandelaar"], name="client_behandelaar"),
            # Lists leave them out; so few are that a list reads these rather than all clients.
            models.Index(fields=["id"], name="client_afgeschermd", condition=Q(afgeschermd=True)),
        ]

    def __str__(self) -> str:
        return self.weergavenaam

    @property
    def weergavenaam(self) -> str:
        """As a list shows it: J. de Vries."""
        delen = (
            f"{'.'.join(self.voorletters)}." if self.voorletters else "",
            self.voorvoegsel,
            self.achternaam,
        )
        return " ".join(deel for deel in delen if deel)


class BeschikkingQuerySet(ZichtbaarQuerySet["Beschikking"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> Self:
        if not aanbieder_id:
            return self.none()
        eigen = Toewijzing.objects.filter(aanbieder_id=aanbieder_id)
        return self.filter(pk__in=eigen.values("beschikking_id"))


@volg
class Beschikking(models.Model):
    """A decision of the municipality: with an end date (H5 §1), without (§2), or stepped (§3)."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", db_index=False)
    client = verwijzing("beschikkingen.Client", related_name="beschikkingen", db_index=False)
    nummer = models.CharField(max_length=40)
    soort = models.CharField(max_length=20, choices=SoortBeschikking.choices())
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    registratiedatum = models.DateField(help_text="De dag waarop de beschikking in het portaal kwam (R62).")
    voorganger = verwijzing(
        "beschikkingen.Beschikking", null=True, blank=True, related_name="opvolgers", db_index=False
    )
    status = models.CharField(
        max_length=12, choices=BeschikkingStatus.choices(), default=BeschikkingStatus.LOPEND
    )
    gesloten_op = models.DateTimeField(null=True, blank=True)
    gesloten_door = models.ForeignKey(
        "organisaties.Gebruiker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    vernietigen_na_datum = models.DateField(
        null=True, blank=True, help_text="Bewaartermijn, bepaald bij sluiten."
    )
    versie = models.PositiveIntegerField(default=1)

    objects = BeschikkingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gemeente", "nummer"], name="beschikking_nummer_uniek"),
            models.UniqueConstraint(fields=["id", "gemeente"], name="beschikking_id_gemeente"),
            SamengesteldeSleutel(
                veld="client", mee=("gemeente",), naar="beschikkingen.Client", name="beschikking_client_fk"
            ),
            SamengesteldeSleutel(
                veld="voorganger",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="beschikking_voorganger_fk",
            ),
            models.CheckConstraint(
                name="beschikking_einddatum_na_begin",
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("ingangsdatum")),
            ),
            models.CheckConstraint(
                name="beschikking_einddatum_past_bij_soort",
                condition=Q(soort=SoortBeschikking.GETRAPT)
                | Q(soort=SoortBeschikking.MET_EINDDATUM, einddatum__isnull=False)
                | Q(soort=SoortBeschikking.ZONDER_EINDDATUM, einddatum__isnull=True),
            ),
            models.CheckConstraint(
                name="beschikking_gesloten_heeft_tijd",
                condition=Q(status=BeschikkingStatus.GESLOTEN, gesloten_op__isnull=False)
                | (
                    ~Q(status=BeschikkingStatus.GESLOTEN)
                    & Q(gesloten_op__isnull=True, gesloten_door__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="beschikking_niet_eigen_voorganger",
                condition=~Q(voorganger=F("id")) | Q(voorganger__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gemeente", "status", "einddatum", "id"], name="beschikking_lijst"),
            models.Index(fields=["client"], name="beschikking_client"),
            models.Index(
                fields=["voorganger"], name="beschikking_opvolger", condition=Q(voorganger__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.nummer


class ToewijzingQuerySet(ZichtbaarQuerySet["Toewijzing"]):
    def lopend_op(self, dag: date) -> Self:
        return self.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=dag), ingangsdatum__lte=dag).exclude(
            status=ToewijzingStatus.VERWIJDERD
        )


@volg
class Toewijzing(models.Model):
    """One resultaatgebied at one trede to one provider (ToegewezenProduct of the 301)."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+", db_index=False)
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+", db_index=False)
    client = verwijzing("beschikkingen.Client", related_name="toewijzingen", db_index=False)
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="toewijzingen", db_index=False)
    toewijzingnummer = models.PositiveIntegerField(validators=[MaxValueValidator(999_999_999)])
    resultaatgebied = models.ForeignKey(
        Resultaatgebied, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    trede = models.ForeignKey(
        Trede, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    perspectief = models.CharField(max_length=12, choices=Perspectief.choices(), default=Perspectief.ONBEKEND)
    leveringsvorm = models.CharField(max_length=3, choices=Leveringsvorm.choices(), default=Leveringsvorm.ZIN)
    productcategorie = models.CharField(max_length=2, blank=True)
    productcode = models.CharField(max_length=5, blank=True)
    toewijzingsdatum = models.DateField(null=True, blank=True)
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    reden_wijziging = models.CharField(max_length=2, blank=True)
    status = models.CharField(
        max_length=12, choices=ToewijzingStatus.choices(), default=ToewijzingStatus.LOPEND
    )
    hulp_niet_gestart = models.BooleanField(
        default=False,
        help_text="De aanbieder meldt: kennismaking geweest, de hulp zelf is niet gestart (R80).",
    )
    versie = models.PositiveIntegerField(default=1)

    objects = ToewijzingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gemeente", "toewijzingnummer"], name="toewijzing_nummer_uniek"),
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="toewijzing_id_eigenaren"),
            SamengesteldeSleutel(
                veld="client", mee=("gemeente",), naar="beschikkingen.Client", name="toewijzing_client_fk"
            ),
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="toewijzing_beschikking_fk",
            ),
            models.CheckConstraint(
                name="toewijzing_einddatum_na_begin",
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("ingangsdatum")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["beschikking"], name="toewijzing_beschikking"),
            models.Index(fields=["client"], name="toewijzing_client"),
            models.Index(
                fields=["aanbieder", "status", "einddatum", "id"], name="toewijzing_aanbieder_lijst"
            ),
            # With the provider in it, so that who works here is known without looking at any row.
            models.Index(
                fields=["gemeente", "status", "einddatum", "id"],
                include=["aanbieder"],
                name="toewijzing_van_gemeente",
            ),
            # Walked from code to code (`productcodes`): a few look-ups instead of all rows.
            models.Index(
                fields=["gemeente", "productcategorie", "productcode"],
                name="toewijzing_product",
                condition=~Q(productcode=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.toewijzingnummer)


class StapQuerySet(ZichtbaarQuerySet["Stap"]):
    pass


class Stap(models.Model):
    """One step of a stepped indication (H5 §3): a period in which one trede holds. Steps never overlap."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    toewijzing = verwijzing("beschikkingen.Toewijzing", related_name="stappen")
    volgnummer = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    trede = models.ForeignKey(Trede, on_delete=models.PROTECT, related_name="+")
    begindatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)

    objects = StapQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["toewijzing", "volgnummer"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["toewijzing", "volgnummer"], name="stap_volgnummer_uniek"),
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="stap_id_eigenaren"),
            SamengesteldeSleutel(
                veld="toewijzing",
                mee=("gemeente", "aanbieder"),
                naar="beschikkingen.Toewijzing",
                name="stap_toewijzing_fk",
            ),
            models.CheckConstraint(
                name="stap_einddatum_na_begin",
                condition=Q(einddatum__isnull=True) | Q(einddatum__gte=F("begindatum")),
            ),
            ExclusionConstraint(
                name="stap_geen_overlap",
                expressions=[
                    ("toewijzing", RangeOperators.EQUAL),
                    (Dagen("begindatum", "einddatum"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"stap {self.volgnummer}"


class MonitoringsmomentQuerySet(ZichtbaarQuerySet["Monitoringsmoment"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> Self:
        if not aanbieder_id:
            return self.none()
        eigen = Toewijzing.objects.filter(aanbieder_id=aanbieder_id)
        return self.filter(beschikking_id__in=eigen.values("beschikking_id"))

    def open(self) -> Self:
        return self.filter(afgerond_op__isnull=True)


class Monitoringsmoment(models.Model):
    """A day on which a decision without end date is looked at again (H5 §2). One open moment per decision."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="monitoringsmomenten")
    datum = models.DateField()
    gesprek_voor_datum = models.DateField(
        null=True,
        blank=True,
        help_text="De afgesproken termijn van het gesprek; leeg: het monitoringsmoment (R19).",
    )
    afgerond_op = models.DateTimeField(null=True, blank=True)
    afgerond_door = models.ForeignKey(
        "organisaties.Gebruiker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MonitoringsmomentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["beschikking", "datum"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["beschikking", "datum"], name="monitoringsmoment_uniek"),
            models.UniqueConstraint(
                fields=["beschikking"],
                condition=Q(afgerond_op__isnull=True),
                name="monitoringsmoment_een_open",
            ),
            models.UniqueConstraint(fields=["id", "gemeente"], name="monitoringsmoment_id_gemeente"),
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="monitoring_beschikking_fk",
            ),
            models.CheckConstraint(
                name="monitoringsmoment_afgerond_paar",
                condition=Q(afgerond_op__isnull=True, afgerond_door__isnull=True)
                | Q(afgerond_op__isnull=False, afgerond_door__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["gemeente", "datum"], name="monitoringsmoment_datum")]

    def __str__(self) -> str:
        return f"monitoringsmoment {self.datum:%d-%m-%Y}"
