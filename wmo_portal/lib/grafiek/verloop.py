"""Over time: lines per series, or columns for one series; the periods stand in the order given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wmo_portal.lib.grafiek.tekenen import (
    BREEDTE,
    KLEIN,
    Doek,
    Getal,
    breed,
    el,
    getal,
    lijn,
    maat,
    regels,
    streepjes,
    telbaar,
    veilig,
    woord,
)
from wmo_portal.lib.tekst import in_het_kort

Reeks = tuple[str, Sequence[Getal | None]]
_BOVEN, _HOOG = 16.0, 220.0
_NAAM = 190.0
_STREEP = ("", "8 4", "2 4", "10 3 2 3", "1 3", "14 6")


@dataclass(frozen=True)
class _Vlak:
    """The room between the axes."""

    links: float
    rechts: float
    perioden: int
    hoogste: float

    def x(self, periode: int) -> float:
        stap = (self.rechts - self.links) / self.perioden
        return self.links + stap * (periode + 0.5)

    def y(self, waarde: float) -> float:
        return _BOVEN + _HOOG * (1 - waarde / self.hoogste)


def _assen(doek: Doek, vlak: _Vlak, merken: Sequence[float], perioden: Sequence[str], eenheid: str) -> None:
    for merk in merken:
        y = vlak.y(merk)
        doek.voeg(
            lijn(
                vlak.links,
                y,
                vlak.rechts,
                y,
                1.0 if merk == 0 else 0.5,
                stroke_opacity=1.0 if merk == 0 else 0.35,
            )
        )
        doek.voeg(woord(vlak.links - 6, y + 4, getal(round(merk, 6)) + eenheid, "end", KLEIN))
    ruimte = (vlak.rechts - vlak.links) / vlak.perioden
    over = max(1, round(breed("0" * 8, KLEIN) / ruimte + 0.49)) if ruimte < breed("0" * 8, KLEIN) else 1
    for i, periode in enumerate(perioden):
        if i % over == 0:
            for r, deel in enumerate(regels(periode, ruimte * over, 2, KLEIN)):
                doek.voeg(woord(vlak.x(i), _BOVEN + _HOOG + 18 + r * 14, deel, "middle", KLEIN))


def _verhaal(perioden: Sequence[str], reeksen: Sequence[Reeks], eenheid: str) -> str:
    return " ".join(
        f"{naam}: "
        + ", ".join(f"{p} {getal(w)}{eenheid}" for p, w in zip(perioden, waarden, strict=True))
        + "."
        for naam, waarden in reeksen
    )


def verloop(
    titel: str,
    perioden: Sequence[str],
    reeksen: Sequence[Reeks],
    *,
    eenheid: str = "",
    beschrijving: str = "",
) -> str:
    """A line per series with its own dashes and marks, and under the axis its name and every value.

    None leaves a gap. Raises ValueError for a negative number or more than six series.
    """
    if len(reeksen) > len(_STREEP):
        raise ValueError(f"Een verloop toont hooguit {len(_STREEP)} lijnen; hier zijn het er {len(reeksen)}.")
    doek = Doek(titel, beschrijving or _verhaal(perioden, reeksen, eenheid))
    if not perioden or not reeksen:
        return doek.leeg()
    merken = streepjes(max(telbaar(w) for _, waarden in reeksen for w in waarden))
    vlak = _Vlak(_NAAM, BREEDTE - 8, len(perioden), merken[-1])
    _assen(doek, vlak, merken, perioden, eenheid)
    for i, (naam, waarden) in enumerate(reeksen):
        doek.voeg(_lijn(vlak, naam, waarden, i))
    return doek.svg(_tabel(doek, vlak, reeksen, _BOVEN + _HOOG + 56, eenheid))


def _lijn(vlak: _Vlak, naam: str, waarden: Sequence[Getal | None], nummer: int) -> str:
    pad, vorige = [], False
    for i, waarde in enumerate(waarden):
        if waarde is not None:
            pad.append(f"{'L' if vorige else 'M'}{maat(vlak.x(i))},{maat(vlak.y(telbaar(waarde)))}")
        vorige = waarde is not None
    trek = el(
        "path",
        d=" ".join(pad),
        fill="none",
        stroke="currentColor",
        stroke_width=2.0,
        **_streep(nummer),
    )
    punten = [_merk(vlak.x(i), vlak.y(telbaar(w)), nummer) for i, w in enumerate(waarden) if w is not None]
    return el("g", el("title", veilig(naam)), *([trek] if pad else []), *punten)


def _streep(nummer: int) -> dict[str, str]:
    return {"stroke_dasharray": _STREEP[nummer]} if _STREEP[nummer] else {}


def _merk(x: float, y: float, nummer: int) -> str:
    """A mark of its own per series: dot, square, diamond, triangle, ring, cross-barred square."""
    vormen = (
        f"M{maat(x - 4)},{maat(y)} a4,4 0 1 0 8,0 a4,4 0 1 0 -8,0 Z",
        f"M{maat(x - 4)},{maat(y - 4)} h8 v8 h-8 Z",
        f"M{maat(x)},{maat(y - 5)} l5,5 l-5,5 l-5,-5 Z",
        f"M{maat(x)},{maat(y - 5)} l5,9 h-10 Z",
    )
    vul = "#ffffff" if nummer >= len(vormen) else "currentColor"
    return el("path", d=vormen[nummer % len(vormen)], fill=vul, stroke="currentColor", stroke_width=1.5)


def _tabel(doek: Doek, vlak: _Vlak, reeksen: Sequence[Reeks], boven: float, eenheid: str) -> float:
    """Under the axis: mark, name and every value, clear of the lines. Returns the y below it."""
    for nummer, (naam, waarden) in enumerate(reeksen):
        y = boven + nummer * 24
        doek.voeg(lijn(8, y - 4, 34, y - 4, 2.0, **_streep(nummer)), _merk(21, y - 4, nummer))
        doek.voeg(woord(42, y, in_het_kort(naam, 17), grootte=KLEIN))
        for i, waarde in enumerate(waarden):
            tekst = getal(waarde) + (eenheid if waarde is not None else "")
            doek.voeg(woord(vlak.x(i), y, tekst, "middle", KLEIN))
    return boven + len(reeksen) * 24


def kolommen(
    titel: str, waarden: Sequence[tuple[str, Getal | None]], *, eenheid: str = "", beschrijving: str = ""
) -> str:
    """A column per period with its value on top. Raises ValueError for a negative number."""
    verhaal = " ".join(f"{periode}: {getal(w)}{eenheid}." for periode, w in waarden)
    doek = Doek(titel, beschrijving or verhaal)
    if not waarden:
        return doek.leeg()
    merken = streepjes(max(telbaar(w) for _, w in waarden))
    vlak = _Vlak(56.0, BREEDTE - 12, len(waarden), merken[-1])
    _assen(doek, vlak, merken, [p for p, _ in waarden], eenheid)
    dik = min(56.0, (vlak.rechts - vlak.links) / len(waarden) * 0.66)
    for i, (periode, waarde) in enumerate(waarden):
        y, tekst = vlak.y(telbaar(waarde)), getal(waarde) + (eenheid if waarde is not None else "")
        if telbaar(waarde) > 0:
            doek.voeg(doek.vlak(vlak.x(i) - dik / 2, y, dik, _BOVEN + _HOOG - y, 0, f"{periode}: {tekst}"))
        doek.voeg(woord(vlak.x(i), y - 4, tekst, "middle", KLEIN, font_weight="bold"))
    return doek.svg(_BOVEN + _HOOG + 44)
