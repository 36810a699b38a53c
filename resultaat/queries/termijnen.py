"""The 8-week deadlines that stand open, derived from state (R59-R65): for the reminders and for the radar.

Three queries that each walk an index by date: allocations by their own end date, those without one by that of
the decision, and those of a decision without end date by its open monitoring moment. What a deadline is, is
arithmetic and stands in `beschikkingen.termijnen`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from beschikkingen.enums import (
    BeschikkingStatus,
    Leveringsvorm,
    SoortBeschikking,
    ToewijzingStatus,
    Vervulling,
)
from beschikkingen.models import Monitoringsmoment, Toewijzing
from beschikkingen.termijnen import Plicht, Termijn, deadline, geen_herinnering_omdat
from organisaties.models import Aanbieder, Gebruiker
from resultaat.models import Evaluatie, Resultaat, TermijnVrijstelling
from resultaat.queries.per_rij import van_de_rij
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort
from stopberichten.models import Levering, Stop, ToelichtingRegel
from wmo_portal.lib.een_van import een_van
from wmo_portal.lib.opgeschreven import Opgeschreven, rijen_van, schrijf_op
from wmo_portal.lib.tijd import dag_van

VOORUIT_WEKEN: Final = 26
"""How far the radar looks ahead (M4)."""
TERUG_DAGEN: Final = 365
"""Deadlines whose end date lies further back are history."""
HALF_JAAR: Final = timedelta(days=182)
"""A document from before that is about an earlier end date [I]."""

NUMMERS: Final = (-1,)
"""In a question that is kept: the place of the numbers it will be asked about (`een_van`)."""
_GEEN: Final = Value(None, output_field=DateTimeField())
KOLOMMEN: Final = (
    "pk",
    "client_id",
    "gemeente_id",
    "aanbieder_id",
    "leveringsvorm",
    "ingangsdatum",
    "doel",
    "bekend_op",
    "vorige_op",
    "monitoringsmoment_id",
    "tussenstap",
    "gestopt",
    "evaluatie_datum",
    "uitstroom_op",
    "beschikking__registratiedatum",
    "aanbieder_naam",
    "gemeente__naam",
    "gemeente__evaluatiedocument",
    "gemeente__verkort_dagen",
)
"""What decides, of every row; and the names by which is chosen."""
OVER_WIE: Final = (
    "kenmerk",
    "toewijzingnummer",
    "beschikking__kenmerk",
    "client__afgeschermd",
    "client__voorletters",
    "client__voorvoegsel",
    "client__achternaam",
    "client__bsn_index",
    "client__behandelaar__naam",
    "resultaatgebied__naam",
)
"""What is said of whom, only of the rows that are shown (`met_namen`)."""


@dataclass(frozen=True, slots=True)
class OpenTermijn:
    """One allocation with the deadline of its next end or monitoring moment."""

    rij: dict[str, Any]
    termijn: Termijn
    plicht: Plicht
    vrijgesteld: bool

    @property
    def reden(self) -> str | None:
        """Why nothing is asked (any more), as a sentence; None while the document is to be sent."""
        return geen_herinnering_omdat(self.plicht)

    @property
    def pk(self) -> int:
        return int(self.rij["pk"])


def termijnen(basis: QuerySet[Toewijzing], *, doel_van: date, doel_tot: date) -> list[OpenTermijn]:
    """The deadlines of running allocations with their end or monitoring date in that range, by deadline.

    Allocations that have their result are left out; stopped ones and met duties are in, with the reason. Costs
    four queries, whatever the number of rows.
    """
    return lees(vraag(basis, doel_van=doel_van, doel_tot=doel_tot))


@dataclass(frozen=True, slots=True)
class Vraag:
    """What is asked, written down; not what is found. To write it costs more than to read a few dozen rows."""

    takken: tuple[Opgeschreven, ...]
    vrijgesteld: Opgeschreven | None

    def over(self, nummers: Iterable[int]) -> Vraag:
        """The same about these allocations, where it was written down about `NUMMERS`."""
        hun, hier = list(nummers), list(NUMMERS)

        def vul(gevraagd: Opgeschreven) -> Opgeschreven:
            return gevraagd[0], tuple(hun if waarde == hier else waarde for waarde in gevraagd[1])

        return Vraag(tuple(map(vul, self.takken)), vul(self.vrijgesteld) if self.vrijgesteld else None)


def vraag(
    basis: QuerySet[Toewijzing], *, doel_van: date, doel_tot: date, zonder_klaar_voor: date | None = None
) -> Vraag:
    """`zonder_klaar_voor`: without what ended before this day of which nothing is asked, because care has stopped or it
    was a step on the way. Of a whole year back that is nearly everything."""
    takken = [tak(basis, doel_van, doel_tot) for tak in _TAKKEN]
    if zonder_klaar_voor:
        loopt = ~Q(_is_tussenstap()) & ~Q(Exists(_definitieve_stop()))
        takken = [rijen.filter(Q(doel__gte=zonder_klaar_voor) | loopt) for rijen in takken]
    gevraagd = (schrijf_op(_waarden(rijen)) for rijen in takken)
    return Vraag(tuple(tak for tak in gevraagd if tak), schrijf_op(_vrijstellingen(basis)))


def lees(gevraagd: Vraag) -> list[OpenTermijn]:
    rijen = [dict(zip(KOLOMMEN, rij, strict=True)) for tak in gevraagd.takken for rij in rijen_van(tak)]
    vrij = set(rijen_van(gevraagd.vrijgesteld)) if gevraagd.vrijgesteld else set()
    gevonden = (_als_termijn(rij, vrij) for rij in rijen)
    return sorted(gevonden, key=lambda t: (t.termijn.datum, t.pk))


def met_namen(wie: Gebruiker, gevonden: Iterable[OpenTermijn]) -> tuple[OpenTermijn, ...]:
    """These rows with what is said of them (`OVER_WIE`), in their order. One query."""
    rijen = tuple(gevonden)
    hun = Toewijzing.objects.visible_to(wie).filter(een_van("pk", {t.pk for t in rijen}))
    per = {rij["pk"]: rij for rij in hun.values("pk", *OVER_WIE)}
    return tuple(replace(t, rij=t.rij | per[t.pk]) for t in rijen)


def venster(vandaag: date, *, vooruit_weken: int = VOORUIT_WEKEN) -> tuple[date, date]:
    """The end dates whose deadlines may matter on this day: from a year back to `vooruit_weken` after the 8 weeks."""
    return vandaag - timedelta(days=TERUG_DAGEN), vandaag + timedelta(weeks=vooruit_weken + 8, days=7)


# --- The three ways in ---------------------------------------------------------------------------------------------
def _lopend(basis: QuerySet[Toewijzing]) -> QuerySet[Toewijzing]:
    return basis.filter(status=ToewijzingStatus.LOPEND, beschikking__status=BeschikkingStatus.LOPEND)


def _open_moment() -> Exists:
    return Exists(Monitoringsmoment.objects.open().filter(beschikking_id=OuterRef("beschikking_id")))


def _met_einddatum(basis: QuerySet[Toewijzing], van: date, tot: date) -> QuerySet[Toewijzing]:
    """By the allocation's own end date, unless its decision is watched by monitoring moments (H5 §2)."""
    rijen = _lopend(basis).filter(einddatum__gte=van, einddatum__lte=tot)
    rijen = rijen.exclude(Q(beschikking__soort=SoortBeschikking.ZONDER_EINDDATUM) & Q(_open_moment()))
    return _zonder_moment(rijen, "einddatum").annotate(bekend_op=Subquery(_laatste_wijziging()))


def _einddatum_van_beschikking(basis: QuerySet[Toewijzing], van: date, tot: date) -> QuerySet[Toewijzing]:
    rijen = _lopend(basis).filter(
        einddatum__isnull=True, beschikking__einddatum__gte=van, beschikking__einddatum__lte=tot
    )
    return _zonder_moment(rijen, "beschikking__einddatum").annotate(bekend_op=_GEEN)


def _met_monitoring(basis: QuerySet[Toewijzing], van: date, tot: date) -> QuerySet[Toewijzing]:
    """By the open monitoring moment of a decision without end date. An allocation that ends before it is not asked."""
    rijen = _lopend(basis).filter(
        beschikking__soort=SoortBeschikking.ZONDER_EINDDATUM,
        beschikking__monitoringsmomenten__afgerond_op__isnull=True,
        beschikking__monitoringsmomenten__datum__gte=van,
        beschikking__monitoringsmomenten__datum__lte=tot,
    )
    vorige = (
        Monitoringsmoment.objects.filter(beschikking_id=OuterRef("beschikking_id"), afgerond_op__isnull=False)
        .order_by()
        .values("beschikking_id")
        .annotate(laatste=Max("afgerond_op"))
        .values("laatste")
    )
    rijen = rijen.annotate(
        doel=F("beschikking__monitoringsmomenten__datum"),
        monitoringsmoment_id=F("beschikking__monitoringsmomenten__pk"),
        vorige_op=Subquery(vorige),
        bekend_op=_GEEN,
    ).filter(Q(einddatum__isnull=True) | Q(einddatum__gte=F("doel")))
    geoordeeld = Resultaat.objects.actueel().filter(
        Q(monitoringsmoment=OuterRef("monitoringsmoment_id")) | Q(monitoringsmoment=None, stap=None),
        toewijzing=OuterRef("pk"),
    )
    return rijen.filter(~Exists(geoordeeld))


_TAKKEN: Final = (_met_einddatum, _einddatum_van_beschikking, _met_monitoring)


def _zonder_moment(rijen: QuerySet[Toewijzing], doel: str) -> QuerySet[Toewijzing]:
    geoordeeld = Resultaat.objects.actueel().filter(
        toewijzing=OuterRef("pk"), stap=None, monitoringsmoment=None
    )
    return rijen.filter(~Exists(geoordeeld)).annotate(
        doel=Cast(F(doel), DateField()),
        monitoringsmoment_id=Value(None, output_field=IntegerField()),
        vorige_op=_GEEN,
    )


# --- Facts of one allocation -----------------------------------------------------------------------------------------
def _waarden(rijen: QuerySet[Toewijzing]) -> QuerySet[Toewijzing, tuple[Any, ...]]:
    met_feiten = rijen.annotate(
        tussenstap=_is_tussenstap(),
        gestopt=Exists(_definitieve_stop()),
        evaluatie_datum=Subquery(_laatste_evaluatie()),
        uitstroom_op=Subquery(_laatste_formulier()),
        # Not by a join: beside what the rest is thought to cost PostgreSQL lays every provider beside every row.
        aanbieder_naam=Subquery(
            Aanbieder.objects.filter(pk=OuterRef("aanbieder_id")).order_by().values("naam")
        ),
    )
    return met_feiten.order_by().values_list(*KOLOMMEN)


def _laatste_wijziging() -> QuerySet[Any]:
    """When the present end date became known: the last change away from another one (change log; R62, R63)."""
    spoor: QuerySet[Any] = apps.get_model("beschikkingen", "ToewijzingEvent")._default_manager.all()
    andere = spoor.filter(pgh_obj_id=OuterRef("pk")).exclude(einddatum=OuterRef("einddatum")).order_by()
    laatste: QuerySet[Any] = (
        andere.values("pgh_obj_id").annotate(laatste=Max("pgh_created_at")).values("laatste")
    )
    return laatste


def _is_tussenstap() -> Case:
    """Of a stepped indication whose steps are allocations of their own there is a next one (R25). Of others none is
    looked for: `case` keeps to its order."""
    volgende = Toewijzing.objects.filter(
        **van_de_rij("beschikking", "beschikking"),
        resultaatgebied_id=OuterRef("resultaatgebied_id"),
        ingangsdatum__gt=OuterRef("einddatum"),
    ).exclude(status=ToewijzingStatus.VERWIJDERD)
    getrapt = When(beschikking__soort=SoortBeschikking.GETRAPT, then=Exists(volgende))
    return Case(getrapt, default=Value(value=False), output_field=BooleanField())


def _definitieve_stop() -> QuerySet[Stop]:
    """A stop for good after which care did not start again (R64)."""
    opnieuw = Levering.objects.geldig().filter(
        toewijzing_id=OuterRef("toewijzing_id"),
        begindatum__gte=OuterRef("einddatum"),
        begindatum__gt=OuterRef("begindatum"),
    )
    return (
        Stop.objects.geldig()
        .filter(**van_de_rij())
        .exclude(reden=RedenBeeindiging.TIJDELIJK)
        .filter(~Exists(opnieuw))
    )


def _laatste_evaluatie() -> QuerySet[Any]:
    return (
        Evaluatie.objects.geldig()
        .filter(toewijzing=OuterRef("pk"))
        .filter(Q(monitoringsmoment=None) | Q(monitoringsmoment=OuterRef("monitoringsmoment_id")))
        .order_by()
        .values("toewijzing_id")
        .annotate(laatste=Max("ontvangen_datum"))
        .values("laatste")
    )


def _laatste_formulier() -> QuerySet[Any]:
    return (
        ToelichtingRegel.objects.ingediend()
        .filter(toewijzing=OuterRef("pk"), soort=ToelichtingSoort.BEEINDIGING)
        .order_by()
        .values("toewijzing_id")
        .annotate(laatste=Max("toelichting__ingediend_op"))
        .values("laatste")
    )


def _vrijstellingen(basis: QuerySet[Toewijzing]) -> QuerySet[TermijnVrijstelling, tuple[int, date]]:
    """Of all of them, by what they were found by: naming thousands of numbers costs more than reading these."""
    gevonden = TermijnVrijstelling.objects.filter(toewijzing__in=basis.order_by().values("pk"))
    return gevonden.values_list("toewijzing_id", "termijn_datum")


def _als_termijn(rij: dict[str, Any], vrij: set[tuple[int, date]]) -> OpenTermijn:
    dagen = (rij["beschikking__registratiedatum"], _dag(rij["bekend_op"]), _dag(rij["vorige_op"]))
    termijn = deadline(
        rij["doel"],
        registratiedatum=max(dag for dag in dagen if dag),
        verkort_dagen=rij["gemeente__verkort_dagen"],
        begindatum=rij["ingangsdatum"],
    )
    vrijgesteld = (rij["pk"], termijn.datum) in vrij
    plicht = Plicht(
        leveringsvorm=Leveringsvorm(rij["leveringsvorm"]),
        tussenstap=rij["tussenstap"],
        gestopt=rij["gestopt"],
        vervulling=_vervulling(rij, termijn, vrijgesteld=vrijgesteld),
    )
    return OpenTermijn(rij, termijn, plicht, vrijgesteld)


def _vervulling(rij: dict[str, Any], termijn: Termijn, *, vrijgesteld: bool) -> Vervulling | None:
    """How the duty was met for *this* end date: what came long before it was about another one (R61, R63)."""
    vanaf = termijn.vanaf if rij["vorige_op"] else min(termijn.vanaf, termijn.doel - HALF_JAAR)
    if rij["evaluatie_datum"] and rij["evaluatie_datum"] >= vanaf:
        return Vervulling.DOCUMENT
    uitstroom = _dag(rij["uitstroom_op"])
    if uitstroom and uitstroom >= vanaf:
        return Vervulling.UITSTROOM
    return Vervulling.NIET_NODIG if vrijgesteld else None


def _dag(op: datetime | None) -> date | None:
    return dag_van(op) if op else None
