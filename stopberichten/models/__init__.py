"""Message traffic and the Toelichting that belongs to it."""

from stopberichten.models.bericht import Bericht, Levering, Stop
from stopberichten.models.toelichting import Toelichting, ToelichtingRegel

__all__ = ["Bericht", "Levering", "Stop", "Toelichting", "ToelichtingRegel"]
