"""Registering whether the result was reached (bijlage 3), correcting it, and closing the dossier that is done.

Append-only: a correction is a new row that names its predecessor. Two people at once: the one whose form is older
gets `InmiddelsGewijzigd` with what the other wrote, and keeps his own text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from beschikkingen.enums import BeschikkingStatus, ToewijzingStatus
from beschikkingen.models import Beschikking, Monitoringsmoment, Stap, Toewijzing
from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Trede
from resultaat.advies import Advies
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Evaluatie, RedenOptie, Resultaat
from resultaat.statussen import EvaluatieStatus
from stopberichten.models import Stop, Toelichting
from wmo_portal.lib.perioden import plus_maanden
from wmo_portal.lib.tijd import dag_van


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
    _controleer_redenen(toewijzing, oordeel)


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
    _gevolgen(toewijzing, oordeel, door, moment)
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
        trede_van=toewijzing.trede,
        trede_naar=oordeel.trede_naar,
        vervolg=oordeel.vervolg,
        advies=(oordeel.advies.uitkomst or "") if oordeel.advies else "",
        advies_reden=oordeel.advies.zin if oordeel.advies else "",
        afwijking_reden=oordeel.afwijking_reden.strip(),
        resultaatdatum=oordeel.resultaatdatum,
        geregistreerd_op=moment,
        geregistreerd_door=door,
        voorganger=corrigeert,
        correctie_reden=correctie_reden.strip(),
    )


def _gevolgen(toewijzing: Toewijzing, oordeel: Oordeel, door: Gebruiker, moment: datetime) -> None:
    """The stop is settled, the evaluation judged, the moment finished, and the dossier closed when all is done."""
    if oordeel.stop:
        Stop.objects.filter(pk=oordeel.stop.pk, verwerkt_op__isnull=True).update(verwerkt_op=moment)
    if oordeel.evaluatie:
        Evaluatie.objects.filter(pk=oordeel.evaluatie.pk).update(status=EvaluatieStatus.BEOORDEELD)
    if oordeel.vervolg in (Vervolg.SLUITEN, Vervolg.NIEUWE_BESCHIKKING) and oordeel.stap is None:
        Toewijzing.objects.filter(pk=toewijzing.pk, status=ToewijzingStatus.LOPEND).update(
            status=ToewijzingStatus.GESLOTEN
        )
    if oordeel.monitoringsmoment and not nog_te_beoordelen(oordeel.monitoringsmoment):
        Monitoringsmoment.objects.filter(pk=oordeel.monitoringsmoment.pk, afgerond_op__isnull=True).update(
            afgerond_op=moment, afgerond_door=door
        )
    sluit_als_klaar(beschikking=toewijzing.beschikking, door=door, moment=moment)


def nog_te_beoordelen(moment: Monitoringsmoment) -> list[Toewijzing]:
    """Allocations that ran on the monitoring day and have no judgement of that moment yet (H5 §2, R18)."""
    return list(
        Toewijzing.objects.filter(beschikking_id=moment.beschikking_id)
        .lopend_op(moment.datum)
        .exclude(resultaten__monitoringsmoment=moment, resultaten__actueel=True)
    )


def sluit_als_klaar(*, beschikking: Beschikking, door: Gebruiker | None, moment: datetime) -> bool:
    """Close the dossier when every resultaatgebied is ended and judged (R34). True when it was closed now."""
    gebieden = Toewijzing.objects.filter(beschikking=beschikking).exclude(status=ToewijzingStatus.VERWIJDERD)
    oordeel = Resultaat.objects.actueel().filter(toewijzing=OuterRef("pk"), stap=None)
    if not gebieden or gebieden.filter(Q(status=ToewijzingStatus.LOPEND) | ~Exists(oordeel)).exists():
        return False
    einde = max(t.einddatum or dag_van(moment) for t in gebieden)
    dicht = Beschikking.objects.filter(pk=beschikking.pk, status=BeschikkingStatus.LOPEND).update(
        status=BeschikkingStatus.GESLOTEN,
        gesloten_op=moment,
        gesloten_door=door,
        vernietigen_na_datum=plus_maanden(einde, 12 * beschikking.gemeente.bewaartermijn_jaren),
    )
    if dicht:
        leg_vast(
            actie="dossier.sluiten",
            door=door,
            object_soort="beschikking",
            object_kenmerk=beschikking.kenmerk,
            gemeente_id=beschikking.gemeente_id,
            client_index=bytes(beschikking.client.bsn_index),
            doel="Wmo: dossier afronden",
        )
    return bool(dicht)
