"""Rules over the client, in 301, 305 and 307 alike (and over each relatie of a 301)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from operator import mul

from iwmo.model import Bericht, Berichtproduct, Geboortedatum, StartProduct, StopProduct
from iwmo.oordeel import gemaskeerd_bsn
from iwmo.regels import Bevinding, genummerd, plek
from iwmo.v3_2.regelset import client_van, regel

ONBEKEND = date(1900, 1, 1)
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NUL = sum(_GEWICHTEN) * ord("0")


def elfproef(bsn: str) -> bool:
    """The check of the standard. 000000000 passes it, here as in the official check."""
    som: int = sum(map(mul, _GEWICHTEN, bsn.encode())) - _NUL
    return som % 11 == 0


def _geboortedatums(bericht: Bericht) -> list[tuple[str, Geboortedatum]]:
    """CS139 stands at Client and at Relatie; TR002 and TR134 hold for every Geboortedatum."""
    client = client_van(bericht)
    datums = [("Bericht/Client/Geboortedatum/Datum", client.geboortedatum)]
    if not client.relaties:
        return datums
    for nummer, relatie in enumerate(client.relaties, 1):
        if relatie.geboortedatum is not None:
            pad = genummerd("Bericht/Client/Relaties/Relatie", nummer, len(client.relaties))
            datums.append((f"{pad}/Geboortedatum/Datum", relatie.geboortedatum))
    return datums


@regel("CS002", "301 305 307", "De waarde moet voldoen aan de 11-proef.")
def cs002(bericht: Bericht) -> Iterator[Bevinding]:
    bsn = client_van(bericht).bsn
    if not elfproef(bsn):
        yield Bevinding("Bericht/Client/Bsn", gemaskeerd_bsn(bsn), "een BSN dat klopt met de 11-proef")


def _past_bij_gebruik(geboren: Geboortedatum) -> bool:
    """1: day unknown, so day 01. 2: day and month unknown, so 01-01. 3: all unknown, so 1900-01-01."""
    datum = geboren.datum
    if geboren.gebruik == "1":
        return datum.day == 1
    if geboren.gebruik == "2":
        return (datum.month, datum.day) == (1, 1)
    return geboren.gebruik is None or datum == ONBEKEND


@regel(
    "CS139",
    "301 305 307",
    "Voor Geboortedatum geldt dat DatumGebruik en Datum met elkaar in overeenstemming moeten zijn.",
)
def cs139(bericht: Bericht) -> Iterator[Bevinding]:
    passend = {"1": "een datum op dag 01", "2": "een datum op 01-01", "3": "1900-01-01"}
    for plaats, geboren in _geboortedatums(bericht):
        if not _past_bij_gebruik(geboren):
            verwacht = f"{passend[geboren.gebruik or '3']} bij DatumGebruik {geboren.gebruik}"
            yield Bevinding(plaats, geboren.datum.isoformat(), verwacht)


def _jaren_ervoor(dag: date, jaren: int) -> tuple[int, int, int]:
    """A year earlier as (year, month, day): 29 February needs no existing date to compare with."""
    return (dag.year - jaren, dag.month, dag.day)


@regel(
    "TR002",
    "301 305 307",
    "Geboortedatum mag niet meer dan 120 jaar voor de Dagtekening liggen, tenzij Geboortedatum onbekend is.",
)
def tr002(bericht: Bericht) -> Iterator[Bevinding]:
    grens = _jaren_ervoor(bericht.header.dagtekening, 120)
    for plaats, geboren in _geboortedatums(bericht):
        datum = geboren.datum
        onbekend = geboren.gebruik == "3" and datum == ONBEKEND
        if not onbekend and (datum.year, datum.month, datum.day) < grens:
            verwacht = f"vanaf {grens[0]:04d}-{grens[1]:02d}-{grens[2]:02d}"
            yield Bevinding(plaats, datum.isoformat(), verwacht)


def _te_dateren(product: Berichtproduct) -> tuple[str, date]:
    """(element, date) where TR134 holds in a product: Toewijzingsdatum in 301, Begindatum in 305, Einddatum
    in 307."""
    if isinstance(product, StartProduct):
        return "Begindatum", product.begindatum
    if isinstance(product, StopProduct):
        return "Einddatum", product.einddatum
    return "Toewijzingsdatum", product.toewijzingsdatum


@regel(
    "TR134",
    "301 305 307",
    "Vullen met een bestaande datum die niet groter is dan de Dagtekening van het bericht.",
)
def tr134(bericht: Bericht) -> Iterator[Bevinding]:
    dagtekening = bericht.header.dagtekening
    for plaats, geboren in _geboortedatums(bericht):
        if geboren.datum > dagtekening:
            yield Bevinding(plaats, geboren.datum.isoformat(), f"tot en met {dagtekening.isoformat()}")
    for nummer, product in enumerate(client_van(bericht).producten, 1):
        veld, datum = _te_dateren(product)
        if datum > dagtekening:
            plaats = plek(bericht, nummer, veld)
            yield Bevinding(plaats, datum.isoformat(), f"tot en met {dagtekening.isoformat()}")


def _dubbel(sleutels: Sequence[object]) -> Iterator[int]:
    """The number (from 1) of each key that stands earlier in the sequence."""
    if len(set(sleutels)) == len(sleutels):
        return
    gezien: set[object] = set()
    for nummer, sleutel in enumerate(sleutels, 1):
        if sleutel in gezien:
            yield nummer
        gezien.add(sleutel)


@regel("TR101", "301 305 307", "Binnen een bericht zijn dubbele regels niet toegestaan.")
def tr101(bericht: Bericht) -> Iterator[Bevinding]:
    """Per class that can repeat, within its parent. StatusAanlevering is no part of a key: removing and
    delivering one key in one message is double. The number stands in every key of a product, so that all
    numbers differing (the usual message) is enough."""
    client = client_van(bericht)
    gevonden, verwacht = "dezelfde sleutel als een eerdere regel", "een eigen sleutel"
    if len({product.toewijzingnummer for product in client.producten}) < len(client.producten):
        for nummer in _dubbel([product.sleutel for product in client.producten]):
            yield Bevinding(plek(bericht, nummer), gevonden, verwacht)
    if len(client.contacten) > 1:
        for nummer in _dubbel([contact.soort for contact in client.contacten]):
            yield Bevinding(f"Bericht/Client/Contactgegevens/Contact[{nummer}]", gevonden, verwacht)
    if len(client.relaties) > 1:
        for nummer in _dubbel([relatie.nummer for relatie in client.relaties]):
            yield Bevinding(f"Bericht/Client/Relaties/Relatie[{nummer}]", gevonden, verwacht)
