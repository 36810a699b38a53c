"""Advice beside decision, from the judgements that stand now: one query feeds the page and the list behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from beschikkingen.enums import Leveringsvorm
from rapportage.adviesbesluit import Besluit, verhouding
from rapportage.kpi import BEGIN
from rapportage.overzicht import Keuze
from rapportage.queries.lezers import Lezer
from rapportage.queries.sleutels import sleutel_van
from resultaat.enums import Uitkomst
from resultaat.models import Resultaat
from wmo_portal.lib.replica import leest_op_replica


@leest_op_replica
def besluiten(lezer: Lezer, keuze: Keuze) -> list[Besluit]:
    """The judgements of people in the period. Those of the monthly round are the portal's own."""
    kolommen = (
        _gekozen(lezer, keuze)
        .order_by("resultaatdatum", "pk")
        .values_list(
            "toewijzing__client__kenmerk",
            "toewijzing__client__afgeschermd",
            "gemeente__code",
            "gemeente__naam",
            "aanbieder__naam",
            "toewijzing__resultaatgebied__naam",
            "resultaatdatum",
            "uitkomst",
            "advies",
        )
    )
    return [
        Besluit(
            sleutel=sleutel_van(kenmerk),
            afgeschermd=afgeschermd,
            gemeente_code=code,
            gemeente=gemeente,
            aanbieder=aanbieder,
            gebied=gebied or "Niet vastgelegd",
            dag=dag,
            uitkomst=Uitkomst(uitkomst),
            verhouding=verhouding(advies, Uitkomst(uitkomst)),
        )
        for kenmerk, afgeschermd, code, gemeente, aanbieder, gebied, dag, uitkomst, advies in kolommen.iterator()
    ]


def _gekozen(lezer: Lezer, keuze: Keuze) -> QuerySet[Resultaat]:
    keuzen: dict[str, Sequence[Any]] = {
        "gemeente_id__in": keuze.gemeente_ids,
        "aanbieder_id__in": keuze.aanbieder_ids,
        "toewijzing__resultaatgebied_id__in": keuze.resultaatgebied_ids,
        "gemeente__regio_id__in": (keuze.regio_id,) if keuze.regio_id else (),
    }
    return (
        Resultaat.objects.visible_to(lezer)
        .actueel()
        .filter(
            resultaatdatum__gte=max(BEGIN, keuze.periode.eerste),
            resultaatdatum__lte=keuze.periode.laatste,
            geregistreerd_door__isnull=False,
        )
        .exclude(toewijzing__leveringsvorm=Leveringsvorm.PGB)
        .filter(**{veld: waarden for veld, waarden in keuzen.items() if waarden})
    )
