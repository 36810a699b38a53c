"""Read a kwartaalopgave: one draft with everything that stands in it, and what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from beschikkingen.models import Client
from organisaties.models import Gebruiker
from rapportage.enums_opgave import Deel
from rapportage.models import (
    Beleidsdoel,
    BeleidsdoelScore,
    Clientervaring,
    Kwartaalopgave,
    OpgaveIndiening,
)
from rapportage.opgave_beeld import Beeld, beeld_doel, beeld_ervaring, maak_beeld
from rapportage.opgave_ervaring import VRAGEN, bezwaren_ervaring
from rapportage.opgave_regels import ASSEN, Bezwaar, Doelfeit, bezwaren_doelen
from rapportage.opgave_uitval import Uitvaldeel, bouw
from rapportage.overzicht import Keuze
from rapportage.queries.lezers import Lezer
from rapportage.queries.uitval import uitval
from wmo_portal.lib.perioden import Kwartaal

ANTWOORDEN = tuple(vraag.veld for vraag in VRAGEN)


def opgaven(gebruiker: Gebruiker) -> Any:
    return Kwartaalopgave.objects.visible_to(gebruiker).select_related(
        "regio", "aanbieder", "ingediend_door", "vastgesteld_door"
    )


# --- One draft ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Doel:
    """A goal with what was scored; `score` is None when nothing was typed yet."""

    doel: Beleidsdoel
    score: BeleidsdoelScore | None

    @property
    def feit(self) -> Doelfeit:
        return Doelfeit(
            veld=self.doel.code,
            tekst=self.doel.tekst,
            scores={as_: getattr(self.score, as_, None) for as_ in ASSEN},
            toelichting=self.score.toelichting if self.score else "",
        )


@dataclass(frozen=True)
class Concept:
    """Everything in an opgave as it stands now, with what keeps it from being sent."""

    opgave: Kwartaalopgave
    uitval: Uitvaldeel
    ervaring: Clientervaring
    documenten: tuple[Mapping[str, str], ...]
    doelen: tuple[Doel, ...]
    onbeantwoord: int

    @cached_property
    def bezwaren(self) -> dict[Deel, tuple[Bezwaar, ...]]:
        return {
            Deel.UITVAL: self.uitval.bezwaren(),
            Deel.ERVARING: bezwaren_ervaring(self.ervaring.gevraagd, antwoorden_van(self.ervaring)),
            Deel.DOELEN: bezwaren_doelen([doel.feit for doel in self.doelen]),
        }

    @property
    def compleet(self) -> bool:
        return not any(self.bezwaren.values()) and not self.onbeantwoord

    @cached_property
    def beeld(self) -> Beeld:
        e = self.ervaring
        return maak_beeld(
            kop=kop_van(self.opgave),
            uitval=self.uitval,
            ervaring=beeld_ervaring(
                gevraagd=e.gevraagd,
                antwoorden=antwoorden_van(e),
                overgenomen=e.overgenomen,
                overgenomen_uit=e.overgenomen_uit,
                documenten=self.documenten,
            ),
            doelen=[
                beeld_doel(
                    doel.feit, code=doel.doel.code, overgenomen=bool(doel.score and doel.score.overgenomen)
                )
                for doel in self.doelen
            ],
        )


def antwoorden_van(ervaring: Clientervaring) -> dict[str, str]:
    return {veld: getattr(ervaring, veld) for veld in ANTWOORDEN}


def kop_van(opgave: Kwartaalopgave) -> dict[str, str]:
    kwartaal = Kwartaal.lees(opgave.kwartaal)
    return {
        "aanbieder": opgave.aanbieder.naam,
        "agb": opgave.aanbieder.agb,
        "regio": opgave.regio.naam,
        "kwartaal": str(kwartaal),
        "kwartaalnaam": kwartaal.naam,
        "periode": str(kwartaal.periode),
    }


def concept(opgave: Kwartaalopgave, lezer: Lezer) -> Concept:
    """Read the draft. Raises ValueError when the region has no mapping for some code (as the report does)."""
    return Concept(
        opgave=opgave,
        uitval=uitvaldeel(opgave, lezer),
        ervaring=ervaring_van(opgave),
        documenten=documenten_van(opgave),
        doelen=doelen_van(opgave),
        onbeantwoord=opgave.vragen.filter(beantwoord_op__isnull=True).count(),
    )


def uitvaldeel(opgave: Kwartaalopgave, lezer: Lezer) -> Uitvaldeel:
    """Part 1: the messages as they are now, beside what the provider says."""
    gevonden = uitval(lezer, keuze_van(opgave))
    return bouw(
        gevonden,
        correcties={(c.gemeente_id, c.sleutel): (c.wordt, c.reden) for c in opgave.correcties.all()},
        getypt={(a.gemeente_id, a.soort, a.categorie): (a.getypt, a.reden) for a in opgave.aantallen.all()},
        geen_clienten=set(
            opgave.gemeenteregels.filter(geen_clienten=True).values_list("gemeente_id", flat=True)
        ),
        teksten={
            f"{t.categorie}-{t.gemeente.code}" if t.gemeente else t.categorie: t.tekst
            for t in opgave.toelichtingen.select_related("gemeente")
        },
    )


def keuze_van(opgave: Kwartaalopgave) -> Keuze:
    """The uitval report that this opgave is about."""
    return Keuze(
        Kwartaal.lees(opgave.kwartaal).periode,
        gemeente_ids=tuple(opgave.gemeenten),
        aanbieder_ids=(opgave.aanbieder_id,),
    )


def ervaring_van(opgave: Kwartaalopgave) -> Clientervaring:
    return opgave.ervaringen.first() or Clientervaring(opgave=opgave, aanbieder_id=opgave.aanbieder_id)


def doelen_van(opgave: Kwartaalopgave) -> tuple[Doel, ...]:
    """The goals of the region as they held on the last day of the quarter (R105)."""
    scores = {score.doel_id: score for score in opgave.scores.all()}
    doelen = Beleidsdoel.objects.filter(
        regio_id=opgave.regio_id, geldig__contains=Kwartaal.lees(opgave.kwartaal).laatste
    )
    return tuple(Doel(doel, scores.get(doel.pk)) for doel in doelen)


def documenten_van(opgave: Kwartaalopgave) -> tuple[Mapping[str, str], ...]:
    rijen = opgave.documenten.select_related("document").order_by("pk")
    return tuple(
        {
            "naam": rij.document.naam,
            "kenmerk": str(rij.document.kenmerk),
            "soort": rij.document.get_soort_display(),
        }
        for rij in rijen
    )


def vorige_opgave(opgave: Kwartaalopgave) -> Kwartaalopgave | None:
    """The last one of this provider in this region before this quarter; a draft counts too: it is its own text."""
    return (
        Kwartaalopgave.objects.filter(
            aanbieder_id=opgave.aanbieder_id, regio_id=opgave.regio_id, kwartaal__lt=opgave.kwartaal
        )
        .order_by("-kwartaal")
        .first()
    )


def namen_van(clienten: Iterable[int], lezer: Gebruiker) -> dict[int, str]:
    """Names for a provider's own list. A shielded client has none here (R112)."""
    rijen = Client.objects.visible_to(lezer).filter(pk__in=set(clienten), afgeschermd=False)
    return {client.pk: str(client) for client in rijen}


def verzonden(lezer: Gebruiker, kenmerk: str, volgnummer: str) -> OpgaveIndiening | None:
    """One sending of an opgave that this person may see."""
    rijen = OpgaveIndiening.objects.visible_to(lezer).select_related("ingediend_door", "opgave")
    gevonden: OpgaveIndiening | None = rijen.filter(
        opgave__kenmerk=kenmerk, volgnummer=int(volgnummer) if volgnummer.isdecimal() else 0
    ).first()
    return gevonden
