"""What the contradictions look at, gathered around one ending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from beschikkingen.enums import Perspectief, RedenWijziging
from resultaat.advies import Trede
from resultaat.enums import FormulierStand, Uitkomst
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort


@dataclass(frozen=True, slots=True, kw_only=True)
class Tegenspraakfeiten:
    """What is known of one toewijzing around its ending. Everything may be unknown."""

    vandaag: date
    code: RedenBeeindiging | None = None
    """Of the last accepted stop, withdrawn or not."""
    stop_einddatum: date | None = None
    stop_ingetrokken: bool = False
    startdatum: date | None = None
    """Begindatum of the 305."""
    einddatum_toewijzing: date | None = None
    tolerantie_dagen: int = 0
    reden_wijziging: RedenWijziging | None = None
    """Of the last 301 about this toewijzing."""
    formulier: FormulierStand = FormulierStand.GEEN
    formulier_soort: ToelichtingSoort | None = None
    formulier_behaald: bool | None = None
    uitkomst: Uitkomst | None = None
    uitkomst_rust_op_stop: bool = False
    """The outcome names this stop as its ground, and no evaluation."""
    redenen: frozenset[str] = frozenset()
    """Codes of the ticked reasons (bijlage 3)."""
    geen_match_gemeld: date | None = None
    """The day on which the provider reported that there is no match."""
    perspectief: Perspectief = Perspectief.ONBEKEND
    trede_toen: Trede | None = None
    opvolger: bool = False
    """There is a follow-up decision for this resultaatgebied."""
    opvolger_trede: Trede | None = None
    latere_start: date | None = None
    """A start (305) of care of this client in this municipality after the stop, at any provider."""
    tussenstap: bool = False

    @property
    def stop(self) -> RedenBeeindiging | None:
        """The code of the stop that holds; None when it was withdrawn."""
        return None if self.stop_ingetrokken else self.code

    @property
    def ingediend(self) -> bool:
        return self.formulier is FormulierStand.INGEDIEND

    @property
    def dagen_na_afloop(self) -> int:
        """Days that care ended after the toewijzing; negative when before, 0 when either day is not known."""
        if self.stop_einddatum is None or self.einddatum_toewijzing is None:
            return 0
        return (self.stop_einddatum - self.einddatum_toewijzing).days

    @property
    def verzwaring(self) -> int | None:
        """By how much the follow-up is heavier; negative when lighter, None when either trede is not known."""
        if self.trede_toen is None or self.opvolger_trede is None:
            return None
        return self.opvolger_trede.zwaarte - self.trede_toen.zwaarte
