"""A schema-valid tree -> Bericht. Trusts level 1: order and cardinality are certain, so what is required is
taken by position, and so is a class whose every optional element is there. Asking lxml for a name costs more
than asking for a text, so names are only asked where something may be absent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from iwmo import model as m
from iwmo.release import Berichtsoort
from iwmo.snel import snel

# An lxml element. Any, because level 1 knows what the type cannot say: this text is there.
Element = Any


_Naam = snel(m.Naam)
_Adres = snel(m.Adres)
_Huis = snel(m.Huis)
_Contact = snel(m.Contact)
_Relatie = snel(m.Relatie)
_ToegewezenProduct = snel(m.ToegewezenProduct)
_StartProduct = snel(m.StartProduct)
_StopProduct = snel(m.StopProduct)
_Client = snel(m.Client)
_Header = snel(m.Header)
_Retourkop = snel(m.Retourkop)
_Bericht = snel(m.Bericht)


def _tekst(element: Element) -> str:
    tekst: str = element.text
    return tekst


def _datum(element: Element) -> date:
    """xs:date also knows years outside 1..9999; those raise ValueError (reported as level 1)."""
    return date.fromisoformat(element.text.strip())


def _opt_datum(element: Element | None) -> date | None:
    return None if element is None else date.fromisoformat(element.text.strip())


def _getal(element: Element) -> int:
    return int(element.text)


def _opt_getal(element: Element | None) -> int | None:
    return None if element is None else int(element.text)


def _opt_tekst(element: Element | None) -> str | None:
    return None if element is None else element.text


class _Namen(dict[str, str]):
    """Tag -> local name, remembered: as many as the schemas have elements, for only valid trees come here."""

    def __missing__(self, tag: str) -> str:
        self[tag] = naam = tag.rpartition("}")[2]
        return naam


_NAMEN = _Namen()


def _op_naam(element: Element) -> dict[str, Element]:
    """The children by local name. Only for elements whose children occur at most once."""
    return {_NAMEN[kind.tag]: kind for kind in element}


def _teksten(element: Element) -> dict[str, str | None]:
    return {_NAMEN[kind.tag]: kind.text for kind in element}


def _achternaam(element: Element) -> m.Achternaam:
    if len(element) == 1:
        return m.Achternaam(element[0].text)
    return m.Achternaam(element[0].text, element[1].text)


def _naam(element: Element) -> m.Naam:
    if len(element) == 3 and element[2].tag.endswith("}Voorletters") and "Partnernaam" not in element[1].tag:
        return _Naam(_achternaam(element[0]), None, element[1].text, element[2].text)
    if len(element) == 5:
        eigen, partner, voornamen, voorletters, gebruik = element
        return _Naam(_achternaam(eigen), _achternaam(partner), voornamen.text, voorletters.text, gebruik.text)
    delen = _teksten(element)
    return _Naam(
        _achternaam(element[0]),
        _achternaam(element[1]) if "Partnernaam" in delen else None,
        delen.get("Voornamen"),
        delen.get("Voorletters"),
        delen.get("NaamGebruik"),
    )


def _geboortedatum(element: Element) -> m.Geboortedatum:
    return m.Geboortedatum(_datum(element[0]), element[1].text if len(element) > 1 else None)


def _product(element: Element | None) -> m.Product | None:
    if element is None:
        return None
    return m.Product(element[0].text, element[1].text if len(element) > 1 else None)


def _retourcodes(element: Element | None) -> tuple[str, ...]:
    return () if element is None else tuple(map(_tekst, element))


def _omvang(element: Element | None) -> m.Omvang | None:
    if element is None:
        return None
    return m.Omvang(_getal(element[0]), element[1].text, element[2].text)


def _huis(element: Element) -> m.Huis:
    if len(element) == 4:
        nummer, letter, toevoeging, aanduiding = element
        return _Huis(_getal(nummer), letter.text, toevoeging.text, aanduiding.text)
    delen = _teksten(element)
    return _Huis(
        _getal(element[0]),
        delen.get("Huisletter"),
        delen.get("HuisnummerToevoeging"),
        delen.get("AanduidingWoonadres"),
    )


def _adres(element: Element | None) -> m.Adres | None:
    if element is None:
        return None
    if len(element) == 5:
        huis, postcode, straat, plaats, land = element
        return _Adres(_huis(huis), postcode.text, straat.text, plaats.text, land.text)
    delen = _teksten(element)
    return _Adres(
        _huis(element[0]) if "Huis" in delen else None,
        delen.get("Postcode"),
        delen.get("Straatnaam"),
        delen.get("Plaatsnaam"),
        delen.get("LandCode"),
    )


def _telefoon(element: Element | None) -> m.Telefoonnummers | None:
    if element is None:
        return None
    return m.Telefoonnummers(*[m.Telefoon(nummer[0].text, nummer[1].text) for nummer in element])


def _periode(element: Element | None) -> m.Periode | None:
    if element is None:
        return None
    delen = _op_naam(element)
    return m.Periode(_opt_datum(delen.get("Begindatum")), _opt_datum(delen.get("Einddatum")))


def _contact(element: Element) -> m.Contact:
    delen = _op_naam(element)
    return _Contact(
        element[0].text,
        _adres(delen.get("Adres")),
        _opt_tekst(delen.get("Organisatie")),
        _telefoon(delen.get("Telefoon")),
        _opt_tekst(delen.get("Emailadres")),
        _periode(delen.get("Periode")),
        _retourcodes(delen.get("RetourCodes")),
    )


def _relatie(element: Element) -> m.Relatie:
    delen = _op_naam(element)
    geboren = delen.get("Geboortedatum")
    return _Relatie(
        element[0].text,
        delen["Soort"].text,
        _naam(delen["Naam"]),
        _contact(delen["Contact"]),
        _opt_getal(delen.get("Volgorde")),
        None if geboren is None else _geboortedatum(geboren),
        _opt_tekst(delen.get("Geslacht")),
        _retourcodes(delen.get("RetourCodes")),
    )


def _toegewezen(element: Element) -> m.ToegewezenProduct:
    delen = _op_naam(element)
    return _ToegewezenProduct(
        _getal(element[0]),
        _datum(delen["Toewijzingsdatum"]),
        delen["Toewijzingstijd"].text.strip(),
        _datum(delen["Ingangsdatum"]),
        _opt_datum(delen.get("Einddatum")),
        _opt_tekst(delen.get("ReferentieAanbieder")),
        _product(delen.get("Product")),
        _opt_tekst(delen.get("RedenWijziging")),
        _omvang(delen.get("Omvang")),
        _opt_getal(delen.get("Budget")),
        _opt_tekst(delen.get("Commentaar")),
        _retourcodes(delen.get("RetourCodes")),
    )


def _start(element: Element) -> m.StartProduct:
    if len(element) == 5 and not element[4].tag.endswith("}RetourCodes"):
        nummer, product, ingang, begin, status = element
        return _StartProduct(_datum(begin), status.text, _getal(nummer), _product(product), _datum(ingang))
    delen = _op_naam(element)
    return _StartProduct(
        _datum(delen["Begindatum"]),
        delen["StatusAanlevering"].text,
        _opt_getal(delen.get("ToewijzingNummer")),
        _product(delen.get("Product")),
        _opt_datum(delen.get("ToewijzingIngangsdatum")),
        _retourcodes(delen.get("RetourCodes")),
    )


def _stop(element: Element) -> m.StopProduct:
    if len(element) == 7 and not element[6].tag.endswith("}RetourCodes"):
        nummer, product, ingang, begin, reden, einde, status = element
        return _StopProduct(
            _datum(begin),
            reden.text,
            _datum(einde),
            status.text,
            _getal(nummer),
            _product(product),
            _datum(ingang),
        )
    delen = _op_naam(element)
    return _StopProduct(
        _datum(delen["Begindatum"]),
        delen["RedenBeeindiging"].text,
        _datum(delen["Einddatum"]),
        delen["StatusAanlevering"].text,
        _opt_getal(delen.get("ToewijzingNummer")),
        _product(delen.get("Product")),
        _opt_datum(delen.get("ToewijzingIngangsdatum")),
        _retourcodes(delen.get("RetourCodes")),
    )


_PRODUCTEN: dict[str, Callable[[Element], m.Berichtproduct]] = {
    "ToegewezenProducten": _toegewezen,
    "StartProducten": _start,
    "StopProducten": _stop,
}


def _lijst(element: Element) -> tuple[m.Berichtproduct, ...]:
    lezer = _PRODUCTEN[element.tag.rpartition("}")[2]]
    return tuple([lezer(product) for product in element])


def _producten(delen: dict[str, Element]) -> tuple[m.Berichtproduct, ...]:
    return _lijst(next(delen[naam] for naam in _PRODUCTEN if naam in delen))


def _client(element: Element) -> m.Client:
    if len(element) == 5:
        bsn, geboren, geslacht, naam, lijst = element
        return _Client(bsn.text, _geboortedatum(geboren), geslacht.text, _naam(naam), _lijst(lijst))
    delen = _op_naam(element)
    communicatie = delen.get("Communicatie")
    return _Client(
        element[0].text,
        _geboortedatum(element[1]),
        element[2].text,
        _naam(element[3]),
        _producten(delen),
        None if communicatie is None else m.Communicatie(*map(_tekst, communicatie)),
        _opt_tekst(delen.get("JuridischeStatus")),
        _opt_tekst(delen.get("WettelijkeVertegenwoordiging")),
        _opt_tekst(delen.get("Commentaar")),
        tuple([_relatie(kind) for kind in delen["Relaties"]]) if "Relaties" in delen else (),
        tuple([_contact(kind) for kind in delen["Contactgegevens"]]) if "Contactgegevens" in delen else (),
        _retourcodes(delen.get("RetourCodes")),
    )


def _xsd_versie(element: Element) -> m.XsdVersie:
    return m.XsdVersie(element[0].text, element[1].text)


def _retourkop(element: Element) -> m.Retourkop | None:
    delen = _op_naam(element)
    if "IdentificatieRetour" not in delen:
        return None
    return _Retourkop(
        delen["IdentificatieRetour"].text,
        _datum(delen["DagtekeningRetour"]),
        _xsd_versie(delen["XsdVersieRetour"]),
        _opt_tekst(delen.get("XsltVersie")),
        _retourcodes(delen.get("RetourCodes")),
    )


def _header(element: Element) -> m.Header:
    identificatie = element[5]
    return _Header(
        element[3].text,
        element[4].text,
        identificatie[0].text,
        _datum(identificatie[1]),
        _xsd_versie(element[6]),
        _retourkop(element) if len(element) > 7 else None,
    )


def naar_bericht(root: Element, soort: Berichtsoort) -> m.Bericht:
    """The values of a tree that passed level 1. Raises ValueError for a year outside 1..9999."""
    return _Bericht(
        soort.code,
        soort.release,
        _header(root[0]),
        _client(root[1]) if len(root) > 1 else None,
    )
