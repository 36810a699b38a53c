"""The judgement "resultaat behaald", the monthly round and the reminders."""

from resultaat.models.oordeel import Evaluatie, Gesprek, InformatieVraag, RedenOptie, Resultaat
from resultaat.models.ronde import Herinnering, Ronde, RondeRegel, TermijnVrijstelling

__all__ = [
    "Evaluatie",
    "Gesprek",
    "Herinnering",
    "InformatieVraag",
    "RedenOptie",
    "Resultaat",
    "Ronde",
    "RondeRegel",
    "TermijnVrijstelling",
]
