"""Who was on the screens of this app (R109)."""

from __future__ import annotations

from collections.abc import Iterable

from logboek.inzage import Gezien, leg_gezien_vast
from organisaties.models import Gebruiker

__all__ = ["Gezien", "leg_lijst_vast"]


def leg_lijst_vast(*, gezien: Iterable[Gezien], scherm: str, doel: str, door: Gebruiker) -> int:
    """Log that these people were on the screen; the same person twice in a list is one line. Returns the lines."""
    rijen = {(wie.client_index, wie.gemeente_id): wie for wie in gezien}.values()
    leg_gezien_vast(rijen, scherm=scherm, doel=doel, door=door)
    return len(rijen)
