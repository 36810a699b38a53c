"""Let a table out of the contract relation, once (M11)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Regio
from rapportage.actions.inzage import DOEL
from rapportage.afscherming import MINSTE_DREMPEL
from rapportage.models import Publicatie
from rapportage.queries.publicatie import bezwaar_tegen_publicatie, voorstel
from rapportage.statussen import Publicatiesoort
from rapportage.zegel import zegel
from wmo_portal.lib.perioden import Kwartaal

EERDER = "Iemand anders heeft dit cijfer intussen gepubliceerd. Bekijk die publicatie."


class PubliceerFout(ValueError):
    """Not published; the message is a Dutch sentence for who asked."""


def publiceer(
    *,
    soort: Publicatiesoort,
    regio: Regio,
    kwartaal: Kwartaal,
    drempel: int,
    door: Gebruiker,
    op: datetime,
) -> Publicatie:
    """Two people at once: the constraint lets one through. Raises PubliceerFout."""
    if drempel < MINSTE_DREMPEL:
        raise PubliceerFout(f"De drempel is ten minste {MINSTE_DREMPEL}.")
    if bezwaar := bezwaar_tegen_publicatie(soort, regio, kwartaal, door):
        raise PubliceerFout(bezwaar)
    inhoud, gemeenten = voorstel(soort, regio, kwartaal, door, drempel)
    try:
        with transaction.atomic():
            return _bewaar(soort, regio, kwartaal, drempel, inhoud, gemeenten, door, op)
    except IntegrityError as fout:
        if "publicatie_eenmaal" in str(fout):
            raise PubliceerFout(EERDER) from fout
        raise


def _bewaar(
    soort: Publicatiesoort,
    regio: Regio,
    kwartaal: Kwartaal,
    drempel: int,
    inhoud: dict[str, object],
    gemeenten: list[int],
    door: Gebruiker,
    op: datetime,
) -> Publicatie:
    publicatie = Publicatie.objects.create(
        soort=soort,
        regio=regio,
        kwartaal=str(kwartaal),
        gemeenten=gemeenten,
        drempel=drempel,
        inhoud=inhoud,
        sha256=zegel(inhoud),
        gepubliceerd_op=op,
        gepubliceerd_door=door,
    )
    leg_vast(
        actie="cijfers.gepubliceerd",
        door=door,
        object_soort="publicatie",
        object_kenmerk=publicatie.kenmerk,
        doel=DOEL,
        details={"soort": soort, "regio": regio.code, "kwartaal": str(kwartaal), "drempel": drempel,
                 "afgeschermd": inhoud["afgeschermd"], "zegel": publicatie.sha256},
    )  # fmt: skip
    return publicatie
