"""What somebody is told by mail about his own log-in: that it changed, and that somebody else may be trying it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from logboek.models import Gebeurtenis
from organisaties.models import Gebruiker
from techniek.actions import zet_mail_klaar

GEWIJZIGD: Final = {
    "wachtwoord.gewijzigd": "Uw wachtwoord is gewijzigd",
    "wachtwoord.opnieuw_gekozen": "Er is een nieuw wachtwoord voor u gekozen",
    "tweede_stap.toegevoegd": "Er is een tweede stap bij het inloggen bij gekomen",
    "tweede_stap.weggehaald": "Er is een tweede stap bij het inloggen weggehaald",
    "inlogdienst.gekoppeld": "U kunt nu inloggen met het account van uw werk",
}
VERDACHT: Final = {"wachtwoord": 5, "tweede stap": 3}
"""How many failures of a step make a mail. The second step counts sooner: who fails there knew the password."""
BINNEN: Final = timedelta(minutes=15)
_ZINNEN: Final = {
    "wachtwoord": "Er is een paar keer een verkeerd wachtwoord gegeven bij uw e-mailadres.",
    "tweede stap": "Iemand gaf uw goede wachtwoord, maar daarna een paar keer een verkeerde code.",
}
_NIET_U: Final = (
    "Was u dit niet? Kies dan meteen een ander wachtwoord met “Wachtwoord vergeten” op de inlogpagina, en bel de "
    "beheerder van het portaal.\n"
)


def meld_gewijzigd(wie: Gebruiker, actie: str, op: datetime) -> None:
    """Once a minute for each kind: an app and the recovery codes that come with it are one change (ASVS 6.3.7)."""
    _mail(
        wie,
        f"{actie}:{op:%Y-%m-%dT%H:%M}",
        GEWIJZIGD[actie],
        f"{GEWIJZIGD[actie]}, op {op:%d-%m-%Y om %H:%M}.",
        op,
    )


def meld_verdacht(wie: Gebruiker, stap: str, op: datetime) -> None:
    """At most once a day for each step, however long somebody goes on (ASVS 6.3.5)."""
    aantal = Gebeurtenis.objects.filter(
        object_kenmerk=str(wie.kenmerk), op__gte=op - BINNEN, actie="inloggen.mislukt", details__stap=stap
    ).count()
    if aantal >= VERDACHT[stap]:
        _mail(
            wie,
            f"verdacht:{stap}:{op:%Y-%m-%d}",
            "Iemand probeert misschien bij u in te loggen",
            _ZINNEN[stap],
            op,
        )


def _mail(wie: Gebruiker, wat: str, onderwerp: str, zin: str, op: datetime) -> None:
    if not wie.is_active:
        return
    zet_mail_klaar(
        sleutel=f"inloggen:{wie.kenmerk}:{wat}",
        aan=wie.email,
        onderwerp=onderwerp,
        tekst=f"Beste {wie.naam},\n\n{zin}\n\nWas u dit zelf? Dan hoeft u niets te doen.\n{_NIET_U}",
        op=op,
    )
