"""The answer to a message: 302 on 301, 306 on 305, 308 on 307 (IV028, OP065).

Three shapes: accepted = header without RetourCodes; refused as a whole (level 2, or the header at level 3/4)
= header with the code; refused below the header = header 0200 and the client copied, codes at every class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from iwmo.model import Bericht, Berichtproduct, Client, Contact, Relatie, Retourkop, XsdVersie
from iwmo.register import releases, soort_van

GEEN_OPMERKING = "0200"
NIET_BEOORDEELD = "0233"
TECHNISCH_AFGEKEURD = "0001"

Codes = Sequence[str]


def _gevuld(codes: Codes | None) -> tuple[str, ...]:
    """Every class below the header must carry a code; none given means: nothing to remark."""
    return tuple(codes or ()) or (GEEN_OPMERKING,)


def _per_klasse(codes: Sequence[Codes] | None, aantal: int, naam: str) -> list[tuple[str, ...]]:
    if codes is None:
        return [(GEEN_OPMERKING,)] * aantal
    if len(codes) != aantal:
        raise ValueError(f"{naam} heeft {len(codes)} reeksen codes, het bericht heeft er {aantal}.")
    return [_gevuld(reeks) for reeks in codes]


def _contact(contact: Contact, codes: tuple[str, ...]) -> Contact:
    return replace(contact, retourcodes=codes)


def _relatie(relatie: Relatie, codes: tuple[str, ...]) -> Relatie:
    """The one contact of a relatie shares the remark that nothing was wrong with it."""
    return replace(relatie, retourcodes=codes, contact=_contact(relatie.contact, (GEEN_OPMERKING,)))


def _product(product: Berichtproduct, codes: tuple[str, ...]) -> Berichtproduct:
    return replace(product, retourcodes=codes)


def _client(
    client: Client,
    client_codes: Codes | None,
    product_codes: Sequence[Codes] | None,
    relatie_codes: Sequence[Codes] | None,
    contact_codes: Sequence[Codes] | None,
) -> Client:
    producten = _per_klasse(product_codes, len(client.producten), "product_codes")
    relaties = _per_klasse(relatie_codes, len(client.relaties), "relatie_codes")
    contacten = _per_klasse(contact_codes, len(client.contacten), "contact_codes")
    return replace(
        client,
        retourcodes=_gevuld(client_codes),
        producten=tuple(map(_product, client.producten, producten)),
        relaties=tuple(map(_relatie, client.relaties, relaties)),
        contacten=tuple(map(_contact, client.contacten, contacten)),
    )


def _keur_codes(release: str, reeksen: Sequence[Codes]) -> None:
    bekend = releases()[release].codelijsten["RetourCode"]
    onbekend = sorted({code for reeks in reeksen for code in reeks if code not in bekend})
    if onbekend:
        raise ValueError(f"Onbekende retourcode: {', '.join(onbekend)} staat niet in WJ001.")


def retour(
    bericht: Bericht,
    *,
    identificatie: str,
    dagtekening: date,
    header_codes: Codes = (),
    client_codes: Codes | None = None,
    product_codes: Sequence[Codes] | None = None,
    relatie_codes: Sequence[Codes] | None = None,
    contact_codes: Sequence[Codes] | None = None,
    xslt_versie: str | None = None,
) -> Bericht:
    """The retour on a heenbericht; give it to schrijf() for the bytes.

    No codes at all: accepted. Only `header_codes`: refused as a whole, header only. Any of the others, also
    an empty one: the client is copied, every class without code gets 0200, and so does the header. The
    sequences of codes stand in the order of the message. The header fields are copied, sender and receiver
    not swapped. `xslt_versie` only when the official XSLTs were used. Raises ValueError for a retour on a
    retour, an unknown code, a wrong number of codes, or header codes beside codes below.
    """
    soort = soort_van(bericht.release, bericht.soort)
    if soort.retour is None or bericht.client is None:
        raise ValueError(f"Op een {bericht.soort} bestaat geen retourbericht.")
    onder = (product_codes, relatie_codes, contact_codes)
    eronder = client_codes is not None or any(codes is not None for codes in onder)
    if eronder and tuple(header_codes) not in ((), (GEEN_OPMERKING,)):
        raise ValueError("Bij een fout in de header bestaat de retour uit alleen de header (IV028).")
    _keur_codes(bericht.release, [header_codes, client_codes or (), *(r for c in onder for r in c or ())])
    kop = Retourkop(
        identificatie=identificatie,
        dagtekening=dagtekening,
        xsd_versie=XsdVersie(),
        xslt_versie=xslt_versie,
        retourcodes=_gevuld(header_codes) if eronder else tuple(header_codes),
    )
    client = None
    if eronder:
        client = _client(bericht.client, client_codes, product_codes, relatie_codes, contact_codes)
    return Bericht(soort.retour, bericht.release, replace(bericht.header, retour=kop), client)
