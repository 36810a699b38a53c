"""News for the one mail a day (ADR 0011): reports that are ready and that their owner has not opened yet (U8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from logboek.models import Gebeurtenis
from meldingen.actions import posten_eenmaal
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Rol
from rapportage.models import Rapport
from rapportage.statussen import RapportStatus

NIEUWS: Final = timedelta(days=14)


def klaar_en_ongelezen(rol: Rol, moment: datetime) -> list[Rapport]:
    """Reports of people with this role that can be downloaded and were not. Two queries."""
    rijen = list(
        Rapport.objects.filter(
            status=RapportStatus.KLAAR,
            klaar_op__gt=moment - NIEUWS,
            verloopt_op__gt=moment,
            aanvrager__rol=rol,
            aanvrager__is_active=True,
        )
        .select_related("aanvrager")
        .defer("versleuteld")
        .order_by("pk")
    )
    geopend = set(
        Gebeurtenis.objects.filter(
            actie="rapport.gedownload", object_kenmerk__in=[str(rij.kenmerk) for rij in rijen]
        ).values_list("object_kenmerk", flat=True)
    )
    return [rij for rij in rijen if str(rij.kenmerk) not in geopend]


def _posten(soort: str, rol: Rol) -> Callable[[date, datetime], Iterable[Post]]:
    def posten(vandaag: date, moment: datetime) -> Iterator[Post]:
        per_adres: dict[str, list[str]] = defaultdict(list)
        for rapport in klaar_en_ongelezen(rol, moment):
            per_adres[rapport.aanvrager.email.lower()].append(str(rapport.kenmerk))
        return posten_eenmaal(soort, per_adres, _deel)

    return posten


def _deel(adres: str, nieuw: list[str]) -> Deel:
    wat = "1 rapport staat" if len(nieuw) == 1 else f"{len(nieuw)} rapporten staan"
    regels = (
        f"{wat} voor u klaar. U kunt ze 30 dagen downloaden:",
        f"{settings.ADRES}{reverse('rapportage:mijn-rapporten')}",
    )
    return Deel(f"{wat} voor u klaar", regels, len(nieuw))


def _bron(code: str, rol: Rol) -> Bron:
    return Bron(
        code, "Rapporten die klaar zijn", "Als u ze nog niet hebt gedownload.", rol, _posten(code, rol)
    )


BRONNEN: Final = (
    _bron("rapport-cm", Rol.CONTRACTMANAGER),
    _bron("rapport-ad", Rol.ADMINISTRATIE),
    _bron("rapport-aa", Rol.AANBIEDER),
)
