"""Bericht -> bytes as OP192 asks: UTF-8, no BOM, CR/LF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from iwmo import model as m
from iwmo.boom import Boom, Inhoud, Schrijver, ontsnapt
from iwmo.release import Berichtsoort


def _achternaam(naam: m.Achternaam | None) -> Inhoud:
    if naam is None:
        return None
    return [("Achternaam", naam.achternaam), ("Voorvoegsel", naam.voorvoegsel)]


def _naam(naam: m.Naam) -> Boom:
    return (
        "Naam",
        [
            ("Geslachtsnaam", _achternaam(naam.geslachtsnaam)),
            ("Partnernaam", _achternaam(naam.partnernaam)),
            ("Voornamen", naam.voornamen),
            ("Voorletters", naam.voorletters),
            ("NaamGebruik", naam.naamgebruik),
        ],
    )


def _geboortedatum(geboren: m.Geboortedatum | None) -> Boom:
    if geboren is None:
        return ("Geboortedatum", None)
    return ("Geboortedatum", [("Datum", geboren.datum), ("DatumGebruik", geboren.gebruik)])


def _product(product: m.Product | None) -> Boom:
    if product is None:
        return ("Product", None)
    return ("Product", [("Categorie", product.categorie), ("Code", product.code)])


def _retourcodes(codes: Iterable[str]) -> Boom:
    bomen: list[Boom] = [("RetourCode", code) for code in codes]
    return ("RetourCodes", bomen or None)


def _huis(huis: m.Huis | None) -> Boom:
    if huis is None:
        return ("Huis", None)
    return (
        "Huis",
        [
            ("Huisnummer", huis.huisnummer),
            ("Huisletter", huis.huisletter),
            ("HuisnummerToevoeging", huis.huisnummertoevoeging),
            ("AanduidingWoonadres", huis.aanduiding_woonadres),
        ],
    )


def _adres(adres: m.Adres | None) -> Boom:
    if adres is None:
        return ("Adres", None)
    return (
        "Adres",
        [
            _huis(adres.huis),
            ("Postcode", adres.postcode),
            ("Straatnaam", adres.straatnaam),
            ("Plaatsnaam", adres.plaatsnaam),
            ("LandCode", adres.landcode),
        ],
    )


def _nummer(naam: str, telefoon: m.Telefoon | None) -> Boom:
    if telefoon is None:
        return (naam, None)
    return (naam, [("Telefoonnummer", telefoon.telefoonnummer), ("Landnummer", telefoon.landnummer)])


def _telefoon(nummers: m.Telefoonnummers | None) -> Boom:
    if nummers is None:
        return ("Telefoon", None)
    eerste, tweede = _nummer("Telefoon01", nummers.telefoon01), _nummer("Telefoon02", nummers.telefoon02)
    return ("Telefoon", [eerste, tweede])


def _periode(periode: m.Periode | None) -> Boom:
    if periode is None:
        return ("Periode", None)
    return ("Periode", [("Begindatum", periode.begindatum), ("Einddatum", periode.einddatum)])


def _contact(contact: m.Contact) -> Boom:
    return (
        "Contact",
        [
            ("Soort", contact.soort),
            _adres(contact.adres),
            ("Organisatie", contact.organisatie),
            _telefoon(contact.telefoon),
            ("Emailadres", contact.emailadres),
            _periode(contact.periode),
            _retourcodes(contact.retourcodes),
        ],
    )


def _relatie(relatie: m.Relatie) -> Boom:
    return (
        "Relatie",
        [
            ("Nummer", relatie.nummer),
            ("Volgorde", relatie.volgorde),
            ("Soort", relatie.soort),
            _geboortedatum(relatie.geboortedatum),
            ("Geslacht", relatie.geslacht),
            _naam(relatie.naam),
            _contact(relatie.contact),
            _retourcodes(relatie.retourcodes),
        ],
    )


def _omvang(omvang: m.Omvang | None) -> Boom:
    if omvang is None:
        return ("Omvang", None)
    return (
        "Omvang",
        [("Volume", omvang.volume), ("Eenheid", omvang.eenheid), ("Frequentie", omvang.frequentie)],
    )


def _toegewezen(product: m.ToegewezenProduct) -> Boom:
    return (
        "ToegewezenProduct",
        [
            ("ToewijzingNummer", product.toewijzingnummer),
            ("ReferentieAanbieder", product.referentie_aanbieder),
            _product(product.product),
            ("Toewijzingsdatum", product.toewijzingsdatum),
            ("Toewijzingstijd", product.toewijzingstijd),
            ("Ingangsdatum", product.ingangsdatum),
            ("Einddatum", product.einddatum),
            ("RedenWijziging", product.reden_wijziging),
            _omvang(product.omvang),
            ("Budget", product.budget),
            ("Commentaar", product.commentaar),
            _retourcodes(product.retourcodes),
        ],
    )


def _start(product: m.StartProduct) -> Boom:
    return (
        "StartProduct",
        [
            ("ToewijzingNummer", product.toewijzingnummer),
            _product(product.product),
            ("ToewijzingIngangsdatum", product.toewijzing_ingangsdatum),
            ("Begindatum", product.begindatum),
            ("StatusAanlevering", product.status_aanlevering),
            _retourcodes(product.retourcodes),
        ],
    )


def _stop(product: m.StopProduct) -> Boom:
    return (
        "StopProduct",
        [
            ("ToewijzingNummer", product.toewijzingnummer),
            _product(product.product),
            ("ToewijzingIngangsdatum", product.toewijzing_ingangsdatum),
            ("Begindatum", product.begindatum),
            ("RedenBeeindiging", product.reden_beeindiging),
            ("Einddatum", product.einddatum),
            ("StatusAanlevering", product.status_aanlevering),
            _retourcodes(product.retourcodes),
        ],
    )


def _berichtproduct(product: m.Berichtproduct) -> Boom:
    if isinstance(product, m.ToegewezenProduct):
        return _toegewezen(product)
    return _start(product) if isinstance(product, m.StartProduct) else _stop(product)


_LIJSTNAAM = {
    "301": "ToegewezenProducten", "302": "ToegewezenProducten", "305": "StartProducten",
    "306": "StartProducten", "307": "StopProducten", "308": "StopProducten",
}  # fmt: skip


def _communicatie(communicatie: m.Communicatie | None) -> Boom:
    if communicatie is None:
        return ("Communicatie", None)
    return ("Communicatie", [("Vorm", communicatie.vorm), ("Taal", communicatie.taal)])


def _client(client: m.Client, soort: str) -> Boom:
    relaties: list[Boom] = [_relatie(relatie) for relatie in client.relaties]
    contacten: list[Boom] = [_contact(contact) for contact in client.contacten]
    inhoud: list[Boom] = [
        ("Bsn", client.bsn),
        _geboortedatum(client.geboortedatum),
        ("Geslacht", client.geslacht),
        _naam(client.naam),
        _communicatie(client.communicatie),
        ("JuridischeStatus", client.juridische_status),
        ("WettelijkeVertegenwoordiging", client.wettelijke_vertegenwoordiging),
        ("Commentaar", client.commentaar),
        ("Relaties", relaties or None),
        ("Contactgegevens", contacten or None),
        (_LIJSTNAAM[soort], [_berichtproduct(product) for product in client.producten]),
        _retourcodes(client.retourcodes),
    ]
    return ("Client", inhoud)


def _xsd_versie(naam: str, versie: m.XsdVersie) -> Boom:
    return (naam, [("BasisschemaXsdVersie", versie.basisschema), ("BerichtXsdVersie", versie.bericht)])


def _retourkop(kop: m.Retourkop) -> Iterator[Boom]:
    yield ("IdentificatieRetour", kop.identificatie)
    yield ("DagtekeningRetour", kop.dagtekening)
    yield ("XsltVersie", kop.xslt_versie)
    yield _xsd_versie("XsdVersieRetour", kop.xsd_versie)
    yield _retourcodes(kop.retourcodes)


def _header(header: m.Header, soort: Berichtsoort) -> Boom:
    versie, subversie = soort.release.split(".")
    inhoud: list[Boom] = [
        ("BerichtCode", soort.berichtcode),
        ("BerichtVersie", versie),
        ("BerichtSubversie", subversie),
        ("Afzender", header.afzender),
        ("Ontvanger", header.ontvanger),
        ("BerichtIdentificatie",
         [("Identificatie", header.identificatie), ("Dagtekening", header.dagtekening)]),
        _xsd_versie("XsdVersie", header.xsd_versie),
    ]  # fmt: skip
    return ("Header", inhoud + (list(_retourkop(header.retour)) if header.retour else []))


def voluit(bericht: m.Bericht, soort: Berichtsoort) -> str:
    """The text of any message, element by element."""
    schrijver = Schrijver(f"wmo{soort.code}")
    prefix = schrijver.prefix
    schrijver.regels += [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<{prefix}:Bericht xmlns:iwmo="{soort.basis}" xmlns:{prefix}="{soort.naamruimte}">',
    ]
    schrijver.element(_header(bericht.header, soort), 1, prefix)
    if bericht.client is not None:
        schrijver.element(_client(bericht.client, soort.code), 1, prefix)
    schrijver.regels += [f"</{prefix}:Bericht>", ""]
    return "\r\n".join(schrijver.regels)


# Nearly every answer says that all is well: ten values in the same forty lines. They are written out once for each
# message type, by the writer itself, with gaps in the place of the values.
_GAT: Any = "%s"
_SJABLONEN: dict[str, str] = {}


def _sjabloon(soort: Berichtsoort) -> str:
    if soort.naamruimte not in _SJABLONEN:
        versie = m.XsdVersie(_GAT, _GAT)
        header = m.Header(_GAT, _GAT, _GAT, _GAT, versie, m.Retourkop(_GAT, _GAT, versie))
        _SJABLONEN[soort.naamruimte] = voluit(m.Bericht(soort.code, soort.release, header, None), soort)
    return _SJABLONEN[soort.naamruimte]


def _gaten(header: m.Header, retour: m.Retourkop) -> tuple[str, ...]:
    """What stands in the gaps, in the order of the message."""
    return (
        ontsnapt(header.afzender),
        ontsnapt(header.ontvanger),
        ontsnapt(header.identificatie),
        header.dagtekening.isoformat(),
        ontsnapt(header.xsd_versie.basisschema),
        ontsnapt(header.xsd_versie.bericht),
        ontsnapt(retour.identificatie),
        retour.dagtekening.isoformat(),
        ontsnapt(retour.xsd_versie.basisschema),
        ontsnapt(retour.xsd_versie.bericht),
    )


def naar_xml(bericht: m.Bericht, soort: Berichtsoort) -> bytes:
    """The bytes of a message. Does not judge: iwmo.schrijf() holds the result against level 1."""
    retour = bericht.header.retour
    if bericht.client is None and retour and not retour.retourcodes and retour.xslt_versie is None:
        return (_sjabloon(soort) % _gaten(bericht.header, retour)).encode("utf-8")
    return voluit(bericht, soort).encode("utf-8")
