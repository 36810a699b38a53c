"""Messages to test with: one full and valid message of each type, about people who do not exist, and four
small edits on them. Nothing here knows the library under test."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

BASIS = "http://www.istandaarden.nl/iwmo/3_2/basisschema/schema"

_KOP = """<?xml version="1.0" encoding="UTF-8"?>
<w:Bericht xmlns:i="{basis}" xmlns:w="http://www.istandaarden.nl/iwmo/3_2/wmo{soort}/schema">
<w:Header>
<w:BerichtCode>{code}</w:BerichtCode>
<w:BerichtVersie>3</w:BerichtVersie>
<w:BerichtSubversie>2</w:BerichtSubversie>
<w:Afzender>{van}</w:Afzender>
<w:Ontvanger>{naar}</w:Ontvanger>
<w:BerichtIdentificatie>
<i:Identificatie>WIJK-{soort}</i:Identificatie>
<i:Dagtekening>2025-03-14</i:Dagtekening>
</w:BerichtIdentificatie>
<w:XsdVersie>
<i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie>
<i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie>
</w:XsdVersie>
{retour}</w:Header>
"""

_PERSOON = """<w:Bsn>999901102</w:Bsn>
<w:Geboortedatum>
<i:Datum>1948-11-01</i:Datum>
<i:DatumGebruik>1</i:DatumGebruik>
</w:Geboortedatum>
<w:Geslacht>2</w:Geslacht>
<w:Naam>
<i:Geslachtsnaam>
<i:Achternaam>Bloemendaal</i:Achternaam>
<i:Voorvoegsel>van</i:Voorvoegsel>
</i:Geslachtsnaam>
{partner}<i:Voornamen>Fenna Maria</i:Voornamen>
<i:Voorletters>FM</i:Voorletters>
{gebruik}</w:Naam>
"""
_KORT = _PERSOON.format(partner="", gebruik="")
_VOLLEDIG = _PERSOON.format(
    partner="""<i:Partnernaam>
<i:Achternaam>Veenstra</i:Achternaam>
<i:Voorvoegsel>ter</i:Voorvoegsel>
</i:Partnernaam>
""",
    gebruik="<i:NaamGebruik>4</i:NaamGebruik>\n",
)

_RC = "<w:RetourCodes><w:RetourCode>0200</w:RetourCode></w:RetourCodes>\n"


def _start(nummer: int, code: str, begin: str, rc: str) -> str:
    return f"""<w:StartProduct>
<w:ToewijzingNummer>{nummer}</w:ToewijzingNummer>
<w:Product>
<i:Categorie>02</i:Categorie>
<i:Code>{code}</i:Code>
</w:Product>
<w:ToewijzingIngangsdatum>2025-01-06</w:ToewijzingIngangsdatum>
<w:Begindatum>{begin}</w:Begindatum>
<w:StatusAanlevering>1</w:StatusAanlevering>
{rc}</w:StartProduct>
"""


def _stop(nummer: int, reden: str, rc: str) -> str:
    return f"""<w:StopProduct>
<w:ToewijzingNummer>{nummer}</w:ToewijzingNummer>
<w:Product>
<i:Categorie>02</i:Categorie>
<i:Code>02A05</i:Code>
</w:Product>
<w:ToewijzingIngangsdatum>2024-09-02</w:ToewijzingIngangsdatum>
<w:Begindatum>2024-09-05</w:Begindatum>
<w:RedenBeeindiging>{reden}</w:RedenBeeindiging>
<w:Einddatum>2025-03-12</w:Einddatum>
<w:StatusAanlevering>1</w:StatusAanlevering>
{rc}</w:StopProduct>
"""


def _contacten(rc: str) -> str:
    return f"""<w:Contactgegevens>
<w:Contact>
<w:Soort>01</w:Soort>
<w:Adres>
<i:Huis>
<i:Huisnummer>17</i:Huisnummer>
<i:Huisletter>b</i:Huisletter>
<i:HuisnummerToevoeging>2hg</i:HuisnummerToevoeging>
<i:AanduidingWoonadres>TO</i:AanduidingWoonadres>
</i:Huis>
<i:Postcode>6211AB</i:Postcode>
<i:Straatnaam>Kleine Looiersgang</i:Straatnaam>
<i:Plaatsnaam>Maastricht</i:Plaatsnaam>
<i:LandCode>NL</i:LandCode>
</w:Adres>
<w:Organisatie>Hof van Zessen</w:Organisatie>
<w:Telefoon>
<i:Telefoon01>
<i:Telefoonnummer>0432100000</i:Telefoonnummer>
<i:Landnummer>0031</i:Landnummer>
</i:Telefoon01>
<i:Telefoon02>
<i:Telefoonnummer>0600000000</i:Telefoonnummer>
<i:Landnummer>+31</i:Landnummer>
</i:Telefoon02>
</w:Telefoon>
<w:Emailadres>fenna@voorbeeld.example</w:Emailadres>
{rc}</w:Contact>
<w:Contact>
<w:Soort>04</w:Soort>
<w:Adres>
<i:Plaatsnaam>Knokke</i:Plaatsnaam>
</w:Adres>
<w:Telefoon>
<i:Telefoon01>
<i:Telefoonnummer>050600000</i:Telefoonnummer>
<i:Landnummer>0032</i:Landnummer>
</i:Telefoon01>
</w:Telefoon>
<w:Periode>
<i:Begindatum>2025-06-01</i:Begindatum>
<i:Einddatum>2025-06-30</i:Einddatum>
</w:Periode>
{rc}</w:Contact>
</w:Contactgegevens>
"""


def _relaties(rc: str) -> str:
    return f"""<w:Relaties>
<w:Relatie>
<w:Nummer>R-1</w:Nummer>
<w:Volgorde>1</w:Volgorde>
<w:Soort>16</w:Soort>
<w:Geboortedatum>
<i:Datum>1975-01-01</i:Datum>
<i:DatumGebruik>2</i:DatumGebruik>
</w:Geboortedatum>
<w:Geslacht>1</w:Geslacht>
<w:Naam>
<i:Geslachtsnaam>
<i:Achternaam>Bloemendaal</i:Achternaam>
</i:Geslachtsnaam>
<i:Voornamen>Teun</i:Voornamen>
<i:Voorletters>T</i:Voorletters>
<i:NaamGebruik>1</i:NaamGebruik>
</w:Naam>
<w:Contact>
<w:Soort>02</w:Soort>
<w:Telefoon>
<i:Telefoon01>
<i:Telefoonnummer>0611111111</i:Telefoonnummer>
<i:Landnummer>0031</i:Landnummer>
</i:Telefoon01>
</w:Telefoon>
{rc}</w:Contact>
{rc}</w:Relatie>
</w:Relaties>
"""


def _toewijzingen(rc: str) -> str:
    return f"""<w:ToegewezenProducten>
<w:ToegewezenProduct>
<w:ToewijzingNummer>70012</w:ToewijzingNummer>
<w:ReferentieAanbieder>V-2025-88</w:ReferentieAanbieder>
<w:Product>
<i:Categorie>02</i:Categorie>
<i:Code>02A05</i:Code>
</w:Product>
<w:Toewijzingsdatum>2025-03-10</w:Toewijzingsdatum>
<w:Toewijzingstijd>09:30:00</w:Toewijzingstijd>
<w:Ingangsdatum>2025-04-01</w:Ingangsdatum>
<w:Einddatum>2026-03-31</w:Einddatum>
<w:RedenWijziging>04</w:RedenWijziging>
<w:Omvang>
<i:Volume>180</i:Volume>
<i:Eenheid>01</i:Eenheid>
<i:Frequentie>4</i:Frequentie>
</w:Omvang>
<w:Commentaar>Liever in de ochtend.</w:Commentaar>
{rc}</w:ToegewezenProduct>
<w:ToegewezenProduct>
<w:ToewijzingNummer>70013</w:ToewijzingNummer>
<w:Product>
<i:Categorie>07</i:Categorie>
</w:Product>
<w:Toewijzingsdatum>2025-03-10</w:Toewijzingsdatum>
<w:Toewijzingstijd>09:30:00</w:Toewijzingstijd>
<w:Ingangsdatum>2025-04-01</w:Ingangsdatum>
<w:Einddatum>2025-12-31</w:Einddatum>
<w:Budget>250000</w:Budget>
{rc}</w:ToegewezenProduct>
</w:ToegewezenProducten>
"""


_RETOURKOP = """<w:IdentificatieRetour>R-55</w:IdentificatieRetour>
<w:DagtekeningRetour>2025-03-17</w:DagtekeningRetour>
<w:XsltVersie>2.10.5</w:XsltVersie>
<w:XsdVersieRetour>
<i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie>
<i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie>
</w:XsdVersieRetour>
"""


def _bericht(soort: str, code: str, client: str, rc: str) -> str:
    gemeente_zendt = soort in ("301", "302")
    van, naar = ("0935", "65001234") if gemeente_zendt else ("65001234", "0935")
    retour = _RETOURKOP + rc if rc else ""
    kop = _KOP.format(basis=BASIS, soort=soort, code=code, van=van, naar=naar, retour=retour)
    return f"{kop}<w:Client>\n{client}{rc}</w:Client>\n</w:Bericht>\n"


def _client_301(rc: str) -> str:
    return f"""{_VOLLEDIG}<w:Communicatie>
<i:Vorm>1</i:Vorm>
<i:Taal>Berbers</i:Taal>
</w:Communicatie>
<w:JuridischeStatus>01</w:JuridischeStatus>
<w:WettelijkeVertegenwoordiging>08</w:WettelijkeVertegenwoordiging>
<w:Commentaar>Belt zelf terug.</w:Commentaar>
{_relaties(rc)}{_contacten(rc)}{_toewijzingen(rc)}"""


def _client_305(rc: str) -> str:
    starts = _start(70012, "02A05", "2025-03-10", rc) + _start(70014, "02A07", "2025-03-11", rc)
    return f"{_KORT}<w:StartProducten>\n{starts}</w:StartProducten>\n"


def _client_307(rc: str) -> str:
    stops = _stop(70010, "20", rc) + _stop(70011, "19", rc)
    return f"{_KORT}<w:StopProducten>\n{stops}</w:StopProducten>\n"


TEKSTEN = {
    "301": _bericht("301", "414", _client_301(""), ""),
    "302": _bericht("302", "415", _client_301(_RC), _RC),
    "305": _bericht("305", "418", _client_305(""), ""),
    "306": _bericht("306", "419", _client_305(_RC), _RC),
    "307": _bericht("307", "420", _client_307(""), ""),
    "308": _bericht("308", "421", _client_307(_RC), _RC),
}

Bewerking = Callable[[etree._Element], None]


def als_bytes(tekst: str) -> bytes:
    return tekst.replace("\n", "\r\n").encode("utf-8")


def vind(root: etree._Element, pad: str) -> etree._Element:
    """The element of a path of local names below Bericht; [n] counts from 1."""
    element = root
    for stap in pad.split("/"):
        naam, nummer = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", stap).groups()
        element = [kind for kind in element if etree.QName(kind).localname == naam][int(nummer or 1) - 1]
    return element


def zet(pad: str, waarde: str) -> Bewerking:
    """Give an element another text."""

    def bewerk(root: etree._Element) -> None:
        vind(root, pad).text = waarde

    return bewerk


def weg(pad: str) -> Bewerking:
    """Take an element away."""

    def bewerk(root: etree._Element) -> None:
        element = vind(root, pad)
        element.getparent().remove(element)

    return bewerk


def dubbel(pad: str) -> Bewerking:
    """Write an element twice."""

    def bewerk(root: etree._Element) -> None:
        element = vind(root, pad)
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))

    return bewerk


def erna(pad: str, xml: str) -> Bewerking:
    """Put new XML right after an element; prefixes w and i as in the messages."""

    def bewerk(root: etree._Element) -> None:
        element = vind(root, pad)
        omhulsel = f'<x xmlns:w="{etree.QName(root).namespace}" xmlns:i="{BASIS}">{xml}</x>'
        for nieuw in reversed(etree.fromstring(omhulsel)):
            element.addnext(nieuw)

    return bewerk


def erin(pad: str, xml: str) -> Bewerking:
    """Put new XML as the first child of an element."""

    def bewerk(root: etree._Element) -> None:
        omhulsel = f'<x xmlns:w="{etree.QName(root).namespace}" xmlns:i="{BASIS}">{xml}</x>'
        for nieuw in reversed(etree.fromstring(omhulsel)):
            vind(root, pad).insert(0, nieuw)

    return bewerk


def gemaakt(soort: str, *bewerkingen: Bewerking) -> bytes:
    """The valid message of this type after the edits."""
    root = etree.fromstring(TEKSTEN[soort].encode("utf-8"))
    for bewerk in bewerkingen:
        bewerk(root)
    tekst = etree.tostring(root, encoding="unicode")
    return als_bytes('<?xml version="1.0" encoding="UTF-8"?>\n' + tekst)


def naar_eind(pad: str) -> Bewerking:
    """Move an element behind its last sibling."""

    def bewerk(root: etree._Element) -> None:
        element = vind(root, pad)
        element.getparent().append(element)

    return bewerk
