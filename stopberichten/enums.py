"""The closed lists of the message traffic and of the Toelichting (bijlage 2). Codes are never reused."""

from __future__ import annotations

from wmo_portal.lib.keuzes import Keuze


class RedenBeeindiging(Keuze):
    """WMO588, iWmo 3.2: why a delivery stops. The label is the official text; the H5 name is in `codes`.

    Not to be mixed with the categories 01..05 of the uitval report: 02 is "overlijden" here and
    "in overeenstemming" there. The two never share a type or a column.
    """

    OVERLIJDEN = "02", "Overlijden"
    VOLGENS_PLAN = "19", "Levering volgens plan beëindigd"
    TIJDELIJK = "20", "Levering is tijdelijk beëindigd"
    EENZIJDIG_CLIENT = "21", "Levering is eenzijdig door cliënt beëindigd"
    EENZIJDIG_AANBIEDER = "22", "Levering is eenzijdig door aanbieder beëindigd"
    IN_OVEREENSTEMMING = "23", "Levering is in overeenstemming voortijdig beëindigd"
    VERHUIZING = "31", "Verhuizing naar een andere gemeente"
    DOOR_GEMEENTE = "36", "Geïnitieerd door de gemeente"
    WIJZIGINGSVERZOEK = "37", "In verband met wijzigingsverzoek"
    ANDERE_AANBIEDER = "38", "Overstap naar andere aanbieder"
    ANDER_DOMEIN = "39", "Uitstroom naar ander domein"


class Vervolgactie(Keuze):
    """What the municipality does with the toewijzing after the stop (H5 bijlage 1, column 3; R32)."""

    SLUITEN = "sluiten", "Toewijzing sluiten"
    AANHOUDEN = "aanhouden", "Toewijzing aanhouden of overzetten naar andere aanbieder"
    GEEN = "geen", "Geen vervolgactie: de toewijzing blijft lopen"


class Formulierplicht(Keuze):
    """Is the Toelichting verzoek wijziging/beëindiging asked for (H5 bijlage 1, last column)?"""

    NODIG = "nodig", "Wel nodig"
    NIET_NODIG = "niet_nodig", "Niet nodig"
    NVT = "nvt", "Niet van toepassing"


class Zekerheid(Keuze):
    """How sure we are of a row. What is inferred is shown as inferred, wherever it is used."""

    ZEKER = "zeker", "Staat in de bron"
    AFGELEID = "afgeleid", "Afgeleid: de bron is hier stil of onleesbaar"


class StatusAanlevering(Keuze):
    """COD467. Only 1 and 3 may be sent in 305 and 307 (CS058)."""

    EERSTE = "1", "Eerste aanlevering"
    GEWIJZIGD = "2", "Gewijzigde aanlevering"
    VERWIJDEREN = "3", "Verwijderen aanlevering"
    ONGEWIJZIGD = "9", "Ongewijzigd"


class ToelichtingSoort(Keuze):
    """H5 bijlage 2, "Dit verzoek betreft"; chosen per resultaatgebied (R48)."""

    BEEINDIGING = "beeindiging", "Beëindiging zorg"
    WIJZIGING = "wijziging", "Wijziging zorg"


class ToelichtingStatus(Keuze):
    """The life of a Toelichting (R55)."""

    CONCEPT = "concept", "Concept, nog niet verstuurd"
    INGEDIEND = "ingediend", "Ingediend"
    IN_BEHANDELING = "in_behandeling", "In behandeling"
    INFO_GEVRAAGD = "info_gevraagd", "Aanvullende informatie gevraagd"
    AFGEHANDELD = "afgehandeld", "Afgehandeld"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class LeveringToestand(Keuze):
    """The state of one delivery (toewijzing × start), iWmo 3.2; `verkeer.OVERGANGEN` holds the arrows."""

    GEEN = "geen", "Niet gestart"
    GESTART = "gestart", "In zorg"
    TIJDELIJK_GESTOPT = "tijdelijk_gestopt", "Tijdelijk gestopt"
    DEFINITIEF_GESTOPT = "definitief_gestopt", "Gestopt"


class Berichtsoort(Keuze):
    WMO301 = "301", "Toewijzing (301)"
    WMO305 = "305", "Start zorg (305)"
    WMO307 = "307", "Stop zorg (307)"
    ONBEKEND = "", "Niet te lezen"


class Berichtstatus(Keuze):
    """What the portal decided about a received message. Only an accepted one counts as sent (OP286)."""

    GEACCEPTEERD = "geaccepteerd", "Geaccepteerd"
    AFGEKEURD = "afgekeurd", "Afgekeurd op inhoud"
    AFGEKEURD_SCHEMA = "afgekeurd_schema", "Afgekeurd op vorm"
    GEWEIGERD = "geweigerd", "Niet leesbaar als iWmo-bericht"


class Kanaal(Keuze):
    UPLOAD = "upload", "Ingestuurd in het portaal"
    COMMANDO = "commando", "Ingelezen op de server"
    HAND = "hand", "Met de hand ingevuld"


class Retourstatus(Keuze):
    GEEN = "geen", "Geen retourbericht"
    TE_VERSTUREN = "te_versturen", "Nog te versturen"
    VERSTUURD = "verstuurd", "Verstuurd"
