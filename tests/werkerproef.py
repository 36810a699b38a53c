"""What the trials with real workers share: work that waits, and how to see that none of it was done twice or lost.

For `python -m tests.twee_hosts` and `python -m tests.oude_code`; import it after `django.setup()`.
"""

import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from beschikkingen.models import Beschikking
from resultaat.models import Resultaat, Ronde, RondeRegel
from stopberichten.models import Stop
from techniek.actions import zet_mail_klaar
from techniek.models import Mail
from wmo_portal.celery import app
from wmo_portal.embedded.children import say
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.valkey import Valkey
from wmo_portal.lib.tijd import nu

GEDULD = 600.0
STOPS, MAILS = 40, 6


def tot(wat: str, waar: Callable[[], Any], doe: Callable[[], None] | None = None) -> None:
    """Poll, generously; `doe` is done every few seconds meanwhile. Raises SystemExit."""
    begin = time.monotonic()
    while not waar():
        if time.monotonic() > begin + GEDULD:
            raise SystemExit(f"na {GEDULD:g} seconden nog niet: {wat}")
        if doe:
            doe()
        time.sleep(2 if doe else 0.2)
    say(f"{time.monotonic() - begin:6.1f} s  {wat}")


def eindig(proces: subprocess.Popen[bytes]) -> None:
    proces.terminate()
    try:
        proces.wait(30)
    except subprocess.TimeoutExpired:
        proces.kill()
        proces.wait()


def bel(*taken: str) -> None:
    for taak in taken:
        app.send_task(taak)


def rij_leeg(layout: Layout) -> bool:
    return Valkey(layout)._say(b"LLEN wmo\r\n").startswith(b":0")


def zet_post_klaar() -> None:
    """Letters to be sent, the first one first."""
    for nummer in range(MAILS):
        zet_mail_klaar(
            sleutel=f"proef-{nummer}",
            aan="post@example.nl",
            onderwerp=f"Brief {nummer}",
            tekst="Log in.",
            op=nu() - timedelta(minutes=MAILS - nummer),
        )


def alle_post_weg() -> bool:
    return not Mail.objects.exclude(status=Mail.Status.VERZONDEN).exists()


def verstuurd(layout: Layout) -> str:
    """All that left, one after another."""
    return "\n".join(pad.read_text("utf-8", "replace") for pad in (layout.map / "mail").iterdir())


def verkeerd_bezorgd(layout: Layout) -> list[str]:
    """The letters of which not exactly one left, by the mark in their head; each as a sentence."""
    weg = Counter(re.findall(r"^Message-ID: <([0-9a-f-]{36})@", verstuurd(layout), re.M))
    return [
        f"{mail.onderwerp}: {weg[str(mail.pk)]} keer verstuurd"
        for mail in Mail.objects.order_by("onderwerp")
        if weg[str(mail.pk)] != 1
    ]


def eindstand() -> tuple[object, ...]:
    """What the rounds leave behind, without what differs by nature (moments, ids of new rows)."""
    return (
        sorted((s.pk, s.oordeel, s.oordeel_regel, s.verwerkt_op is None) for s in Stop.objects.all()),
        sorted(Resultaat.objects.values_list("stop_id", "uitkomst")),
        sorted(Beschikking.objects.values_list("pk", "status", "vernietigen_na_datum")),
        sorted(RondeRegel.objects.values_list("stop_id", "verdict", "regel", "handelde_af", "sloot_dossier")),
        sorted(Ronde.objects.values_list("status", "gedaan", "totaal")),
    )
