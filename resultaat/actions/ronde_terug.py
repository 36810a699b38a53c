"""Undoing a round, and going on without a form: the two things a person may add to what the round said (M2, R10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from logboek.actions import leg_vast, maak_regel
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from resultaat import ronde_dossier_sql
from resultaat.actions.ronde import RondeFout, alleen
from resultaat.models import Resultaat, Ronde
from resultaat.queries.ronde import FormulierStandVanStop, formulierstand
from resultaat.statussen import RondeStatus
from stopberichten.models import Stop
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import dag_van


class KanNietTerugdraaien(RondeFout):
    pass


class KanNietZonderFormulier(RondeFout):
    pass


def draai_terug(*, ronde: Ronde, door: Gebruiker, reden: str, moment: datetime) -> Ronde:
    """Put back what the round did, in one transaction. Results stay readable, withdrawn.

    `versie` of dossiers and allocations goes on counting, so that a form that was open meanwhile notices.
    Raises KanNietTerugdraaien with the sentence why, or RondeIsBezig.
    """
    if not reden.strip():
        raise KanNietTerugdraaien("Vul in waarom u deze ronde terugdraait.")
    with alleen(ronde.gemeente), transaction.atomic():
        ronde = Ronde.objects.select_for_update().get(pk=ronde.pk)
        bezwaar = waarom_niet_terug(ronde)
        if bezwaar:
            raise KanNietTerugdraaien(bezwaar)
        aantal = _zet_terug(ronde, door, moment)
        ronde.status, ronde.teruggedraaid_op = RondeStatus.TERUGGEDRAAID, moment
        ronde.teruggedraaid_door, ronde.teruggedraaid_reden = door, reden.strip()
        ronde.save(update_fields=["status", "teruggedraaid_op", "teruggedraaid_door", "teruggedraaid_reden"])
        leg_vast(
            actie="ronde.terugdraaien",
            door=door,
            object_soort="ronde",
            object_kenmerk=ronde.kenmerk,
            gemeente_id=ronde.gemeente_id,
            details={"resultaten": aantal},
        )
    return ronde


def waarom_niet_terug(ronde: Ronde) -> str:
    """The sentence why this round cannot be undone, or "" when it can."""
    if ronde.proef:
        return "Een proefdraai heeft niets veranderd; er is niets om terug te draaien."
    if ronde.status == RondeStatus.TERUGGEDRAAID:
        return "Deze ronde is al teruggedraaid."
    later = (
        Ronde.objects.filter(gemeente_id=ronde.gemeente_id, proef=False, pk__gt=ronde.pk)
        .exclude(status=RondeStatus.TERUGGEDRAAID)
        .order_by("-pk")
        .first()
    )
    if later:
        return f"Na deze ronde is die van {Maand.van(later.maand).naam} uitgevoerd. Draai eerst die terug."
    gecorrigeerd = Resultaat.objects.filter(ronde=ronde, actueel=False).count()
    if gecorrigeerd:
        wat = "1 resultaat" if gecorrigeerd == 1 else f"{gecorrigeerd} resultaten"
        return (
            f"Een consulent heeft {wat} van deze ronde daarna gewijzigd. Terugdraaien zou dat werk ongedaan maken. "
            "Vraag de consulent om de overige resultaten waar nodig zelf te wijzigen."
        )
    return ""


def _zet_terug(ronde: Ronde, door: Gebruiker, moment: datetime) -> int:
    """Dossiers, allocations, stops and results; one log line per person. Returns the number of results."""
    resultaten = Resultaat.objects.filter(ronde=ronde, actueel=True)
    regels = [
        _logregel(ronde, door, "resultaat", kenmerk, "resultaat.intrekken", index)
        for kenmerk, index in resultaten.order_by("pk").values_list("kenmerk", "stop__bsn_index")
    ]
    parameters: dict[str, Any] = {"ronde": ronde.pk}
    with connection.cursor() as cursor:
        cursor.execute(ronde_dossier_sql.DOSSIERS_OPEN, parameters)
        regels += [
            _logregel(ronde, door, "beschikking", kenmerk, "dossier.heropenen", index)
            for kenmerk, index in cursor.fetchall()
        ]
        for sql in ronde_dossier_sql.TERUG:
            cursor.execute(sql, parameters)
    Gebeurtenis.objects.bulk_create(regels, batch_size=1_000)
    return resultaten.update(actueel=False, ingetrokken_op=moment, ingetrokken_door=door)


def _logregel(
    ronde: Ronde, door: Gebruiker, soort: str, kenmerk: object, actie: str, index: bytes | memoryview
) -> Gebeurtenis:
    return maak_regel(
        actie=actie,
        door=door,
        object_soort=soort,
        object_kenmerk=kenmerk,
        gemeente_id=ronde.gemeente_id,
        client_index=bytes(index),
        doel="Wmo: maandelijkse ronde",
        details={"ronde": str(ronde.kenmerk)},
    )


def ga_door_zonder_formulier(*, stop: Stop, reden: str, door: Gebruiker, moment: datetime) -> Stop:
    """The administration goes on without the Toelichting, with a reason, after the municipality's waiting time (R10).

    The next round takes it from there. Raises KanNietZonderFormulier.
    """
    if not reden.strip():
        raise KanNietZonderFormulier("Vul in waarom u zonder formulier verdergaat.")
    with transaction.atomic():
        stop = Stop.objects.select_for_update().select_related("gemeente").get(pk=stop.pk)
        bezwaar = waarom_niet_zonder(stop, formulierstand(stop, vandaag=dag_van(moment)))
        if bezwaar:
            raise KanNietZonderFormulier(bezwaar)
        stop.zonder_formulier_reden = reden.strip()
        stop.zonder_formulier_op, stop.zonder_formulier_door = moment, door
        stop.save(update_fields=["zonder_formulier_reden", "zonder_formulier_op", "zonder_formulier_door"])
        leg_vast(
            actie="stop.zonder_formulier",
            door=door,
            object_soort="stop",
            object_kenmerk=stop.kenmerk,
            gemeente_id=stop.gemeente_id,
            aanbieder_id=stop.aanbieder_id,
            client_index=bytes(stop.bsn_index),
            doel="Wmo: maandelijkse ronde",
        )
    return stop


def waarom_niet_zonder(stop: Stop, stand: FormulierStandVanStop) -> str:
    """The sentence why one cannot go on without the form, or ""."""
    if stop.ingetrokken_op or stop.verwerkt_op:
        return "Dit stopbericht is al afgehandeld."
    if stop.zonder_formulier_op:
        return "Er is al vastgelegd dat u zonder formulier verdergaat."
    if not stand.nodig:
        return f"Bij code {stop.reden} is geen formulier nodig."
    if stand.ingediend:
        return "Het formulier is ontvangen. De volgende ronde neemt het mee."
    if not stand.wachttijd_voorbij:
        return f"Dat kan vanaf {stand.kan_vanaf:%d-%m-%Y}. Tot die dag heeft de aanbieder de tijd om het te sturen."
    return ""
