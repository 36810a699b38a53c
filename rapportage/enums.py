"""The closed lists of the uitval report (format Maastricht-Heuvelland, MH)."""

from __future__ import annotations

from wmo_portal.lib.keuzes import Keuze


class Categorie(Keuze):
    """The six categories in which a client is counted (MH §1). Not the codes of the 307 message."""

    VOLGENS_PLAN = "01", "Beëindigd volgens plan"
    IN_OVEREENSTEMMING = "02", "Voortijdig afgesloten: in overeenstemming"
    EENZIJDIG_CLIENT = "03", "Voortijdig afgesloten: eenzijdig door de cliënt"
    EENZIJDIG_AANBIEDER = "04", "Voortijdig afgesloten: eenzijdig door de aanbieder"
    EXTERN = "05", "Voortijdig afgesloten: wegens externe omstandigheden"
    NOG_IN_ZORG = "nog_in_zorg", "Nog in zorg"


class Buiten(Keuze):
    """Why a client is not counted at all. In order: the first that is true of a client is shown."""

    VOOR_PERIODE = "voor_periode", "De hulp eindigde voor de periode"
    NA_PERIODE = "na_periode", "De hulp start na de periode"
    NIET_GESTART = "niet_gestart", "De hulp is niet gestart"
    PGB = "pgb", "Alleen persoonsgebonden budget"
    GEEN_ZORG = "geen_zorg", "Geen zorg bij deze aanbieder"
