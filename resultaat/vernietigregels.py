"""When a dossier must go, and why it cannot yet (R110, U15). Pure: a table, and the sentence a dossier shows.

The unit is a client in a municipality with all dossiers: the term counts from the last decision, so who still has one
is not on the list at all, or is on it with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from wmo_portal.lib.keuzes import Keuze


class Blokkade(Keuze):
    """In the order in which they are told; the label is what the person reads."""

    LOPEND = "lopend", "Er loopt nog een beschikking."
    LATER = "later", "De bewaartermijn van een ander dossier is nog niet voorbij."
    VRAAG = "vraag", "Er staat een vraag aan de aanbieder open. Beantwoord of trek de vraag in."
    EVALUATIE = (
        "evaluatie",
        "Er wacht een evaluatie op een oordeel. Registreer het resultaat of trek haar in.",
    )
    VERZOEK = "verzoek", "Er wacht een verzoek om wijziging op een besluit."
    STOP = "stop", "Er is een stopbericht dat nog niet is afgehandeld."
    TEGENSPRAAK = "tegenspraak", "Er loopt een tegenspraak. Los die eerst op."
    VOORGESTELD = "voorgesteld", "Staat al op een lijst die is voorgesteld."


UITLEG: Final = (
    "Een dossier gaat pas weg als alle beschikkingen van de cliënt gesloten of ingetrokken zijn, de bewaartermijn van "
    "elk ervan voorbij is, en er niets meer openstaat."
)

SAMEN: Final = (Blokkade.LOPEND, Blokkade.LATER)
"""What keeps a dossier although its own term may be over: all of a client goes together."""


@dataclass(frozen=True, slots=True)
class Bewaring:
    """What a dossier says about its own end: a sentence, what stands in the way, and whether it may go now."""

    zin: str
    redenen: tuple[str, ...] = ()
    kan: bool = False


def bewaring(*, tot: date | None, blokkades: Collection[Blokkade], vandaag: date) -> Bewaring:
    """`tot` is the last day of the term of this dossier; None: it is not closed, so no term runs."""
    if tot is None:
        return Bewaring("De termijn begint als het dossier sluit.")
    if tot >= vandaag:
        redenen = tuple(b.label for b in SAMEN if b in blokkades)
        return Bewaring(f"Bewaren tot en met {tot:%d-%m-%Y}.", redenen)
    zin = f"De termijn was voorbij op {tot:%d-%m-%Y}."
    redenen = tuple(b.label for b in Blokkade if b in blokkades)
    return Bewaring(zin, redenen, kan=not redenen)


TABELNAMEN: Final[Mapping[str, str]] = {
    "beschikkingen_client": "cliënten",
    "beschikkingen_beschikking": "beschikkingen",
    "beschikkingen_toewijzing": "toewijzingen",
    "beschikkingen_stap": "stappen van getrapte indicaties",
    "beschikkingen_monitoringsmoment": "monitoringsmomenten",
    "beschikkingen_document": "documenten",
    "beschikkingen_documentinhoud": "bestanden van documenten",
    "beschikkingen_beschikkingevent": "eerdere versies van beschikkingen",
    "beschikkingen_toewijzingevent": "eerdere versies van toewijzingen",
    "stopberichten_bericht": "berichten (301, 305, 307) met hun inhoud",
    "stopberichten_levering": "starts van zorg",
    "stopberichten_stop": "stops van zorg",
    "stopberichten_stopevent": "eerdere versies van stops",
    "stopberichten_toelichting": "formulieren Toelichting, ook concepten",
    "stopberichten_toelichtingregel": "regels van formulieren",
    "stopberichten_toelichtingevent": "eerdere versies van formulieren",
    "resultaat_evaluatie": "evaluaties",
    "resultaat_gesprek": "gesprekken",
    "resultaat_informatievraag": "vragen en antwoorden",
    "resultaat_resultaat": "oordelen over het resultaat, ook gecorrigeerde",
    "resultaat_ronderegel": "regels van maandelijkse rondes",
    "resultaat_herinnering": "herinneringen",
    "resultaat_termijnvrijstelling": "vrijstellingen van een termijn",
    "resultaat_suiteregel": "regels van Suite-lijsten",
    "rapportage_opgavecorrectie": "redenen van aanbieders in kwartaalopgaven (gewist; het cijfer bleef)",
    "beschikkingen_inlezing": "ingelezen bestanden (inhoud gewist)",
}
"""What the counts of a declaration are called, in the order in which they are printed."""
