"""The consulent says: no document needed this time, because … (R61)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from beschikkingen.models import Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import TermijnVrijstelling


class VrijstellingFout(ValueError):
    """Not noted; the message is a Dutch sentence."""


def stel_vrij(
    *, toewijzing: Toewijzing, termijn_datum: date, reden: str, door: Gebruiker, moment: datetime
) -> TermijnVrijstelling:
    """Note it for this deadline alone: when the end date moves, the duty is there again (R63).

    Said twice, the first reason stays. Raises VrijstellingFout without a reason.
    """
    if not reden.strip():
        raise VrijstellingFout("Vul in waarom het document niet nodig is.")
    with transaction.atomic():
        vrijstelling, nieuw = TermijnVrijstelling.objects.get_or_create(
            toewijzing=toewijzing,
            termijn_datum=termijn_datum,
            defaults={
                "gemeente_id": toewijzing.gemeente_id,
                "aanbieder_id": toewijzing.aanbieder_id,
                "reden": reden.strip(),
                "vastgelegd_op": moment,
                "vastgelegd_door": door,
            },
        )
        if nieuw:
            leg_vast(
                actie="termijn.vrijstellen",
                door=door,
                object_soort="toewijzing",
                object_kenmerk=toewijzing.kenmerk,
                gemeente_id=toewijzing.gemeente_id,
                aanbieder_id=toewijzing.aanbieder_id,
                client_index=bytes(toewijzing.client.bsn_index),
                doel="Wmo: termijn van 8 weken",
                details={"termijn": str(termijn_datum)},
            )
    return vrijstelling
