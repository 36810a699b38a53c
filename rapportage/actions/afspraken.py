"""What a region agrees about quarters: goals, mapping of codes, last days. A new version holds from a day on.

Nothing of a quarter that has ended ever changes: a version begins on the first day of the running quarter or later
(U19, R105). What held before ends the day before; no row is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Regio
from rapportage.enums import Categorie
from rapportage.models import (
    Beleidsdoel,
    Categorieafspraak,
    Kwartaalopgave,
    Opgaveafspraak,
    Opgavetermijn,
)
from rapportage.opgave_regels import deadline
from stopberichten.enums import RedenBeeindiging, Zekerheid
from wmo_portal.lib.perioden import Kwartaal


class MagNiet(Exception):
    """Refused; the message is a Dutch sentence for the field with the day."""


def _sluit_lopend(rijen: QuerySet[Any], vanaf: date, vandaag: date) -> Any | None:
    """End what holds on that day the day before it; gives that row. Raises MagNiet."""
    eerste = Kwartaal.van(vandaag).eerste
    if vanaf < eerste:
        raise MagNiet(
            f"Kies {eerste:%d-%m-%Y} of een latere dag. Over een kwartaal dat voorbij is, verandert niets meer."
        )
    if rijen.filter(geldig__startswith__gte=vanaf).exists():
        raise MagNiet(f"Er is al een versie die op of na {vanaf:%d-%m-%Y} begint. Kies een latere dag.")
    lopend = rijen.filter(geldig__contains=vanaf).first()
    if lopend is not None:
        lopend.geldig = (lopend.geldig.lower, vanaf)
        lopend.save(update_fields=["geldig"])
    return lopend


# --- Goals -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def leg_doel_vast(
    *, regio: Regio, code: str, tekst: str, volgorde: int, vanaf: date, vandaag: date, door: Gebruiker
) -> Beleidsdoel:
    """A new goal (without code), or a new version of one. Raises MagNiet."""
    _slot(regio)
    sleutel = code or _nieuwe_code(regio, tekst)
    _sluit_lopend(Beleidsdoel.objects.filter(regio=regio, code=sleutel), vanaf, vandaag)
    doel = Beleidsdoel.objects.create(
        regio=regio, code=sleutel, tekst=tekst, volgorde=volgorde, geldig=(vanaf, None)
    )
    _log("beleidsdoel.vastgelegd", regio, door, doel=sleutel, vanaf=vanaf.isoformat())
    return doel


@transaction.atomic
def laat_doel_vervallen(*, regio: Regio, code: str, vanaf: date, vandaag: date, door: Gebruiker) -> None:
    """From that day on it is no goal any more. Raises MagNiet."""
    _slot(regio)
    if _sluit_lopend(Beleidsdoel.objects.filter(regio=regio, code=code), vanaf, vandaag) is None:
        raise MagNiet(f"Dit doel geldt op {vanaf:%d-%m-%Y} al niet meer.")
    _log("beleidsdoel.vervallen", regio, door, doel=code, vanaf=vanaf.isoformat())


def _nieuwe_code(regio: Regio, tekst: str) -> str:
    """Stable, from the text; a number behind it when it is there already."""
    basis = slugify(tekst)[:16].strip("-") or "doel"
    bekend = set(Beleidsdoel.objects.filter(regio=regio).values_list("code", flat=True))
    return next(naam for n in range(1, 1000) if (naam := basis if n == 1 else f"{basis}-{n}") not in bekend)


# --- Mapping ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def leg_categorie_vast(
    *,
    regio: Regio,
    reden: RedenBeeindiging,
    categorie: Categorie,
    zekerheid: Zekerheid,
    uitleg: str,
    vanaf: date,
    vandaag: date,
    door: Gebruiker,
) -> Categorieafspraak:
    """In which category a 307 code counts, from a day on. Raises MagNiet."""
    _slot(regio)
    _sluit_lopend(Categorieafspraak.objects.filter(regio=regio, reden=reden), vanaf, vandaag)
    rij = Categorieafspraak.objects.create(
        regio=regio,
        reden=reden,
        categorie=categorie,
        zekerheid=zekerheid,
        uitleg=uitleg,
        geldig=(vanaf, None),
    )
    _log("categorieafspraak.vastgelegd", regio, door, reden=reden.value, categorie=categorie.value,
         vanaf=vanaf.isoformat())  # fmt: skip
    return rij


# --- Last days -------------------------------------------------------------------------------------------------------
@transaction.atomic
def zet_dagen(
    *, regio: Regio, dagen: int, herinner_dagen: Sequence[int], vandaag: date, door: Gebruiker
) -> Opgaveafspraak:
    """How many days after a quarter, and when to remind. Quarters that have ended keep the day they had."""
    _slot(regio)
    afspraak = Opgaveafspraak.objects.filter(regio=regio).first()
    if afspraak is not None and afspraak.dagen != dagen:
        _bewaar_oude_dagen(afspraak, vandaag)
    rij, _ = Opgaveafspraak.objects.update_or_create(
        regio=regio, defaults={"dagen": dagen, "herinner_dagen": sorted(set(herinner_dagen), reverse=True)}
    )
    _log("opgaveafspraak.gewijzigd", regio, door, dagen=dagen, herinner_dagen=rij.herinner_dagen)
    return rij


def _bewaar_oude_dagen(afspraak: Opgaveafspraak, vandaag: date) -> None:
    oud = set(Kwartaalopgave.objects.filter(regio=afspraak.regio).values_list("kwartaal", flat=True))
    oud.add(str(Kwartaal.van(vandaag).vorige))
    Opgavetermijn.objects.bulk_create(
        [
            Opgavetermijn(
                regio=afspraak.regio,
                kwartaal=kwartaal,
                uiterste_datum=deadline(Kwartaal.lees(kwartaal), afspraak.dagen),
            )
            for kwartaal in sorted(oud)
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def zet_termijn(
    *, regio: Regio, kwartaal: Kwartaal, uiterste_datum: date, vandaag: date, door: Gebruiker
) -> Opgavetermijn:
    """Another last day for one quarter. Raises MagNiet for a day in that quarter, or one that has passed."""
    if uiterste_datum <= kwartaal.laatste:
        raise MagNiet(f"Kies een dag na het {kwartaal.naam}, dus na {kwartaal.laatste:%d-%m-%Y}.")
    if uiterste_datum < vandaag:
        raise MagNiet("Deze dag is al voorbij. Kies vandaag of een latere dag.")
    _slot(regio)
    rij, _ = Opgavetermijn.objects.update_or_create(
        regio=regio, kwartaal=str(kwartaal), defaults={"uiterste_datum": uiterste_datum}
    )
    _log(
        "opgavetermijn.gezet", regio, door, kwartaal=str(kwartaal), uiterste_datum=uiterste_datum.isoformat()
    )
    return rij


def _slot(regio: Regio) -> None:
    """Two people who change the agreements of one region go one after the other."""
    Regio.objects.select_for_update().get(pk=regio.pk)


def _log(actie: str, regio: Regio, door: Gebruiker, **details: object) -> None:
    leg_vast(
        actie=actie, door=door, object_soort="regio", object_kenmerk=regio.pk,
        details={"regio": regio.code, **details},
    )  # fmt: skip
