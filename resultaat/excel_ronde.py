"""The workbook of a round: per client what is to be entered in Suite."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from beschikkingen.kluis import bsn_van
from resultaat.enums import Verdict
from resultaat.models import Ronde
from resultaat.queries.ronde import RegelRij, tellingen
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tabelblad import Boek, Kolom
from wmo_portal.lib.tabelblad.cellen import Waarde

# Together as wide as a readable A3.
KOLOMMEN = (
    Kolom("BSN", "identificatie", 11),
    Kolom("Cliënt", "tekst", 22),
    Kolom("Beschikking", "identificatie", 16),
    Kolom("Toewijzingnummer", "identificatie", 18),
    Kolom("Resultaatgebied", "tekst", 26),
    Kolom("Aanbieder", "tekst", 24),
    Kolom("Code 307", "identificatie", 8),
    Kolom("Betekenis", "tekst", 26),
    Kolom("Einddatum zorg", "datum", 13),
    Kolom("Oordeel", "tekst", 20),
    Kolom("In te voeren in Suite", "tekst", 34),
    Kolom("Regel", "identificatie", 7),
    Kolom("Waarom", "tekst", 53),
)


def invoer(rij: RegelRij) -> str:
    """What the administration does in Suite for this line."""
    if rij.verdict is not Verdict.AUTOMATISCH_JA:
        return "Niets"
    if rij.regel.resultaat_id is None:
        return "Nog niets: dit is een proefdraai"
    dicht = "dossier sluiten" if rij.regel.sloot_dossier else "dossier open laten"
    return f"Resultaat behaald: ja; toewijzing sluiten; {dicht}"


def regel(rij: RegelRij) -> tuple[Waarde, ...]:
    t = rij.stop.toewijzing
    getoond = t is not None and not t.client.afgeschermd
    return (
        bsn_van(t.client) if t is not None and getoond else "",
        rij.client,
        t.beschikking.nummer if t else "",
        str(t.toewijzingnummer) if t else str(rij.stop.toewijzingnummer or ""),
        str(t.resultaatgebied or "") if t else "",
        rij.regel.aanbieder.naam,
        rij.stop.reden,
        rij.betekenis,
        rij.stop.einddatum,
        rij.verdict.label,
        invoer(rij),
        rij.regel.regel,
        rij.waarom.zin,
    )


def werkboek(ronde: Ronde, rijen: Iterable[RegelRij], *, gemaakt_op: datetime, door: str) -> bytes:
    maand = Maand.van(ronde.maand)
    wat = "Proefdraai" if ronde.proef else "Ronde"
    boek = Boek(titel=f"{wat} {ronde.gemeente} {maand.naam}", gemaakt_op=gemaakt_op, maker=door)
    boek.lijst("Stopberichten", KOLOMMEN, (regel(rij) for rij in rijen))
    boek.toelichting(
        [
            ("Wat dit is", f"{wat} over {maand.naam} van de gemeente {ronde.gemeente}."),
            ("Uitgevoerd op", ronde.begonnen_op),
            ("Gemaakt op", gemaakt_op),
            ("Gemaakt door", door),
            ("Niet twee keer", "Voer in vanuit ‘Invoer in Suite’: daar staat elke regel in één lijst."),
            ("Let op", "Dit bestand bevat persoonsgegevens. Verwijder het als de invoer in Suite klaar is."),
            *((f"Aantal ‘{telling.verdict.label}’", telling.aantal) for telling in tellingen(ronde)),
        ]
    )
    return boek.bytes()
