"""A frozen quarter read back as the same report object, and what happened to its clients since (M3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from organisaties.models import Regio
from rapportage.enums import Buiten, Categorie
from rapportage.models import Vaststelling, VaststellingCijfers, VaststellingRegel
from rapportage.overzicht import Keuze, Los, Naam, Overzicht, Regel, Uitval
from rapportage.queries.lezers import Lezer
from rapportage.queries.uitval import regios, uitval
from rapportage.tellingen import Telling
from rapportage.vastcijfers import Inhoud, Zegelstand, als_inhoud, lees
from rapportage.verschil import Verschil, verschillen, zegel_van
from rapportage.zegel import afspraken_uit_rijen, zegel
from stopberichten.enums import RedenBeeindiging
from stopberichten.models import Levering, Stop
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import dag_van


def vaststellingen(lezer: Lezer) -> QuerySet[Vaststelling]:
    return Vaststelling.objects.visible_to(lezer).select_related("regio", "vastgesteld_door")


def te_doen(lezer: Lezer, vandaag: date) -> list[tuple[Regio, Kwartaal]]:
    """The regions whose last finished quarter is not frozen yet; the tile of the start page counts this list."""
    vorige = Kwartaal.van(vandaag).vorige
    gedaan = set(
        Vaststelling.objects.visible_to(lezer).filter(kwartaal=str(vorige)).values_list("regio_id", flat=True)
    )
    return [(regio, vorige) for regio in regios(lezer) if regio.pk not in gedaan]


def als_uitval(lezer: Lezer, vast: Vaststelling, *, aanbieder_id: int | None = None) -> Uitval:
    """Every client as it was counted, or those of one provider: one query, and nothing of today in it."""
    rijen = VaststellingRegel.objects.visible_to(lezer).filter(vaststelling=vast)
    if aanbieder_id is not None:
        rijen = rijen.filter(aanbieder_id=aanbieder_id)
    return Uitval(regels=tuple(_regel(rij) for rij in rijen), **_kop(vast))


def als_cijfers(lezer: Lezer, vast: Vaststelling, *, alles: bool = False) -> tuple[Overzicht, Zegelstand]:
    """The figures as they were, and what was checked: one query, for the numbers that were kept.

    With `alles`, and when none were kept or their seal is broken, all clients are counted again and nothing kept is shown.
    """
    bewaard = _bewaard(lezer, vast)
    if bewaard and not alles and bewaard.sha256 == cijferzegel(vast, bewaard.inhoud):
        return lees(bewaard.inhoud, **_kop(vast)), Zegelstand.CIJFERS
    return _nageteld(lezer, vast, bewaard)


def tel_na(lezer: Lezer, vast: Vaststelling) -> tuple[Uitval, Zegelstand]:
    """Every client counted again: the seal over all of them, and the numbers that were kept."""
    return _nageteld(lezer, vast, _bewaard(lezer, vast))


def _nageteld(
    lezer: Lezer, vast: Vaststelling, bewaard: VaststellingCijfers | None
) -> tuple[Uitval, Zegelstand]:
    geteld = als_uitval(lezer, vast)
    klopt = zegel_klopt(vast, geteld) and (bewaard is None or _volgt_uit(bewaard, vast, geteld))
    return geteld, Zegelstand.ALLES if klopt else Zegelstand.STUK


def _bewaard(lezer: Lezer, vast: Vaststelling) -> VaststellingCijfers | None:
    return VaststellingCijfers.objects.visible_to(lezer).filter(vaststelling=vast).first()


def _volgt_uit(bewaard: VaststellingCijfers, vast: Vaststelling, geteld: Uitval) -> bool:
    """What was kept is what the clients add up to, number by number."""
    return als_inhoud(geteld) == bewaard.inhoud and bewaard.sha256 == cijferzegel(vast, bewaard.inhoud)


def cijferzegel(vast: Vaststelling, inhoud: Inhoud) -> str:
    """Over the numbers and all that stands beside them on the page, hanging on the seal over the clients."""
    return zegel(
        {
            "vaststelling": vast.sha256,
            "kwartaal": [vast.regio_id, vast.kwartaal, vast.versie, vast.definities],
            "kop": [vast.namen, vast.afspraken, vast.los],
            "cijfers": inhoud,
        }
    )


def _kop(vast: Vaststelling) -> dict[str, Any]:
    """All of a report but its clients and its numbers."""
    return {
        "keuze": Keuze(Kwartaal.lees(vast.kwartaal).periode, regio_id=vast.regio_id),
        "gemeenten": tuple(Naam(*rij) for rij in vast.namen["gemeenten"]),
        "aanbieders": tuple(Naam(*rij) for rij in vast.namen["aanbieders"]),
        "afspraken": {vast.regio_id: afspraken_uit_rijen(vast.afspraken)},
        "los": Los(**vast.los),
    }


def _regel(rij: VaststellingRegel) -> Regel:
    return Regel(
        aanbieder_id=rij.aanbieder_id,
        gemeente_id=rij.gemeente_id,
        sleutel=rij.sleutel,
        afgeschermd=rij.afgeschermd,
        telling=Telling(
            categorie=Categorie(rij.categorie) if rij.categorie else None,
            zin=rij.zin,
            buiten=Buiten(rij.buiten) if rij.buiten else None,
            reden=RedenBeeindiging(rij.reden) if rij.reden else None,
            afgeleid=rij.afgeleid,
            nakijken=rij.nakijken,
        ),
    )


def zegel_klopt(vast: Vaststelling, inhoud: Uitval) -> bool:
    nu = zegel_van(inhoud, regio=vast.regio.code, kwartaal=vast.kwartaal, definities=vast.definities)
    return nu == vast.sha256


@dataclass(frozen=True, slots=True)
class Sinds:
    """One client that differs, with the messages that came in after the quarter was frozen."""

    verschil: Verschil
    gebeurtenissen: tuple[str, ...]


GEEN_BERICHT = "Geen nieuw bericht: de toewijzing, de beschikking of de indeling van stopcodes is gewijzigd."


def sinds(lezer: Lezer, vast: Vaststelling, toen: Uitval) -> tuple[Uitval, list[Sinds]]:
    """The figures as they are now, and client by client what moved and by which event."""
    keuze = Keuze(toen.keuze.periode, regio_id=vast.regio_id, gemeente_ids=tuple(vast.gemeenten))
    nu = uitval(lezer, keuze)
    gevonden = verschillen(toen, nu)
    clienten = {v.nu.client_id for v in gevonden if v.nu}
    gebeurd = _gebeurd(lezer, clienten, vast.vastgesteld_op)
    return nu, [Sinds(v, _van(gebeurd, v)) for v in gevonden]


Gebeurd = dict[tuple[int, int], list[tuple[datetime, str]]]


def _van(gebeurd: Gebeurd, verschil: Verschil) -> tuple[str, ...]:
    wie = (verschil.nu.client_id, verschil.nu.aanbieder_id) if verschil.nu else (0, 0)
    return tuple(zin for _, zin in sorted(gebeurd.get(wie, ()))) or (GEEN_BERICHT,)


def _gebeurd(lezer: Lezer, clienten: Iterable[int], na: datetime) -> Gebeurd:
    """Per (client, provider) the starts and stops that came in or were withdrawn after that moment: two queries."""
    later = Q(ontvangen_op__gt=na) | Q(ingetrokken_op__gt=na)
    uit: Gebeurd = defaultdict(list)
    stops = Stop.objects.visible_to(lezer).filter(later, toewijzing__client_id__in=clienten)
    for stop in stops.select_related("toewijzing"):
        wat = f"stopbericht met code {stop.reden} per {stop.einddatum:%d-%m-%Y}"
        uit[_wie(stop)] += _zinnen(wat, stop, na)
    starts = Levering.objects.visible_to(lezer).filter(later, toewijzing__client_id__in=clienten)
    for start in starts.select_related("toewijzing"):
        uit[_wie(start)] += _zinnen(f"startbericht per {start.begindatum:%d-%m-%Y}", start, na)
    return uit


def _wie(rij: Stop | Levering) -> tuple[int, int]:
    assert rij.toewijzing is not None, "selected by the client of its allocation"
    return rij.toewijzing.client_id, rij.aanbieder_id


def _zinnen(wat: str, rij: Stop | Levering, na: datetime) -> list[tuple[datetime, str]]:
    zinnen = []
    if rij.ontvangen_op > na:
        zinnen.append(
            (rij.ontvangen_op, f"{wat.capitalize()} ontvangen op {dag_van(rij.ontvangen_op):%d-%m-%Y}.")
        )
    if rij.ingetrokken_op and rij.ingetrokken_op > na:
        zinnen.append(
            (rij.ingetrokken_op, f"{wat.capitalize()} ingetrokken op {dag_van(rij.ingetrokken_op):%d-%m-%Y}.")
        )
    return zinnen
