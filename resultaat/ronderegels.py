"""The rows of the monthly round: RR01, RR02, … in the order in which they are asked (H5 §1A, §4).

Read from top to bottom; the first row that holds decides. Each row names its sentence, the next step and
its source. The facts they speak of are the fields of `resultaat.ronde.StopFeiten`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from beschikkingen.enums import Leveringsvorm, SoortBeschikking
from resultaat.enums import FormulierStand, Verdict
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.predicaat import Altijd, En, Is, Leeg, Niet, Of, Onwaar, Predicaat, Voor, Waar, WijktAf

BEGIN_KPI: Final = date(2023, 1, 1)
"""The KPI is recorded for endings from this day on (R1)."""


@dataclass(frozen=True, slots=True)
class Ronderegel:
    """One row. `zin` says why, `stap` what to do next; both are shown to the user as they stand."""

    nummer: str
    verdict: Verdict
    als: Predicaat
    zin: str
    stap: str
    bron: str


_R: Final = RedenBeeindiging


def _code(*codes: RedenBeeindiging) -> Is:
    return Is("code", tuple(code.value for code in codes))


_INGEDIEND: Final = Is("formulier", (FormulierStand.INGEDIEND.value,))
_FORMULIER_MIST: Final = En(Niet(_INGEDIEND), Onwaar("formulier_overgeslagen"))
_EINDDATUM_WIJKT_AF: Final = WijktAf("einddatum_levering", "einddatum_toewijzing", "tolerantie_dagen")
_VOLGENS_PLAN: Final = _code(_R.VOLGENS_PLAN)
_VRAAGT_FORMULIER: Final = _code(
    _R.VOLGENS_PLAN, _R.EENZIJDIG_CLIENT, _R.EENZIJDIG_AANBIEDER, _R.IN_OVEREENSTEMMING
)
_NIETS: Final = "Er hoeft niets te gebeuren."
_BEOORDEEL: Final = "De consulent beoordeelt of het resultaat is behaald."

REGELS: Final = (
    Ronderegel(
        "RR01",
        Verdict.INGETROKKEN,
        Waar("ingetrokken"),
        "De aanbieder heeft dit stopbericht ingetrokken.",
        _NIETS,
        "R69; TR063",
    ),
    Ronderegel(
        "RR02",
        Verdict.NIET_TE_KOPPELEN,
        Onwaar("gekoppeld"),
        "Er is geen toewijzing gevonden bij dit stopbericht.",
        "Koppel het stopbericht met de hand, of wacht op de toewijzing.",
        "R67; R68",
    ),
    Ronderegel(
        "RR03",
        Verdict.AL_VERWERKT,
        Waar("heeft_uitkomst"),
        "Het resultaat is al ingevuld.",
        _NIETS,
        "R9",
    ),
    Ronderegel(
        "RR04",
        Verdict.TELT_NIET_MEE,
        Voor("einddatum_levering", BEGIN_KPI),
        "De zorg eindigde voor 1 januari 2023; toen gold deze KPI nog niet.",
        _NIETS,
        "R1; H5:L3",
    ),
    Ronderegel(
        "RR05",
        Verdict.TELT_NIET_MEE,
        Is("leveringsvorm", (Leveringsvorm.PGB.value,)),
        "Het gaat om een pgb; de werkwijze gaat over zorg in natura.",
        _NIETS,
        "eisen §I.12",
    ),
    Ronderegel(
        "RR06",
        Verdict.AL_VERWERKT,
        En(_code(_R.TIJDELIJK), Waar("latere_start")),
        "De zorg was tijdelijk gestopt en is weer gestart.",
        _NIETS,
        "R31; R71",
    ),
    Ronderegel(
        "RR07",
        Verdict.AL_VERWERKT,
        En(_code(_R.TIJDELIJK), Waar("opgevolgd")),
        "Na deze tijdelijke stop kwam een definitieve stop; die wordt apart beoordeeld.",
        _NIETS,
        "R31; OP377",
    ),
    Ronderegel(
        "RR08",
        Verdict.TIJDELIJK,
        _code(_R.TIJDELIJK),
        "De zorg is tijdelijk gestopt; de cliënt blijft in zorg en er is geen uitkomst.",
        "Vraag na 1 maand bij de aanbieder na of de zorg weer start of stopt.",
        "R31; H5 bijlage 1, code 20",
    ),
    Ronderegel(
        "RR09",
        Verdict.CODE_NIET_TOEGESTAAN,
        _code(_R.WIJZIGINGSVERZOEK),
        "Code 37 wordt niet gebruikt: het 317-bericht bestaat in deze werkwijze niet meer.",
        "Vraag de aanbieder het stopbericht in te trekken en met de juiste code te sturen.",
        "R29; H5 bijlage 1, code 37",
    ),
    Ronderegel(
        "RR10",
        Verdict.TELT_NIET_MEE,
        En(_VOLGENS_PLAN, Waar("tussenstap"), Niet(_EINDDATUM_WIJKT_AF)),
        "Een tussenstap van een getrapte indicatie is volgens plan afgerond; daarvan wordt niets ingevuld.",
        _NIETS,
        "R22; H5:L39",
    ),
    Ronderegel(
        "RR11",
        Verdict.NAAR_CONSULENT,
        Waar("afgeschermd"),
        "De cliënt is afgeschermd; het portaal vult hier niets vanzelf in.",
        f"{_BEOORDEEL} Ga na of er wel berichten mogen zijn.",
        "R112; OP003",
    ),
    Ronderegel(
        "RR12",
        Verdict.NAAR_CONSULENT,
        Waar("latere_start"),
        "Na deze stop is de zorg op dezelfde toewijzing opnieuw gestart.",
        "Ga na of de stop klopt.",
        "OP379; R71",
    ),
    Ronderegel(
        "RR13",
        Verdict.NAAR_CONSULENT,
        En(_VOLGENS_PLAN, _EINDDATUM_WIJKT_AF),
        "Code 19, maar de zorg eindigde niet op de einddatum van de toewijzing. Is code 23 bedoeld?",
        f"Vraag het de aanbieder. {_BEOORDEEL}",
        "R11; H5 bijlage 1, code 19",
    ),
    Ronderegel(
        "RR14",
        Verdict.WACHT_OP_FORMULIER,
        En(_VRAAGT_FORMULIER, _FORMULIER_MIST),
        "Het formulier Toelichting verzoek wijziging/beëindiging is nog niet ontvangen.",
        "De aanbieder krijgt een herinnering. Doorgaan zonder formulier kan, met een reden.",
        "R10; R26; H5 bijlage 1",
    ),
    Ronderegel(
        "RR15",
        Verdict.NAAR_CONSULENT,
        En(_VOLGENS_PLAN, Of(Is("soort", (SoortBeschikking.ZONDER_EINDDATUM.value,)), Leeg("soort"))),
        "Code 19 bij een beschikking zonder einddatum: dan geldt paragraaf 1A niet.",
        _BEOORDEEL,
        "R7; H5:L11",
    ),
    Ronderegel(
        "RR16",
        Verdict.NAAR_CONSULENT,
        En(_VOLGENS_PLAN, Leeg("einddatum_toewijzing")),
        "Code 19, maar de toewijzing heeft geen einddatum om mee te vergelijken.",
        _BEOORDEEL,
        "R9; R11",
    ),
    Ronderegel(
        "RR17",
        Verdict.NAAR_CONSULENT,
        En(_VOLGENS_PLAN, Waar("heeft_opvolger")),
        "Er is een vervolgbeschikking; de cliënt gaat niet uit zorg.",
        f"{_BEOORDEEL} Dan geldt paragraaf 1B of 1C.",
        "R9; R12; R15",
    ),
    Ronderegel(
        "RR18",
        Verdict.NAAR_CONSULENT,
        En(_VOLGENS_PLAN, _INGEDIEND, Onwaar("formulier_behaald")),
        "Code 19, maar op het formulier staat dat het resultaat niet is behaald.",
        _BEOORDEEL,
        "R9",
    ),
    Ronderegel(
        "RR19",
        Verdict.NAAR_CONSULENT,
        En(_VOLGENS_PLAN, _INGEDIEND, Leeg("formulier_behaald")),
        "Op het formulier staat niet of het resultaat is behaald.",
        _BEOORDEEL,
        "R9; R52",
    ),
    Ronderegel(
        "RR20",
        Verdict.AUTOMATISCH_JA,
        _VOLGENS_PLAN,
        "Volgens plan beëindigd op de einddatum van de toewijzing, zonder vervolg en zonder tegenspraak.",
        "Resultaat behaald: ja. Het dossier wordt gesloten als alle resultaatgebieden zijn beoordeeld.",
        "R8; R9; H5:L13-16",
    ),
    Ronderegel(
        "RR21",
        Verdict.NAAR_CONSULENT,
        _code(_R.OVERLIJDEN, _R.VERHUIZING, _R.ANDER_DOMEIN),
        "De oorzaak ligt buiten de invloedssfeer; het voorstel is ‘nee, reden neutraal’.",
        "De consulent bevestigt het voorstel of kiest anders.",
        "R26; R43; H5:L44-46",
    ),
    Ronderegel(
        "RR22",
        Verdict.NAAR_CONSULENT,
        _code(_R.ANDERE_AANBIEDER),
        "De cliënt stapt over naar een andere aanbieder.",
        f"Houd de toewijzing aan of zet haar over. {_BEOORDEEL}",
        "R26; R30; H5 bijlage 1, code 38",
    ),
    Ronderegel(
        "RR23",
        Verdict.NAAR_CONSULENT,
        _code(_R.DOOR_GEMEENTE),
        "De gemeente heeft de toewijzing voortijdig beëindigd.",
        _BEOORDEEL,
        "R26; H5:L44-46",
    ),
    Ronderegel(
        "RR24",
        Verdict.NAAR_CONSULENT,
        _code(_R.IN_OVEREENSTEMMING),
        "Samen eerder gestopt; mogelijk zijn de resultaten voortijdig behaald.",
        _BEOORDEEL,
        "R26; R28; H5:L44-46",
    ),
    Ronderegel(
        "RR25",
        Verdict.NAAR_CONSULENT,
        Altijd(),
        "De cliënt of de aanbieder is eenzijdig gestopt.",
        _BEOORDEEL,
        "R26; H5:L44-46",
    ),
)
