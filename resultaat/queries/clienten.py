"""Two lists: the dossiers of a municipality, and the clients of a provider with what the provider owes.

Both without shielded clients (R112): whoever has their number finds them by the search. Paged by day and random
mark, so that no name stands in an address.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from beschikkingen.models import Beschikking, Client, Toewijzing
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from organisaties.zichtbaar import Kijker
from resultaat.models import InformatieVraag, Resultaat
from resultaat.queries.termijnen import NUMMERS, OpenTermijn, Vraag, lees, venster, vraag
from resultaat.queries.zaak import toewijzingen_van
from stopberichten.codes import codes_met
from stopberichten.enums import Formulierplicht, LeveringToestand, RedenBeeindiging
from stopberichten.models import Levering, Stop, ToelichtingRegel
from wmo_portal.lib.een_van import een_van
from wmo_portal.lib.opgeschreven import Opgeschreven, rijen_van, schrijf_op

PER_PAGINA: Final = 50
_NOOIT: Final = date(2999, 12, 31)
_DUIZEND_JAAR: Final = timedelta(days=365_250)


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where the next page begins: after this day and mark."""

    datum: date
    kenmerk: UUID

    @classmethod
    def lees(cls, tekst: str) -> Plaats | None:
        dag, _, kenmerk = tekst.partition(".")
        try:
            return cls(date.fromisoformat(dag), UUID(kenmerk))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.datum.isoformat()}.{self.kenmerk}"


# --- Dossiers of the municipality ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Dossierfilter:
    gemeente: str = ""
    aanbieder: str = ""
    status: str = ""
    soort: str = ""


def dossiers(
    wie: Gebruiker, filter_: Dossierfilter, na: Plaats | None = None
) -> tuple[list[Beschikking], Plaats | None]:
    """A page, the newest first. Five queries."""
    rijen = _dossiers(wie, filter_)
    if na:
        rijen = rijen.filter(Q(ingangsdatum__lt=na.datum) | Q(ingangsdatum=na.datum, kenmerk__gt=na.kenmerk))
    op_volgorde = rijen.order_by("-ingangsdatum", "kenmerk")
    gevonden = list(
        Beschikking.objects.visible_to(wie)
        .filter(pk__in=_nummers(op_volgorde))
        .select_related("client", "gemeente")
        .prefetch_related("toewijzingen__resultaatgebied", "toewijzingen__aanbieder")
        .order_by("-ingangsdatum", "kenmerk")
    )
    pagina = gevonden[:PER_PAGINA]
    over = Plaats(pagina[-1].ingangsdatum, pagina[-1].kenmerk) if len(gevonden) > PER_PAGINA else None
    return pagina, over


def _nummers(rijen: QuerySet[Any]) -> list[int]:
    """Which rows are on the page. Only those are joined to what is shown of them, and not all that are sorted."""
    return list(rijen.values_list("pk", flat=True)[: PER_PAGINA + 1])


def _afgeschermd() -> Exists:
    """The client of the row is shielded. So few are that they are read once, rather than every client."""
    return Exists(Client.objects.filter(pk=OuterRef("client"), afgeschermd=True))


def _dossiers(wie: Gebruiker, filter_: Dossierfilter) -> QuerySet[Beschikking]:
    rijen = Beschikking.objects.visible_to(wie).filter(~_afgeschermd())
    if filter_.gemeente:
        rijen = rijen.filter(gemeente__code=filter_.gemeente)
    if filter_.status:
        rijen = rijen.filter(status=filter_.status)
    if filter_.soort:
        rijen = rijen.filter(soort=filter_.soort)
    if filter_.aanbieder:
        bij = Toewijzing.objects.filter(beschikking=OuterRef("pk"), aanbieder__agb=filter_.aanbieder)
        rijen = rijen.filter(Exists(bij))
    return rijen


def gemeenten_van(wie: Gebruiker) -> list[Gemeente]:
    return list(Gemeente.objects.filter(pk__in=wie.gemeente_ids).order_by("naam"))


def aanbieders_van(wie: Gebruiker) -> list[Aanbieder]:
    """Providers that have an allocation here."""
    hier = Toewijzing.objects.visible_to(wie).order_by().values("aanbieder").distinct()
    return list(Aanbieder.objects.filter(pk__in=hier).order_by("naam"))


# --- Clients of the provider -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class MijnClient:
    """One allocation with its state and what is owed."""

    toewijzing: Toewijzing
    toestand: LeveringToestand
    termijn: OpenTermijn | None
    vraag: InformatieVraag | None

    @property
    def toelichting_mist(self) -> bool:
        """A stop message went out that asks for the form, and the form is not there (R56)."""
        return bool(getattr(self.toewijzing, "mist_formulier", False))

    @property
    def document_mist(self) -> bool:
        return self.termijn is not None and self.termijn.reden is None


def met_toestand(basis: QuerySet[Any]) -> QuerySet[Any]:
    """Each allocation with `toestand`: the state of its last delivery (iWmo: a stop names the start it ends)."""
    starts = Levering.objects.geldig().filter(toewijzing=OuterRef("pk")).order_by("-begindatum")
    laatste = Subquery(starts.values("begindatum")[:1])
    stops = Stop.objects.geldig().filter(
        Q(begindatum=OuterRef("laatste_start"))
        | Q(begindatum__gt=OuterRef("laatste_start"))
        | ~Exists(_starts()),
        toewijzing=OuterRef("pk"),
    )
    tijdelijk = stops.filter(reden=RedenBeeindiging.TIJDELIJK)
    rijen: QuerySet[Any] = basis.annotate(laatste_start=laatste).annotate(
        toestand=Case(
            When(
                Exists(stops.exclude(reden=RedenBeeindiging.TIJDELIJK)),
                then=_w(LeveringToestand.DEFINITIEF_GESTOPT),
            ),
            When(Exists(tijdelijk), then=_w(LeveringToestand.TIJDELIJK_GESTOPT)),
            When(laatste_start__isnull=False, then=_w(LeveringToestand.GESTART)),
            default=_w(LeveringToestand.GEEN),
            output_field=CharField(),
        )
    )
    return rijen


def _starts() -> QuerySet[Levering]:
    return Levering.objects.geldig().filter(toewijzing=OuterRef("toewijzing"))


def _w(toestand: LeveringToestand) -> Value:
    return Value(toestand.value)


def _mijn(wie: Gebruiker | Kijker, gemeente: str) -> QuerySet[Any]:
    rijen: QuerySet[Any] = toewijzingen_van(wie).filter(~_afgeschermd())
    if gemeente:
        rijen = rijen.filter(gemeente__code=gemeente)
    return met_toestand(rijen)


def tel_toestanden(wie: Gebruiker, gemeente: str = "") -> dict[LeveringToestand, int]:
    """How many allocations are in each state: the numbers on the tabs. One query."""
    gevraagd = _telling(Kijker.van(wie), gemeente)
    aantal: dict[Any, int] = dict(rijen_van(gevraagd)) if gevraagd else {}
    return {toestand: aantal.get(toestand.value, 0) for toestand in LeveringToestand}


@lru_cache(maxsize=256)
def _telling(wie: Kijker, gemeente: str) -> Opgeschreven | None:
    """What is asked, not what is found: to write it down costs more than to pass the answer on."""
    per_toestand = _mijn(wie, gemeente).order_by().values("toestand")
    return schrijf_op(per_toestand.annotate(aantal=Count("pk")).values_list("toestand", "aantal"))


def aantal_afgeschermd(wie: Gebruiker) -> int:
    """How many of one's own are not in the list."""
    return toewijzingen_van(wie).filter(_afgeschermd()).count()


def met_vraag(wie: Gebruiker) -> QuerySet[Any]:
    """Allocations about which the municipality asked something that is not answered yet."""
    vragen = InformatieVraag.objects.open().filter(evaluatie__toewijzing=OuterRef("pk"))
    return _mijn(wie, "").filter(Exists(vragen))


def mijn_clienten(
    wie: Gebruiker,
    vandaag: date,
    *,
    toestand: str = "",
    alleen_vragen: bool = False,
    na: Plaats | None = None,
) -> tuple[list[MijnClient], Plaats | None]:
    """A page, the first end date that comes on top and what is over below; 8 queries, whatever the number."""
    rijen = (met_vraag(wie) if alleen_vragen else _mijn(wie, "")).annotate(einde=_sorteerdag(vandaag))
    if toestand:
        rijen = rijen.filter(toestand=toestand)
    if na:
        rijen = rijen.filter(Q(einde__gt=na.datum) | Q(einde=na.datum, kenmerk__gt=na.kenmerk))
    nummers = _nummers(rijen.order_by("einde", "kenmerk"))
    gevonden = list(
        met_toestand(toewijzingen_van(wie).filter(pk__in=nummers))
        .annotate(einde=_sorteerdag(vandaag), mist_formulier=_mist_formulier())
        .select_related("client", "beschikking", "gemeente", "resultaatgebied", "trede")
        .order_by("einde", "kenmerk")
    )
    pagina = gevonden[:PER_PAGINA]
    over = Plaats(pagina[-1].einde, pagina[-1].kenmerk) if len(gevonden) > PER_PAGINA else None
    return _met_schuld(wie, pagina, vandaag), over


def _sorteerdag(vandaag: date) -> Case:
    """The end date, with what is over after all that still comes (a thousand years later)."""
    bij = Beschikking.objects.filter(pk=OuterRef("beschikking"))
    einde = Coalesce("einddatum", Subquery(bij.values("einddatum")), Value(_NOOIT))
    voorbij = Cast(ExpressionWrapper(einde + Value(_DUIZEND_JAAR), DateTimeField()), DateField())
    return Case(When(Q(einddatum__lt=vandaag), then=voorbij), default=einde, output_field=DateField())


def _mist_formulier() -> Exists:
    nodig = [str(code) for code in codes_met(Formulierplicht.NODIG)]
    formulier = ToelichtingRegel.objects.ingediend().filter(toewijzing=OuterRef("toewijzing"))
    oordeel = Resultaat.objects.actueel().filter(toewijzing=OuterRef("toewijzing"))
    return Exists(
        Stop.objects.geldig()
        .filter(toewijzing=OuterRef("pk"), reden__in=nodig, zonder_formulier_op=None)
        .filter(~Exists(formulier), ~Exists(oordeel))
    )


def _met_schuld(wie: Gebruiker, pagina: list[Toewijzing], vandaag: date) -> list[MijnClient]:
    termijn = _termijnen([t.pk for t in pagina], vandaag)
    vragen = {
        vraag.evaluatie.toewijzing_id: vraag
        for vraag in InformatieVraag.objects.visible_to(wie)
        .open()
        .filter(evaluatie__toewijzing__in=[t.pk for t in pagina])
        .select_related("evaluatie")
        if vraag.evaluatie
    }
    return [
        MijnClient(
            toewijzing=t,
            toestand=LeveringToestand(t.toestand),  # type: ignore[attr-defined]  # annotation
            termijn=termijn.get(t.pk),
            vraag=vragen.get(t.pk),
        )
        for t in pagina
    ]


def _termijnen(sleutels: Iterable[int], vandaag: date) -> dict[int, OpenTermijn]:
    nummers = list(sleutels)
    return {t.pk: t for t in lees(_termijnvraag(vandaag).over(nummers))} if nummers else {}


@lru_cache(maxsize=8)
def _termijnvraag(vandaag: date) -> Vraag:
    """About whichever allocations: it is the same question for every page."""
    van, tot = venster(vandaag)
    return vraag(Toewijzing.objects.filter(een_van("pk", NUMMERS)), doel_van=van, doel_tot=tot)
