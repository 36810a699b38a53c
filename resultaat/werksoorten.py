"""What can wait for a consulent, as a table: each row says by which day it must be done and by whose word."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from wmo_portal.lib.keuzes import Keuze

DAGEN_VOOR_REACTIE: Final = 14
"""Where the werkwijze names no term, an item is due two weeks after it came in [I]."""
WEKEN_VOORUIT: Final = 8


class Werksoort(Keuze):
    """In the order in which two items of the same day stand in the list."""

    EVALUATIE = "evaluatie", "Evaluatie beoordelen"
    MONITORING = "monitoring", "Monitoringsmoment"
    AFLOPEND = "aflopend", "Beschikking loopt af"
    STOP = "stop", "Stop beoordelen"
    STAP = "stap", "Tussenstap niet gelukt"
    VERZOEK = "verzoek", "Verzoek om wijziging"
    VRAAG = "vraag", "Vraag staat open"
    TEGENSPRAAK = "tegenspraak", "Tegenspraak"
    ZONDER_MOMENT = "zonder_moment", "Monitoringsmoment ontbreekt"


@dataclass(frozen=True, slots=True)
class Werkregel:
    """`termijn` is the sentence that explains the day; it is shown on the page."""

    soort: Werksoort
    termijn: str
    bron: str


_NA: Final = f"{DAGEN_VOOR_REACTIE} dagen na"
_RIJEN: Final = (
    Werkregel(
        Werksoort.EVALUATIE, "Voor het einde van de toewijzing of het monitoringsmoment", "H5 §1B, §1C, §2"
    ),
    Werkregel(
        Werksoort.MONITORING, "De afgesproken dag van het gesprek, anders het monitoringsmoment", "H5 §2; R19"
    ),
    Werkregel(
        Werksoort.AFLOPEND,
        f"Het einde van de toewijzing; zichtbaar vanaf {WEKEN_VOORUIT} weken ervoor",
        "R59",
    ),
    Werkregel(Werksoort.STOP, f"{_NA} ontvangst van het stopbericht", "eigen keuze van het portaal"),
    Werkregel(Werksoort.STAP, f"{_NA} ontvangst van het wijzigingsformulier", "eigen keuze van het portaal"),
    Werkregel(Werksoort.VERZOEK, f"{_NA} ontvangst van het verzoek", "eigen keuze van het portaal"),
    Werkregel(Werksoort.VRAAG, f"{_NA} het stellen van de vraag", "eigen keuze van het portaal"),
    Werkregel(Werksoort.TEGENSPRAAK, f"{_NA} het laatste bericht of oordeel", "eigen keuze van het portaal"),
    Werkregel(Werksoort.ZONDER_MOMENT, f"{_NA} registratie van de beschikking", "R7, R20"),
)
WERKREGELS: Final = MappingProxyType({rij.soort: rij for rij in _RIJEN})
VOLGORDE: Final = MappingProxyType({soort: plaats for plaats, soort in enumerate(Werksoort)})
