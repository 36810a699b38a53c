"""Read the stop messages of a quarter for the page about their quality (M12). Two queries, whatever their number, and
one for who they are about on the page that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate

from organisaties.models import Aanbieder
from rapportage.kwaliteit import Aandacht, Kwaliteit, Punt, Stopbericht, Stopfeit, kwaliteit
from rapportage.merk import AFGESCHERMD, merk
from rapportage.queries.lezers import Lezer
from rapportage.queries.sleutels import sleutel_van
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort
from stopberichten.models import Stop, ToelichtingRegel
from wmo_portal.lib.perioden import Periode
from wmo_portal.lib.replica import leest_op_replica
from wmo_portal.lib.tijd import AMSTERDAM


@leest_op_replica
def kwaliteit_van(lezer: Lezer, periode: Periode, vandaag: date) -> list[tuple[Aanbieder, Kwaliteit]]:
    """By provider name; the period is that of receipt."""
    per = kwaliteit(berichten_van(lezer, periode), vandaag)
    return [(rij, per[rij.pk]) for rij in Aanbieder.objects.filter(pk__in=per).order_by("naam")]


def berichten_van(
    lezer: Lezer, periode: Periode, *, aanbieder_id: int | None = None, regio_id: int | None = None
) -> Iterator[Stopbericht]:
    """The messages as they were received, of everybody within reach or of one provider in one region. One query."""
    rijen = _stops(lezer, periode)
    if aanbieder_id:
        rijen = rijen.filter(aanbieder_id=aanbieder_id)
    if regio_id:
        rijen = rijen.filter(gemeente__regio_id=regio_id)
    return (_bericht(*rij) for rij in rijen)


def _stops(lezer: Lezer, periode: Periode) -> Any:
    """Withdrawn ones too: they are what was corrected. Only what is judged: a client and a message are two walls each."""
    formulier = (
        ToelichtingRegel.objects.visible_to(lezer)
        .ingediend()
        .filter(toewijzing=OuterRef("toewijzing"))
        .exclude(soort=ToelichtingSoort.WIJZIGING)
    )
    return (
        Stop.objects.visible_to(lezer)
        .filter(
            ontvangen_op__gte=_begin_van(periode.eerste),
            ontvangen_op__lt=_begin_van(periode.einde_exclusief),
        )
        .annotate(dag=TruncDate("ontvangen_op", tzinfo=AMSTERDAM), formulier_er=Exists(formulier))
        .order_by("ontvangen_op", "pk")
        .values_list(
            "pk",
            "aanbieder_id",
            "reden",
            "einddatum",
            "dag",
            "toewijzing__einddatum",
            "toewijzing_id",
            "formulier_er",
            "zonder_formulier_op",
            "ingetrokken_op",
        )
    )


def _begin_van(dag: date) -> datetime:
    return datetime.combine(dag, time.min, AMSTERDAM)


def _bericht(
    stop: int,
    aanbieder_id: int,
    reden: str,
    einddatum: date,
    ontvangen: date,
    toewijzing_eind: date | None,
    toewijzing_id: int | None,
    formulier_er: bool,  # noqa: FBT001 - a column of the query above
    zonder_formulier_op: datetime | None,
    ingetrokken_op: datetime | None,
) -> Stopbericht:
    feit = Stopfeit(
        RedenBeeindiging(reden),
        einddatum,
        ontvangen,
        toewijzing_eind,
        toewijzing_id is not None,
        formulier_er,
        zonder_formulier_op is not None,
        ingetrokken_op is not None,
    )
    return Stopbericht(stop, aanbieder_id, feit)


@dataclass(frozen=True, slots=True)
class Aandachtrij:
    """A message that asks for attention, and whom it is about."""

    stop: int
    merk: str
    client_id: int | None
    bericht: str
    """Random mark of the message, for who may open it: the provider that sent it."""
    feit: Stopfeit
    punten: tuple[tuple[Punt, str], ...]


def met_wie(lezer: Lezer, aandacht: Sequence[Aandacht]) -> list[Aandachtrij]:
    """For the messages that are shown, without what was destroyed since. One query."""
    rijen = (
        Stop.objects.visible_to(lezer)
        .filter(pk__in=[rij.stop for rij in aandacht])
        .values("pk", "client_id", "bericht__kenmerk", "client__kenmerk", "client__afgeschermd")
    )
    per = {rij["pk"]: rij for rij in rijen}
    return [
        Aandachtrij(
            rij.stop,
            _merk(wie["client__kenmerk"], wie["client__afgeschermd"]),
            wie["client_id"],
            str(wie["bericht__kenmerk"] or ""),
            rij.feit,
            rij.punten,
        )
        for rij in aandacht
        if (wie := per.get(rij.stop))
    ]


def _merk(client: UUID | None, afgeschermd: bool | None) -> str:  # noqa: FBT001 - two columns of one row
    if client is None:
        return "nog niet gekoppeld"
    return AFGESCHERMD if afgeschermd else merk(sleutel_van(client))
