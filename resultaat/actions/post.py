"""Mails about a dossier: they say that there is something to read and where, and nothing about whom (R33, R109)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from organisaties.models import Aanbieder, Gebruiker
from techniek.actions import zet_mail_klaar

_SLOT = "In deze mail staan met opzet geen gegevens van de cliënt. Log in om ze te lezen."


def mail_aan(
    *,
    adressen: Iterable[str],
    sleutel: str,
    onderwerp: str,
    zin: str,
    naam: str,
    kenmerk: object,
    op: datetime,
) -> int:
    """One mail per address, once per `sleutel`. `naam` and `kenmerk` make the link. Gives how many are new."""
    tekst = f"{zin}\n\nU vindt het hier:\n{settings.ADRES}{reverse(naam, args=[kenmerk])}\n\n{_SLOT}\n"
    return sum(
        zet_mail_klaar(sleutel=f"{sleutel}:{adres}", aan=adres, onderwerp=onderwerp, tekst=tekst, op=op)
        for adres in sorted(set(adressen))
    )


def adressen_van(aanbieder: Aanbieder) -> list[str]:
    """The people of a provider; without people its own address."""
    mensen = Gebruiker.objects.filter(aanbieder=aanbieder, is_active=True).values_list("email", flat=True)
    return list(mensen) or ([aanbieder.email] if aanbieder.email else [])
