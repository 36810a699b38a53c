"""The closed lists of the werkwijze "resultaat behaald" (H5). Codes are stored and never reused."""

from __future__ import annotations

from wmo_portal.lib.keuzes import Keuze


class Uitkomst(Keuze):
    """The four options of bijlage 3, as assessed by the consulent (R35)."""

    JA = "ja", "Ja"
    NEE_ZORGAANBIEDER = "nee_zorgaanbieder", "Nee, reden zorgaanbieder"
    NEE_CLIENT = "nee_client", "Nee, reden cliënt"
    NEE_NEUTRAAL = "nee_neutraal", "Nee, reden neutraal"

    @property
    def behaald(self) -> bool:
        return self is Uitkomst.JA


class Paragraaf(Keuze):
    """The six paragraphs of the werkwijze."""

    P1A = "1A", "De resultaten zijn behaald: de cliënt gaat uit zorg"
    P1B = "1B", "De resultaten zijn bereikt, maar er is vervolgondersteuning nodig"
    P1C = "1C", "De resultaten zijn niet behaald: er is vervolgondersteuning nodig"
    P2 = "2", "Beschikking zonder einddatum"
    P3 = "3", "Getrapte indicatie"
    P4 = "4", "De cliënt gaat om een andere reden uit zorg"


class Aanleiding(Keuze):
    """What made the question of a result arise."""

    EINDE = "einde", "Einde van de beschikking of monitoringsmoment"
    TUSSENSTAP = "tussenstap", "Einde van een tussenstap van een getrapte indicatie"
    STOP = "stop", "Stopbericht (307)"


class Registreert(Keuze):
    """Who enters the result."""

    ADMINISTRATIE = "administratie", "De administratie, in de maandelijkse ronde"
    CONSULENT = "consulent", "De consulent"


class Vervolg(Keuze):
    """What follows once the result is entered."""

    SLUITEN = "sluiten", "Het dossier wordt gesloten"
    NIEUWE_BESCHIKKING = "nieuwe_beschikking", "Er komt een nieuwe beschikking"
    VOLGEND_MONITORINGSMOMENT = "volgend_monitoringsmoment", "Er komt een volgend monitoringsmoment"
    DOORLOPEN = "doorlopen", "De indicatie loopt door"


class Stuurt(Keuze):
    """What the provider sends."""

    STOPBERICHT = "stopbericht", "Stopbericht (307)"
    TOELICHTING = "toelichting", "Formulier Toelichting verzoek wijziging/beëindiging"
    EVALUATIE = "evaluatie", "Evaluatieformulier of zorgplan"


class AdviesSterkte(Keuze):
    """How firm an advice is. The consulent always decides."""

    ADVIES = "advies", "Advies"
    MOGELIJK = "mogelijk", "Mogelijk"
    GEEN = "geen", "Geen advies"


class FormulierStand(Keuze):
    """Where the Toelichting that belongs to a stop stands, as the monthly round sees it."""

    GEEN = "geen", "Niet ontvangen"
    CONCEPT = "concept", "Nog niet verstuurd"
    INGEDIEND = "ingediend", "Ingediend"


class Verdict(Keuze):
    """What the monthly round says about one stop. Exactly one per stop (R8-R11, R26-R31)."""

    AUTOMATISCH_JA = "automatisch_ja", "Automatisch ja"
    NAAR_CONSULENT = "naar_consulent", "Naar de consulent"
    WACHT_OP_FORMULIER = "wacht_op_formulier", "Wacht op formulier"
    TIJDELIJK = "tijdelijk", "Tijdelijk gestopt"
    CODE_NIET_TOEGESTAAN = "code_niet_toegestaan", "Code niet toegestaan"
    NIET_TE_KOPPELEN = "niet_te_koppelen", "Niet te koppelen"
    AL_VERWERKT = "al_verwerkt", "Al verwerkt"
    INGETROKKEN = "ingetrokken", "Ingetrokken"
    TELT_NIET_MEE = "telt_niet_mee", "Telt niet mee"


class Ernst(Keuze):
    """How a contradiction is shown. None of them ever blocks: the person decides."""

    FOUT = "fout", "Klopt niet"
    LET_OP = "let_op", "Let op"


class Suitesoort(Keuze):
    """Why something must be entered in the municipality's own system."""

    OORDEEL = "oordeel", "Oordeel geregistreerd"
    INGETROKKEN = "ingetrokken", "Oordeel ingetrokken"
    GESLOTEN = "gesloten", "Dossier gesloten"
    HEROPEND = "heropend", "Dossier heropend"
