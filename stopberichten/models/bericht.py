"""Messages as received, and what they say: `Levering` (305) and `Stop` (307).

Nothing received is ever lost: an unreadable file is a `Bericht` too, with the finding that says why. A refused
message has no Levering or Stop, because it counts as not sent (OP286); it stays on a worklist.
"""

import uuid
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from organisaties.models import Aanbieder, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet
from stopberichten.enums import Berichtsoort, Berichtstatus, Kanaal, RedenBeeindiging, Retourstatus
from wmo_portal.lib.geschiedenis import volg
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing

WERKDAGEN_VOOR_STOP = 5  # OP272


class BerichtQuerySet(ZichtbaarQuerySet["Bericht"]):
    def zonder_eigenaar_van(self, gebruiker: Any) -> Self:
        """Files that name no owner, for whoever sent them in. Apart from `visible_to`, so that its lists keep
        their index; the wall in the database knows this way in too."""
        if not getattr(gebruiker, "is_active", False):
            return self.none()
        return self.filter(gemeente__isnull=True, aanbieder__isnull=True, ontvangen_door=gebruiker)

    def retour_open(self) -> Self:
        """Answers that still have to go out."""
        return self.filter(retour_status=Retourstatus.TE_VERSTUREN)

    def te_vroeg(self) -> Self:
        """Refused because the allocation (9019) or the start (9069) was not there yet, and not judged anew."""
        return self.filter(
            status=Berichtstatus.AFGEKEURD, herbeoordeeld_in__isnull=True, wacht_op_nummers__isnull=False
        )


class Bericht(models.Model):
    """One message or unreadable file. `inhoud` and `retour` are encrypted: they hold BSNs."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(
        Gemeente, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    aanbieder = models.ForeignKey(
        Aanbieder, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    soort = models.CharField(max_length=3, choices=Berichtsoort.choices(), blank=True)
    release = models.CharField(max_length=5, blank=True)
    afzender = models.CharField(max_length=8, blank=True)
    ontvanger = models.CharField(max_length=8, blank=True)
    identificatie = models.CharField(max_length=12, blank=True)
    dagtekening = models.DateField(null=True, blank=True)
    client = verwijzing("beschikkingen.Client", null=True, blank=True, related_name="+")
    bsn_index = models.BinaryField(
        max_length=16, null=True, help_text="Van wie het bericht is, ook als de cliënt nog niet bekend is."
    )
    wacht_op_nummers = ArrayField(
        models.PositiveIntegerField(),
        null=True,
        blank=True,
        help_text="Toewijzingnummers waarop dit bericht is afgekeurd met 9019 of 9069: het kwam te vroeg.",
    )
    bestandsnaam = models.CharField(max_length=255, blank=True)
    kanaal = models.CharField(max_length=10, choices=Kanaal.choices())
    sha256 = models.CharField(max_length=64)
    inhoud = models.BinaryField()
    ontvangen_op = models.DateTimeField()
    ontvangen_door = models.ForeignKey(
        "organisaties.Gebruiker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    status = models.CharField(max_length=16, choices=Berichtstatus.choices())
    header_codes = models.JSONField(default=list)
    client_codes = models.JSONField(null=True)
    product_codes = models.JSONField(null=True)
    meldingen = models.JSONField(
        default=list, help_text="Bevindingen: regel, plaats, gevonden, verwacht, tekst."
    )
    retour = models.BinaryField(null=True)
    retour_status = models.CharField(max_length=12, choices=Retourstatus.choices(), default=Retourstatus.GEEN)
    retour_verstuurd_op = models.DateTimeField(null=True, blank=True)
    retour_verstuurd_door = models.ForeignKey(
        "organisaties.Gebruiker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    herbeoordeeld_in = verwijzing(
        "stopberichten.Bericht", null=True, blank=True, related_name="herbeoordeling_van", db_index=False
    )

    objects = BerichtQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["soort", "afzender", "identificatie"],
                condition=Q(status=Berichtstatus.GEACCEPTEERD),
                name="bericht_identificatie_eenmaal",
            ),
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="bericht_id_eigenaren"),
            SamengesteldeSleutel(
                veld="client", mee=("gemeente",), naar="beschikkingen.Client", name="bericht_client_fk"
            ),
            models.CheckConstraint(
                name="bericht_retour_verstuurd_paar",
                condition=Q(retour_status=Retourstatus.VERSTUURD, retour_verstuurd_op__isnull=False)
                | (~Q(retour_status=Retourstatus.VERSTUURD) & Q(retour_verstuurd_op__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gemeente", "-ontvangen_op", "-id"], name="bericht_gemeente_lijst"),
            models.Index(fields=["aanbieder", "-ontvangen_op", "-id"], name="bericht_aanbieder_lijst"),
            models.Index(fields=["sha256"], name="bericht_sha256"),
            models.Index(fields=["soort", "afzender", "identificatie"], name="bericht_sleutel"),
            models.Index(fields=["gemeente", "bsn_index"], name="bericht_bsn"),
            models.Index(
                fields=["gemeente", "aanbieder", "ontvangen_op", "id"],
                name="bericht_retour_open",
                condition=Q(retour_status=Retourstatus.TE_VERSTUREN),
            ),
            models.Index(
                fields=["gemeente", "ontvangen_op", "id"],
                name="bericht_te_vroeg",
                condition=Q(wacht_op_nummers__isnull=False, herbeoordeeld_in__isnull=True),
            ),
            # Most messages have none of these three: only those that have it stand in the index. (The two lists
            # above begin with municipality and provider, so those need no index of their own.)
            *(
                models.Index(fields=[veld], name=f"bericht_{veld}", condition=Q(**{f"{veld}__isnull": False}))
                for veld in ("ontvangen_door", "retour_verstuurd_door", "herbeoordeeld_in")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort or 'onleesbaar'} {self.identificatie}".strip()


class Productregel(models.Model):
    """What start and stop share: whose it is, which message said it, and the key elements as sent."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(
        Gemeente, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    bericht = verwijzing("stopberichten.Bericht", related_name="%(class)sen")
    volgnummer = models.PositiveSmallIntegerField(help_text="Plaats in het bericht, vanaf 1.")
    client = verwijzing("beschikkingen.Client", null=True, blank=True, related_name="+")
    toewijzing = verwijzing(
        "beschikkingen.Toewijzing", null=True, blank=True, related_name="%(class)sen", db_index=False
    )
    bsn_index = models.BinaryField(max_length=16)
    toewijzingnummer = models.PositiveIntegerField(null=True, blank=True)
    productcategorie = models.CharField(max_length=2, blank=True)
    productcode = models.CharField(max_length=5, blank=True)
    toewijzing_ingangsdatum = models.DateField(null=True, blank=True)
    begindatum = models.DateField()
    ontvangen_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_in = verwijzing(
        "stopberichten.Bericht", null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


def eigenaren(naam: str) -> list[SamengesteldeSleutel]:
    """The composite keys of a product line: message, allocation and client of the same owners."""
    return [
        SamengesteldeSleutel(
            veld="bericht",
            mee=("gemeente", "aanbieder"),
            naar="stopberichten.Bericht",
            name=f"{naam}_bericht_fk",
        ),
        SamengesteldeSleutel(
            veld="toewijzing",
            mee=("gemeente", "aanbieder"),
            naar="beschikkingen.Toewijzing",
            name=f"{naam}_toewijzing_fk",
        ),
    ]


class LeveringQuerySet(ZichtbaarQuerySet["Levering"]):
    def geldig(self) -> Self:
        return self.filter(ingetrokken_op__isnull=True)

    def te_koppelen(self) -> Self:
        return self.geldig().filter(toewijzing__isnull=True)


class Levering(Productregel):
    """A start of care (StartProduct of the 305). Withdrawn by status 3, never deleted."""

    objects = LeveringQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            *eigenaren("levering"),
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="levering_id_eigenaren"),
            models.UniqueConstraint(
                fields=[
                    "gemeente",
                    "aanbieder",
                    "bsn_index",
                    "toewijzingnummer",
                    "productcategorie",
                    "productcode",
                    "begindatum",
                ],
                condition=Q(ingetrokken_op__isnull=True),
                nulls_distinct=False,
                name="levering_sleutel_eenmaal",
            ),
            models.CheckConstraint(
                name="levering_ingetrokken_paar",
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_in__isnull=True)
                | Q(ingetrokken_op__isnull=False, ingetrokken_in__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["toewijzing", "begindatum"], name="levering_toewijzing"),
            models.Index(
                fields=["ingetrokken_in"],
                name="levering_ingetrokken",
                condition=Q(ingetrokken_in__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"start {self.begindatum:%d-%m-%Y} op toewijzing {self.toewijzingnummer or '–'}"


class StopQuerySet(ZichtbaarQuerySet["Stop"]):
    def geldig(self) -> Self:
        return self.filter(ingetrokken_op__isnull=True)

    def open(self) -> Self:
        """Not withdrawn and not settled: the population of the monthly round."""
        return self.geldig().filter(verwerkt_op__isnull=True)

    def te_koppelen(self) -> Self:
        return self.geldig().filter(toewijzing__isnull=True)

    def te_laat(self) -> Self:
        """Received more than 5 working days after the end (OP272, R73)."""
        return self.geldig().filter(ontvangen_na_werkdagen__gt=WERKDAGEN_VOOR_STOP)


@volg
class Stop(Productregel):
    """A stop of care (StopProduct of the 307), with the verdict that the last round gave it."""

    levering = verwijzing("stopberichten.Levering", null=True, blank=True, related_name="stops")
    reden = models.CharField(max_length=2, choices=RedenBeeindiging.choices())
    einddatum = models.DateField()
    ontvangen_na_werkdagen = models.SmallIntegerField(
        null=True,
        blank=True,
        help_text="Werkdagen tussen einddatum en ontvangst (OP272). Leeg: hier niet te meten.",
    )
    oordeel = models.CharField(max_length=24, blank=True, help_text="Verdict van de laatste ronde.")
    oordeel_regel = models.CharField(max_length=8, blank=True)
    verwerkt_op = models.DateTimeField(null=True, blank=True)
    zonder_formulier_reden = models.TextField(
        blank=True, help_text="Waarom de administratie zonder Toelichting verdergaat (R10)."
    )
    zonder_formulier_op = models.DateTimeField(null=True, blank=True)
    zonder_formulier_door = models.ForeignKey(
        "organisaties.Gebruiker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    objects = StopQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            *eigenaren("stop"),
            SamengesteldeSleutel(
                veld="levering",
                mee=("gemeente", "aanbieder"),
                naar="stopberichten.Levering",
                name="stop_levering_fk",
            ),
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="stop_id_eigenaren"),
            models.UniqueConstraint(
                fields=[
                    "gemeente",
                    "aanbieder",
                    "bsn_index",
                    "toewijzingnummer",
                    "productcategorie",
                    "productcode",
                    "begindatum",
                    "reden",
                    "einddatum",
                ],
                condition=Q(ingetrokken_op__isnull=True),
                nulls_distinct=False,
                name="stop_sleutel_eenmaal",
            ),
            models.CheckConstraint(
                name="stop_einddatum_na_begin", condition=Q(einddatum__gte=F("begindatum"))
            ),
            models.CheckConstraint(
                name="stop_ingetrokken_paar",
                condition=Q(ingetrokken_op__isnull=True, ingetrokken_in__isnull=True)
                | Q(ingetrokken_op__isnull=False, ingetrokken_in__isnull=False),
            ),
            models.CheckConstraint(
                name="stop_zonder_formulier_drietal",
                condition=Q(
                    zonder_formulier_op__isnull=True,
                    zonder_formulier_door__isnull=True,
                    zonder_formulier_reden="",
                )
                | (
                    Q(zonder_formulier_op__isnull=False, zonder_formulier_door__isnull=False)
                    & ~Q(zonder_formulier_reden="")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["toewijzing", "einddatum"], name="stop_toewijzing"),
            models.Index(
                fields=["ingetrokken_in"], name="stop_ingetrokken", condition=Q(ingetrokken_in__isnull=False)
            ),
            # Also for lists by verdict: none on that column, so that a new verdict touches no index at all (HOT).
            models.Index(fields=["gemeente", "id"], name="stop_open", condition=Q(verwerkt_op__isnull=True)),
            models.Index(
                fields=["gemeente", "-ontvangen_op", "-id"],
                name="stop_te_laat",
                condition=Q(ontvangen_na_werkdagen__gt=WERKDAGEN_VOOR_STOP),
            ),
            # What came lately. Without it the stops of the whole country were read for those of one municipality.
            models.Index(fields=["gemeente", "ontvangen_op"], name="stop_ontvangen"),
        ]

    def __str__(self) -> str:
        return f"stop {self.einddatum:%d-%m-%Y} met code {self.reden}"
