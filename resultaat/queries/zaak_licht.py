"""Cases with no more than the contradictions look at (M5): for hundreds of allocations at a time, as plain rows.

`zaken` reads whole rows with all that is shown around them; a list of 200 needs none of that. What follows from the
rows is asked of the same `Zaak` and the same rules: `tests/resultaat/test_werkpagina.py` lays both beside each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Final

from django.db.models import QuerySet

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.models import Stap, Toewijzing
from resultaat.models import Resultaat
from resultaat.queries.zaak import Zaak
from stopberichten.models import Levering, Stop, ToelichtingRegel
from wmo_portal.lib.een_van import een_van

_TOEWIJZING: Final = (
    "pk",
    "kenmerk",
    "gemeente_id",
    "aanbieder_id",
    "client_id",
    "beschikking_id",
    "resultaatgebied_id",
    "trede_id",
    "ingangsdatum",
    "einddatum",
    "perspectief",
    "reden_wijziging",
    "gemeente__code",
    "gemeente__einddatum_tolerantie_dagen",
    "aanbieder__agb",
    "client__behandelaar_id",
    "client__behandelaar__is_active",
    "beschikking__pk",
    "beschikking__soort",
    "beschikking__einddatum",
    "trede__naam",
    "trede__zwaarte",
)
_ANDERE: Final = (
    "pk",
    "client_id",
    "beschikking_id",
    "resultaatgebied_id",
    "trede_id",
    "ingangsdatum",
    "einddatum",
    "beschikking__status",
    "beschikking__voorganger_id",
    "trede__naam",
    "trede__zwaarte",
)
_START: Final = ("toewijzing_id", "begindatum")
_STOP: Final = ("pk", "toewijzing_id", "reden", "begindatum", "einddatum", "ontvangen_op", "ingetrokken_op")
_REGEL: Final = ("toewijzing_id", "soort", "behaald", "toelichting__ingediend_op")
_RESULTAAT: Final = (
    "toewijzing_id",
    "uitkomst",
    "actueel",
    "redenen",
    "stap_id",
    "stop_id",
    "evaluatie_id",
    "geregistreerd_op",
)

Rijen = dict[int, list[Any]]


def lichte_zaken(nummers: Iterable[int]) -> list[Zaak]:
    """The cases of these allocations, which the asker may see, in this order. Seven queries, whatever the number."""
    gevraagd = list(nummers)
    eigen = {t.pk: t for t in _rijen(Toewijzing.objects.filter(een_van("pk", gevraagd)), _TOEWIJZING)}
    andere = _andere({t.client_id for t in eigen.values()})
    alle = eigen.keys() | {t.pk for rijen in andere.values() for t in rijen}
    begonnen = Levering.objects.geldig().filter(een_van("toewijzing_id", alle))
    starts = _per(begonnen.order_by("begindatum", "pk"), _START)
    for rijen in andere.values():
        for t in rijen:
            t.z_leveringen = starts[t.pk]
    delen = _delen(eigen.keys())
    return [_als_zaak(eigen[pk], starts[pk], andere, delen) for pk in gevraagd if pk in eigen]


def _andere(clienten: Iterable[int]) -> Rijen:
    """Of the other allocations of the same client it is asked what came after."""
    rijen = Toewijzing.objects.filter(een_van("client_id", clienten)).exclude(
        status=ToewijzingStatus.VERWIJDERD
    )
    return _per(rijen.order_by("ingangsdatum", "pk"), _ANDERE, "client_id")


def _delen(nummers: Iterable[int]) -> dict[str, Rijen]:
    hun = een_van("toewijzing_id", nummers)
    stappen = _per(Stap.objects.filter(hun).order_by("volgnummer"), ("pk", "toewijzing_id"))
    resultaten = Resultaat.objects.filter(hun).order_by("geregistreerd_op", "pk")
    formulieren = ToelichtingRegel.objects.ingediend().filter(hun).order_by("toelichting__ingediend_op", "pk")
    return {
        "stappen": stappen,
        "stops": _per(Stop.objects.filter(hun).order_by("ontvangen_op", "pk"), _STOP),
        "regels": _per(formulieren, _REGEL),
        "resultaten": _met_stap(_per(resultaten, _RESULTAAT), stappen),
    }


def _met_stap(resultaten: Rijen, stappen: Rijen) -> Rijen:
    per_nummer = {stap.pk: stap for rijen in stappen.values() for stap in rijen}
    for rijen in resultaten.values():
        for rij in rijen:
            rij.stap = per_nummer.get(rij.stap_id)
    return resultaten


def _als_zaak(t: Any, starts: list[Any], andere: Rijen, delen: dict[str, Rijen]) -> Zaak:
    return Zaak(
        toewijzing=t,
        leveringen=tuple(starts),
        evaluaties=(),
        momenten=(),
        andere=tuple(ander for ander in andere[t.client_id] if ander.pk != t.pk),
        **{naam: tuple(rijen[t.pk]) for naam, rijen in delen.items()},
    )


# --- Plain rows ------------------------------------------------------------------------------------------------------
def _per(rijen: QuerySet[Any], velden: tuple[str, ...], op: str = "toewijzing_id") -> Rijen:
    per: Rijen = defaultdict(list)
    for rij in _rijen(rijen, velden):
        per[getattr(rij, op)].append(rij)
    return per


def _rijen(rijen: QuerySet[Any], velden: tuple[str, ...]) -> list[Any]:
    vorm = _vorm(velden)
    return [vorm.rij(waarden) for waarden in rijen.values_list(*velden)]


@dataclass(frozen=True, slots=True)
class Vorm:
    """How the columns of a query become a row on which `a__b` is read as on a model: `rij.a.b`."""

    plat: tuple[tuple[str, int], ...]
    """Name and column."""
    takken: tuple[tuple[str, int | None, Vorm], ...]
    """Name, the column that refers to it (`a_id`; where it is empty, `a` is None) and what hangs on it."""

    def rij(self, waarden: Sequence[Any]) -> Any:
        rij = SimpleNamespace()
        velden = rij.__dict__
        for naam, plek in self.plat:
            velden[naam] = waarden[plek]
        for naam, sleutel, vorm in self.takken:
            leeg = sleutel is not None and waarden[sleutel] is None
            velden[naam] = None if leeg else vorm.rij(waarden)
        return rij


@cache
def _vorm(velden: tuple[str, ...]) -> Vorm:
    return _vorm_van({veld: plek for plek, veld in enumerate(velden)})


def _vorm_van(plekken: dict[str, int]) -> Vorm:
    takken: dict[str, dict[str, int]] = defaultdict(dict)
    for veld, plek in plekken.items():
        tak, streep, rest = veld.partition("__")
        if streep:
            takken[tak][rest] = plek
    return Vorm(
        tuple((veld, plek) for veld, plek in plekken.items() if "__" not in veld),
        tuple((tak, plekken.get(f"{tak}_id"), _vorm_van(onder)) for tak, onder in takken.items()),
    )
