"""Between provider and contract manager: send, ask, answer, settle; and taking over last quarter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from beschikkingen.models import Document
from organisaties.models import Gebruiker
from rapportage.actions.opgave import (
    Botsing,
    KanNiet,
    NietCompleet,
    eis_bewerkbaar,
    leg,
    merk_bewaard,
    op_slot,
    schoon,
)
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.models import BeleidsdoelScore, Kwartaalopgave, OpgaveDeel, OpgaveIndiening, OpgaveVraag
from rapportage.opgave_beeld import zegel
from rapportage.opgave_regels import ASSEN, Bezwaar, mag_naar, na_indienen, ontbrekende_gemeenten
from rapportage.queries.opgave import ANTWOORDEN, concept, doelen_van, ervaring_van, vorige_opgave


class AlIngediend(KanNiet):
    """It was sent already; sending twice is sending once."""


@transaction.atomic
def dien_in(*, opgave: Kwartaalopgave, gezien: str, door: Gebruiker, op: datetime) -> OpgaveIndiening:
    """Send the opgave. The rules judge what is stored; `gezien` is the seal of what the check page showed.

    Raises AlIngediend, Botsing when anything changed since (also a message that came in), NietCompleet.
    """
    vast = op_slot(opgave)
    naar = na_indienen(OpgaveStatus(vast.status))
    if naar is None:
        raise AlIngediend("Deze opgave is al ingediend.")
    nu = concept(vast, door)
    if zegel(nu.beeld) != gezien:
        raise Botsing(vast)
    _eis_compleet(nu.bezwaren, nu.onbeantwoord)
    vast.status, vast.versie = naar, vast.versie + 1
    vast.indieningen += 1
    vast.ingediend_op, vast.ingediend_door = op, door
    vast.save()
    indiening = OpgaveIndiening.objects.create(
        opgave=vast,
        aanbieder_id=vast.aanbieder_id,
        volgnummer=vast.indieningen,
        inhoud=nu.beeld,
        sha256=gezien,
        ingediend_op=op,
        ingediend_door=door,
    )
    _geef_documenten_vrij(vast)
    leg(vast, "ingediend", door, volgnummer=vast.indieningen, zegel=gezien)
    return indiening


def _eis_compleet(bezwaren: dict[Deel, tuple[Bezwaar, ...]], onbeantwoord: int) -> None:
    alle = tuple(bezwaar for deel in bezwaren.values() for bezwaar in deel)
    if onbeantwoord:
        alle += (Bezwaar("", "Beantwoord eerst de vragen van de contractmanager."),)
    if alle:
        raise NietCompleet(alle)


def _geef_documenten_vrij(vast: Kwartaalopgave) -> None:
    """From now on the region may read the files. A document has one municipality: the first of the opgave, since
    whoever reads the opgave sees all of them."""
    Document.objects.filter(pk__in=vast.documenten.values("document_id"), gemeente__isnull=True).update(
        gemeente_id=min(vast.gemeenten)
    )


# --- Questions ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def stel_vraag(
    *, opgave: Kwartaalopgave, deel: str, vraag: str, door: Gebruiker, op: datetime
) -> OpgaveVraag:
    """Ask the provider; it may change its opgave from now on, and its mail of the day tells it. Raises KanNiet."""
    vast = op_slot(opgave)
    _eis_hele_regio(vast, door)
    if vast.status != OpgaveStatus.VRAGEN:
        _zet(vast, OpgaveStatus.VRAGEN)
    rij = OpgaveVraag.objects.create(
        opgave=vast,
        aanbieder_id=vast.aanbieder_id,
        deel=deel if deel in Deel.codes() else "",
        vraag=schoon(vraag).strip(),
        gesteld_op=op,
        gesteld_door=door,
    )
    leg(vast, "vraag_gesteld", door, vraag=str(rij.kenmerk))
    return rij


@transaction.atomic
def beantwoord(*, vraag: OpgaveVraag, antwoord: str, door: Gebruiker, op: datetime) -> None:
    """Answer once; the opgave is sent again by itself afterwards. Raises KanNiet."""
    vast = op_slot(vraag.opgave)
    eis_bewerkbaar(vast)
    rij = OpgaveVraag.objects.select_for_update(of=("self",)).get(pk=vraag.pk)
    if rij.beantwoord_op is not None:
        raise KanNiet("Deze vraag is al beantwoord.")
    rij.antwoord, rij.beantwoord_op, rij.beantwoord_door = schoon(antwoord).strip(), op, door
    rij.save()
    leg(vast, "vraag_beantwoord", door, vraag=str(rij.kenmerk))


@transaction.atomic
def stel_vast(*, opgave: Kwartaalopgave, versie: int, door: Gebruiker, op: datetime) -> None:
    """Settle it. `versie`: the one that was on the screen. Raises KanNiet, Botsing."""
    vast = op_slot(opgave)
    if vast.status == OpgaveStatus.VASTGESTELD:
        raise KanNiet("Deze opgave is al vastgesteld.")
    if vast.versie != versie:
        raise Botsing(vast)
    _eis_hele_regio(vast, door)
    vast.vastgesteld_op, vast.vastgesteld_door = op, door
    _zet(vast, OpgaveStatus.VASTGESTELD)
    leg(vast, "vastgesteld", door)


def _zet(vast: Kwartaalopgave, naar: OpgaveStatus) -> None:
    van = OpgaveStatus(vast.status)
    if not mag_naar(van, naar):
        raise KanNiet(f"Dit kan niet: de opgave is {van.label.lower()}.")
    vast.status, vast.versie = naar, vast.versie + 1
    vast.save()


def _eis_hele_regio(vast: Kwartaalopgave, door: Gebruiker) -> None:
    if ontbrekende_gemeenten(vast.gemeenten, door.gemeente_ids):
        raise KanNiet("U ziet niet alle gemeenten van deze regio. Vraag iemand die ze allemaal ziet.")


# --- Last quarter ------------------------------------------------------------------------------------------------------
@transaction.atomic
def neem_vorige_over(*, opgave: Kwartaalopgave, deel: Deel, door: Gebruiker, op: datetime) -> int:
    """Fill what is still empty with last quarter's answers, marked so (R98). How many. Raises KanNiet."""
    vast = op_slot(opgave)
    eis_bewerkbaar(vast)
    vorige = vorige_opgave(vast)
    if vorige is None:
        raise KanNiet("Er is geen eerdere opgave om over te nemen.")
    aantal = _ervaring_van(vast, vorige) if deel is Deel.ERVARING else _doelen_van(vast, vorige)
    if aantal:
        merk_bewaard(OpgaveDeel.objects.get(opgave=vast, deel=deel), door, op, None)
    leg(vast, "overgenomen", door, deel=str(deel), uit=vorige.kwartaal, aantal=aantal)
    return aantal


def _ervaring_van(vast: Kwartaalopgave, vorige: Kwartaalopgave) -> int:
    oud, nieuw = ervaring_van(vorige), ervaring_van(vast)
    velden = [
        veld
        for veld in ("gevraagd", *ANTWOORDEN)
        if _leeg(getattr(nieuw, veld)) and not _leeg(getattr(oud, veld))
    ]
    for veld in velden:
        setattr(nieuw, veld, getattr(oud, veld))
    if velden:
        nieuw.overgenomen = sorted({*nieuw.overgenomen, *velden})
        nieuw.overgenomen_uit = vorige.kwartaal
        nieuw.save()
    return len(velden)


def _leeg(waarde: Any) -> bool:
    return waarde is None or waarde == ""


def _doelen_van(vast: Kwartaalopgave, vorige: Kwartaalopgave) -> int:
    """By code: a goal with a new text in a new version is still that goal."""
    oud = {doel.doel.code: doel.score for doel in doelen_van(vorige) if doel.score}
    aantal = 0
    for doel in doelen_van(vast):
        bron = oud.get(doel.doel.code)
        if bron is None or doel.score is not None:
            continue
        BeleidsdoelScore.objects.create(
            opgave=vast,
            aanbieder_id=vast.aanbieder_id,
            doel=doel.doel,
            toelichting=bron.toelichting,
            overgenomen=True,
            **{as_: getattr(bron, as_) for as_ in ASSEN},
        )
        aantal += 1
    return aantal
