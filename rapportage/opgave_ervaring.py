"""Part 2 of the kwartaalopgave: the questions of the format, word for word, and when each must be answered. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapportage.opgave_regels import TEKST_MAX, Bezwaar, over_lengte


@dataclass(frozen=True, slots=True)
class Vraag:
    """One question of the format, word for word, and when it must be answered."""

    nummer: str
    veld: str
    tekst: str
    bij: bool | None
    """Asked when question 1 was answered like this; None: always."""


GEVRAAGD: Final = (
    "Heeft u de afgelopen periode uw cliënten bevraagd op hun ervaringen met uw organisatie en "
    "de ingezette hulp?"
)
VRAGEN: Final = (
    Vraag("", "waarom_niet", "Waarom niet, en wanneer gaat u uw cliënten wel bevragen?", bij=False),
    Vraag("2", "hoe", "Hoe heeft u onderzoek gedaan? (Is er sprake geweest van externe toetsing?)", bij=True),
    Vraag(
        "3",
        "aandachtspunten",
        "Kunt u beschrijven op welke aandachtspunten uit het onderzoek u actie onderneemt?",
        bij=True,
    ),
    Vraag("4", "clientenraad", "Kunt u de reactie van uw cliëntenraad weergeven op het onderzoek?", bij=True),
    Vraag(
        "5a",
        "betrokken_wijze",
        "Kunt u beschrijven hoe u uw cliënten en hun omgeving hebt betrokken bij het bepalen van de wijze waarop u "
        "de klantervaring heeft getoetst?",
        bij=True,
    ),
    Vraag(
        "5b",
        "betrokken_punten",
        "Kunt u beschrijven hoe u uw cliënten en hun omgeving hebt betrokken bij de wijze waarop u heeft bepaald met "
        "welke aandachtspunten uit het onderzoek u aan de slag gaat?",
        bij=True,
    ),
    Vraag(
        "6",
        "meebepalen",
        "Hoe laat u als organisatie uw cliënten mee-bepalen welke kwaliteitsaspecten zij belangrijk vinden? Hoe gaat u "
        "met deze input om?",
        bij=None,
    ),
)
UPLOADS: Final = (
    "U kunt hier de rapportage van uw cliëntervaringsonderzoek uploaden en eventuele relevante documenten van uw "
    "cliëntenraden."
)


def gesteld(gevraagd: bool | None) -> tuple[Vraag, ...]:  # noqa: FBT001 - the answer to question 1
    """The questions that go with this answer to question 1; without an answer all but the "why not" (R97)."""
    antwoord = True if gevraagd is None else gevraagd
    return tuple(vraag for vraag in VRAGEN if vraag.bij is None or vraag.bij is antwoord)


def bezwaren_ervaring(gevraagd: bool | None, antwoorden: Mapping[str, str]) -> tuple[Bezwaar, ...]:  # noqa: FBT001 - as above
    if gevraagd is None:
        return (Bezwaar("gevraagd", "Kies ja of nee bij vraag 1 over de cliëntervaring."),)
    return tuple(_bezwaren_antwoorden(gesteld(gevraagd), antwoorden))


def _bezwaren_antwoorden(vragen: Iterable[Vraag], antwoorden: Mapping[str, str]) -> Iterator[Bezwaar]:
    for vraag in vragen:
        tekst = antwoorden.get(vraag.veld, "")
        naam = f"vraag {vraag.nummer}" if vraag.nummer else "waarom niet"
        if not tekst.strip():
            yield Bezwaar(vraag.veld, f"Beantwoord {naam}: {vraag.tekst}")
        yield from over_lengte(vraag.veld, naam, tekst, TEKST_MAX)
