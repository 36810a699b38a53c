"""Finishing a monitoring moment and setting the next one (H5 §2; R18-R20)."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, ToewijzingStatus
from beschikkingen.models import Monitoringsmoment, Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker
from resultaat.models import Gesprek, Resultaat


class MomentFout(Exception):
    """The next moment cannot be set; the message is a Dutch sentence."""


def nog_te_beoordelen(moment: Monitoringsmoment) -> list[Toewijzing]:
    """Allocations that run on the monitoring day and have no judgement of that moment yet (R18)."""
    oordeel = Resultaat.objects.actueel().filter(
        Q(monitoringsmoment=moment) | Q(monitoringsmoment=None, stap=None), toewijzing=OuterRef("pk")
    )
    return list(
        Toewijzing.objects.filter(
            ~Exists(oordeel), beschikking_id=moment.beschikking_id, status=ToewijzingStatus.LOPEND
        )
        .lopend_op(moment.datum)
        .exclude(leveringsvorm=Leveringsvorm.PGB)
    )


def rond_moment_af(
    *, gedaan: Monitoringsmoment, volgende: date | None, door: Gebruiker, moment: datetime
) -> bool:
    """Finish the moment when every resultaatgebied is judged; while care goes on a next one is set (R20).

    Inside the transaction of the judgement. The date is the one given, else the one agreed in the talk; without either
    the decision appears on the worklist as one without a moment. True when it was finished now. Raises MomentFout
    when the date is not later.
    """
    if gedaan.afgerond_op or nog_te_beoordelen(gedaan):
        return False
    Monitoringsmoment.objects.filter(pk=gedaan.pk, afgerond_op__isnull=True).update(
        afgerond_op=moment, afgerond_door=door
    )
    datum = volgende or _afgesproken(gedaan)
    if datum and _loopt_door(gedaan):
        zet_volgend_moment(na=gedaan, datum=datum, door=door)
    return True


def _loopt_door(gedaan: Monitoringsmoment) -> bool:
    return (
        Toewijzing.objects.filter(beschikking_id=gedaan.beschikking_id, status=ToewijzingStatus.LOPEND)
        .filter(beschikking__status=BeschikkingStatus.LOPEND)
        .lopend_op(gedaan.datum)
        .exists()
    )


def _afgesproken(gedaan: Monitoringsmoment) -> date | None:
    gesprekken = Gesprek.objects.filter(monitoringsmoment=gedaan, volgend_moment_datum__isnull=False)
    laatste = gesprekken.order_by("-datum", "-pk").first()
    return laatste.volgend_moment_datum if laatste else None


def zet_volgend_moment(*, na: Monitoringsmoment, datum: date, door: Gebruiker) -> Monitoringsmoment:
    """One open moment per decision: `na` is finished. Raises MomentFout when the date is not later."""
    if datum <= na.datum:
        raise MomentFout(
            f"Het volgende monitoringsmoment ({datum:%d-%m-%Y}) ligt niet na dit moment ({na.datum:%d-%m-%Y}). "
            "Kies een latere datum."
        )
    nieuw = Monitoringsmoment.objects.create(
        gemeente_id=na.gemeente_id, beschikking_id=na.beschikking_id, datum=datum
    )
    leg_vast(
        actie="monitoringsmoment.plannen",
        door=door,
        object_soort="beschikking",
        object_kenmerk=na.beschikking.kenmerk,
        gemeente_id=na.gemeente_id,
        client_index=bytes(na.beschikking.client.bsn_index),
        doel="Wmo: volgend monitoringsmoment",
        details={"datum": datum.isoformat()},
    )
    return nieuw
