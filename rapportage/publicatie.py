"""A table for outside: which figures, which of them are about few people, and what is left to see (M11). Pure.

`inhoud` is all that is kept, shown and exported: a hidden figure is None in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from rapportage.afscherming import REGEL, TOTAAL, Afgeschermd, Cijfer, Vorm, scherm_af
from rapportage.categorieen import BEEINDIGD, UITVAL
from rapportage.enums import Categorie
from rapportage.kpi import Dimensie, Oordeel
from rapportage.overzicht import Overzicht
from rapportage.tabellen import KORTE_NAMEN
from rapportage.tellingen import AFRONDING, percentage, toon
from resultaat.enums import Uitkomst

AFGESCHERMD: Final = "x"
Inhoud = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of the table; `deel_van`: its share of that column is printed too."""

    code: str
    kop: str
    deel_van: tuple[tuple[str, str], ...] = ()
    """Pairs of a heading and the column that is divided by."""


UITVALKOLOMMEN: Final = (
    *(Kolom(c.value, KORTE_NAMEN[c], (("% van alle cliënten", TOTAAL),)) for c in Categorie),
    Kolom("uitval", "Uitval 03 + 04", (("% van alle cliënten", TOTAAL), ("% van beëindigd", "beeindigd"))),
    Kolom("beeindigd", "Beëindigd 01 t/m 05"),
    Kolom(TOTAAL, "Totaal"),
)
_MEETELLEND: Final = "zonder_neutraal"
RESULTAATKOLOMMEN: Final = (
    Kolom(Uitkomst.JA, Uitkomst.JA.label, (("% zonder neutraal", _MEETELLEND), ("% met neutraal", TOTAAL))),
    *(Kolom(u.value, u.label) for u in Uitkomst if u is not Uitkomst.JA),
    Kolom(_MEETELLEND, "Oordelen zonder neutraal"),
    Kolom(TOTAAL, "Alle oordelen"),
)
_UITVALGROEPEN: Final = (
    ("uitval", frozenset(c.value for c in UITVAL)),
    ("beeindigd", frozenset(c.value for c in BEEINDIGD)),
)
_RESULTAATGROEPEN: Final = (
    (_MEETELLEND, frozenset(u.value for u in Uitkomst if u is not Uitkomst.NEE_NEUTRAAL)),
)


def van_uitval(uitval: Overzicht, drempel: int) -> Inhoud:
    """Clients per municipality and category. Every figure is a number of people."""
    namen = [(str(naam.pk), naam.naam) for naam in uitval.gemeenten]
    vorm = Vorm(tuple(code for code, _ in namen), tuple(c.value for c in Categorie), _UITVALGROEPEN)
    cellen = {
        (str(pk), categorie.value): n
        for pk, verdeling in uitval.per_gemeente.items()
        for categorie, n in verdeling.aantallen.items()
    }
    af = scherm_af(vorm, vorm.tel_op(cellen), drempel=drempel)
    return _inhoud(af, namen, UITVALKOLOMMEN)


def van_oordelen(oordelen: Sequence[Oordeel], gemeenten: Iterable[tuple[str, str]], drempel: int) -> Inhoud:
    """Judgements per municipality and outcome. One client may have several: few people make a figure small."""
    namen = list(gemeenten)
    vorm = Vorm(tuple(code for code, _ in namen), tuple(u.value for u in Uitkomst), _RESULTAATGROEPEN)
    waarden = vorm.tel_op(_tel(oordelen, len))
    mensen = {cijfer: len(_wie(vorm, cijfer, oordelen)) for cijfer in vorm.cijfers}
    gevoelig = {cijfer for cijfer, n in mensen.items() if 0 < n < drempel}
    return _inhoud(scherm_af(vorm, waarden, drempel=drempel, gevoelig=gevoelig), namen, RESULTAATKOLOMMEN)


def _tel(oordelen: Iterable[Oordeel], wat: Callable[[list[Oordeel]], int]) -> dict[Cijfer, int]:
    per: dict[Cijfer, list[Oordeel]] = {}
    for oordeel in oordelen:
        per.setdefault((oordeel.plaats[Dimensie.GEMEENTE].code, oordeel.uitkomst.value), []).append(oordeel)
    return {cijfer: wat(groep) for cijfer, groep in per.items()}


def _wie(vorm: Vorm, cijfer: Cijfer, oordelen: Iterable[Oordeel]) -> set[tuple[str, str]]:
    rij, som = cijfer
    return {
        oordeel.client
        for oordeel in oordelen
        if rij in (TOTAAL, oordeel.plaats[Dimensie.GEMEENTE].code)
        and oordeel.uitkomst.value in vorm.sommen[som]
    }


def _inhoud(af: Afgeschermd, namen: Sequence[tuple[str, str]], kolommen: Sequence[Kolom]) -> Inhoud:
    rijen = [*namen, (TOTAAL, "Totaal")]
    return {
        "koppen": [kop for kolom in kolommen for kop in _koppen(kolom)],
        "rijen": [
            {"label": label, "cellen": [cel for kolom in kolommen for cel in _cellen(af, code, kolom)]}
            for code, label in rijen
        ],
        "afgeschermd": len(af.verborgen),
        "regel": REGEL.format(drempel=af.drempel),
        "afronding": AFRONDING,
    }


def _koppen(kolom: Kolom) -> list[dict[str, Any]]:
    return [
        {"kop": kolom.kop, "soort": "getal"},
        *({"kop": f"{kolom.kop}, {deel}", "soort": "percentage"} for deel, _ in kolom.deel_van),
    ]


def _cellen(af: Afgeschermd, rij: str, kolom: Kolom) -> list[int | str | None]:
    """The number and its shares; a share only when both numbers are shown, else it would tell the hidden one."""
    getal = af.toont((rij, kolom.code))
    return [getal, *(_deel(getal, af.toont((rij, van))) for _, van in kolom.deel_van)]


def _deel(getal: int | None, van: int | None) -> str | None:
    if getal is None or van is None:
        return None
    deel = percentage(getal, van)
    return "" if deel is None else str(deel)


def leesbaar(cel: int | str | None, soort: str) -> str:
    """A cell of `inhoud` as a reader sees it."""
    if cel is None:
        return AFGESCHERMD
    if soort == "getal":
        return str(cel)
    return toon(Decimal(cel) if cel else None)


def tabel(inhoud: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Rows of words, for screen and test."""
    soorten = [kop["soort"] for kop in inhoud["koppen"]]
    return [
        (rij["label"], [leesbaar(cel, soort) for cel, soort in zip(rij["cellen"], soorten, strict=True)])
        for rij in inhoud["rijen"]
    ]
