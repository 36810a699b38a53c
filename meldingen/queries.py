"""Who is told, and what they chose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from meldingen.models import Meldingkeuze
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker
from techniek.models import Mail
from wmo_portal.lib.tijd import AMSTERDAM

DAGMAIL = "dagmail"


def adressen_van_aanbieders(
    soort: str, aanbieders: Collection[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """Per provider the addresses of its active users who want this kind, each once; without them its own (U26).

    Two queries. A provider without any address is not in it.
    """
    mensen = Gebruiker.objects.filter(rol=Rol.AANBIEDER, is_active=True)
    eigen = Aanbieder.objects.exclude(email="")
    if aanbieders is not None:
        mensen, eigen = mensen.filter(aanbieder__in=aanbieders), eigen.filter(pk__in=aanbieders)
    willen = mensen.exclude(meldingkeuze__uit__contains=[soort])
    per_aanbieder: dict[int, set[str]] = defaultdict(set)
    for aanbieder, email in willen.values_list("aanbieder_id", "email"):
        per_aanbieder[aanbieder or 0].add(email.lower())
    for aanbieder, email in eigen.values_list("pk", "email"):
        if aanbieder not in per_aanbieder:
            per_aanbieder[aanbieder].add(email.lower())
    return {aanbieder: tuple(sorted(adressen)) for aanbieder, adressen in per_aanbieder.items()}


@dataclass(frozen=True)
class Keuzes:
    """Everybody's choices by address."""

    per_adres: dict[str, Meldingkeuze] = field(default_factory=dict)

    def wil_nu(self, adres: str, soort: str, vandaag: date, moment: datetime) -> bool:
        """Does this person want this kind, and is it a day and an hour for mail?"""
        keuze = self.per_adres.get(adres)
        if keuze is None:
            return True
        uur = moment.astimezone(AMSTERDAM).hour
        return soort not in keuze.uit and vandaag.isoweekday() in keuze.dagen and uur >= keuze.vanaf_uur


def keuzes() -> Keuzes:
    rijen = Meldingkeuze.objects.select_related("gebruiker")
    return Keuzes({rij.gebruiker.email.lower(): rij for rij in rijen})


def keuze_van(gebruiker: Gebruiker) -> Meldingkeuze:
    """As stored, or the one that holds when nothing was chosen."""
    return Meldingkeuze.objects.filter(gebruiker=gebruiker).first() or Meldingkeuze(gebruiker=gebruiker)


def sleutel_van(vandaag: date, adres: str) -> str:
    """The key of somebody's mail of a day: what makes it one."""
    return f"{DAGMAIL}:{vandaag}:{adres}"


def hadden_al_mail(vandaag: date) -> set[str]:
    voor = f"{DAGMAIL}:{vandaag}:"
    sleutels = Mail.objects.filter(sleutel__startswith=voor).values_list("sleutel", flat=True)
    return {sleutel.removeprefix(voor) for sleutel in sleutels}


def eerdere(gebruiker: Gebruiker, hoogstens: int = 10) -> list[Mail]:
    """The last mails that this person got."""
    rijen = Mail.objects.filter(sleutel__startswith=f"{DAGMAIL}:", aan=gebruiker.email.lower())
    return list(rijen.order_by("-aangemaakt_op")[:hoogstens])
