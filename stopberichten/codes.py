"""Bijlage 1 of the H5 werkwijze, repaired: what each reason on a stop message (307) means and asks.

The printed table came to us damaged. The codes were restored by two independent facts: the eleven rows
stand in the order of the national list WMO588, and §1A names code 19 in full. What is still a reading of
ours stands in `voorbehoud` and makes the row `afgeleid`.

§4 of the werkwijze asks the form for every other reason; this table exempts 02, 31, 36, 38 and 39. The
table is the more specific of the two and wins (R27).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from stopberichten.enums import Formulierplicht, RedenBeeindiging, Vervolgactie, Zekerheid

BRON: Final = "H5 bijlage 1; WMO588 (iWmo 3.2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopcode:
    """One row of bijlage 1. All texts may be shown to a user as they stand."""

    code: RedenBeeindiging
    alias: str
    """The name H5 gives the code, where it differs from the official one; else the official one."""
    vervolgactie: Vervolgactie
    formulier: Formulierplicht
    gebruik: str
    initiatief_aanbieder: bool = True
    """May a provider use the code of its own accord (WMO588)? Not for 36 and 37."""
    definitief: bool = True
    """Does the stop end the delivery? Only 20 does not (OP377)."""
    mag_gebruikt: bool = True
    """H5 does not use 37; the message is accepted all the same (OP047, OP095) and shown (R29)."""
    zekerheid: Zekerheid = Zekerheid.ZEKER
    voorbehoud: str = ""
    bron: str = BRON

    @property
    def betekenis(self) -> str:
        """The official text of WMO588."""
        return self.code.label

    @property
    def formulier_nodig(self) -> bool:
        return self.formulier is Formulierplicht.NODIG


_R, _V, _F = RedenBeeindiging, Vervolgactie, Formulierplicht

_RIJEN: Final = (
    Stopcode(
        code=_R.OVERLIJDEN,
        alias="Overlijden",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NIET_NODIG,
        gebruik="Gebruiken bij overlijden van de cliënt.",
    ),
    Stopcode(
        code=_R.VOLGENS_PLAN,
        alias="Levering is volgens plan beëindigd",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NODIG,
        gebruik=(
            "Gebruiken als de einddatum van de zorg gelijk is aan de einddatum van de toewijzing. "
            "Zijn niet alle resultaten behaald, dan moet een verlenging worden aangevraagd."
        ),
        zekerheid=Zekerheid.AFGELEID,
        voorbehoud="De code is zeker (§1A). Het woord ‘niet’ in ‘niet alle resultaten’ is afgeleid.",
    ),
    Stopcode(
        code=_R.TIJDELIJK,
        alias="Levering is tijdelijk beëindigd",
        vervolgactie=_V.GEEN,
        formulier=_F.NODIG,
        gebruik="Gebruiken als er meer dan 1 maand geen zorg wordt geleverd, met een toelichting.",
        definitief=False,
        zekerheid=Zekerheid.AFGELEID,
        voorbehoud="De vervolgactie is in de bron leeg; wij lezen dat als: de toewijzing niet sluiten.",
    ),
    Stopcode(
        code=_R.EENZIJDIG_CLIENT,
        alias="Voortijdig afgesloten: eenzijdig door cliënt",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NODIG,
        gebruik="Gebruiken als de cliënt wil stoppen, maar de zorgaanbieder nog niet. Met toelichting.",
    ),
    Stopcode(
        code=_R.EENZIJDIG_AANBIEDER,
        alias="Voortijdig afgesloten: eenzijdig door aanbieder",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NODIG,
        gebruik="Gebruiken als de zorgaanbieder wil stoppen, maar de cliënt nog niet. Met toelichting.",
    ),
    Stopcode(
        code=_R.IN_OVEREENSTEMMING,
        alias="Voortijdig afgesloten: in overeenstemming",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NODIG,
        gebruik=(
            "Gebruiken als de zorgaanbieder en de cliënt samen willen stoppen, bijvoorbeeld als de "
            "resultaten voortijdig behaald zijn, met een toelichting."
        ),
    ),
    Stopcode(
        code=_R.VERHUIZING,
        alias="Verhuizing naar een andere gemeente (was: wegens externe omstandigheden)",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NIET_NODIG,
        gebruik="Gebruiken bij verhuizing naar een andere gemeente.",
    ),
    Stopcode(
        code=_R.DOOR_GEMEENTE,
        alias="Geïnitieerd door de gemeente",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NIET_NODIG,
        gebruik=(
            "Gebruiken als de gemeente de toewijzing voortijdig heeft beëindigd, bijvoorbeeld naar "
            "aanleiding van een evaluatie."
        ),
        initiatief_aanbieder=False,
    ),
    Stopcode(
        code=_R.WIJZIGINGSVERZOEK,
        alias="In verband met wijzigingsverzoek",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NVT,
        gebruik="Niet gebruiken: het 317-bericht Verzoek om wijziging wordt niet meer gebruikt.",
        initiatief_aanbieder=False,
        mag_gebruikt=False,
    ),
    Stopcode(
        code=_R.ANDERE_AANBIEDER,
        alias="Overstap naar andere aanbieder",
        vervolgactie=_V.AANHOUDEN,
        formulier=_F.NIET_NODIG,
        gebruik=(
            "Gebruiken als de cliënt wil overstappen naar een andere zorgaanbieder. Stuur het bericht "
            "pas als de cliënt is overgeplaatst."
        ),
    ),
    Stopcode(
        code=_R.ANDER_DOMEIN,
        alias="Uitstroom naar ander domein",
        vervolgactie=_V.SLUITEN,
        formulier=_F.NIET_NODIG,
        gebruik="Gebruiken als de cliënt uitstroomt naar een ander domein, bijvoorbeeld de Wlz of de Zvw.",
        zekerheid=Zekerheid.AFGELEID,
        voorbehoud="De opsomming is in de bron afgekapt na ‘WLZ, ZVW of’; ‘bijvoorbeeld’ komt uit WMO588.",
    ),
)

STOPCODES: Final = MappingProxyType({rij.code: rij for rij in _RIJEN})
"""All eleven rows, in the order of the source."""


def stopcode(code: str) -> Stopcode:
    """The row of a code as it stands in a message. Raises ValueError on a code outside WMO588."""
    return STOPCODES[RedenBeeindiging(code)]


def codes_met(formulier: Formulierplicht) -> tuple[RedenBeeindiging, ...]:
    """The codes with this duty, for a query or a check constraint."""
    return tuple(rij.code for rij in _RIJEN if rij.formulier is formulier)
