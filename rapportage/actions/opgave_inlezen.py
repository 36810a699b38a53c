"""Take over an uploaded workbook: the rows that are right, and a report of all of them (R76, R103, U23)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from organisaties.models import Gebruiker
from rapportage.actions.opgave import eis_bewerkbaar, leg, merk_bewaard, op_slot
from rapportage.actions.opgave_delen import zet_aantallen, zet_scores
from rapportage.enums_opgave import Deel
from rapportage.excel.opgave import lees_doelen, lees_uitval
from rapportage.models import Kwartaalopgave, OpgaveDeel, OpgaveInlezing
from rapportage.queries.opgave import doelen_van, uitvaldeel
from wmo_portal.lib.uploads import veilige_naam

INLEESBAAR = (Deel.UITVAL, Deel.DOELEN)


@transaction.atomic
def lees_in(
    *, opgave: Kwartaalopgave, deel: Deel, inhoud: bytes, naam: str, door: Gebruiker, op: datetime
) -> OpgaveInlezing:
    """Raises BestandGeweigerd when the file as a whole cannot be read (nothing changes then), KanNiet."""
    vast = op_slot(opgave)
    eis_bewerkbaar(vast)
    if deel is Deel.UITVAL:
        gelezen = lees_uitval(inhoud, uitvaldeel(vast, door))
        anders = zet_aantallen(vast, gelezen.aantallen)
    else:
        gelezen = lees_doelen(inhoud, [doel.feit for doel in doelen_van(vast)])
        anders = zet_scores(vast, gelezen.scores)
    if anders:
        merk_bewaard(OpgaveDeel.objects.get(opgave=vast, deel=deel), door, op, None)
    goed = sum(rij.gelukt for rij in gelezen.verslag)
    leg(vast, "ingelezen", door, deel=str(deel), goed=goed, fout=len(gelezen.verslag) - goed)
    return OpgaveInlezing.objects.create(
        opgave=vast,
        aanbieder_id=vast.aanbieder_id,
        deel=deel,
        bestandsnaam=veilige_naam(naam),
        verslag=[rij.als_json() for rij in gelezen.verslag],
        ingelezen_op=op,
        ingelezen_door=door,
    )
