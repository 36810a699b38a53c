"""Rules over names, language and contacts of a 301. CD and CS numbers stand at the element that the
standard's table of conditions and constraints names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iwmo.model import Bericht, Contact, Naam
from iwmo.oordeel import toonbaar
from iwmo.regels import Bevinding, genummerd
from iwmo.v3_2.regelset import client_van, contactregel, gevuld, leeg, regel

_VASTE_ADRESSEN = frozenset(("01", "02", "03"))
_NEDERLANDSE_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Za-z]{2}")


@contactregel("CD005", "301", "Als Postcode gevuld is, dan verplicht vullen, anders leeg laten.")
def cd005(contact: Contact) -> Bevinding | None:
    adres = contact.adres
    if adres is None or (adres.postcode is None) == (adres.landcode is None):
        return None
    plaats = "Adres/LandCode"
    return gevuld(plaats) if adres.landcode is None else leeg(plaats, adres.landcode)


@regel(
    "CD007",
    "301",
    "Als Communicatie / Vorm de waarde 1 (tolk taal) heeft, dan verplicht vullen, anders leeglaten.",
)
def cd007(bericht: Bericht) -> Iterator[Bevinding]:
    communicatie = client_van(bericht).communicatie
    if communicatie is None:
        return
    plaats = "Bericht/Client/Communicatie/Taal"
    if communicatie.vorm == "1" and communicatie.taal is None:
        yield gevuld(plaats)
    if communicatie.vorm != "1" and communicatie.taal is not None:
        yield leeg(plaats)


@contactregel(
    "CD009", "301", "Alleen als Soort adres de waarde 04 (tijdelijk adres) heeft, is vullen toegestaan."
)
def cd009(contact: Contact) -> Bevinding | None:
    if contact.periode is None or contact.soort == "04":
        return None
    return leeg("Periode", f"gevuld bij Soort {contact.soort}")


@contactregel("CD025", "301", "Als Adres / LandCode de waarde NL (Nederland) heeft, dan verplicht vullen.")
def cd025(contact: Contact) -> Bevinding | None:
    adres = contact.adres
    fout = adres is not None and adres.landcode == "NL" and adres.huis is None
    return gevuld("Adres/Huis") if fout else None


@contactregel(
    "CD034",
    "301",
    "Als Soort adres de waarde 1 (BRP-adres) of 3 (verblijfadres) heeft, dan verplicht vullen.",
)
def cd034(contact: Contact) -> Bevinding | None:
    """Says nothing where there is no Adres at all."""
    adres = contact.adres
    fout = adres is not None and adres.postcode is None and contact.soort in ("01", "03")
    return gevuld("Adres/Postcode") if fout else None


def _namen(bericht: Bericht) -> Iterator[tuple[str, Naam]]:
    client = client_van(bericht)
    yield "Bericht/Client/Naam", client.naam
    for nummer, relatie in enumerate(client.relaties, 1):
        pad = genummerd("Bericht/Client/Relaties/Relatie", nummer, len(client.relaties))
        yield f"{pad}/Naam", relatie.naam


@regel(
    "CS050",
    "301",
    "Als Partnernaam gevuld is, dan NaamGebruik vullen met waarde 1, 2, 3 of 4. Anders waarde 1 vullen.",
)
def cs050(bericht: Bericht) -> Iterator[Bevinding]:
    for plaats, naam in _namen(bericht):
        toegestaan = ("1",) if naam.partnernaam is None else ("1", "2", "3", "4")
        if naam.naamgebruik not in toegestaan:
            yield Bevinding(f"{plaats}/NaamGebruik", naam.naamgebruik or "", " of ".join(toegestaan))


@contactregel(
    "CS089",
    "301",
    "Als LandCode de waarde NL (Nederland) heeft, dan moet het formaat overeenkomen met dat van een "
    "Nederlandse postcode.",
)
def cs089(contact: Contact) -> Bevinding | None:
    """Four digits not starting with 0 and two letters, without a space. No Postcode is for CD005 to say."""
    adres = contact.adres
    if adres is None or adres.landcode != "NL" or adres.postcode is None:
        return None
    if _NEDERLANDSE_POSTCODE.fullmatch(adres.postcode):
        return None
    return Bevinding("Adres/Postcode", toonbaar(adres.postcode), "4 cijfers en 2 letters, zoals 1234AB")


@contactregel(
    "TR006",
    "301",
    "De berichtklasse Contact moet een berichtelement Telefoon, en/of de combinatie Huis en Postcode "
    "bevatten.",
)
def tr006(contact: Contact) -> Bevinding | None:
    if contact.telefoon is not None:
        return None
    adres = contact.adres
    if adres is not None and adres.huis is not None and adres.postcode is not None:
        return None
    return Bevinding("", "geen van beide", "Telefoon, of Huis en Postcode")


@regel(
    "TR061",
    "301",
    "Bij een Client moet minimaal één Adres voorkomen waarvan Soort de waarde '01' (BRP-adres), "
    "'02' (Correspondentie-adres) of '03' (Verblijfadres) heeft.",
)
def tr061(bericht: Bericht) -> Iterator[Bevinding]:
    soorten = [contact.soort for contact in client_van(bericht).contacten]
    if _VASTE_ADRESSEN.isdisjoint(soorten):
        yield Bevinding("Bericht/Client/Contactgegevens", ", ".join(soorten), "Soort 01, 02 of 03")
