"""The branches of the worklist: per kind of work one query, all in the same shape (see `werkvoorraad`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm, SoortBeschikking, ToewijzingStatus
from beschikkingen.models import Beschikking, Monitoringsmoment, Stap, Toewijzing
from organisaties.zichtbaar import Kijker
from resultaat.enums import Verdict
from resultaat.models import Evaluatie, InformatieVraag, Resultaat, TermijnVrijstelling
from resultaat.queries.per_rij import van_de_rij
from resultaat.statussen import EvaluatieStatus
from resultaat.werksoorten import DAGEN_VOOR_REACTIE, VOLGORDE, WEKEN_VOORUIT, Werksoort
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, Toelichting, ToelichtingRegel
from wmo_portal.lib.tijd import AMSTERDAM

REACTIE: Final = timedelta(days=DAGEN_VOOR_REACTIE)
VOORUIT: Final = timedelta(weeks=WEKEN_VOORUIT)
TERUG: Final = timedelta(days=400)
"""What ended longer ago than this is history, not work."""
OPEN_EVALUATIE: Final = (EvaluatieStatus.INGEDIEND, EvaluatieStatus.INFO_GEVRAAGD)
OPEN_VERZOEK: Final = (
    ToelichtingStatus.INGEDIEND,
    ToelichtingStatus.IN_BEHANDELING,
    ToelichtingStatus.INFO_GEVRAAGD,
)


_LEEG: Final = Value("")
_GEEN: Final = Value(None, BigIntegerField())


@dataclass(frozen=True, slots=True)
class Paden:
    """How to come from the rows of a branch to what the list shows; "" is the row itself, None: not there."""

    toewijzing: str | None
    beschikking: str
    client: str
    aanbieder: str | None
    gemeente: str = "gemeente__"


@dataclass(frozen=True, slots=True)
class Tak:
    """`rijen` gives the queryset with `w_datum`, the day it must be done; `info` is what its sentence names."""

    soort: Werksoort
    rijen: Callable[[Kijker, date], QuerySet[Any]]
    paden: Paden
    info: Any = _LEEG

    def plaatsen(self, rijen: QuerySet[Any], *, met_client: bool) -> QuerySet[Any, tuple[Any, ...]]:
        """Day, kind, mark, the numbers by which the rest is found, and the info: the same for every branch.

        Whose client it is costs some branches a look-up per row, so it is asked only where it is needed.
        """
        p = self.paden
        return rijen.order_by().values_list(
            "w_datum",
            Value(VOLGORDE[self.soort], IntegerField()),
            F(self.sleutel),
            _nummer(p.toewijzing),
            _nummer(p.beschikking) if p.toewijzing is None else _GEEN,
            _nummer(p.aanbieder),
            Cast(self.info, TextField()),
            _nummer(p.client if met_client else None),
        )

    @property
    def sleutel(self) -> str:
        """What identifies a row in an address: random, never a number that counts."""
        return f"{self.paden.beschikking}kenmerk" if self.soort is Werksoort.MONITORING else "kenmerk"


def _nummer(pad: str | None) -> Any:
    """The number of the row that a path leads to."""
    if pad is None:
        return _GEEN
    return F(f"{pad.removesuffix('__')}_id" if pad else "pk")


def _na(moment: str) -> Any:
    """The Dutch day of a moment plus the term of reaction."""
    dag = ExpressionWrapper(TruncDate(F(moment), tzinfo=AMSTERDAM) + Value(REACTIE), DateTimeField())
    return Cast(dag, DateField())


def _oordeel(toewijzing: str = "pk") -> Exists:
    """There is a judgement of the end of this allocation."""
    return Exists(
        Resultaat.objects.actueel().filter(toewijzing=OuterRef(toewijzing), stap=None, monitoringsmoment=None)
    )


def _definitieve_stop() -> Exists:
    stops = Stop.objects.geldig().filter(toewijzing=OuterRef("pk"))
    return Exists(stops.exclude(reden=RedenBeeindiging.TIJDELIJK))


# --- The branches ----------------------------------------------------------------------------------------------------
def evaluaties(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    return (
        Evaluatie.objects.visible_to(wie)
        .filter(status=EvaluatieStatus.INGEDIEND)
        .annotate(
            w_datum=Coalesce(
                "monitoringsmoment__gesprek_voor_datum",
                "monitoringsmoment__datum",
                "toewijzing__einddatum",
                "beschikking__einddatum",
                "ontvangen_datum",
            )
        )
    )


def aflopend(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    """Its own end date falls in reach."""
    rijen = _lopend(wie).filter(einddatum__lte=vandaag + VOORUIT, einddatum__gte=vandaag - TERUG)
    return _onbekend(rijen.annotate(w_datum=F("einddatum")), wie, vandaag)


def aflopend_met_beschikking(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    """Without an end date of its own: it ends with its decision. A branch apart, so that the few decisions that end
    lead to them, and not all that have no end lead to their decision."""
    rijen = _lopend(wie).filter(
        einddatum=None,
        beschikking__einddatum__lte=vandaag + VOORUIT,
        beschikking__einddatum__gte=vandaag - TERUG,
    )
    return _onbekend(rijen.annotate(w_datum=F("beschikking__einddatum")), wie, vandaag)


def _lopend(wie: Kijker) -> QuerySet[Toewijzing]:
    return Toewijzing.objects.visible_to(wie).filter(
        status=ToewijzingStatus.LOPEND,
        beschikking__status=BeschikkingStatus.LOPEND,
        # Says nothing new; with it the decisions of other municipalities are not read to be joined.
        beschikking__gemeente__in=wie.gemeente_ids,
        leveringsvorm=Leveringsvorm.ZIN,
    )


def _onbekend(rijen: QuerySet[Toewijzing], wie: Kijker, vandaag: date) -> QuerySet[Any]:
    """Ends within 8 weeks or has ended, and nobody knows yet what follows. What was announced is left alone until
    its last day has passed."""
    # `visible_to` says nothing new here; with it the few open ones of the municipality are read once, by their index.
    document = Evaluatie.objects.visible_to(wie).filter(toewijzing=OuterRef("pk"), status__in=OPEN_EVALUATIE)
    volgende = Toewijzing.objects.filter(
        **van_de_rij("beschikking", "beschikking"),
        resultaatgebied=OuterRef("resultaatgebied"),
        ingangsdatum__gt=OuterRef("einddatum"),
    ).exclude(status=ToewijzingStatus.VERWIJDERD)
    moment = Monitoringsmoment.objects.open().filter(**van_de_rij("beschikking", "beschikking"))
    bekend = Exists(
        ToelichtingRegel.objects.ingediend().filter(**van_de_rij(), soort=ToelichtingSoort.BEEINDIGING)
    ) | Exists(TermijnVrijstelling.objects.filter(**van_de_rij()))
    return rijen.filter(
        ~_oordeel(),
        ~_definitieve_stop(),
        ~Exists(document),
        # The cheap half first: PostgreSQL keeps to this order.
        ~(Q(beschikking__soort=SoortBeschikking.GETRAPT) & Q(Exists(volgende))),
        ~(Q(beschikking__soort=SoortBeschikking.ZONDER_EINDDATUM) & Q(Exists(moment))),
    ).exclude(Q(w_datum__gte=vandaag) & Q(bekend))


def momenten(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    ingediend = Evaluatie.objects.filter(monitoringsmoment=OuterRef("pk"), status=EvaluatieStatus.INGEDIEND)
    return (
        Monitoringsmoment.objects.visible_to(wie)
        .open()
        .filter(datum__lte=vandaag + VOORUIT, beschikking__status=BeschikkingStatus.LOPEND)
        .exclude(beschikking__soort=SoortBeschikking.MET_EINDDATUM)
        .filter(~Exists(ingediend))
        .annotate(w_datum=Coalesce("gesprek_voor_datum", "datum"))
    )


def stops(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    """What the monthly round sent to the consulent."""
    return (
        Stop.objects.visible_to(wie)
        .open()
        .filter(oordeel=Verdict.NAAR_CONSULENT, toewijzing__isnull=False)
        .filter(~_oordeel("toewijzing"))
        .annotate(w_datum=_na("ontvangen_op"))
    )


def stappen(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    """A change form about an intermediate step that has no judgement yet (R23)."""
    stappen = Stap.objects.filter(**van_de_rij(), volgnummer__gt=1)
    gevraagd = ToelichtingRegel.objects.visible_to(wie).ingediend().filter(soort=ToelichtingSoort.WIJZIGING)
    formulier = gevraagd.filter(toewijzing=OuterRef("pk"))
    oordeel = Resultaat.objects.actueel().filter(toewijzing=OuterRef("pk"), stap__isnull=False)
    laatste = formulier.order_by("-toelichting__ingediend_op").values("toelichting__ingediend_op")[:1]
    return (
        Toewijzing.objects.visible_to(wie)
        .filter(
            Exists(stappen),
            ~Exists(oordeel),
            ~_oordeel(),
            pk__in=gevraagd.values("toewijzing"),
            beschikking__soort=SoortBeschikking.GETRAPT,
            status=ToewijzingStatus.LOPEND,
        )
        .annotate(w_op=laatste)
        .annotate(w_datum=_na("w_op"))
    )


def verzoeken(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    wijziging = ToelichtingRegel.objects.visible_to(wie).filter(soort=ToelichtingSoort.WIJZIGING)
    return (
        Toelichting.objects.visible_to(wie)
        .filter(pk__in=wijziging.values("toelichting"), status__in=OPEN_VERZOEK)
        .annotate(w_datum=_na("ingediend_op"))
    )


def vragen(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    return InformatieVraag.objects.visible_to(wie).open().annotate(w_datum=_na("gesteld_op"))


def zonder_moment(wie: Kijker, vandaag: date) -> QuerySet[Any]:
    """A decision without end date that nobody will look at again: R7 asks for a moment."""
    moment = Monitoringsmoment.objects.open().filter(**van_de_rij("beschikking"))
    loopt = Toewijzing.objects.filter(
        **van_de_rij("beschikking"),
        status=ToewijzingStatus.LOPEND,
        einddatum=None,
        leveringsvorm=Leveringsvorm.ZIN,
    )
    return (
        Beschikking.objects.visible_to(wie)
        .filter(
            # Nearly all have a moment, so that is asked first; then of few whether they run. `case` keeps to its order.
            Case(When(Exists(moment), then=Value(value=False)), default=Exists(loopt)),
            soort=SoortBeschikking.ZONDER_EINDDATUM,
            status=BeschikkingStatus.LOPEND,
            einddatum=None,  # goes without saying; the index is by end date
        )
        .annotate(
            w_datum=Cast(
                ExpressionWrapper(F("registratiedatum") + Value(REACTIE), DateTimeField()), DateField()
            )
        )
    )


_VIA_TOEWIJZING: Final = Paden(
    "toewijzing__", "toewijzing__beschikking__", "toewijzing__client__", "aanbieder__"
)
_ZELF: Final = Paden("", "beschikking__", "client__", "aanbieder__")

TAKKEN: Final = (
    Tak(Werksoort.EVALUATIE, evaluaties, _VIA_TOEWIJZING, F("documentnaam")),
    Tak(
        Werksoort.MONITORING,
        momenten,
        Paden(None, "beschikking__", "beschikking__client__", None),
        F("datum"),
    ),
    Tak(Werksoort.AFLOPEND, aflopend, _ZELF),
    Tak(Werksoort.AFLOPEND, aflopend_met_beschikking, _ZELF),
    Tak(Werksoort.STOP, stops, _VIA_TOEWIJZING, F("oordeel_regel")),
    Tak(Werksoort.STAP, stappen, _ZELF),
    Tak(Werksoort.VERZOEK, verzoeken, Paden(None, "beschikking__", "client__", "aanbieder__"), F("nummer")),
    Tak(
        Werksoort.VRAAG,
        vragen,
        Paden(None, "beschikking__", "beschikking__client__", "aanbieder__"),
        TruncDate("gesteld_op", tzinfo=AMSTERDAM),
    ),
    Tak(Werksoort.ZONDER_MOMENT, zonder_moment, Paden(None, "", "client__", None)),
)
