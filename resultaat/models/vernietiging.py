"""The destruction list (R110): one person proposes, another approves after the thinking time, then it is gone.

The rules that must hold whatever the application does stand in the database (migration `vernietiging_muur`): who
proposed and who approved are the people of the signed scope, the moments are the database's own, and nothing of a
proposal changes afterwards. What stays when all is destroyed is this row: counts, and no person.
"""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from organisaties.models import Gebruiker, Gemeente
from organisaties.zichtbaar import ZichtbaarQuerySet
from resultaat.statussen import VernietigStatus


class VernietigingslijstQuerySet(ZichtbaarQuerySet["Vernietigingslijst"]):
    def van_aanbieder(self, aanbieder_id: int | None) -> "VernietigingslijstQuerySet":
        return self.none()


class Vernietigingslijst(models.Model):
    """One proposal of one municipality. `client_ids` is emptied when they are destroyed."""

    kenmerk = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gemeente = models.ForeignKey(Gemeente, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12, choices=VernietigStatus.choices(), default=VernietigStatus.VOORGESTELD
    )
    client_ids = ArrayField(
        models.BigIntegerField(), help_text="Wie voorgesteld is; leeg na het vernietigen."
    )
    aantal = models.PositiveIntegerField(help_text="Hoeveel cliënten voorgesteld zijn.")
    bewaartermijn_jaren = models.PositiveSmallIntegerField()
    bewaartermijn_bron = models.CharField(max_length=200)
    voorgesteld_op = models.DateTimeField()
    voorgesteld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    bedenktijd_tot_op = models.DateTimeField(help_text="Eerder mag niemand goedkeuren.")
    goedgekeurd_op = models.DateTimeField(null=True, blank=True)
    goedgekeurd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vernietigd_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ingetrokken_reden = models.TextField(blank=True)
    verklaring = models.JSONField(
        default=dict, help_text="Wat er vernietigd is, in aantallen, en wat bleef en waarom."
    )

    objects = VernietigingslijstQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-voorgesteld_op", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="vernietiging_door_een_ander",
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("voorgesteld_door")),
            ),
            models.CheckConstraint(
                name="vernietiging_na_de_bedenktijd",
                condition=Q(goedgekeurd_op__isnull=True) | Q(goedgekeurd_op__gte=F("bedenktijd_tot_op")),
            ),
            models.CheckConstraint(
                name="vernietiging_goedgekeurd_paar",
                condition=Q(
                    status__in=[VernietigStatus.GOEDGEKEURD, VernietigStatus.VERNIETIGD],
                    goedgekeurd_op__isnull=False,
                    goedgekeurd_door__isnull=False,
                )
                | (
                    ~Q(status__in=[VernietigStatus.GOEDGEKEURD, VernietigStatus.VERNIETIGD])
                    & Q(goedgekeurd_op__isnull=True, goedgekeurd_door__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="vernietiging_vernietigd_is_leeg",
                condition=Q(status=VernietigStatus.VERNIETIGD, vernietigd_op__isnull=False, client_ids__len=0)
                | (~Q(status=VernietigStatus.VERNIETIGD) & Q(vernietigd_op__isnull=True)),
            ),
            models.CheckConstraint(
                name="vernietiging_ingetrokken_drietal",
                condition=(
                    Q(
                        status=VernietigStatus.INGETROKKEN,
                        ingetrokken_op__isnull=False,
                        ingetrokken_door__isnull=False,
                    )
                    & ~Q(ingetrokken_reden="")
                )
                | (
                    ~Q(status=VernietigStatus.INGETROKKEN)
                    & Q(ingetrokken_op__isnull=True, ingetrokken_door__isnull=True, ingetrokken_reden="")
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gemeente", "-voorgesteld_op"], name="vernietiging_gemeente")
        ]

    def __str__(self) -> str:
        return f"vernietigingslijst van {self.voorgesteld_op:%d-%m-%Y}"
