"""Verbs on a draft kwartaalopgave: begin, keep what is typed, correct a client, take over last quarter, add a file.

A draft never refuses what somebody typed (U5, U6). Each part carries its own version: a screen that wrote last may go
on, another one that has not seen that version gets `Botsing` and shows both (U16).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from beschikkingen.documenten import bewaar_document
from beschikkingen.enums import DocumentSoort
from beschikkingen.models import Document, DocumentInhoud
from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Gemeente, Regio
from rapportage.actions.opgave_delen import OVERNEMERS
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.models import Kwartaalopgave, OpgaveCorrectie, OpgaveDeel, OpgaveDocument
from rapportage.opgave_regels import Bezwaar, Correctiefeit, bewerkbaar, bezwaren_correctie
from rapportage.opgave_uitval import Afstemregel
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tekst import eenvoudige_regeleinden, zonder_stuurtekens
from wmo_portal.lib.tijd import dag_van

DOEL: Final = "Wmo: kwartaalopgave"
EEN_ZITTING: Final = timedelta(minutes=15)
"""Saving while typing leaves one line in the log per screen and per quarter of an hour."""


class KanNiet(Exception):
    """This cannot be done; the message is a Dutch sentence."""


class NietCompleet(Exception):
    """Something is missing; `bezwaren` says what, field by field."""

    def __init__(self, bezwaren: tuple[Bezwaar, ...]) -> None:
        super().__init__(" ".join(bezwaar.zin for bezwaar in bezwaren))
        self.bezwaren = bezwaren


class Botsing(Exception):
    """The part was changed by another screen since this one loaded it, or may not be written any more."""

    def __init__(self, opgave: Kwartaalopgave, deel: OpgaveDeel | None = None) -> None:
        super().__init__("Iemand anders bewaarde dit terwijl u bezig was.")
        self.opgave, self.deel = opgave, deel


# --- Begin -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def begin(*, regio: Regio, kwartaal: Kwartaal, door: Gebruiker, op: datetime) -> Kwartaalopgave:
    """The opgave of this provider for that quarter; made when it is not there. Raises KanNiet.

    Two colleagues who begin at the same moment share one: the constraint decides.
    """
    if kwartaal.laatste >= dag_van(op):
        raise KanNiet(
            f"Het {kwartaal.naam} loopt nog tot en met {kwartaal.laatste:%d-%m-%Y}. U kunt daarna opgave doen."
        )
    gemeenten = list(Gemeente.objects.filter(regio=regio).order_by("pk").values_list("pk", flat=True))
    if not gemeenten or door.aanbieder_id is None:
        raise KanNiet("In deze regio is nog geen gemeente ingericht. Vraag het de contractmanager.")
    opgave, nieuw = Kwartaalopgave.objects.get_or_create(
        regio=regio,
        aanbieder_id=door.aanbieder_id,
        kwartaal=str(kwartaal),
        defaults={"gemeenten": gemeenten, "begonnen_op": op, "begonnen_door": door},
    )
    if nieuw:
        OpgaveDeel.objects.bulk_create(
            OpgaveDeel(opgave=opgave, aanbieder_id=opgave.aanbieder_id, deel=deel) for deel in Deel
        )
        leg(opgave, "begonnen", door)
    return opgave


# --- Keep what is typed ------------------------------------------------------------------------------------------------
@transaction.atomic
def bewaar_deel(
    *,
    opgave: Kwartaalopgave,
    deel: Deel,
    invoer: Mapping[str, str],
    versie: int,
    vanuit: UUID | None,
    door: Gebruiker,
    op: datetime,
) -> OpgaveDeel:
    """Keep what was typed in this part, whatever it is. `versie`: the one the screen was loaded with.

    Only the fields of the part are looked at: owner, status and numbers of the messages cannot be posted.
    Raises Botsing.
    """
    vast = op_slot(opgave)
    stand: OpgaveDeel = OpgaveDeel.objects.select_for_update().get(opgave=vast, deel=deel)
    eigen = vanuit is not None and vanuit == stand.bewaard_vanuit
    if not bewerkbaar(OpgaveStatus(vast.status)) or not (versie == stand.versie or eigen):
        raise Botsing(vast, stand)
    if not OVERNEMERS[deel](vast, {naam: schoon(tekst) for naam, tekst in invoer.items()}):
        return stand
    zitting = stand.bewaard_op is None or not eigen or op - stand.bewaard_op > EEN_ZITTING
    merk_bewaard(stand, door, op, vanuit)
    if zitting:
        leg(vast, "bewaard", door, deel=str(deel))
    return stand


def merk_bewaard(stand: OpgaveDeel, door: Gebruiker, op: datetime, vanuit: UUID | None) -> None:
    stand.versie += 1
    stand.bewaard_op, stand.bewaard_door, stand.bewaard_vanuit = op, door, vanuit
    stand.save()


def op_slot(opgave: Kwartaalopgave) -> Kwartaalopgave:
    """The row as it is now, and nobody else's until this transaction ends."""
    return Kwartaalopgave.objects.select_for_update(of=("self",)).get(pk=opgave.pk)


def schoon(tekst: str) -> str:
    """What a database can hold: no control characters, one kind of line end. Nothing is cut off (R102)."""
    return zonder_stuurtekens(eenvoudige_regeleinden(tekst))


def eis_bewerkbaar(vast: Kwartaalopgave) -> None:
    """Raises KanNiet when the provider may not write in it now."""
    if not bewerkbaar(OpgaveStatus(vast.status)):
        stand = OpgaveStatus(vast.status).label.lower()
        raise KanNiet(
            f"Deze opgave is {stand}. U kunt er nu niets aan wijzigen. Neem contact op met de contractmanager."
        )


# --- One client --------------------------------------------------------------------------------------------------------
@transaction.atomic
def corrigeer(
    *, opgave: Kwartaalopgave, regel: Afstemregel, wordt: str, reden: str, door: Gebruiker, op: datetime
) -> bool:
    """Count this client otherwise, with a reason; the answer of the messages takes the correction away.

    Whether it is a correction now. Raises NietCompleet, KanNiet.
    """
    vast = op_slot(opgave)
    eis_bewerkbaar(vast)
    plek: dict[str, Any] = {"opgave": vast, "gemeente_id": regel.gemeente_id, "sleutel": regel.sleutel}
    details = {"merk": regel.merk, "berichten": regel.berichten, "wordt": wordt}
    if wordt == regel.berichten:
        OpgaveCorrectie.objects.filter(**plek).delete()
        leg(vast, "client_bevestigd", door, gemeente_id=regel.gemeente_id, **details)
        return False
    schone_reden = schoon(reden)
    _eis_correctie(regel, wordt, schone_reden)
    OpgaveCorrectie.objects.update_or_create(
        **plek,
        defaults={
            "aanbieder_id": vast.aanbieder_id,
            "wordt": wordt,
            "reden": schone_reden,
            "gecorrigeerd_op": op,
            "gecorrigeerd_door": door,
        },
    )
    leg(vast, "client_gecorrigeerd", door, gemeente_id=regel.gemeente_id, **details)
    return True


def _eis_correctie(regel: Afstemregel, wordt: str, reden: str) -> None:
    feit = Correctiefeit(
        veld=regel.sleutel, naam="deze cliënt", berichten=regel.berichten, wordt=wordt, reden=reden
    )
    if bezwaren := tuple(bezwaren_correctie(feit)):
        raise NietCompleet(bezwaren)


# --- Files -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def voeg_document_toe(
    *,
    opgave: Kwartaalopgave,
    inhoud: bytes,
    naam: str,
    soort: DocumentSoort,
    door: Gebruiker,
    op: datetime,
) -> OpgaveDocument:
    """Keep a file with part 2. The provider's alone until the opgave is sent. Raises DocumentGeweigerd, KanNiet."""
    vast = op_slot(opgave)
    eis_bewerkbaar(vast)
    document = bewaar_document(inhoud=inhoud, naam=naam, soort=soort, door=door, op=op)
    return OpgaveDocument.objects.create(opgave=vast, aanbieder_id=vast.aanbieder_id, document=document)


@transaction.atomic
def verwijder_document(*, opgave: Kwartaalopgave, kenmerk: UUID, door: Gebruiker) -> None:
    """Take a file off again, as long as it was never sent. Raises KanNiet, OpgaveDocument.DoesNotExist."""
    vast = op_slot(opgave)
    eis_bewerkbaar(vast)
    rij = OpgaveDocument.objects.select_related("document").get(opgave=vast, document__kenmerk=kenmerk)
    document: Document = rij.document
    rij.delete()
    if document.gemeente_id is None:  # never sent: nobody else has seen it
        DocumentInhoud.objects.filter(document=document).delete()
        document.delete()
    leg(vast, "document_verwijderd", door)


# --- The log -----------------------------------------------------------------------------------------------------------
def leg(
    opgave: Kwartaalopgave,
    wat: str,
    door: Gebruiker | None,
    *,
    gemeente_id: int | None = None,
    **details: object,
) -> None:
    leg_vast(
        actie=f"opgave.{wat}",
        door=door,
        object_soort="kwartaalopgave",
        object_kenmerk=opgave.kenmerk,
        gemeente_id=gemeente_id,
        aanbieder_id=opgave.aanbieder_id,
        doel=DOEL,
        details={"kwartaal": opgave.kwartaal, **details},
    )
