"""Lists of Toelichtingen, and the pairs that miss their other half (R56). Each a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from beschikkingen.enums import Leveringsvorm, ToewijzingStatus
from organisaties.models import Gebruiker
from stopberichten.codes import codes_met
from stopberichten.enums import Formulierplicht, ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, Toelichting, ToelichtingRegel
from stopberichten.queries_toelichting import ONDERWEG
from stopberichten.toelichtingregels import om_voor
from wmo_portal.lib.keuzes import Keuze
from wmo_portal.lib.tijd import AMSTERDAM

PER_BLAD: Final = 50
M = TypeVar("M", bound=models.Model)


class Staat(Keuze):
    """The filters of the list, as a person thinks of them."""

    CONCEPT = "concept", "Concept"
    INGEDIEND = "ingediend", "Ingediend"
    VRAAG = "vraag", "Met vraag"
    ZORGPLAN = "zorgplan", "Zorgplan nog sturen"
    AFGEHANDELD = "afgehandeld", "Afgehandeld"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


_T = ToelichtingStatus
FILTER: Final = {
    Staat.CONCEPT: Q(status=_T.CONCEPT),
    Staat.INGEDIEND: Q(status__in=[_T.INGEDIEND, _T.IN_BEHANDELING]),
    Staat.VRAAG: Q(status=_T.INFO_GEVRAAGD),
    Staat.ZORGPLAN: Q(status__in=ONDERWEG, zorgplan_later=True, zorgplan__isnull=True),
    Staat.AFGEHANDELD: Q(status=_T.AFGEHANDELD),
    Staat.INGETROKKEN: Q(status=_T.INGETROKKEN),
}


def staten_voor(gebruiker: Gebruiker) -> tuple[Staat, ...]:
    """A municipality sees no drafts, so it has no tab for them."""
    return tuple(staat for staat in Staat if gebruiker.aanbieder_id or staat is not Staat.CONCEPT)


def toelichtingen(gebruiker: Gebruiker, staat: Staat) -> QuerySet[Toelichting]:
    """The forms in one state, with who and which areas. Shielded clients are named by their number only (R112)."""
    return (
        Toelichting.objects.visible_to(gebruiker)
        .filter(FILTER[staat])
        .select_related("client", "gemeente", "aanbieder", "beschikking", "aangemaakt_door")
        .prefetch_related(_regels())
    )


def _regels() -> Prefetch[Any]:
    regels = ToelichtingRegel.objects.filter(overslaan=False).select_related("toewijzing__resultaatgebied")
    return Prefetch(
        "regels", regels.order_by("toewijzing__resultaatgebied__volgorde", "pk"), to_attr="gebieden"
    )


def aantallen(gebruiker: Gebruiker) -> dict[Staat, int]:
    """How many in each state. One query."""
    tel = {staat.value: Count("pk", filter=FILTER[staat]) for staat in Staat}
    geteld = Toelichting.objects.visible_to(gebruiker).aggregate(**tel)
    return {staat: geteld[staat.value] for staat in Staat}


# --- Pairs -----------------------------------------------------------------------------------------------------------
def _begin_van(dag: date) -> datetime:
    return datetime.combine(dag, time.min, AMSTERDAM)


def _toewijzing_van(lezer: Gebruiker) -> Q:
    """The allocation is his too. The wall sees to that, but a plan is made without looking through it: this halves it."""
    if lezer.aanbieder_id:
        return Q(toewijzing__aanbieder=lezer.aanbieder_id)
    return Q(toewijzing__gemeente__in=lezer.gemeente_ids)


def stops_zonder_toelichting(lezer: Gebruiker, vandaag: date, *, om: bool) -> QuerySet[Stop]:
    """Which of his 307 messages ask for the form (bijlage 1) and have none."""
    return zonder_toelichting(Stop.objects.visible_to(lezer).filter(_toewijzing_van(lezer)), vandaag, om=om)


def zonder_toelichting(stops: QuerySet[Stop], vandaag: date, *, om: bool) -> QuerySet[Stop]:
    """Which of these; `om`: their 5 working days are over, or not yet."""
    grens = _begin_van(om_voor(vandaag))
    er_is_een = (
        ToelichtingRegel.objects.ingediend()
        .filter(toewijzing=OuterRef("toewijzing"))
        .exclude(soort=ToelichtingSoort.WIJZIGING)
    )
    return (
        stops.filter(
            Q(ontvangen_op__lt=grens) if om else Q(ontvangen_op__gte=grens),
            ~Exists(er_is_een),
            reden__in=[str(code) for code in codes_met(Formulierplicht.NODIG)],
            ingetrokken_op__isnull=True,
            verwerkt_op__isnull=True,
            toewijzing__isnull=False,
            zonder_formulier_op__isnull=True,
        )
        .exclude(toewijzing__leveringsvorm=Leveringsvorm.PGB)
        .select_related("gemeente", "aanbieder", "toewijzing__client", "toewijzing__resultaatgebied")
    )


def _zonder_stop() -> QuerySet[ToelichtingRegel]:
    """Endings that were announced on a running allocation without any stop message."""
    stop = Stop.objects.geldig().filter(toewijzing=OuterRef("toewijzing"))
    return ToelichtingRegel.objects.filter(
        ~Exists(stop), soort=ToelichtingSoort.BEEINDIGING, toewijzing__status=ToewijzingStatus.LOPEND
    ).exclude(toewijzing__leveringsvorm=Leveringsvorm.PGB)


def toelichtingen_zonder_stop(lezer: Gebruiker, vandaag: date, *, om: bool) -> QuerySet[Toelichting]:
    """Which of his forms announce an ending for which no 307 came (R56)."""
    return zonder_stop(Toelichting.objects.visible_to(lezer), vandaag, om=om, op=_toewijzing_van(lezer))


def zonder_stop(
    vormen: QuerySet[Toelichting], vandaag: date, *, om: bool, op: Q | None = None
) -> QuerySet[Toelichting]:
    """Which of these forms, on which allocations; their areas without 307 in `gebieden`. `om`: as above."""
    grens = _begin_van(om_voor(vandaag))
    zonder = _zonder_stop().select_related("toewijzing__resultaatgebied").order_by("pk")
    return (
        vormen.filter(
            Q(ingediend_op__lt=grens) if om else Q(ingediend_op__gte=grens),
            ~Q(status=ToelichtingStatus.INGETROKKEN),
            Exists(_zonder_stop().filter(op or Q(), toelichting=OuterRef("pk"))),
        )
        .select_related("client", "gemeente", "aanbieder", "beschikking")
        .prefetch_related(Prefetch("regels", zonder, to_attr="gebieden"))
    )


# --- Leafing -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Blad(Generic[M]):
    """One page by keyset: never a row twice or skipped. The marks are those of its first and last row."""

    rijen: list[M]
    vorige: str
    volgende: str


def blad(qs: QuerySet[M], *, op: str, nieuwste_eerst: bool, na: str = "", voor: str = "") -> Blad[M]:
    """The page after or before a row, ordered by the moment `op`; an unknown mark gives the first page."""
    anker = _anker(qs, op, na or voor)
    terug = bool(voor) and not na and anker is not None
    omlaag = nieuwste_eerst != terug
    if anker:
        kant = "lt" if omlaag else "gt"
        moment, pk = anker
        qs = qs.filter(Q(**{f"{op}__{kant}": moment}) | Q(**{op: moment, f"pk__{kant}": pk}))
    teken = "-" if omlaag else ""
    rijen = list(qs.order_by(f"{teken}{op}", f"{teken}pk")[: PER_BLAD + 1])
    meer, rijen = len(rijen) > PER_BLAD, rijen[:PER_BLAD]
    if terug:
        rijen.reverse()
    return _als_blad(rijen, vorige=meer if terug else anker is not None, volgende=True if terug else meer)


def _als_blad(rijen: list[M], *, vorige: bool, volgende: bool) -> Blad[M]:
    merken = [str(getattr(rij, "kenmerk", "")) for rij in (rijen[:1] + rijen[-1:])]
    if not merken:
        return Blad([], "", "")
    return Blad(rijen, merken[0] if vorige else "", merken[-1] if volgende else "")


def _anker(qs: QuerySet[M], op: str, kenmerk: str) -> tuple[Any, int] | None:
    try:
        merk = UUID(kenmerk)
    except ValueError:
        return None
    rij = qs.filter(kenmerk=merk).values_list(op, "pk").first()
    return (rij[0], rij[1]) if rij else None
