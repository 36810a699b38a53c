"""Agreements about counting, dated per region; reports that were asked for; frozen quarters; kwartaalopgaven."""

from rapportage.models.afspraken import Categorieafspraak
from rapportage.models.gesprek import Gespreksactie, Kwartaalgesprek
from rapportage.models.opgave import (
    Beleidsdoel,
    Kwartaalopgave,
    Opgaveafspraak,
    OpgaveDeel,
    OpgaveIndiening,
    Opgavetermijn,
    OpgaveVraag,
)
from rapportage.models.opgave_delen import (
    BeleidsdoelScore,
    Clientervaring,
    OpgaveCorrectie,
    OpgaveDocument,
    OpgaveGemeente,
    OpgaveInlezing,
    OpgaveToelichting,
    OpgaveUitval,
)
from rapportage.models.publicatie import Publicatie
from rapportage.models.rapport import Rapport
from rapportage.models.vaststelling import Vaststelling, VaststellingCijfers, VaststellingRegel

__all__ = [
    "Beleidsdoel",
    "BeleidsdoelScore",
    "Categorieafspraak",
    "Clientervaring",
    "Gespreksactie",
    "Kwartaalgesprek",
    "Kwartaalopgave",
    "OpgaveCorrectie",
    "OpgaveDeel",
    "OpgaveDocument",
    "OpgaveGemeente",
    "OpgaveIndiening",
    "OpgaveInlezing",
    "OpgaveToelichting",
    "OpgaveUitval",
    "OpgaveVraag",
    "Opgaveafspraak",
    "Opgavetermijn",
    "Publicatie",
    "Rapport",
    "Vaststelling",
    "VaststellingCijfers",
    "VaststellingRegel",
]
