"""The rules of the kwartaalopgave: states, deadlines, and what must be there before it can be sent. Pure.

Sources: MH = format resultaatsturing Maastricht-Heuvelland; R = the rules of the portal. A draft may hold anything;
these rules speak when somebody checks or sends it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rapportage.categorieen import CATEGORIEEN
from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE, OpgaveStatus
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tekst import te_lang, tekens
from wmo_portal.lib.werkdagen import werkdag_op_of_na

S: Final = OpgaveStatus
OVERGANGEN: Final[Mapping[OpgaveStatus, tuple[OpgaveStatus, ...]]] = {
    S.CONCEPT: (S.INGEDIEND,),
    S.INGEDIEND: (S.VRAGEN, S.VASTGESTELD),
    S.VRAGEN: (S.OPNIEUW,),
    S.OPNIEUW: (S.VRAGEN, S.VASTGESTELD),
    S.VASTGESTELD: (),
}
"""From a state to the states that may follow it; the provider sends, the contract manager asks and settles."""

TOELICHTING_MAX: Final = 300
"""Of a goal (R102)."""
TEKST_MAX: Final = 4000
REDEN_MAX: Final = 300
AANTAL_MAX: Final = 99_999


def mag_naar(van: OpgaveStatus, naar: OpgaveStatus) -> bool:
    return naar in OVERGANGEN[van]


def bewerkbaar(status: OpgaveStatus) -> bool:
    """May the provider write in it? While it is a draft, and while there are questions."""
    return status in (S.CONCEPT, S.VRAGEN)


def na_indienen(status: OpgaveStatus) -> OpgaveStatus | None:
    """What sending makes of it; None when it cannot be sent now."""
    return next((naar for naar in OVERGANGEN[status] if naar in (S.INGEDIEND, S.OPNIEUW)), None)


# --- The deadline ----------------------------------------------------------------------------------------------------
def deadline(kwartaal: Kwartaal, dagen: int) -> date:
    """So many days after the quarter; a weekend or holiday moves it to the next working day (Atw art. 1)."""
    return werkdag_op_of_na(kwartaal.laatste + timedelta(days=dagen))


def herinnering_nu(uiterlijk: date, vandaag: date, momenten: Iterable[int]) -> int | None:
    """Which reminder is due: the last moment that has come. `momenten` are days before the deadline.

    After days without the clock only the newest goes out, never a pile (U26, U27). From the deadline on: 0.
    """
    over = (uiterlijk - vandaag).days
    return min((moment for moment in {*momenten, 0} if over <= moment), default=None)


# --- Objections --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bezwaar:
    """Why it cannot be sent, at one field, as a sentence that says what to do."""

    veld: str
    zin: str


def over_lengte(veld: str, naam: str, tekst: str, maximum: int) -> Iterator[Bezwaar]:
    if over := te_lang(tekst, maximum):
        yield Bezwaar(
            veld,
            f"De tekst bij ‘{naam}’ is {tekens(tekst)} tekens lang. Er passen er {maximum}. Dat is {over}: "
            "maak de tekst korter.",
        )


def lees_aantal(getypt: str) -> int | None:
    """A whole number as people type it; empty is 0 (R75), None is no number."""
    kaal = getypt.strip()
    if not kaal:
        return 0
    if not (kaal.isascii() and kaal.isdecimal()) or len(kaal) > 9:
        return None
    return int(kaal) if int(kaal) <= AANTAL_MAX else None


# --- Part 1: uitval ----------------------------------------------------------------------------------------------------
VRAAG_BIJ: Final[Mapping[Categorie, str]] = {
    regel.categorie: regel.vraag for regel in CATEGORIEEN.values() if regel.vraag
}
"""The exact questions of the format; a category without one is not explained (MH L18-25, R86)."""
OPMERKING: Final = "U kunt hier, als u dat wilt, een nadere toelichting geven op de verstrekte cijfers."
WORDT: Final = (NIET_MEE, *Categorie.codes())


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctiefeit:
    """One client of whom the provider says something else than the messages do."""

    veld: str
    naam: str
    berichten: str
    """Category by the messages now, or NIET_MEE."""
    wordt: str
    reden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Celfeit:
    """A number that was typed or read from a file, over the one that follows from the clients."""

    veld: str
    naam: str
    getypt: str
    uit_clienten: int | None
    """Confirmed plus corrected; None for an algemene voorziening, of which no messages exist (R82)."""
    reden: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gemeentefeit:
    veld: str
    naam: str
    aantal: int
    geen_clienten: bool


def bezwaren_correctie(feit: Correctiefeit) -> Iterator[Bezwaar]:
    """No difference without a reason (M7)."""
    if feit.wordt not in WORDT:
        yield Bezwaar("wordt", "Kies in welke categorie u deze cliënt telt.")
    if not feit.reden.strip():
        yield Bezwaar("reden", f"Schrijf op waarom u {feit.naam} anders telt dan het berichtenverkeer.")
    yield from over_lengte("reden", "Reden", feit.reden, REDEN_MAX)


def bezwaren_cel(feit: Celfeit) -> Iterator[Bezwaar]:
    aantal = lees_aantal(feit.getypt)
    if aantal is None:
        yield Bezwaar(
            feit.veld,
            f"{feit.naam}: ‘{feit.getypt.strip()}’ is geen aantal. Vul een heel getal in, bijvoorbeeld 3.",
        )
    elif feit.uit_clienten is not None and aantal != feit.uit_clienten and not feit.reden.strip():
        yield Bezwaar(
            f"{feit.veld}-reden",
            f"{feit.naam}: u geeft {aantal} op en uit de cliënten volgt {feit.uit_clienten}. Corrigeer per cliënt, "
            "of schrijf op waar het verschil door komt.",
        )
    yield from over_lengte(f"{feit.veld}-reden", feit.naam, feit.reden, REDEN_MAX)


def bezwaren_gemeente(feit: Gemeentefeit) -> Iterator[Bezwaar]:
    """Empty is 0, but a municipality without clients is said out loud (R75)."""
    if feit.aantal and feit.geen_clienten:
        yield Bezwaar(
            feit.veld,
            f"{feit.naam}: u vinkt ‘geen cliënten’ aan en geeft er {feit.aantal} op. Haal het vinkje weg of "
            "corrigeer de aantallen.",
        )
    if not feit.aantal and not feit.geen_clienten:
        yield Bezwaar(
            feit.veld,
            f"{feit.naam}: er staan geen aantallen. Zet een vinkje bij ‘geen cliënten’ als dat klopt.",
        )


def bezwaren_toelichting(aantallen: Mapping[Categorie, int], teksten: Mapping[str, str]) -> Iterator[Bezwaar]:
    """Asked only when somebody is counted there; one per municipality beside it is free, and so is the remark (R86)."""
    for categorie, vraag in VRAAG_BIJ.items():
        if aantallen.get(categorie, 0) and not teksten.get(categorie, "").strip():
            yield Bezwaar(
                f"toelichting-{categorie}",
                f"Geef een toelichting bij ‘{categorie} {categorie.label}’: {vraag}",
            )
        for soort, tekst in teksten.items():
            if soort == categorie or soort.startswith(f"{categorie}-"):
                yield from over_lengte(f"toelichting-{soort}", categorie.label, tekst, TEKST_MAX)
    yield from over_lengte(
        "toelichting-algemeen", "Nadere toelichting", teksten.get("algemeen", ""), TEKST_MAX
    )


def bezwaren_uitval(
    gemeenten: Iterable[Gemeentefeit],
    cellen: Iterable[Celfeit],
    aantallen: Mapping[Categorie, int],
    teksten: Mapping[str, str],
) -> tuple[Bezwaar, ...]:
    return (
        *(b for cel in cellen for b in bezwaren_cel(cel)),
        *(b for gemeente in gemeenten for b in bezwaren_gemeente(gemeente)),
        *bezwaren_toelichting(aantallen, teksten),
    )


# --- Part 3: beleidsdoelen ---------------------------------------------------------------------------------------------
ASSEN: Final[Mapping[str, str]] = {
    "realisatie": "Hoe ver is uw organisatie met het realiseren van dit doel?",
    "ambitie": "Wat is de ambitie van uw organisatie op dit doel?",
    "prioriteit": "Hoe prioriteert uw organisatie dit doel?",
}
SCHAAL: Final = (1, 2, 3, 4)
SCHAALUITLEG: Final = "Score 1 is het laagst, score 4 is het hoogst."


@dataclass(frozen=True, slots=True, kw_only=True)
class Doelfeit:
    veld: str
    tekst: str
    scores: Mapping[str, int | None]
    toelichting: str


def bezwaren_doelen(doelen: Sequence[Doelfeit]) -> tuple[Bezwaar, ...]:
    """All scores are needed to send; the explanation is free and never cut (R101, R102)."""
    return tuple(bezwaar for doel in doelen for bezwaar in _bezwaren_doel(doel))


def _bezwaren_doel(doel: Doelfeit) -> Iterator[Bezwaar]:
    leeg = [as_ for as_ in ASSEN if doel.scores.get(as_) not in SCHAAL]
    if len(leeg) == len(ASSEN):
        yield Bezwaar(f"{doel.veld}-{leeg[0]}", f"Geef drie scores van 1 tot en met 4 bij ‘{doel.tekst}’.")
    else:
        for as_ in leeg:
            zin = f"Kies een score van 1 tot en met 4 bij ‘{doel.tekst}’: {ASSEN[as_]}"
            yield Bezwaar(f"{doel.veld}-{as_}", zin)
    yield from over_lengte(f"{doel.veld}-toelichting", doel.tekst, doel.toelichting, TOELICHTING_MAX)


def ontbrekende_gemeenten(nodig: Collection[int], bereik: Collection[int]) -> set[int]:
    """The municipalities of an opgave that somebody may not see: it is settled for all of them at once."""
    return set(nodig) - set(bereik)
