"""The weekly nudge to a provider: old drafts, a promised zorgplan, and pairs that miss their other half (U5, R56).

At most one mail a week per address, without anything about a client (R109).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse

from logboek.actions import leg_vast
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Stop, Toelichting
from stopberichten.queries_toelichtinglijst import (
    FILTER,
    Staat,
    stops_zonder_toelichting,
    toelichtingen_zonder_stop,
)
from stopberichten.toelichtingregels import DAGEN_HERINNERD, DAGEN_STIL
from techniek.actions import zet_mail_klaar

Werk = dict[tuple[str, str], int]
"""(what, page) -> how many."""
Post = tuple[str, str, str, int]
"""Address, what, page, how many."""


def herinner(*, op: datetime, vandaag: date) -> int:
    """Put the mails in the outbox that are due this week; those that were there stay one. Returns how many were new.

    May run as often as you like: the key of a mail is its address and the week.
    """
    return sum(_klaarzetten(adres, werk, op, vandaag) for adres, werk in _te_doen(op, vandaag).items())


def _te_doen(op: datetime, vandaag: date) -> dict[str, Werk]:
    per_adres: dict[str, Werk] = defaultdict(lambda: defaultdict(int))
    for bron in (_concepten(op), _zorgplannen(op), _zonder_307(vandaag), _zonder_formulier(vandaag)):
        for adres, wat, pagina, aantal in bron:
            if adres:
                per_adres[adres][wat, pagina] += aantal
    return per_adres


def _concepten(op: datetime) -> Iterator[Post]:
    lijst = f"{reverse('stopberichten:toelichtingen')}?staat=concept"
    oud = Toelichting.objects.filter(
        status=ToelichtingStatus.CONCEPT,
        bewaard_op__gt=op - timedelta(days=DAGEN_HERINNERD),
        bewaard_op__lte=op - timedelta(days=DAGEN_STIL),
    )
    for adres, aantal in _per_persoon(oud, "aangemaakt_door"):
        yield adres, "concept dat nog niet is verstuurd", lijst, aantal


def _zorgplannen(op: datetime) -> Iterator[Post]:
    lijst = f"{reverse('stopberichten:toelichtingen')}?staat=zorgplan"
    beloofd = Toelichting.objects.filter(
        FILTER[Staat.ZORGPLAN], ingediend_op__lte=op - timedelta(days=DAGEN_STIL)
    )
    for adres, aantal in _per_persoon(beloofd, "ingediend_door"):
        yield adres, "zorgplan dat u later zou sturen", lijst, aantal


def _zonder_307(vandaag: date) -> Iterator[Post]:
    lijst = reverse("stopberichten:toelichtingen-zonder-stop")
    zonder = toelichtingen_zonder_stop(Toelichting.objects.all(), vandaag, om=True)
    for adres, aantal in _per_persoon(zonder, "ingediend_door"):
        yield adres, "beëindiging waarvoor nog een 307-bericht nodig is", lijst, aantal


def _zonder_formulier(vandaag: date) -> Iterator[Post]:
    """To the address of the organisation: a message was sent by a system, not by somebody."""
    lijst = reverse("stopberichten:stops-zonder-toelichting")
    zonder = stops_zonder_toelichting(Stop.objects.all(), vandaag, om=True).order_by()
    for adres, aantal in zonder.values_list("aanbieder__email").annotate(aantal=Count("pk")):
        yield adres, "307-bericht waarbij nog een Toelichting nodig is", lijst, aantal


def _per_persoon(vormen: QuerySet[Toelichting], wie: str) -> list[tuple[str, int]]:
    """Address and number, of those who still work there. One query."""
    actief = vormen.filter(**{f"{wie}__is_active": True}).order_by()
    return list(actief.values_list(f"{wie}__email").annotate(aantal=Count("pk")))


@transaction.atomic
def _klaarzetten(adres: str, werk: Werk, op: datetime, vandaag: date) -> bool:
    jaar, week, _ = vandaag.isocalendar()
    regels = [f"- {aantal} × {wat}\n  {settings.ADRES}{pagina}" for (wat, pagina), aantal in werk.items()]
    nieuw = zet_mail_klaar(
        sleutel=f"toelichting.week|{adres}|{jaar}-{week:02d}",
        aan=adres,
        onderwerp="Wmo-portaal: dit wacht nog op u",
        tekst="\n".join(
            [
                "In het Wmo-portaal staat nog werk open rond de Toelichting verzoek wijziging/beëindiging:",
                "",
                *regels,
                "",
                "U krijgt dit bericht hoogstens één keer per week. Log in om te zien om wie het gaat.",
            ]
        ),
        op=op,
    )
    if nieuw:
        leg_vast(
            actie="toelichting.herinnerd",
            door=None,
            object_soort="mail",
            doel="herinneren",
            details={wat: aantal for (wat, _), aantal in werk.items()},
        )
    return nieuw
