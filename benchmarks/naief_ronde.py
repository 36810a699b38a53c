"""The monthly round as one would write it first: stop by stop, through the ORM. Oracle and naive twin of P2.

Facts are looked up as a person would, in as many queries as there are questions; the verdict is the pure Python
table (`resultaat.ronde.oordeel`); every stop is locked, saved and logged by itself.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from beschikkingen.enums import BeschikkingStatus, SoortBeschikking, ToewijzingStatus
from beschikkingen.models import Beschikking, Stap, Toewijzing
from logboek.actions import leg_vast
from resultaat.enums import FormulierStand, Paragraaf, Uitkomst, Verdict, Vervolg
from resultaat.models import Resultaat, Ronde, RondeRegel
from resultaat.ronde import StopFeiten, oordeel
from resultaat.ronde_sql import SLUIT_AF
from stopberichten.enums import RedenBeeindiging, ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Levering, Stop, ToelichtingRegel


def beoordeel(stop_id: int, ronde: Ronde, moment: datetime, tot: date) -> tuple[int, str, str]:
    """One stop, in its own transaction; what the round says about it."""
    with transaction.atomic():
        stop = Stop.objects.select_for_update().get(pk=stop_id)
        uit = oordeel(feiten(stop))
        resultaat = _resultaat(stop, ronde, moment) if uit.verdict is Verdict.AUTOMATISCH_JA else None
        klaar = uit.regel.nummer in SLUIT_AF
        RondeRegel.objects.create(
            gemeente_id=stop.gemeente_id,
            aanbieder_id=stop.aanbieder_id,
            ronde=ronde,
            stop=stop,
            verdict=uit.verdict,
            regel=uit.regel.nummer,
            vorig_oordeel=stop.oordeel,
            vorige_regel=stop.oordeel_regel,
            resultaat=resultaat,
            handelde_af=klaar,
            sloot_toewijzing=resultaat is not None,
        )
        stop.oordeel, stop.oordeel_regel = uit.verdict, uit.regel.nummer
        stop.verwerkt_op = moment if klaar else None
        stop.save()
        if resultaat:
            _sluit_dossier(stop.toewijzing.beschikking, ronde, moment, tot)
    return stop_id, str(uit.verdict), uit.regel.nummer


def feiten(stop: Stop) -> StopFeiten:
    code, t = RedenBeeindiging(stop.reden), stop.toewijzing
    if t is None:
        return StopFeiten(
            code=code, einddatum_levering=stop.einddatum, gekoppeld=False, soort=None, leveringsvorm=None,
            tolerantie_dagen=stop.gemeente.einddatum_tolerantie_dagen,
        )  # fmt: skip
    stap = _stap(stop, t)
    tussen = stap is not None and t.stappen.filter(volgnummer__gt=stap.volgnummer).exists()
    formulier = _formulier(t)
    concept = formulier is not None and formulier.toelichting.status == ToelichtingStatus.CONCEPT
    eind_stap = stap.einddatum if stap else None
    return StopFeiten(
        code=code,
        einddatum_levering=stop.einddatum,
        ingetrokken=stop.ingetrokken_op is not None,
        soort=SoortBeschikking(t.beschikking.soort),
        leveringsvorm=t.leveringsvorm,  # type: ignore[arg-type]
        einddatum_toewijzing=eind_stap if tussen else t.einddatum or eind_stap,
        tolerantie_dagen=stop.gemeente.einddatum_tolerantie_dagen,
        tussenstap=tussen or (t.beschikking.soort == SoortBeschikking.GETRAPT and _heeft_volgende(t)),
        heeft_uitkomst=_heeft_uitkomst(stop, t, stap),
        heeft_opvolger=_heeft_opvolger(stop, t),
        formulier=FormulierStand.GEEN if formulier is None else _stand(concept=concept),
        formulier_behaald=formulier.behaald if formulier and not concept else None,
        formulier_overgeslagen=stop.zonder_formulier_op is not None,
        latere_start=_latere_start(stop, t),
        opgevolgd=_opgevolgd(stop, t),
        afgeschermd=t.client.afgeschermd,
    )


def _stand(*, concept: bool) -> FormulierStand:
    return FormulierStand.CONCEPT if concept else FormulierStand.INGEDIEND


def _stap(stop: Stop, t: Toewijzing) -> Stap | None:
    loopt = Q(einddatum__isnull=True) | Q(einddatum__gte=stop.einddatum)
    return t.stappen.filter(loopt, begindatum__lte=stop.einddatum).order_by("-volgnummer").first()


def _formulier(t: Toewijzing) -> ToelichtingRegel | None:
    rijen = ToelichtingRegel.objects.filter(toewijzing=t).exclude(soort=ToelichtingSoort.WIJZIGING)
    rijen = rijen.exclude(toelichting__status=ToelichtingStatus.INGETROKKEN).select_related("toelichting")
    verstuurd = rijen.exclude(toelichting__status=ToelichtingStatus.CONCEPT)
    return verstuurd.order_by("-toelichting__ingediend_op", "-toelichting_id").first() or rijen.first()


def _heeft_volgende(t: Toewijzing) -> bool:
    anders = Toewijzing.objects.filter(beschikking=t.beschikking, resultaatgebied=t.resultaatgebied)
    anders = anders.exclude(pk=t.pk).exclude(status=ToewijzingStatus.VERWIJDERD)
    return bool(t.einddatum) and anders.filter(ingangsdatum__gt=t.einddatum).exists()


def _heeft_uitkomst(stop: Stop, t: Toewijzing, stap: Stap | None) -> bool:
    van_deze = Q(stap__isnull=True) | Q(stap=stap) if stap else Q(stap__isnull=True)
    return Resultaat.objects.filter(
        Q(stop=stop) | (Q(monitoringsmoment__isnull=True) & van_deze), toewijzing=t, actueel=True
    ).exists()


def _heeft_opvolger(stop: Stop, t: Toewijzing) -> bool:
    if t.beschikking.opvolgers.exclude(status=BeschikkingStatus.INGETROKKEN).exists():
        return True
    loopt_nog = Q(einddatum__isnull=True) | Q(einddatum__gt=stop.einddatum)
    later = Toewijzing.objects.filter(loopt_nog, client=t.client, resultaatgebied=t.resultaatgebied)
    later = later.filter(ingangsdatum__gt=t.ingangsdatum).exclude(beschikking=t.beschikking)
    return later.exclude(status=ToewijzingStatus.VERWIJDERD).exists()


def _latere_start(stop: Stop, t: Toewijzing) -> bool:
    starts = Levering.objects.geldig().filter(toewijzing=t, begindatum__gte=stop.einddatum)
    return starts.filter(begindatum__gt=stop.begindatum).exists()


def _opgevolgd(stop: Stop, t: Toewijzing) -> bool:
    andere = Stop.objects.geldig().filter(toewijzing=t, begindatum=stop.begindatum).exclude(pk=stop.pk)
    return andere.filter(einddatum__gte=stop.einddatum).exclude(reden=RedenBeeindiging.TIJDELIJK).exists()


def _resultaat(stop: Stop, ronde: Ronde, moment: datetime) -> Resultaat:
    t, stap = stop.toewijzing, _stap(stop, stop.toewijzing)
    formulier = _formulier(t)
    resultaat = Resultaat.objects.create(
        gemeente=stop.gemeente,
        aanbieder=stop.aanbieder,
        toewijzing=t,
        uitkomst=Uitkomst.JA,
        paragraaf=Paragraaf.P1A,
        stop=stop,
        formulier=formulier.toelichting if formulier and formulier.toelichting.ingediend_op else None,
        ronde=ronde,
        trede_van=stap.trede if stap else t.trede,
        vervolg=Vervolg.SLUITEN,
        resultaatdatum=stop.einddatum,
        geregistreerd_op=moment,
    )
    t.status, t.versie = ToewijzingStatus.GESLOTEN, F("versie") + 1
    t.save()
    _log("resultaat.registreren", "resultaat", resultaat.kenmerk, stop, ronde)
    return resultaat


def _sluit_dossier(dossier: Beschikking, ronde: Ronde, moment: datetime, tot: date) -> None:
    """Enough for the data set: closes when nothing of it runs or waits for a judgement."""
    dossier = Beschikking.objects.select_for_update().get(pk=dossier.pk)
    for t in dossier.toewijzingen.exclude(leveringsvorm="pgb"):
        if not Resultaat.objects.filter(toewijzing=t, actueel=True).exists():
            return
    dossier.status, dossier.gesloten_op, dossier.versie = BeschikkingStatus.GESLOTEN, moment, F("versie") + 1
    dossier.vernietigen_na_datum = tot.replace(year=tot.year + dossier.gemeente.bewaartermijn_jaren)
    dossier.save()
    leg_vast(
        actie="dossier.sluiten", door=None, object_soort="beschikking", object_kenmerk=dossier.kenmerk,
        gemeente_id=dossier.gemeente_id, client_index=bytes(dossier.client.bsn_index),
    )  # fmt: skip


def _log(actie: str, soort: str, kenmerk: object, stop: Stop, ronde: Ronde) -> Any:
    leg_vast(
        actie=actie, door=None, object_soort=soort, object_kenmerk=kenmerk, gemeente_id=stop.gemeente_id,
        aanbieder_id=stop.aanbieder_id, client_index=bytes(stop.bsn_index), details={"ronde": str(ronde.kenmerk)},
    )  # fmt: skip
