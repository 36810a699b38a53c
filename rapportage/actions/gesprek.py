"""Verbs of the quarterly talk: begin, keep the notes, agree upon an action, say that it was done (R104)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from logboek.actions import leg_vast
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio
from rapportage.models import Gespreksactie, Kwartaalgesprek
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tekst import eenvoudige_regeleinden, zonder_stuurtekens
from wmo_portal.lib.tijd import dag_van

DOEL: Final = "contractmanagement"


class GesprekFout(ValueError):
    """It cannot be done; the message is a Dutch sentence."""


class GesprekBotsing(Exception):
    """Somebody else saved since this screen was loaded; `gesprek` is how it stands now."""

    def __init__(self, gesprek: Kwartaalgesprek) -> None:
        super().__init__("Iemand anders bewaarde dit verslag terwijl u bezig was.")
        self.gesprek = gesprek


@transaction.atomic
def begin(
    *, regio: Regio, aanbieder: Aanbieder, kwartaal: Kwartaal, door: Gebruiker, op: datetime
) -> Kwartaalgesprek:
    """The talk about that quarter; made when it is not there. Two at once share one: the constraint decides.

    Raises GesprekFout.
    """
    if kwartaal.laatste >= dag_van(op):
        raise GesprekFout(f"Het {kwartaal.naam} loopt nog tot en met {kwartaal.laatste:%d-%m-%Y}.")
    gemeenten = list(Gemeente.objects.filter(regio=regio).order_by("pk").values_list("pk", flat=True))
    if not gemeenten or not set(gemeenten) <= set(door.gemeente_ids):
        raise GesprekFout(f"U hebt geen toegang tot alle gemeenten van {regio.naam}.")
    gesprek, nieuw = Kwartaalgesprek.objects.get_or_create(
        regio=regio,
        aanbieder=aanbieder,
        kwartaal=str(kwartaal),
        defaults={"gemeenten": gemeenten, "begonnen_op": op, "begonnen_door": door},
    )
    if nieuw:
        _log("begonnen", gesprek, door)
    return gesprek


@transaction.atomic
def bewaar(
    *,
    gesprek: Kwartaalgesprek,
    gespreksdatum: date | None,
    verslag: str,
    versie: int,
    door: Gebruiker,
    op: datetime,
) -> Kwartaalgesprek:
    """Keep the notes. `versie`: the one the screen was loaded with. Raises GesprekBotsing."""
    vast = Kwartaalgesprek.objects.select_for_update().get(pk=gesprek.pk)
    schoon = _schoon(verslag)
    if (vast.verslag, vast.gespreksdatum) == (schoon, gespreksdatum):
        return vast
    if versie != vast.versie:
        raise GesprekBotsing(vast)
    vast.verslag, vast.gespreksdatum = schoon, gespreksdatum
    vast.versie, vast.bewaard_op, vast.bewaard_door = vast.versie + 1, op, door
    vast.save()
    _log("bewaard", vast, door, versie=vast.versie)
    return vast


@transaction.atomic
def spreek_af(
    *,
    gesprek: Kwartaalgesprek,
    tekst: str,
    wie: str,
    uiterlijk: date | None,
    door: Gebruiker,
    op: datetime,
) -> Gespreksactie:
    actie = Gespreksactie.objects.create(
        gesprek=gesprek,
        aanbieder_id=gesprek.aanbieder_id,
        tekst=_schoon(tekst),
        wie=_schoon(wie),
        uiterlijk_datum=uiterlijk,
        afgesproken_op=op,
        afgesproken_door=door,
    )
    _log("actie_afgesproken", gesprek, door, actie=str(actie.kenmerk))
    return actie


@transaction.atomic
def meld_gedaan(
    *, actie: Gespreksactie, gedaan: bool, versie: int, door: Gebruiker, op: datetime
) -> Gespreksactie:
    """Done, or not done after all. Who clicks twice, or after a colleague did the same, changes nothing.

    Raises GesprekFout when somebody else changed it meanwhile to something else.
    """
    vast = Gespreksactie.objects.select_for_update().get(pk=actie.pk)
    if gedaan == (vast.gedaan_op is not None):
        return vast
    if versie != vast.versie:
        raise GesprekFout("Iemand anders heeft deze actie intussen gewijzigd. Kijk hoe zij er nu voor staat.")
    vast.gedaan_op, vast.gedaan_door = (op, door) if gedaan else (None, None)
    vast.versie += 1
    vast.save()
    _log("actie_gedaan" if gedaan else "actie_heropend", vast.gesprek, door, actie=str(vast.kenmerk))
    return vast


def _schoon(tekst: str) -> str:
    return zonder_stuurtekens(eenvoudige_regeleinden(tekst)).strip()


def _log(wat: str, gesprek: Kwartaalgesprek, door: Gebruiker, **details: object) -> None:
    leg_vast(
        actie=f"kwartaalgesprek.{wat}",
        door=door,
        object_soort="kwartaalgesprek",
        object_kenmerk=gesprek.kenmerk,
        aanbieder_id=gesprek.aanbieder_id,
        doel=DOEL,
        details={"kwartaal": gesprek.kwartaal, **details},
    )
