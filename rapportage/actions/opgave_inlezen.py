"""Take over an uploaded workbook: the rows that are right, and a report of all of them (R76, R103, U23)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from organisaties.models import Gebruiker
from rapportage.actions.opgave import eis_bewerkbaar, leg, merk_bewaard, op_slot
from rapportage.actions.opgave_clientenlijst import neem_clientenlijst_over
from rapportage.actions.opgave_delen import zet_aantallen, zet_scores
from rapportage.enums_opgave import Deel
from rapportage.excel.clientenlijst import is_clientenlijst, lees_clientenlijst
from rapportage.excel.opgave import Rijverslag, lees_doelen, lees_uitval
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
    anders, verslag = _neem_over(vast, deel, inhoud, door, op)
    if anders:
        merk_bewaard(OpgaveDeel.objects.get(opgave=vast, deel=deel), door, op, None)
    goed = sum(rij.gelukt for rij in verslag)
    leg(vast, "ingelezen", door, deel=str(deel), goed=goed, fout=len(verslag) - goed)
    return OpgaveInlezing.objects.create(
        opgave=vast,
        aanbieder_id=vast.aanbieder_id,
        deel=deel,
        bestandsnaam=veilige_naam(naam),
        verslag=[rij.als_json() for rij in verslag],
        ingelezen_op=op,
        ingelezen_door=door,
    )


def _neem_over(
    vast: Kwartaalopgave, deel: Deel, inhoud: bytes, door: Gebruiker, op: datetime
) -> tuple[bool, list[Rijverslag]]:
    """By the columns of the file: numbers per municipality, a row per client, or the goals. Did the part change?"""
    if deel is Deel.DOELEN:
        gelezen = lees_doelen(inhoud, [doel.feit for doel in doelen_van(vast)])
        return zet_scores(vast, gelezen.scores), gelezen.verslag
    stand = uitvaldeel(vast, door)
    if is_clientenlijst(inhoud):
        verslag = neem_clientenlijst_over(
            opgave=vast, deel=stand, rijen=lees_clientenlijst(inhoud), door=door, op=op
        )
        return False, verslag  # each correction stands by itself and leaves its own line
    gelezen = lees_uitval(inhoud, stand)
    return zet_aantallen(vast, gelezen.aantallen), gelezen.verslag
