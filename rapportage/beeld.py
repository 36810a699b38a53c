"""The charts of the reports. Screen and PDF take the same drawing; the table with the figures stands beside it.

SVG comes from `wmo_portal.lib.grafiek`, which escapes every text itself: only here is it called markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from rapportage.enums import Categorie
from rapportage.gesprekbeeld import Doelrij
from rapportage.kpi import Aandeel, Waarde
from rapportage.opgave_regels import ASSEN
from rapportage.overzicht import Overzicht
from rapportage.tabellen import GRAFIEKCODES, KORTE_NAMEN, Tabel
from rapportage.tellingen import Verdeling
from resultaat.enums import Uitkomst
from wmo_portal.lib.grafiek import Rij, gestapelde_balken, paren, verloop
from wmo_portal.lib.perioden import Kwartaal

_NAMEN = [KORTE_NAMEN[c].removeprefix(f"{c.value} ") for c in Categorie]


def uitvalgrafiek(uitval: Overzicht, tabel: Tabel) -> SafeString:
    """Per row of the table the clients by category."""
    return SafeString(
        gestapelde_balken(
            f"Cliënten per {tabel.kop.lower()} en categorie, {uitval.keuze.periode}",
            [Rij(rij.label, [cel.aantal for cel in rij.cellen]) for rij in tabel.rijen],
            _NAMEN,
            codes=[GRAFIEKCODES[c] for c in Categorie],
        )
    )


def uitvalverloop(kwartalen: Sequence[tuple[str, Verdeling]]) -> SafeString:
    """The share of uitval over the last quarters, of all clients and of those whose care ended."""
    return SafeString(
        verloop(
            "Uitval (03 + 04) in procenten over de kwartalen",
            [naam for naam, _ in kwartalen],
            [
                ("van alle cliënten", [v.uitval_aandeel for _, v in kwartalen]),
                ("van beëindigd", [v.uitval_aandeel_beeindigd for _, v in kwartalen]),
            ],
            eenheid="%",
        )
    )


def resultaatgrafiek(dimensie: str, rijen: Sequence[tuple[Waarde, Aandeel]]) -> SafeString:
    """Per value the four outcomes."""
    return SafeString(
        gestapelde_balken(
            f"Oordelen per {dimensie} en uitkomst",
            [Rij(waarde.label, [a.aantallen[u] for u in Uitkomst]) for waarde, a in rijen],
            [u.label for u in Uitkomst],
            codes=["ja", "za", "cl", "ne"],
        )
    )


def resultaatverloop(kwartalen: Sequence[tuple[Kwartaal, Aandeel]]) -> SafeString:
    """The share that reached the result, with and without neutraal, over the quarters."""
    return SafeString(
        verloop(
            "Resultaat behaald in procenten over de kwartalen",
            [str(kwartaal) for kwartaal, _ in kwartalen],
            [
                ("zonder neutraal", [a.zonder_neutraal for _, a in kwartalen]),
                ("met neutraal", [a.met_neutraal for _, a in kwartalen]),
            ],
            eenheid="%",
        )
    )


def doelgrafieken(doelen: Sequence[Doelrij], toen: str, nu: str) -> list[tuple[str, SafeString]]:
    """Per axis the score of every goal then and now; the whole question stands above it."""
    return [
        (
            vraag,
            SafeString(
                paren(
                    f"{as_.capitalize()} per doel, {toen or 'geen eerder kwartaal'} en {nu}",
                    [(doel.tekst, doel.toen.get(as_), doel.nu.get(as_)) for doel in doelen],
                    namen=(toen or "eerder", nu),
                )
            ),
        )
        for as_, vraag in ASSEN.items()
        if doelen
    ]
