"""Lists of the message traffic, each from `visible_to`, each a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Toewijzing
from organisaties.models import Gebruiker
from stopberichten.enums import Berichtsoort, RedenBeeindiging
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.signalen import Signaal, Stopfeiten, signalen
from wmo_portal.lib.tijd import dag_van
from wmo_portal.lib.werkdagen import werkdagen_tussen

PER_BLAD: Final = 50
WERKDAGEN_VOOR_RETOUR: Final = 3
"""OP090: the answer goes out within 3 working days after receipt."""
Regel = Levering | Stop
R = TypeVar("R", Bericht, Stop, Levering)


@dataclass(frozen=True, slots=True)
class Blad(Generic[R]):
    """One page of a list by keyset: never a row twice or skipped. The marks are those of the first and last row."""

    rijen: list[R]
    vorige: str
    volgende: str


def blad(qs: QuerySet[R], *, na: str = "", voor: str = "", per: int = PER_BLAD) -> Blad[R]:
    """Newest first. `na` and `voor` are the marks of a row; an unknown one gives the first page."""
    anker = _anker(qs, na or voor)
    terug = bool(voor) and not na and anker is not None
    if anker is not None:
        op, pk = anker
        qs = (
            qs.filter(Q(ontvangen_op__gt=op) | Q(ontvangen_op=op, pk__gt=pk))
            if terug
            else qs.filter(Q(ontvangen_op__lt=op) | Q(ontvangen_op=op, pk__lt=pk))
        )
    orde = ("ontvangen_op", "pk") if terug else ("-ontvangen_op", "-pk")
    rijen = list(qs.order_by(*orde)[: per + 1])
    meer, rijen = len(rijen) > per, rijen[:per]
    if terug:
        rijen.reverse()
    heeft_vorige, heeft_volgende = (meer, True) if terug else (anker is not None, meer)
    if not rijen:
        return Blad([], "", "")
    return Blad(
        rijen,
        str(rijen[0].kenmerk) if heeft_vorige else "",
        str(rijen[-1].kenmerk) if heeft_volgende else "",
    )


def _anker(qs: QuerySet[R], kenmerk: str) -> tuple[Any, int] | None:
    try:
        merk = UUID(kenmerk)
    except ValueError:
        return None
    rij = qs.filter(kenmerk=merk).values_list("ontvangen_op", "pk").first()
    return (rij[0], rij[1]) if rij else None


def berichten(gebruiker: Gebruiker, filters: dict[str, Any]) -> QuerySet[Bericht]:
    """The list of messages; `filters` as the filter form cleans them. The contents stay in the database."""
    qs = Bericht.objects.visible_to(gebruiker)
    if filters.get("onleesbaar"):
        qs = Bericht.objects.zonder_eigenaar_van(gebruiker)
    if filters.get("soort"):
        qs = qs.filter(soort=filters["soort"])
    if filters.get("status"):
        qs = qs.filter(status=filters["status"])
    if filters.get("gemeente"):
        qs = qs.filter(gemeente=filters["gemeente"])
    if filters.get("identificatie"):
        qs = qs.filter(identificatie=filters["identificatie"])
    return qs.select_related("client", "gemeente", "aanbieder").defer("inhoud", "retour")


def bericht_van(gebruiker: Gebruiker, kenmerk: UUID) -> QuerySet[Bericht]:
    """One message: of one's own organisation, or a file without owner that one sent in oneself."""
    eigen = Q(pk__in=Bericht.objects.visible_to(gebruiker).filter(kenmerk=kenmerk).values("pk"))
    los = Q(pk__in=Bericht.objects.zonder_eigenaar_van(gebruiker).filter(kenmerk=kenmerk).values("pk"))
    return Bericht.objects.filter(eigen | los).select_related(
        "client", "gemeente", "aanbieder", "ontvangen_door", "herbeoordeeld_in"
    )


def eigen_retour(gebruiker: Gebruiker) -> list[str]:
    """Which messages this person's organisation answers: a municipality 305 and 307, a provider 301."""
    if gebruiker.aanbieder_id:
        return [Berichtsoort.WMO301]
    return [Berichtsoort.WMO305, Berichtsoort.WMO307]


# --- Answers that still have to go out ------------------------------------------------------------------------
def open_retouren(gebruiker: Gebruiker) -> QuerySet[Bericht]:
    """Oldest first: those are the ones that get late."""
    return (
        Bericht.objects.visible_to(gebruiker)
        .retour_open()
        .filter(soort__in=eigen_retour(gebruiker))
        .select_related("gemeente", "aanbieder")
        .order_by("ontvangen_op", "pk")
    )


def retour_te_laat(bericht: Bericht, vandaag: date) -> bool:
    """More than 3 working days after receipt and still here."""
    return werkdagen_tussen(dag_van(bericht.ontvangen_op), vandaag) > WERKDAGEN_VOOR_RETOUR


# --- Coupling ------------------------------------------------------------------------------------------------
def kandidaten(regel: Regel, gebruiker: Gebruiker) -> QuerySet[Toewijzing]:
    """Allocations of the same client at the same provider, as far as this person may see them."""
    return (
        Toewijzing.objects.visible_to(gebruiker)
        .filter(
            gemeente_id=regel.gemeente_id,
            aanbieder_id=regel.aanbieder_id,
            client__bsn_index=regel.bsn_index,
        )
        .exclude(status=ToewijzingStatus.VERWIJDERD)
    )


# --- Worklists ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TeKoppelen:
    """A start or stop without an allocation, with those it may belong to."""

    regel: Regel
    kandidaten: tuple[Toewijzing, ...]

    @property
    def is_stop(self) -> bool:
        return isinstance(self.regel, Stop)


def te_koppelen(gebruiker: Gebruiker, hoogstens: int = PER_BLAD) -> list[TeKoppelen]:
    """Oldest first. Starts before their stops: coupling the start takes its stops along, so those are left out."""
    leveringen, stops = (list(_los(rijen)[:hoogstens]) for rijen in _zonder_toewijzing(gebruiker))
    regels: list[Regel] = sorted([*leveringen, *stops], key=lambda r: (r.ontvangen_op, r.begindatum, r.pk))[
        :hoogstens
    ]
    passend = _kandidaten(gebruiker, regels)
    return [TeKoppelen(regel, tuple(passend.get(_sleutel(regel), ()))) for regel in regels]


def _zonder_toewijzing(gebruiker: Gebruiker) -> tuple[Any, Any]:
    return (
        Levering.objects.visible_to(gebruiker).te_koppelen(),
        Stop.objects.visible_to(gebruiker).te_koppelen().filter(levering__isnull=True),
    )


def aantal_te_koppelen(gebruiker: Gebruiker) -> int:
    """How many rows the page of coupling has: starts, stops, and messages that came too early. Three queries."""
    vroeg = Bericht.objects.visible_to(gebruiker).te_vroeg()
    return sum(rijen.count() for rijen in (*_zonder_toewijzing(gebruiker), vroeg))


def _los(qs: Any) -> Any:
    return qs.select_related("client", "gemeente", "aanbieder", "bericht").order_by("ontvangen_op", "pk")


def _sleutel(regel: Regel) -> tuple[int, int, bytes]:
    return regel.gemeente_id, regel.aanbieder_id, bytes(regel.bsn_index)


def _kandidaten(
    gebruiker: Gebruiker, regels: Sequence[Regel]
) -> dict[tuple[int, int, bytes], list[Toewijzing]]:
    """The allocations of all these clients, in one query."""
    qs = (
        Toewijzing.objects.visible_to(gebruiker)
        .filter(client__bsn_index__in={bytes(regel.bsn_index) for regel in regels})
        .exclude(status=ToewijzingStatus.VERWIJDERD)
        .select_related("client", "resultaatgebied", "trede")
        .order_by("ingangsdatum", "toewijzingnummer")
    )
    uit: dict[tuple[int, int, bytes], list[Toewijzing]] = {}
    for t in qs if regels else ():
        uit.setdefault((t.gemeente_id, t.aanbieder_id, bytes(t.client.bsn_index)), []).append(t)
    return uit


@dataclass(frozen=True, slots=True)
class TeVroeg:
    """A refused message that came before its allocation or start; `nu_wel` when that has come since."""

    bericht: Bericht
    nu_wel: bool


def te_vroeg(gebruiker: Gebruiker, hoogstens: int = PER_BLAD) -> list[TeVroeg]:
    """Oldest first. Two queries, and one per kind of message to see what has come since."""
    rijen = list(
        Bericht.objects.visible_to(gebruiker)
        .te_vroeg()
        .select_related("client", "gemeente", "aanbieder")
        .defer("inhoud", "retour")
        .order_by("ontvangen_op", "pk")[:hoogstens]
    )
    gekomen = _gekomen(gebruiker, rijen)
    return [
        TeVroeg(b, bool(b.wacht_op_nummers) and {_plek(b, n) for n in b.wacht_op_nummers or []} <= gekomen)
        for b in rijen
    ]


Plek = tuple[str, int | None, int | None, int]


def _plek(bericht: Bericht, nummer: int) -> Plek:
    return bericht.soort, bericht.gemeente_id, bericht.aanbieder_id, nummer


def _gekomen(gebruiker: Gebruiker, rijen: list[Bericht]) -> set[Plek]:
    """A 305 waits for its allocation, a 307 for the start on it."""
    nummers = {nummer for b in rijen for nummer in b.wacht_op_nummers or []}
    if not nummers:
        return set()
    velden = ("gemeente_id", "aanbieder_id", "toewijzingnummer")
    binnen = (
        Toewijzing.objects.visible_to(gebruiker).filter(toewijzingnummer__in=nummers).values_list(*velden)
    )
    gestart = (
        Levering.objects.visible_to(gebruiker)
        .geldig()
        .filter(toewijzingnummer__in=nummers)
        .values_list(*velden)
    )
    return {("305", *rij) for rij in binnen} | {("307", *rij) for rij in gestart}


def te_late_stops(gebruiker: Gebruiker) -> QuerySet[Stop]:
    return Stop.objects.visible_to(gebruiker).te_laat().select_related("client", "aanbieder", "bericht")


# --- One message ------------------------------------------------------------------------------------------------
def signalen_van(stop: Stop) -> tuple[Signaal, ...]:
    """H5's wishes about this stop; `toewijzing` must be loaded."""
    toewijzing = stop.toewijzing
    return signalen(
        Stopfeiten(
            reden=RedenBeeindiging(stop.reden),
            einddatum=stop.einddatum,
            ontvangen_na_werkdagen=stop.ontvangen_na_werkdagen,
            toewijzing_bekend=toewijzing is not None,
            toewijzing_einddatum=toewijzing.einddatum if toewijzing else None,
            toewijzing_reden_wijziging=toewijzing.reden_wijziging if toewijzing else "",
        )
    )
