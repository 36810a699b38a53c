"""The declaration of destruction: what is kept when everything else is gone. No name, no number of a person. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from resultaat.vernietigregels import TABELNAMEN, Blokkade


@dataclass(frozen=True, slots=True, kw_only=True)
class Verklaringsfeiten:
    kenmerk: str
    gemeente: str
    bewaartermijn_jaren: int
    bewaartermijn_bron: str
    voorgesteld_op: datetime
    voorgesteld_door: str
    bedenktijd_tot_op: datetime
    goedgekeurd_op: datetime
    goedgekeurd_door: str
    vernietigd_op: datetime
    verklaring: Mapping[str, Any]


def rijen(verklaring: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What was destroyed, in words and numbers; only what there was."""
    aantallen = {
        **verklaring.get("rijen", {}),
        "beschikkingen_inlezing": verklaring.get("ingelezen_bestanden", 0),
    }
    return [(naam, aantallen[tabel]) for tabel, naam in TABELNAMEN.items() if aantallen.get(tabel)]


def bleven(verklaring: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Why some on the list were kept, and how many."""
    return [(Blokkade(code).label, aantal) for code, aantal in verklaring.get("bleven", {}).items()]


def tekst(f: Verklaringsfeiten) -> str:
    """Plain text, so that it can still be read when no program of today exists. The last line seals the others."""
    v = f.verklaring
    jaren = ", ".join(f"{jaar}: {n}" for jaar, n in sorted(v.get("termijn_voorbij_in", {}).items()))
    regels = [
        "VERKLARING VAN VERNIETIGING",
        "",
        f"Gemeente: {f.gemeente}",
        f"Kenmerk van de lijst: {f.kenmerk}",
        f"Bewaartermijn: {f.bewaartermijn_jaren} jaar ({f.bewaartermijn_bron})",
        "",
        f"Voorgesteld door {f.voorgesteld_door} op {f.voorgesteld_op:%d-%m-%Y %H:%M}.",
        f"Bedenktijd tot {f.bedenktijd_tot_op:%d-%m-%Y %H:%M}.",
        f"Goedgekeurd door {f.goedgekeurd_door} op {f.goedgekeurd_op:%d-%m-%Y %H:%M}.",
        f"Vernietigd op {f.vernietigd_op:%d-%m-%Y %H:%M}.",
        "",
        f"Aantal cliënten van wie alle gegevens vernietigd zijn: {v.get('clienten', 0)}.",
        f"Jaar waarin de bewaartermijn voorbij was: {jaren}.",
        *(f"- {naam}: {aantal}" for naam, aantal in rijen(v)),
        *(["", "Op de lijst, maar bewaard:"] if bleven(v) else []),
        *(f"- {aantal} keer: {zin}" for zin, aantal in bleven(v)),
        "",
        "Vastgestelde kwartalen zijn niet veranderd: daarin staan merken zonder weg terug naar een persoon.",
        "Het logboek bewaart wie keek zolang de eigen bewaartermijn van het logboek loopt.",
        "Reservekopieën verdwijnen volgens hun eigen schema.",
    ]
    inhoud = "\n".join(regels) + "\n"
    return f"{inhoud}\nControlegetal (SHA-256 van de regels hierboven): {hashlib.sha256(inhoud.encode()).hexdigest()}\n"
