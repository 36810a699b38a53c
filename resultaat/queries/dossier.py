"""One dossier: a decision with its resultaatgebieden and everything that happened around it.

Who sees what. The municipality (consulent, administratie) sees all of its own dossiers. A provider sees its own part:
its allocations, messages, forms, documents, reminders, the questions put to it and its answers, and of a judgement the
outcome and its day. Not: allocations of other providers, the report of a talk, the advice, the consulent's text and
reasons, contradictions, rounds, or who of the municipality looked. Those are the municipality's own considerations; it
tells a provider what it wants to tell by a question or by the answer to a change request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking, Document, Toewijzing
from logboek.models import Gebeurtenis
from organisaties.enums import Rol
from organisaties.models import Gebruiker, Gemeente
from resultaat.models import (
    Bewaarwijziging,
    Evaluatie,
    Gesprek,
    Herinnering,
    InformatieVraag,
    RedenOptie,
    RondeRegel,
    TermijnVrijstelling,
)
from resultaat.queries.zaak import Zaak, toewijzingen_van, zaken
from resultaat.queries.zaakregels import dagen_over, geef_tegenspraken
from resultaat.statussen import EvaluatieStatus
from resultaat.tegenspraak import Tegenspraak
from stopberichten.models import Toelichting

KIJKERS_HOOGSTENS: Final = 30
GEKEKEN: Final = {
    "dossier.gezien": "bekeek het dossier",
    "bsn.getoond": "liet het BSN zien",
    "document.gezien": "opende een document",
}


@dataclass(frozen=True, kw_only=True)
class Dossier:
    beschikking: Beschikking
    intern: bool
    """Seen by the municipality itself."""
    zaken: tuple[Zaak, ...]
    opvolgers: tuple[Beschikking, ...]
    mogelijke_vervolgen: tuple[Beschikking, ...]
    """Later decisions of the same client that follow nothing yet (R16)."""
    toelichtingen: tuple[Toelichting, ...]
    vragen: tuple[InformatieVraag, ...]
    gesprekken: tuple[Gesprek, ...]
    herinneringen: tuple[Herinnering, ...]
    vrijstellingen: tuple[TermijnVrijstelling, ...]
    ronderegels: tuple[RondeRegel, ...]
    bewaarwijzigingen: tuple[Bewaarwijziging, ...]
    documenten: tuple[Document, ...]
    gezien: tuple[Gebeurtenis, ...]
    ingetrokken: tuple[Evaluatie, ...]
    """Documents that were taken back: they count for nothing and stay in the timeline."""
    redenen: dict[str, str]
    """The region's reasons of bijlage 3 by code, switched off or not."""

    def tegenspraken(self, vandaag: date) -> list[tuple[Zaak, Tegenspraak]]:
        """Contradictions are the municipality's to solve, so a provider gets none."""
        if not self.intern:
            return []
        return [(zaak, t) for zaak in self.zaken for t in geef_tegenspraken(zaak, vandaag)]

    def dagen_over(self, vandaag: date) -> int | None:
        """Days to the first end or monitoring moment that is still to come, else the last that passed."""
        dagen = [over for zaak in self.zaken if (over := dagen_over(zaak, vandaag)) is not None]
        komend = [over for over in dagen if over >= 0]
        return min(komend) if komend else max(dagen, default=None)


def geef_dossier(gebruiker: Gebruiker, kenmerk: UUID) -> Dossier | None:
    """About 20 queries, whatever the number of resultaatgebieden and events. None: not there, or not his."""
    beschikking = (
        Beschikking.objects.visible_to(gebruiker)
        .select_related("client__behandelaar", "gemeente", "voorganger", "gesloten_door")
        .filter(kenmerk=kenmerk)
        .first()
    )
    if beschikking is None:
        return None
    eigen = toewijzingen_van(gebruiker).filter(beschikking=beschikking)
    intern = gebruiker.rol != Rol.AANBIEDER
    return Dossier(
        beschikking=beschikking,
        intern=intern,
        zaken=tuple(zaken(eigen.order_by("resultaatgebied__volgorde", "pk"))),
        opvolgers=tuple(_opvolgers(gebruiker, beschikking)),
        mogelijke_vervolgen=tuple(_mogelijke_vervolgen(gebruiker, beschikking)) if intern else (),
        toelichtingen=tuple(_toelichtingen(gebruiker, beschikking)),
        vragen=tuple(_vragen(gebruiker, beschikking)),
        gesprekken=tuple(_gesprekken(gebruiker, beschikking)),
        herinneringen=tuple(_herinneringen(gebruiker, eigen)),
        vrijstellingen=tuple(_vrijstellingen(gebruiker, eigen)),
        ronderegels=tuple(_ronderegels(gebruiker, eigen)) if intern else (),
        bewaarwijzigingen=tuple(_bewaarwijzigingen(gebruiker, beschikking)) if intern else (),
        documenten=tuple(_documenten(gebruiker, beschikking)),
        gezien=tuple(_gezien(gebruiker, beschikking)),
        ingetrokken=tuple(_ingetrokken(gebruiker, beschikking)),
        redenen=redenteksten(beschikking.gemeente) if intern else {},
    )


def redenteksten(gemeente: Gemeente) -> dict[str, str]:
    return dict(RedenOptie.objects.filter(regio=gemeente.regio_id or 0).values_list("code", "tekst"))


def _opvolgers(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Beschikking]:
    return Beschikking.objects.visible_to(gebruiker).filter(voorganger=beschikking).order_by("ingangsdatum")


def _mogelijke_vervolgen(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Beschikking]:
    return (
        Beschikking.objects.visible_to(gebruiker)
        .filter(
            client=beschikking.client_id,
            gemeente=beschikking.gemeente_id,
            voorganger=None,
            ingangsdatum__gt=beschikking.ingangsdatum,
        )
        .exclude(status=BeschikkingStatus.INGETROKKEN)
        .order_by("ingangsdatum", "pk")
    )


def _ingetrokken(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Evaluatie]:
    return (
        Evaluatie.objects.visible_to(gebruiker)
        .filter(beschikking=beschikking, status=EvaluatieStatus.INGETROKKEN)
        .select_related("toewijzing__resultaatgebied", "ingediend_door", "ingetrokken_door")
        .order_by("ingediend_op", "pk")
    )


def _toelichtingen(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Toelichting]:
    return (
        Toelichting.objects.visible_to(gebruiker)
        .filter(beschikking=beschikking)
        .select_related("aanbieder", "ingediend_door", "afgehandeld_door")
        .prefetch_related("regels")
        .order_by("bewaard_op", "pk")
    )


def _vragen(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[InformatieVraag]:
    return (
        InformatieVraag.objects.visible_to(gebruiker)
        .filter(beschikking=beschikking)
        .select_related("gesteld_door", "beantwoord_door", "ingetrokken_door", "aanbieder")
        .order_by("gesteld_op", "pk")
    )


def _gesprekken(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Gesprek]:
    return (
        Gesprek.objects.visible_to(gebruiker)
        .filter(beschikking=beschikking)
        .select_related("vastgelegd_door")
        .order_by("datum", "pk")
    )


def _herinneringen(gebruiker: Gebruiker, eigen: QuerySet[Toewijzing]) -> QuerySet[Herinnering]:
    return (
        Herinnering.objects.visible_to(gebruiker)
        .filter(toewijzing__in=eigen)
        .select_related("toewijzing__resultaatgebied")
        .order_by("gemaakt_op", "pk")
    )


def _vrijstellingen(gebruiker: Gebruiker, eigen: QuerySet[Toewijzing]) -> QuerySet[TermijnVrijstelling]:
    return (
        TermijnVrijstelling.objects.visible_to(gebruiker)
        .filter(toewijzing__in=eigen)
        .select_related("vastgelegd_door", "toewijzing__resultaatgebied")
        .order_by("vastgelegd_op", "pk")
    )


def _ronderegels(gebruiker: Gebruiker, eigen: QuerySet[Toewijzing]) -> QuerySet[RondeRegel]:
    return (
        RondeRegel.objects.visible_to(gebruiker)
        .filter(stop__toewijzing__in=eigen, ronde__proef=False)
        .select_related("ronde", "stop__toewijzing__resultaatgebied")
        .order_by("ronde__begonnen_op", "pk")
    )


def _bewaarwijzigingen(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Bewaarwijziging]:
    """Only a dossier that once closed can have any."""
    eigen = Bewaarwijziging.objects.visible_to(gebruiker).filter(beschikking=beschikking)
    return eigen.select_related("gewijzigd_door")


def _documenten(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Document]:
    return (
        Document.objects.visible_to(gebruiker)
        .filter(beschikking=beschikking)
        .annotate(
            ingetrokken=Exists(
                Evaluatie.objects.filter(document=OuterRef("pk"), status=EvaluatieStatus.INGETROKKEN)
            )
        )
        .select_related("aanbieder", "geupload_door")
        .order_by("-geupload_op", "-pk")
    )


def _gezien(gebruiker: Gebruiker, beschikking: Beschikking) -> QuerySet[Gebeurtenis]:
    """Who looked at this client here, newest first. A provider sees its own people."""
    regels = Gebeurtenis.objects.visible_to(gebruiker).filter(
        client_index=bytes(beschikking.client.bsn_index),
        gemeente_id=beschikking.gemeente_id,
        actie__in=GEKEKEN,
    )
    if gebruiker.rol == Rol.AANBIEDER:
        regels = regels.filter(rol=Rol.AANBIEDER)
    return regels.order_by("-op")[:KIJKERS_HOOGSTENS]
