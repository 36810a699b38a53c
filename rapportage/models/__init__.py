"""Agreements about counting, dated per region."""

from rapportage.models.afspraken import Categorieafspraak

__all__ = ["Categorieafspraak"]
