"""How the message traffic reads on a page: badges, one-line reasons, product lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from beschikkingen.models import Client
from iwmo.model import Berichtproduct, StartProduct, StopProduct, ToegewezenProduct
from stopberichten.codes import stopcode
from stopberichten.enums import Berichtstatus, Retourstatus, StatusAanlevering
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.queries_berichten import signalen_van
from stopberichten.signalen import Signaal

SOORT: Final = MappingProxyType(
    {
        Berichtstatus.GEACCEPTEERD: "ok",
        Berichtstatus.AFGEKEURD: "fout",
        Berichtstatus.AFGEKEURD_SCHEMA: "fout",
        Berichtstatus.GEWEIGERD: "fout",
    }
)
RETOUR_SOORT: Final = MappingProxyType(
    {Retourstatus.TE_VERSTUREN: "waarschuwing", Retourstatus.VERSTUURD: "ok", Retourstatus.GEEN: "neutraal"}
)
RETOURCODES: Final = MappingProxyType(
    {
        "0001": "technisch afgekeurd",
        "0200": "geen opmerking",
        "0233": "niet beoordeeld",
    }
)


def wie(client: Client | None) -> str:
    """The name as a list may show it (R112)."""
    if client is None:
        return "cliënt nog niet bekend"
    return "afgeschermde cliënt" if client.afgeschermd else client.weergavenaam


@dataclass(frozen=True, slots=True)
class Rij:
    """One message in a list."""

    bericht: Bericht
    wie: str
    soort: str
    retour_soort: str
    waarom: str
    nieuw: bool = True
    naam: str = ""


def rij(bericht: Bericht, *, nieuw: bool = True, naam: str = "") -> Rij:
    eerste = bericht.meldingen[0]["tekst"] if bericht.meldingen else ""
    meer = len(bericht.meldingen) - 1
    waarom = eerste + (f" En nog {meer} {'bevinding' if meer == 1 else 'bevindingen'}." if meer > 0 else "")
    return Rij(
        bericht,
        wie(bericht.client),
        SOORT[Berichtstatus(bericht.status)],
        RETOUR_SOORT[Retourstatus(bericht.retour_status)],
        waarom,
        nieuw,
        naam or bericht.bestandsnaam,
    )


@dataclass(frozen=True, slots=True)
class Productregel:
    """One class of a message as a person reads it, with what became of it."""

    nummer: int
    tekst: str
    toewijzingnummer: int | None
    codes: tuple[str, ...]
    bewaard: Levering | Stop | None
    signalen: tuple[Signaal, ...]

    @property
    def goed(self) -> bool:
        return set(self.codes) <= {"0200"}


def productregels(
    bericht: Bericht, producten: Iterable[Berichtproduct], bewaard: dict[int, Levering | Stop]
) -> list[Productregel]:
    """`bewaard`: what was kept of this message, by place."""
    codes = bericht.product_codes or []
    return [
        Productregel(
            n,
            omschrijf(product),
            product.toewijzingnummer,
            tuple(codes[n - 1]) if len(codes) >= n else (),
            bewaard.get(n),
            signalen_van(regel) if isinstance(regel := bewaard.get(n), Stop) else (),
        )
        for n, product in enumerate(producten, 1)
    ]


def omschrijf(product: Berichtproduct) -> str:
    """One line of plain Dutch."""
    if isinstance(product, ToegewezenProduct):
        tot = f"tot en met {product.einddatum:%d-%m-%Y}" if product.einddatum else "zonder einddatum"
        verwijderd = " (verwijderd)" if product.verwijderd else ""
        return f"Toewijzing van {product.ingangsdatum:%d-%m-%Y} {tot}{verwijderd}"
    weg = product.status_aanlevering == StatusAanlevering.VERWIJDEREN
    if isinstance(product, StartProduct):
        return f"{'Verwijder de start' if weg else 'Start'} op {product.begindatum:%d-%m-%Y}"
    return _omschrijf_stop(product, weg=weg)


def _omschrijf_stop(product: StopProduct, *, weg: bool) -> str:
    reden = stopcode(product.reden_beeindiging)
    return (
        f"{'Verwijder de stop' if weg else 'Stop'} op {product.einddatum:%d-%m-%Y}, code {reden.code}: "
        f"{reden.betekenis} (gestart op {product.begindatum:%d-%m-%Y})"
    )


def codes_in_woorden(codes: Iterable[str]) -> str:
    return ", ".join(f"{code} {RETOURCODES[code]}" if code in RETOURCODES else code for code in codes)
