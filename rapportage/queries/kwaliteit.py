"""Read the stop messages of a quarter for the page about their quality (M12). Two queries, whatever their number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef

from organisaties.models import Aanbieder
from rapportage.kwaliteit import Kwaliteit, Stopfeit, kwaliteit
from rapportage.merk import AFGESCHERMD, merk
from rapportage.queries.lezers import Lezer
from rapportage.queries.sleutels import sleutel_van
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort
from stopberichten.models import Stop, ToelichtingRegel
from wmo_portal.lib.perioden import Periode
from wmo_portal.lib.replica import leest_op_replica
from wmo_portal.lib.tijd import AMSTERDAM, dag_van


@leest_op_replica
def kwaliteit_van(lezer: Lezer, periode: Periode, vandaag: date) -> list[tuple[Aanbieder, Kwaliteit]]:
    """By provider name; the period is that of receipt."""
    per = kwaliteit(feiten_van(lezer, periode), vandaag)
    return [(rij, per[rij.pk]) for rij in Aanbieder.objects.filter(pk__in=per).order_by("naam")]


def feiten_van(
    lezer: Lezer, periode: Periode, *, aanbieder_id: int | None = None, regio_id: int | None = None
) -> Iterator[Stopfeit]:
    """The messages as they were received, of everybody within reach or of one provider in one region. One query."""
    rijen = _stops(lezer, periode)
    if aanbieder_id:
        rijen = rijen.filter(aanbieder_id=aanbieder_id)
    if regio_id:
        rijen = rijen.filter(gemeente__regio_id=regio_id)
    return (_feit(rij) for rij in rijen)


def _stops(lezer: Lezer, periode: Periode) -> Any:
    """Withdrawn ones too: they are what was corrected."""
    formulier = (
        ToelichtingRegel.objects.ingediend()
        .filter(toewijzing=OuterRef("toewijzing"))
        .exclude(soort=ToelichtingSoort.WIJZIGING)
    )
    return (
        Stop.objects.visible_to(lezer)
        .filter(
            ontvangen_op__gte=_begin_van(periode.eerste),
            ontvangen_op__lt=_begin_van(periode.einde_exclusief),
        )
        .annotate(formulier_er=Exists(formulier))
        .order_by("ontvangen_op", "pk")
        .values(
            "aanbieder_id",
            "reden",
            "einddatum",
            "ontvangen_op",
            "toewijzing_id",
            "toewijzing__einddatum",
            "client_id",
            "bericht__kenmerk",
            "client__kenmerk",
            "client__afgeschermd",
            "formulier_er",
            "zonder_formulier_op",
            "ingetrokken_op",
        )
    )


def _begin_van(dag: date) -> datetime:
    return datetime.combine(dag, time.min, AMSTERDAM)


def _feit(rij: dict[str, Any]) -> Stopfeit:
    return Stopfeit(
        merk=_merk(rij),
        client_id=rij["client_id"],
        bericht=str(rij["bericht__kenmerk"] or ""),
        aanbieder_id=rij["aanbieder_id"],
        reden=RedenBeeindiging(rij["reden"]),
        einddatum=rij["einddatum"],
        ontvangen=dag_van(rij["ontvangen_op"]),
        toewijzing_eind=rij["toewijzing__einddatum"],
        gekoppeld=rij["toewijzing_id"] is not None,
        formulier_er=rij["formulier_er"],
        zonder_formulier_mag=rij["zonder_formulier_op"] is not None,
        ingetrokken=rij["ingetrokken_op"] is not None,
    )


def _merk(rij: dict[str, Any]) -> str:
    if rij["client__kenmerk"] is None:
        return "nog niet gekoppeld"
    return AFGESCHERMD if rij["client__afgeschermd"] else merk(sleutel_van(rij["client__kenmerk"]))
