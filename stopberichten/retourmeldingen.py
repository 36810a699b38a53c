"""News about messages for the one mail a day: what was refused, and answers that still have to go out (R66-R72)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from meldingen.actions import posten_eenmaal
from meldingen.queries import adressen_van_aanbieders
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Retourweg, Rol
from organisaties.models import Gebruiker
from stopberichten.enums import Berichtstatus
from stopberichten.models import Bericht

NIEUWS: Final = timedelta(days=31)
AFGEKEURD: Final = "afgekeurd"
RETOUR: Final = "retour"


def afgekeurd(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the provider: messages of the last month that count as not sent and were not judged anew (OP286)."""
    rijen = Bericht.objects.filter(
        status=Berichtstatus.AFGEKEURD,
        herbeoordeeld_in__isnull=True,
        aanbieder__isnull=False,
        ontvangen_op__gt=moment - NIEUWS,
    ).values_list("aanbieder_id", "kenmerk")
    per_aanbieder: dict[int, list[str]] = defaultdict(list)
    for aanbieder, kenmerk in rijen:
        per_aanbieder[aanbieder or 0].append(str(kenmerk))
    adressen = adressen_van_aanbieders(AFGEKEURD, list(per_aanbieder)) if per_aanbieder else {}
    per_adres: dict[str, list[str]] = defaultdict(list)
    for pk, kenmerken in per_aanbieder.items():
        for adres in adressen.get(pk, ()):
            per_adres[adres] += kenmerken
    return posten_eenmaal(AFGEKEURD, per_adres, _afgekeurd)


def _afgekeurd(adres: str, nieuw: list[str]) -> Deel:
    wat = "1 bericht is" if len(nieuw) == 1 else f"{len(nieuw)} berichten zijn"
    regels = (
        f"{wat} afgekeurd en telt als niet verstuurd."
        if len(nieuw) == 1
        else f"{wat} afgekeurd en tellen als niet verstuurd.",
        "In het portaal staat per bericht waarom, en staat het retourbericht klaar:",
        f"{settings.ADRES}{reverse('stopberichten:berichten')}?status={Berichtstatus.AFGEKEURD.value}",
    )
    return Deel(f"{wat} afgekeurd", regels, len(nieuw))


def retouren(vandaag: date, moment: datetime) -> Iterator[Post]:
    """To the administratie: answers that the portal must send (R72), each told once."""
    rijen = Bericht.objects.retour_open().filter(gemeente__retourweg=Retourweg.PORTAAL)
    per_gemeente: dict[int, list[str]] = defaultdict(list)
    for gemeente, kenmerk in rijen.values_list("gemeente_id", "kenmerk"):
        per_gemeente[gemeente or 0].append(str(kenmerk))
    if not per_gemeente:
        return iter(())
    mensen = Gebruiker.objects.filter(rol=Rol.ADMINISTRATIE, is_active=True).prefetch_related("gemeenten")
    per_adres = {
        wie.email.lower(): [k for g in wie.gemeenten.all() for k in per_gemeente.get(g.pk, ())]
        for wie in mensen
    }
    return posten_eenmaal(RETOUR, per_adres, _retouren)


def _retouren(adres: str, nieuw: list[str]) -> Deel:
    wat = "1 retourbericht wacht" if len(nieuw) == 1 else f"{len(nieuw)} retourberichten wachten"
    regels = (f"{wat} op versturen:", f"{settings.ADRES}{reverse('stopberichten:retouren')}")
    return Deel(f"{wat} op versturen", regels, len(nieuw))


BRONNEN: Final = (
    Bron(
        AFGEKEURD,
        "Afgekeurde berichten",
        "Berichten van u die als niet verstuurd tellen.",
        Rol.AANBIEDER,
        afgekeurd,
    ),
    Bron(RETOUR, "Retourberichten", "Retourberichten die u nog moet versturen.", Rol.ADMINISTRATIE, retouren),
)
