"""The form "Toelichting verzoek wijziging/beëindiging" (H5 bijlage 2), one head and 1..n resultaatgebieden."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from organisaties.models import Aanbieder, Gemeente, Trede
from organisaties.zichtbaar import ZichtbaarQuerySet
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from wmo_portal.lib.geschiedenis import volg
from wmo_portal.lib.samengesteld import SamengesteldeSleutel, verwijzing


class ToelichtingQuerySet(ZichtbaarQuerySet["Toelichting"]):
    def visible_to(self, gebruiker: object) -> Self:
        """A draft is the provider's own until it is sent."""
        eigen = super().visible_to(gebruiker)
        if getattr(gebruiker, "aanbieder_id", None):
            return eigen
        return eigen.filter(ingediend_op__isnull=False)

    def ingediend(self) -> Self:
        """Sent and not taken back: what counts as "the form is there"."""
        return self.exclude(status__in=[ToelichtingStatus.CONCEPT, ToelichtingStatus.INGETROKKEN])


@volg
class Toelichting(models.Model):
    """One form about one client. Requester fields are copied in: people change jobs, forms do not.

    They are text without a limit, because a draft keeps whatever was typed; sending judges it (`toelichtingregels`).
    """

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nummer = models.CharField(
        max_length=20, unique=True, null=True, help_text="Ontvangstnummer, bij indienen."
    )
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    client = verwijzing("beschikkingen.Client", related_name="toelichtingen")
    beschikking = verwijzing("beschikkingen.Beschikking", related_name="toelichtingen")
    status = models.CharField(
        max_length=16, choices=ToelichtingStatus.choices(), default=ToelichtingStatus.CONCEPT
    )
    verzoeker_naam = models.TextField("naam", blank=True)
    verzoeker_functie = models.TextField("functie", blank=True)
    verzoeker_organisatie = models.TextField("organisatie", blank=True)
    verzoeker_telefoon = models.TextField("telefoonnummer", blank=True)
    verzoeker_email = models.TextField("e-mailadres", blank=True)
    overige_zaken = models.TextField("andere relevante zaken", blank=True)
    zorgplan = verwijzing("beschikkingen.Document", null=True, blank=True, related_name="+")
    zorgplan_later = models.BooleanField(
        default=False, help_text="De aanbieder stuurt het zorgplan nog na (R45)."
    )
    aangemaakt_op = models.DateTimeField()
    aangemaakt_door = models.ForeignKey("organisaties.Gebruiker", on_delete=models.PROTECT, related_name="+")
    bewaard_op = models.DateTimeField()
    bewaard_vanuit = models.UUIDField(
        null=True,
        blank=True,
        help_text="Het geopende scherm dat het laatst bewaarde: dat botst niet met zichzelf.",
    )
    ingediend_op = models.DateTimeField(null=True, blank=True)
    ingediend_door = models.ForeignKey(
        "organisaties.Gebruiker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_door = models.ForeignKey(
        "organisaties.Gebruiker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    besluit = models.CharField(max_length=12, blank=True, help_text="Toegekend, afgewezen of anders (R58).")
    besluit_tekst = models.TextField(blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = ToelichtingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "gemeente", "aanbieder"], name="toelichting_id_eigenaren"),
            SamengesteldeSleutel(
                veld="client", mee=("gemeente",), naar="beschikkingen.Client", name="toelichting_client_fk"
            ),
            SamengesteldeSleutel(
                veld="beschikking",
                mee=("gemeente",),
                naar="beschikkingen.Beschikking",
                name="toelichting_beschikking_fk",
            ),
            models.UniqueConstraint(
                fields=["beschikking", "aanbieder"],
                condition=Q(status=ToelichtingStatus.CONCEPT),
                name="toelichting_een_concept",
            ),
            models.CheckConstraint(
                name="toelichting_ingediend_drietal",
                condition=Q(ingediend_op__isnull=True, ingediend_door__isnull=True, nummer__isnull=True)
                | Q(ingediend_op__isnull=False, ingediend_door__isnull=False, nummer__isnull=False),
            ),
            models.CheckConstraint(
                name="toelichting_status_past_bij_ingediend",
                condition=Q(status=ToelichtingStatus.INGETROKKEN)
                | Q(status=ToelichtingStatus.CONCEPT, ingediend_op__isnull=True)
                | (
                    ~Q(status__in=[ToelichtingStatus.CONCEPT, ToelichtingStatus.INGETROKKEN])
                    & Q(ingediend_op__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="toelichting_afgehandeld_paar",
                condition=Q(afgehandeld_op__isnull=True, afgehandeld_door__isnull=True)
                | Q(afgehandeld_op__isnull=False, afgehandeld_door__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gemeente", "status", "-ingediend_op", "-id"], name="toelichting_gemeente"),
            models.Index(fields=["aanbieder", "status", "-bewaard_op", "-id"], name="toelichting_aanbieder"),
            models.Index(fields=["beschikking"], name="toelichting_beschikking"),
        ]

    def __str__(self) -> str:
        return self.nummer or "concept-toelichting"


class ToelichtingRegelQuerySet(ZichtbaarQuerySet["ToelichtingRegel"]):
    def visible_to(self, gebruiker: object) -> Self:
        eigen = super().visible_to(gebruiker)
        if getattr(gebruiker, "aanbieder_id", None):
            return eigen
        return eigen.filter(toelichting__ingediend_op__isnull=False)

    def ingediend(self) -> Self:
        return self.exclude(
            toelichting__status__in=[ToelichtingStatus.CONCEPT, ToelichtingStatus.INGETROKKEN]
        )


class ToelichtingRegel(models.Model):
    """What is asked for one resultaatgebied (R48-R53). `behaald` is the provider's opinion, not the judgement."""

    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, on_delete=models.PROTECT, related_name="+")
    toelichting = verwijzing("stopberichten.Toelichting", related_name="regels")
    toewijzing = verwijzing("beschikkingen.Toewijzing", related_name="toelichtingregels")
    soort = models.CharField(max_length=12, choices=ToelichtingSoort.choices(), blank=True)
    overslaan = models.BooleanField(
        default=False, help_text="In een concept: voor dit resultaatgebied is er geen verzoek."
    )
    gevraagde_trede = models.ForeignKey(
        Trede, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    huidige_situatie = models.TextField(blank=True)
    reden = models.TextField(blank=True)
    behaald = models.BooleanField(null=True, blank=True)
    behaald_toelichting = models.TextField(blank=True)

    objects = ToelichtingRegelQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["toelichting", "toewijzing"], name="toelichtingregel_uniek"),
            SamengesteldeSleutel(
                veld="toelichting",
                mee=("gemeente", "aanbieder"),
                naar="stopberichten.Toelichting",
                name="toelichtingregel_toelichting_fk",
            ),
            SamengesteldeSleutel(
                veld="toewijzing",
                mee=("gemeente", "aanbieder"),
                naar="beschikkingen.Toewijzing",
                name="toelichtingregel_toewijzing_fk",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["toewijzing"], name="toelichtingregel_toewijzing"),
            # The worklist asks for these; most forms announce an end.
            models.Index(
                fields=["gemeente"],
                name="toelichtingregel_wijziging",
                condition=Q(soort=ToelichtingSoort.WIJZIGING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.toewijzing_id}"
