"""Freeze a quarter of a region (M3, U17-U19): from then on its figures are history, whatever comes in later."""

from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction

from logboek.actions import leg_vast
from organisaties.models import Gebruiker, Gemeente, Regio
from rapportage.actions.inzage import DOEL
from rapportage.definities import UITVAL_DEFINITIES
from rapportage.models import Vaststelling, VaststellingCijfers, VaststellingRegel
from rapportage.overzicht import Keuze, Regel, Uitval
from rapportage.queries.lezers import RegioLezer
from rapportage.queries.uitval import uitval
from rapportage.queries.vaststelling import cijferzegel, tel_na
from rapportage.vastcijfers import Zegelstand, als_inhoud
from rapportage.verschil import zegel_van
from rapportage.zegel import afspraken_als_rijen
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import dag_van

SLOT = 20_074
"""First half of the advisory lock: two people freeze one region one after the other."""


class VaststelFout(ValueError):
    """Not frozen; the message is a Dutch sentence for who asked."""


@transaction.atomic
def stel_vast(
    *,
    regio: Regio,
    kwartaal: Kwartaal,
    door: Gebruiker,
    op: datetime,
    reden: str = "",
    versie: int | None = None,
) -> Vaststelling:
    """Freeze what `door` sees now. `versie`: the one the screen announced; another means somebody was first.

    Raises VaststelFout.
    """
    _wacht_op_beurt(regio)
    volgende = volgende_versie(regio, kwartaal)
    bezwaar = bezwaar_tegen(regio, kwartaal, door, op)
    if versie is not None and versie != volgende:
        bezwaar = f"{kwartaal} is intussen door iemand anders vastgesteld. Bekijk die versie eerst."
    elif volgende > 1 and not reden.strip():
        bezwaar = f"{kwartaal} is al vastgesteld. Schrijf op waarom een nieuwe versie nodig is."
    if bezwaar:
        raise VaststelFout(bezwaar)
    gevonden = _tel(regio, kwartaal, door)
    vast = _bewaar(gevonden, regio, kwartaal, door, op, reden.strip(), volgende)
    _bewaar_cijfers(vast, gevonden)
    leg_vast(
        actie="kwartaal.vastgesteld",
        door=door,
        object_soort="vaststelling",
        object_kenmerk=vast.kenmerk,
        doel=DOEL,
        details={"regio": regio.code, "kwartaal": str(kwartaal), "versie": volgende, "zegel": vast.sha256,
                 "regels": len(gevonden.regels)},
    )  # fmt: skip
    return vast


def volgende_versie(regio: Regio, kwartaal: Kwartaal) -> int:
    return Vaststelling.objects.filter(regio=regio, kwartaal=str(kwartaal)).count() + 1


def bezwaar_tegen(regio: Regio, kwartaal: Kwartaal, door: Gebruiker, op: datetime) -> str:
    """Why this person cannot freeze this quarter now, as a sentence; empty when it can be done (U18)."""
    if kwartaal.laatste >= dag_van(op):
        return f"{kwartaal.naam.capitalize()} loopt nog tot en met {kwartaal.laatste:%d-%m-%Y}. Stel het daarna vast."
    buiten = Gemeente.objects.filter(regio=regio).exclude(pk__in=door.gemeente_ids)
    if namen := ", ".join(buiten.values_list("naam", flat=True)):
        return (
            f"Een kwartaal wordt voor alle gemeenten van {regio.naam} tegelijk vastgesteld. "
            f"U hebt geen toegang tot: {namen}. Vraag iemand die ze allemaal ziet."
        )
    return ""


def _wacht_op_beurt(regio: Regio) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [SLOT, regio.pk])


def _tel(regio: Regio, kwartaal: Kwartaal, door: Gebruiker) -> Uitval:
    try:
        return uitval(door, Keuze(kwartaal.periode, regio_id=regio.pk))
    except ValueError as fout:
        raise VaststelFout(f"Het kwartaal is niet te tellen: {fout}.") from fout


def _bewaar(
    gevonden: Uitval, regio: Regio, kwartaal: Kwartaal, door: Gebruiker, op: datetime, reden: str, versie: int
) -> Vaststelling:
    definities = UITVAL_DEFINITIES.versie
    vast = Vaststelling.objects.create(
        regio=regio,
        kwartaal=str(kwartaal),
        versie=versie,
        reden=reden,
        gemeenten=[naam.pk for naam in gevonden.gemeenten],
        definities=definities,
        afspraken=afspraken_als_rijen(gevonden.afspraken[regio.pk]),
        namen={
            "gemeenten": [[n.pk, n.code, n.naam] for n in gevonden.gemeenten],
            "aanbieders": [[n.pk, n.code, n.naam] for n in gevonden.aanbieders],
        },
        los=asdict(gevonden.los),
        sha256=zegel_van(gevonden, regio=regio.code, kwartaal=str(kwartaal), definities=definities),
        vastgesteld_op=op,
        vastgesteld_door=door,
    )
    VaststellingRegel.objects.bulk_create((_rij(vast, regel) for regel in gevonden.regels), batch_size=2_000)
    return vast


def _bewaar_cijfers(vast: Vaststelling, geteld: Uitval) -> None:
    inhoud = als_inhoud(geteld)
    VaststellingCijfers.objects.create(
        vaststelling=vast, regio_id=vast.regio_id, inhoud=inhoud, sha256=cijferzegel(vast, inhoud)
    )


@transaction.atomic
def vul_cijfers_aan(*, vast: Vaststelling, door: Gebruiker | None) -> Zegelstand:
    """Check everything; keep the numbers of a quarter that was frozen before there were any, if its seal holds."""
    _wacht_op_beurt(vast.regio)
    lezer = door or RegioLezer(tuple(vast.gemeenten))
    geteld, stand = tel_na(lezer, vast)
    if stand is Zegelstand.ALLES and not VaststellingCijfers.objects.filter(vaststelling=vast).exists():
        _bewaar_cijfers(vast, geteld)
        leg_vast(
            actie="kwartaal.cijfers_bewaard", door=door, object_soort="vaststelling", object_kenmerk=vast.kenmerk,
            doel=DOEL, details={"zegel": vast.sha256},
        )  # fmt: skip
    return stand


def _rij(vast: Vaststelling, regel: Regel) -> VaststellingRegel:
    telling = regel.telling
    return VaststellingRegel(
        vaststelling=vast,
        regio_id=vast.regio_id,
        gemeente_id=regel.gemeente_id,
        aanbieder_id=regel.aanbieder_id,
        sleutel=regel.sleutel,
        afgeschermd=regel.afgeschermd,
        categorie=telling.categorie or "",
        buiten=telling.buiten or "",
        reden=telling.reden or "",
        zin=telling.zin,
        afgeleid=telling.afgeleid,
        nakijken=telling.nakijken,
    )
