"""Rules over the client, in 301, 305 and 307 alike (and over each relatie of a 301)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iwmo.model import Bericht, Geboortedatum, StartProduct, StopProduct, ToegewezenProduct
from iwmo.oordeel import gemaskeerd_bsn
from iwmo.regels import Bevinding
from iwmo.v3_2.regelset import client_van, genummerd, leveringen, regel, toewijzingen

ONBEKEND = date(1900, 1, 1)
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def elfproef(bsn: str) -> bool:
    """The check of the standard. 000000000 passes it, here as in the official check."""
    return sum(gewicht * int(cijfer) for gewicht, cijfer in zip(_GEWICHTEN, bsn, strict=True)) % 11 == 0


def _geboortedatums(bericht: Bericht) -> Iterator[tuple[str, Geboortedatum]]:
    """CS139 stands at Client and at Relatie; TR002 and TR134 hold for every Geboortedatum."""
    client = client_van(bericht)
    yield "Bericht/Client/Geboortedatum", client.geboortedatum
    for nummer, relatie in enumerate(client.relaties, 1):
        if relatie.geboortedatum is not None:
            pad = genummerd("Bericht/Client/Relaties/Relatie", nummer, len(client.relaties))
            yield f"{pad}/Geboortedatum", relatie.geboortedatum


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
            yield Bevinding(f"{plaats}/Datum", geboren.datum.isoformat(), verwacht)


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
            yield Bevinding(f"{plaats}/Datum", datum.isoformat(), verwacht)


def _te_dateren(bericht: Bericht) -> Iterator[tuple[str, date]]:
    """Where TR134 holds: birth dates; Toewijzingsdatum in 301, Begindatum in 305, Einddatum in 307."""
    for plaats, geboren in _geboortedatums(bericht):
        yield f"{plaats}/Datum", geboren.datum
    for plaats, toewijzing in toewijzingen(bericht):
        yield f"{plaats}/Toewijzingsdatum", toewijzing.toewijzingsdatum
    for plaats, levering in leveringen(bericht):
        if isinstance(levering, StartProduct):
            yield f"{plaats}/Begindatum", levering.begindatum
        else:
            yield f"{plaats}/Einddatum", levering.einddatum


@regel(
    "TR134",
    "301 305 307",
    "Vullen met een bestaande datum die niet groter is dan de Dagtekening van het bericht.",
)
def tr134(bericht: Bericht) -> Iterator[Bevinding]:
    dagtekening = bericht.header.dagtekening
    for plaats, datum in _te_dateren(bericht):
        if datum > dagtekening:
            yield Bevinding(plaats, datum.isoformat(), f"tot en met {dagtekening.isoformat()}")


def _sleutels(bericht: Bericht) -> Iterator[tuple[str, str, object]]:
    """(place, class, logical key) of every class that can repeat. The keys above are one and the same."""
    client = client_van(bericht)
    for nummer, contact in enumerate(client.contacten, 1):
        pad = genummerd("Bericht/Client/Contactgegevens/Contact", nummer, len(client.contacten))
        yield pad, "Contact", contact.soort
    for nummer, relatie in enumerate(client.relaties, 1):
        pad = genummerd("Bericht/Client/Relaties/Relatie", nummer, len(client.relaties))
        yield pad, "Relatie", relatie.nummer
    producten: Iterator[tuple[str, ToegewezenProduct | StartProduct | StopProduct]]
    for producten in (toewijzingen(bericht), leveringen(bericht)):
        for plaats, product in producten:
            yield plaats, "Product", product.sleutel


@regel("TR101", "301 305 307", "Binnen een bericht zijn dubbele regels niet toegestaan.")
def tr101(bericht: Bericht) -> Iterator[Bevinding]:
    """StatusAanlevering is no part of a key: removing and delivering one key in one message is double."""
    gezien: set[tuple[str, object]] = set()
    for plaats, klasse, sleutel in _sleutels(bericht):
        if (klasse, sleutel) in gezien:
            yield Bevinding(plaats, "dezelfde sleutel als een eerdere regel", "een eigen sleutel")
        gezien.add((klasse, sleutel))
