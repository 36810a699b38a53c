"""Finding a client by BSN and birth date, within the own allocations only (R46), and not too often."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from beschikkingen.models import Toewijzing
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from stopberichten.actions_toelichting import DOEL
from stopberichten.queries_toelichting import gevonden_toewijzingen
from stopberichten.slot import vergrendel

KEREN: Final = 10
BINNEN: Final = timedelta(minutes=10)
NIET_GEVONDEN: Final = (
    "Niet gevonden. Bij uw organisatie loopt geen zorg voor iemand met dit BSN en deze geboortedatum. Kijk beide na. "
    "Kloppen ze? Vraag dan de gemeente of de toewijzing bij uw organisatie staat."
)
"""One answer for unknown, somebody else's and ended: it tells nobody whether a BSN exists."""
TE_VAAK: Final = (
    f"U hebt {KEREN} keer gezocht in {BINNEN.seconds // 60} minuten. Wacht even en probeer het dan opnieuw, of begin "
    "vanuit de lijst met uw cliënten."
)


class TeVaak(Exception):
    """Too many look-ups; the message says what to do."""


def zoek_client(*, bsn: str, geboortedatum: date, door: Gebruiker, op: datetime) -> list[Toewijzing]:
    """The own open allocations of this client; empty is `NIET_GEVONDEN`, whatever the reason.

    At most 10 look-ups in 10 minutes per person, counted in the log, so on every web process and after a restart.
    Raises TeVaak. Every look-up leaves a line, also one that found nobody.
    """
    with transaction.atomic():
        vergrendel([f"toelichting.zoeken|{door.pk}"])
        eerder = Gebeurtenis.objects.filter(
            object_kenmerk=str(door.kenmerk), actie="toelichting.zoeken", actor_id=door.pk, op__gt=op - BINNEN
        ).count()
        gevonden = gevonden_toewijzingen(door, bsn, geboortedatum) if eerder < KEREN else []
        if eerder < KEREN:
            _leg_zoekopdracht(door, gevonden)
    if eerder >= KEREN:
        raise TeVaak(TE_VAAK)
    return gevonden


def _leg_zoekopdracht(door: Gebruiker, gevonden: list[Toewijzing]) -> None:
    """Kept under the mark of the searcher, because that is how it is counted."""
    wie = gevonden[0] if gevonden else None
    leg_vast(
        actie="toelichting.zoeken",
        door=door,
        object_soort="gebruiker",
        object_kenmerk=door.kenmerk,
        gemeente_id=wie.gemeente_id if wie else None,
        aanbieder_id=door.aanbieder_id,
        client_index=bytes(wie.client.bsn_index) if wie else None,
        doel=DOEL,
        resultaat=Gebeurtenis.Resultaat.GELUKT if wie else Gebeurtenis.Resultaat.GEWEIGERD,
    )
