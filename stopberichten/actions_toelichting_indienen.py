"""Sending a Toelichting, taking it back, and sending the zorgplan that was promised."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from beschikkingen.documenten import bewaar_document
from beschikkingen.enums import DocumentSoort
from beschikkingen.models import Document
from organisaties.models import Gebruiker
from stopberichten.actions_toelichting import Botsing, KanNiet, leg, op_slot
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import (
    feiten,
    in_te_trekken,
    regels_van,
    treden_van,
    wacht_op_zorgplan,
)
from stopberichten.toelichtingregels import Bezwaar, bezwaren, nummer


class NietCompleet(Exception):
    """Something is missing; `bezwaren` says what, field by field."""

    def __init__(self, gevonden: tuple[Bezwaar, ...]) -> None:
        super().__init__(" ".join(bezwaar.zin for bezwaar in gevonden))
        self.bezwaren = gevonden


class AlVerstuurd(Exception):
    """The form was sent already; `toelichting` has the number."""

    def __init__(self, toelichting: Toelichting) -> None:
        super().__init__(f"Dit formulier is al verstuurd, met nummer {toelichting.nummer}.")
        self.toelichting = toelichting


@transaction.atomic
def dien_in(
    *, toelichting: Toelichting, versie: int, door: Gebruiker, op: datetime, vandaag: date
) -> Toelichting:
    """Send the form to the toegang of its municipality (R54). The rules judge what is stored, not what is posted.

    `versie` is the one that was on the check page. Raises AlVerstuurd, Botsing when something changed since, KanNiet
    when it was taken back, NietCompleet with every objection.
    """
    vast = op_slot(toelichting)
    if vast.status == ToelichtingStatus.INGETROKKEN:
        raise KanNiet("Dit concept is ingetrokken. Begin een nieuw formulier.")
    if vast.status != ToelichtingStatus.CONCEPT:
        raise AlVerstuurd(vast)
    if vast.versie != versie:
        raise Botsing(vast)
    gevonden = bezwaren(feiten(vast, regels_van(vast), treden_van(vast), vandaag))
    if gevonden:
        raise NietCompleet(gevonden)
    _ruim_op(vast)
    vast.status = ToelichtingStatus.INGEDIEND
    vast.nummer = nummer(_volgnummer(), vandaag.year)
    vast.ingediend_op, vast.ingediend_door = op, door
    vast.bewaard_op, vast.versie = op, vast.versie + 1
    vast.save()
    leg(vast, "ingediend", door, gebieden=vast.regels.count())
    return vast


def _ruim_op(vast: Toelichting) -> None:
    """What is not asked is not sent: areas without a request, and a trede under an ending."""
    vast.regels.filter(overslaan=True).delete()
    vast.regels.filter(soort=ToelichtingSoort.BEEINDIGING).update(gevraagde_trede=None)
    wijziging = vast.regels.filter(soort=ToelichtingSoort.WIJZIGING).exists()
    vast.zorgplan_later = vast.zorgplan_later and wijziging and vast.zorgplan_id is None
    # From now on the municipality may read it, in the dossier of the decision.
    if vast.zorgplan is not None:
        Document.objects.filter(pk=vast.zorgplan.pk).update(
            gemeente_id=vast.gemeente_id, beschikking_id=vast.beschikking_id
        )


def _volgnummer() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('stopberichten_toelichtingnummer')")
        return int(cursor.fetchone()[0])


@transaction.atomic
def trek_in(*, toelichting: Toelichting, door: Gebruiker) -> Toelichting:
    """Take back a form, or drop a draft. Nothing is deleted. Raises KanNiet with the reason."""
    vast = op_slot(toelichting)
    if reden := in_te_trekken(vast):
        raise KanNiet(reden)
    leg(vast, "ingetrokken", door, was=vast.status)
    vast.status = ToelichtingStatus.INGETROKKEN
    vast.versie += 1
    vast.save(update_fields=["status", "versie"])
    return vast


@transaction.atomic
def stuur_zorgplan_na(
    *, toelichting: Toelichting, inhoud: bytes, naam: str, door: Gebruiker, op: datetime
) -> Document:
    """The zorgplan that was promised (R45): the task is done. Raises DocumentGeweigerd, KanNiet.

    The line in the log is that of the document.
    """
    vast = op_slot(toelichting)
    if not wacht_op_zorgplan(vast):
        raise KanNiet("Bij dit formulier hoeft u geen zorgplan meer te sturen.")
    document = bewaar_document(
        inhoud=inhoud,
        naam=naam,
        soort=DocumentSoort.ZORGPLAN,
        door=door,
        op=op,
        beschikking=vast.beschikking,
    )
    vast.zorgplan, vast.versie = document, vast.versie + 1
    vast.save(update_fields=["zorgplan", "versie"])
    return document
