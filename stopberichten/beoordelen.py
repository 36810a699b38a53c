"""The verdict on one readable message, on levels 2, 3 and 4 (IV032), in the shape of the columns of a Bericht."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import iwmo
from organisaties.models import Aanbieder, Gemeente
from stopberichten import verkeer
from stopberichten.enums import Berichtsoort, Berichtstatus
from stopberichten.leveringen import Historie
from stopberichten.models import Bericht
from stopberichten.ontvangst import Post
from stopberichten.verkeersfeiten import (
    UIT_DATABASE,
    Bron,
    Stand,
    laad_gemeentefeiten,
    start_feit,
    stop_feit,
    toegewezen_feiten,
)
from stopberichten.verkeersregels import Kop

TECHNISCH_AFGEKEURD: Final = "0001"
TE_VROEG: Final = frozenset({"9019", "9069"})
"""No allocation yet, no start yet: the message came before what it rests on."""

Melding = dict[str, str]


@dataclass(frozen=True, slots=True)
class Brief:
    """A readable message with its owners: what the lower steps work on."""

    bericht: iwmo.Bericht
    client: iwmo.model.Client
    gemeente: Gemeente | None
    aanbieder: Aanbieder | None
    bsn_index: bytes

    @property
    def sleutel(self) -> tuple[str, str, str]:
        return self.bericht.soort, self.bericht.header.afzender, self.bericht.header.identificatie


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """A verdict in the shape of the columns."""

    status: Berichtstatus
    header: list[str]
    client: list[str] | None
    producten: list[list[str]] | None
    meldingen: list[Melding]
    verdict: verkeer.Verdict | None = None
    stand: Stand | None = None

    def gelijk_aan(self, bericht: Bericht) -> bool:
        oud = (bericht.status, bericht.header_codes, bericht.client_codes, bericht.product_codes)
        return oud == (self.status, self.header, self.client, self.producten)

    @property
    def codes(self) -> set[str]:
        return {*self.header, *(code for reeks in self.producten or [] for code in reeks)}


def melding(regel: str, tekst: str, *, plaats: str, gevonden: str = "", verwacht: str = "") -> Melding:
    return {"regel": regel, "plaats": plaats, "gevonden": gevonden, "verwacht": verwacht, "tekst": tekst}


def beoordeel(
    post: Post, brief: Brief, oordeel: iwmo.Oordeel, *, bekend: bool, bron: Bron = UIT_DATABASE
) -> Uitkomst:
    """`bekend`: an accepted message has this identificatie already (TR056)."""
    gevonden = [m.als_json() for m in oordeel.meldingen]
    if not oordeel.akkoord:
        return Uitkomst(Berichtstatus.AFGEKEURD, [TECHNISCH_AFGEKEURD], None, None, gevonden)
    verdict, stand = _verdict(post, brief, bron, bekend=bekend)
    return Uitkomst(
        Berichtstatus.GEACCEPTEERD if verdict.geaccepteerd else Berichtstatus.AFGEKEURD,
        list(verdict.header),
        None if verdict.client is None else list(verdict.client),
        None if verdict.producten is None else [list(codes) for codes in verdict.producten],
        gevonden + [_uit_verkeer(m) for m in verdict.meldingen],
        verdict,
        stand,
    )


def _verdict(post: Post, brief: Brief, bron: Bron, *, bekend: bool) -> tuple[verkeer.Verdict, Stand | None]:
    """Levels 3 and 4."""
    kop = Kop(
        dagtekening=brief.bericht.header.dagtekening,
        gemeentecode=brief.bericht.gemeente,
        identificatie_bekend=bekend,
    )
    omgeving = bron.omgeving(kop.gemeentecode, brief.gemeente, post.vandaag, kop.dagtekening)
    if brief.gemeente is None or brief.aanbieder is None:
        # The header is refused before anything of the municipality is asked for.
        return verkeer.beoordeel_305(kop, [], historie=Historie(), omgeving=omgeving), None
    stand = bron.stand(brief.gemeente, brief.aanbieder, brief.bsn_index)
    producten = brief.client.producten
    if brief.bericht.soort == Berichtsoort.WMO305:
        starts = [start_feit(p) for p in producten if isinstance(p, iwmo.model.StartProduct)]
        return verkeer.beoordeel_305(kop, starts, historie=stand.historie, omgeving=omgeving), stand
    if brief.bericht.soort == Berichtsoort.WMO307:
        stops = [stop_feit(p) for p in producten if isinstance(p, iwmo.model.StopProduct)]
        return verkeer.beoordeel_307(kop, stops, historie=stand.historie, omgeving=omgeving), stand
    toegewezen = toegewezen_feiten(brief.bericht)
    nummers = [item.toewijzingnummer for item in toegewezen]
    feiten = laad_gemeentefeiten(brief.gemeente, brief.aanbieder, brief.bsn_index, nummers)
    return (
        verkeer.beoordeel_301(kop, toegewezen, feiten=feiten, historie=stand.historie, omgeving=omgeving),
        stand,
    )


def _uit_verkeer(m: verkeer.Melding) -> Melding:
    plaats = "Header" if m.product is None else f"product {m.product}"
    return melding(m.regel, m.tekst, plaats=plaats, gevonden=f"retourcode {m.retourcode}")


def wacht_op(brief: Brief, uitkomst: Uitkomst) -> list[int] | None:
    """The numbers of the products that came too early (9019, 9069); None when that is not what is wrong."""
    if not uitkomst.codes & TE_VROEG:
        return None
    paren = zip(brief.client.producten, uitkomst.producten or [], strict=True)
    nummers = {p.toewijzingnummer for p, codes in paren if TE_VROEG & set(codes)}
    return sorted(nummer for nummer in nummers if nummer is not None)
