"""Writing to the outbox, counting a click once, keeping the heartbeat of jobs."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from techniek.models import Hartslag, Mail, Verzoek
from wmo_portal.lib.bsn import vind_bsns
from wmo_portal.lib.tijd import nu


class MailBevatBsn(ValueError):
    """A mail may never hold a BSN (R109): a fault of ours, so it stops the deed."""


def zet_mail_klaar(*, sleutel: str, aan: str, onderwerp: str, tekst: str, op: datetime) -> bool:
    """Put a mail in the outbox, in the running transaction. False when this key is there already.

    Raises MailBevatBsn when subject or text holds a valid BSN.
    """
    if vind_bsns(onderwerp) or vind_bsns(tekst):
        raise MailBevatBsn(f"De mail {sleutel!r} zou een BSN bevatten en is niet klaargezet.")
    _, nieuw = Mail.objects.get_or_create(
        sleutel=sleutel,
        defaults={
            "aan": aan,
            "onderwerp": onderwerp,
            "tekst": tekst,
            "aangemaakt_op": op,
            "volgende_poging_op": op,
        },
    )
    return nieuw


def eenmalig(request: HttpRequest, doe: Callable[[], HttpResponseRedirect]) -> HttpResponse:
    """Do `doe` once per idempotency key of the form (hidden field `eenmalig`), in one transaction.

    The second click, the retry after a lost connection and the double submit all get the first one's address.
    Without a key the deed is simply done.
    """
    try:
        sleutel = uuid.UUID(request.POST.get("eenmalig", ""))
    except ValueError:
        with transaction.atomic():
            return doe()
    wie = int(request.user.pk or 0)
    try:
        with transaction.atomic():
            verzoek = Verzoek.objects.create(sleutel=sleutel, gebruiker_id=wie, gemaakt_op=nu())
            antwoord = doe()
            Verzoek.objects.filter(pk=verzoek.pk).update(antwoord_pad=antwoord.url[:500])
            return antwoord
    except IntegrityError:
        eerder = Verzoek.objects.filter(sleutel=sleutel, gebruiker_id=wie).first()
        if eerder is None:
            raise
        return HttpResponseRedirect(eerder.antwoord_pad or request.path)


@contextmanager
def hartslag(taak: str) -> Iterator[list[str]]:
    """Note that a job began and how it ended; what the job appends to the list becomes its message."""
    bericht: list[str] = []
    Hartslag.objects.update_or_create(
        taak=taak, defaults={"begonnen_op": nu(), "klaar_op": None, "gelukt": False, "bericht": ""}
    )
    try:
        yield bericht
    except Exception as fout:
        Hartslag.objects.filter(taak=taak).update(bericht=f"{type(fout).__name__}: {fout}"[:500])
        raise
    Hartslag.objects.filter(taak=taak).update(klaar_op=nu(), gelukt=True, bericht=" ".join(bericht)[:500])
