"""Who may do what: one table, read by views, menu and the access matrix in the tests.

Which *rows* somebody sees is another question: that is `visible_to`. A role without a right gets 404.
"""

from enum import StrEnum

from organisaties.enums import Rol


class Mag(StrEnum):
    """The rights. Counting, seeing the clients behind a figure and exporting are three of them (U30)."""

    DOSSIER_ZIEN = "dossier zien"
    RESULTAAT_REGISTREREN = "resultaat registreren"
    EVALUATIE_BEOORDELEN = "evaluatie beoordelen"
    EVALUATIE_INDIENEN = "evaluatie indienen"
    TOELICHTING_INDIENEN = "toelichting indienen"
    BERICHTEN_INSTUREN = "berichten insturen"
    BERICHTEN_ZIEN = "berichten zien"
    INLEZEN = "beschikkingen inlezen"
    RONDE = "maandelijkse ronde"
    KOPPELEN = "berichten koppelen"
    TERMIJNEN = "termijnen zien"
    TERMIJNEN_MEENEMEN = "termijnen meenemen als Excel"
    CIJFERS = "cijfers zien"
    CLIENTEN_ACHTER_CIJFERS = "cliënten achter een cijfer zien"
    EXPORTEREN = "exporteren"
    VASTSTELLEN = "kwartaal vaststellen"
    OPGAVE_INDIENEN = "kwartaalopgave indienen"
    OPGAVE_BEOORDELEN = "kwartaalopgave beoordelen"
    INRICHTEN = "organisaties en afspraken inrichten"
    GEBRUIKERS = "gebruikers beheren"
    LOGBOEK = "logboek zien"
    TAKEN = "stand van de taken zien"
    BSN_ZIEN = "BSN tonen"
    BEHANDELAAR = "behandelaar toewijzen"
    VERNIETIGEN = "vernietigen na de bewaartermijn"
    BEWAARTERMIJN = "bewaartermijn van een dossier aanpassen"


_GEMEENTE = frozenset(
    {
        Mag.DOSSIER_ZIEN,
        Mag.BERICHTEN_ZIEN,
        Mag.TERMIJNEN,
        Mag.TERMIJNEN_MEENEMEN,
        Mag.BSN_ZIEN,
        Mag.LOGBOEK,
        Mag.BEHANDELAAR,
        Mag.VERNIETIGEN,
    }
)

RECHTEN: dict[Rol, frozenset[Mag]] = {
    Rol.CONSULENT: _GEMEENTE | {Mag.RESULTAAT_REGISTREREN, Mag.EVALUATIE_BEOORDELEN},
    Rol.AANBIEDER: frozenset(
        {
            Mag.DOSSIER_ZIEN,
            Mag.EVALUATIE_INDIENEN,
            Mag.TOELICHTING_INDIENEN,
            Mag.BERICHTEN_INSTUREN,
            Mag.BERICHTEN_ZIEN,
            Mag.OPGAVE_INDIENEN,
            Mag.BSN_ZIEN,
            Mag.TERMIJNEN,
            Mag.TERMIJNEN_MEENEMEN,
        }
    ),
    Rol.ADMINISTRATIE: _GEMEENTE
    | {
        Mag.BERICHTEN_INSTUREN,
        Mag.INLEZEN,
        Mag.RONDE,
        Mag.KOPPELEN,
        Mag.EXPORTEREN,
        Mag.CIJFERS,
        Mag.BEWAARTERMIJN,
    },
    Rol.CONTRACTMANAGER: frozenset(
        {
            Mag.TERMIJNEN,
            Mag.TERMIJNEN_MEENEMEN,
            Mag.CIJFERS,
            Mag.CLIENTEN_ACHTER_CIJFERS,
            Mag.EXPORTEREN,
            Mag.VASTSTELLEN,
            Mag.OPGAVE_BEOORDELEN,
        }
    ),
    Rol.BEHEERDER: frozenset({Mag.INRICHTEN, Mag.GEBRUIKERS, Mag.LOGBOEK, Mag.TAKEN}),
}


def mag(rol: Rol | str, recht: Mag) -> bool:
    return recht in RECHTEN.get(Rol(rol), frozenset())
