"""What somebody hands in at the screen, one file or a zip of many: each message by itself, none holds up another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from iwmo.envelop import Grenzen
from organisaties.models import Gebruiker
from stopberichten.berichten_in import ontvang, ontvang_onleesbaar
from stopberichten.enums import Kanaal
from stopberichten.ontvangst import Ontvangst
from stopberichten.uitpakken import Bestand, pak_uit

HOOGSTENS: Final = 500
"""Messages in one go through the screen: about half a minute of work."""
GRENZEN: Final = Grenzen(bestanden=HOOGSTENS, totaal=250 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Ingestuurd:
    naam: str
    ontvangst: Ontvangst


def stuur_in(
    *, bestanden: Iterable[tuple[str, bytes]], door: Gebruiker, vandaag: date, op: datetime
) -> Iterator[Ingestuurd]:
    """Receive every message in these files, one at a time. What cannot be opened is kept with its reason."""
    for naam, inhoud in bestanden:
        for bestand in pak_uit(naam, inhoud, GRENZEN):
            yield Ingestuurd(bestand.naam, _ontvang(bestand, door, vandaag, op))


def _ontvang(bestand: Bestand, door: Gebruiker, vandaag: date, op: datetime) -> Ontvangst:
    if bestand.fout:
        return ontvang_onleesbaar(
            inhoud=bestand.inhoud,
            bestandsnaam=bestand.naam,
            kanaal=Kanaal.UPLOAD,
            door=door,
            vandaag=vandaag,
            op=op,
            reden=bestand.fout,
        )
    return ontvang(
        inhoud=bestand.inhoud,
        bestandsnaam=bestand.naam,
        kanaal=Kanaal.UPLOAD,
        door=door,
        vandaag=vandaag,
        op=op,
        verpakking=bestand.verpakking,
    )
