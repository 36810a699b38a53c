"""Where an evaluation, a question, a round, a reminder or a destruction list stands. Outcomes are in `enums`."""

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


class VernietigStatus(Keuze):
    VOORGESTELD = "voorgesteld", "Voorgesteld"
    GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
    VERNIETIGD = "vernietigd", "Vernietigd"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
