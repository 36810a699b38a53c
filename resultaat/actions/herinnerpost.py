"""What the mails about the 8-week term say. No client data: counts, and where to look (R33, R109)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.urls import reverse

from resultaat.queries.termijnen import OpenTermijn


def onderwerp(over: list[OpenTermijn]) -> str:
    return f"document nodig voor {clienten(len({t.rij['client_id'] for t in over}))}"


def clienten(aantal: int) -> str:
    return "1 cliënt" if aantal == 1 else f"{aantal} cliënten"


def brief(over: list[OpenTermijn], vandaag: date) -> tuple[str, ...]:
    """Counts per municipality with the municipality's own name for the document (R17), and where to look."""
    per_gemeente: dict[tuple[str, str], list[OpenTermijn]] = defaultdict(list)
    for t in over:
        per_gemeente[(t.rij["gemeente__naam"], t.rij["gemeente__evaluatiedocument"])].append(t)
    aantal = len({t.rij["client_id"] for t in over})
    return (
        f"Voor {clienten(aantal)} vraagt de gemeente binnenkort een document van u, of de termijn is al voorbij:",
        "",
        *(
            _gemeenteregel(naam, document, rij, vandaag)
            for (naam, document), rij in sorted(per_gemeente.items())
        ),
        "",
        "De gemeente wil het document uiterlijk 8 weken voor het einde van de beschikking of voor het",
        "monitoringsmoment hebben. In het portaal ziet u om wie het gaat en wat de uiterste dag is:",
        adres(),
    )


def _gemeenteregel(naam: str, document: str, rij: list[OpenTermijn], vandaag: date) -> str:
    zin = f"- {naam}: {document} voor {clienten(len({t.rij['client_id'] for t in rij}))}"
    te_laat = len({t.rij["client_id"] for t in rij if t.termijn.datum < vandaag})
    return f"{zin}, waarvan {te_laat} te laat" if te_laat else zin


def adres() -> str:
    return f"{settings.ADRES}{reverse('resultaat:termijnen')}"
