"""The pen: elements, escaped text, nice axes, labels that keep clear of each other, the palette."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from wmo_portal.lib.tekst import in_het_kort, zonder_stuurtekens

Getal = int | float | Decimal
BREEDTE = 720.0
LETTER = 13.0
KLEIN = 12.0
_LETTERTYPE = "Noto Sans, Segoe UI, sans-serif"
# Mean width of a character in Noto Sans, as a part of the letter size; wide enough for capitals.
_TEKENBREEDTE = 0.58
GEEN_GEGEVENS = "Er zijn geen gegevens om te tonen."


def getal(waarde: Getal | None) -> str:
    """A number as a Dutch reader writes it: 1.234,5; not known is –."""
    if waarde is None:
        return "–"
    if isinstance(waarde, int):
        return f"{waarde:,}".replace(",", ".")
    tekst = f"{waarde:,.2f}".rstrip("0").rstrip(".")
    return tekst.translate(str.maketrans(",.", ".,"))


def telbaar(waarde: Getal | None) -> float:
    """The length of a bar. Raises ValueError for what no bar can show."""
    if waarde is None:
        return 0.0
    lengte = float(waarde)
    if not math.isfinite(lengte) or lengte < 0:
        raise ValueError(f"Een grafiek toont alleen getallen vanaf 0; hier staat {waarde}.")
    return lengte


def maat(x: float) -> str:
    return f"{x:.1f}".removesuffix(".0")


def el(naam: str, *inhoud: str, **kenmerken: str | float) -> str:
    """One element; `inhoud` is markup made by this module, a kenmerk `stroke_width` becomes stroke-width."""
    lijst = "".join(
        f' {k.rstrip("_").replace("_", "-")}="{escape(maat(v) if isinstance(v, float | int) else v)}"'
        for k, v in kenmerken.items()
    )
    return f"<{naam}{lijst}>{''.join(inhoud)}</{naam}>" if inhoud else f"<{naam}{lijst}/>"


def veilig(tekst: str) -> str:
    return escape(zonder_stuurtekens(tekst))


def woord(x: float, y: float, tekst: str, anker: str = "start", grootte: float = LETTER, **meer: str) -> str:
    """Text at its baseline."""
    return el("text", veilig(tekst), x=x, y=y, text_anchor=anker, font_size=grootte, stroke="none", **meer)


def lijn(x1: float, y1: float, x2: float, y2: float, dikte: float = 1.0, **meer: str | float) -> str:
    return el("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", stroke_width=dikte, **meer)


def breed(tekst: str, grootte: float = LETTER) -> float:
    """An estimate on the safe side: there is no font here to ask."""
    return len(tekst) * grootte * _TEKENBREEDTE


def regels(tekst: str, ruimte: float, maximum: int = 2, grootte: float = LETTER) -> list[str]:
    """A label over at most `maximum` lines; what does not fit ends on …"""
    per_regel = max(int(ruimte / (grootte * _TEKENBREEDTE)), 4)
    rest, uit = in_het_kort(tekst, 10_000), list[str]()
    while rest and len(uit) < maximum - 1 and len(rest) > per_regel:
        knip = rest.rfind(" ", 0, per_regel + 1)
        knip = knip if knip > 0 else per_regel
        uit.append(rest[:knip].rstrip())
        rest = rest[knip:].lstrip()
    return [*uit, in_het_kort(rest, per_regel)] if rest else uit


def label(x: float, midden: float, tekst: str, ruimte: float) -> str:
    """A row's name, right-aligned against x and centred on its bar."""
    delen = regels(tekst, ruimte)
    boven = midden + 4.5 - (len(delen) - 1) * 7.5
    return "".join(woord(x, boven + i * 15, deel, "end") for i, deel in enumerate(delen))


def spreid(
    wens: Sequence[float], maten: Sequence[float], laag: float, hoog: float, tussen: float
) -> list[float]:
    """Centres as near to `wens` (ascending) as they can be without overlap, between laag and hoog."""
    uit: list[float] = []
    for midden, m in zip(wens, maten, strict=True):
        vrij = laag + m / 2 if not uit else uit[-1] + (maten[len(uit) - 1] + m) / 2 + tussen
        uit.append(max(midden, vrij))
    grens = hoog
    for i in range(len(uit) - 1, -1, -1):
        uit[i] = min(uit[i], grens - maten[i] / 2)
        grens = uit[i] - maten[i] / 2 - tussen
    return uit


def streepjes(hoogste: float, aantal: int = 5) -> list[float]:
    """Round numbers from 0 to just over the highest value; whole numbers while counting people."""
    if hoogste <= 0:
        return [0.0, 1.0]
    ruw = hoogste / aantal
    macht = 10.0 ** math.floor(math.log10(ruw))
    stap = next(s * macht for s in (1, 2, 5, 10) if s * macht >= ruw * 0.999)
    stap = max(stap, 1.0) if hoogste >= 1 else stap
    return [i * stap for i in range(math.ceil(hoogste / stap - 1e-9) + 1)]


@dataclass(frozen=True)
class Vulling:
    """How one series looks; told apart by lightness and hatching, also on a grey print."""

    kleur: str
    patroon: str = ""


PALET = (
    Vulling("#1b3a5c"),
    Vulling("#e3ecf5", "M0,8 L8,0 M-2,2 L2,-2 M6,10 L10,6"),
    Vulling("#6f97bd"),
    Vulling("#ffffff", "M4,0 L4,8"),
    Vulling("#b9cde0"),
    Vulling("#f2f2f2", "M0,4 L8,4 M4,0 L4,8"),
    Vulling("#43678c"),
    Vulling("#ffffff", "M0,0 L8,8 M-2,6 L2,10 M6,-2 L10,2"),
)


class Doek:
    """Collects markup for one chart; ids are derived from the title and the data, so they are the same
    at each rendering and differ between the charts of one page."""

    def __init__(self, titel: str, beschrijving: str, reeksen: int = 1) -> None:
        if reeksen > len(PALET):
            raise ValueError(f"Een grafiek toont hooguit {len(PALET)} reeksen; hier zijn het er {reeksen}.")
        self.titel, self.beschrijving = titel, beschrijving
        inhoud = f"{titel}\n{beschrijving}".encode("utf-8", "replace")
        self.id = "g" + hashlib.sha256(inhoud).hexdigest()[:10]
        self.reeksen = reeksen
        self.delen: list[str] = []

    def voeg(self, *delen: str) -> None:
        self.delen.extend(delen)

    def vul(self, reeks: int) -> str:
        return f"url(#{self.id}-p{reeks})" if PALET[reeks].patroon else PALET[reeks].kleur

    def vlak(self, x: float, y: float, b: float, h: float, reeks: int, uitleg: str) -> str:
        """A bar with the full story as its tooltip."""
        return el(
            "rect", el("title", veilig(uitleg)),
            x=x, y=y, width=b, height=h, fill=self.vul(reeks), stroke="currentColor", stroke_width=1.0,
        )  # fmt: skip

    def legenda(self, namen: Sequence[str], x: float, y: float, breedte: float) -> float:
        """Draws the legend and returns the y under it."""
        kolom, regel = x, y
        for i, naam in enumerate(namen):
            kort = in_het_kort(naam, int((breedte - 20) / (KLEIN * _TEKENBREEDTE)))
            nodig = 34 + breed(kort, KLEIN)
            if kolom > x and kolom + nodig > x + breedte:
                kolom, regel = x, regel + 20
            self.voeg(
                self.vlak(kolom, regel, 14, 12, i, naam), woord(kolom + 20, regel + 10.5, kort, grootte=KLEIN)
            )
            kolom += nodig
        return regel + 24

    def _patronen(self) -> str:
        gevuld = [(i, v) for i, v in enumerate(PALET[: self.reeksen]) if v.patroon]
        return el("defs", *(self._patroon(i, v) for i, v in gevuld)) if gevuld else ""

    def _patroon(self, nummer: int, vulling: Vulling) -> str:
        return el(
            "pattern",
            el("rect", width=8, height=8, fill=vulling.kleur, stroke="none"),
            el("path", d=vulling.patroon, stroke=PALET[0].kleur, stroke_width=1.4, fill="none"),
            id=f"{self.id}-p{nummer}", width=8, height=8, patternUnits="userSpaceOnUse",
        )  # fmt: skip

    def svg(self, hoogte: float, breedte: float = BREEDTE) -> str:
        return el(
            "svg",
            el("title", veilig(self.titel), id=f"{self.id}-t"),
            el("desc", veilig(self.beschrijving), id=f"{self.id}-d"),
            self._patronen(),
            *self.delen,
            xmlns="http://www.w3.org/2000/svg", role="img", aria_labelledby=f"{self.id}-t {self.id}-d",
            viewBox=f"0 0 {maat(breedte)} {maat(hoogte)}", width=breedte, height=hoogte,
            font_family=_LETTERTYPE, fill="currentColor",
        )  # fmt: skip

    def leeg(self) -> str:
        self.voeg(woord(12, 30, GEEN_GEGEVENS))
        return self.svg(48)
