"""What may be started or stopped by hand: the provider's own running allocations and the deliveries on them."""

from __future__ import annotations

from typing import Final

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Toewijzing
from organisaties.models import Gebruiker
from stopberichten.codes import STOPCODES, Stopcode
from stopberichten.enums import LeveringToestand
from stopberichten.models import Levering
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
