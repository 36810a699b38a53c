"""From the rows of a case to the rules: paragraph, advice, the two months, contradictions.

The rules themselves are pure and stand in `werkwijze`, `advies`, `opties` and `tegenspraak`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from beschikkingen.enums import Perspectief, RedenWijziging, SoortBeschikking
from organisaties.models import Trede as TredeRij
from resultaat.advies import UITSTROOM, Advies, AdviesFeiten, Trede, advies
from resultaat.enums import Aanleiding, AdviesSterkte, FormulierStand, Uitkomst, Vervolg
from resultaat.opties import (
    GEEN_MATCH_OP_TIJD,
    GEEN_MATCH_TE_LAAT,
    SUGGESTIES,
    Match,
    Suggestie,
    match_op_tijd,
    suggestie,
)
from resultaat.queries.zaak import EINDE, Plek, Zaak
from resultaat.tegenspraak import Tegenspraak, tegenspraken
from resultaat.tegenspraakfeiten import Tegenspraakfeiten
from resultaat.werkwijze import Feiten
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort
from stopberichten.models import Stop
from wmo_portal.lib.tijd import dag_van

UITSTROOM_CODE = "uitstroom"
"""How the form names "no support needed any more" among the treden of the region."""
STROOMT_UIT = (*SUGGESTIES, RedenBeeindiging.VOLGENS_PLAN, RedenBeeindiging.IN_OVEREENSTEMMING)
"""After these codes the client needs no support here; the others say nothing about what is needed (R26, R30)."""

VERVOLGEN_VAN = {
    "einde": (Vervolg.SLUITEN, Vervolg.NIEUWE_BESCHIKKING),
    "stap": (Vervolg.DOORLOPEN, Vervolg.NIEUWE_BESCHIKKING),
    "monitoring": (Vervolg.VOLGEND_MONITORINGSMOMENT, Vervolg.SLUITEN, Vervolg.NIEUWE_BESCHIKKING),
}


def als_trede(rij: TredeRij | None) -> Trede | None:
    return Trede(rij.naam, rij.zwaarte) if rij else None


def vervolgen(plek: Plek) -> tuple[Vervolg, ...]:
    return VERVOLGEN_VAN["stap" if plek.stap else "monitoring" if plek.moment else "einde"]


def vraagt_vervolg(vervolg: Vervolg) -> bool:
    return vervolg is not Vervolg.SLUITEN


# --- Which places there are to judge ---------------------------------------------------------------------------------
def mislukte_stap(zaak: Zaak) -> Plek | None:
    """The intermediate step about which the provider sent a change form: it did not succeed (R23)."""
    regel = zaak.regel
    if regel is None or regel.soort != ToelichtingSoort.WIJZIGING or regel.toelichting.ingediend_op is None:
        return None
    dag = dag_van(regel.toelichting.ingediend_op)
    kandidaten = [s for s in zaak.tussenstappen if s.begindatum <= dag]
    return Plek(stap=kandidaten[-1]) if kandidaten else None


def plekken(zaak: Zaak) -> list[Plek]:
    """Where a judgement can stand, the most likely first. A step that succeeded is not among them (R22)."""
    gevonden = [EINDE]
    if zaak.moment:
        gevonden.insert(0 if zaak.stop is None else 1, Plek(moment=zaak.moment))
    stap = mislukte_stap(zaak)
    if stap:
        gevonden.insert(0 if zaak.stop is None and zaak.resultaat(stap) is None else len(gevonden), stap)
    ook = [Plek(stap=r.stap, moment=r.monitoringsmoment) for r in zaak.actueel]
    return gevonden + [plek for plek in ook if plek not in gevonden]


def kies_plek(zaak: Zaak, code: str) -> Plek | None:
    """The place an address names; without a name the most likely one. None: there is no such place."""
    alle = plekken(zaak)
    if not code:
        return next((plek for plek in alle if zaak.resultaat(plek) is None), alle[0])
    return next((plek for plek in alle if plek.code == code), None)


# --- The facts of the werkwijze --------------------------------------------------------------------------------------
def feiten(zaak: Zaak, plek: Plek, *, behaald: bool, vervolg_nodig: bool) -> Feiten:
    stop = _stop_bij(zaak, plek)
    return Feiten(
        soort=SoortBeschikking(zaak.beschikking.soort),
        aanleiding=_aanleiding(zaak, plek),
        behaald=behaald,
        vervolg_nodig=vervolg_nodig,
        einddatum=zaak.einddatum is not None,
        stopcode=RedenBeeindiging(stop.reden) if stop else None,
        op_einddatum=_op_einddatum(zaak),
    )


def _stop_bij(zaak: Zaak, plek: Plek) -> Stop | None:
    if plek != EINDE:
        return None
    return zaak.stop or (zaak.tijdelijk if zaak.evaluatie is None else None)


def _aanleiding(zaak: Zaak, plek: Plek) -> Aanleiding:
    if zaak.is_tussen(plek):
        return Aanleiding.TUSSENSTAP
    return Aanleiding.STOP if _stop_bij(zaak, plek) else Aanleiding.EINDE


def _op_einddatum(zaak: Zaak) -> bool:
    if zaak.stop is None or zaak.einddatum is None:
        return True
    afwijking = abs((zaak.stop.einddatum - zaak.einddatum).days)
    return afwijking <= zaak.toewijzing.gemeente.einddatum_tolerantie_dagen


def slaat_op(zaak: Zaak, plek: Plek, vandaag: date) -> date:
    """The day the judgement is about: the end of the step, the monitoring moment, or the end of the care."""
    if plek.stap:
        return plek.stap.einddatum or vandaag
    if plek.moment:
        return plek.moment.datum
    return zaak.stop.einddatum if zaak.stop else zaak.einddatum or vandaag


# --- Advice ----------------------------------------------------------------------------------------------------------
def trede_toen(zaak: Zaak, plek: Plek) -> TredeRij | None:
    return plek.stap.trede if plek.stap else zaak.toewijzing.trede


def trede_nu(zaak: Zaak) -> TredeRij | str | None:
    """What is needed from now on, as far as it is known: the follow-up decision, what the provider asks, or uitstroom."""
    if zaak.opvolgers:
        return zaak.opvolgers[-1].trede
    if zaak.stop:
        return UITSTROOM_CODE if zaak.stop.reden in STROOMT_UIT else None
    evaluatie, regel = zaak.evaluatie, zaak.regel
    if evaluatie:
        return evaluatie.gevraagde_trede or (None if evaluatie.vervolg_nodig else UITSTROOM_CODE)
    if regel:
        return UITSTROOM_CODE if regel.soort == ToelichtingSoort.BEEINDIGING else regel.gevraagde_trede
    return None


def geef_advies(zaak: Zaak, plek: Plek, nu: TredeRij | str | None) -> Advies:
    if zaak.is_tussen(plek):
        return Advies(
            AdviesSterkte.ADVIES,
            behaald=False,
            uitkomst=None,
            zin="Niet behaald, want de aanbieder vraagt een wijziging: afschalen na deze tussenstap lukte niet.",
        )
    stop = _stop_bij(zaak, plek)
    return advies(
        AdviesFeiten(
            perspectief=Perspectief(zaak.toewijzing.perspectief),
            trede_toen=als_trede(trede_toen(zaak, plek)),
            trede_nu=UITSTROOM if isinstance(nu, str) else als_trede(nu),
            stopcode=RedenBeeindiging(stop.reden) if stop else None,
        )
    )


def geef_suggestie(zaak: Zaak, plek: Plek) -> Suggestie | None:
    """The outcome that the stop code prefills (R43)."""
    stop = _stop_bij(zaak, plek)
    return suggestie(RedenBeeindiging(stop.reden)) if stop else None


# --- The two months of "geen match" (R40) ----------------------------------------------------------------------------
def gemeld_op(zaak: Zaak) -> date | None:
    """The day the provider reported it: that of the form, else of the stop message."""
    if zaak.regel and zaak.regel.toelichting.ingediend_op:
        return dag_van(zaak.regel.toelichting.ingediend_op)
    return dag_van(zaak.stop.ontvangen_op) if zaak.stop else None


def match(zaak: Zaak, vandaag: date) -> Match | None:
    """Computed from the start of care (305) to the report, or to today when nothing was reported yet."""
    return match_op_tijd(zaak.start, gemeld_op(zaak) or vandaag) if zaak.start else None


# --- Contradictions --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class GevondenTegenspraak:
    zaak: Zaak
    tegenspraak: Tegenspraak


def geef_tegenspraken(zaak: Zaak, vandaag: date) -> tuple[Tegenspraak, ...]:
    return tegenspraken(tegenspraakfeiten(zaak, vandaag))


def tegenspraakfeiten(zaak: Zaak, vandaag: date) -> Tegenspraakfeiten:
    stop = zaak.stop or zaak.tijdelijk or (zaak.stops[-1] if zaak.stops else None)
    oordeel = next((r for r in reversed(zaak.actueel)), None)
    regel = zaak.regel
    redenen = frozenset(oordeel.redenen) if oordeel else frozenset()
    opvolger = zaak.opvolgers[-1] if zaak.opvolgers else None
    return Tegenspraakfeiten(
        vandaag=vandaag,
        code=RedenBeeindiging(stop.reden) if stop else None,
        stop_einddatum=stop.einddatum if stop else None,
        stop_ingetrokken=bool(stop and stop.ingetrokken_op),
        startdatum=zaak.start,
        einddatum_toewijzing=zaak.einddatum,
        tolerantie_dagen=zaak.toewijzing.gemeente.einddatum_tolerantie_dagen,
        reden_wijziging=_reden_wijziging(zaak),
        formulier=FormulierStand.INGEDIEND if regel else FormulierStand.GEEN,
        formulier_soort=ToelichtingSoort(regel.soort) if regel and regel.soort else None,
        formulier_behaald=regel.behaald if regel else None,
        uitkomst=Uitkomst(oordeel.uitkomst) if oordeel else None,
        uitkomst_rust_op_stop=bool(oordeel and oordeel.stop_id and not oordeel.evaluatie_id),
        redenen=redenen,
        geen_match_gemeld=gemeld_op(zaak) if redenen & {GEEN_MATCH_OP_TIJD, GEEN_MATCH_TE_LAAT} else None,
        perspectief=Perspectief(zaak.toewijzing.perspectief),
        trede_toen=als_trede(zaak.toewijzing.trede),
        opvolger=bool(zaak.opvolgers),
        opvolger_trede=als_trede(opvolger.trede) if opvolger else None,
        latere_start=_latere_start(zaak, stop.einddatum) if stop else None,
        tussenstap=bool(oordeel and oordeel.stap_id and zaak.is_tussen(Plek(stap=oordeel.stap))),
    )


_REDENEN: Final = {reden.value: reden for reden in RedenWijziging}


def _reden_wijziging(zaak: Zaak) -> RedenWijziging | None:
    return _REDENEN.get(zaak.toewijzing.reden_wijziging)


def _latere_start(zaak: Zaak, na: date) -> date | None:
    """The first start of care of this client here after the stop, at any provider."""
    hier = [rij.begindatum for rij in zaak.leveringen]
    elders = [rij.begindatum for t in zaak.andere for rij in t.z_leveringen]  # type: ignore[attr-defined]  # prefetch
    return min((dag for dag in (*hier, *elders) if dag > na), default=None)


def dagen_over(zaak: Zaak, vandaag: date) -> int | None:
    """Until the end or the monitoring moment; negative when it has passed."""
    doel = zaak.moment.datum if zaak.moment else zaak.einddatum
    return (doel - vandaag) // timedelta(days=1) if doel else None
