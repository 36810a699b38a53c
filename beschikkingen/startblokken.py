"""Tiles of this app on the start page, and product codes that nobody agreed on."""

from datetime import date

from django.urls import reverse

from beschikkingen.enums import InlezingStatus
from beschikkingen.models import Inlezing
from beschikkingen.productcodes import HOOGSTENS, Onbekend, zonder_afspraak
from organisaties.inrichtsignalen import Signaal
from organisaties.models import Gebruiker, Regio
from organisaties.rollen import Mag
from organisaties.startblokken import Blok


def inleesblokken(gebruiker: Gebruiker, vandaag: date) -> list[Blok]:
    """Files that were tried and not imported."""
    if not gebruiker.mag(Mag.INLEZEN):
        return []
    aantal = Inlezing.objects.visible_to(gebruiker).filter(status=InlezingStatus.PROEF).count()
    zin = "Bekijk de proef en lees het bestand in."
    return [
        Blok(
            "Bestanden nog in te lezen",
            aantal,
            reverse("beschikkingen:inlezen"),
            zin,
            volgorde=60,
            altijd=False,
        )
    ]


def onbekende_producten() -> list[Signaal]:
    """Product codes on allocations without an agreement, for the beheerder."""
    rijen = zonder_afspraak()
    regios = Regio.objects.in_bulk({rij.regio_id for rij in rijen})
    return [
        Signaal(
            regios[rij.regio_id],
            f"product {rij.productcategorie} {rij.productcode}",
            f"Staat op {_hoeveel(rij)}, zonder productafspraak.",
            rij.aantal,
        )
        for rij in rijen
    ]


def _hoeveel(rij: Onbekend) -> str:
    if rij.minstens:
        return f"meer dan {HOOGSTENS} toewijzingen"
    return "1 toewijzing" if rij.aantal == 1 else f"{rij.aantal} toewijzingen"
