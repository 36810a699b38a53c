"""What can be published, and what would stand in it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from organisaties.models import Gebruiker, Gemeente, Regio
from rapportage.models import Publicatie, Vaststelling
from rapportage.overzicht import Keuze
from rapportage.publicatie import Inhoud, van_oordelen, van_uitval
from rapportage.queries.lezers import Lezer
from rapportage.queries.resultaat_behaald import resultaat_behaald
from rapportage.queries.vaststelling import als_uitval, vaststellingen
from rapportage.statussen import Publicatiesoort
from wmo_portal.lib.perioden import Kwartaal


def publicaties(lezer: Lezer) -> QuerySet[Publicatie]:
    return Publicatie.objects.visible_to(lezer).select_related("regio", "gepubliceerd_door")


def laatste_vaststelling(lezer: Lezer, regio: Regio, kwartaal: Kwartaal) -> Vaststelling | None:
    rijen = vaststellingen(lezer).filter(regio=regio, kwartaal=str(kwartaal)).order_by("-versie")
    return rijen.first()


def bezwaar_tegen_publicatie(
    soort: Publicatiesoort, regio: Regio, kwartaal: Kwartaal, lezer: Gebruiker
) -> str:
    """Why it cannot be published now, as a sentence; empty when it can."""
    if Publicatie.objects.filter(soort=soort, regio=regio, kwartaal=str(kwartaal)).exists():
        return (
            "Dit cijfer is al gepubliceerd. Een tweede publicatie kan niet: wie de twee naast elkaar legt, kan een "
            "afgeschermd getal uitrekenen."
        )
    buiten = Gemeente.objects.filter(regio=regio).exclude(pk__in=lezer.gemeente_ids)
    if namen := ", ".join(buiten.values_list("naam", flat=True)):
        return (
            f"Een publicatie gaat over alle gemeenten van {regio.naam}. U hebt geen toegang tot: {namen}. "
            "Vraag iemand die ze allemaal ziet."
        )
    if laatste_vaststelling(lezer, regio, kwartaal) is None:
        return f"Het {kwartaal.naam} is nog niet vastgesteld. Stel het eerst vast; daarna kunt u publiceren."
    return ""


def voorstel(
    soort: Publicatiesoort, regio: Regio, kwartaal: Kwartaal, lezer: Gebruiker, drempel: int
) -> tuple[Inhoud, list[int]]:
    """The table as it would go out, and its municipalities. Uitval comes from the frozen quarter, never from today."""
    gemeenten = list(Gemeente.objects.filter(regio=regio, pk__in=lezer.gemeente_ids))
    if soort is Publicatiesoort.UITVAL:
        vast = laatste_vaststelling(lezer, regio, kwartaal)
        if vast is None:
            raise ValueError("dit kwartaal is niet vastgesteld")
        return van_uitval(als_uitval(lezer, vast), drempel), list(vast.gemeenten)
    rapport = resultaat_behaald(lezer, Keuze(kwartaal.periode, regio_id=regio.pk))
    namen: list[Any] = [(gemeente.code, gemeente.naam) for gemeente in gemeenten]
    return van_oordelen(rapport.oordelen, namen, drempel), [gemeente.pk for gemeente in gemeenten]
