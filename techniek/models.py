"""What the portal needs to keep its promises: mail that is sent once, a click that counts once, jobs that are seen.

No table here knows a client: the outbox holds no client data by rule (R33), keys are random.
"""

import uuid

from django.db import models
from django.db.models import Q


class Mail(models.Model):
    """The outbox: written in the transaction of the deed, sent afterwards by `techniek.tasks.verstuur_mail`.

    `sleutel` is what makes it one mail: the second writer of the same key writes nothing.
    """

    class Status(models.TextChoices):
        NIEUW = "nieuw", "te versturen"
        VERZONDEN = "verzonden", "verzonden"
        OPGEGEVEN = "opgegeven", "opgegeven na te veel pogingen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sleutel = models.CharField(max_length=200, unique=True)
    aan = models.EmailField()
    onderwerp = models.CharField(max_length=200)
    tekst = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.NIEUW)
    pogingen = models.PositiveSmallIntegerField(default=0)
    aangemaakt_op = models.DateTimeField()
    volgende_poging_op = models.DateTimeField()
    verzonden_op = models.DateTimeField(null=True)
    fout = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mail_verzonden_heeft_tijd",
                condition=Q(status="verzonden", verzonden_op__isnull=False)
                | (~Q(status="verzonden") & Q(verzonden_op__isnull=True)),
            )
        ]
        indexes = [
            models.Index(fields=["volgende_poging_op"], name="mail_te_versturen", condition=Q(status="nieuw"))
        ]

    def __str__(self) -> str:
        return f"{self.onderwerp} ({self.get_status_display()})"


class Verzoek(models.Model):
    """An idempotency key of a form that creates something: the second click lands on the first one's page."""

    sleutel = models.UUIDField()
    gebruiker_id = models.BigIntegerField()
    gemaakt_op = models.DateTimeField()
    antwoord_pad = models.CharField(max_length=500, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gebruiker_id", "sleutel"], name="verzoek_eenmalig")]

    def __str__(self) -> str:
        return str(self.sleutel)


class Hartslag(models.Model):
    """When each job last ran and how it ended, for the page "Taken" and for /readyz."""

    taak = models.CharField(max_length=100, unique=True)
    begonnen_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True)
    gelukt = models.BooleanField(default=False)
    bericht = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hartslag_gelukt_is_klaar", condition=Q(gelukt=False) | Q(klaar_op__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.taak
