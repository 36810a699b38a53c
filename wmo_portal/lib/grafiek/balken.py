"""Horizontal bars: stacked per row, plain, and in pairs (then and now)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wmo_portal.lib.grafiek.tekenen import (
    BREEDTE,
    KLEIN,
    Doek,
    Getal,
    breed,
    getal,
    label,
    lijn,
    spreid,
    streepjes,
    telbaar,
    woord,
)

_LABEL = 176.0
_LINKS = _LABEL + 12
_RECHTS = BREEDTE - 76
_BALK = 20.0


@dataclass(frozen=True)
class Rij:
    """One row of a stacked chart: a value per series; None is "not known" and takes no room."""

    label: str
    waarden: Sequence[Getal | None]


@dataclass(frozen=True)
class _Schaal:
    hoogste: float
    rechts: float = _RECHTS

    def x(self, waarde: float) -> float:
        return _LINKS + waarde / self.hoogste * (self.rechts - _LINKS)


def _as(
    doek: Doek, schaal: _Schaal, merken: Sequence[float], boven: float, onder: float, eenheid: str
) -> None:
    """The axis with ticks below; no grid, since lines would run through the printed numbers."""
    doek.voeg(lijn(_LINKS, boven, _LINKS, onder), lijn(_LINKS, onder, schaal.rechts, onder, 0.5))
    for merk in merken:
        x = schaal.x(merk)
        doek.voeg(lijn(x, onder, x, onder + 5, 0.5))
        doek.voeg(woord(x, onder + 18, getal(round(merk, 6)) + eenheid, "middle", KLEIN))


def _codes(reeksen: Sequence[str], codes: Sequence[str] | None) -> list[str]:
    gekozen = list(codes) if codes is not None else [chr(ord("A") + i) for i in range(len(reeksen))]
    if len(gekozen) != len(reeksen):
        raise ValueError(
            f"Er zijn {len(reeksen)} reeksen en {len(gekozen)} codes; dat moeten er evenveel zijn."
        )
    return gekozen


def _verhaal(rijen: Sequence[Rij], reeksen: Sequence[str]) -> str:
    return " ".join(
        f"{rij.label}: "
        + ", ".join(f"{r} {getal(w)}" for r, w in zip(reeksen, rij.waarden, strict=True))
        + "."
        for rij in rijen
    )


def gestapelde_balken(
    titel: str,
    rijen: Sequence[Rij],
    reeksen: Sequence[str],
    *,
    codes: Sequence[str] | None = None,
    als_aandeel: bool = False,
    beschrijving: str = "",
) -> str:
    """A bar per row, a part per series; under each bar every number with the code of its series.

    `als_aandeel` makes each bar equally long (100%); the numbers printed stay the numbers. Raises ValueError
    for a negative number, for more series than can be told apart, and for a row of another length.
    """
    namen = [f"{c} {n}" for c, n in zip(_codes(reeksen, codes), reeksen, strict=True)]
    doek = Doek(titel, beschrijving or _verhaal(rijen, reeksen), len(reeksen))
    if not rijen or not reeksen:
        return doek.leeg()
    lengten = [[telbaar(w) for _, w in zip(reeksen, rij.waarden, strict=True)] for rij in rijen]
    merken = [0.0, 25.0, 50.0, 75.0, 100.0] if als_aandeel else streepjes(max(map(sum, lengten)))
    schaal = _Schaal(merken[-1])
    boven = doek.legenda(namen, 8, 6, BREEDTE - 16) + 4
    onder = boven + len(rijen) * 48
    _as(doek, schaal, merken, boven, onder, "%" if als_aandeel else "")
    for i, (rij, lengte) in enumerate(zip(rijen, lengten, strict=True)):
        deler = sum(lengte) / 100 if als_aandeel else 1.0
        _stapel(doek, schaal, rij, [w / (deler or 1.0) for w in lengte], namen, boven + i * 48)
    return doek.svg(onder + 26)


def _stapel(
    doek: Doek, schaal: _Schaal, rij: Rij, lengten: list[float], namen: list[str], boven: float
) -> None:
    doek.voeg(label(_LABEL, boven + 14, rij.label, _LABEL - 6))
    vanaf, midden, teksten = 0.0, [], []
    for i, (lengte, waarde) in enumerate(zip(lengten, rij.waarden, strict=True)):
        if lengte > 0:
            x, tot = schaal.x(vanaf), schaal.x(vanaf + lengte)
            uitleg = f"{rij.label} – {namen[i]}: {getal(waarde)}"
            doek.voeg(doek.vlak(x, boven + 4, tot - x, _BALK, i, uitleg))
            midden.append((x + tot) / 2)
            teksten.append(f"{namen[i].split(' ')[0]}: {getal(waarde)}")
        vanaf += lengte
    breedten = [breed(t, KLEIN) for t in teksten]
    for x, tekst in zip(spreid(midden, breedten, _LINKS, BREEDTE - 4, 5), teksten, strict=True):
        doek.voeg(woord(x, boven + 38, tekst, "middle", KLEIN))
    bekend = [w for w in rij.waarden if w is not None]
    totaal = getal(sum(bekend)) if bekend else "–"
    doek.voeg(woord(schaal.x(vanaf) + 6, boven + 19, totaal, font_weight="bold"))


def balken(
    titel: str, staven: Sequence[tuple[str, Getal | None]], *, eenheid: str = "", beschrijving: str = ""
) -> str:
    """One bar per name with its number at the end. Raises ValueError for a negative number."""
    verhaal = " ".join(f"{naam}: {getal(w)}{eenheid}." for naam, w in staven)
    doek = Doek(titel, beschrijving or verhaal)
    if not staven:
        return doek.leeg()
    merken = streepjes(max(telbaar(w) for _, w in staven))
    schaal, onder = _Schaal(merken[-1]), 8 + len(staven) * 36.0
    _as(doek, schaal, merken, 8, onder, eenheid)
    for i, (naam, waarde) in enumerate(staven):
        boven, tot = 8 + i * 36.0, schaal.x(telbaar(waarde))
        doek.voeg(label(_LABEL, boven + 18, naam, _LABEL - 6))
        if tot > _LINKS:
            doek.voeg(
                doek.vlak(_LINKS, boven + 8, tot - _LINKS, _BALK, 0, f"{naam}: {getal(waarde)}{eenheid}")
            )
        cijfer = getal(waarde) + (eenheid if waarde is not None else "")
        doek.voeg(woord(tot + 6, boven + 23, cijfer, font_weight="bold"))
    return doek.svg(onder + 26)


def paren(
    titel: str,
    rijen: Sequence[tuple[str, Getal | None, Getal | None]],
    *,
    hoogste: float = 4,
    namen: tuple[str, str] = ("vorig kwartaal", "dit kwartaal"),
    beschrijving: str = "",
) -> str:
    """Then and now per row on a fixed scale (goal scores of 1 to 4), with the change in words."""
    verhaal = " ".join(
        f"{r}: {namen[0]} {getal(a)}, {namen[1]} {getal(b)}, {verschil(a, b)}." for r, a, b in rijen
    )
    doek = Doek(titel, beschrijving or verhaal, 3)
    if not rijen:
        return doek.leeg()
    merken = streepjes(max([hoogste, *(max(telbaar(a), telbaar(b)) for _, a, b in rijen)]))
    schaal, boven = _Schaal(merken[-1], BREEDTE - 180), doek.legenda(namen, 8, 6, BREEDTE - 16) + 4
    onder = boven + len(rijen) * 54
    _as(doek, schaal, merken, boven, onder, "")
    for i, rij in enumerate(rijen):
        _paar(doek, schaal, rij, namen, boven + i * 54)
    return doek.svg(onder + 26)


def _paar(
    doek: Doek,
    schaal: _Schaal,
    rij: tuple[str, Getal | None, Getal | None],
    namen: tuple[str, str],
    boven: float,
) -> None:
    naam, toen, nu = rij
    doek.voeg(label(_LABEL, boven + 26, naam, _LABEL - 6))
    for j, waarde in enumerate((toen, nu)):
        tot, y = schaal.x(telbaar(waarde)), boven + 7 + j * 19
        if tot > _LINKS:
            doek.voeg(doek.vlak(_LINKS, y, tot - _LINKS, 16, j, f"{naam} – {namen[j]}: {getal(waarde)}"))
        staart = f"{getal(waarde)} ({verschil(toen, nu)})" if j else getal(waarde)
        doek.voeg(woord(tot + 6, y + 12.5, staart, grootte=KLEIN, font_weight="bold" if j else "normal"))


def verschil(toen: Getal | None, nu: Getal | None) -> str:
    """The change between two scores in words a reader hears as well as sees."""
    if toen is None or nu is None:
        return "niet te vergelijken"
    stap = float(nu) - float(toen)
    if not stap:
        return "gelijk"
    return f"{'+' if stap > 0 else '−'}{getal(round(abs(stap), 2))}"
