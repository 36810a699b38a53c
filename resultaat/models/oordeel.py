"""The judgement itself and what it rests on: evaluation documents, conversations, questions.

`Resultaat` is append-only. A correction is a new row that names its predecessor; `voorganger` is unique, so two
consultants who correct the same row cannot both win. `actueel` is what counts today.
"""

import uuid
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio, Trede
from organisaties.zichtbaar import ZichtbaarQuerySet
from resultaat.enums import Uitkomst, Vervolg
from resultaat.statussen import EvaluatieStatus
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class RedenOptie(models.Model):
    """An example reason of bijlage 3 that a region offers (R35, R41). Never deleted, only switched off."""

    regio = models.ForeignKey(Regio, on_delete=models.PROTECT, related_name="redenopties")
    uitkomst = models.CharField(max_length=20, choices=Uitkomst.choices())
    code = models.SlugField(max_length=40)
    tekst = models.CharField(max_length=300)
    volgorde = models.PositiveSmallIntegerField(default=0)
    actief = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["regio", "uitkomst", "volgorde"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["regio", "code"], name="redenoptie_uniek")]

    def __str__(self) -> str:
        return self.tekst


class EvaluatieQuerySet(ZichtbaarQuerySet["Evaluatie"]):
    def geldig(self) -> Self:
        return self.exclude(status=EvaluatieStatus.INGETROKKEN)


class Evaluatie(models.Model):
    """The evaluatieformulier (Westland) or zorgplan as received, with the reason that H5 §1B/§1C asks (R12-R14)."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="evaluaties")
    toewijzing = verwijzing("beschikkingen.Toewijzing", related_name="evaluaties")
    monitoringsmoment = verwijzing(
        "beschikkingen.Monitoringsmoment", null=True, blank=True, related_name="evaluaties"
    )
    document = verwijzing("beschikkingen.Document", null=True, blank=True, related_name="+")
    documentnaam = models.CharField(max_length=20, help_text="Hoe de gemeente het document noemt.")
    ontvangen_datum = models.DateField()
    vervolg_nodig = models.BooleanField(help_text="Vraagt de aanbieder vervolgondersteuning?")
    behaald = models.BooleanField(null=True, help_text="Het oordeel van de aanbieder.")
    gevraagde_trede = models.ForeignKey(
        Trede, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reden = models.TextField(help_text="Waarom vervolg nodig is, of waarom het resultaat niet behaald is.")
    status = models.CharField(
        max_length=16, choices=EvaluatieStatus.choices(), default=EvaluatieStatus.INGEDIEND
    )
    ingediend_op = models.DateTimeField()
    ingediend_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ingetrokken_reden = models.TextField(
        blank=True, help_text="Bijvoorbeeld: ingestuurd bij het verkeerde dossier."
    )
    versie = models.PositiveIntegerField(default=1)

    objects = EvaluatieQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="evaluatie_id_eigenaren"),
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="evaluatie_beschikking_fk",
            ),
            SamengesteldeSleutel(
                veld="toewijzing",
                mee=("gemeente", "aanbieder"),
                naar="beschikkingen.Toewijzing",
                name="evaluatie_toewijzing_fk",
            ),
            SamengesteldeSleutel(
                veld="monitoringsmoment",
                mee=("gemeente",),
                naar="beschikkingen.Monitoringsmoment",
                name="evaluatie_monitoringsmoment_fk",
            ),
            models.CheckConstraint(name="evaluatie_heeft_reden", condition=~Q(reden="")),
            models.CheckConstraint(
                name="evaluatie_ingetrokken_drietal",
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_door__isnull=True, ingetrokken_reden="")
                | (
                    Q(
                        status=EvaluatieStatus.INGETROKKEN,
                        ingetrokken_op__isnull=False,
                        ingetrokken_door__isnull=False,
                    )
                    & ~Q(ingetrokken_reden="")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["toewijzing"], name="evaluatie_toewijzing"),
            models.Index(fields=["gemeente", "status", "ingediend_op"], name="evaluatie_werkvoorraad"),
        ]

    def __str__(self) -> str:
        return f"{self.documentnaam} van {self.ontvangen_datum:%d-%m-%Y}"


class GesprekQuerySet(ZichtbaarQuerySet["Gesprek"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> Self:
        return self.none()


class Gesprek(models.Model):
    """The evaluation or monitoring talk of H5 §2 (R18, R19)."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="gesprekken")
    monitoringsmoment = verwijzing(
        "beschikkingen.Monitoringsmoment", null=True, blank=True, related_name="gesprekken"
    )
    datum = models.DateField()
    deelnemers = ArrayField(models.CharField(max_length=20), help_text="client, aanbieder, consulent")
    verslag = models.TextField()
    volgend_moment_datum = models.DateField(
        null=True, blank=True, help_text="Het volgende monitoringsmoment dat is afgesproken (R20)."
    )
    vastgelegd_op = models.DateTimeField()
    vastgelegd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    objects = GesprekQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="gesprek_beschikking_fk",
            ),
            SamengesteldeSleutel(
                veld="monitoringsmoment",
                mee=("gemeente",),
                naar="beschikkingen.Monitoringsmoment",
                name="gesprek_monitoringsmoment_fk",
            ),
        ]

    def __str__(self) -> str:
        return f"gesprek {self.datum:%d-%m-%Y}"


class InformatieVraagQuerySet(ZichtbaarQuerySet["InformatieVraag"]):
    def open(self) -> Self:
        return self.filter(beantwoord_op__isnull=True, ingetrokken_op__isnull=True)


class InformatieVraag(models.Model):
    """Aanvullende informatie: question and answer, both dated, visible to the provider (R14). The clock runs on."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="vragen")
    evaluatie = verwijzing("resultaat.Evaluatie", null=True, blank=True, related_name="vragen")
    toelichting = verwijzing("stopberichten.Toelichting", null=True, blank=True, related_name="vragen")
    vraag = models.TextField()
    gesteld_op = models.DateTimeField()
    gesteld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    antwoord = models.TextField(blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    beantwoord_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ingetrokken_reden = models.TextField(
        blank=True, help_text="Waarom het antwoord niet meer nodig is. De aanbieder leest dit."
    )

    objects = InformatieVraagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="vraag_beschikking_fk",
            ),
            SamengesteldeSleutel(
                veld="evaluatie",
                mee=("gemeente", "aanbieder"),
                naar="resultaat.Evaluatie",
                name="vraag_evaluatie_fk",
            ),
            SamengesteldeSleutel(
                veld="toelichting",
                mee=("gemeente", "aanbieder"),
                naar="stopberichten.Toelichting",
                name="vraag_toelichting_fk",
            ),
            models.CheckConstraint(
                name="vraag_antwoord_drietal",
                condition=Q(antwoord="", beantwoord_op__isnull=True, beantwoord_door__isnull=True)
                | (~Q(antwoord="") & Q(beantwoord_op__isnull=False, beantwoord_door__isnull=False)),
            ),
            models.CheckConstraint(
                name="vraag_ingetrokken_drietal",
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_door__isnull=True, ingetrokken_reden="")
                | (
                    Q(ingetrokken_op__isnull=False, ingetrokken_door__isnull=False) & ~Q(ingetrokken_reden="")
                ),
            ),
            models.CheckConstraint(
                name="vraag_beantwoord_of_ingetrokken",
                condition=Q(beantwoord_op__isnull=True) | Q(ingetrokken_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.vraag[:60]


class ResultaatQuerySet(ZichtbaarQuerySet["Resultaat"]):
    def actueel(self) -> Self:
        return self.filter(actueel=True)


class Resultaat(models.Model):
    """Whether the result was reached: per allocation, or per step or monitoring moment of it. Append-only."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The allocation's composite key vouches for both owners, and the allocation's own keys for theirs.
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    aanbieder = models.ForeignKey(
        Aanbieder, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    toewijzing = verwijzing("beschikkingen.Toewijzing", related_name="resultaten", db_index=False)
    stap = verwijzing("beschikkingen.Stap", null=True, blank=True, related_name="resultaten", db_index=False)
    monitoringsmoment = verwijzing(
        "beschikkingen.Monitoringsmoment", null=True, blank=True, related_name="resultaten", db_index=False
    )
    uitkomst = models.CharField(max_length=20, choices=Uitkomst.choices())
    redenen = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    toelichting = models.TextField(blank=True)
    paragraaf = models.CharField(
        max_length=2, help_text="De paragraaf van de werkwijze: 1A, 1B, 1C, 2, 3 of 4."
    )
    stop = verwijzing("stopberichten.Stop", null=True, blank=True, related_name="resultaten")
    evaluatie = verwijzing(
        "resultaat.Evaluatie", null=True, blank=True, related_name="resultaten", db_index=False
    )
    formulier = verwijzing("stopberichten.Toelichting", null=True, blank=True, related_name="resultaten")
    ronde = verwijzing("resultaat.Ronde", null=True, blank=True, related_name="resultaten")
    trede_van = models.ForeignKey(
        Trede, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    trede_naar = models.ForeignKey(
        Trede, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    vervolg = models.CharField(max_length=26, choices=Vervolg.choices())
    advies = models.CharField(
        max_length=20, blank=True, help_text="Wat het portaal voorstelde; leeg: geen advies."
    )
    advies_reden = models.TextField(blank=True)
    afwijking_reden = models.TextField(blank=True, help_text="Waarom de consulent van het advies afweek.")
    resultaatdatum = models.DateField(
        help_text="De dag waarop het oordeel slaat: einde, stap of monitoringsmoment."
    )
    geregistreerd_op = models.DateTimeField()
    geregistreerd_door = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="Leeg: de ronde.",
    )
    voorganger = verwijzing(
        "resultaat.Resultaat", null=True, blank=True, related_name="correcties", db_index=False
    )
    correctie_reden = models.TextField(blank=True)
    actueel = models.BooleanField(default=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects = ResultaatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="resultaat_id_eigenaren"),
            models.UniqueConstraint(
                fields=["toewijzing", "stap", "monitoringsmoment"],
                condition=Q(actueel=True),
                nulls_distinct=False,
                name="resultaat_een_actueel",
            ),
            *(
                SamengesteldeSleutel(
                    veld=veld, mee=("gemeente", "aanbieder"), naar=naar, name=f"resultaat_{veld}_fk"
                )
                for veld, naar in (
                    ("toewijzing", "beschikkingen.Toewijzing"),
                    ("stap", "beschikkingen.Stap"),
                    ("stop", "stopberichten.Stop"),
                    ("evaluatie", "resultaat.Evaluatie"),
                    ("formulier", "stopberichten.Toelichting"),
                    ("voorganger", "resultaat.Resultaat"),
                )
            ),
            SamengesteldeSleutel(
                veld="monitoringsmoment",
                mee=("gemeente",),
                naar="beschikkingen.Monitoringsmoment",
                name="resultaat_monitoringsmoment_fk",
            ),
            SamengesteldeSleutel(
                veld="ronde", mee=("gemeente",), naar="resultaat.Ronde", name="resultaat_ronde_fk"
            ),
            models.UniqueConstraint(fields=["voorganger"], name="resultaat_een_opvolger"),
            models.CheckConstraint(
                name="resultaat_door_mens_of_ronde",
                condition=Q(geregistreerd_door__isnull=False) | Q(ronde__isnull=False),
            ),
            models.CheckConstraint(
                name="resultaat_ronde_zegt_alleen_ja",
                condition=Q(ronde__isnull=True) | Q(uitkomst=Uitkomst.JA),
            ),
            models.CheckConstraint(
                name="resultaat_nee_heeft_grond",
                condition=Q(uitkomst=Uitkomst.JA) | Q(redenen__len__gt=0) | ~Q(toelichting=""),
            ),
            models.CheckConstraint(
                name="resultaat_correctie_heeft_reden",
                condition=Q(voorganger__isnull=True) | ~Q(correctie_reden=""),
            ),
            models.CheckConstraint(
                name="resultaat_ingetrokken_niet_actueel",
                condition=Q(ingetrokken_op__isnull=True) | Q(actueel=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["gemeente", "resultaatdatum"], name="resultaat_kpi", condition=Q(actueel=True)
            ),
            models.Index(fields=["toewijzing"], name="resultaat_toewijzing"),
            *(
                models.Index(
                    fields=[veld],
                    name=f"resultaat_{veld[:10]}_idx",
                    condition=Q(**{f"{veld}__isnull": False}),
                )
                for veld in ("stap", "monitoringsmoment", "evaluatie")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_uitkomst_display()} ({self.resultaatdatum:%d-%m-%Y})"
