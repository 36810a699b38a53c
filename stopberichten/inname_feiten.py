"""What many messages need to know, read once for all of them and kept up with what they add themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, NamedTuple, cast

from organisaties.models import Aanbieder, Gemeente
from stopberichten.beoordelen import Brief
from stopberichten.enums import Berichtstatus
from stopberichten.models import Bericht
from stopberichten.verkeersfeiten import (
    Bron,
    Plek,
    Stand,
    Startrij,
    Stoprij,
    laad_omgeving,
    maak_stand,
)
from wmo_portal.lib.stapelen import lees

Sleutel = tuple[str, str, str]
"""Berichtsoort, sender and identificatie: what a message is called (TR056)."""


def plek_van(brief: Brief) -> Plek | None:
    """None when the header names an owner that does not exist."""
    if brief.gemeente is None or brief.aanbieder is None:
        return None
    return brief.gemeente.id, brief.aanbieder.id, brief.bsn_index


class Feiten:
    """Six queries for all of `brieven` together; after that only what was forgotten is asked again."""

    def __init__(self, brieven: Collection[Brief]) -> None:
        plekken = {plek for brief in brieven if (plek := plek_van(brief))}
        self._standen: dict[Plek, Stand] = laad_standen(plekken)
        self._clienten = _clienten(plekken)
        self.eerder: dict[Sleutel, list[Bericht]] = _eerdere({b.sleutel for b in brieven}) if brieven else {}
        self.open_afkeur: set[tuple[str, Plek]] = _open_afkeur(plekken)
        self.bron = Bron(omgeving=cache(laad_omgeving), stand=self._stand)

    def _stand(self, gemeente: Gemeente, aanbieder: Aanbieder, bsn_index: bytes) -> Stand:
        plek = (gemeente.id, aanbieder.id, bsn_index)
        if plek not in self._standen:
            self._standen |= laad_standen([plek])
        return self._standen[plek]

    def client_id(self, brief: Brief) -> int | None:
        return None if brief.gemeente is None else self._clienten.get((brief.gemeente.id, brief.bsn_index))

    def onthoud(self, brief: Brief, bericht: Bericht) -> None:
        """This message was judged: its name is taken, and a refusal may be settled by a later one."""
        self.eerder.setdefault(brief.sleutel, []).insert(0, bericht)
        plek = plek_van(brief)
        if plek and bericht.status == Berichtstatus.AFGEKEURD:
            self.open_afkeur.add((bericht.soort, plek))

    def zet_stand(self, brief: Brief, stand: Stand) -> None:
        if plek := plek_van(brief):
            self._standen[plek] = stand

    def vergeet(self, brief: Brief) -> None:
        """Somebody else wrote about this client: ask again."""
        plek = plek_van(brief)
        if plek is None:
            return
        gemeente, _, index = plek
        self._standen = {p: s for p, s in self._standen.items() if (p[0], p[2]) != (gemeente, index)}
        self._clienten |= _clienten({plek})


class _Toewijzing(NamedTuple):
    pk: int
    client_id: int


# The places asked for, and beside each what is there. An index leads to each place, in whatever order they come.
_PLEKKEN = "from unnest(%s::bigint[], %s::bigint[], %s::bytea[]) as plek (gemeente, aanbieder, bsn)"
_CLIENTEN = f"""
    select plek.gemeente, plek.bsn, client.id
    {_PLEKKEN}
    join beschikkingen_client client on (client.gemeente_id, client.bsn_index) = (plek.gemeente, plek.bsn)"""
# The clients first, whatever the planner thinks: beginning at the allocations it would walk all of a municipality.
_TOEWIJZINGEN = f"""
    with wie as materialized (
        select plek.*, client.id as client
        {_PLEKKEN}
        join beschikkingen_client client on (client.gemeente_id, client.bsn_index) = (plek.gemeente, plek.bsn)
    )
    select wie.gemeente, wie.aanbieder, wie.bsn, toewijzing.toewijzingnummer, toewijzing.id, wie.client
    from wie
    join beschikkingen_toewijzing toewijzing on toewijzing.client_id = wie.client
        and (toewijzing.gemeente_id, toewijzing.aanbieder_id) = (wie.gemeente, wie.aanbieder)"""  # noqa: S608  constants
_REGELS = """
    select plek.*, regel.id, regel.toewijzingnummer, regel.productcategorie, regel.productcode, regel.begindatum{meer}
    {plekken}
    join {tabel} regel on regel.ingetrokken_op is null and (regel.gemeente_id, regel.aanbieder_id, regel.bsn_index)
        = (plek.gemeente, plek.aanbieder, plek.bsn)
    order by regel.id"""
_STARTS = _REGELS.format(plekken=_PLEKKEN, tabel="stopberichten_levering", meer="")
_STOPS = _REGELS.format(plekken=_PLEKKEN, tabel="stopberichten_stop", meer=", regel.reden, regel.einddatum")
_AFKEUR = f"""
    select plek.*, bericht.soort
    {_PLEKKEN}
    join stopberichten_bericht bericht on (bericht.gemeente_id, bericht.bsn_index) = (plek.gemeente, plek.bsn)
        and bericht.aanbieder_id = plek.aanbieder
    where bericht.status = 'afgekeurd' and bericht.herbeoordeeld_in_id is null"""


def _vraag(opdracht: str, plekken: Collection[Plek]) -> list[tuple[Any, ...]]:
    """Costs one query, or none for no places."""
    if not plekken:
        return []
    gemeenten, aanbieders, indexen = zip(*plekken, strict=True)
    return lees(opdracht, [("bigint", gemeenten), ("bigint", aanbieders), ("bytea", indexen)])


def _per_plek(rijen: Iterable[tuple[Any, ...]]) -> dict[Plek, list[tuple[Any, ...]]]:
    uit: dict[Plek, list[tuple[Any, ...]]] = defaultdict(list)
    for gemeente, aanbieder, bsn, *rij in rijen:
        uit[gemeente, aanbieder, bytes(bsn)].append(tuple(rij))
    return uit


def laad_standen(plekken: Collection[Plek]) -> dict[Plek, Stand]:
    """What `verkeersfeiten.laad_stand` gives, for many places in three queries."""
    toegewezen, starts, stops = (_per_plek(_vraag(s, plekken)) for s in (_TOEWIJZINGEN, _STARTS, _STOPS))
    return {
        plek: maak_stand(
            {nummer: _Toewijzing(pk, client) for nummer, pk, client in toegewezen.get(plek, ())},
            cast(Iterable[Startrij], starts.get(plek, ())),
            cast(Iterable[Stoprij], stops.get(plek, ())),
        )
        for plek in plekken
    }


def _clienten(plekken: Collection[Plek]) -> dict[tuple[int, bytes], int]:
    return {(gemeente, bytes(bsn)): pk for gemeente, bsn, pk in _vraag(_CLIENTEN, plekken)}


def _eerdere(sleutels: Collection[Sleutel]) -> dict[Sleutel, list[Bericht]]:
    """Every message with one of these names, the newest first."""
    soorten, afzenders, identificaties = (set(kolom) for kolom in zip(*sleutels, strict=True))
    rijen = Bericht.objects.filter(
        soort__in=soorten, afzender__in=afzenders, identificatie__in=identificaties
    )
    uit: dict[Sleutel, list[Bericht]] = {}
    for bericht in rijen.defer("inhoud", "retour").order_by("-pk"):
        sleutel = (bericht.soort, bericht.afzender, bericht.identificatie)
        if sleutel in sleutels:
            uit.setdefault(sleutel, []).append(bericht)
    return uit


def _open_afkeur(plekken: Collection[Plek]) -> set[tuple[str, Plek]]:
    """Where refused messages wait for a better one."""
    gevonden = _per_plek(_vraag(_AFKEUR, plekken))
    return {(soort, plek) for plek, rijen in gevonden.items() for (soort,) in rijen}
