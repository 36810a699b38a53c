"""What makes a Toelichting verzoek wijziging/beëindiging complete (H5 bijlage 2; R44-R53).

Pure: the form as facts in, objections out, each with the field it belongs to. A draft may break every rule here;
sending may break none. Whoever shows the form and whoever sends it ask this same module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from stopberichten.enums import ToelichtingSoort
from wmo_portal.lib.tekst import te_lang
from wmo_portal.lib.werkdagen import plus_werkdagen, werkdagen_tussen

LANGSTE_TEKST: Final = 4000
WERKDAGEN: Final = 5
"""R56 with OP272: form and stop message follow each other within 5 working days."""

INTRO: Final = (
    "Onderstaande cliënt heeft zorg vanuit de Wmo. Er is een wijziging/beëindiging van (een deel) van de zorg nodig. "
    "Hieronder staat per geïndiceerd resultaat gebied welke wijziging/beëindiging nodig is en wat hiervoor de reden is."
)
"""R44, the words of bijlage 2."""
INTRO_ZORGPLAN: Final = "Bij een wijziging van de zorg graag het nieuwe zorgplan meesturen."
"""R45."""
VERGEET_307: Final = "Vergeet niet een 307-bericht te versturen."
"""R48."""

VERZOEKER: Final = MappingProxyType(
    {
        "verzoeker_naam": ("Naam", 200),
        "verzoeker_functie": ("Functie", 100),
        "verzoeker_organisatie": ("Organisatie", 200),
        "verzoeker_telefoon": ("Telefoonnummer", 30),
        "verzoeker_email": ("E-mailadres", 254),
    }
)
"""R47: who asks, with the label of bijlage 2 and how long it may be."""
TEKSTEN: Final = MappingProxyType(
    {
        "huidige_situatie": "Omschrijf de huidige situatie",
        "reden": "Wat is de reden van de gevraagde wijziging/beëindiging?",
        "behaald_toelichting": "Toelichting: waarom is het resultaat wel of niet behaald?",
    }
)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_CIJFERS_IN_NUMMER: Final = range(8, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebied:
    """One resultaatgebied on the form. `sleutel` is how the caller knows it; treden are named by their zwaarte."""

    sleutel: str
    naam: str
    overslaan: bool = False
    soort: str = ""
    treden: frozenset[int] = frozenset()
    trede_nu: int | None = None
    """The trede that may not be asked for because it is what the client has; None when that is no objection."""
    gevraagde_trede: int | None = None
    huidige_situatie: str = ""
    reden: str = ""
    behaald: bool | None = None
    behaald_toelichting: str = ""
    vervallen: bool = False
    """The municipality removed the allocation (301, reden 13)."""

    @property
    def is_wijziging(self) -> bool:
        return not self.overslaan and self.soort == ToelichtingSoort.WIJZIGING


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulier:
    """The whole form."""

    verzoeker: dict[str, str] = field(default_factory=dict)
    gebieden: tuple[Gebied, ...] = ()
    overige_zaken: str = ""
    heeft_zorgplan: bool = False
    zorgplan_later: bool = False

    @property
    def vraagt_wijziging(self) -> bool:
        return any(gebied.is_wijziging for gebied in self.gebieden)


@dataclass(frozen=True, slots=True)
class Bezwaar:
    """Why the form cannot be sent: a field, in which resultaatgebied (empty: the head), and what to do."""

    veld: str
    zin: str
    regel: str
    gebied: str = ""


def bezwaren(formulier: Formulier) -> tuple[Bezwaar, ...]:
    """Every objection, in the order of the form; empty when it may be sent."""
    gevonden = [*_verzoeker(formulier)]
    for gebied in formulier.gebieden:
        # With several areas the rest of an area stays folded until it is said what is asked there.
        vraag_alles = gebied.soort or len(formulier.gebieden) == 1
        if not gebied.overslaan:
            regels = _PER_GEBIED if vraag_alles else (_toewijzing, _soort)
            gevonden += (bezwaar for regel in regels for bezwaar in regel(gebied))
    return (*gevonden, *_iets_gevraagd(formulier), *_overig(formulier), *_zorgplan(formulier))


# --- The head ----------------------------------------------------------------------------------------------------
def _verzoeker(formulier: Formulier) -> Iterator[Bezwaar]:
    """R47: who asks must be known and reachable."""
    for veld, (label, hoogstens) in VERZOEKER.items():
        waarde = formulier.verzoeker.get(veld, "").strip()
        if zin := _mis_met_verzoeker(veld, label, hoogstens, waarde):
            yield Bezwaar(veld, zin, "R47")


def _mis_met_verzoeker(veld: str, label: str, hoogstens: int, waarde: str) -> str:
    if not waarde:
        return f"Vul ‘{label}’ in."
    if te_veel := te_lang(waarde, hoogstens):
        return f"‘{label}’ is {te_veel}. Er passen {hoogstens} tekens."
    if veld == "verzoeker_email" and not _EMAIL.fullmatch(waarde):
        return "Dit is geen e-mailadres. Vul het in als naam@organisatie.nl."
    if veld == "verzoeker_telefoon" and sum(t.isdigit() for t in waarde) not in _CIJFERS_IN_NUMMER:
        return "Dit is geen telefoonnummer. Vul 8 tot en met 15 cijfers in, bijvoorbeeld 0174 123456."
    return ""


def _iets_gevraagd(formulier: Formulier) -> Iterator[Bezwaar]:
    """R48: at least one beëindiging or wijziging."""
    if all(gebied.overslaan for gebied in formulier.gebieden):
        veld, gebied = ("soort", formulier.gebieden[0].sleutel) if formulier.gebieden else ("", "")
        zin = "Kies bij minstens één resultaatgebied ‘Beëindiging zorg’ of ‘Wijziging zorg’."
        yield Bezwaar(veld, zin, "R48", gebied)


def _overig(formulier: Formulier) -> Iterator[Bezwaar]:
    """R53: free to leave open."""
    if te_veel := te_lang(formulier.overige_zaken, LANGSTE_TEKST):
        yield Bezwaar("overige_zaken", _te_lang(te_veel), "R53")


def _zorgplan(formulier: Formulier) -> Iterator[Bezwaar]:
    """R45: on a change the new zorgplan comes along, or it is said that it comes later."""
    if formulier.vraagt_wijziging and not (formulier.heeft_zorgplan or formulier.zorgplan_later):
        zin = "Voeg bij een wijziging het nieuwe zorgplan toe, of zet een vinkje bij ‘Ik stuur het zorgplan later’."
        yield Bezwaar("zorgplan", zin, "R45")


def _te_lang(te_veel: str) -> str:
    return f"Deze tekst is {te_veel}. Er passen {LANGSTE_TEKST} tekens. Maak de tekst korter."


# --- One resultaatgebied -------------------------------------------------------------------------------------------
def _soort(gebied: Gebied) -> Iterator[Bezwaar]:
    """R48."""
    if gebied.soort not in ToelichtingSoort.codes():
        zin = "Kies wat u vraagt: beëindiging of wijziging van de zorg."
        yield Bezwaar("soort", zin, "R48", gebied.sleutel)


def _toewijzing(gebied: Gebied) -> Iterator[Bezwaar]:
    """R46: there must be an allocation to speak of."""
    if gebied.vervallen:
        zin = (
            "De gemeente heeft deze toewijzing verwijderd. Kies ‘Geen verzoek voor dit resultaatgebied’, of bel de "
            "gemeente."
        )
        yield Bezwaar("soort", zin, "R46", gebied.sleutel)


def _trede(gebied: Gebied) -> Iterator[Bezwaar]:
    """R49: asked on a change, one of the region's, and not the one there is."""
    if not gebied.is_wijziging:
        return
    if gebied.gevraagde_trede is None or gebied.gevraagde_trede not in gebied.treden:
        yield Bezwaar("gevraagde_trede", "Kies de trede die u vraagt.", "R49", gebied.sleutel)
    elif gebied.gevraagde_trede == gebied.trede_nu:
        zin = "De cliënt heeft deze trede al. Kies een andere trede, of kies beëindiging als de zorg stopt."
        yield Bezwaar("gevraagde_trede", zin, "R49", gebied.sleutel)


def _teksten(gebied: Gebied) -> Iterator[Bezwaar]:
    """R50, R51, R52."""
    for veld, (regel, leeg) in _TEKSTREGELS.items():
        tekst = getattr(gebied, veld).strip()
        if not tekst:
            yield Bezwaar(veld, leeg, regel, gebied.sleutel)
        elif te_veel := te_lang(tekst, LANGSTE_TEKST):
            yield Bezwaar(veld, _te_lang(te_veel), regel, gebied.sleutel)


def _behaald(gebied: Gebied) -> Iterator[Bezwaar]:
    """R52: the provider's opinion, ja or nee."""
    if gebied.behaald is None:
        yield Bezwaar("behaald", "Kies of het resultaat behaald is: ja of nee.", "R52", gebied.sleutel)


_TEKSTREGELS: Final = MappingProxyType(
    {
        "huidige_situatie": ("R50", "Schrijf op hoe de situatie nu is."),
        "reden": ("R51", "Schrijf op wat de reden van uw verzoek is."),
        "behaald_toelichting": ("R52", "Licht toe waarom het resultaat wel of niet behaald is."),
    }
)
_PER_GEBIED: Final[tuple[Callable[[Gebied], Iterator[Bezwaar]], ...]] = (
    _toewijzing,
    _soort,
    _trede,
    _teksten,
    _behaald,
)


# --- The present trede of a stepped indication ---------------------------------------------------------------------
def niet_te_vragen(trede: int | None, stappen: list[tuple[date, date | None, int]], dag: date) -> int | None:
    """The zwaarte that may not be asked for on that day: the present one (R49), as (begin, einde, zwaarte) steps say.

    While a step with another trede is still to come, staying on the present one is exactly what H5 §3 uses this form
    for ("nog niet afgeschaald"): then nothing is excluded.
    """
    if not stappen:
        return trede
    nu = next((z for begin, eind, z in stappen if begin <= dag and (eind is None or dag <= eind)), trede)
    return None if any(begin > dag and z != nu for begin, _eind, z in stappen) else nu


# --- Form and stop message belong together (R56) ---------------------------------------------------------------------
def wachttijd_om(vanaf: date, vandaag: date) -> bool:
    """Have more than 5 working days passed since the one came in, without the other?"""
    return werkdagen_tussen(vanaf, vandaag) > WERKDAGEN


def om_voor(vandaag: date) -> date:
    """What came in before this day has its 5 working days behind it: the same line as `wachttijd_om`, for a query."""
    return plus_werkdagen(vandaag + timedelta(days=1), -(WERKDAGEN + 1))


def uiterlijk(vanaf: date) -> date:
    """The last day on which the other one is on time."""
    return plus_werkdagen(vanaf, WERKDAGEN)


# --- Nudging ------------------------------------------------------------------------------------------------------
DAGEN_STIL: Final = 7
"""Somebody typed a draft a week ago and did not send it: he hears of it (U5)."""
DAGEN_HERINNERD: Final = 35
"""After five weeks the nudging about a draft stops."""


def nummer(volgnummer: int, jaar: int) -> str:
    """The receipt number (R57)."""
    return f"T-{jaar}-{volgnummer:06d}"
