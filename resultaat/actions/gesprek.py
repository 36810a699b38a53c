"""The talk with client, provider and consulent (H5 §2; R18-R20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from beschikkingen.models import Beschikking, Monitoringsmoment
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import Gesprek
from wmo_portal.lib.keuzes import Keuze
from wmo_portal.lib.tijd import dag_van


class Deelnemer(Keuze):
    """Who sits at the table (H5:L33)."""

    CLIENT = "client", "Cliënt"
    AANBIEDER = "aanbieder", "Aanbieder"
    CONSULENT = "consulent", "Consulent"


class GesprekFout(Exception):
    """Not noted; the message is a Dutch sentence."""


def leg_gesprek_vast(
    *,
    beschikking: Beschikking,
    datum: date,
    deelnemers: Sequence[Deelnemer],
    verslag: str,
    volgend_moment_datum: date | None,
    door: Gebruiker,
    moment: datetime,
) -> Gesprek:
    """Keep the talk. The next monitoring moment begins when the present one is judged (see `monitoring`).

    Without an open moment the agreed date becomes the moment at once. Two talks of one dossier wait for each other:
    the second finds the moment that the first agreed on. Raises GesprekFout with a sentence.
    """
    with transaction.atomic():
        _een_tegelijk(beschikking)
        open_moment = Monitoringsmoment.objects.open().filter(beschikking=beschikking).first()
        _controleer(datum, deelnemers, verslag, volgend_moment_datum, open_moment, dag_van(moment))
        gesprek = Gesprek.objects.create(
            gemeente_id=beschikking.gemeente_id,
            beschikking=beschikking,
            monitoringsmoment=open_moment,
            datum=datum,
            deelnemers=[deelnemer.value for deelnemer in deelnemers],
            verslag=verslag.strip(),
            volgend_moment_datum=volgend_moment_datum,
            vastgelegd_op=moment,
            vastgelegd_door=door,
        )
        if volgend_moment_datum and open_moment is None:
            Monitoringsmoment.objects.get_or_create(
                beschikking=beschikking,
                datum=volgend_moment_datum,
                defaults={"gemeente_id": beschikking.gemeente_id},
            )
        leg_vast(
            actie="gesprek.vastleggen",
            door=door,
            object_soort="gesprek",
            object_kenmerk=gesprek.kenmerk,
            gemeente_id=beschikking.gemeente_id,
            client_index=bytes(beschikking.client.bsn_index),
            doel="Wmo: evaluatiegesprek",
            details={"deelnemers": gesprek.deelnemers},
        )
    return gesprek


def _een_tegelijk(beschikking: Beschikking) -> None:
    Beschikking.objects.select_for_update(of=("self",)).get(pk=beschikking.pk)


def _controleer(
    datum: date,
    deelnemers: Sequence[Deelnemer],
    verslag: str,
    volgend: date | None,
    open_moment: Monitoringsmoment | None,
    vandaag: date,
) -> None:
    if datum > vandaag:
        raise GesprekFout(
            f"Het gesprek is op {datum:%d-%m-%Y}, dat is nog niet geweest. Leg het daarna vast."
        )
    if not deelnemers:
        raise GesprekFout("Kies wie er bij het gesprek waren.")
    if not verslag.strip():
        raise GesprekFout("Schrijf op wat er is afgesproken.")
    na = open_moment.datum if open_moment else datum
    if volgend and volgend <= na:
        raise GesprekFout(
            f"Het volgende monitoringsmoment ({volgend:%d-%m-%Y}) hoort na {na:%d-%m-%Y} te liggen. Kies een latere datum."
        )
