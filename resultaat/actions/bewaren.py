"""Another keeping date for one dossier, with a reason (U15).

Longer keeps it, shorter only says when it may come on the destruction list: what goes, still goes by two people after
the thinking time (`vernietigen`).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import Bewaarwijziging
from resultaat.queries.bewaren import gemeente_tot, termijn_van
from resultaat.vernietigregels import Bewaargrond, bezwaar_tegen_dag
from wmo_portal.lib.tijd import dag_van


class BewaarFout(Exception):
    """Not changed; the message is a Dutch sentence."""


class InmiddelsAnders(BewaarFout):
    """The dossier changed since the form was shown. `beschikking` is how it stands now."""

    def __init__(self, beschikking: Beschikking) -> None:
        super().__init__("Dit dossier is veranderd terwijl u bezig was. Uw tekst staat er nog.")
        self.beschikking = beschikking


@transaction.atomic
def pas_bewaartermijn_aan(
    *,
    beschikking: Beschikking,
    naar_datum: date,
    grond: Bewaargrond,
    reden: str,
    versie: int,
    door: Gebruiker,
    moment: datetime,
) -> Bewaarwijziging:
    """Move the last day of the term of a dossier that is no longer open. Raises BewaarFout."""
    vast = _op_slot(beschikking, versie)
    van_datum, vandaag = termijn_van(vast), dag_van(moment)
    if not reden.strip():
        raise BewaarFout("Schrijf op waarom dit dossier langer of korter bewaard blijft.")
    if zin := bezwaar_tegen_dag(
        naar_datum,
        grond=grond,
        nu_tot=van_datum,
        gemeente_tot=gemeente_tot(vast, vandaag),
        vandaag=vandaag,
    ):
        raise BewaarFout(zin)
    Beschikking.objects.filter(pk=vast.pk).update(vernietigen_na_datum=naar_datum, versie=F("versie") + 1)
    wijziging = Bewaarwijziging.objects.create(
        gemeente_id=vast.gemeente_id,
        beschikking=vast,
        van_datum=van_datum,
        naar_datum=naar_datum,
        grond=grond,
        reden=reden.strip(),
        gewijzigd_op=moment,
        gewijzigd_door=door,
    )
    _log(wijziging, door)
    return wijziging


def _op_slot(beschikking: Beschikking, versie: int) -> Beschikking:
    """The dossier as it stands, held until the end: the second of two people sees what the first one did."""
    vast = (
        Beschikking.objects.select_for_update(of=("self",))
        .select_related("gemeente", "client")
        .get(pk=beschikking.pk)
    )
    if vast.versie != versie:
        raise InmiddelsAnders(vast)
    if vast.status == BeschikkingStatus.LOPEND:
        raise BewaarFout("Dit dossier loopt nog. De bewaartermijn begint als het sluit.")
    return vast


def _log(wijziging: Bewaarwijziging, door: Gebruiker) -> None:
    """The reason is about a person, so it stays with the dossier and out of the log."""
    leg_vast(
        actie="bewaartermijn.aanpassen",
        door=door,
        object_soort="beschikking",
        object_kenmerk=wijziging.beschikking.kenmerk,
        gemeente_id=wijziging.gemeente_id,
        client_index=bytes(wijziging.beschikking.client.bsn_index),
        doel="Archiefwet: bewaartermijn van een dossier",
        details={
            "van": str(wijziging.van_datum),
            "naar": str(wijziging.naar_datum),
            "grond": str(wijziging.grond),
        },
    )
