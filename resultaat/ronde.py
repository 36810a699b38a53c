"""The monthly round over the stop messages: one verdict and one rule per stop (H5 §1A, §4; R8-R11, R26-R31).

An ordered table, first hit wins; the last row always hits, so every stop gets exactly one verdict. `oordeel`
asks the table about one stop, `als_sql` turns the same rows into one CASE expression for the set-based
round, so that the dry run on the screen and the run itself cannot differ.

Only one row says "automatisch ja", and only where R9 holds in full. Whatever is not in order goes to a
person, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from beschikkingen.enums import Leveringsvorm, SoortBeschikking
from resultaat.enums import FormulierStand, Verdict
from resultaat.ronderegels import REGELS, Ronderegel
from stopberichten.enums import RedenBeeindiging
from wmo_portal.lib.predicaat import Kolommen, tekst

REGEL: Final = MappingProxyType({regel.nummer: regel for regel in REGELS})


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFeiten:
    """Everything the round looks at, of one stop. The field names are the column names of the round's query.

    Facts about the toewijzing are None while the stop is not linked to one.
    """

    code: RedenBeeindiging
    einddatum_levering: date
    ingetrokken: bool = False
    """Withdrawn by a StatusAanlevering 3 (R69)."""
    gekoppeld: bool = True
    soort: SoortBeschikking | None = SoortBeschikking.MET_EINDDATUM
    leveringsvorm: Leveringsvorm | None = Leveringsvorm.ZIN
    einddatum_toewijzing: date | None = None
    tolerantie_dagen: int = 0
    """By how many days the end of care may differ from that of the toewijzing (R11); a setting."""
    tussenstap: bool = False
    """The toewijzing is a step of a getrapte indicatie and not the last one."""
    heeft_uitkomst: bool = False
    heeft_opvolger: bool = False
    """There is a follow-up decision (R9, R16)."""
    formulier: FormulierStand = FormulierStand.GEEN
    formulier_behaald: bool | None = None
    """The provider's own opinion on the form (R52)."""
    formulier_overgeslagen: bool = False
    """The administration went on without the form, with a stated reason (R10)."""
    latere_start: bool = False
    """Care was started again on the same toewijzing after this stop (305, R71)."""
    opgevolgd: bool = False
    """A temporary stop that was followed by a definitive one on the same start."""
    afgeschermd: bool = False


@dataclass(frozen=True, slots=True)
class Oordeel:
    regel: Ronderegel

    @property
    def verdict(self) -> Verdict:
        return self.regel.verdict


VELDEN: Final = tuple(veld.name for veld in fields(StopFeiten))
"""The facts that `als_sql` wants a column for."""


def oordeel(feiten: StopFeiten) -> Oordeel:
    """The verdict on one stop: the first row that holds."""
    return Oordeel(next(regel for regel in REGELS if regel.als.geldt(feiten)))


def als_sql(kolommen: Kolommen, *, geeft: Literal["nummer", "verdict"] = "nummer") -> str:
    """The whole table as one SQL CASE, giving the number of the rule or its verdict.

    `kolommen` names an SQL expression for each of `VELDEN`: dates as date, yes/no as boolean, codes as text.
    Raises KeyError when a needed one is missing. The text holds no placeholders and no percent signs.
    """
    takken = (f"WHEN {regel.als.sql(kolommen)} THEN {tekst(str(getattr(regel, geeft)))}" for regel in REGELS)
    return "CASE " + " ".join(takken) + " END"
