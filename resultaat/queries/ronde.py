"""What the screens and jobs of the monthly round read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from beschikkingen.enums import Leveringsvorm
from organisaties.models import Gebruiker, Gemeente
from resultaat import ronde_sql
from resultaat.enums import Verdict
from resultaat.models import Resultaat, Ronde, RondeRegel
from resultaat.ronde import REGEL, VELDEN, StopFeiten
from resultaat.ronderegels import BEGIN_KPI, Ronderegel
from resultaat.statussen import RondeStatus
from stopberichten.codes import codes_met, stopcode
from stopberichten.enums import Formulierplicht, ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, ToelichtingRegel
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import dag_van

PER_PAGINA: Final = 50


# --- Unfinished ---------------------------------------------------------------------------------------------------
def onafgemaakt(*, pogingen_hoogstens: int) -> QuerySet[Ronde]:
    """Rounds that were begun and not finished: killed, or stopped by an error that may have passed."""
    return (
        Ronde.objects.filter(
            Q(status=RondeStatus.BEZIG)
            | Q(status=RondeStatus.MISLUKT, proef=False, pogingen__lt=pogingen_hoogstens)
        )
        .select_related("gemeente")
        .order_by("pk")
    )


def aantal_open(ronde: Ronde) -> int:
    """How many stops a round will look at."""
    with connection.cursor() as cursor:
        cursor.execute(ronde_sql.TEL, {"gemeente": ronde.gemeente_id, "tot": Maand.van(ronde.maand).laatste})
        return int(cursor.fetchone()[0])


# --- One round ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Telling:
    verdict: Verdict
    aantal: int


def tellingen(ronde: Ronde) -> list[Telling]:
    """Counts per verdict, in the order of the enum; only what occurs."""
    return [Telling(v, ronde.tellingen[v]) for v in Verdict if ronde.tellingen.get(v)]


@dataclass(frozen=True, slots=True)
class RegelRij:
    """One line on the screen and in the export: the stop, whose it is, the verdict and why."""

    regel: RondeRegel
    stop: Stop
    waarom: Ronderegel

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.regel.verdict)

    @property
    def client(self) -> str:
        toewijzing = self.stop.toewijzing
        if toewijzing is None:
            return "Nog niet gekoppeld"
        return "Afgeschermde cliënt" if toewijzing.client.afgeschermd else toewijzing.client.weergavenaam

    @property
    def betekenis(self) -> str:
        return stopcode(self.stop.reden).alias


def regels(
    ronde: Ronde, gebruiker: Gebruiker, *, verdict: str = "", na: int = 0, hoogstens: int = PER_PAGINA
) -> tuple[list[RegelRij], int | None]:
    """A page of a round, by id of the stop; the second is where the next page starts, or None."""
    basis = RondeRegel.objects.visible_to(gebruiker).filter(ronde=ronde, stop_id__gt=na)
    if verdict:
        basis = basis.filter(verdict=verdict)
    rijen = list(_met_alles(basis).order_by("stop_id")[: hoogstens + 1])
    meer = rijen[hoogstens - 1].stop_id if len(rijen) > hoogstens else None
    return [_als_rij(regel) for regel in rijen[:hoogstens]], meer


def alle_regels(ronde: Ronde, gebruiker: Gebruiker, *, verdict: str = "") -> Iterator[RegelRij]:
    """The whole round, for the export."""
    na: int | None = 0
    while na is not None:
        rijen, na = regels(ronde, gebruiker, verdict=verdict, na=na, hoogstens=1_000)
        yield from rijen


def _met_alles(basis: QuerySet[RondeRegel]) -> QuerySet[RondeRegel]:
    return basis.select_related(
        "aanbieder",
        "stop__toewijzing__client",
        "stop__toewijzing__resultaatgebied",
        "stop__toewijzing__beschikking",
    )


def _als_rij(regel: RondeRegel) -> RegelRij:
    return RegelRij(regel, regel.stop, REGEL[regel.regel])


# --- Why this verdict: the same facts as the round, for a page -----------------------------------------------------
def feiten_van(stops: Iterable[int]) -> dict[int, tuple[StopFeiten, str]]:
    """Per stop id the facts as they are now and the number of the rule that SQL finds. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ronde_sql.UITLEG, {"stops": list(stops), "proefronde": None})
        namen = [kolom[0] for kolom in cursor.description]
        rijen = [dict(zip(namen, rij, strict=True)) for rij in cursor.fetchall()]
    return {rij["id"]: (StopFeiten(**{veld: rij[veld] for veld in VELDEN}), rij["regel"]) for rij in rijen}


# --- Missing forms (R10, R56) --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class FormulierStandVanStop:
    nodig: bool
    ingediend: bool
    kan_vanaf: date
    """From this day on the administration may go on without it."""
    wachttijd_voorbij: bool
    dagen: int
    """Days since the stop message came in."""


def _ingediend() -> QuerySet[ToelichtingRegel]:
    return (
        ToelichtingRegel.objects.ingediend()
        .filter(toewijzing=OuterRef("toewijzing"))
        .exclude(soort=ToelichtingSoort.WIJZIGING)
    )


def _begonnen() -> QuerySet[ToelichtingRegel]:
    return ToelichtingRegel.objects.filter(
        toewijzing=OuterRef("toewijzing"), toelichting__status=ToelichtingStatus.CONCEPT
    )


def ontbrekende_formulieren(gebruiker: Gebruiker) -> QuerySet[Stop]:
    """Open stops that ask for a Toelichting (bijlage 1) and have none, oldest first. `concept`: a draft is there."""
    oordeel = Resultaat.objects.actueel().filter(toewijzing=OuterRef("toewijzing"), monitoringsmoment=None)
    return (
        Stop.objects.visible_to(gebruiker)
        .open()
        .filter(
            reden__in=[str(code) for code in codes_met(Formulierplicht.NODIG)],
            toewijzing__isnull=False,
            zonder_formulier_op__isnull=True,
            einddatum__gte=BEGIN_KPI,
        )
        .exclude(toewijzing__leveringsvorm=Leveringsvorm.PGB)
        .filter(~Exists(_ingediend()), ~Exists(oordeel))
        .annotate(concept=Exists(_begonnen()))
        .select_related("gemeente", "aanbieder", "toewijzing__client", "toewijzing__resultaatgebied")
        .order_by("ontvangen_op", "pk")
    )


def formulierstand(stop: Stop, *, vandaag: date) -> FormulierStandVanStop:
    """How the form of one stop stands. One query."""
    ingediend = (
        ToelichtingRegel.objects.ingediend()
        .filter(toewijzing=stop.toewijzing)
        .exclude(soort=ToelichtingSoort.WIJZIGING)
        .exists()
    )
    return stand_van(stop, ingediend=ingediend, vandaag=vandaag)


def stand_van(stop: Stop, *, ingediend: bool, vandaag: date) -> FormulierStandVanStop:
    ontvangen = dag_van(stop.ontvangen_op)
    kan_vanaf = ontvangen + timedelta(days=stop.gemeente.formulier_wachtdagen)
    return FormulierStandVanStop(
        nodig=stopcode(stop.reden).formulier_nodig,
        ingediend=ingediend,
        kan_vanaf=kan_vanaf,
        wachttijd_voorbij=vandaag >= kan_vanaf,
        dagen=(vandaag - ontvangen).days,
    )


def rondes_van(gebruiker: Gebruiker, *, hoogstens: int = PER_PAGINA) -> list[Ronde]:
    """The history, newest first."""
    return list(
        Ronde.objects.visible_to(gebruiker)
        .select_related("gemeente", "begonnen_door", "teruggedraaid_door")
        .order_by("-begonnen_op", "-pk")[:hoogstens]
    )


def gemeenten_van(gebruiker: Any) -> QuerySet[Gemeente]:
    return Gemeente.objects.filter(pk__in=gebruiker.gemeente_ids, ingericht=True)
