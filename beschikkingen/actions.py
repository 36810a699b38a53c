"""Verbs that write: reading decisions in, and showing a BSN (which leaves a line)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from beschikkingen.enums import InlezingStatus
from beschikkingen.inlezen import Plan, keur_bestand, keuzelijsten, maak_plan, werkboek
from beschikkingen.inlezen.vergelijken import Bundel
from beschikkingen.kluis import bos, bsn_van, context
from beschikkingen.models import Client, Inlezing
from beschikkingen.queries import Zoekuitslag, keren, zoek
from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker, Gemeente
from wmo_portal.lib.bsn import is_geldig
from wmo_portal.lib.tekst import in_het_kort

BSN_PER_UUR: Final = 60
"""More than somebody needs who works on dossiers, less than somebody needs who copies a register."""


BSN_ZOEKEN_PER_UUR: Final = 100
"""A search by BSN says whether somebody is a client here: not to be tried in bulk (veiligheid threat 9)."""


class AlIngelezen(Exception):
    """The file was imported already; the message says when."""


class InhoudVernietigd(Exception):
    """The file was emptied when somebody in it was destroyed after the retention term (R110)."""


class TeVaakGetoond(Exception):
    """Too many BSNs shown in an hour (veiligheid D2)."""


class TeVaakGezocht(Exception):
    """Too many searches by BSN in an hour."""


def inhoud_van(inlezing: Inlezing) -> bytes:
    """The file as it was uploaded. Raises InhoudVernietigd."""
    if not inlezing.inhoud:
        raise InhoudVernietigd(
            "De inhoud van dit bestand is vernietigd, omdat er iemand in stond wiens bewaartermijn voorbij is. "
            "Lees een nieuw bestand in."
        )
    return bos().ontsleutel_bytes(inlezing.inhoud, context("beschikkingen_inlezing", inlezing.kenmerk))


def _plan(gemeente: Gemeente, inhoud: bytes, vandaag: date, op: datetime) -> Plan:
    regels, fouten = keur_bestand(inhoud, keuzelijsten(gemeente))
    return maak_plan(gemeente, regels, fouten, vandaag=vandaag, op=op)


@transaction.atomic
def draai_proef(
    *,
    gemeente: Gemeente,
    bestandsnaam: str,
    inhoud: bytes,
    vandaag: date,
    op: datetime,
    door: Gebruiker | None,
) -> Inlezing:
    """Keep the file and what importing it would do; nothing else is written. Raises BestandGeweigerd."""
    plan = _plan(gemeente, inhoud, vandaag, op)
    inlezing = Inlezing(
        gemeente=gemeente,
        bestandsnaam=in_het_kort(bestandsnaam, 255),
        sha256=hashlib.sha256(inhoud).hexdigest(),
        geupload_op=op,
        geupload_door=door,
    )
    inlezing.inhoud = bos().versleutel_bytes(inhoud, context("beschikkingen_inlezing", inlezing.kenmerk))
    _noteer(inlezing, plan)
    inlezing.save()
    _log("inlezing.proef", inlezing, door)
    return inlezing


@transaction.atomic
def lees_in(*, inlezing: Inlezing, vandaag: date, op: datetime, door: Gebruiker | None) -> Plan:
    """Import the good rows of the file, all of them or none. The bad rows stay in the report.

    The file is judged again: what changed since the dry run counts. Raises AlIngelezen the second time.
    """
    vast = Inlezing.objects.select_for_update().get(pk=inlezing.pk)
    if vast.verwerkt_op:
        raise AlIngelezen(f"Dit bestand is al ingelezen op {vast.verwerkt_op:%d-%m-%Y}.")
    plan = _plan(vast.gemeente, inhoud_van(vast), vandaag, op)
    schrijf(plan)
    _noteer(vast, plan)
    vast.status, vast.verwerkt_op, vast.verwerkt_door = InlezingStatus.INGELEZEN, op, door
    vast.save()
    _log("inlezing.ingelezen", vast, door)
    return plan


@transaction.atomic
def haal_foute_rijen(*, inlezing: Inlezing, op: datetime, door: Gebruiker) -> bytes:
    """The bad rows as a workbook. It holds BSNs, so who takes it is logged."""
    _log("inlezing.foute_rijen", inlezing, door)
    return werkboek.foute_rijen(inhoud_van(inlezing), inlezing.fouten, op)


def _noteer(inlezing: Inlezing, plan: Plan) -> None:
    inlezing.tellingen = plan.tellingen
    inlezing.fouten = [asdict(fout) for fout in plan.fouten]


def _log(actie: str, inlezing: Inlezing, door: Gebruiker | None) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="inlezing",
        object_kenmerk=inlezing.kenmerk,
        gemeente_id=inlezing.gemeente_id,
        doel="beschikkingen inlezen",
        details=dict(inlezing.tellingen),
    )


def schrijf(plan: Plan) -> None:
    """Write a plan, parents first. Inside the transaction of its caller."""
    for bundel in (plan.clienten, plan.beschikkingen, plan.toewijzingen, plan.stappen, plan.momenten):
        _schrijf_bundel(bundel)


def _schrijf_bundel(bundel: Bundel) -> None:  # type: ignore[type-arg]  # one loop over bundles of five models
    nieuw = bundel.nieuw
    while nieuw:
        # A decision waits for the one that it follows, which may stand in the same file.
        kan = [rij for rij in nieuw if (voor := getattr(rij, "voorganger", None)) is None or voor.pk]
        type(nieuw[0])._default_manager.bulk_create(kan, batch_size=1000)
        nieuw = [rij for rij in nieuw if rij.pk is None]
    if not bundel.gewijzigd:
        return
    rijen = list(bundel.gewijzigd.values())
    velden = {naam.removesuffix("_id") for naam in bundel.velden}
    if hasattr(rijen[0], "versie"):
        velden.add("versie")
        for rij in rijen:
            rij.versie += 1
    type(rijen[0])._default_manager.bulk_update(rijen, sorted(velden), batch_size=500)


@transaction.atomic
def toon_bsn(*, client: Client, doel: str, op: datetime, door: Gebruiker) -> str:
    """The BSN, with one line in the log that says who saw it and what for. Raises TeVaakGetoond.

    The refusal is logged too, so the caller must not roll it back: it raises after the line was written.
    """
    te_vaak = keren(door, "bsn.getoond", sinds=op - timedelta(hours=1)) >= BSN_PER_UUR
    if not te_vaak:
        _log_bsn(client, doel, door, Gebeurtenis.Resultaat.GELUKT)
        return bsn_van(client)
    raise TeVaakGetoond(
        f"U hebt in het afgelopen uur {BSN_PER_UUR} keer een BSN getoond. Probeer het over een uur opnieuw, of vraag de "
        "beheerder om hulp."
    )


def log_geweigerd_bsn(*, client: Client, doel: str, door: Gebruiker) -> None:
    """The line for a refused look, outside the transaction that was refused."""
    _log_bsn(client, doel, door, Gebeurtenis.Resultaat.GEWEIGERD)


def _log_bsn(client: Client, doel: str, door: Gebruiker, resultaat: str) -> None:
    leg_vast(
        actie="bsn.getoond",
        door=door,
        object_soort="client",
        object_kenmerk=client.kenmerk,
        gemeente_id=client.gemeente_id,
        aanbieder_id=door.aanbieder_id,
        client_index=bytes(client.bsn_index),
        doel=doel,
        resultaat=resultaat,
    )


@transaction.atomic
def zoek_clienten(*, tekst: str, op: datetime, door: Gebruiker) -> Zoekuitslag:
    """Search, and note that it was done; by BSN also whom for, found or not. Raises TeVaakGezocht."""
    op_bsn = is_geldig(tekst.strip())
    actie = "zoeken.bsn" if op_bsn else "zoeken"
    if op_bsn and keren(door, actie, sinds=op - timedelta(hours=1)) >= BSN_ZOEKEN_PER_UUR:
        raise TeVaakGezocht(
            f"U hebt in het afgelopen uur {BSN_ZOEKEN_PER_UUR} keer op BSN gezocht. Zoek op naam of nummer, of probeer "
            "het over een uur opnieuw."
        )
    uitslag = zoek(door, tekst)
    leg_vast(
        actie=actie,
        door=door,
        object_soort="client",
        aanbieder_id=door.aanbieder_id,
        client_index=bos().index(tekst.strip()) if op_bsn else None,
        doel="Wmo: dossier zoeken",
        details={"gevonden": len(uitslag.beschikkingen)},
    )
    return uitslag
