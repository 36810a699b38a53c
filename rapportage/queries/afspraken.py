"""What a region agreed, by version: newest first, so that the page shows what held, holds and will hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from organisaties.models import Gebruiker, Gemeente, Regio
from organisaties.rollen import Mag
from rapportage.models import Beleidsdoel, Categorieafspraak


def regios_van(gebruiker: Gebruiker) -> list[Regio]:
    """A beheerder: all of them. A contract manager: those of which it sees every municipality."""
    regios = list(Regio.objects.order_by("naam"))
    if gebruiker.mag(Mag.INRICHTEN):
        return regios
    per: dict[int, set[int]] = defaultdict(set)
    for regio, pk in Gemeente.objects.filter(regio__isnull=False).values_list("regio_id", "pk"):
        per[regio or 0].add(pk)
    return [regio for regio in regios if per[regio.pk] and per[regio.pk] <= set(gebruiker.gemeente_ids)]


@dataclass(frozen=True, slots=True)
class Versies:
    """Every version of one goal or code; `nu` is the one that holds today."""

    code: str
    rijen: tuple[Beleidsdoel | Categorieafspraak, ...]
    nu: Beleidsdoel | Categorieafspraak | None

    @property
    def laatste(self) -> Beleidsdoel | Categorieafspraak:
        return self.nu or self.rijen[0]


def doelversies(regio: Regio, vandaag: date) -> list[Versies]:
    per: dict[str, list[Beleidsdoel | Categorieafspraak]] = defaultdict(list)
    for rij in Beleidsdoel.objects.filter(regio=regio).order_by("volgorde", "code", "-geldig"):
        per[rij.code].append(rij)
    return [_versies(code, rijen, vandaag) for code, rijen in per.items()]


def codeversies(regio: Regio, vandaag: date) -> list[Versies]:
    per: dict[str, list[Beleidsdoel | Categorieafspraak]] = defaultdict(list)
    for rij in Categorieafspraak.objects.filter(regio=regio).order_by("reden", "-geldig"):
        per[rij.reden].append(rij)
    return [_versies(code, rijen, vandaag) for code, rijen in per.items()]


def _versies(code: str, rijen: list[Beleidsdoel | Categorieafspraak], vandaag: date) -> Versies:
    nu = next(
        (r for r in rijen if (r.geldig.lower or date.min) <= vandaag < (r.geldig.upper or date.max)), None
    )
    return Versies(code, tuple(rijen), nu)
