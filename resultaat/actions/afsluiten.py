"""Closing: an allocation when its care has ended, a dossier when every resultaatgebied is ended and judged (R34).

The monthly round does the same for many at once, in SQL (`resultaat.ronde_dossier_sql`).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, SoortBeschikking, ToewijzingStatus
from beschikkingen.models import Beschikking, Stap, Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.enums import Vervolg
from resultaat.models import Bewaarwijziging, Resultaat
from resultaat.queries.bewaren import volgens_gemeente
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Stop
from wmo_portal.lib.tijd import dag_van

EINDIGT = (Vervolg.SLUITEN, Vervolg.NIEUWE_BESCHIKKING)
"""With these the allocation itself is over; after the others it runs on."""


def afgelopen(dag: date) -> Q:
    """Allocations of which the care has ended: past their last day, or stopped for good on or before this day."""
    stop = (
        Stop.objects.geldig()
        .filter(toewijzing=OuterRef("pk"), einddatum__lte=dag)
        .exclude(reden=RedenBeeindiging.TIJDELIJK)
    )
    return Q(einddatum__lte=dag) | Q(Exists(stop))


def sluit_toewijzing(*, toewijzing: Toewijzing, dag: date | None) -> None:
    """Close it when its care has ended by that day (None: at once).

    One that was judged early runs on: with H5 §1B and §1C that happens up to 8 weeks before the end.
    """
    rijen = Toewijzing.objects.filter(pk=toewijzing.pk, status=ToewijzingStatus.LOPEND)
    if dag is not None:
        rijen = rijen.filter(afgelopen(dag))
    rijen.update(status=ToewijzingStatus.GESLOTEN, versie=F("versie") + 1)


def heropen(*, toewijzing: Toewijzing, door: Gebruiker) -> None:
    """A correction says that the care goes on after all: allocation and dossier run again."""
    Toewijzing.objects.filter(pk=toewijzing.pk, status=ToewijzingStatus.GESLOTEN).update(
        status=ToewijzingStatus.LOPEND, versie=F("versie") + 1
    )
    open_ = Beschikking.objects.filter(
        pk=toewijzing.beschikking_id, status=BeschikkingStatus.GESLOTEN
    ).update(
        status=BeschikkingStatus.LOPEND,
        gesloten_op=None,
        gesloten_door=None,
        vernietigen_na_datum=None,
        versie=F("versie") + 1,
    )
    if open_:
        _log("dossier.heropenen", toewijzing.beschikking, door)


def _open_gebieden(beschikking: Beschikking, dag: date) -> QuerySet[Toewijzing]:
    """The resultaatgebieden that keep the dossier open: not ended, or not judged."""
    later = Stap.objects.filter(
        toewijzing=OuterRef("toewijzing"), volgnummer__gt=OuterRef("stap__volgnummer")
    )
    oordeel = (
        Resultaat.objects.actueel()
        .filter(toewijzing=OuterRef("pk"), vervolg__in=EINDIGT)
        .filter(Q(stap=None) | ~Exists(later))
    )
    volgende = Toewijzing.objects.filter(
        beschikking=OuterRef("beschikking"),
        resultaatgebied=OuterRef("resultaatgebied"),
        ingangsdatum__gt=OuterRef("einddatum"),
    ).exclude(status=ToewijzingStatus.VERWIJDERD)
    hoeft_niet = Q(leveringsvorm=Leveringsvorm.PGB)
    if beschikking.soort == SoortBeschikking.GETRAPT:
        hoeft_niet |= Q(Exists(volgende))
    geeindigd = Q(status=ToewijzingStatus.GESLOTEN) | afgelopen(dag)
    return (
        Toewijzing.objects.filter(beschikking=beschikking)
        .exclude(status=ToewijzingStatus.VERWIJDERD)
        .exclude(geeindigd & (hoeft_niet | Exists(oordeel)))
    )


def sluit_als_klaar(*, beschikking: Beschikking, door: Gebruiker | None, moment: datetime) -> bool:
    """Close the dossier when every resultaatgebied is ended and judged (R34). True when it was closed now.

    Inside a transaction. The lock makes the last two judgements of one dossier wait for each other: without it
    each would find the other's place still empty.
    """
    dag = dag_van(moment)
    vast = (
        Beschikking.objects.select_for_update(of=("self",)).select_related("gemeente").get(pk=beschikking.pk)
    )
    gebieden = vast.toewijzingen.exclude(status=ToewijzingStatus.VERWIJDERD)
    if vast.status != BeschikkingStatus.LOPEND or not gebieden.exists() or _open_gebieden(vast, dag).exists():
        return False
    Beschikking.objects.filter(pk=vast.pk).update(
        status=BeschikkingStatus.GESLOTEN,
        gesloten_op=moment,
        gesloten_door=door,
        vernietigen_na_datum=_bewaren_tot(vast, dag),
        versie=F("versie") + 1,
    )
    _log("dossier.sluiten", vast, door)
    return True


def _bewaren_tot(beschikking: Beschikking, dag: date) -> date:
    """By the term of the municipality. A longer one that was set before it was opened again stays (U15)."""
    tot = volgens_gemeente(beschikking, dag)
    laatste = Bewaarwijziging.objects.filter(beschikking=beschikking).order_by("-pk").first()
    return max(tot, laatste.naar_datum) if laatste else tot


def _log(actie: str, beschikking: Beschikking, door: Gebruiker | None) -> None:
    leg_vast(
        actie=actie,
        door=door,
        object_soort="beschikking",
        object_kenmerk=beschikking.kenmerk,
        gemeente_id=beschikking.gemeente_id,
        client_index=bytes(beschikking.client.bsn_index),
        doel="Wmo: dossier afronden",
    )


def sluit_afgelopen(*, vandaag: date, moment: datetime, hoogstens: int = 1_000) -> int:
    """Close what was judged before its care had ended, now that it has: for a daily job. Gives dossiers closed.

    Once per dossier a transaction, so that one that fails keeps no other waiting.
    """
    oordeel = Resultaat.objects.actueel().filter(toewijzing=OuterRef("pk"), vervolg__in=EINDIGT, stap=None)
    klaar = Toewijzing.objects.filter(
        afgelopen(vandaag), Exists(oordeel), status=ToewijzingStatus.LOPEND
    ).order_by("pk")
    dicht = 0
    for toewijzing in klaar.select_related("beschikking")[:hoogstens]:
        with transaction.atomic():
            sluit_toewijzing(toewijzing=toewijzing, dag=vandaag)
            dicht += sluit_als_klaar(beschikking=toewijzing.beschikking, door=None, moment=moment)
    return dicht
