"""Destroying after the retention term (R110): one proposes, another approves after the thinking time, then it is gone.

Two people and the thinking time are held by the database (migration 0008); what is checked here is for the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import ProgrammingError, connection, transaction

from beschikkingen.kluis import bsn_van, rapportmerk
from beschikkingen.models import Client
from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Gemeente
from resultaat.actions.vernietigsporen import losse_berichten, wis_ingelezen_bestanden
from resultaat.models import Vernietigingslijst
from resultaat.queries.vernietigen import HOOGSTENS, Kandidaat, kandidaten_van
from resultaat.statussen import VernietigStatus
from wmo_portal.lib import rls

DOEL = "Archiefwet: vernietigen na de bewaartermijn"


class VernietigFout(Exception):
    """Not done; the message is a Dutch sentence."""


@transaction.atomic
def stel_voor(
    *, gemeente: Gemeente, clienten: Sequence[Client], door: Gebruiker, vandaag: date, moment: datetime
) -> Vernietigingslijst:
    """The first person. Works within his own scope: the database notes who that is. Raises VernietigFout."""
    gevonden = kandidaten_van(
        door, [c.pk for c in clienten if c.gemeente_id == gemeente.pk], vandaag, behalve=None
    )
    if not gevonden or len(gevonden) != len(clienten):
        raise VernietigFout("Kies een of meer cliënten van deze gemeente.")
    if len(gevonden) > HOOGSTENS:
        raise VernietigFout(f"Stel hoogstens {HOOGSTENS} cliënten tegelijk voor. U koos er {len(gevonden)}.")
    if anders := [k for k in gevonden if not k.kan]:
        zin = anders[0].blokkades[0].label
        raise VernietigFout(f"{len(anders)} van de gekozen cliënten kunnen nog niet weg. De eerste: {zin}")
    lijst = Vernietigingslijst.objects.create(
        gemeente=gemeente,
        client_ids=[k.client.pk for k in gevonden],
        aantal=len(gevonden),
        bewaartermijn_jaren=gemeente.bewaartermijn_jaren,
        bewaartermijn_bron=gemeente.bewaartermijn_bron,
        voorgesteld_op=moment,
        voorgesteld_door=door,
        bedenktijd_tot_op=moment,
    )
    lijst.refresh_from_db()
    _log("vernietiging.voorstellen", lijst, door, {"clienten": lijst.aantal})
    return lijst


@transaction.atomic
def trek_in(*, lijst: Vernietigingslijst, reden: str, door: Gebruiker, moment: datetime) -> None:
    """Whoever sees that it should not be: the proposer or somebody else. Raises VernietigFout."""
    if not reden.strip():
        raise VernietigFout("Schrijf op waarom deze lijst niet doorgaat.")
    gelukt = Vernietigingslijst.objects.filter(pk=lijst.pk, status=VernietigStatus.VOORGESTELD).update(
        status=VernietigStatus.INGETROKKEN,
        client_ids=[],
        ingetrokken_op=moment,
        ingetrokken_door=door,
        ingetrokken_reden=reden.strip(),
    )
    if not gelukt:
        raise VernietigFout("Over deze lijst is al beslist. Ververs de pagina.")
    _log("vernietiging.intrekken", lijst, door, {})


def bezwaar(lijst: Vernietigingslijst, door: Gebruiker, moment: datetime) -> str:
    """Why this person cannot approve now, as a sentence; empty when he can."""
    if lijst.status != VernietigStatus.VOORGESTELD:
        return f"Deze lijst is al {lijst.get_status_display().lower()}."
    if lijst.voorgesteld_door_id == door.pk:
        return "U hebt deze lijst zelf voorgesteld. Een collega keurt haar goed."
    if moment < lijst.bedenktijd_tot_op:
        return f"De bedenktijd loopt tot {lijst.bedenktijd_tot_op:%d-%m-%Y %H:%M}. Daarna kan goedkeuren."
    return ""


def keur_goed(
    *, lijst: Vernietigingslijst, door: Gebruiker, vandaag: date, moment: datetime
) -> Vernietigingslijst:
    """The second person: what still may go is destroyed at once, all of it or nothing. Raises VernietigFout."""
    if zin := bezwaar(lijst, door, moment):
        raise VernietigFout(zin)
    try:
        with transaction.atomic():
            _keur_goed(lijst, door, vandaag, moment)
    except ProgrammingError as geweigerd:  # the database itself said no
        raise VernietigFout(
            "Er is intussen iets veranderd, of over deze lijst is al beslist. Er is niets vernietigd. Ververs de pagina."
        ) from geweigerd
    lijst.refresh_from_db()
    return lijst


def _keur_goed(lijst: Vernietigingslijst, door: Gebruiker, vandaag: date, moment: datetime) -> None:
    vast = Vernietigingslijst.objects.select_for_update().filter(pk=lijst.pk).first()
    if vast is None:  # of a municipality that is not his
        raise VernietigFout("Deze lijst is er niet.")
    if vast.status != VernietigStatus.VOORGESTELD:
        raise VernietigFout(bezwaar(vast, door, moment))
    gevonden = kandidaten_van(door, vast.client_ids, vandaag, behalve=vast)
    weg = [k for k in gevonden if k.kan]
    if not weg:
        raise VernietigFout(
            "Geen van de cliënten op deze lijst kan nu weg. Los op wat openstaat of trek de lijst in."
        )
    bsns = [bsn_van(k.client) for k in weg]
    verklaring = _verklaring(weg, [k for k in gevonden if not k.kan])
    verklaring["ingelezen_bestanden"] = wis_ingelezen_bestanden(gemeente_id=vast.gemeente_id, bsns=bsns)
    Vernietigingslijst.objects.filter(pk=vast.pk).update(
        status=VernietigStatus.GOEDGEKEURD,
        goedgekeurd_op=moment,
        goedgekeurd_door=door,
        verklaring=verklaring,
    )
    with rls.binnen(rls.SYSTEEM):
        _vernietig(vast, [k.client for k in weg], losse_berichten(gemeente_id=vast.gemeente_id, bsns=bsns))
    _log("vernietiging.uitvoeren", vast, door, {"clienten": len(weg), "bleven": len(gevonden) - len(weg)})


def _verklaring(weg: Sequence[Kandidaat], blijft: Sequence[Kandidaat]) -> dict[str, Any]:
    """What can be said without naming anybody: how many, until which years, and why some stayed."""
    jaren: dict[str, int] = {}
    for k in weg:
        jaren[str(k.termijn_tot.year)] = jaren.get(str(k.termijn_tot.year), 0) + 1
    bleven: dict[str, int] = {}
    for k in blijft:
        bleven[k.blokkades[0].value] = bleven.get(k.blokkades[0].value, 0) + 1
    return {"clienten": len(weg), "termijn_voorbij_in": jaren, "bleven": bleven}


def _vernietig(lijst: Vernietigingslijst, clienten: Sequence[Client], los: Sequence[int]) -> None:
    merken = [rapportmerk(client.kenmerk) for client in clienten]
    with connection.cursor() as cursor:
        cursor.execute(
            "select wmo_sec.vernietig(%s, %s::bigint[], %s::bigint[], %s::text[])",
            [lijst.pk, [client.pk for client in clienten], list(los), merken],
        )


def _log(actie: str, lijst: Vernietigingslijst, door: Gebruiker, details: dict[str, Any]) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="vernietigingslijst",
        object_kenmerk=lijst.kenmerk,
        gemeente_id=lijst.gemeente_id,
        doel=DOEL,
        details=details,
    )
