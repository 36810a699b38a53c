"""When a dossier must go, and why it cannot yet (R110, U15). Pure: a table, and the sentence a dossier shows.

And to which day somebody may move that moment for one dossier: longer with a reason, shorter only at the client's
request, and never so that one person alone makes something disappear.

The unit is a client in a municipality with all dossiers: the term counts from the last decision, so who still has one
is not on the list at all, or is on it with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from wmo_portal.lib.keuzes import Keuze
from wmo_portal.lib.perioden import plus_maanden


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
    aangepast: str = ""
    """Who moved the day, when and why; empty when it is the day that follows from the municipality's term."""


def bewaring(
    *, tot: date | None, blokkades: Collection[Blokkade], vandaag: date, aangepast: str = ""
) -> Bewaring:
    """`tot` is the last day of the term of this dossier; None: it is not closed, so no term runs."""
    if tot is None:
        return Bewaring("De termijn begint als het dossier sluit.")
    if tot >= vandaag:
        redenen = tuple(b.label for b in SAMEN if b in blokkades)
        return Bewaring(f"Bewaren tot en met {tot:%d-%m-%Y}.", redenen, aangepast=aangepast)
    zin = f"De termijn was voorbij op {tot:%d-%m-%Y}."
    redenen = tuple(b.label for b in Blokkade if b in blokkades)
    return Bewaring(zin, redenen, kan=not redenen, aangepast=aangepast)


# --- Another day for one dossier (U15) --------------------------------------------------------------------------------
class Bewaargrond(Keuze):
    LANGER = "langer", "Langer bewaren, of terug naar de termijn van de gemeente"
    VERZOEK = "verzoek", "Korter bewaren, omdat de cliënt daarom vroeg"


JAREN_LANGER: Final = 20
"""So many years past the term of the municipality at most, at one go: a slip of the pen keeps nobody for centuries."""


def uiterste_dag(*, gemeente_tot: date, vandaag: date) -> date:
    return plus_maanden(max(gemeente_tot, vandaag), 12 * JAREN_LANGER)


def bezwaar_tegen_dag(
    naar: date, *, grond: Bewaargrond, nu_tot: date, gemeente_tot: date, vandaag: date
) -> str:
    """Why the term cannot end on that day, as a sentence; empty when it can.

    `gemeente_tot` is what the municipality's years give today. Today itself is the first day that can be chosen: the
    dossier comes on the destruction list tomorrow, and then two people and the thinking time are still to come.
    """
    laatst = uiterste_dag(gemeente_tot=gemeente_tot, vandaag=vandaag)
    regels = (
        (naar == nu_tot, f"Het dossier wordt al bewaard tot en met {nu_tot:%d-%m-%Y}. Kies een andere dag."),
        (naar < vandaag, f"Deze dag is voorbij. Kies {vandaag:%d-%m-%Y} of later."),
        (
            grond is Bewaargrond.LANGER and naar < gemeente_tot,
            f"De gemeente bewaart dit dossier tot en met {gemeente_tot:%d-%m-%Y}. Een eerdere dag kan alleen als de "
            "cliënt daarom vroeg.",
        ),
        (
            grond is Bewaargrond.VERZOEK and naar >= gemeente_tot,
            f"U kiest voor korter bewaren. Vul een dag in voor {gemeente_tot:%d-%m-%Y}.",
        ),
        (
            naar > laatst,
            f"Kies uiterlijk {laatst:%d-%m-%Y}. Is dat te kort, pas de dag dan later opnieuw aan.",
        ),
    )
    return next((zin for geldt, zin in regels if geldt), "")


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
    "resultaat_bewaarwijziging": "wijzigingen van de bewaartermijn",
    "rapportage_opgavecorrectie": "redenen van aanbieders in kwartaalopgaven (gewist; het cijfer bleef)",
    "beschikkingen_inlezing": "ingelezen bestanden (inhoud gewist)",
}
"""What the counts of a declaration are called, in the order in which they are printed."""
