"""The main navigation: one table of entries, each with the right it needs."""

from dataclasses import dataclass
from typing import Any

from organisaties.rollen import Mag
from wmo_portal.lib.adressen import adres


@dataclass(frozen=True, slots=True)
class Ingang:
    label: str
    naam: str
    recht: Mag | None = None
    rollen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Menupunt:
    label: str
    url: str
    actief: bool
    aantal: int | None = None


INGANGEN: tuple[Ingang, ...] = (
    Ingang("Start", "start"),
    Ingang("Werkvoorraad", "resultaat:werkvoorraad", Mag.EVALUATIE_BEOORDELEN),
    Ingang("Mijn cliënten", "resultaat:mijn-clienten", Mag.TOELICHTING_INDIENEN),
    Ingang("Toelichtingen", "stopberichten:toelichtingen", Mag.TOELICHTING_INDIENEN),
    Ingang("Maandelijkse ronde", "resultaat:rondes", Mag.RONDE),
    Ingang("Berichten", "stopberichten:berichten", Mag.BERICHTEN_ZIEN),
    Ingang("Te koppelen", "stopberichten:te-koppelen", Mag.KOPPELEN),
    Ingang("Inlezen", "beschikkingen:inlezen", Mag.INLEZEN),
    Ingang("Dossiers", "resultaat:dossiers", Mag.DOSSIER_ZIEN, ("consulent", "administratie")),
    Ingang("Invoer in Suite", "resultaat:suite", Mag.RONDE),
    Ingang("Termijnen", "resultaat:termijnen", Mag.TERMIJNEN),
    Ingang("Kwartaalopgave", "rapportage:opgaven", Mag.OPGAVE_INDIENEN),
    Ingang("Kwartaalopgaven", "rapportage:opgaven-beoordelen", Mag.OPGAVE_BEOORDELEN),
    Ingang("Kwartaalafspraken", "rapportage:kwartaalafspraken", None, ("beheerder", "contractmanager")),
    Ingang("Kwartaalgesprekken", "rapportage:gesprekken", Mag.OPGAVE_BEOORDELEN),
    Ingang("Uitval", "rapportage:uitval", Mag.CIJFERS),
    Ingang("Resultaat behaald", "rapportage:resultaat-behaald", Mag.CIJFERS),
    Ingang("Advies en besluit", "rapportage:advies-besluit", Mag.CIJFERS, ("contractmanager",)),
    Ingang("Vaststellingen", "rapportage:vaststellingen", Mag.VASTSTELLEN),
    Ingang("Publicaties", "rapportage:publicaties", Mag.VASTSTELLEN),
    Ingang("Mijn rapporten", "rapportage:mijn-rapporten", Mag.EXPORTEREN),
    Ingang("Vernietigen", "resultaat:vernietigen", Mag.VERNIETIGEN),
    Ingang("Werkwijze", "resultaat:werkwijze", Mag.DOSSIER_ZIEN),
    Ingang("Inrichting", "organisaties:inrichting", Mag.INRICHTEN),
    Ingang("Redenen bij nee", "resultaat:redenen", Mag.INRICHTEN),
    Ingang("Gebruikers", "organisaties:gebruikers", Mag.GEBRUIKERS),
    Ingang("Logboek", "organisaties:logboek", Mag.LOGBOEK, ("beheerder",)),
    Ingang("Taken", "organisaties:taken", Mag.TAKEN),
)


def menu_voor(gebruiker: Any, pad: str) -> list[Menupunt]:
    """The entries this person may use, the one he is at marked. An entry whose page is not there yet is left out."""
    punten = []
    for ingang in INGANGEN:
        if ingang.recht and not gebruiker.mag(ingang.recht):
            continue
        if ingang.rollen and gebruiker.rol not in ingang.rollen:
            continue
        if not (url := adres(ingang.naam)):
            continue
        punten.append(Menupunt(ingang.label, url, pad == url or (url != "/" and pad.startswith(url))))
    return punten
