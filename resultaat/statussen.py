"""Where an evaluation, a question, a round or a reminder stands. (The outcomes of bijlage 3 are in `enums`.)"""

from wmo_portal.lib.keuzes import Keuze


class EvaluatieStatus(Keuze):
    INGEDIEND = "ingediend", "Ingediend"
    INFO_GEVRAAGD = "info_gevraagd", "Aanvullende informatie gevraagd"
    BEOORDEELD = "beoordeeld", "Beoordeeld"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class RondeStatus(Keuze):
    BEZIG = "bezig", "Bezig"
    KLAAR = "klaar", "Klaar"
    TERUGGEDRAAID = "teruggedraaid", "Teruggedraaid"
    MISLUKT = "mislukt", "Gestopt met een fout"
