"""The copy of the reminders to the consulenten, in their one mail a day (R60, ADR 0011)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Max

from meldingen.actions import neem
from meldingen.models import Gemeld
from meldingen.register import Bron, Deel, Post
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from resultaat.actions.herinnerpost import adres, clienten
from resultaat.models import Herinnering
from wmo_portal.lib.tijd import AMSTERDAM

SOORT: Final = "kopie"


def posten(vandaag: date, moment: datetime) -> Iterator[Post]:
    """Per consulent how many reminders went out in his municipalities since his last copy."""
    vorige = dict(
        Gemeld.objects.filter(soort=SOORT)
        .values("ontvanger")
        .annotate(laatste=Max("gemeld_op"))
        .values_list("ontvanger", "laatste")
    )
    begin = datetime.combine(vandaag, time.min, AMSTERDAM)
    mensen = Gebruiker.objects.filter(rol=Rol.CONSULENT, is_active=True).prefetch_related("gemeenten")
    verstuurd = _sinds(min([begin, *(op for op in vorige.values() if op > begin - timedelta(days=60))]))
    for wie in mensen.order_by("email"):
        van = {gemeente.pk for gemeente in wie.gemeenten.all()}
        vanaf = vorige.get(wie.email.lower(), begin)
        eigen = [r for r in verstuurd if r["gemeente_id"] in van and r["gemaakt_op"] > vanaf]
        if eigen:
            yield _post(wie, eigen, vandaag)


BRON: Final = Bron(
    SOORT,
    "Herinneringen aan aanbieders",
    "Hoeveel herinneringen er in uw gemeenten zijn verstuurd.",
    Rol.CONSULENT,
    posten,
)


def _sinds(op: datetime) -> list[Any]:
    return list(
        Herinnering.objects.filter(gemaakt_op__gte=op)
        .values(
            "gemeente_id",
            "gemeente__naam",
            "toewijzing_id",
            "toewijzing__client_id",
            "aanbieder_id",
            "gemaakt_op",
        )
        .distinct()
    )


def _post(wie: Gebruiker, eigen: list[Any], vandaag: date) -> Post:
    email = wie.email.lower()

    def neem_deel(sleutel: str, moment: datetime) -> Deel | None:
        """Its time is what the next copy begins after."""
        return _deel(eigen) if neem(SOORT, email, [str(vandaag)], sleutel, moment) else None

    return Post(email, neem_deel)


def _deel(eigen: list[Any]) -> Deel:
    per_gemeente: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rij in eigen:
        per_gemeente[rij["gemeente__naam"]].append(rij)
    aantal = len({r["toewijzing__client_id"] for r in eigen})
    return Deel(
        f"herinneringen verstuurd voor {clienten(aantal)}",
        (
            f"Aanbieders kregen een herinnering over een document voor {clienten(aantal)}:",
            "",
            *(_kopieregel(naam, rij) for naam, rij in sorted(per_gemeente.items())),
            "",
            "Bekijk de termijnen in het portaal:",
            adres(),
        ),
        1,
    )


def _kopieregel(naam: str, rij: list[dict[str, Any]]) -> str:
    aanbieders = len({r["aanbieder_id"] for r in rij})
    wie = "1 aanbieder" if aanbieders == 1 else f"{aanbieders} aanbieders"
    return f"- {naam}: {clienten(len({r['toewijzing__client_id'] for r in rij}))}, {wie}"
