"""What a reader may choose from in the filters of a report: only what is within reach."""

from __future__ import annotations

from dataclasses import dataclass

from beschikkingen.models import Toewijzing
from organisaties.models import Aanbieder, Gemeente, Regio, Resultaatgebied, Trede
from rapportage.queries.lezers import Lezer

Optie = tuple[int, str, str]
"""Primary key, code for the address, name."""


@dataclass(frozen=True, slots=True)
class Filteropties:
    regios: tuple[Optie, ...]
    gemeenten: tuple[Optie, ...]
    aanbieders: tuple[Optie, ...]
    gebieden: tuple[Optie, ...]


def filteropties(lezer: Lezer) -> Filteropties:
    """Four queries."""
    gemeenten = Gemeente.objects.filter(pk__in=lezer.gemeente_ids, regio__isnull=False)
    regios = Regio.objects.filter(gemeenten__in=gemeenten).distinct()
    zorg = Toewijzing.objects.visible_to(lezer)
    aanbieders = Aanbieder.objects.filter(pk__in=zorg.values("aanbieder_id"))
    gebieden = Resultaatgebied.objects.filter(regio__in=regios).select_related("regio")
    alle_regios = tuple((r.pk, r.code, r.naam) for r in regios)
    return Filteropties(
        regios=alle_regios,
        gemeenten=tuple((g.pk, g.code, g.naam) for g in gemeenten),
        aanbieders=tuple((a.pk, a.agb, a.naam) for a in aanbieders),
        gebieden=tuple((g.pk, f"{g.regio.code}.{g.code}", _gebied(g, len(alle_regios))) for g in gebieden),
    )


def _gebied(gebied: Resultaatgebied, regios: int) -> str:
    return gebied.naam if regios == 1 else f"{gebied.naam} ({gebied.regio.naam})"


def treden(lezer: Lezer) -> tuple[Optie, ...]:
    """One query."""
    rijen = Trede.objects.filter(regio__gemeenten__in=lezer.gemeente_ids).distinct().select_related("regio")
    return tuple((t.pk, f"{t.regio.code}.{t.zwaarte}", f"{t.naam} ({t.regio.naam})") for t in rijen)
