"""Agreements about counting, dated per region; reports that were asked for; quarters that were frozen."""

from rapportage.models.afspraken import Categorieafspraak
from rapportage.models.rapport import Rapport
from rapportage.models.vaststelling import Vaststelling, VaststellingRegel

__all__ = ["Categorieafspraak", "Rapport", "Vaststelling", "VaststellingRegel"]
