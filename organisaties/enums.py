"""Fixed lists of this app: stable codes, labels as the user reads them."""

from wmo_portal.lib.keuzes import Keuze


class Rol(Keuze):
    CONSULENT = "consulent", "Consulent"
    AANBIEDER = "aanbieder", "Aanbieder"
    ADMINISTRATIE = "administratie", "Administratie"
    CONTRACTMANAGER = "contractmanager", "Contractmanager"
    BEHEERDER = "beheerder", "Beheerder"


class Evaluatiedocument(Keuze):
    """What the provider sends 8 weeks before the end (H5 §1B: Westland and the other municipalities differ)."""

    EVALUATIEFORMULIER = "evaluatieformulier", "evaluatieformulier"
    ZORGPLAN = "zorgplan", "zorgplan"


class Retourweg(Keuze):
    """Who sends the 306 and 308 (R72)."""

    PORTAAL = "portaal", "vanuit het portaal (downloaden en versturen)"
    SUITE = "suite", "vanuit Suite"
