"""The rows of the contradictions: T01, T02, …; a number is never used again.

`zin` says what contradicts what, `doe` what to do, `wie` on whose worklist it appears.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from beschikkingen.enums import Perspectief, RedenWijziging
from organisaties.enums import Rol
from resultaat.enums import Ernst, Uitkomst
from resultaat.opties import GEEN_MATCH_OP_TIJD, GEEN_MATCH_TE_LAAT, SUGGESTIES, match_op_tijd
from resultaat.tegenspraakfeiten import Tegenspraakfeiten
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort

MAAND_DAGEN: Final = 31
"""How long a temporary stop may last before somebody asks (R31: follow-up after 1 month)."""


F = Tegenspraakfeiten
_R, _U, _W = RedenBeeindiging, Uitkomst, RedenWijziging

VERWACHTE_WIJZIGING: Final = MappingProxyType(
    {
        _R.DOOR_GEMEENTE: frozenset(
            {_W.CONTRACT, _W.VERKORTING, _W.LEVERINGSVORM, _W.BEKOSTIGING, _W.HERINDELING}
        ),
        _R.WIJZIGINGSVERZOEK: frozenset({_W.DOOR_AANBIEDER}),
    }
)
"""Codes that a provider may only use in answer to a 301 with one of these reasons (WMO588, WMO002)."""


@dataclass(frozen=True, slots=True)
class Tegenspraakregel:
    """One rule. `zin` may name facts as `{f.stop_einddatum:%d-%m-%Y}`."""

    nummer: str
    ernst: Ernst
    geldt: Callable[[Tegenspraakfeiten], bool]
    zin: str
    doe: str
    wie: Rol
    bron: str


def _match(f: F, reden: str, *, op_tijd: bool) -> bool:
    if reden not in f.redenen or f.startdatum is None or f.geen_match_gemeld is None:
        return False
    return match_op_tijd(f.startdatum, f.geen_match_gemeld).op_tijd is op_tijd


def _te_lang_tijdelijk(f: F) -> bool:
    if f.stop is not _R.TIJDELIJK or f.stop_einddatum is None or f.latere_start is not None:
        return False
    return (f.vandaag - f.stop_einddatum).days > MAAND_DAGEN


def _zonder_301(f: F) -> bool:
    verwacht = VERWACHTE_WIJZIGING.get(f.stop) if f.stop else None
    return verwacht is not None and f.reden_wijziging not in verwacht


_FOUT, _LET_OP = Ernst.FOUT, Ernst.LET_OP
_BEKIJK: Final = "Bekijk de uitkomst opnieuw. Klopt zij niet, leg dan een correctie vast met de reden."
_VRAAG_CODE: Final = "Vraag de aanbieder of de code klopt, en anders om een correctie van het stopbericht."

REGELS: Final = (
    Tegenspraakregel(
        "T01",
        _FOUT,
        lambda f: f.stop is _R.VOLGENS_PLAN and f.ingediend and f.formulier_behaald is False,
        "Het stopbericht zegt ‘volgens plan beëindigd’ (19), het formulier zegt ‘niet behaald’.",
        "Vraag de aanbieder welke van de twee klopt.",
        Rol.CONSULENT,
        "R9; H5:L13-16",
    ),
    Tegenspraakregel(
        "T02",
        _FOUT,
        lambda f: f.stop is _R.VOLGENS_PLAN and abs(f.dagen_na_afloop) > f.tolerantie_dagen,
        "Code 19, maar de zorg eindigde op {f.stop_einddatum:%d-%m-%Y} en de toewijzing loopt tot "
        "{f.einddatum_toewijzing:%d-%m-%Y}.",
        "Vraag de aanbieder of code 23 is bedoeld.",
        Rol.ADMINISTRATIE,
        "R11; H5 bijlage 1, code 19",
    ),
    Tegenspraakregel(
        "T03",
        _LET_OP,
        lambda f: f.stop is _R.VOLGENS_PLAN and f.uitkomst is not None and not f.uitkomst.behaald,
        "Het stopbericht zegt ‘volgens plan beëindigd’ (19), de uitkomst is ‘{f.uitkomst.label}’.",
        _BEKIJK,
        Rol.CONSULENT,
        "R8; H5 bijlage 1, code 19",
    ),
    Tegenspraakregel(
        "T04",
        _LET_OP,
        lambda f: f.stop is _R.EENZIJDIG_CLIENT and f.uitkomst is _U.NEE_ZORGAANBIEDER,
        "De cliënt is eenzijdig gestopt (21), maar als reden is de zorgaanbieder gekozen.",
        f"{_BEKIJK} Of vraag de aanbieder of code 22 is bedoeld.",
        Rol.CONSULENT,
        "H5 bijlage 1 en 3",
    ),
    Tegenspraakregel(
        "T05",
        _LET_OP,
        lambda f: f.stop is _R.EENZIJDIG_AANBIEDER and f.uitkomst is _U.NEE_CLIENT,
        "De aanbieder is eenzijdig gestopt (22), maar als reden is de cliënt gekozen.",
        f"{_BEKIJK} Of vraag de aanbieder of code 21 is bedoeld.",
        Rol.CONSULENT,
        "H5 bijlage 1 en 3",
    ),
    Tegenspraakregel(
        "T06",
        _FOUT,
        lambda f: _match(f, GEEN_MATCH_OP_TIJD, op_tijd=False),
        "Gekozen is ‘geen match, op tijd aangegeven’, maar het is meer dan 2 maanden na de start gemeld: "
        "start {f.startdatum:%d-%m-%Y}, gemeld {f.geen_match_gemeld:%d-%m-%Y}.",
        "Na 2 maanden hoort de reden bij de zorgaanbieder. Bekijk de uitkomst opnieuw.",
        Rol.CONSULENT,
        "R37; R40; H5 bijlage 3",
    ),
    Tegenspraakregel(
        "T07",
        _FOUT,
        lambda f: _match(f, GEEN_MATCH_TE_LAAT, op_tijd=True),
        "Gekozen is ‘geen match, te laat aangegeven’, maar het is binnen 2 maanden na de start gemeld: "
        "start {f.startdatum:%d-%m-%Y}, gemeld {f.geen_match_gemeld:%d-%m-%Y}.",
        "Binnen 2 maanden hoort de reden bij de cliënt. Bekijk de uitkomst opnieuw.",
        Rol.CONSULENT,
        "R36; R40; H5 bijlage 3",
    ),
    Tegenspraakregel(
        "T08",
        _FOUT,
        lambda f: f.stop is _R.OVERLIJDEN and f.latere_start is not None,
        "Het stopbericht zegt ‘overlijden’ (02), maar op {f.latere_start:%d-%m-%Y} is er weer zorg gestart.",
        _VRAAG_CODE,
        Rol.ADMINISTRATIE,
        "WMO588; M5",
    ),
    Tegenspraakregel(
        "T09",
        _FOUT,
        lambda f: f.stop is _R.OVERLIJDEN and f.opvolger,
        "Het stopbericht zegt ‘overlijden’ (02), maar er is een vervolgbeschikking.",
        "Ga na of de vervolgbeschikking moet worden ingetrokken, of de code niet klopt.",
        Rol.ADMINISTRATIE,
        "WMO588; R16",
    ),
    Tegenspraakregel(
        "T10",
        _FOUT,
        lambda f: f.uitkomst is _U.NEE_NEUTRAAL and f.opvolger,
        "De uitkomst is ‘neutraal’, dus zonder opvolging, maar er is een vervolgbeschikking.",
        _BEKIJK,
        Rol.CONSULENT,
        "R38; H5 bijlage 3",
    ),
    Tegenspraakregel(
        "T11",
        _LET_OP,
        lambda f: f.uitkomst is _U.NEE_NEUTRAAL and f.stop is not None and f.stop not in SUGGESTIES,
        "De uitkomst is ‘neutraal’, maar stopcode {f.code} wijst niet op overlijden, verhuizing of een "
        "ander domein.",
        _BEKIJK,
        Rol.CONSULENT,
        "R38; H5 bijlage 3",
    ),
    Tegenspraakregel(
        "T12",
        _LET_OP,
        lambda f: f.stop in SUGGESTIES and f.uitkomst in (_U.NEE_ZORGAANBIEDER, _U.NEE_CLIENT),
        "Stopcode {f.code} ligt buiten ieders invloed, maar de uitkomst is ‘{f.uitkomst.label}’.",
        _BEKIJK,
        Rol.CONSULENT,
        "R43; H5 bijlage 3",
    ),
    Tegenspraakregel(
        "T13",
        _LET_OP,
        lambda f: f.ingediend and f.formulier_behaald is True and f.uitkomst in tuple(_U)[1:],
        "De aanbieder vindt het resultaat behaald, de consulent niet.",
        "Leg in de toelichting uit waarom; bespreek het zo nodig met de aanbieder.",
        Rol.CONSULENT,
        "R3; R52",
    ),
    Tegenspraakregel(
        "T14",
        _LET_OP,
        lambda f: f.ingediend and f.formulier_behaald is False and f.uitkomst is _U.JA,
        "De aanbieder vindt het resultaat niet behaald, maar er staat ‘ja’.",
        _BEKIJK,
        Rol.CONSULENT,
        "R3; R9; R52",
    ),
    Tegenspraakregel(
        "T15",
        _LET_OP,
        lambda f: f.stop in (_R.VERHUIZING, _R.ANDER_DOMEIN) and (f.opvolger or f.latere_start is not None),
        "Volgens stopcode {f.code} is de cliënt hier weg, maar er is vervolgzorg in deze gemeente.",
        _VRAAG_CODE,
        Rol.ADMINISTRATIE,
        "H5 bijlage 1; R38",
    ),
    Tegenspraakregel(
        "T16",
        _LET_OP,
        _zonder_301,
        "Stopcode {f.code} hoort bij een wijziging door de gemeente, maar er is geen passend "
        "toewijzingsbericht (301).",
        _VRAAG_CODE,
        Rol.ADMINISTRATIE,
        "WMO588, initiatief aanbieder ‘nee’",
    ),
    Tegenspraakregel(
        "T17",
        _LET_OP,
        lambda f: f.stop is _R.ANDERE_AANBIEDER and not f.opvolger and f.latere_start is None,
        "De cliënt stapt over naar een andere aanbieder (38), maar die zorg is er nog niet.",
        "Zet de toewijzing over. Het stopbericht hoort pas te komen als de cliënt is overgeplaatst.",
        Rol.CONSULENT,
        "R30; H5 bijlage 1, code 38",
    ),
    Tegenspraakregel(
        "T18",
        _FOUT,
        lambda f: f.uitkomst is _U.JA and f.verzwaring is not None and f.verzwaring > 0,
        "Het resultaat is behaald, maar het vervolg is zwaarder: van {f.trede_toen.naam} naar "
        "{f.opvolger_trede.naam}.",
        _BEKIJK,
        Rol.CONSULENT,
        "R4; R5; H5:L7-8",
    ),
    Tegenspraakregel(
        "T19",
        _LET_OP,
        lambda f: f.uitkomst is _U.JA and f.perspectief is Perspectief.VERBETERING and f.verzwaring == 0,
        "Verwacht werd verbetering en het resultaat is behaald, maar het vervolg is dezelfde trede "
        "({f.trede_toen.naam}).",
        _BEKIJK,
        Rol.CONSULENT,
        "R5; H5:L8",
    ),
    Tegenspraakregel(
        "T20",
        _LET_OP,
        _te_lang_tijdelijk,
        "De zorg is sinds {f.stop_einddatum:%d-%m-%Y} tijdelijk gestopt (20) en niet weer gestart of "
        "definitief gestopt.",
        "Vraag de aanbieder om een start- of een definitief stopbericht.",
        Rol.ADMINISTRATIE,
        "R31; OP377",
    ),
    Tegenspraakregel(
        "T21",
        _LET_OP,
        lambda f: (
            f.ingediend
            and f.formulier_soort is ToelichtingSoort.WIJZIGING
            and f.stop is not None
            and f.stop is not _R.TIJDELIJK
        ),
        "Het formulier vraagt een wijziging, maar de zorg is definitief gestopt (code {f.code}).",
        "Vraag de aanbieder wat de bedoeling is.",
        Rol.CONSULENT,
        "R48; H5 bijlage 2",
    ),
    Tegenspraakregel(
        "T22",
        _FOUT,
        lambda f: f.tussenstap and f.uitkomst is _U.JA,
        "Bij een tussenstap van een getrapte indicatie is ‘ja’ ingevuld; een geslaagde tussenstap telt niet.",
        "Maak de uitkomst ongedaan met een correctie.",
        Rol.CONSULENT,
        "R22; H5:L39",
    ),
    Tegenspraakregel(
        "T23",
        _FOUT,
        lambda f: f.stop_ingetrokken and f.uitkomst_rust_op_stop and None not in (f.code, f.uitkomst),
        "De uitkomst rust op een stopbericht (code {f.code}) dat de aanbieder heeft ingetrokken.",
        "Ga na of de cliënt nog in zorg is, en corrigeer zo nodig de uitkomst.",
        Rol.CONSULENT,
        "R69",
    ),
    Tegenspraakregel(
        "T24",
        _LET_OP,
        lambda f: f.stop is not None and f.dagen_na_afloop > f.tolerantie_dagen,
        "De zorg eindigde op {f.stop_einddatum:%d-%m-%Y}, na het einde van de toewijzing "
        "({f.einddatum_toewijzing:%d-%m-%Y}).",
        "Vraag de aanbieder om een correctie, of verleng de toewijzing.",
        Rol.ADMINISTRATIE,
        "R70",
    ),
)
