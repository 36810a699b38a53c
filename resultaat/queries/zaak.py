"""One resultaatgebied with everything that is known around it: what the dossier shows and the advice rests on.

`zaken` reads any number of them in a constant number of queries. What follows from the facts (paragraph, advice,
contradictions) is asked of the pure rules in `zaakregels`; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from beschikkingen.enums import BeschikkingStatus, SoortBeschikking, ToewijzingStatus
from beschikkingen.models import Beschikking, Client, Monitoringsmoment, Stap, Toewijzing
from organisaties.models import Gebruiker
from organisaties.zichtbaar import Kijker
from resultaat.models import Evaluatie, InformatieVraag, Resultaat
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Levering, Stop, ToelichtingRegel


@dataclass(frozen=True, slots=True)
class Plek:
    """What a judgement is about: the end of the allocation, one step of it, or a monitoring moment."""

    stap: Stap | None = None
    moment: Monitoringsmoment | None = None

    @property
    def code(self) -> str:
        """As it stands in an address."""
        if self.stap:
            return f"stap-{self.stap.volgnummer}"
        return f"monitoring-{self.moment.datum:%Y-%m-%d}" if self.moment else "einde"

    @property
    def naam(self) -> str:
        if self.stap:
            tot = f" (tot en met {self.stap.einddatum:%d-%m-%Y})" if self.stap.einddatum else ""
            return f"Stap {self.stap.volgnummer}{tot}"
        return f"Monitoringsmoment {self.moment.datum:%d-%m-%Y}" if self.moment else "Einde van de toewijzing"


EINDE = Plek()


@dataclass(frozen=True, kw_only=True)
class Zaak:
    """The rows around one allocation, each list in the order of time."""

    toewijzing: Toewijzing
    leveringen: tuple[Levering, ...]
    stops: tuple[Stop, ...]
    """Withdrawn ones too."""
    regels: tuple[ToelichtingRegel, ...]
    """Of forms that were sent."""
    evaluaties: tuple[Evaluatie, ...]
    stappen: tuple[Stap, ...]
    resultaten: tuple[Resultaat, ...]
    """All of them, with what was corrected or withdrawn."""
    momenten: tuple[Monitoringsmoment, ...]
    andere: tuple[Toewijzing, ...]
    """The other allocations of this client in this municipality."""

    @property
    def beschikking(self) -> Beschikking:
        rij: Beschikking = self.toewijzing.beschikking
        return rij

    @property
    def client(self) -> Client:
        rij: Client = self.toewijzing.client
        return rij

    @cached_property
    def einddatum(self) -> date | None:
        return self.toewijzing.einddatum or self.beschikking.einddatum

    @cached_property
    def start(self) -> date | None:
        """Begindatum of the first start (305) that holds."""
        return min((rij.begindatum for rij in self.leveringen), default=None)

    @cached_property
    def geldige_stops(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.ingetrokken_op is None)

    @cached_property
    def stop(self) -> Stop | None:
        """The last stop for good after which care did not start again."""
        definitief = [s for s in self.geldige_stops if s.reden != RedenBeeindiging.TIJDELIJK]
        laatste = max(definitief, key=lambda s: (s.einddatum, s.pk), default=None)
        if laatste and any(
            rij.begindatum >= laatste.einddatum and rij.begindatum > laatste.begindatum
            for rij in self.leveringen
        ):
            return None
        return laatste

    @cached_property
    def tijdelijk(self) -> Stop | None:
        """A temporary stop that still holds: no new start and no stop for good after it (R31)."""
        if self.stop:
            return None
        tijdelijk = [s for s in self.geldige_stops if s.reden == RedenBeeindiging.TIJDELIJK]
        laatste = max(tijdelijk, key=lambda s: (s.einddatum, s.pk), default=None)
        if laatste and any(rij.begindatum >= laatste.einddatum for rij in self.leveringen):
            return None
        return laatste

    @cached_property
    def regel(self) -> ToelichtingRegel | None:
        """The last form that was sent about this allocation."""
        return self.regels[-1] if self.regels else None

    @cached_property
    def evaluatie(self) -> Evaluatie | None:
        return self.evaluaties[-1] if self.evaluaties else None

    @cached_property
    def moment(self) -> Monitoringsmoment | None:
        """The open monitoring moment, of a decision that has them."""
        if self.beschikking.soort == SoortBeschikking.MET_EINDDATUM:
            return None
        return next((m for m in self.momenten if m.afgerond_op is None), None)

    @cached_property
    def is_tussenstap(self) -> bool:
        """Is the whole allocation a step of a getrapte indicatie, with a next one after it (H5 §3)?"""
        if self.beschikking.soort != SoortBeschikking.GETRAPT or self.toewijzing.einddatum is None:
            return False
        return any(
            t.beschikking_id == self.beschikking.pk
            and t.resultaatgebied_id == self.toewijzing.resultaatgebied_id
            and t.ingangsdatum > self.toewijzing.einddatum
            for t in self.andere
        )

    @cached_property
    def opvolgers(self) -> tuple[Toewijzing, ...]:
        """Allocations for the same resultaatgebied in a follow-up decision (R16)."""
        na = self.stop.einddatum if self.stop else self.toewijzing.ingangsdatum
        return tuple(t for t in self.andere if self._volgt_op(t, na))

    def _volgt_op(self, t: Toewijzing, na: date) -> bool:
        if t.beschikking_id == self.beschikking.pk or t.beschikking.status == BeschikkingStatus.INGETROKKEN:
            return False
        if t.resultaatgebied_id != self.toewijzing.resultaatgebied_id:
            return False
        if t.beschikking.voorganger_id == self.beschikking.pk:
            return True
        later = t.ingangsdatum > self.toewijzing.ingangsdatum
        return later and (t.einddatum is None or t.einddatum > na)

    @cached_property
    def heeft_vervolg(self) -> bool:
        """Is there a follow-up decision, for this or another resultaatgebied?"""
        return bool(self.opvolgers) or any(
            t.beschikking.voorganger_id == self.beschikking.pk
            and t.beschikking.status != BeschikkingStatus.INGETROKKEN
            for t in self.andere
        )

    @cached_property
    def actueel(self) -> tuple[Resultaat, ...]:
        return tuple(r for r in self.resultaten if r.actueel)

    def resultaat(self, plek: Plek) -> Resultaat | None:
        """What counts today at that place."""
        stap, moment = getattr(plek.stap, "pk", None), getattr(plek.moment, "pk", None)
        return next((r for r in self.actueel if (r.stap_id, r.monitoringsmoment_id) == (stap, moment)), None)

    @cached_property
    def tussenstappen(self) -> tuple[Stap, ...]:
        """All steps but the last."""
        return self.stappen[:-1]

    def is_tussen(self, plek: Plek) -> bool:
        return plek.stap in self.tussenstappen if plek.stap else self.is_tussenstap and plek.moment is None

    @property
    def nieuw_vanaf(self) -> date | None:
        """First day of the first follow-up."""
        return min((t.ingangsdatum for t in self.opvolgers), default=None)


def toewijzingen_van(gebruiker: Gebruiker | Kijker) -> QuerySet[Toewijzing]:
    return Toewijzing.objects.visible_to(gebruiker).exclude(status=ToewijzingStatus.VERWIJDERD)


def zaken(basis: QuerySet[Toewijzing]) -> list[Zaak]:
    """The cases of these allocations, in the order of the queryset. 11 queries, whatever the number."""
    return [_als_zaak(t) for t in _met_alles(basis)]


def zaak(gebruiker: Gebruiker, kenmerk: UUID) -> Zaak | None:
    """One case, if this person may see it."""
    return next(iter(zaken(toewijzingen_van(gebruiker).filter(kenmerk=kenmerk))), None)


def _met_alles(basis: QuerySet[Toewijzing]) -> QuerySet[Toewijzing]:
    return basis.select_related(
        "gemeente__regio",
        "aanbieder",
        "client__behandelaar",
        "beschikking__gemeente",
        "beschikking__voorganger",
        "resultaatgebied",
        "trede",
    ).prefetch_related(*_eromheen())


def _eromheen() -> list[Any]:
    momenten = Monitoringsmoment.objects.order_by("datum")
    return [
        Prefetch(
            "leveringen", Levering.objects.geldig().order_by("begindatum", "pk"), to_attr="z_leveringen"
        ),
        Prefetch("stopen", Stop.objects.order_by("ontvangen_op", "pk"), to_attr="z_stops"),
        Prefetch("toelichtingregels", _regels(), to_attr="z_regels"),
        Prefetch("evaluaties", _evaluaties(), to_attr="z_evaluaties"),
        Prefetch("stappen", Stap.objects.select_related("trede").order_by("volgnummer"), to_attr="z_stappen"),
        Prefetch("resultaten", _resultaten(), to_attr="z_resultaten"),
        Prefetch("beschikking__monitoringsmomenten", momenten, to_attr="z_momenten"),
        Prefetch("client__toewijzingen", _andere(), to_attr="z_toewijzingen"),
    ]


def _regels() -> QuerySet[ToelichtingRegel]:
    return (
        ToelichtingRegel.objects.ingediend()
        .select_related("toelichting__ingediend_door", "toelichting__zorgplan", "gevraagde_trede")
        .order_by("toelichting__ingediend_op", "pk")
    )


def _evaluaties() -> QuerySet[Evaluatie]:
    vragen = InformatieVraag.objects.select_related("gesteld_door", "beantwoord_door").order_by("gesteld_op")
    return (
        Evaluatie.objects.geldig()
        .select_related("document", "gevraagde_trede", "ingediend_door", "monitoringsmoment")
        .prefetch_related(Prefetch("vragen", vragen, to_attr="z_vragen"))
        .order_by("ingediend_op", "pk")
    )


def _resultaten() -> QuerySet[Resultaat]:
    return Resultaat.objects.select_related(
        "geregistreerd_door",
        "trede_van",
        "trede_naar",
        "stap",
        "monitoringsmoment",
        "ronde",
        "ingetrokken_door",
    ).order_by("geregistreerd_op", "pk")


def _andere() -> QuerySet[Toewijzing]:
    starts = Levering.objects.geldig().order_by("begindatum")
    return (
        Toewijzing.objects.exclude(status=ToewijzingStatus.VERWIJDERD)
        .select_related("beschikking", "trede")
        .prefetch_related(Prefetch("leveringen", starts, to_attr="z_leveringen"))
        .order_by("ingangsdatum", "pk")
    )


def _lijst(rij: object, naam: str) -> tuple:  # type: ignore[type-arg]  # to_attr of a prefetch has no type
    gevonden: Iterable[object] = getattr(rij, naam)
    return tuple(gevonden)


def _als_zaak(t: Toewijzing) -> Zaak:
    return Zaak(
        toewijzing=t,
        leveringen=_lijst(t, "z_leveringen"),
        stops=_lijst(t, "z_stops"),
        regels=_lijst(t, "z_regels"),
        evaluaties=_lijst(t, "z_evaluaties"),
        stappen=_lijst(t, "z_stappen"),
        resultaten=_lijst(t, "z_resultaten"),
        momenten=_lijst(t.beschikking, "z_momenten"),
        andere=tuple(ander for ander in _lijst(t.client, "z_toewijzingen") if ander.pk != t.pk),
    )
