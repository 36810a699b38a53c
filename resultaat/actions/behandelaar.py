"""Giving dossiers to somebody, or to nobody in particular. It says who, not who may: everybody keeps seeing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from beschikkingen.models import Client
from logboek.actions import maak_regel
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from resultaat.queries.behandelaars import behandelaars, collegas

DOEL: Final = "Wmo: dossier verdelen"


class BehandelaarFout(Exception):
    """Not changed; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Verdeling:
    """What became of the clients that were ticked. Those of `intussen` and `elders` are left as they are."""

    nieuw: Gebruiker | None
    gegeven: int = 0
    al: int = 0
    """Had this behandelaar already."""
    intussen: int = 0
    """Somebody else gave them away after the list was shown."""
    elders: int = 0
    """Of a municipality for which the chosen person does not work."""


@transaction.atomic
def wijs_toe(*, client: Client, aan: UUID | None, was: UUID | None, door: Gebruiker) -> Client:
    """`was` is whom the person saw as behandelaar. Raises BehandelaarFout when that is somebody else by now."""
    nieuw = behandelaars(client.gemeente).filter(kenmerk=aan).first() if aan else None
    if aan and nieuw is None:
        raise BehandelaarFout(f"Kies een consulent van {client.gemeente}.")
    (vast,) = _op_slot([client.kenmerk], door)
    if _nu(vast) != was:
        wie = vast.behandelaar
        zin = f"{wie.naam} is intussen de behandelaar" if wie else "Er is intussen geen behandelaar meer"
        raise BehandelaarFout(f"{zin}. Kies opnieuw als dat anders moet.")
    if vast.behandelaar != nieuw:
        _geef([vast], nieuw, door)
    return vast


@transaction.atomic
def verdeel(*, gekozen: Mapping[UUID, UUID | None], aan: UUID | None, door: Gebruiker) -> Verdeling:
    """Give many clients at once; `gekozen` says per client whom the person saw as behandelaar.

    Who was given to another meanwhile stays there; who has the chosen behandelaar by now is no surprise to anybody. Six
    statements for any number of clients. Raises BehandelaarFout when no client was chosen, or `aan` is no consulent of
    one of the own municipalities.
    """
    nieuw = collegas(door).filter(kenmerk=aan).first() if aan else None
    if aan and nieuw is None:
        raise BehandelaarFout("Kies een consulent van uw gemeente.")
    if not gekozen:
        raise BehandelaarFout("Vink eerst aan welke dossiers u wilt verdelen.")
    clienten = _op_slot(gekozen, door)
    zelfde = [c for c in clienten if c.behandelaar == nieuw or _nu(c) == gekozen[c.kenmerk]]
    kan = [c for c in zelfde if nieuw is None or c.gemeente_id in nieuw.gemeente_ids]
    te_geven = [c for c in kan if c.behandelaar != nieuw]
    _geef(te_geven, nieuw, door)
    return Verdeling(
        nieuw=nieuw,
        gegeven=len(te_geven),
        al=len(kan) - len(te_geven),
        intussen=len(clienten) - len(zelfde),
        elders=len(zelfde) - len(kan),
    )


def _op_slot(kenmerken: Iterable[UUID], door: Gebruiker) -> list[Client]:
    """Locked in one order, so that two who divide the same clients wait for each other and never for both.

    Read after the lock is there: a statement that waited for it gives the row as it is now, but what it joined as it was.
    """
    rijen = Client.objects.visible_to(door).filter(kenmerk__in=list(kenmerken)).order_by("pk")
    nummers = list(rijen.select_for_update().values_list("pk", flat=True))
    return list(Client.objects.filter(pk__in=nummers).select_related("behandelaar").order_by("pk"))


def _nu(client: Client) -> UUID | None:
    return client.behandelaar.kenmerk if client.behandelaar else None


def _geef(clienten: list[Client], nieuw: Gebruiker | None, door: Gebruiker) -> None:
    """One update and one line in the log per client."""
    wordt = str(nieuw.kenmerk) if nieuw else ""
    regels = [
        maak_regel(
            actie="behandelaar.toewijzen",
            door=door,
            object_soort="client",
            object_kenmerk=client.kenmerk,
            gemeente_id=client.gemeente_id,
            client_index=bytes(client.bsn_index),
            doel=DOEL,
            details={"was": str(_nu(client) or ""), "wordt": wordt},
        )
        for client in clienten
    ]
    Client.objects.filter(pk__in=[c.pk for c in clienten]).update(behandelaar=nieuw)
    Gebeurtenis.objects.bulk_create(regels)
    for client in clienten:
        client.behandelaar = nieuw
