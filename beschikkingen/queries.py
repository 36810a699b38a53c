"""Reading: the global search, the files that came in, and how often somebody looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from beschikkingen.kluis import bos
from beschikkingen.models import Beschikking, Client, Inlezing, Toewijzing
from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from wmo_portal.lib.bsn import is_geldig
from wmo_portal.lib.tekst import zoeksleutel

HOOGSTENS: Final = 50
KORTST: Final = 2


@dataclass(frozen=True, slots=True)
class Zoekuitslag:
    """What was found, and how the words were read: as a BSN, a number or a name."""

    gelezen_als: str
    beschikkingen: tuple[Beschikking, ...]
    meer: bool = False


def zoek(gebruiker: Gebruiker, tekst: str) -> Zoekuitslag:
    """Decisions of the clients that fit, newest first; at most 50. Two queries.

    A shielded client is found by a whole BSN or number only: who has that, has the paper (R112).
    """
    wat = tekst.strip()
    if is_geldig(wat):
        return _uitslag("BSN", _eigen(gebruiker).filter(client__bsn_index=bos().index(wat)))
    op_nummer = Q(nummer__iexact=wat)
    if wat.isascii() and wat.isdecimal() and int(wat) <= 999_999_999:
        nummers = Toewijzing.objects.visible_to(gebruiker).filter(toewijzingnummer=int(wat))
        op_nummer |= Q(pk__in=nummers.values("beschikking_id"))
    if any(teken.isdigit() for teken in wat):
        return _uitslag("nummer", _eigen(gebruiker).filter(op_nummer))
    sleutel = zoeksleutel(wat)
    if len(sleutel) < KORTST:
        return Zoekuitslag("naam", ())
    return _uitslag("naam", _eigen(gebruiker).filter(_op_naam(wat), client__afgeschermd=False))


def _op_naam(wat: str) -> Q:
    """Every word typed begins a word of the name, in any order: `E. de Graaf` as the screens write it, or `Graaf`."""
    naam = Q()
    for woord in zoeksleutel(wat.replace(".", "").replace(",", " ")).split():
        naam &= Q(client__zoeknaam__startswith=woord) | Q(client__zoeknaam__contains=f" {woord}")
    return naam


def _eigen(gebruiker: Gebruiker) -> QuerySet[Beschikking]:
    return Beschikking.objects.visible_to(gebruiker).select_related("client", "gemeente")


def _uitslag(gelezen_als: str, rijen: QuerySet[Beschikking]) -> Zoekuitslag:
    gevonden = tuple(rijen.order_by("client__zoeknaam", "-ingangsdatum", "-pk")[: HOOGSTENS + 1])
    return Zoekuitslag(gelezen_als, gevonden[:HOOGSTENS], len(gevonden) > HOOGSTENS)


def keren(gebruiker: Gebruiker, actie: str, *, sinds: datetime) -> int:
    """How often somebody did this. From the log, so that it holds on every web process and survives a restart.

    Refusals do not count.
    """
    return Gebeurtenis.objects.filter(
        actor_id=gebruiker.pk, actie=actie, resultaat=Gebeurtenis.Resultaat.GELUKT, op__gte=sinds
    ).count()


def client_van(gebruiker: Gebruiker, kenmerk: UUID) -> Client | None:
    return Client.objects.visible_to(gebruiker).filter(kenmerk=kenmerk).first()


def inlezingen(gebruiker: Gebruiker) -> QuerySet[Inlezing]:
    """The files of one's municipalities, newest first, without their content."""
    return (
        Inlezing.objects.visible_to(gebruiker)
        .defer("inhoud", "fouten")
        .select_related("gemeente", "geupload_door")
        .order_by("-geupload_op", "-pk")
    )
