"""Verbs on a draft of the Toelichting: begin, keep what is typed, add or drop the zorgplan.

A draft never refuses what somebody typed (U5, U6). Two screens that are open at the same time are told apart by a
number that each screen carries: a screen that wrote last may go on writing, another one that has not seen that
version gets `Botsing` and shows both (U16). So a save whose answer got lost on the way never collides with itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from beschikkingen.documenten import bewaar_document
from beschikkingen.enums import DocumentSoort
from beschikkingen.models import Document, DocumentInhoud, Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Trede
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import open_toewijzingen, sleutel_van, treden_van
from stopberichten.toelichtingregels import TEKSTEN, VERZOEKER
from wmo_portal.lib.tekst import eenvoudige_regeleinden, zonder_stuurtekens

DOEL: Final = "Wmo: toelichting bij wijziging of beëindiging"
EEN_ZITTING: Final = timedelta(minutes=15)
"""Saving while typing leaves one line in the log per screen and per quarter of an hour, not one per sentence."""
HOOFDTEKSTEN: Final = (*VERZOEKER, "overige_zaken")


class KanNiet(Exception):
    """This cannot be done; the message is a Dutch sentence."""


class Botsing(Exception):
    """The draft was changed by another screen since this one loaded it."""

    def __init__(self, toelichting: Toelichting) -> None:
        super().__init__("Iemand anders bewaarde dit formulier terwijl u bezig was.")
        self.toelichting = toelichting


@dataclass(frozen=True, slots=True)
class RegelInvoer:
    """What was typed about one resultaatgebied; None leaves a field as it is."""

    overslaan: bool = False
    soort: str = ""
    gevraagde_trede: int | None = None
    behaald: bool | None = None
    teksten: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Invoer:
    """What was typed. Only what stands here can ever be changed by a form: owners, status and number cannot."""

    teksten: Mapping[str, str] = field(default_factory=dict)
    zorgplan_later: bool | None = None
    regels: Mapping[str, RegelInvoer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begonnen:
    toelichting: Toelichting
    nieuw: bool


# --- Begin -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def begin(*, toewijzing: Toewijzing, door: Gebruiker, op: datetime) -> Begonnen:
    """A draft about the decision of this allocation, filled in as far as we know; or the one there is already.

    One open draft per decision and provider, whoever of the provider began it. Raises KanNiet.
    """
    mogelijk = list(open_toewijzingen(door).filter(beschikking_id=toewijzing.beschikking_id))
    if toewijzing.pk not in {t.pk for t in mogelijk}:
        raise KanNiet("Deze toewijzing is niet van uw organisatie of is al gesloten. Kies een andere cliënt.")
    toelichting, nieuw = _maak_of_vind(toewijzing, door, op)
    _vul_regels_aan(toelichting, mogelijk, gekozen=toewijzing if nieuw else None)
    leg(toelichting, "begonnen" if nieuw else "hervat", door)
    return Begonnen(toelichting, nieuw)


def _maak_of_vind(toewijzing: Toewijzing, door: Gebruiker, op: datetime) -> tuple[Toelichting, bool]:
    """The constraint of one draft decides, so that two colleagues at the same moment share one."""
    bestaand = Toelichting.objects.filter(
        beschikking_id=toewijzing.beschikking_id,
        aanbieder_id=toewijzing.aanbieder_id,
        status=ToelichtingStatus.CONCEPT,
    )
    if al := bestaand.first():
        return al, False
    try:
        with transaction.atomic():
            return _nieuw(toewijzing, door, op), True
    except IntegrityError:
        return bestaand.get(), False


def _nieuw(toewijzing: Toewijzing, door: Gebruiker, op: datetime) -> Toelichting:
    return Toelichting.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        client=toewijzing.client,
        beschikking=toewijzing.beschikking,
        verzoeker_naam=door.naam,
        verzoeker_functie=door.functie,
        verzoeker_organisatie=toewijzing.aanbieder.naam,
        verzoeker_telefoon=door.telefoon,
        verzoeker_email=door.email,
        aangemaakt_op=op,
        aangemaakt_door=door,
        bewaard_op=op,
    )


def _vul_regels_aan(
    toelichting: Toelichting, toewijzingen: Iterable[Toewijzing], *, gekozen: Toewijzing | None
) -> None:
    """A block for each open allocation that has none yet. In a new draft the others start as "geen verzoek"."""
    er_al = set(toelichting.regels.values_list("toewijzing_id", flat=True))
    ToelichtingRegel.objects.bulk_create(
        ToelichtingRegel(
            gemeente_id=toelichting.gemeente_id,
            aanbieder_id=toelichting.aanbieder_id,
            toelichting=toelichting,
            toewijzing=toewijzing,
            overslaan=gekozen is None or toewijzing.pk != gekozen.pk,
        )
        for toewijzing in toewijzingen
        if toewijzing.pk not in er_al
    )


# --- Keep what is typed ------------------------------------------------------------------------------------------------
@transaction.atomic
def bewaar_concept(
    *,
    toelichting: Toelichting,
    invoer: Invoer,
    versie: int,
    vanuit: UUID | None,
    door: Gebruiker,
    op: datetime,
) -> Toelichting:
    """Keep what was typed, whatever it is. What did not change is not written.

    `versie` is the version the screen was loaded with, `vanuit` the number of that screen. Raises Botsing when
    another screen was first, or when the draft was sent or taken back meanwhile. The number of statements does not
    depend on the number of areas.
    """
    vast = op_slot(toelichting)
    if vast.status != ToelichtingStatus.CONCEPT or not _mag_schrijven(vast, versie, vanuit):
        raise Botsing(vast)
    nieuwe_zitting = vanuit != vast.bewaard_vanuit or op - vast.bewaard_op > EEN_ZITTING
    gewijzigd = _neem_hoofd_over(vast, invoer) | _neem_regels_over(vast, invoer)
    if not gewijzigd:
        return vast
    vast.versie += 1
    vast.bewaard_op, vast.bewaard_vanuit = op, vanuit
    vast.save()
    if nieuwe_zitting:
        leg(vast, "bewaard", door)
    return vast


def op_slot(toelichting: Toelichting) -> Toelichting:
    """The row as it is now, and nobody else's until this transaction ends."""
    return (
        Toelichting.objects.select_for_update(of=("self",))
        .select_related("client", "gemeente__regio")
        .get(pk=toelichting.pk)
    )


def _mag_schrijven(vast: Toelichting, versie: int, vanuit: UUID | None) -> bool:
    return versie == vast.versie or (vanuit is not None and vanuit == vast.bewaard_vanuit)


def _neem_hoofd_over(vast: Toelichting, invoer: Invoer) -> bool:
    nieuw: dict[str, object] = {v: schoon(t) for v, t in invoer.teksten.items() if v in HOOFDTEKSTEN}
    if invoer.zorgplan_later is not None:
        nieuw["zorgplan_later"] = invoer.zorgplan_later
    return zet(vast, nieuw)


def _neem_regels_over(vast: Toelichting, invoer: Invoer) -> bool:
    regels = list(vast.regels.select_related("toewijzing", "gevraagde_trede"))
    treden = {trede.zwaarte: trede for trede in treden_van(vast)}
    gewijzigd = [
        regel
        for regel in regels
        if (typte := invoer.regels.get(sleutel_van(regel))) and zet(regel, _waarden(typte, treden))
    ]
    velden = ["overslaan", "soort", "gevraagde_trede", "behaald", *TEKSTEN]
    ToelichtingRegel.objects.bulk_update(gewijzigd, velden)
    return bool(gewijzigd)


def _waarden(typte: RegelInvoer, treden: Mapping[int, Trede]) -> dict[str, object]:
    return {
        "overslaan": typte.overslaan,
        "soort": typte.soort if typte.soort in ToelichtingSoort.codes() else "",
        "gevraagde_trede": treden.get(typte.gevraagde_trede or 0),
        "behaald": typte.behaald,
        **{veld: schoon(tekst) for veld, tekst in typte.teksten.items() if veld in TEKSTEN},
    }


def schoon(tekst: str) -> str:
    """What a database can hold: no control characters, one kind of line end. Nothing is cut off."""
    return zonder_stuurtekens(eenvoudige_regeleinden(tekst))


def zet(rij: Toelichting | ToelichtingRegel, waarden: Mapping[str, object]) -> bool:
    """Put the values in; did any of them differ?"""
    anders = {veld: waarde for veld, waarde in waarden.items() if getattr(rij, veld) != waarde}
    for veld, waarde in anders.items():
        setattr(rij, veld, waarde)
    return bool(anders)


# --- The zorgplan of a draft -----------------------------------------------------------------------------------------
@transaction.atomic
def voeg_zorgplan_toe(
    *, toelichting: Toelichting, inhoud: bytes, naam: str, door: Gebruiker, op: datetime
) -> Document:
    """Keep the file with the draft; a former one makes place. Raises DocumentGeweigerd, KanNiet.

    It belongs to the provider alone until the form is sent: a draft is nobody else's business. The document leaves
    its own line in the log.
    """
    vast = op_slot(toelichting)
    _eis_concept(vast)
    document = bewaar_document(inhoud=inhoud, naam=naam, soort=DocumentSoort.ZORGPLAN, door=door, op=op)
    _wissel_zorgplan(vast, document)
    return document


@transaction.atomic
def verwijder_zorgplan(*, toelichting: Toelichting, door: Gebruiker) -> None:
    """Take the file off the draft again. Raises KanNiet."""
    vast = op_slot(toelichting)
    _eis_concept(vast)
    _wissel_zorgplan(vast, None)
    leg(vast, "zorgplan_verwijderd", door)


def _eis_concept(vast: Toelichting) -> None:
    if vast.status != ToelichtingStatus.CONCEPT:
        raise KanNiet("Dit formulier is al verstuurd. U kunt er hier niets meer aan wijzigen.")


def _wissel_zorgplan(vast: Toelichting, document: Document | None) -> None:
    oud = vast.zorgplan
    vast.zorgplan = document
    vast.save(update_fields=["zorgplan"])
    if oud is not None:
        DocumentInhoud.objects.filter(document=oud).delete()
        oud.delete()


# --- The log -----------------------------------------------------------------------------------------------------------
def leg(toelichting: Toelichting, wat: str, door: Gebruiker | None, **details: object) -> None:
    leg_vast(
        actie=f"toelichting.{wat}",
        door=door,
        object_soort="toelichting",
        object_kenmerk=toelichting.kenmerk,
        gemeente_id=toelichting.gemeente_id,
        aanbieder_id=toelichting.aanbieder_id,
        client_index=bytes(toelichting.client.bsn_index),
        doel=DOEL,
        details=details,
    )
