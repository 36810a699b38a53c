"""Everything about one provider in one quarter in one place, for the talk with it (R104, M13).

Page, PDF and workbook eat this object. Figures of a frozen quarter come from the frozen rows, of an open one from today;
so does each quarter of the trend (`gespreksverloop`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from organisaties.models import Aanbieder, Gebruiker, Regio
from rapportage.gesprekbeeld import Doelrij, doelrijen
from rapportage.kwaliteit import Kwaliteit, kwaliteit
from rapportage.merk import AFGESCHERMD, merk
from rapportage.models import Gespreksactie, Kwartaalgesprek, OpgaveIndiening, Vaststelling
from rapportage.overzicht import Keuze, Overzicht
from rapportage.queries.gespreksverloop import Kwartaalstand, uitval_met_verloop
from rapportage.queries.kwaliteit import Aandachtrij, berichten_van, met_wie
from rapportage.queries.opgave_lijst import Verwacht, afspraken, van_regio
from rapportage.queries.resultaat_behaald import ResultaatBehaald, resultaat_behaald
from rapportage.queries.sleutels import sleutel_van
from resultaat.queries.tegenspraken import verdacht
from resultaat.queries.zaak import Zaak, zaken
from resultaat.queries.zaakregels import geef_tegenspraken
from wmo_portal.lib.perioden import Kwartaal

NAWERK = timedelta(days=80)
"""Contradictions of a quarter show until this long after it; `verdacht` looks half a year back."""
HOOGSTENS = 100


@dataclass(frozen=True, slots=True)
class Tegenspraakrij:
    """One client with what contradicts itself, by mark."""

    merk: str
    zinnen: tuple[str, ...]


@dataclass(frozen=True)
class Gesprek:
    """One provider, one quarter."""

    rij: Kwartaalgesprek
    uitval: Overzicht
    vast: Vaststelling | None
    verloop: Sequence[Kwartaalstand]
    indiening: OpgaveIndiening | None
    vorige: OpgaveIndiening | None
    resultaat: ResultaatBehaald
    kwaliteit: Kwaliteit
    aandacht: Sequence[Aandachtrij]
    tegenspraken: Sequence[Tegenspraakrij]
    acties: Sequence[Gespreksactie]
    """Of this talk, and what is still open from earlier ones."""

    @property
    def kwartaal(self) -> Kwartaal:
        return Kwartaal.lees(self.rij.kwartaal)

    @property
    def beeld(self) -> dict[str, Any] | None:
        return self.indiening.inhoud if self.indiening else None

    @cached_property
    def doelen(self) -> list[Doelrij]:
        return doelrijen(self.beeld, self.vorige.inhoud if self.vorige else None)

    @property
    def vorig_kwartaal(self) -> str:
        """Which quarter the scores are compared with; a quarter may have been skipped."""
        return self.vorige.opgave.kwartaal if self.vorige else ""


def gesprekken(lezer: Gebruiker) -> QuerySet[Kwartaalgesprek]:
    return Kwartaalgesprek.objects.visible_to(lezer).select_related(
        "regio", "aanbieder", "begonnen_door", "bewaard_door"
    )


@dataclass(frozen=True, slots=True)
class Gespreksregel:
    """A line of the list: a provider with care in this quarter, its opgave, and the talk when it was begun."""

    regio: Regio
    verwacht: Verwacht
    gesprek: Kwartaalgesprek | None
    open_acties: int


def te_voeren(lezer: Gebruiker, kwartaal: Kwartaal, vandaag: date) -> list[Gespreksregel]:
    """Every provider of every region within reach. Six queries and three per region."""
    begonnen = {(g.regio_id, g.aanbieder_id): g for g in gesprekken(lezer).filter(kwartaal=str(kwartaal))}
    open_: dict[tuple[int, int], int] = {}
    rijen = Gespreksactie.objects.visible_to(lezer).open().filter(gesprek__kwartaal__lte=str(kwartaal))
    for sleutel in rijen.values_list("gesprek__regio_id", "aanbieder_id"):
        open_[sleutel] = open_.get(sleutel, 0) + 1
    return [
        Gespreksregel(
            afspraak.regio, verwacht, begonnen.get(sleutel), open_.get(sleutel, 0)
        )
        for afspraak in afspraken(lezer)
        for verwacht in van_regio(lezer, afspraak, kwartaal, vandaag)
        for sleutel in [(afspraak.regio_id, verwacht.aanbieder.pk)]
    ]  # fmt: skip


def gesprek_van(lezer: Gebruiker, rij: Kwartaalgesprek, vandaag: date) -> Gesprek:
    """Raises ValueError when the region has no mapping for some code on the last day."""
    kwartaal, regio = Kwartaal.lees(rij.kwartaal), rij.regio
    keuze = Keuze(kwartaal.periode, regio_id=regio.pk, aanbieder_ids=(rij.aanbieder_id,))
    geteld, verloop = uitval_met_verloop(lezer, rij, keuze)
    indiening, vorige = _indieningen(lezer, rij)
    oordeel = _kwaliteit(lezer, rij, kwartaal, vandaag)
    return Gesprek(
        rij=rij,
        uitval=geteld,
        vast=verloop[-1].vast,
        verloop=verloop,
        indiening=indiening,
        vorige=vorige,
        resultaat=resultaat_behaald(lezer, keuze),
        kwaliteit=oordeel,
        aandacht=met_wie(lezer, oordeel.aandacht),
        tegenspraken=_tegenspraken(lezer, rij.aanbieder, kwartaal, vandaag),
        acties=acties_bij(lezer, rij),
    )


def _indieningen(
    lezer: Gebruiker, rij: Kwartaalgesprek
) -> tuple[OpgaveIndiening | None, OpgaveIndiening | None]:
    """What the provider sent last about this quarter, and about the last quarter before it that it sent."""
    rijen = (
        OpgaveIndiening.objects.visible_to(lezer)
        .filter(opgave__regio_id=rij.regio_id, aanbieder_id=rij.aanbieder_id)
        .select_related("opgave", "ingediend_door")
        .order_by("-opgave__kwartaal", "-volgnummer")
    )
    nu: OpgaveIndiening | None = rijen.filter(opgave__kwartaal=rij.kwartaal).first()
    toen: OpgaveIndiening | None = rijen.filter(opgave__kwartaal__lt=rij.kwartaal).first()
    return nu, toen


def _kwaliteit(lezer: Gebruiker, rij: Kwartaalgesprek, kwartaal: Kwartaal, vandaag: date) -> Kwaliteit:
    rijen = berichten_van(lezer, kwartaal.periode, aanbieder_id=rij.aanbieder_id, regio_id=rij.regio_id)
    return kwaliteit(rijen, vandaag).get(rij.aanbieder_id, Kwaliteit(()))


def _tegenspraken(
    lezer: Gebruiker, aanbieder: Aanbieder, kwartaal: Kwartaal, vandaag: date
) -> list[Tegenspraakrij]:
    """Of allocations with an end or a judgement in this quarter; they vanish by themselves once solved."""
    kandidaten = verdacht(lezer, min(vandaag, kwartaal.laatste + NAWERK)).filter(aanbieder=aanbieder)
    gevonden = []
    for zaak in zaken(kandidaten.order_by("-pk")[:HOOGSTENS]):
        zinnen = tuple(t.zin for t in geef_tegenspraken(zaak, vandaag))
        if zinnen and _in_kwartaal(zaak, kwartaal):
            gevonden.append(Tegenspraakrij(_merk(zaak), zinnen))
    return sorted(gevonden, key=lambda t: t.merk)


def _in_kwartaal(zaak: Zaak, kwartaal: Kwartaal) -> bool:
    dagen = [s.einddatum for s in zaak.stops] + [r.resultaatdatum for r in zaak.resultaten]
    return any(dag in kwartaal.periode for dag in dagen)


def _merk(zaak: Zaak) -> str:
    return AFGESCHERMD if zaak.client.afgeschermd else merk(sleutel_van(zaak.client.kenmerk))


def acties_bij(lezer: Gebruiker, rij: Kwartaalgesprek) -> list[Gespreksactie]:
    rijen = (
        Gespreksactie.objects.visible_to(lezer)
        .filter(gesprek__regio_id=rij.regio_id, aanbieder_id=rij.aanbieder_id, gesprek__kwartaal__lte=rij.kwartaal)
        .select_related("gesprek", "afgesproken_door", "gedaan_door")
        .order_by("gedaan_op", "uiterlijk_datum", "pk")
    )  # fmt: skip
    return [actie for actie in rijen if actie.gedaan_op is None or actie.gesprek_id == rij.pk]
