"""The copy of the reminders to the consulenten: one digest a day (R60)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Max

from organisaties.enums import Rol
from organisaties.models import Gebruiker
from resultaat.actions.herinnerpost import adres, clienten
from resultaat.models import Herinnering
from techniek.actions import zet_mail_klaar
from techniek.models import Mail
from wmo_portal.lib.tijd import AMSTERDAM

KOPIE: Final = "herinneringen-kopie"


def kopieer_aan_consulenten(*, vandaag: date, moment: datetime) -> int:
    """One mail a day per consulent: how many reminders went out in his municipalities since his last copy."""
    vorige = {
        aan.lower(): op
        for aan, op in Mail.objects.filter(sleutel__startswith=f"{KOPIE}:")
        .values("aan")
        .annotate(laatste=Max("aangemaakt_op"))
        .values_list("aan", "laatste")
    }
    begin = datetime.combine(vandaag, time.min, AMSTERDAM)
    mensen = Gebruiker.objects.filter(rol=Rol.CONSULENT, is_active=True).prefetch_related("gemeenten")
    verstuurd = _sinds(min([begin, *(op for op in vorige.values() if op > begin - timedelta(days=60))]))
    return sum(
        _kopieer(
            wie,
            [r for r in verstuurd if r["gemaakt_op"] > vorige.get(wie.email.lower(), begin)],
            vandaag,
            moment,
        )
        for wie in mensen.order_by("email")
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


def _kopieer(wie: Gebruiker, verstuurd: list[Any], vandaag: date, moment: datetime) -> bool:
    eigen = [r for r in verstuurd if r["gemeente_id"] in {g.pk for g in wie.gemeenten.all()}]
    if not eigen:
        return False
    per_gemeente: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rij in eigen:
        per_gemeente[rij["gemeente__naam"]].append(rij)
    aantal = len({r["toewijzing__client_id"] for r in eigen})
    regels = [
        "Goedendag,",
        "",
        f"Aanbieders kregen een herinnering over een document voor {clienten(aantal)}:",
        "",
        *(_kopieregel(naam, rij) for naam, rij in sorted(per_gemeente.items())),
        "",
        "Bekijk de termijnen in het portaal:",
        adres(),
        "",
        "In deze mail staan geen gegevens van cliënten. U krijgt hoogstens één zo’n mail per dag.",
    ]
    return zet_mail_klaar(
        sleutel=f"{KOPIE}:{vandaag}:{wie.email.lower()}",
        aan=wie.email.lower(),
        onderwerp=f"Wmo-portaal: herinneringen verstuurd voor {clienten(aantal)}",
        tekst="\n".join(regels),
        op=moment,
    )


def _kopieregel(naam: str, rij: list[dict[str, Any]]) -> str:
    aanbieders = len({r["aanbieder_id"] for r in rij})
    wie = "1 aanbieder" if aanbieders == 1 else f"{aanbieders} aanbieders"
    return f"- {naam}: {clienten(len({r['toewijzing__client_id'] for r in rij}))}, {wie}"
