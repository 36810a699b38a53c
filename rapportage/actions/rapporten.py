"""A report that a worker makes: asked for, taken up by one worker, delivered encrypted, emptied when it expires."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from beschikkingen.kluis import bos, context
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from rapportage.actions.inzage import DOEL
from rapportage.models import Rapport
from rapportage.statussen import Rapportsoort, RapportStatus

BEWAARD: Final = timedelta(days=30)
TE_LANG: Final = timedelta(minutes=40)
"""After this a worker that took it up must be gone (a task is stopped after 30 minutes): another may take over."""


@transaction.atomic
def vraag_aan(
    *,
    soort: Rapportsoort,
    titel: str,
    filters: dict[str, str],
    bestandsnaam: str,
    door: Gebruiker,
    op: datetime,
    automatisch: str = "",
) -> Rapport:
    """`automatisch`: what the clock asks it for; the same twice is refused by the database (IntegrityError)."""
    rapport = Rapport.objects.create(
        soort=soort,
        titel=titel,
        filters=filters,
        bestandsnaam=bestandsnaam,
        aanvrager=door,
        automatisch=automatisch,
        aangevraagd_op=op,
        verloopt_op=op + BEWAARD,
    )
    _log(
        "rapport.aangevraagd",
        rapport,
        door=door,
        details={"soort": soort, "filters": filters, **({"automatisch": automatisch} if automatisch else {})},
    )
    return rapport


def neem_op(*, rapport: Rapport, op: datetime) -> bool:
    """Whether this worker is the one that makes it: a conditional update, so two can never both be."""
    vrij = Q(status=RapportStatus.AANGEVRAAGD) | Q(status=RapportStatus.BEZIG, begonnen_op__lt=op - TE_LANG)
    return bool(
        Rapport.objects.filter(vrij, pk=rapport.pk).update(status=RapportStatus.BEZIG, begonnen_op=op)
    )


@transaction.atomic
def lever(*, rapport: Rapport, inhoud: bytes, regels: int, op: datetime, door: Gebruiker) -> None:
    """`regels`: how many clients the figures are about."""
    rapport.versleuteld = bos().versleutel_bytes(inhoud, _context(rapport))
    rapport.grootte, rapport.sha256 = len(inhoud), hashlib.sha256(inhoud).hexdigest()
    rapport.status, rapport.klaar_op = RapportStatus.KLAAR, op
    rapport.save(update_fields=["versleuteld", "grootte", "sha256", "status", "klaar_op"])
    _log("rapport.gemaakt", rapport, door=door, details={"regels": regels, "bytes": len(inhoud)})


@transaction.atomic
def zeg_waarom_niet(*, rapport: Rapport, zin: str, op: datetime, door: Gebruiker) -> None:
    Rapport.objects.filter(pk=rapport.pk).update(status=RapportStatus.MISLUKT, fout=zin, klaar_op=op)
    _log("rapport.mislukt", rapport, door=door, details={})


@transaction.atomic
def geef(*, rapport: Rapport, door: Gebruiker) -> bytes:
    """The file itself; each download is a line in the log."""
    _log("rapport.gedownload", rapport, door=door, details={"bytes": rapport.grootte})
    return bos().ontsleutel_bytes(rapport.versleuteld or b"", _context(rapport))


@transaction.atomic
def ruim_op(*, op: datetime) -> int:
    """Empty what has expired; how many."""
    return Rapport.objects.filter(status=RapportStatus.KLAAR, verloopt_op__lte=op).update(
        status=RapportStatus.VERLOPEN, versleuteld=None
    )


def _context(rapport: Rapport) -> str:
    return context("rapportage_rapport", rapport.kenmerk)


def _log(actie: str, rapport: Rapport, *, door: Gebruiker, details: dict[str, object]) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="rapport",
        object_kenmerk=rapport.kenmerk,
        aanbieder_id=door.aanbieder_id,
        doel=DOEL,
        details=details,
    )
