"""What providers and municipalities wrote. For the leak tests each text ends in the mark of its owners.

Where a mark (`KANARIE-G1783`, `KANARIE-A75000001`) shows, its owner's text shows. People who try the demo see none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random
from typing import Final

_GEMERKT: Final = ContextVar("gemerkt", default=False)


@contextmanager
def gemerkt() -> Iterator[None]:
    """A demo that is loaded within this has a mark in every text."""
    stand = _GEMERKT.set(True)
    try:
        yield
    finally:
        _GEMERKT.reset(stand)


def merk(gemeente: str = "", agb: str = "") -> str:
    """`[KANARIE-G1783]`, `[KANARIE-A75000001]`, or both marks for a text that provider and municipality share."""
    delen = [f"KANARIE-G{gemeente}"] * bool(gemeente) + [f"KANARIE-A{agb}"] * bool(agb)
    return f"[{' '.join(delen)}]"


TEKSTEN: Final[dict[str, tuple[str, ...]]] = {
    "situatie": (
        "Mevrouw doet haar administratie nu zelf en belt alleen nog als een brief onduidelijk is.",
        "Meneer komt drie dagdelen per week en heeft een vaste plek in de houtgroep.",
        "Cliënt woont zelfstandig, de woning is op orde en de huur wordt op tijd betaald.",
        "De begeleiding komt één keer per week. Het lukt nog niet om de post zelf open te maken.",
        "Cliënt heeft een klein netwerk. De buurvrouw springt bij als het niet gaat.",
        "Het huishouden loopt; alleen de was en de bedden worden nog samen gedaan.",
        "Er is een weekplanning die cliënt zelf bijhoudt. De afspraken bij de huisarts lopen.",
    ),
    "reden_klaar": (
        "De doelen zijn bereikt en cliënt redt zich zonder ondersteuning.",
        "Cliënt kan verder met het wijkteam en de inloop in de buurt.",
        "De laatste twee maanden is afgebouwd. Er zijn geen open doelen meer.",
    ),
    "reden_stop": (
        "Cliënt komt de afspraken niet meer na en wil geen begeleiding meer.",
        "In overleg met cliënt en de verwijzer is besloten te stoppen.",
        "Wij kunnen de gevraagde begeleiding met ons team niet langer bieden.",
        "Cliënt krijgt andere hulp die beter past.",
        "Cliënt is opgenomen en het is nog niet duidelijk hoe lang dit duurt.",
    ),
    "reden_wijziging": (
        "Afschalen is niet gelukt door een terugval na het overlijden van een broer.",
        "Er zijn meer uren nodig om de schulden in beeld te krijgen.",
        "De stap naar een lichtere trede is te groot. Cliënt heeft een half jaar extra nodig.",
    ),
    "behaald_ja": (
        "Alle afgesproken doelen zijn behaald.",
        "Het resultaat is behaald: cliënt heeft overzicht en houdt dat vast.",
    ),
    "behaald_nee": (
        "Het doel is voor ongeveer de helft bereikt.",
        "Er is vooruitgang, maar de afgesproken trede is niet gehaald.",
    ),
    "overig": (
        "De dochter van cliënt is op de hoogte.",
        "Graag contact met de casemanager voor de overdracht.",
        "Er is een warme overdracht geweest met het wijkteam.",
    ),
    "vervolg": (
        "Vervolg is nodig om vast te houden wat bereikt is; een lichtere trede volstaat.",
        "Cliënt kan veel zelf, maar heeft nog een vast contactmoment nodig.",
        "Zonder begeleiding lopen de vaste lasten weer op. Met waakvlam is dat te voorkomen.",
    ),
    "niet_behaald": (
        "Het resultaat is niet behaald: cliënt was drie maanden ziek.",
        "Het resultaat is niet behaald: er waren wisselende begeleiders.",
        "Het resultaat is niet behaald: cliënt heeft meer tijd nodig dan gedacht.",
    ),
    "vraag": (
        "Kunt u aangeven welke doelen nog open staan en wat er nodig is om die te halen?",
        "Waarom is een lichtere trede nu niet mogelijk?",
        "Hoe is het netwerk van cliënt betrokken bij dit plan?",
    ),
    "antwoord": (
        "Twee van de vier doelen staan nog open: post openen en een daginvulling vinden.",
        "De terugval van vorige maand maakt afschalen nu te vroeg. Over drie maanden kijken wij opnieuw.",
        "De zus van cliënt komt wekelijks langs en doet mee met de evaluatie.",
    ),
    "gesprek": (
        "Gesprek bij cliënt thuis. Cliënt is tevreden over de begeleiding en wil graag zo doorgaan.",
        "Gesprek op het gemeentehuis. Afgesproken om één dagdeel minder te doen.",
    ),
    "resultaat": (
        "Besproken met cliënt en aanbieder.",
        "Op basis van het evaluatiegesprek.",
        "Cliënt herkent zich in dit oordeel.",
    ),
    "correctie": (
        "Na overleg met de aanbieder blijkt het doel toch niet gehaald.",
        "Er was een verkeerde reden gekozen.",
    ),
    "afwijking": (
        "De trede zegt niet alles: cliënt doet nu zelf wat was afgesproken.",
        "De trede bleef gelijk door ziekte; aan de doelen is wel gewerkt.",
    ),
    "zonder_formulier": (
        "Aanbieder is twee keer gebeld. Het formulier komt niet meer; het einde was volgens plan.",
    ),
}

KWARTAALTEKSTEN: Final[dict[str, tuple[str, ...]]] = {
    "uitval": (
        "De redenen lopen uiteen: verhuizing, opname en cliënten die zelf verder willen.",
        "Bij twee cliënten was er te weinig personeel met de juiste ervaring. Daar is nu een collega voor gestart.",
        "In overleg met de verwijzer gestopt; de doelen pasten niet meer bij de situatie.",
    ),
    "correctie_opgave": (
        "Cliënt is verhuisd naar een andere regio. De code in het bericht was verkeerd gekozen.",
    ),
    "hoe": (
        "In mei een vragenlijst gestuurd aan alle cliënten; ruim de helft vulde die in. Een bureau keek mee.",
        "Met een gesprek aan het einde van elke begeleiding, aan de hand van tien vaste vragen.",
    ),
    "aandachtspunten": (
        "Cliënten willen eerder weten wie er komt bij ziekte. Wij bellen nu altijd vóór negen uur.",
        "Het plan moet korter en in gewone taal. Het nieuwe formulier is één bladzijde.",
    ),
    "clientenraad": (
        "De raad herkent de uitkomsten en vraagt extra aandacht voor vervoer.",
        "De cliëntenraad is tevreden over de aanpak en wil na een half jaar horen wat het opleverde.",
    ),
    "betrokken_wijze": ("Drie cliënten en een mantelzorger lazen de vragen vooraf en schrapten er vier.",),
    "betrokken_punten": ("Op een koffiemiddag stemden cliënten over de drie belangrijkste punten.",),
    "meebepalen": (
        "Elk jaar kiezen cliënten samen één onderwerp. Dit jaar is dat: vaste gezichten.",
        "Twee ervaringsdeskundigen zitten bij het teamoverleg en brengen in wat zij horen.",
    ),
    "doel": (
        "Met het wijkteam is een vast overleg afgesproken; de eerste gezamenlijke plannen lopen.",
        "Wij begonnen met een maatjesproject. Vijf cliënten hebben nu een vrijwilliger.",
        "Dit vraagt meer tijd: de algemene voorziening in de buurt start pas na de zomer.",
        "De medewerkers zijn geschoold en het staat in elk nieuw zorgplan.",
    ),
    "vraag_opgave": (
        "U schrijft dat ruim de helft antwoordde. Hoe bereikt u de cliënten die niet antwoordden?",
        "Kunt u toelichten welke actie u onderneemt op het punt van de bereikbaarheid?",
    ),
    "antwoord_opgave": (
        "Wij bellen hen in de komende maand zelf op. De uitkomst staat in de volgende opgave.",
    ),
}
"""What providers and contract managers write in a kwartaalopgave; the mark is that of the provider."""


def met_merk(zin: str, gemeente: str = "", agb: str = "") -> str:
    """The sentence, and the mark behind it where the tests ask for marks."""
    return f"{zin} {merk(gemeente, agb)}" if _GEMERKT.get() else zin


def tekst(rng: Random, soort: str, gemeente: str, agb: str = "") -> str:
    """One of the texts of a kind."""
    return met_merk(rng.choice(TEKSTEN[soort]), gemeente, agb)


def kwartaaltekst(rng: Random, soort: str, agb: str) -> str:
    return met_merk(rng.choice(KWARTAALTEKSTEN[soort]), agb=agb)
