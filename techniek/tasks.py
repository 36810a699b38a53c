"""Sending the outbox, and making the parts of the coming year."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction

from techniek.jaardelen import houd_bij
from techniek.models import Mail
from techniek.taak import taak
from wmo_portal.lib.tijd import nu

POGINGEN_HOOGSTENS = 20
PER_KEER = 200


@taak(name="techniek.tasks.verstuur_mail")
def verstuur_mail() -> str:
    """Send what is due. One mail is one transaction: claimed with SKIP LOCKED, so two workers never send one twice."""
    verzonden = 0
    for _ in range(PER_KEER):
        uitkomst = _verstuur_een()
        if uitkomst is None:
            break
        verzonden += uitkomst
    return f"{verzonden} mail verstuurd."


def _verstuur_een() -> int | None:
    """1 sent, 0 failed (later again), None when nothing is due."""
    with transaction.atomic():
        mail = (
            Mail.objects.select_for_update(skip_locked=True)
            .filter(status=Mail.Status.NIEUW, volgende_poging_op__lte=nu())
            .order_by("volgende_poging_op")
            .first()
        )
        if mail is None:
            return None
        try:
            _post(mail)
        except OSError as fout:  # SMTPException is an OSError: refused, dropped, not reachable
            _later(mail, fout)
            return 0
        Mail.objects.filter(pk=mail.pk).update(status=Mail.Status.VERZONDEN, verzonden_op=nu(), fout="")
        return 1


def _post(mail: Mail) -> None:
    # The same Message-ID at every attempt: a receiver that got it already drops the second.
    EmailMessage(
        mail.onderwerp, mail.tekst, to=[mail.aan], headers={"Message-ID": f"<{mail.pk}@wmo-portaal>"}
    ).send()


def _later(mail: Mail, fout: Exception) -> None:
    pogingen = mail.pogingen + 1
    Mail.objects.filter(pk=mail.pk).update(
        pogingen=pogingen,
        fout=str(fout)[:500],
        status=Mail.Status.OPGEGEVEN if pogingen >= POGINGEN_HOOGSTENS else Mail.Status.NIEUW,
        volgende_poging_op=nu() + timedelta(minutes=min(2**pogingen, 360)),
    )


@taak(name="techniek.tasks.jaardelen")
def jaardelen() -> str:
    """Long before the year begins; what could not be made now is made at the next turn."""
    delen = houd_bij()
    return f"{len(delen)} jaardelen gemaakt."
