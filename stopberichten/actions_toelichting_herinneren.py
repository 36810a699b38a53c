"""The weekly nudge to a provider: old drafts, a promised zorgplan, and pairs that miss their other half (U5, R56).

At most once a week per address, in the mail of the day (ADR 0011), without anything about a client (R109).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse

from meldingen.actions import posten_eenmaal
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Rol
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Stop, Toelichting
from stopberichten.queries_toelichtinglijst import (
    FILTER,
    Staat,
    zonder_stop,
    zonder_toelichting,
)
from stopberichten.toelichtingregels import DAGEN_HERINNERD, DAGEN_STIL

SOORT: Final = "toelichting"
Werk = dict[tuple[str, str], int]
"""(what, page) -> how many."""
Regel = tuple[str, str, str, int]
"""Address, what, page, how many."""


def posten(vandaag: date, moment: datetime) -> Iterator[Post]:
    """Per address what waits this week. Told once a week: what makes it once is the address and the week."""
    jaar, week, _ = vandaag.isocalendar()
    werk = _te_doen(moment, vandaag)
    return posten_eenmaal(
        SOORT, {adres: [f"{jaar}-{week:02d}"] for adres in werk}, lambda adres, _: _deel(werk[adres])
    )


BRON: Final = Bron(
    SOORT,
    "Open werk rond de Toelichting",
    "Eén keer per week: oude concepten, beloofde zorgplannen, en wat bij een 307 of Toelichting nog ontbreekt.",
    Rol.AANBIEDER,
    posten,
)


def _te_doen(op: datetime, vandaag: date) -> dict[str, Werk]:
    per_adres: dict[str, Werk] = defaultdict(lambda: defaultdict(int))
    for bron in (_concepten(op), _zorgplannen(op), _zonder_307(vandaag), _zonder_formulier(vandaag)):
        for adres, wat, pagina, aantal in bron:
            if adres:
                per_adres[adres.lower()][wat, pagina] += aantal
    return per_adres


def _concepten(op: datetime) -> Iterator[Regel]:
    lijst = f"{reverse('stopberichten:toelichtingen')}?staat=concept"
    oud = Toelichting.objects.filter(
        status=ToelichtingStatus.CONCEPT,
        bewaard_op__gt=op - timedelta(days=DAGEN_HERINNERD),
        bewaard_op__lte=op - timedelta(days=DAGEN_STIL),
    )
    for adres, aantal in _per_persoon(oud, "aangemaakt_door"):
        yield adres, "concept dat nog niet is verstuurd", lijst, aantal


def _zorgplannen(op: datetime) -> Iterator[Regel]:
    lijst = f"{reverse('stopberichten:toelichtingen')}?staat=zorgplan"
    beloofd = Toelichting.objects.filter(
        FILTER[Staat.ZORGPLAN], ingediend_op__lte=op - timedelta(days=DAGEN_STIL)
    )
    for adres, aantal in _per_persoon(beloofd, "ingediend_door"):
        yield adres, "zorgplan dat u later zou sturen", lijst, aantal


def _zonder_307(vandaag: date) -> Iterator[Regel]:
    lijst = reverse("stopberichten:toelichtingen-zonder-stop")
    zonder = zonder_stop(Toelichting.objects.all(), vandaag, om=True)
    for adres, aantal in _per_persoon(zonder, "ingediend_door"):
        yield adres, "beëindiging waarvoor nog een 307-bericht nodig is", lijst, aantal


def _zonder_formulier(vandaag: date) -> Iterator[Regel]:
    """To the address of the organisation: a message was sent by a system, not by somebody."""
    lijst = reverse("stopberichten:stops-zonder-toelichting")
    zonder = zonder_toelichting(Stop.objects.all(), vandaag, om=True).order_by()
    for adres, aantal in zonder.values_list("aanbieder__email").annotate(aantal=Count("pk")):
        yield adres, "307-bericht waarbij nog een Toelichting nodig is", lijst, aantal


def _per_persoon(vormen: QuerySet[Toelichting], wie: str) -> list[tuple[str, int]]:
    """Address and number, of those who still work there. One query."""
    actief = vormen.filter(**{f"{wie}__is_active": True}).order_by()
    return list(actief.values_list(f"{wie}__email").annotate(aantal=Count("pk")))


def _deel(werk: Werk) -> Deel:
    regels = [f"- {aantal} × {wat}\n  {settings.ADRES}{pagina}" for (wat, pagina), aantal in werk.items()]
    return Deel(
        "dit wacht nog op u",
        (
            "Er staat nog werk open rond de Toelichting verzoek wijziging/beëindiging:",
            "",
            *regels,
            "",
            "Hierover krijgt u hoogstens één keer per week bericht. Log in om te zien om wie het gaat.",
        ),
        sum(werk.values()),
    )
