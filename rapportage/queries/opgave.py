"""Read kwartaalopgaven: lists, what is expected of whom, and one draft with everything that stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from beschikkingen.enums import Leveringsvorm, ToewijzingStatus
from beschikkingen.models import Client, Toewijzing
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio
from rapportage.enums_opgave import Deel, OpgaveStatus
from rapportage.models import (
    Beleidsdoel,
    BeleidsdoelScore,
    Clientervaring,
    Kwartaalopgave,
    Opgaveafspraak,
    OpgaveIndiening,
)
from rapportage.opgave_beeld import Beeld, beeld_doel, beeld_ervaring, maak_beeld
from rapportage.opgave_regels import (
    ASSEN,
    VRAGEN,
    Bezwaar,
    Doelfeit,
    bezwaren_doelen,
    bezwaren_ervaring,
    deadline,
)
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


# --- What is expected --------------------------------------------------------------------------------------------------
def verwachte_aanbieders(lezer: Lezer, regio: Regio, kwartaal: Kwartaal) -> set[int]:
    """Providers that could have given help in kind in the region in this quarter. One query."""
    return set(
        Toewijzing.objects.visible_to(lezer)
        .filter(
            Q(einddatum__isnull=True) | Q(einddatum__gte=kwartaal.eerste),
            gemeente__regio=regio,
            ingangsdatum__lte=kwartaal.laatste,
            leveringsvorm=Leveringsvorm.ZIN,
        )
        .exclude(status=ToewijzingStatus.VERWIJDERD)
        .values_list("aanbieder_id", flat=True)
        .distinct()
    )


def afspraken(lezer: Lezer | None = None) -> Any:
    """The regions that ask for an opgave; of a municipal reader only those of which it sees every municipality."""
    rijen = Opgaveafspraak.objects.select_related("regio").order_by("regio__naam")
    if lezer is None or lezer.aanbieder_id:
        return rijen
    buiten = Gemeente.objects.filter(regio__isnull=False).exclude(pk__in=lezer.gemeente_ids)
    return (
        rijen.filter(regio__gemeenten__in=lezer.gemeente_ids)
        .exclude(regio__in=buiten.values("regio"))
        .distinct()
    )


@dataclass(frozen=True, slots=True)
class Verwacht:
    """One line of the list: a quarter of a region, its last day, and the opgave when it was begun."""

    regio: Regio
    kwartaal: Kwartaal
    uiterlijk: date
    aanbieder: Aanbieder
    opgave: Kwartaalopgave | None
    dagen_over: int

    @property
    def verstuurd(self) -> bool:
        return self.opgave is not None and self.opgave.status != OpgaveStatus.CONCEPT

    @property
    def te_laat(self) -> bool:
        return not self.verstuurd and self.dagen_over < 0

    @property
    def stand(self) -> str:
        return OpgaveStatus(self.opgave.status).label if self.opgave else "Nog niet ingediend"

    @property
    def badge(self) -> str:
        if self.te_laat:
            return "fout"
        soorten = {OpgaveStatus.VASTGESTELD: "ok", OpgaveStatus.VRAGEN: "waarschuwing"}
        return soorten.get(OpgaveStatus(self.opgave.status), "info") if self.opgave else "neutraal"


def van_aanbieder(gebruiker: Gebruiker, vandaag: date) -> list[Verwacht]:
    """What this provider owes or has sent: the last quarter of each region it works in, and every former opgave."""
    kwartaal = Kwartaal.van(vandaag).vorige
    per = {(o.regio_id, o.kwartaal): o for o in opgaven(gebruiker)}
    dagen = {rij.regio_id: rij for rij in afspraken()}
    open_ = [rij.regio for rij in dagen.values() if verwachte_aanbieders(gebruiker, rij.regio, kwartaal)]
    for regio in open_:
        per.setdefault((regio.pk, str(kwartaal)), None)
    regios = {regio.pk: regio for regio in open_} | {o.regio_id: o.regio for o in per.values() if o}
    aanbieder = gebruiker.aanbieder
    assert aanbieder is not None
    return [
        _verwacht(regios[regio_id], Kwartaal.lees(k), dagen.get(regio_id), aanbieder, opgave, vandaag)
        for (regio_id, k), opgave in sorted(
            per.items(), key=lambda paar: (paar[0][1], paar[0][0]), reverse=True
        )
    ]


def van_regio(
    gebruiker: Gebruiker, afspraak: Opgaveafspraak, kwartaal: Kwartaal, vandaag: date
) -> list[Verwacht]:
    """Every provider of a region in one quarter: who sent, who did not. Three queries."""
    per = {o.aanbieder_id: o for o in opgaven(gebruiker).filter(regio=afspraak.regio, kwartaal=str(kwartaal))}
    wie = verwachte_aanbieders(gebruiker, afspraak.regio, kwartaal) | set(per)
    return [
        _verwacht(afspraak.regio, kwartaal, afspraak, aanbieder, per.get(aanbieder.pk), vandaag)
        for aanbieder in Aanbieder.objects.filter(pk__in=wie).order_by("naam")
    ]


def _verwacht(
    regio: Regio,
    kwartaal: Kwartaal,
    afspraak: Opgaveafspraak | None,
    aanbieder: Aanbieder,
    opgave: Kwartaalopgave | None,
    vandaag: date,
) -> Verwacht:
    uiterlijk = deadline(kwartaal, afspraak.dagen if afspraak else 30)
    return Verwacht(regio, kwartaal, uiterlijk, aanbieder, opgave, (uiterlijk - vandaag).days)


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
        teksten={t.categorie: t.tekst for t in opgave.toelichtingen.all()},
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
