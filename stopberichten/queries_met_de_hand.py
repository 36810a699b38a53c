"""What may be started or stopped by hand: the provider's own running allocations and the deliveries on them."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Toewijzing
from organisaties.models import Gebruiker
from stopberichten.codes import STOPCODES, Stopcode
from stopberichten.enums import Kanaal, LeveringToestand
from stopberichten.models import Levering, Stop
from stopberichten.verkeersfeiten import laad_stand

CODES: Final[tuple[Stopcode, ...]] = tuple(
    code for code in STOPCODES.values() if code.initiatief_aanbieder and code.mag_gebruikt
)
"""The reasons a provider may give of its own accord (WMO588); 36 and 37 are not among them."""


def toewijzing_van(gebruiker: Gebruiker, **welke: object) -> Toewijzing | None:
    """A running allocation of the own provider, by `kenmerk` or `toewijzingnummer`; None when it is not his."""
    rijen = (
        Toewijzing.objects.visible_to(gebruiker)
        .filter(aanbieder_id=gebruiker.aanbieder_id or 0, status=ToewijzingStatus.LOPEND, **welke)
        .select_related("client", "gemeente", "aanbieder", "resultaatgebied", "beschikking")[:2]
    )
    # Two municipalities may have given the same number: then the number alone does not say which.
    return rijen[0] if len(rijen) == 1 else None


def te_stoppen(toewijzing: Toewijzing) -> list[Levering]:
    """The deliveries on this allocation that a stop may refer to (TR382, TR413-TR415), newest first."""
    stand = laad_stand(toewijzing.gemeente, toewijzing.aanbieder, bytes(toewijzing.client.bsn_index))
    mag = [
        pk
        for sleutel, pk in stand.leveringen.items()
        if stand.historie.is_te_stoppen(sleutel)
        and stand.historie.toestand(sleutel) is not LeveringToestand.DEFINITIEF_GESTOPT
    ]
    leveringen = Levering.objects.filter(pk__in=mag, toewijzing=toewijzing)
    return list(
        leveringen.select_related(
            "toewijzing__gemeente", "toewijzing__aanbieder", "toewijzing__client"
        ).order_by("-begindatum")
    )


def in_te_trekken(gebruiker: Gebruiker, kenmerk: UUID) -> Levering | Stop | None:
    """A start or stop of the own provider that was filled in here and still counts; None when it is not."""
    for model in (Levering, Stop):
        rij: Levering | Stop | None = (
            model.objects.visible_to(gebruiker)
            .filter(
                kenmerk=kenmerk,
                aanbieder_id=gebruiker.aanbieder_id or 0,
                bericht__kanaal=Kanaal.HAND,
                ingetrokken_op__isnull=True,
            )
            .select_related("toewijzing__client", "toewijzing__gemeente", "toewijzing__aanbieder", "bericht")
            .first()
        )
        if rij is not None:
            return rij
    return None


def stop_staat_in_de_weg(regel: Levering | Stop) -> bool:
    """A start is not removed from under a stop (TR071)."""
    return isinstance(regel, Levering) and regel.stops.filter(ingetrokken_op__isnull=True).exists()


def met_de_hand_van(gebruiker: Gebruiker, bericht_id: int) -> Levering | Stop | None:
    """What this message made, when its provider may take it back."""
    for model in (Levering, Stop):
        for kenmerk in model.objects.filter(bericht=bericht_id).values_list("kenmerk", flat=True)[:1]:
            return in_te_trekken(gebruiker, kenmerk)
    return None
