"""The monthly round through the stop messages, and the reminders of the 8-week term."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from organisaties.models import Aanbieder, Gebruiker, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet
from resultaat.statussen import RondeStatus
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class RondeQuerySet(ZichtbaarQuerySet["Ronde"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> "RondeQuerySet":
        return self.none()


class Ronde(models.Model):
    """One round of one municipality over one month. A dry run is a round too, and writes nothing else."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="rondes")
    maand = models.DateField(help_text="De eerste dag van de maand waarover de ronde gaat.")
    proef = models.BooleanField(default=False)
    status = models.CharField(max_length=14, choices=RondeStatus.choices(), default=RondeStatus.BEZIG)
    begonnen_op = models.DateTimeField()
    begonnen_door = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Leeg: het portaal zelf.",
    )
    klaar_op = models.DateTimeField(null=True, blank=True)
    totaal = models.PositiveIntegerField(default=0)
    gedaan = models.PositiveIntegerField(default=0)
    tellingen = models.JSONField(default=dict, help_text="Aantal stops per verdict.")
    fout = models.TextField(blank=True)
    teruggedraaid_op = models.DateTimeField(null=True, blank=True)
    teruggedraaid_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    teruggedraaid_reden = models.TextField(blank=True)
    pogingen = models.PositiveSmallIntegerField(
        default=0, help_text="Hoe vaak de ronde met een fout stopte; na 3 keer wacht zij op een mens."
    )

    objects = RondeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begonnen_op"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "gemeente"], name="ronde_id_gemeente"),
            models.UniqueConstraint(
                fields=["gemeente", "maand"],
                condition=Q(proef=False) & ~Q(status=RondeStatus.TERUGGEDRAAID),
                name="ronde_een_per_maand",
            ),
            models.CheckConstraint(
                name="ronde_teruggedraaid_paar",
                condition=Q(status=RondeStatus.TERUGGEDRAAID, teruggedraaid_op__isnull=False)
                | (~Q(status=RondeStatus.TERUGGEDRAAID) & Q(teruggedraaid_op__isnull=True)),
            ),
            models.CheckConstraint(
                name="ronde_teruggedraaid_heeft_reden",
                condition=Q(teruggedraaid_op__isnull=True) | ~Q(teruggedraaid_reden=""),
            ),
            models.CheckConstraint(name="ronde_maand_is_eerste_dag", condition=Q(maand__day=1)),
        ]

    def __str__(self) -> str:
        return f"ronde {self.maand:%m-%Y}"


class RondeRegelQuerySet(ZichtbaarQuerySet["RondeRegel"]):
    pass


class RondeRegel(models.Model):
    """The verdict on one stop in one round, with the rule that fired and what stood there before (for undo)."""

    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    ronde = verwijzing("resultaat.Ronde", related_name="regels", db_index=False)
    stop = verwijzing("stopberichten.Stop", related_name="ronderegels", db_index=False)
    verdict = models.CharField(max_length=24)
    regel = models.CharField(max_length=8)
    vorig_oordeel = models.CharField(max_length=24, blank=True)
    vorige_regel = models.CharField(max_length=8, blank=True)
    resultaat = verwijzing("resultaat.Resultaat", null=True, blank=True, related_name="+", db_index=False)
    handelde_af = models.BooleanField(default=False, help_text="Deze ronde handelde het stopbericht af.")
    sloot_toewijzing = models.BooleanField(default=False)
    sloot_dossier = models.BooleanField(default=False)

    objects = RondeRegelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ronde", "stop"], name="ronderegel_een_verdict"),
            SamengesteldeSleutel(
                veld="ronde", mee=("gemeente",), naar="resultaat.Ronde", name="ronderegel_ronde_fk"
            ),
            SamengesteldeSleutel(
                veld="stop",
                mee=("gemeente", "aanbieder"),
                naar="stopberichten.Stop",
                name="ronderegel_stop_fk",
            ),
            SamengesteldeSleutel(
                veld="resultaat",
                mee=("gemeente", "aanbieder"),
                naar="resultaat.Resultaat",
                name="ronderegel_resultaat_fk",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ronde", "verdict", "stop"], name="ronderegel_lijst"),
            models.Index(fields=["stop"], name="ronderegel_stop"),
            models.Index(
                fields=["resultaat"], name="ronderegel_resultaat", condition=Q(resultaat__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.regel})"


class HerinneringQuerySet(ZichtbaarQuerySet["Herinnering"]):
    pass


class Herinnering(models.Model):
    """A reminder that was sent: at most one per (allocation, kind, moment, recipient), by the database (R65)."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    toewijzing = verwijzing("beschikkingen.Toewijzing", related_name="herinneringen")
    soort = models.CharField(max_length=12)
    weken = models.PositiveSmallIntegerField(
        default=0, help_text="Weken voor de einddatum (vooraf) of na de termijn (te laat)."
    )
    moment_datum = models.DateField(help_text="De dag waarop de herinnering hoort te gaan.")
    termijn_datum = models.DateField(help_text="De uiterste dag van het document.")
    ontvanger = models.EmailField()
    mail_sleutel = models.CharField(max_length=200, blank=True)
    gemaakt_op = models.DateTimeField()

    objects = HerinneringQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["toewijzing", "soort", "moment_datum", "ontvanger"], name="herinnering_eenmaal"
            ),
            SamengesteldeSleutel(
                veld="toewijzing",
                mee=("gemeente", "aanbieder"),
                naar="beschikkingen.Toewijzing",
                name="herinnering_toewijzing_fk",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["gemaakt_op"], name="herinnering_gemaakt")]

    def __str__(self) -> str:
        return f"{self.soort} {self.moment_datum:%d-%m-%Y}"


class TermijnVrijstellingQuerySet(ZichtbaarQuerySet["TermijnVrijstelling"]):
    pass


class TermijnVrijstelling(models.Model):
    """The consulent says: no document needed this time, because … (R61)."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    toewijzing = verwijzing("beschikkingen.Toewijzing", related_name="vrijstellingen")
    termijn_datum = models.DateField()
    reden = models.TextField()
    vastgelegd_op = models.DateTimeField()
    vastgelegd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = TermijnVrijstellingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["toewijzing", "termijn_datum"], name="vrijstelling_eenmaal"),
            models.CheckConstraint(name="vrijstelling_heeft_reden", condition=~Q(reden="")),
            SamengesteldeSleutel(
                veld="toewijzing",
                mee=("gemeente", "aanbieder"),
                naar="beschikkingen.Toewijzing",
                name="vrijstelling_toewijzing_fk",
            ),
        ]

    def __str__(self) -> str:
        return f"vrijstelling {self.termijn_datum:%d-%m-%Y}"
