"""Rules over names, language and contacts of a 301. CD and CS numbers stand at the element that the
standard's table of conditions and constraints names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iwmo.model import Adres, Bericht, Naam
from iwmo.regels import Bevinding, genummerd
from iwmo.v3_2.regelset import client_van, contacten, contactplek, gevuld, leeg, regel

_NEDERLANDSE_POSTCODE = re.compile(r"[1-9][0-9]{3}[A-Za-z]{2}")


def _adressen(bericht: Bericht) -> Iterator[tuple[int, str, Adres]]:
    """(number, Soort, Adres). A condition on a part of Adres says nothing where there is no Adres."""
    for nummer, contact in contacten(bericht):
        if contact.adres is not None:
            yield nummer, contact.soort, contact.adres


@regel("CD005", "301", "Als Postcode gevuld is, dan verplicht vullen, anders leeg laten.")
def cd005(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, _, adres in _adressen(bericht):
        if adres.postcode is not None and adres.landcode is None:
            yield gevuld(contactplek(bericht, nummer, "Adres/LandCode"))
        if adres.postcode is None and adres.landcode is not None:
            yield leeg(contactplek(bericht, nummer, "Adres/LandCode"), adres.landcode)


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


@regel("CD009", "301", "Alleen als Soort adres de waarde 04 (tijdelijk adres) heeft, is vullen toegestaan.")
def cd009(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, contact in contacten(bericht):
        if contact.periode is not None and contact.soort != "04":
            yield leeg(contactplek(bericht, nummer, "Periode"), f"gevuld bij Soort {contact.soort}")


@regel("CD025", "301", "Als Adres / LandCode de waarde NL (Nederland) heeft, dan verplicht vullen.")
def cd025(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, _, adres in _adressen(bericht):
        if adres.landcode == "NL" and adres.huis is None:
            yield gevuld(contactplek(bericht, nummer, "Adres/Huis"))


@regel(
    "CD034",
    "301",
    "Als Soort adres de waarde 1 (BRP-adres) of 3 (verblijfadres) heeft, dan verplicht vullen.",
)
def cd034(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, soort, adres in _adressen(bericht):
        if soort in ("01", "03") and adres.postcode is None:
            yield gevuld(contactplek(bericht, nummer, "Adres/Postcode"))


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


@regel(
    "CS089",
    "301",
    "Als LandCode de waarde NL (Nederland) heeft, dan moet het formaat overeenkomen met dat van een "
    "Nederlandse postcode.",
)
def cs089(bericht: Bericht) -> Iterator[Bevinding]:
    """Four digits not starting with 0 and two letters, without a space. No Postcode is for CD005 to say."""
    for nummer, _, adres in _adressen(bericht):
        if adres.landcode != "NL" or adres.postcode is None:
            continue
        if not _NEDERLANDSE_POSTCODE.fullmatch(adres.postcode):
            yield Bevinding(
                contactplek(bericht, nummer, "Adres/Postcode"),
                adres.postcode,
                "4 cijfers en 2 letters, zoals 1234AB",
            )


@regel(
    "TR006",
    "301",
    "De berichtklasse Contact moet een berichtelement Telefoon, en/of de combinatie Huis en Postcode "
    "bevatten.",
)
def tr006(bericht: Bericht) -> Iterator[Bevinding]:
    for nummer, contact in contacten(bericht):
        adres = contact.adres
        bereikbaar = adres is not None and adres.huis is not None and adres.postcode is not None
        if contact.telefoon is None and not bereikbaar:
            yield Bevinding(contactplek(bericht, nummer), "geen van beide", "Telefoon, of Huis en Postcode")


@regel(
    "TR061",
    "301",
    "Bij een Client moet minimaal één Adres voorkomen waarvan Soort de waarde '01' (BRP-adres), "
    "'02' (Correspondentie-adres) of '03' (Verblijfadres) heeft.",
)
def tr061(bericht: Bericht) -> Iterator[Bevinding]:
    soorten = [contact.soort for contact in client_van(bericht).contacten]
    if not set(soorten) & {"01", "02", "03"}:
        yield Bevinding("Bericht/Client/Contactgegevens", ", ".join(soorten), "Soort 01, 02 of 03")
