"""Registering whether the result was reached (bijlage 3), correcting it, and closing the dossier that is done.

Append-only: a correction is a new row that names its predecessor. Two people at once: the one whose form is older
gets `InmiddelsGewijzigd` with what the other wrote, and keeps his own text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q

from beschikkingen.models import Monitoringsmoment, Stap, Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Trede
from resultaat.actions.afsluiten import EINDIGT, heropen, sluit_als_klaar, sluit_toewijzing
from resultaat.actions.monitoring import MomentFout, rond_moment_af
from resultaat.advies import Advies
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Evaluatie, RedenOptie, Resultaat
from resultaat.statussen import EvaluatieStatus
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop, Toelichting, ToelichtingRegel
from wmo_portal.lib.tijd import dag_van

NIET_BEHAALD: Final = "niet_behaald"
"""The advice "niet behaald" without one of the three options of bijlage 3."""


class RegistratieFout(Exception):
    """Not registered; the message is a Dutch sentence for the consulent."""


class InmiddelsGewijzigd(RegistratieFout):
    """Somebody else registered first. `bestaand` is what stands there now."""

    def __init__(self, bestaand: Resultaat) -> None:
        wie = bestaand.geregistreerd_door or "de maandelijkse ronde"
        super().__init__(
            f"Inmiddels heeft {wie} hier al {bestaand.get_uitkomst_display()!r} geregistreerd. "
            "Uw tekst staat er nog. Kies of u dit oordeel wilt corrigeren."
        )
        self.bestaand = bestaand


@dataclass(frozen=True, kw_only=True)
class Oordeel:
    """What the consulent decided about one resultaatgebied (or step, or monitoring moment)."""

    uitkomst: Uitkomst
    paragraaf: Paragraaf
    vervolg: Vervolg
    resultaatdatum: date
    redenen: Sequence[str] = ()
    toelichting: str = ""
    trede_naar: Trede | None = None
    afwijking_reden: str = ""
    stap: Stap | None = None
    monitoringsmoment: Monitoringsmoment | None = None
    stop: Stop | None = None
    evaluatie: Evaluatie | None = None
    formulier: Toelichting | None = None
    volgend_moment_datum: date | None = None
    advies: Advies | None = field(default=None)


def _controleer(toewijzing: Toewijzing, oordeel: Oordeel) -> None:
    """The rules of bijlage 3 (R35-R41) that the form shows and the database repeats in part."""
    if oordeel.uitkomst == Uitkomst.JA and oordeel.redenen:
        raise RegistratieFout("Bij ‘Ja’ hoort geen reden waarom het niet behaald is. Haal de vinkjes weg.")
    if oordeel.uitkomst != Uitkomst.JA and not oordeel.redenen and not oordeel.toelichting.strip():
        raise RegistratieFout(
            "Kies minstens één reden of schrijf een toelichting: bij ‘Nee’ hoort een grond."
        )
    if oordeel.advies and oordeel.advies.wijkt_af(oordeel.uitkomst) and not oordeel.afwijking_reden.strip():
        raise RegistratieFout(
            f"Uw oordeel wijkt af van het advies ({oordeel.advies.zin}) Schrijf op waarom u afwijkt."
        )
    if oordeel.paragraaf == Paragraaf.P3:
        _controleer_tussenstap(oordeel)
    _controleer_redenen(toewijzing, oordeel)


def _controleer_tussenstap(oordeel: Oordeel) -> None:
    """A step that succeeded records nothing (R22); one that failed rests on the form of the provider (R23)."""
    if oordeel.uitkomst == Uitkomst.JA:
        raise RegistratieFout(
            "Een tussenstap die gelukt is, vult u niet in (werkwijze §3). Is afschalen niet gelukt, kies dan een ‘nee’."
        )
    if oordeel.formulier is None:
        raise RegistratieFout(
            "Er is nog geen wijzigingsformulier van de aanbieder over deze tussenstap. Vraag daar eerst om (werkwijze §3)."
        )


def _controleer_redenen(toewijzing: Toewijzing, oordeel: Oordeel) -> None:
    bekend = set(
        RedenOptie.objects.filter(
            regio=toewijzing.gemeente.regio, uitkomst=oordeel.uitkomst, code__in=oordeel.redenen
        ).values_list("code", flat=True)
    )
    if vreemd := [code for code in oordeel.redenen if code not in bekend]:
        raise RegistratieFout(
            f"De reden {vreemd[0]!r} hoort niet bij ‘{oordeel.uitkomst.label}’. Kies een reden uit de lijst."
        )


def _actueel(toewijzing: Toewijzing, oordeel: Oordeel) -> Resultaat | None:
    return (
        Resultaat.objects.actueel()
        .filter(toewijzing=toewijzing, stap=oordeel.stap, monitoringsmoment=oordeel.monitoringsmoment)
        .first()
    )


def registreer(
    *,
    toewijzing: Toewijzing,
    oordeel: Oordeel,
    door: Gebruiker,
    moment: datetime,
    corrigeert: Resultaat | None = None,
    correctie_reden: str = "",
) -> Resultaat:
    """Write the judgement and its consequences, in one transaction.

    Raises RegistratieFout with a sentence, or InmiddelsGewijzigd when something else stands there than the form
    showed (`corrigeert`: the row it showed, None for an empty place).
    """
    _controleer(toewijzing, oordeel)
    if corrigeert and not correctie_reden.strip():
        raise RegistratieFout("Schrijf op waarom u het eerdere oordeel corrigeert.")
    try:
        with transaction.atomic():
            return _schrijf(toewijzing, oordeel, door, moment, corrigeert, correctie_reden)
    except MomentFout as fout:
        raise RegistratieFout(str(fout)) from fout
    except IntegrityError:
        # Two at once: the partial unique constraint let one through.
        bestaand = _actueel(toewijzing, oordeel)
        if bestaand is None or bestaand == corrigeert:
            raise
        raise InmiddelsGewijzigd(bestaand) from None


def _schrijf(
    toewijzing: Toewijzing,
    oordeel: Oordeel,
    door: Gebruiker,
    moment: datetime,
    corrigeert: Resultaat | None,
    correctie_reden: str,
) -> Resultaat:
    bestaand = _actueel(toewijzing, oordeel)
    if bestaand and bestaand != corrigeert:
        raise InmiddelsGewijzigd(bestaand)
    if corrigeert:
        over = Resultaat.objects.actueel().filter(pk=corrigeert.pk).update(actueel=False)
        if not over:
            laatste = _actueel(toewijzing, oordeel)
            raise (
                InmiddelsGewijzigd(laatste)
                if laatste
                else RegistratieFout(
                    "Het oordeel dat u corrigeert is ingetrokken. Ververs de pagina en registreer opnieuw."
                )
            )
    resultaat = _maak(toewijzing, oordeel, door, moment, corrigeert, correctie_reden)
    _gevolgen(toewijzing, oordeel, door, moment, corrigeert)
    leg_vast(
        actie="resultaat.corrigeren" if corrigeert else "resultaat.registreren",
        door=door,
        object_soort="resultaat",
        object_kenmerk=resultaat.kenmerk,
        gemeente_id=toewijzing.gemeente_id,
        aanbieder_id=toewijzing.aanbieder_id,
        client_index=bytes(toewijzing.client.bsn_index),
        doel="Wmo: resultaat beoordelen",
        details={"uitkomst": oordeel.uitkomst.value, "paragraaf": oordeel.paragraaf.value},
    )
    return resultaat


def _maak(
    toewijzing: Toewijzing,
    oordeel: Oordeel,
    door: Gebruiker,
    moment: datetime,
    corrigeert: Resultaat | None,
    correctie_reden: str,
) -> Resultaat:
    return Resultaat.objects.create(
        gemeente_id=toewijzing.gemeente_id,
        aanbieder_id=toewijzing.aanbieder_id,
        toewijzing=toewijzing,
        stap=oordeel.stap,
        monitoringsmoment=oordeel.monitoringsmoment,
        uitkomst=oordeel.uitkomst,
        redenen=list(oordeel.redenen),
        toelichting=oordeel.toelichting.strip(),
        paragraaf=oordeel.paragraaf,
        stop=oordeel.stop,
        evaluatie=oordeel.evaluatie,
        formulier=oordeel.formulier,
        trede_van=oordeel.stap.trede if oordeel.stap else toewijzing.trede,
        trede_naar=oordeel.trede_naar,
        vervolg=oordeel.vervolg,
        advies=_advies_code(oordeel.advies),
        advies_reden=oordeel.advies.zin if oordeel.advies else "",
        afwijking_reden=oordeel.afwijking_reden.strip(),
        resultaatdatum=oordeel.resultaatdatum,
        geregistreerd_op=moment,
        geregistreerd_door=door,
        voorganger=corrigeert,
        correctie_reden=correctie_reden.strip(),
    )


def _advies_code(advies: Advies | None) -> str:
    """What was proposed, as stored: an outcome, plain `niet_behaald`, or nothing."""
    if advies is None or advies.behaald is None:
        return ""
    return advies.uitkomst or NIET_BEHAALD


def _gevolgen(
    toewijzing: Toewijzing, oordeel: Oordeel, door: Gebruiker, moment: datetime, corrigeert: Resultaat | None
) -> None:
    """The stop is settled, the evaluation judged, the moment finished, and the dossier closed when all is done."""
    if oordeel.stop:
        Stop.objects.filter(pk=oordeel.stop.pk, verwerkt_op__isnull=True).update(verwerkt_op=moment)
    if oordeel.evaluatie:
        # With the last document the earlier ones of the same allocation are dealt with too.
        Evaluatie.objects.filter(
            toewijzing=toewijzing,
            ingediend_op__lte=oordeel.evaluatie.ingediend_op,
            status__in=(EvaluatieStatus.INGEDIEND, EvaluatieStatus.INFO_GEVRAAGD),
        ).update(status=EvaluatieStatus.BEOORDEELD, versie=F("versie") + 1)
    if oordeel.formulier:
        _handel_formulier_af(oordeel.formulier, door, moment)
    if oordeel.vervolg in EINDIGT and oordeel.stap is None:
        # At a monitoring moment the decision itself ends the care; before an end date it runs on until that day.
        sluit_toewijzing(toewijzing=toewijzing, dag=None if oordeel.monitoringsmoment else dag_van(moment))
    elif corrigeert and corrigeert.vervolg in EINDIGT:
        heropen(toewijzing=toewijzing, door=door)
    if oordeel.monitoringsmoment:
        rond_moment_af(
            gedaan=oordeel.monitoringsmoment, volgende=oordeel.volgend_moment_datum, door=door, moment=moment
        )
    sluit_als_klaar(beschikking=toewijzing.beschikking, door=door, moment=moment)


def _handel_formulier_af(formulier: Toelichting, door: Gebruiker, moment: datetime) -> None:
    """A form that only ends care is done when each of its resultaatgebieden is judged; a change request is decided apart."""
    oordeel = Resultaat.objects.actueel().filter(toewijzing=OuterRef("toewijzing"))
    nog_open = ToelichtingRegel.objects.filter(toelichting=formulier).filter(
        Q(soort=ToelichtingSoort.WIJZIGING) | ~Exists(oordeel)
    )
    te_doen = Toelichting.objects.filter(
        pk=formulier.pk, status__in=(ToelichtingStatus.INGEDIEND, ToelichtingStatus.IN_BEHANDELING)
    )
    if not nog_open.exists():
        te_doen.update(
            status=ToelichtingStatus.AFGEHANDELD,
            afgehandeld_op=moment,
            afgehandeld_door=door,
            versie=F("versie") + 1,
        )
