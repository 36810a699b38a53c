"""Taking back: a question whose answer is no longer needed, a document that came in the wrong dossier.

Nothing is deleted: who, when and why stay in the timeline, and the document stays where it was, marked.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.statussen import EvaluatieStatus

_OPEN = (EvaluatieStatus.INGEDIEND, EvaluatieStatus.INFO_GEVRAAGD)


class IntrekFout(Exception):
    """Not taken back; the message is a Dutch sentence."""


@transaction.atomic
def trek_vraag_in(
    *, vraag: InformatieVraag, reden: str, door: Gebruiker, moment: datetime
) -> InformatieVraag:
    """Close a question without an answer. The document waits for a judgement again. Raises IntrekFout."""
    _met_reden(reden, "Schrijf op waarom u de vraag intrekt. De aanbieder leest dit.")
    gelukt = (
        InformatieVraag.objects.open()
        .filter(pk=vraag.pk)
        .update(ingetrokken_op=moment, ingetrokken_door=door, ingetrokken_reden=reden.strip())
    )
    vraag.refresh_from_db()
    if not gelukt:
        hoe = "beantwoord" if vraag.beantwoord_op else "ingetrokken"
        raise IntrekFout(f"Deze vraag is intussen al {hoe}. Ververs het dossier.")
    if (
        vraag.evaluatie_id
        and not InformatieVraag.objects.open().filter(evaluatie=vraag.evaluatie_id).exists()
    ):
        Evaluatie.objects.filter(pk=vraag.evaluatie_id, status=EvaluatieStatus.INFO_GEVRAAGD).update(
            status=EvaluatieStatus.INGEDIEND, versie=F("versie") + 1
        )
    _log("vraag.intrekken", "informatievraag", vraag, door)
    return vraag


@transaction.atomic
def trek_evaluatie_in(*, evaluatie: Evaluatie, reden: str, door: Gebruiker, moment: datetime) -> Evaluatie:
    """The duty to send a document stands again. Open questions about it close with it. Raises IntrekFout."""
    _met_reden(reden, "Schrijf op waarom dit document wordt ingetrokken.")
    gelukt = Evaluatie.objects.filter(pk=evaluatie.pk, status__in=_OPEN).update(
        status=EvaluatieStatus.INGETROKKEN,
        ingetrokken_op=moment,
        ingetrokken_door=door,
        ingetrokken_reden=reden.strip(),
        versie=F("versie") + 1,
    )
    evaluatie.refresh_from_db()
    if not gelukt:
        raise IntrekFout(_waarom_niet(evaluatie))
    InformatieVraag.objects.open().filter(evaluatie=evaluatie).update(
        ingetrokken_op=moment, ingetrokken_door=door, ingetrokken_reden="Het document is ingetrokken."
    )
    _log("evaluatie.intrekken", "evaluatie", evaluatie, door)
    return evaluatie


def _waarom_niet(evaluatie: Evaluatie) -> str:
    if evaluatie.status == EvaluatieStatus.BEOORDEELD:
        return "Over dit document is het oordeel al geregistreerd. Corrigeer het oordeel als dat nodig is."
    return "Dit document is intussen al ingetrokken. Ververs het dossier."


def _met_reden(reden: str, zin: str) -> None:
    if not reden.strip():
        raise IntrekFout(zin)


def _log(actie: str, soort: str, rij: Evaluatie | InformatieVraag, door: Gebruiker) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort=soort,
        object_kenmerk=rij.kenmerk,
        gemeente_id=rij.gemeente_id,
        aanbieder_id=rij.aanbieder_id,
        client_index=bytes(rij.beschikking.client.bsn_index),
        doel="Wmo: dossier op orde houden",
    )
