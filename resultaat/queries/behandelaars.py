"""Who can handle a dossier: the consulenten of its municipality who work there now."""

from __future__ import annotations

from django.db.models import QuerySet

from organisaties.enums import Rol
from organisaties.models import Gebruiker, Gemeente


def behandelaars(gemeente: Gemeente) -> QuerySet[Gebruiker]:
    return Gebruiker.objects.filter(gemeenten=gemeente, rol=Rol.CONSULENT, is_active=True).order_by(
        "naam", "pk"
    )
