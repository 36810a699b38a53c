"""Fill the report "resultaat behaald" from the judgements that stand now (R1; eisen, ambiguities 3-5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from beschikkingen.enums import Leveringsvorm, Perspectief
from rapportage.kpi import BEGIN, Aandeel, Dimensie, Oordeel, Waarde, aandeel, alle_gebieden, per_reden
from rapportage.overzicht import Keuze
from rapportage.queries.lezers import Lezer
from rapportage.queries.sleutels import sleutel_van
from resultaat.enums import Uitkomst
from resultaat.models import RedenOptie, Resultaat
from wmo_portal.lib.perioden import Kwartaal, Periode
from wmo_portal.lib.replica import leest_op_replica

EINDE, MONITORING, TUSSENSTAP = (
    Waarde("einde", "Einde van de zorg of beschikking"),
    Waarde("monitoring", "Monitoringsmoment"),
    Waarde("tussenstap", "Tussenstap van een getrapte indicatie"),
)
MOMENTEN = (EINDE, MONITORING, TUSSENSTAP)
ONBEKEND = Waarde("onbekend", "Niet vastgelegd")


@dataclass(frozen=True, slots=True)
class Verfijning:
    """Filters that only this report has. Empty tuples mean all."""

    perspectieven: tuple[str, ...] = ()
    treden: tuple[int, ...] = ()
    momenten: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultaatBehaald:
    """The report. `alle` reaches further back than the period, for the trend."""

    keuze: Keuze
    alle: tuple[Oordeel, ...]
    redenteksten: dict[str, str]

    @cached_property
    def oordelen(self) -> tuple[Oordeel, ...]:
        return self.in_periode(self.keuze.periode)

    def in_periode(self, periode: Periode) -> tuple[Oordeel, ...]:
        return tuple(oordeel for oordeel in self.alle if oordeel.dag in periode)

    def cel(
        self,
        dimensie: Dimensie | None = None,
        code: str = "",
        *,
        uitkomst: Uitkomst | None = None,
        reden: str = "",
    ) -> tuple[Oordeel, ...]:
        """The judgements behind a figure."""
        return tuple(
            o
            for o in self.oordelen
            if (dimensie is None or o.plaats[dimensie].code == code)
            and (uitkomst is None or o.uitkomst is uitkomst)
            and (not reden or reden in o.redenen)
        )

    def verdeling(self, dimensie: Dimensie) -> list[tuple[Waarde, Aandeel]]:
        """A row per value that occurs in the period, by name; each the outcomes of its `cel`, in one pass."""
        per: dict[Waarde, list[Uitkomst]] = defaultdict(list)
        for oordeel in self.oordelen:
            per[oordeel.plaats[dimensie]].append(oordeel.uitkomst)
        waarden = sorted(per, key=lambda w: (w.label, w.code))
        return [(waarde, aandeel(per[waarde])) for waarde in waarden]

    @cached_property
    def totaal(self) -> Aandeel:
        return aandeel(oordeel.uitkomst for oordeel in self.oordelen)

    @cached_property
    def per_client(self) -> tuple[Any, Any, int]:
        return alle_gebieden(self.oordelen)

    @cached_property
    def redenen(self) -> list[tuple[Uitkomst, str, str, int]]:
        """Outcome, code, text and number."""
        gevonden = per_reden(self.oordelen).items()
        return [(uitkomst, code, self.redenteksten.get(code, code), n) for (uitkomst, code), n in gevonden]

    def verloop(self, kwartalen: Sequence[Kwartaal]) -> list[tuple[Kwartaal, Aandeel]]:
        return [(k, aandeel(o.uitkomst for o in self.in_periode(k.periode))) for k in kwartalen]


@leest_op_replica
def resultaat_behaald(
    lezer: Lezer, keuze: Keuze, verfijning: Verfijning | None = None, *, vanaf: date | None = None
) -> ResultaatBehaald:
    """Two queries. `vanaf`: read from this day on, for the trend; never from before the KPI began (R1)."""
    eerste = max(BEGIN, min(vanaf or keuze.periode.eerste, keuze.periode.eerste))
    kolommen = _rijen(lezer, keuze, verfijning or Verfijning(), eerste).values_list(*KOLOMMEN)
    rijen = [_Rij(*kolom) for kolom in kolommen.iterator()]
    meer_regios = len({rij.regio_id for rij in rijen}) > 1
    redenteksten = dict(RedenOptie.objects.order_by("pk").values_list("code", "tekst"))
    maak = _Maker(meer_regios=meer_regios)
    return ResultaatBehaald(keuze, tuple(map(maak.oordeel, rijen)), redenteksten)


def _rijen(lezer: Lezer, keuze: Keuze, verfijning: Verfijning, eerste: date) -> QuerySet[Resultaat]:
    """PGB is left out: the werkwijze is about care in kind (eisen, ambiguity 12)."""
    rijen = (
        Resultaat.objects.visible_to(lezer)
        .actueel()
        .filter(resultaatdatum__gte=eerste, resultaatdatum__lte=keuze.periode.laatste)
        .exclude(toewijzing__leveringsvorm=Leveringsvorm.PGB)
    )
    keuzen: dict[str, Sequence[Any]] = {
        "gemeente_id__in": keuze.gemeente_ids,
        "aanbieder_id__in": keuze.aanbieder_ids,
        "toewijzing__resultaatgebied_id__in": keuze.resultaatgebied_ids,
        "toewijzing__perspectief__in": verfijning.perspectieven,
        "toewijzing__trede_id__in": verfijning.treden,
        "gemeente__regio_id__in": (keuze.regio_id,) if keuze.regio_id else (),
    }
    rijen = rijen.filter(**{veld: waarden for veld, waarden in keuzen.items() if waarden})
    for moment in set(w.code for w in MOMENTEN) - set(verfijning.momenten or [w.code for w in MOMENTEN]):
        rijen = rijen.exclude(**_MOMENT[moment])
    return rijen.order_by("resultaatdatum", "pk")


_MOMENT: dict[str, dict[str, bool]] = {
    EINDE.code: {"stap__isnull": True, "monitoringsmoment__isnull": True},
    MONITORING.code: {"stap__isnull": True, "monitoringsmoment__isnull": False},
    TUSSENSTAP.code: {"stap__isnull": False},
}


class _Rij(NamedTuple):
    """The columns of one judgement; a region judges tens of thousands in a year, as models that is nine objects each."""

    pk: int
    dag: date
    uitkomst: str
    redenen: list[str]
    stap_id: int | None
    moment_id: int | None
    toewijzing_id: int
    perspectief: str
    client: UUID
    afgeschermd: bool
    regio_id: int | None
    gemeente: str
    gemeentenaam: str
    aanbieder: str
    aanbiedernaam: str
    gebiedregio: str | None
    gebiedregionaam: str | None
    gebied: str | None
    gebiednaam: str | None
    trederegio: str | None
    trederegionaam: str | None
    zwaarte: int | None
    tredenaam: str | None


KOLOMMEN: Final = (
    "pk", "resultaatdatum", "uitkomst", "redenen", "stap_id", "monitoringsmoment_id",
    "toewijzing_id", "toewijzing__perspectief", "toewijzing__client__kenmerk", "toewijzing__client__afgeschermd",
    "gemeente__regio_id", "gemeente__code", "gemeente__naam", "aanbieder__agb", "aanbieder__naam",
    "toewijzing__resultaatgebied__regio__code", "toewijzing__resultaatgebied__regio__naam",
    "toewijzing__resultaatgebied__code", "toewijzing__resultaatgebied__naam",
    "toewijzing__trede__regio__code", "toewijzing__trede__regio__naam",
    "toewijzing__trede__zwaarte", "toewijzing__trede__naam",
)  # fmt: skip


class _Maker:
    """Makes judgements; each value of a dimension once, however many judgements share it."""

    def __init__(self, *, meer_regios: bool) -> None:
        self._meer_regios = meer_regios
        self._waarde = cache(Waarde)

    def oordeel(self, rij: _Rij) -> Oordeel:
        perspectief = Perspectief(rij.perspectief)
        return Oordeel(
            sleutel=sleutel_van(rij.client),
            afgeschermd=rij.afgeschermd,
            toewijzing=rij.toewijzing_id,
            dag=rij.dag,
            uitkomst=Uitkomst(rij.uitkomst),
            redenen=tuple(rij.redenen),
            volgorde=rij.pk,
            plaats={
                Dimensie.GEMEENTE: self._waarde(rij.gemeente, rij.gemeentenaam),
                Dimensie.AANBIEDER: self._waarde(rij.aanbieder, rij.aanbiedernaam),
                Dimensie.RESULTAATGEBIED: self._van_regio(
                    rij.gebiedregio, rij.gebiedregionaam, rij.gebied, rij.gebiednaam
                ),
                Dimensie.TREDE: self._van_regio(
                    rij.trederegio, rij.trederegionaam, rij.zwaarte, rij.tredenaam
                ),
                Dimensie.PERSPECTIEF: self._waarde(perspectief.value, perspectief.label),
                Dimensie.MOMENT: _moment(rij),
            },
        )

    def _van_regio(
        self, regio: str | None, regionaam: str | None, code: str | int | None, naam: str | None
    ) -> Waarde:
        """Two regions may use one name for two things."""
        if regio is None:
            return ONBEKEND
        return self._waarde(f"{regio}.{code}", f"{naam} ({regionaam})" if self._meer_regios else str(naam))


def _moment(rij: _Rij) -> Waarde:
    if rij.stap_id:
        return TUSSENSTAP
    return MONITORING if rij.moment_id else EINDE
