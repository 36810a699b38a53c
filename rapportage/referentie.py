"""Which 307 code counts in which category, as dated rows per region (feiten 4.4; U19)."""

from datetime import date
from typing import Final

from organisaties.models import Regio
from rapportage.categorieen import STANDAARD
from rapportage.models import Categorieafspraak

VANAF: Final = date(2023, 1, 1)


def laad_categorieafspraken() -> str:
    """Add the shipped row of each code that a region has no row for at all."""
    bekend = set(Categorieafspraak.objects.values_list("regio_id", "reden"))
    nieuw = [
        Categorieafspraak(
            regio=regio,
            reden=rij.reden,
            categorie=rij.categorie,
            zekerheid=rij.zekerheid,
            uitleg=rij.uitleg,
            geldig=(VANAF, None),
        )
        for regio in Regio.objects.all()
        for rij in STANDAARD
        if (regio.pk, rij.reden) not in bekend
    ]
    Categorieafspraak.objects.bulk_create(nieuw)
    return f"{len(nieuw)} afspraken toegevoegd over wat een stopcode in het uitvalrapport is."
