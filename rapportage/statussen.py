"""Where a report stands and what it is about. (The categories of the uitval report are in `enums`.)"""

from wmo_portal.lib.keuzes import Keuze


class Rapportsoort(Keuze):
    UITVAL = "uitval", "Uitval"
    VASTSTELLING = "vaststelling", "Vastgesteld kwartaal"
    OPGAVE = "opgave", "Kwartaalopgave"
    RESULTAAT = "resultaat", "Resultaat behaald"
    GESPREK = "gesprek", "Kwartaalgesprek"


class Publicatiesoort(Keuze):
    """What can be published: one table per municipality, small numbers hidden."""

    UITVAL = "uitval", "Uitval"
    RESULTAAT = "resultaat", "Resultaat behaald"


class RapportStatus(Keuze):
    AANGEVRAAGD = "aangevraagd", "In de wachtrij"
    BEZIG = "bezig", "Wordt gemaakt"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Niet gelukt"
    VERLOPEN = "verlopen", "Verlopen"
