"""Fill the uitval report from the database (MH §1; R74-R89).

How the data flows: allocations within somebody's reach -> their starts and stops that were not withdrawn -> per
(provider, municipality, client) the pure rule `tellingen.tel` -> a `Regel`. The number of queries is fixed,
whatever the number of clients.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, ToewijzingStatus
from beschikkingen.models import Beschikking, Toewijzing
from organisaties.models import Aanbieder, Gemeente, Regio
from rapportage.bron import Bron, Mens, Toegewezen
from rapportage.categorieen import STANDAARD, Afspraak
from rapportage.enums import Categorie
from rapportage.models import Categorieafspraak
from rapportage.overzicht import Keuze, Los, Naam, Regel, Uitval
from rapportage.queries.lezers import Lezer
from rapportage.queries.sleutels import sleutel_van
from rapportage.tellingen import Einde
from stopberichten.enums import RedenBeeindiging, Zekerheid
from stopberichten.models import Levering, Stop
from wmo_portal.lib.replica import leest_op_replica

__all__ = ["Bron", "Keuze", "Regel", "Uitval", "lees_bron", "regios", "uitval"]


def uitval(lezer: Lezer, keuze: Keuze) -> Uitval:
    """Count for this reader. Raises ValueError when a region has no mapping for some code on the last day."""
    return lees_bron(lezer, keuze).uitval(keuze)


@leest_op_replica
def lees_bron(lezer: Lezer, keuze: Keuze) -> Bron:
    """Read what the report needs, in nine queries. The period of `keuze` does not matter here."""
    gemeenten = gekozen_gemeenten(lezer, keuze)
    gekozen = gekozen_toewijzingen(lezer, keuze, [gemeente.pk for gemeente in gemeenten])
    mensen = _mensen(list(_rijen(gekozen)), _leveringen(lezer, gekozen))
    regio_van = {gemeente.pk: gemeente.regio_id or 0 for gemeente in gemeenten}
    return Bron(
        mensen=mensen,
        gemeenten=als_namen(gemeenten),
        aanbieders=aanbiedernamen({mens.aanbieder_id for mens in mensen}),
        regio_van=regio_van,
        afspraken=gedateerde_afspraken(set(regio_van.values())),
        opvolgers=_opvolgers(lezer, gekozen),
        los=los_van(lezer, keuze, [gemeente.pk for gemeente in gemeenten]),
    )


def gekozen_gemeenten(lezer: Lezer, keuze: Keuze) -> tuple[Gemeente, ...]:
    """The municipalities the report has rows for: the reader's own, or all of the region for a provider."""
    rijen = Gemeente.objects.filter(regio__isnull=False)
    if keuze.regio_id:
        rijen = rijen.filter(regio_id=keuze.regio_id)
    if keuze.gemeente_ids:
        rijen = rijen.filter(pk__in=keuze.gemeente_ids)
    if not lezer.aanbieder_id:
        rijen = rijen.filter(pk__in=lezer.gemeente_ids)
    return tuple(rijen)


def als_namen(gemeenten: Iterable[Gemeente]) -> tuple[Naam, ...]:
    return tuple(Naam(g.pk, g.code, g.naam) for g in gemeenten)


def gekozen_toewijzingen(lezer: Lezer, keuze: Keuze, gemeenten: list[int]) -> QuerySet[Toewijzing]:
    """Without the ones that a 301 took back."""
    rijen = Toewijzing.objects.visible_to(lezer).exclude(status=ToewijzingStatus.VERWIJDERD)
    if lezer.aanbieder_id or set(gemeenten) != set(lezer.gemeente_ids):  # else the wall says the same
        rijen = rijen.filter(gemeente_id__in=gemeenten)
    if keuze.aanbieder_ids:
        rijen = rijen.filter(aanbieder_id__in=keuze.aanbieder_ids)
    if keuze.resultaatgebied_ids:
        rijen = rijen.filter(resultaatgebied_id__in=keuze.resultaatgebied_ids)
    return rijen


def _rijen(toewijzingen: QuerySet[Toewijzing]) -> Iterator[Any]:
    yield from toewijzingen.order_by("gemeente_id", "aanbieder_id", "client_id", "pk").values(
        "pk",
        "aanbieder_id",
        "gemeente_id",
        "client_id",
        "client__kenmerk",
        "client__afgeschermd",
        "beschikking_id",
        "leveringsvorm",
        "hulp_niet_gestart",
    )


Leveringen = dict[int, list[tuple[date, tuple[Einde, ...]]]]


def _leveringen(lezer: Lezer, toewijzingen: QuerySet[Toewijzing]) -> Leveringen:
    """Per allocation the starts, each with its ends; withdrawn ones do not exist here."""
    einden: dict[int, list[Einde]] = defaultdict(list)
    stops = (
        Stop.objects.visible_to(lezer).geldig().filter(toewijzing__in=toewijzingen, levering__isnull=False)
    )
    for levering_id, reden, einddatum in stops.order_by("pk").values_list(
        "levering_id", "reden", "einddatum"
    ):
        if levering_id is not None:
            einden[levering_id].append(Einde(RedenBeeindiging(reden), einddatum))
    starts: Leveringen = defaultdict(list)
    leveringen = Levering.objects.visible_to(lezer).geldig().filter(toewijzing__in=toewijzingen)
    for pk, toewijzing_id, begin in leveringen.order_by("pk").values_list(
        "pk", "toewijzing_id", "begindatum"
    ):
        if toewijzing_id is not None:
            starts[toewijzing_id].append((begin, tuple(einden.get(pk, ()))))
    return starts


def _mensen(rijen: list[Any], leveringen: Leveringen) -> tuple[Mens, ...]:
    groepen: dict[tuple[int, int, int], list[Any]] = defaultdict(list)
    for rij in rijen:
        groepen[(rij["gemeente_id"], rij["aanbieder_id"], rij["client_id"])].append(rij)
    return tuple(_mens(groep, leveringen) for groep in groepen.values())


def _mens(rijen: list[Any], leveringen: Leveringen) -> Mens:
    eerste = rijen[0]
    return Mens(
        aanbieder_id=eerste["aanbieder_id"],
        gemeente_id=eerste["gemeente_id"],
        client_id=eerste["client_id"],
        sleutel=sleutel_van(eerste["client__kenmerk"]),
        afgeschermd=eerste["client__afgeschermd"],
        toewijzingen=tuple(
            Toegewezen(
                pk=rij["pk"],
                aanbieder_id=rij["aanbieder_id"],
                client_id=rij["client_id"],
                beschikking_id=rij["beschikking_id"],
                leveringsvorm=Leveringsvorm(rij["leveringsvorm"]),
                wachtlijst=rij["hulp_niet_gestart"],
                leveringen=tuple(leveringen.get(rij["pk"], ())),
            )
            for rij in rijen
        ),
    )


def aanbiedernamen(ids: set[int]) -> tuple[Naam, ...]:
    return tuple(
        Naam(pk, agb, naam)
        for pk, agb, naam in Aanbieder.objects.filter(pk__in=ids).values_list("pk", "agb", "naam")
    )


def _opvolgers(lezer: Lezer, toewijzingen: QuerySet[Toewijzing]) -> dict[int, frozenset[int]]:
    paren = (
        Beschikking.objects.visible_to(lezer)
        .filter(pk__in=toewijzingen.values("beschikking_id"), voorganger__isnull=False)
        .exclude(status=BeschikkingStatus.INGETROKKEN)
        .values_list("voorganger_id", "pk")
    )
    per: dict[int, set[int]] = defaultdict(set)
    for voorganger, pk in paren:
        if voorganger is not None:
            per[voorganger].add(pk)
    return {voorganger: frozenset(pks) for voorganger, pks in per.items()}


def los_van(lezer: Lezer, keuze: Keuze, gemeenten: list[int]) -> Los:
    """What waits on the worklist "te koppelen", and stops of care whose start is not known (R80)."""
    stops = Stop.objects.visible_to(lezer).geldig().filter(gemeente_id__in=gemeenten)
    starts = Levering.objects.visible_to(lezer).te_koppelen().filter(gemeente_id__in=gemeenten)
    if keuze.aanbieder_ids:
        stops = stops.filter(aanbieder_id__in=keuze.aanbieder_ids)
        starts = starts.filter(aanbieder_id__in=keuze.aanbieder_ids)
    zonder = stops.filter(levering__isnull=True).values_list("toewijzing_id", flat=True)
    ongekoppeld = [toewijzing is None for toewijzing in zonder]
    return Los(
        stops=sum(ongekoppeld), starts=starts.count(), stops_zonder_start=len(ongekoppeld) - sum(ongekoppeld)
    )


def gedateerde_afspraken(regios: set[int]) -> dict[int, tuple[Afspraak, ...]]:
    """The dated rows of each region; a region without rows of its own counts by the shipped table."""
    eigen: dict[int, list[Afspraak]] = defaultdict(list)
    for rij in Categorieafspraak.objects.filter(regio_id__in=regios):
        eigen[rij.regio_id].append(_als_afspraak(rij))
    return {regio: tuple(eigen.get(regio, STANDAARD)) for regio in regios}


def _als_afspraak(rij: Categorieafspraak) -> Afspraak:
    return Afspraak(
        reden=RedenBeeindiging(rij.reden),
        categorie=Categorie(rij.categorie),
        zekerheid=Zekerheid(rij.zekerheid),
        uitleg=rij.uitleg,
        vanaf=rij.geldig.lower or date.min,
        tot=rij.geldig.upper,
    )


def regios(lezer: Lezer) -> Iterator[Regio]:
    """The regions this reader can report on."""
    yield from Regio.objects.filter(gemeenten__in=lezer.gemeente_ids).distinct()
