"""How we count, in sentences: shown on the page, printed in every PDF and Excel, frozen with every quarter (U19, U25).

Change a sentence that changes a figure, and raise the version with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from rapportage.categorieen import CATEGORIEEN, UITVAL, WIE_TELT
from rapportage.tellingen import AFRONDING


@dataclass(frozen=True, slots=True)
class Definitie:
    term: str
    zin: str
    bron: str


@dataclass(frozen=True, slots=True)
class Definities:
    """The sentences of one report, by the version that stands on everything made with them."""

    versie: str
    regels: tuple[Definitie, ...]

    def zin(self, term: str) -> str:
        return next(regel.zin for regel in self.regels if regel.term == term)


_STRIKT: Final = " en ".join(categorie.value for categorie in UITVAL)

UITVAL_DEFINITIES: Final = Definities(
    "uitval-1",
    (
        Definitie("Wie telt mee", WIE_TELT, "MH voetnoot 2"),
        Definitie(
            "Eén keer tellen",
            "Zorg die op de laatste dag van de periode loopt, gaat voor elk einde. Anders telt het laatste "
            "definitieve einde in de periode. Vallen twee einden op één dag, dan geldt de volgorde 04, 03, 02, 05, 01.",
            "afspraak van het portaal",
        ),
        Definitie(
            "Gemeente",
            "De gemeente die de beschikking gaf, ook als de cliënt intussen ergens anders woont.",
            "afspraak van het portaal",
        ),
        Definitie(
            "Percentage",
            f"Deel van alle zes categorieën samen, per gemeente of aanbieder. {AFRONDING} "
            "Zonder cliënten staat er een streepje.",
            "afspraak van het portaal",
        ),
        Definitie(
            "Percentage van beëindigd",
            "Deel van de cliënten van wie de hulp in de periode eindigde (01 tot en met 05).",
            "afspraak van het portaal",
        ),
        Definitie("Uitval", f"Uitval in strikte zin: {_STRIKT} samen.", "MH voetnoot 3"),
        *(
            Definitie(
                f"{rij.categorie} {rij.categorie.label}" if rij.beeindigd else rij.categorie.label,
                rij.hulptekst,
                "MH",
            )
            for rij in CATEGORIEEN.values()
        ),
    ),
)

RESULTAAT_DEFINITIES: Final = Definities(
    "resultaat-1",
    (
        Definitie(
            "Resultaat behaald",
            "Het aandeel oordelen met uitkomst “ja”, van alle oordelen in de periode. Het gaat om het oordeel van de "
            "consulent, of van de maandelijkse ronde bij een einde volgens plan.",
            "werkwijze H5",
        ),
        Definitie(
            "Zonder neutraal",
            "Het hoofdcijfer. Oordelen “nee, reden neutraal” (overlijden, verhuizing, overgang naar de Wlz) tellen "
            "niet mee: niemand had er invloed op.",
            "afspraak van het portaal",
        ),
        Definitie(
            "Met neutraal",
            "Hetzelfde, maar oordelen “nee, reden neutraal” tellen mee als niet behaald.",
            "afspraak van het portaal",
        ),
        Definitie(
            "Periode",
            "Een oordeel hoort bij de dag waarop het slaat: het einde, de stap of het monitoringsmoment. "
            "Dagen voor 1 januari 2023 tellen niet mee.",
            "werkwijze H5",
        ),
        Definitie(
            "Tussenstap",
            "Bij een getrapte indicatie krijgt alleen een mislukte tussenstap een oordeel (“nee”). Zo'n oordeel telt mee "
            "naast het oordeel aan het einde. Met het filter kunt u tussenstappen weglaten of alleen zien.",
            "werkwijze H5 §3",
        ),
        Definitie(
            "Per cliënt",
            "Een cliënt telt één keer per gemeente en heeft het resultaat behaald als het laatste oordeel over elk "
            "resultaatgebied in de periode “ja” is. Zonder neutraal blijven gebieden met “neutraal” buiten beschouwing.",
            "afspraak van het portaal",
        ),
        Definitie(
            "Redenen",
            "Bij één oordeel kunnen meer redenen staan. De aantallen per reden zijn daarom samen niet het aantal oordelen.",
            "werkwijze H5 bijlage 3",
        ),
        Definitie(
            "Pgb", "Oordelen over hulp op basis van een pgb tellen niet mee.", "afspraak van het portaal"
        ),
        Definitie(
            "Percentage", f"{AFRONDING} Zonder oordelen staat er een streepje.", "afspraak van het portaal"
        ),
    ),
)

DEFINITIES: Final = MappingProxyType({d.versie: d for d in (UITVAL_DEFINITIES, RESULTAAT_DEFINITIES)})
