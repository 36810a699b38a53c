"""The first wall: `visible_to(gebruiker)` is the only way to rows (huis.md §2; veiligheid threat 1).

A case model's manager is made of `ZichtbaarQuerySet`; it says where the owners of a row stand. The second wall,
row level security, holds the same line in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from organisaties.enums import Rol

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Kijker:
    """Somebody as nothing more than what decides what is asked for him.

    What is made of a `Kijker` is the same for everybody who is equal to him, and so may be kept: it cannot have looked
    at anything else.
    """

    pk: int
    rol: Rol
    is_active: bool
    aanbieder_id: int | None
    gemeente_ids: tuple[int, ...]

    @classmethod
    def van(cls, g: Any) -> Kijker:
        """For a provider no municipality counts (`visible_to`), so none is asked for."""
        gemeenten = () if g.aanbieder_id else g.gemeente_ids
        return cls(g.pk, Rol(g.rol), g.is_active, g.aanbieder_id, gemeenten)


class ZichtbaarQuerySet(models.QuerySet[M]):
    """Rows of one's own municipalities, or of one's own provider. A beheerder sees none (R106)."""

    gemeente_pad: ClassVar[str] = "gemeente_id"
    aanbieder_pad: ClassVar[str] = "aanbieder_id"

    def visible_to(self, gebruiker: Any) -> Self:
        if not getattr(gebruiker, "is_active", False) or gebruiker.rol == Rol.BEHEERDER:
            return self.none()
        if gebruiker.rol == Rol.AANBIEDER:
            return self.van_aanbieder(gebruiker.aanbieder_id)
        return self.filter(**{f"{self.gemeente_pad}__in": gebruiker.gemeente_ids})

    def van_aanbieder(self, aanbieder_id: int | None) -> Self:
        """What one provider may see of this table."""
        return self.filter(**{self.aanbieder_pad: aanbieder_id}) if aanbieder_id else self.none()
