"""What comes out of receiving one file, and what goes in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from organisaties.models import Gebruiker
from stopberichten.enums import Berichtstatus, Kanaal
from stopberichten.models import Bericht
from wmo_portal.lib.tekst import in_het_kort
from wmo_portal.lib.tijd import AMSTERDAM

_LANGSTE_NAAM = 255


@dataclass(frozen=True)
class Post:
    """One file at the door: its bytes, how it came, by whom, on which day."""

    inhoud: bytes
    bestandsnaam: str
    kanaal: Kanaal
    door: Gebruiker | None
    vandaag: date
    op: datetime
    slot: bool = True
    fout: str = ""
    """Why it could not be taken out of its zip or envelope."""
    verpakking: bytes | None = None
    """The envelope as it came, when the message came in one."""

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.inhoud).hexdigest()

    @property
    def naam(self) -> str:
        return in_het_kort(self.bestandsnaam, _LANGSTE_NAAM)


def moment(vandaag: date, op: datetime | None) -> datetime:
    """The moment of receipt: the one given, else noon of that day."""
    return op or datetime.combine(vandaag, time(12), AMSTERDAM)


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """The verdict on one file. `nieuw` is False when this message was received before: that verdict holds."""

    bericht: Bericht
    nieuw: bool = True

    @property
    def geaccepteerd(self) -> bool:
        return self.bericht.status == Berichtstatus.GEACCEPTEERD

    @property
    def retour_naam(self) -> str | None:
        return retour_naam(self.bericht)

    def als_json(self, bestand: str) -> dict[str, object]:
        """The stable line of `lees_berichten --json`."""
        return {
            "bestand": bestand,
            "geaccepteerd": self.geaccepteerd,
            "header": self.bericht.header_codes,
            "client": self.bericht.client_codes,
            "producten": self.bericht.product_codes,
            "retour": self.retour_naam,
        }


RETOURSOORT = {"301": "302", "305": "306", "307": "308"}


def retour_identificatie(bericht: Bericht) -> str:
    """Unique for us as a sender, at most 12 characters (TR056)."""
    return f"R{bericht.pk:011d}"


def retour_naam(bericht: Bericht) -> str | None:
    """The file name of the answer; says nothing about the client."""
    if bericht.retour is None:
        return None
    return f"wmo{RETOURSOORT[bericht.soort]}-{retour_identificatie(bericht)}.xml"


def envelop_naam(retour: str) -> str:
    """The file name of an answer in its envelope."""
    return f"du01-{retour}"
