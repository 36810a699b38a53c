"""Making a list for the municipality's own system, and saying that it was entered. Nothing is handed out twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Gemeente
from resultaat.models import SuiteLijst, SuiteRegel
from resultaat.queries.suite import open_invoer

DOEL = "Wmo: invoer in het systeem van de gemeente"


class SuiteFout(Exception):
    """Not done; the message is a Dutch sentence."""


@transaction.atomic
def maak_lijst(*, gemeente: Gemeente, door: Gebruiker, moment: datetime) -> SuiteLijst:
    """Put everything that is in no list yet into a new one. Raises SuiteFout when there is nothing.

    One at a time per municipality: whoever comes second waits, and finds what is left. Without the lock the unique key
    of the lines would still refuse the same line twice.
    """
    _een_tegelijk(gemeente)
    regels, _ = open_invoer(door, gemeente)
    if not regels:
        raise SuiteFout("Er is niets nieuws om over te nemen.")
    hoogste = SuiteLijst.objects.filter(gemeente=gemeente).aggregate(n=Max("nummer"))["n"] or 0
    lijst = SuiteLijst.objects.create(
        gemeente=gemeente, nummer=hoogste + 1, aantal=len(regels), gemaakt_op=moment, gemaakt_door=door
    )
    SuiteRegel.objects.bulk_create(
        [
            SuiteRegel(
                gemeente=gemeente,
                aanbieder_id=regel.resultaat.aanbieder_id if regel.resultaat else None,
                lijst=lijst,
                beschikking=regel.beschikking,
                resultaat=regel.resultaat,
                soort=regel.soort,
                sleutel=regel.sleutel,
                invoer=regel.invoer,
            )
            for regel in regels
        ],
        batch_size=500,
    )
    _log("suite.maken", lijst, door)
    return lijst


def _een_tegelijk(gemeente: Gemeente) -> None:
    Gemeente.objects.select_for_update(no_key=True).get(pk=gemeente.pk)


@transaction.atomic
def meld_overgenomen(*, lijst: SuiteLijst, door: Gebruiker, moment: datetime) -> None:
    """Whoever entered it says so, once. Raises SuiteFout with who did."""
    gelukt = SuiteLijst.objects.filter(pk=lijst.pk, overgenomen_op__isnull=True).update(
        overgenomen_op=moment, overgenomen_door=door
    )
    lijst.refresh_from_db()
    if not gelukt:
        wie = lijst.overgenomen_door
        raise SuiteFout(
            f"{wie.naam if wie else 'Iemand'} meldde al dat deze lijst is overgenomen, op {lijst.overgenomen_op:%d-%m-%Y}."
        )
    _log("suite.overgenomen", lijst, door)


def noteer_download(*, lijst: SuiteLijst, soort: str, rijen: int, door: Gebruiker) -> None:
    leg_vast(
        actie="suite.exporteren",
        door=door,
        object_soort="suitelijst",
        object_kenmerk=lijst.kenmerk,
        gemeente_id=lijst.gemeente_id,
        doel=DOEL,
        details={"rijen": rijen, "soort": soort, "al overgenomen": lijst.overgenomen_op is not None},
    )


def _log(actie: str, lijst: SuiteLijst, door: Gebruiker) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="suitelijst",
        object_kenmerk=lijst.kenmerk,
        gemeente_id=lijst.gemeente_id,
        doel=DOEL,
        details={"rijen": lijst.aantal},
    )
