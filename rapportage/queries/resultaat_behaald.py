"""Fill the report "resultaat behaald" from the judgements that stand now (R1; eisen, ambiguities 3-5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from beschikkingen.enums import Leveringsvorm, Perspectief
from organisaties.models import Resultaatgebied, Trede
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
        """A row per value that occurs in the period, by name."""
        waarden = sorted({o.plaats[dimensie] for o in self.oordelen}, key=lambda w: (w.label, w.code))
        return [(w, aandeel(o.uitkomst for o in self.cel(dimensie, w.code))) for w in waarden]

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
    rijen = list(_rijen(lezer, keuze, verfijning or Verfijning(), eerste))
    meer_regios = len({rij.gemeente.regio_id for rij in rijen}) > 1
    redenteksten = dict(RedenOptie.objects.order_by("pk").values_list("code", "tekst"))
    return ResultaatBehaald(
        keuze, tuple(_oordeel(rij, meer_regios=meer_regios) for rij in rijen), redenteksten
    )


def _rijen(lezer: Lezer, keuze: Keuze, verfijning: Verfijning, eerste: date) -> Iterable[Resultaat]:
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
    return rijen.select_related(
        "gemeente",
        "aanbieder",
        "toewijzing__client",
        "toewijzing__resultaatgebied__regio",
        "toewijzing__trede__regio",
    ).order_by("resultaatdatum", "pk")


_MOMENT: dict[str, dict[str, bool]] = {
    EINDE.code: {"stap__isnull": True, "monitoringsmoment__isnull": True},
    MONITORING.code: {"stap__isnull": True, "monitoringsmoment__isnull": False},
    TUSSENSTAP.code: {"stap__isnull": False},
}


def _met_regio(rij: Resultaatgebied | Trede, *, meer_regios: bool) -> str:
    """Two regions may use one name for two things."""
    return f"{rij.naam} ({rij.regio.naam})" if meer_regios else rij.naam


def _oordeel(rij: Resultaat, *, meer_regios: bool) -> Oordeel:
    toewijzing = rij.toewijzing
    gebied, trede = toewijzing.resultaatgebied, toewijzing.trede
    perspectief = Perspectief(toewijzing.perspectief)
    return Oordeel(
        sleutel=sleutel_van(toewijzing.client.kenmerk),
        afgeschermd=toewijzing.client.afgeschermd,
        toewijzing=toewijzing.pk,
        dag=rij.resultaatdatum,
        uitkomst=Uitkomst(rij.uitkomst),
        redenen=tuple(rij.redenen),
        volgorde=rij.pk,
        plaats={
            Dimensie.GEMEENTE: Waarde(rij.gemeente.code, rij.gemeente.naam),
            Dimensie.AANBIEDER: Waarde(rij.aanbieder.agb, rij.aanbieder.naam),
            Dimensie.RESULTAATGEBIED: (
                Waarde(f"{gebied.regio.code}.{gebied.code}", _met_regio(gebied, meer_regios=meer_regios))
                if gebied
                else ONBEKEND
            ),
            Dimensie.TREDE: (
                Waarde(f"{trede.regio.code}.{trede.zwaarte}", _met_regio(trede, meer_regios=meer_regios))
                if trede
                else ONBEKEND
            ),
            Dimensie.PERSPECTIEF: Waarde(perspectief.value, perspectief.label),
            Dimensie.MOMENT: _moment(rij),
        },
    )


def _moment(rij: Resultaat) -> Waarde:
    if rij.stap_id:
        return TUSSENSTAP
    return MONITORING if rij.monitoringsmoment_id else EINDE
