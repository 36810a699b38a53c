"""Which kwartaalopgaven are expected, of whom, until when, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from beschikkingen.enums import Leveringsvorm, ToewijzingStatus
from beschikkingen.models import Toewijzing
from organisaties.models import Aanbieder, Gebruiker, Gemeente, Regio
from rapportage.enums_opgave import OpgaveStatus
from rapportage.models import Kwartaalopgave, Opgaveafspraak, Opgavetermijn
from rapportage.opgave_regels import deadline
from rapportage.queries.lezers import Lezer
from rapportage.queries.opgave import opgaven
from wmo_portal.lib.perioden import Kwartaal


def _zorg_in(lezer: Lezer, kwartaal: Kwartaal) -> QuerySet[Toewijzing]:
    """Help in kind that could have been given in this quarter."""
    return (
        Toewijzing.objects.visible_to(lezer)
        .filter(
            Q(einddatum__isnull=True) | Q(einddatum__gte=kwartaal.eerste),
            ingangsdatum__lte=kwartaal.laatste,
            leveringsvorm=Leveringsvorm.ZIN,
        )
        .exclude(status=ToewijzingStatus.VERWIJDERD)
    )


def verwachte_aanbieders(lezer: Lezer, regio: Regio, kwartaal: Kwartaal) -> set[int]:
    """Providers that could have given help in kind in the region in this quarter. One query."""
    rijen = _zorg_in(lezer, kwartaal).filter(gemeente__regio=regio)
    return set(rijen.values_list("aanbieder_id", flat=True).distinct())


def _regios_met_zorg(gebruiker: Gebruiker, kwartaal: Kwartaal) -> set[int]:
    """The same for all regions of one provider at once. One query, however many regions it works in."""
    rijen = _zorg_in(gebruiker, kwartaal).filter(gemeente__regio__isnull=False)
    return set(rijen.values_list("gemeente__regio_id", flat=True).distinct())


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


Termijnen = Mapping[tuple[int, str], date]
"""(region, quarter) -> the last day that was agreed for that quarter alone."""


def eigen_termijnen() -> dict[tuple[int, str], date]:
    rijen = Opgavetermijn.objects.values_list("regio_id", "kwartaal", "uiterste_datum")
    return {(regio, kwartaal): datum for regio, kwartaal, datum in rijen}


def uiterste_dag(afspraak: Opgaveafspraak, kwartaal: Kwartaal, eigen: Termijnen) -> date:
    """The one of the quarter itself, else so many days after it."""
    return eigen.get((afspraak.regio_id, str(kwartaal))) or deadline(kwartaal, afspraak.dagen)


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
    met_zorg = _regios_met_zorg(gebruiker, kwartaal)
    open_ = [rij.regio for rij in dagen.values() if rij.regio_id in met_zorg]
    for regio in open_:
        per.setdefault((regio.pk, str(kwartaal)), None)
    regios = {regio.pk: regio for regio in open_} | {o.regio_id: o.regio for o in per.values() if o}
    aanbieder, eigen = gebruiker.aanbieder, eigen_termijnen()
    assert aanbieder is not None
    return [
        _verwacht(regios[regio_id], Kwartaal.lees(k), dagen.get(regio_id), eigen, aanbieder, opgave, vandaag)
        for (regio_id, k), opgave in sorted(
            per.items(), key=lambda paar: (paar[0][1], paar[0][0]), reverse=True
        )
    ]


def van_regio(
    gebruiker: Gebruiker, afspraak: Opgaveafspraak, kwartaal: Kwartaal, vandaag: date
) -> list[Verwacht]:
    """Every provider of a region in one quarter: who sent, who did not. Four queries."""
    per = {o.aanbieder_id: o for o in opgaven(gebruiker).filter(regio=afspraak.regio, kwartaal=str(kwartaal))}
    wie = verwachte_aanbieders(gebruiker, afspraak.regio, kwartaal) | set(per)
    eigen = eigen_termijnen()
    return [
        _verwacht(afspraak.regio, kwartaal, afspraak, eigen, aanbieder, per.get(aanbieder.pk), vandaag)
        for aanbieder in Aanbieder.objects.filter(pk__in=wie).order_by("naam")
    ]


def _verwacht(
    regio: Regio,
    kwartaal: Kwartaal,
    afspraak: Opgaveafspraak | None,
    eigen: Termijnen,
    aanbieder: Aanbieder,
    opgave: Kwartaalopgave | None,
    vandaag: date,
) -> Verwacht:
    uiterlijk = uiterste_dag(afspraak or Opgaveafspraak(regio=regio), kwartaal, eigen)
    return Verwacht(regio, kwartaal, uiterlijk, aanbieder, opgave, (uiterlijk - vandaag).days)
