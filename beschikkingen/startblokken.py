"""Tiles of this app on the start page, and product codes that nobody agreed on."""

from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from beschikkingen.enums import InlezingStatus
from beschikkingen.models import Inlezing, Toewijzing
from organisaties.inrichtsignalen import Signaal
from organisaties.models import Gebruiker, Productafspraak, Regio
from organisaties.rollen import Mag
from organisaties.startblokken import Blok
from wmo_portal.lib import rls


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
    """Product codes on allocations without an agreement. Codes and counts only, so the wall is lifted for it."""
    afspraak = Productafspraak.objects.filter(
        regio=OuterRef("gemeente__regio"),
        productcategorie=OuterRef("productcategorie"),
        productcode=OuterRef("productcode"),
    )
    with rls.binnen(rls.SYSTEEM):
        rijen = list(
            Toewijzing.objects.filter(~Exists(afspraak), gemeente__regio__isnull=False)
            .exclude(productcode="")
            .values("gemeente__regio", "productcategorie", "productcode")
            .annotate(aantal=Count("pk"))
            .order_by("-aantal", "productcode")[:50]
        )
    regios = Regio.objects.in_bulk({rij["gemeente__regio"] for rij in rijen})
    return [
        Signaal(
            regios[rij["gemeente__regio"]],
            f"product {rij['productcategorie']} {rij['productcode']}",
            f"Staat op {rij['aantal']} toewijzingen, zonder productafspraak.",
            rij["aantal"],
        )
        for rij in rijen
    ]
