"""Noting who saw whose messages (R109): one line per client, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from logboek.actions import leg_vast
from logboek.inzage import Gezien, leg_gezien_vast
from organisaties.models import Gebruiker
from stopberichten.models import Bericht, Levering, Stop

DOEL: Final = "berichtenverkeer"


def lijst_gezien(*, door: Gebruiker, lijst: str, rijen: Iterable[Bericht | Levering | Stop]) -> None:
    """A list that named these people was shown."""
    gezien = {
        (bytes(r.bsn_index), r.gemeente_id, r.aanbieder_id) for r in rijen if r.client_id and r.bsn_index
    }
    regels = [
        Gezien(index, gemeente_id, aanbieder_id, "bericht", "")
        for index, gemeente_id, aanbieder_id in sorted(gezien, key=str)
    ]
    leg_gezien_vast(regels, scherm=lijst, doel=DOEL, door=door)


def bericht_gezien(*, door: Gebruiker, bericht: Bericht, actie: str = "bericht.gezien") -> None:
    """One message was opened, or its contents or answer taken out (`actie`)."""
    leg_vast(
        actie=actie,
        door=door,
        object_soort="bericht",
        object_kenmerk=bericht.kenmerk,
        gemeente_id=bericht.gemeente_id,
        aanbieder_id=bericht.aanbieder_id,
        client_index=bytes(bericht.bsn_index) if bericht.bsn_index else None,
        doel=DOEL,
    )
