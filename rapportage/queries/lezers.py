"""Who reads a report: a person, or a command that works for a whole region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from organisaties.enums import Rol
from organisaties.models import Gebruiker, Gemeente, Regio


@dataclass(frozen=True)
class RegioLezer:
    """Somebody at the command line, who sees what the contract managers of a region see together."""

    gemeente_ids: tuple[int, ...]
    rol: Rol = Rol.CONTRACTMANAGER
    aanbieder_id: Final[None] = None
    is_active: bool = True

    @classmethod
    def van(cls, regio: Regio) -> RegioLezer:
        return cls(tuple(Gemeente.objects.filter(regio=regio).order_by("pk").values_list("pk", flat=True)))


Lezer = Gebruiker | RegioLezer
