"""What the stories of the reminders share: days around 31 December, a run of one day or of many, a document that came."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps

from beschikkingen.models import Toewijzing
from meldingen import actions as dagmail
from resultaat.actions import herinneringen, herinnerkopie
from resultaat.models import Evaluatie
from tests import fabriek
from tests.als_app import als_eigenaar

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EIND = date(2026, 12, 31)  # a Thursday; 8 weeks before is 5 November, 12 weeks before 8 October
DAG = timedelta(days=1)


def op(dag: date, uur: int = 7) -> datetime:
    return datetime.combine(dag, time(uur), AMSTERDAM)


@dataclass(frozen=True)
class Gedraaid:
    """What a run did: reminders, mails to providers, copies, and allocations of which nobody can be told."""

    herinneringen: int
    mails: int
    kopieen: int
    zonder_ontvanger: int


def draai(dag: date, uur: int = 7, moment: datetime | None = None) -> Gedraaid:
    bronnen = [herinneringen.BRON, herinnerkopie.BRON]
    uit = dagmail.verstuur(vandaag=dag, moment=moment or op(dag, uur), bronnen=bronnen)
    assert uit.fouten == []
    return Gedraaid(
        uit.gemeld["termijn"], uit.mails_met["termijn"], uit.mails_met["kopie"], uit.zonder_adres["termijn"]
    )


def draai_alle_dagen(van: date, tot: date) -> list[date]:
    """Every day of a period; the days on which a mail to a provider was made."""
    dagen = []
    while van <= tot:
        if draai(van).mails:
            dagen.append(van)
        van += DAG
    return dagen


def evaluatie(bij: Toewijzing, dag: date, **velden) -> Evaluatie:
    return Evaluatie.objects.create(
        gemeente=bij.gemeente,
        aanbieder=bij.aanbieder,
        beschikking=bij.beschikking,
        toewijzing=bij,
        documentnaam="evaluatieformulier",
        ontvangen_datum=dag,
        vervolg_nodig=True,
        reden="Er is nog hulp nodig.",
        ingediend_op=op(dag),
        ingediend_door=fabriek.medewerker(bij.aanbieder, is_active=False),
        **velden,
    )


def dateer_wijziging(t: Toewijzing, dag: date) -> None:
    """The change log notes the real moment; the story happens on another day."""
    spoor = apps.get_model("beschikkingen", "ToewijzingEvent")._default_manager
    laatste = spoor.filter(pgh_obj_id=t.pk).order_by("-pgh_id").first()
    with als_eigenaar():
        spoor.filter(pgh_obj_id=t.pk).exclude(pgh_id=laatste.pgh_id).update(
            pgh_created_at=op(date(2026, 1, 1))
        )
        spoor.filter(pgh_id=laatste.pgh_id).update(pgh_created_at=op(dag))
