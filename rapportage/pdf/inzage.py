"""What the portal knows about one person as a tagged PDF, for the person himself; the JSON beside it is for machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from wmo_portal.lib.drukwerk import pdf

MAX_CELLEN: Final = 100_000
"""An answer to somebody about himself is never cut off; at this length it takes a minute or two."""
Regels = list[tuple[str, str]]


def document(overzicht: dict[str, Any], *, op: datetime) -> bytes:
    """From the same dictionary as the JSON. Raises DrukwerkFout."""
    inhoud = render_to_string(
        "rapportage/druk/inzage.html",
        {
            "gemeente": overzicht["gemeente"],
            "op": localtime(op),
            "client": regels(overzicht["cliënt"] or {}),
            "soorten": list(_soorten(overzicht["gegevens"])),
            "berichten": [regels(bericht) for bericht in overzicht["berichten"]],
            "logboek": [_logregel(regel) for regel in overzicht["logboek"]],
            "met_namen": any("wie" in regel for regel in overzicht["logboek"]),
        },
    )
    return pdf(inhoud, titel="Uw gegevens in het Wmo-portaal", gemaakt_op=op, max_cellen=MAX_CELLEN)


def _soorten(gegevens: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, list[Regels]]]:
    for soort, rijen in gegevens.items():
        naam = str(apps.get_model(soort)._meta.verbose_name)
        yield naam[:1].upper() + naam[1:], [regels(rij) for rij in rijen]


def regels(rij: dict[str, Any]) -> Regels:
    """What is filled in, in words; empty fields stand in the JSON alone."""
    return [
        (naam.replace("_", " ").capitalize(), in_woorden(waarde))
        for naam, waarde in rij.items()
        if waarde not in (None, "", [], {})
    ]


def in_woorden(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return "; ".join(in_woorden(deel) for deel in waarde)
    if isinstance(waarde, dict):
        return "; ".join(f"{naam}: {in_woorden(deel)}" for naam, deel in waarde.items())
    return str(waarde)


def _logregel(regel: dict[str, Any]) -> dict[str, str]:
    moment = parse_datetime(regel["op"])
    return {**regel, "op": localtime(moment).strftime("%d-%m-%Y %H:%M") if moment else regel["op"]}
