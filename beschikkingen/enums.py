"""The closed lists of a decision. Codes are stored and never reused; labels are the source's wording."""

from __future__ import annotations

from wmo_portal.lib.keuzes import Keuze


class SoortBeschikking(Keuze):
    """The three kinds that the H5 werkwijze tells apart (§1, §2, §3)."""

    MET_EINDDATUM = "met_einddatum", "Beschikking met einddatum"
    ZONDER_EINDDATUM = "zonder_einddatum", "Beschikking zonder einddatum"
    GETRAPT = "getrapt", "Getrapte indicatie"


class Perspectief(Keuze):
    """What was expected of the client when the decision was given (R4-R6). Without it there is no advice."""

    LANGDURIG = "langdurig", "Langdurige ondersteuning nodig"
    VERBETERING = "verbetering", "Verbetering verwacht binnen de termijn"
    ONBEKEND = "onbekend", "Niet vastgelegd"


class Leveringsvorm(Keuze):
    """Uitval and reminders are about zorg in natura only (MH note 2, R81)."""

    ZIN = "zin", "Zorg in natura"
    PGB = "pgb", "Persoonsgebonden budget"


class StapUitkomst(Keuze):
    """What became of one step of a getrapte indicatie (H5 §3). A step that succeeded has no outcome (R22)."""

    OPEN = "open", "Loopt nog"
    GELUKT = "gelukt", "Afgeschaald volgens plan"
    NIET_GELUKT = "niet_gelukt", "Nog niet afgeschaald"


class RedenWijziging(Keuze):
    """WMO002, iWmo 3.2: why a toewijzing (301) was changed."""

    VERVALLEN = "01", "Administratieve correctie (vervallen)"
    OVERLEDEN = "02", "Cliënt overleden"
    CONTRACT = "03", "Contractwijziging"
    VERLENGING = "04", "Herbeoordeling: verlenging toewijzing"
    VERKORTING = "05", "Herbeoordeling: verkorting toewijzing"
    ANDER_DOMEIN = "06", "Uitstroom naar ander domein"
    VERHUIZING = "07", "Verhuizing naar een andere gemeente"
    LEVERINGSVORM = "08", "Wijziging leveringsvorm"
    ANDERE_AANBIEDER = "09", "Overstap naar andere aanbieder"
    BEKOSTIGING = "10", "Overgang naar nieuwe bekostigingssystematiek"
    HERINDELING = "11", "Gemeentelijke herindeling"
    DOOR_AANBIEDER = "12", "Geïnitieerd door de aanbieder"
    VERWIJDERD = "13", "Verwijderd"
    CORRECTIE = "14", "Administratieve correctie"


class Vervulling(Keuze):
    """How the duty to send an evaluation document 8 weeks ahead was met (R61)."""

    DOCUMENT = "document", "Document ontvangen"
    UITSTROOM = "uitstroom", "Uitstroom aangekondigd met het formulier beëindiging"
    NIET_NODIG = "niet_nodig", "Volgens de consulent niet nodig"


class Herinnersoort(Keuze):
    """The kinds of reminder about the 8-week deadline (R60, R62)."""

    VOORAF = "vooraf", "Herinnering vooraf"
    VERKORT = "verkort", "Melding van een verkorte termijn"
    TE_LAAT = "te_laat", "Herinnering na de deadline"


class BeschikkingStatus(Keuze):
    LOPEND = "lopend", "Loopt"
    GESLOTEN = "gesloten", "Gesloten"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class ToewijzingStatus(Keuze):
    LOPEND = "lopend", "Loopt"
    GESLOTEN = "gesloten", "Gesloten"
    VERWIJDERD = "verwijderd", "Verwijderd (301, reden 13)"


class DocumentSoort(Keuze):
    EVALUATIEFORMULIER = "evaluatieformulier", "Evaluatieformulier"
    ZORGPLAN = "zorgplan", "Zorgplan"
    BIJLAGE = "bijlage", "Bijlage"
    CLIENTERVARING = "clientervaring", "Rapport cliëntervaring"
    CLIENTENRAAD = "clientenraad", "Stuk van de cliëntenraad"
    UITVALBESTAND = "uitvalbestand", "Opgave uitval"


class DocumentStatus(Keuze):
    """A file is downloadable only when it is `vrij` (veiligheid D6)."""

    QUARANTAINE = "quarantaine", "Wordt gecontroleerd"
    VRIJ = "vrij", "Gecontroleerd"
    GEWEIGERD = "geweigerd", "Geweigerd"


class InlezingStatus(Keuze):
    PROEF = "proef", "Proef gedraaid, nog niets ingelezen"
    INGELEZEN = "ingelezen", "Ingelezen"
