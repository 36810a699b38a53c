"""The hand of the administratie on the message traffic: couple, judge again, mark answers as sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.db import transaction

from beschikkingen.models import Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from stopberichten.berichten_in import ontvang
from stopberichten.berichtinhoud import als_ontvangen, inhoud_van
from stopberichten.enums import Berichtstatus, Kanaal, Retourstatus
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.ontvangst import Ontvangst
from stopberichten.queries_berichten import Regel, eigen_retour, kandidaten

DOEL: Final = "berichtenverkeer"


class KanNiet(ValueError):
    """The deed is not possible (any more); the text is a Dutch sentence for the user."""


def koppel(*, regel: Regel, toewijzing: Toewijzing, door: Gebruiker) -> None:
    """Say by hand to which allocation a start or stop without a number belongs; its whole delivery goes along.

    Raises KanNiet for an allocation of another client or provider, and when somebody else was first.
    """
    if toewijzing not in kandidaten(regel, door):
        raise KanNiet("Deze toewijzing hoort niet bij deze cliënt en aanbieder. Kies een andere.")
    with transaction.atomic():
        model = type(regel)
        vrij = model.objects.filter(pk=regel.pk, toewijzing__isnull=True, ingetrokken_op__isnull=True)
        naar = {"toewijzing": toewijzing, "client_id": toewijzing.client_id}
        if not vrij.update(**naar):
            raise KanNiet("Deze regel is intussen al gekoppeld of ingetrokken. Ververs de lijst.")
        start = regel.pk if isinstance(regel, Levering) else regel.levering_id
        if start is not None:
            Levering.objects.filter(pk=start, toewijzing__isnull=True).update(**naar)
            Stop.objects.filter(levering_id=start, toewijzing__isnull=True).update(**naar)
        _log("bericht.gekoppeld", regel, door, {"toewijzing": toewijzing.toewijzingnummer})


def ontkoppel(*, regel: Regel, door: Gebruiker) -> None:
    """Undo a coupling by hand. Raises KanNiet for what was coupled by its own number or is settled already."""
    if regel.toewijzingnummer is not None:
        raise KanNiet("Deze regel noemt zelf haar toewijzing en kan niet worden losgemaakt.")
    start = regel.pk if isinstance(regel, Levering) else regel.levering_id
    with transaction.atomic():
        stops = (
            Stop.objects.filter(levering_id=start) if start is not None else Stop.objects.filter(pk=regel.pk)
        )
        if stops.filter(verwerkt_op__isnull=False).exists():
            raise KanNiet("Deze stop is al verwerkt in een ronde. Draai eerst die ronde terug.")
        stops.update(toewijzing=None)
        if start is not None:
            Levering.objects.filter(pk=start).update(toewijzing=None)
        _log("bericht.ontkoppeld", regel, door, {})


def _log(actie: str, regel: Regel, door: Gebruiker, details: dict[str, object]) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort=type(regel).__name__.lower(),
        object_kenmerk=regel.kenmerk,
        gemeente_id=regel.gemeente_id,
        aanbieder_id=regel.aanbieder_id,
        client_index=bytes(regel.bsn_index),
        doel=DOEL,
        details=details,
    )


def herbeoordeel(
    *, bericht: Bericht, door: Gebruiker, vandaag: date, op: datetime, opnieuw_aangeleverd: bool = False
) -> Ontvangst:
    """Judge a refused message again, as if the sender delivered the same file now.

    A refused message counts as not sent (OP286), so the sender has to deliver it again, and for every delivery one
    answer goes back. Was the refusal not sent yet, then the new verdict takes its place and the sender never
    knows. Was it sent, then somebody has to say that the sender delivers again: raises KanNiet otherwise, and for a
    message that is not refused. When the verdict stays the same, the message stays as it is.
    """
    verstuurd = bericht.retour_status == Retourstatus.VERSTUURD
    _eis_herkansing(bericht, verstuurd=verstuurd, opnieuw_aangeleverd=opnieuw_aangeleverd)
    with transaction.atomic():
        uit = ontvang(
            inhoud=inhoud_van(bericht),
            verpakking=als_ontvangen(bericht),
            bestandsnaam=bericht.bestandsnaam,
            kanaal=Kanaal(bericht.kanaal),
            door=door,
            vandaag=vandaag,
            op=op,
        )
        if uit.nieuw and not verstuurd:
            eigen = Bericht.objects.visible_to(door).filter(pk=bericht.pk)
            eigen.update(retour_status=Retourstatus.GEEN)
        leg_vast(
            actie="bericht.herbeoordeeld",
            door=door,
            object_soort="bericht",
            object_kenmerk=bericht.kenmerk,
            gemeente_id=bericht.gemeente_id,
            aanbieder_id=bericht.aanbieder_id,
            client_index=bytes(bericht.bsn_index) if bericht.bsn_index else None,
            doel=DOEL,
            details={"nieuw": uit.nieuw, "status": uit.bericht.status},
        )
    return uit


def _eis_herkansing(bericht: Bericht, *, verstuurd: bool, opnieuw_aangeleverd: bool) -> None:
    if bericht.status != Berichtstatus.AFGEKEURD or bericht.herbeoordeeld_in_id is not None:
        raise KanNiet("Dit bericht is niet afgekeurd, of al opnieuw beoordeeld.")
    if verstuurd and not opnieuw_aangeleverd:
        raise KanNiet(
            "De afkeuring is al verstuurd, dus voor de afzender telt dit bericht niet. "
            "Vraag de afzender het opnieuw aan te leveren en zet dan het vinkje."
        )


def markeer_verstuurd(*, kenmerken: Iterable[str], door: Gebruiker, op: datetime) -> int:
    """These answers went out. Only one's own, only those that were still open; returns how many."""
    with transaction.atomic():
        aantal = (
            Bericht.objects.visible_to(door)
            .retour_open()
            .filter(kenmerk__in=list(kenmerken), soort__in=eigen_retour(door))
            .update(retour_status=Retourstatus.VERSTUURD, retour_verstuurd_op=op, retour_verstuurd_door=door)
        )
        leg_vast(
            actie="retour.verstuurd",
            door=door,
            object_soort="bericht",
            aanbieder_id=door.aanbieder_id,
            doel=DOEL,
            details={"aantal": aantal},
        )
    return aantal
