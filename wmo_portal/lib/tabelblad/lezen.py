"""Reading an uploaded xlsx or csv into rows: everything that is wrong is said, with row and column."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from wmo_portal.lib.tabelblad.cellen import Soort
from wmo_portal.lib.tabelblad.getypt import NietGelezen, lees_waarde, toon
from wmo_portal.lib.tabelblad.openen import BestandGeweigerd, RuwBlad, RuweCel, RuweRij, open_bestand
from wmo_portal.lib.tekst import in_het_kort, zoeksleutel

_ZOEK_KOP = 20  # a title and a few remarks may stand above the header
_TOON_FORMULES = 5


@dataclass(frozen=True)
class VerwachteKolom:
    """A column to look for: by header or alias, whatever its capitals and accents.

    `verplicht`: the column must be there. `gevuld`: so must a value in each row. `lengte`: digits of an
    identifier that Excel may have robbed of its leading zeros.
    """

    kop: str
    soort: Soort = "tekst"
    verplicht: bool = True
    gevuld: bool = False
    lengte: int | None = None
    aliassen: tuple[str, ...] = ()

    def past(self, kop: str) -> bool:
        return kop in {zoeksleutel(k) for k in (self.kop, *self.aliassen)}


@dataclass(frozen=True)
class IngelezenRij:
    """A row under its own number in the file; a value that could not be read is None and has a sentence.

    `berekend`: the headers whose cell was a formula; its outcome is the value.
    """

    nummer: int
    waarden: Mapping[str, Any]
    ruw: Mapping[str, str]
    fouten: tuple[str, ...] = ()
    berekend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ingelezen:
    """What was read: sheet, the headers found and not used, and every row."""

    blad: str
    rijen: tuple[IngelezenRij, ...]
    overige_koppen: tuple[str, ...] = ()

    @property
    def goed(self) -> tuple[IngelezenRij, ...]:
        return tuple(rij for rij in self.rijen if not rij.fouten)

    @property
    def fout(self) -> tuple[IngelezenRij, ...]:
        return tuple(rij for rij in self.rijen if rij.fouten)


@dataclass
class _Kop:
    """The header row that fits best: which expected column stands where."""

    blad: str
    plaatsen: dict[int, VerwachteKolom]
    koppen: list[str]
    rijen: Iterator[RuweRij] = field(default_factory=lambda: iter(()))

    def ontbreekt(self, verwacht: Sequence[VerwachteKolom]) -> list[str]:
        return [k.kop for k in verwacht if k.verplicht and k not in self.plaatsen.values()]


def lees_blad(
    inhoud: bytes,
    *,
    verwachte_kolommen: Sequence[VerwachteKolom | str],
    max_rijen: int = 20_000,
    max_uitgepakt: int = 60_000_000,
    formules: bool = False,
) -> Ingelezen:
    """Raises BestandGeweigerd, and nothing else, when the file as a whole cannot be read.

    `formules`: a cell that is worked out gives what it showed when the file was saved, and the row says so. Only where
    somebody looks at the numbers before they count; elsewhere a formula in a column that is read refuses the file.
    Takes the first sheet (visible ones first) that has every required column. About 20 µs a cell.
    """
    verwacht = [VerwachteKolom(k) if isinstance(k, str) else k for k in verwachte_kolommen]
    kop = _zoek_kop(open_bestand(inhoud, max_uitgepakt), verwacht)
    rijen = list(itertools.islice(kop.rijen, max_rijen + 1))
    if len(rijen) > max_rijen:
        raise BestandGeweigerd(f"Dit bestand heeft meer dan {max_rijen} rijen. Splits het in delen.")
    if not formules:
        _weiger_formules(rijen, kop)
    gebruikt = set(kop.plaatsen)
    overig = tuple(k for i, k in enumerate(kop.koppen) if k and i not in gebruikt)
    return Ingelezen(kop.blad, tuple(_lees_rij(rij, kop) for rij in rijen), overig)


def _zoek_kop(bladen: Iterable[RuwBlad], verwacht: Sequence[VerwachteKolom]) -> _Kop:
    beste: _Kop | None = None
    for blad in bladen:
        gevonden = _kop_van(blad, verwacht)
        if not gevonden.ontbreekt(verwacht):
            return gevonden
        if beste is None or len(gevonden.plaatsen) > len(beste.plaatsen):
            beste = gevonden
    raise BestandGeweigerd(_zin_ontbreekt(beste, verwacht))


def _kop_van(blad: RuwBlad, verwacht: Sequence[VerwachteKolom]) -> _Kop:
    """The first of the top rows that has every required column, else the one that has most."""
    beste = _Kop(blad.naam, {}, [])
    for _, cellen in itertools.islice(blad.rijen, _ZOEK_KOP):
        koppen = ["" if c.waarde is None else in_het_kort(str(c.waarde), 60) for c in cellen]
        kop = _Kop(blad.naam, _plaatsen(koppen, verwacht), koppen, blad.rijen)
        if not kop.ontbreekt(verwacht):
            return kop
        if len(kop.plaatsen) > len(beste.plaatsen) or not any(beste.koppen):
            beste = kop
    return beste


def _plaatsen(koppen: Sequence[str], verwacht: Sequence[VerwachteKolom]) -> dict[int, VerwachteKolom]:
    """The first column that fits each expected one; a second of the same name is left alone."""
    sleutels = [zoeksleutel(k) for k in koppen]
    plaatsen: dict[int, VerwachteKolom] = {}
    for kolom in verwacht:
        plaats = next((i for i, s in enumerate(sleutels) if i not in plaatsen and kolom.past(s)), None)
        if plaats is not None:
            plaatsen[plaats] = kolom
    return plaatsen


def _zin_ontbreekt(beste: _Kop | None, verwacht: Sequence[VerwachteKolom]) -> str:
    if beste is None or not any(beste.koppen):
        return f"Het bestand is leeg. Verwacht: een kopregel met {_opsomming([k.kop for k in verwacht])}."
    return (
        f"Deze kolommen ontbreken: {_opsomming(beste.ontbreekt(verwacht))}. "
        f"Gevonden op blad “{beste.blad}”: {_opsomming([k for k in beste.koppen if k][:20])}. "
        f"Verwacht: {_opsomming([k.kop for k in verwacht if k.verplicht])}."
    )


def _opsomming(woorden: Sequence[str]) -> str:
    return ", ".join(f"“{w}”" for w in woorden)


def _weiger_formules(rijen: Sequence[RuweRij], kop: _Kop) -> None:
    """A formula shows a number that we cannot check."""
    plekken = [
        f"rij {nummer}, kolom {get_column_letter(i + 1)} ({kop.plaatsen[i].kop})"
        for nummer, cellen in rijen
        for i in kop.plaatsen
        if i < len(cellen) and cellen[i].soort == "formule"
    ]
    if plekken:
        meer = f" en nog {len(plekken) - _TOON_FORMULES}" if len(plekken) > _TOON_FORMULES else ""
        raise BestandGeweigerd(
            f"Er staan formules in het bestand: {'; '.join(plekken[:_TOON_FORMULES])}{meer}. "
            "Kopieer de cellen en plak ze als waarden."
        )


def _lees_rij(rij: RuweRij, kop: _Kop) -> IngelezenRij:
    nummer, cellen = rij
    waarden: dict[str, Any] = {}
    ruw: dict[str, str] = {}
    fouten = _te_lang(cellen, kop)
    for plaats, kolom in sorted(kop.plaatsen.items()):
        cel = cellen[plaats] if plaats < len(cellen) else RuweCel(None)
        ruw[kolom.kop] = "" if cel.waarde is None else toon(cel.waarde)
        waarden[kolom.kop], fout = _lees_cel(cel, kolom)
        if fout:
            fouten.append(f"Rij {nummer}, kolom {get_column_letter(plaats + 1)} ({kolom.kop}): {fout}.")
    berekend = tuple(
        kolom.kop
        for plaats, kolom in sorted(kop.plaatsen.items())
        if plaats < len(cellen) and cellen[plaats].soort == "formule"
    )
    return IngelezenRij(nummer, waarden, ruw, tuple(fouten), berekend)


def _te_lang(cellen: Sequence[RuweCel], kop: _Kop) -> list[str]:
    """A csv row that was split too often has its values under the wrong headers."""
    over = [c for c in cellen[len(kop.koppen) :] if c.waarde is not None]
    if not over or kop.blad != "csv":
        return []
    return [
        f"Deze rij heeft {len(cellen)} velden en de kopregel {len(kop.koppen)}. "
        "Staat er een scheidingsteken in een tekst, zet die tekst dan tussen aanhalingstekens."
    ]


def _lees_cel(cel: RuweCel, kolom: VerwachteKolom) -> tuple[Any, str | None]:
    if cel.soort == "fout":
        return None, f"hier staat de foutmelding {toon(cel.waarde)} van Excel"
    if cel.soort == "formule" and cel.waarde is None:
        return None, (
            "hier staat een formule en geen uitkomst. Open het bestand, sla het op en lees het opnieuw in, of typ de "
            "uitkomst"
        )
    try:
        waarde = lees_waarde(cel.waarde, kolom.soort, kolom.lengte)
    except NietGelezen as fout:
        return None, str(fout)
    if kolom.gevuld and waarde in (None, ""):
        return None, "deze cel is leeg en moet gevuld zijn"
    return waarde, None
