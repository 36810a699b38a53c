"""Who can handle a dossier: the consulenten of its municipality who work there now."""

from __future__ import annotations

from django.db.models import QuerySet

from organisaties.enums import Rol
from organisaties.models import Gebruiker, Gemeente


def behandelaars(gemeente: Gemeente) -> QuerySet[Gebruiker]:
    return _consulenten().filter(gemeenten=gemeente)


def collegas(wie: Gebruiker) -> QuerySet[Gebruiker]:
    """The consulenten of one or more of these person's municipalities, the person too."""
    return _consulenten().filter(gemeenten__in=wie.gemeente_ids).distinct()


def _consulenten() -> QuerySet[Gebruiker]:
    return Gebruiker.objects.filter(rol=Rol.CONSULENT, is_active=True).order_by("naam", "pk")
