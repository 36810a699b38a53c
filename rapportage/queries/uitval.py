"""The uitval report (MH §1): one object that holds the answer about every client, and every figure as a sum of it.

How the data flows: allocations within somebody's reach -> their starts and stops that were not withdrawn -> per
(provider, municipality, client) the pure rule `tellingen.tel` -> a `Regel`. A figure is the length of a list of
rules; there is no second way to count. Four queries, whatever the number of clients.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, ToewijzingStatus
from beschikkingen.models import Beschikking, Toewijzing
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio
from rapportage.categorieen import STANDAARD, Afspraak, Afspraken, geldig_op
from rapportage.enums import Categorie
from rapportage.models import Categorieafspraak
from rapportage.tellingen import Einde, Telling, Verdeling, tel, verdeel
from rapportage.tellingen import Levering as Geleverd
from stopberichten.enums import RedenBeeindiging, Zekerheid
from stopberichten.models import Levering, Stop
from wmo_portal.lib.perioden import Periode


@dataclass(frozen=True, slots=True)
class Keuze:
    """What a report is about. Empty tuples mean: everything within the reader's reach."""

    periode: Periode
    regio_id: int | None = None
    gemeente_ids: tuple[int, ...] = ()
    aanbieder_ids: tuple[int, ...] = ()
    resultaatgebied_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Regel:
    """One client of one provider in one municipality, with the answer and the sentence why."""

    aanbieder_id: int
    gemeente_id: int
    client_id: int
    client_kenmerk: UUID
    beschikking_kenmerk: UUID
    afgeschermd: bool
    telling: Telling


@dataclass(frozen=True)
class Uitval:
    """The report. `regels` is the whole population: who counts and who does not."""

    keuze: Keuze
    regels: tuple[Regel, ...]
    gemeenten: tuple[Gemeente, ...]
    aanbieders: tuple[Aanbieder, ...]
    afspraken: dict[int, Afspraken]

    @cached_property
    def geteld(self) -> tuple[Regel, ...]:
        return tuple(regel for regel in self.regels if regel.telling.telt_mee)

    @cached_property
    def buiten(self) -> tuple[Regel, ...]:
        """Who was left out; each with the reason in its sentence (M1)."""
        return tuple(regel for regel in self.regels if not regel.telling.telt_mee)

    def cel(
        self, *, gemeente: int | None = None, aanbieder: int | None = None, categorie: str | None = None
    ) -> tuple[Regel, ...]:
        """The clients behind a figure. Every figure of the report is the length of such a list."""
        return tuple(
            regel
            for regel in self.geteld
            if (gemeente is None or regel.gemeente_id == gemeente)
            and (aanbieder is None or regel.aanbieder_id == aanbieder)
            and (categorie is None or regel.telling.categorie == categorie)
        )

    def verdeling(self, *, gemeente: int | None = None, aanbieder: int | None = None) -> Verdeling:
        return verdeel(
            regel.telling.categorie
            for regel in self.cel(gemeente=gemeente, aanbieder=aanbieder)
            if regel.telling.categorie
        )

    @cached_property
    def per_gemeente(self) -> dict[int, Verdeling]:
        """A row per municipality of the choice, also when it has no clients: empty is not absent (R75)."""
        per = _groepeer((regel.gemeente_id, regel.telling.categorie) for regel in self.geteld)
        return {gemeente.pk: verdeel(per.get(gemeente.pk, ())) for gemeente in self.gemeenten}

    @cached_property
    def per_aanbieder(self) -> dict[int, Verdeling]:
        per = _groepeer((regel.aanbieder_id, regel.telling.categorie) for regel in self.geteld)
        return {aanbieder.pk: verdeel(per.get(aanbieder.pk, ())) for aanbieder in self.aanbieders}

    @cached_property
    def totaal(self) -> Verdeling:
        return self.verdeling()

    @property
    def afgeleid(self) -> int:
        """How many figures rest on an inferred mapping (36-39)."""
        return sum(1 for regel in self.geteld if regel.telling.afgeleid)

    @property
    def na_te_kijken(self) -> tuple[Regel, ...]:
        return tuple(regel for regel in self.geteld if regel.telling.nakijken)


def _groepeer(paren: Iterable[tuple[int, Categorie | None]]) -> dict[int, list[Categorie]]:
    per: dict[int, list[Categorie]] = defaultdict(list)
    for sleutel, categorie in paren:
        if categorie:
            per[sleutel].append(categorie)
    return per


def uitval(gebruiker: Gebruiker, keuze: Keuze) -> Uitval:
    """Count for this reader. Raises ValueError when a region has no mapping for some code on the last day."""
    gemeenten = _gemeenten(gebruiker, keuze)
    toewijzingen = list(_toewijzingen(gebruiker, keuze, gemeenten))
    geleverd = _geleverd(gebruiker, toewijzingen)
    afspraken = _afspraken({gemeente.regio_id for gemeente in gemeenten}, keuze.periode.laatste)
    regio_van = {gemeente.pk: gemeente.regio_id for gemeente in gemeenten}
    groepen: dict[tuple[int, int, int], list[dict[str, Any]]] = defaultdict(list)
    for rij in toewijzingen:
        groepen[(rij["aanbieder_id"], rij["gemeente_id"], rij["client_id"])].append(rij)
    regels = tuple(
        _regel(rijen, geleverd, keuze.periode, afspraken[regio_van[rijen[0]["gemeente_id"]] or 0])
        for _, rijen in sorted(groepen.items())
    )
    aanbieders = Aanbieder.objects.filter(pk__in={regel.aanbieder_id for regel in regels})
    return Uitval(keuze, regels, gemeenten, tuple(aanbieders), afspraken)


def _gemeenten(gebruiker: Gebruiker, keuze: Keuze) -> tuple[Gemeente, ...]:
    """The municipalities the report has rows for: the reader's own, or all of the region for a provider."""
    rijen = Gemeente.objects.filter(regio__isnull=False).select_related("regio")
    if keuze.regio_id:
        rijen = rijen.filter(regio_id=keuze.regio_id)
    if keuze.gemeente_ids:
        rijen = rijen.filter(pk__in=keuze.gemeente_ids)
    if not gebruiker.aanbieder_id:
        rijen = rijen.filter(pk__in=gebruiker.gemeente_ids)
    return tuple(rijen)


def _toewijzingen(
    gebruiker: Gebruiker, keuze: Keuze, gemeenten: tuple[Gemeente, ...]
) -> Any:
    """Rows as dictionaries, without the ones that a 301 took back."""
    rijen = (
        Toewijzing.objects.visible_to(gebruiker)
        .filter(gemeente_id__in=[gemeente.pk for gemeente in gemeenten])
        .exclude(status=ToewijzingStatus.VERWIJDERD)
    )
    if keuze.aanbieder_ids:
        rijen = rijen.filter(aanbieder_id__in=keuze.aanbieder_ids)
    if keuze.resultaatgebied_ids:
        rijen = rijen.filter(resultaatgebied_id__in=keuze.resultaatgebied_ids)
    return rijen.order_by("pk").values(
        "pk",
        "aanbieder_id",
        "gemeente_id",
        "client_id",
        "client__kenmerk",
        "client__afgeschermd",
        "beschikking_id",
        "beschikking__kenmerk",
        "leveringsvorm",
        "hulp_niet_gestart",
    )


def _geleverd(gebruiker: Gebruiker, toewijzingen: list[dict[str, Any]]) -> dict[int, list[Geleverd]]:
    """Per allocation the deliveries as the counting rule wants them."""
    ids = [rij["pk"] for rij in toewijzingen]
    einden: dict[int, list[Einde]] = defaultdict(list)
    stops = Stop.objects.visible_to(gebruiker).geldig().filter(toewijzing_id__in=ids, levering__isnull=False)
    for levering_id, reden, einddatum in stops.values_list("levering_id", "reden", "einddatum"):
        einden[levering_id].append(Einde(RedenBeeindiging(reden), einddatum))
    starts: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    leveringen = Levering.objects.visible_to(gebruiker).geldig().filter(toewijzing_id__in=ids)
    for pk, toewijzing_id, begindatum in leveringen.values_list("pk", "toewijzing_id", "begindatum"):
        starts[toewijzing_id].append((pk, begindatum))
    wachtend = _wacht_op_vervolg(toewijzingen, set(starts))
    return {
        rij["pk"]: [
            Geleverd(
                start=begindatum,
                einden=tuple(einden.get(pk, ())),
                leveringsvorm=Leveringsvorm(rij["leveringsvorm"]),
                wachtlijst=rij["hulp_niet_gestart"],
                vervolg_wacht=(rij["beschikking_id"], rij["aanbieder_id"]) in wachtend,
            )
            for pk, begindatum in starts.get(rij["pk"]) or [(0, None)]
        ]
        for rij in toewijzingen
    }


def _wacht_op_vervolg(toewijzingen: list[dict[str, Any]], gestart: set[int]) -> set[tuple[int, int]]:
    """(decision, provider) pairs whose follow-up decision has an allocation to that provider that has not started."""
    per_beschikking: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for rij in toewijzingen:
        per_beschikking[rij["beschikking_id"]].append(rij)
    opvolgers = (
        Beschikking.objects.filter(pk__in=per_beschikking, voorganger_id__in=per_beschikking)
        .exclude(status=BeschikkingStatus.INGETROKKEN)
        .values_list("pk", "voorganger_id")
    )
    return {
        (voorganger, rij["aanbieder_id"])
        for pk, voorganger in opvolgers
        for rij in per_beschikking[pk]
        if rij["pk"] not in gestart and rij["leveringsvorm"] == Leveringsvorm.ZIN
    }


def _regel(
    rijen: list[dict[str, Any]], geleverd: dict[int, list[Geleverd]], periode: Periode, afspraken: Afspraken
) -> Regel:
    telling = tel((lev for rij in rijen for lev in geleverd[rij["pk"]]), periode=periode, afspraken=afspraken)
    laatste = rijen[-1]
    return Regel(
        aanbieder_id=laatste["aanbieder_id"],
        gemeente_id=laatste["gemeente_id"],
        client_id=laatste["client_id"],
        client_kenmerk=laatste["client__kenmerk"],
        beschikking_kenmerk=laatste["beschikking__kenmerk"],
        afgeschermd=laatste["client__afgeschermd"],
        telling=telling,
    )


def _afspraken(regios: set[int | None], dag: date) -> dict[int, Afspraken]:
    """The mapping of each region on that day; a region without rows of its own counts by the shipped table."""
    eigen: dict[int, list[Afspraak]] = defaultdict(list)
    for rij in Categorieafspraak.objects.filter(regio_id__in=[r for r in regios if r]):
        eigen[rij.regio_id].append(_als_afspraak(rij))
    return {regio or 0: geldig_op(eigen.get(regio or 0, STANDAARD), dag) for regio in regios}


def _als_afspraak(rij: Categorieafspraak) -> Afspraak:
    return Afspraak(
        reden=RedenBeeindiging(rij.reden),
        categorie=Categorie(rij.categorie),
        zekerheid=Zekerheid(rij.zekerheid),
        uitleg=rij.uitleg,
        vanaf=rij.geldig.lower or date.min,
        tot=rij.geldig.upper,
    )


def regios(gebruiker: Gebruiker) -> Iterator[Regio]:
    """The regions this reader can report on."""
    yield from Regio.objects.filter(gemeenten__in=gebruiker.gemeente_ids).distinct()
