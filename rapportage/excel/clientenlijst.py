"""Part 1 as a list of clients: the template, and reading it back row by row (R76, M7). The numbers follow from it.

A client stands there by the mark of the reports, or by BSN when the provider's own list has that; of a BSN only the last
three digits are kept in the report of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE
from rapportage.excel.opgave import berekend
from rapportage.opgave_uitval import Uitvaldeel, naam_van
from wmo_portal.lib.bsn import maskeer, maskeer_tekst
from wmo_portal.lib.tabelblad import BestandGeweigerd, Boek, IngelezenRij, Kolom, VerwachteKolom, lees_blad
from wmo_portal.lib.tekst import zoeksleutel

MAX_RIJEN: Final = 20_000
BLAD: Final = "Cliënten"
_OPGAVE: Final = "Uw opgave"
_KOLOMMEN: Final = (
    Kolom("Gemeente", "tekst", 22),
    Kolom("Merk", "tekst", 14),
    Kolom("BSN", "tekst", 14),
    Kolom("Cliënt", "tekst", 30),
    Kolom("Volgens de berichten", "tekst", 28),
    Kolom(_OPGAVE, "tekst", 28),
    Kolom("Reden van verschil", "tekst", 60),
)
_VERWACHT: Final = (
    VerwachteKolom("Gemeente", gevuld=True),
    VerwachteKolom("Merk", verplicht=False),
    VerwachteKolom("BSN", "identificatie", verplicht=False, lengte=9, aliassen=("Burgerservicenummer",)),
    VerwachteKolom(_OPGAVE, aliassen=("Categorie",)),
    VerwachteKolom("Reden van verschil", verplicht=False, aliassen=("Reden",)),
)
_ANTWOORDEN: Final = {
    zoeksleutel(tekst): code
    for code in (*(c.value for c in Categorie), NIET_MEE)
    for tekst in (code, naam_van(code), *([Categorie(code).label] if code != NIET_MEE else []))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lijstrij:
    """One row as read. `wordt` is empty for "as the messages say"; `fout` says why the row as such is no good."""

    nummer: int
    gemeente: str
    merk: str
    bsn: str
    wordt: str
    reden: str
    cellen: tuple[str, ...]
    fout: str = ""
    opmerking: str = ""
    """What to know of a row that was taken over."""


def clientensjabloon(
    deel: Uitvaldeel, namen: Mapping[int, str], *, titel: str, gemaakt_op: datetime, maker: str
) -> bytes:
    """Every client of this opgave as it is counted now; without BSNs, the mark says who it is."""
    gemeenten = {naam.pk: naam.naam for naam in deel.gemeenten}
    boek = Boek(titel=titel, gemaakt_op=gemaakt_op, maker=maker)
    boek.blad(
        BLAD,
        _KOLOMMEN,
        [
            [
                gemeenten[regel.gemeente_id],
                regel.merk,
                "",
                namen.get(regel.client_id, ""),
                regel.in_berichten,
                regel.in_opgave,
                regel.reden,
            ]
            for regel in sorted(deel.regels, key=lambda r: (gemeenten[r.gemeente_id], r.merk))
            if not regel.afgeschermd
        ],
    )
    boek.toelichting(
        [
            (
                "Invullen",
                "Wijzig alleen ‘Uw opgave’ en ‘Reden van verschil’. Leeg telt zoals het berichtenverkeer.",
            ),
            ("Antwoorden", "; ".join(naam_van(code) for code in (*(c.value for c in Categorie), NIET_MEE))),
            (
                "Wie",
                "Het merk zegt wie het is. Hebt u een eigen lijst, dan mag u in plaats daarvan het BSN invullen.",
            ),
        ]
    )
    return boek.bytes()


def is_clientenlijst(inhoud: bytes) -> bool:
    """Does this workbook have a row per client? Its own columns say so."""
    try:
        verplicht = [k for k in _VERWACHT if k.verplicht]
        lees_blad(inhoud, verwachte_kolommen=verplicht, max_rijen=MAX_RIJEN, formules=True)
    except BestandGeweigerd:
        return False
    return True


def lees_clientenlijst(inhoud: bytes) -> list[Lijstrij]:
    """Raises BestandGeweigerd when the file as a whole cannot be read."""
    gelezen = lees_blad(inhoud, verwachte_kolommen=_VERWACHT, max_rijen=MAX_RIJEN, formules=True)
    return [_rij(rij) for rij in gelezen.rijen]


def _rij(rij: IngelezenRij) -> Lijstrij:
    def tekst(kop: str) -> str:
        return str(rij.waarden.get(kop) or "").strip()

    antwoord = tekst(_OPGAVE)
    wordt = _ANTWOORDEN.get(zoeksleutel(antwoord), "")
    fout = _zonder_nummers(rij)
    if not fout and not (tekst("Merk") or tekst("BSN")):
        fout = "Vul het merk of het BSN in, dan weten we om wie het gaat."
    if not fout and antwoord and not wordt:
        verwacht = ", ".join(f"‘{naam_van(code)}’" for code in (*(c.value for c in Categorie), NIET_MEE))
        fout = f"‘{maskeer_tekst(antwoord)}’ is geen antwoord. Verwacht: {verwacht}, of niets."
    return Lijstrij(
        nummer=rij.nummer,
        gemeente=tekst("Gemeente"),
        merk=tekst("Merk").upper(),
        bsn=tekst("BSN"),
        wordt=wordt,
        reden=tekst("Reden van verschil"),
        cellen=_cellen(rij),
        fout=fout,
        opmerking=berekend(rij),
    )


def _zonder_nummers(rij: IngelezenRij) -> str:
    """The first thing that is wrong, without a BSN in it."""
    return maskeer_tekst(next(iter(rij.fouten), ""))


def _cellen(rij: IngelezenRij) -> tuple[str, ...]:
    """The row as it stood there, for the report; no BSN is kept, whatever column it was typed in."""
    return tuple(
        maskeer(waarde) if kop == "BSN" and waarde else maskeer_tekst(waarde)
        for kop, waarde in rij.ruw.items()
    )
