"""The example reasons of bijlage 3 as rows per region, so that a region can edit its own list (R35, R41)."""

from organisaties.models import Regio
from resultaat.models import RedenOptie
from resultaat.opties import OPTIES


def laad_redenopties() -> str:
    """Add what is missing; a reason that a region switched off or reworded stays as it is."""
    rijen = [
        RedenOptie(
            regio=regio, uitkomst=optie.uitkomst, code=reden.code, tekst=reden.tekst, volgorde=volgorde
        )
        for regio in Regio.objects.all()
        for optie in OPTIES.values()
        for volgorde, reden in enumerate(optie.redenen, 1)
    ]
    RedenOptie.objects.bulk_create(rijen, ignore_conflicts=True)
    return f"{RedenOptie.objects.count()} voorbeeldredenen uit bijlage 3."
