"""The judgement "resultaat behaald", the monthly round and the reminders."""

from resultaat.models.bewaring import Bewaarwijziging
from resultaat.models.oordeel import Evaluatie, Gesprek, InformatieVraag, RedenOptie, Resultaat
from resultaat.models.ronde import Herinnering, Ronde, RondeRegel, TermijnVrijstelling
from resultaat.models.suite import SuiteLijst, SuiteRegel
from resultaat.models.vernietiging import Vernietigingslijst

__all__ = [
    "Bewaarwijziging",
    "Evaluatie",
    "Gesprek",
    "Herinnering",
    "InformatieVraag",
    "RedenOptie",
    "Resultaat",
    "Ronde",
    "RondeRegel",
    "SuiteLijst",
    "SuiteRegel",
    "TermijnVrijstelling",
    "Vernietigingslijst",
]
