"""The parts that classes share: values, names, addresses, contacts. See iwmo/lezen.py for how they are taken."""

from __future__ import annotations

from datetime import date
from typing import Any

from iwmo import model as m
from iwmo.snel import snel

# An lxml element. Any, because level 1 knows what the type cannot say: this text is there.
Element = Any

_Achternaam = snel(m.Achternaam)
_Geboortedatum = snel(m.Geboortedatum)
_Product = snel(m.Product)
_Omvang = snel(m.Omvang)
_Telefoon = snel(m.Telefoon)
_Telefoonnummers = snel(m.Telefoonnummers)
_Naam = snel(m.Naam)
_Adres = snel(m.Adres)
_Huis = snel(m.Huis)
_Contact = snel(m.Contact)
_Relatie = snel(m.Relatie)


def tekst(element: Element) -> str:
    tekst: str = element.text
    return tekst


def datum(element: Element) -> date:
    """xs:date also knows years outside 1..9999; those raise ValueError (reported as level 1)."""
    return date.fromisoformat(element.text.strip())


def opt_datum(element: Element | None) -> date | None:
    return None if element is None else date.fromisoformat(element.text.strip())


def getal(element: Element) -> int:
    return int(element.text)


def opt_getal(element: Element | None) -> int | None:
    return None if element is None else int(element.text)


def opt_tekst(element: Element | None) -> str | None:
    return None if element is None else element.text


class _Namen(dict[str, str]):
    """Tag -> local name, remembered: as many as the schemas have elements, for only valid trees come here."""

    def __missing__(self, tag: str) -> str:
        self[tag] = naam = tag.rpartition("}")[2]
        return naam


_NAMEN = _Namen()


def op_naam(element: Element) -> dict[str, Element]:
    """The children by local name. Only for elements whose children occur at most once."""
    return {_NAMEN[kind.tag]: kind for kind in element}


def _teksten(element: Element) -> dict[str, str | None]:
    return {_NAMEN[kind.tag]: kind.text for kind in element}


def _achternaam(element: Element) -> m.Achternaam:
    if len(element) == 1:
        return _Achternaam(element[0].text)
    return _Achternaam(element[0].text, element[1].text)


def naam(element: Element) -> m.Naam:
    if len(element) == 3 and element[2].tag.endswith("}Voorletters"):
        return _Naam(_achternaam(element[0]), None, element[1].text, element[2].text)
    if len(element) == 4 and not len(element[1]):
        eigen, voornamen, voorletters, gebruik = element
        return _Naam(_achternaam(eigen), None, voornamen.text, voorletters.text, gebruik.text)
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


def geboortedatum(element: Element) -> m.Geboortedatum:
    return _Geboortedatum(datum(element[0]), element[1].text if len(element) > 1 else None)


def product(element: Element | None) -> m.Product | None:
    if element is None:
        return None
    return _Product(element[0].text, element[1].text if len(element) > 1 else None)


def retourcodes(element: Element | None) -> tuple[str, ...]:
    return () if element is None else tuple(map(tekst, element))


def omvang(element: Element | None) -> m.Omvang | None:
    if element is None:
        return None
    return _Omvang(getal(element[0]), element[1].text, element[2].text)


def _huis(element: Element) -> m.Huis:
    if len(element) == 1:
        return _Huis(getal(element[0]))
    if len(element) == 4:
        nummer, letter, toevoeging, aanduiding = element
        return _Huis(getal(nummer), letter.text, toevoeging.text, aanduiding.text)
    delen = _teksten(element)
    return _Huis(
        getal(element[0]),
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
    return _Telefoonnummers(*[_Telefoon(nummer[0].text, nummer[1].text) for nummer in element])


def _periode(element: Element | None) -> m.Periode | None:
    if element is None:
        return None
    delen = op_naam(element)
    return m.Periode(opt_datum(delen.get("Begindatum")), opt_datum(delen.get("Einddatum")))


def contact(element: Element) -> m.Contact:
    delen = op_naam(element)
    return _Contact(
        element[0].text,
        _adres(delen.get("Adres")),
        opt_tekst(delen.get("Organisatie")),
        _telefoon(delen.get("Telefoon")),
        opt_tekst(delen.get("Emailadres")),
        _periode(delen.get("Periode")),
        retourcodes(delen.get("RetourCodes")),
    )


def relatie(element: Element) -> m.Relatie:
    delen = op_naam(element)
    geboren = delen.get("Geboortedatum")
    return _Relatie(
        element[0].text,
        delen["Soort"].text,
        naam(delen["Naam"]),
        contact(delen["Contact"]),
        opt_getal(delen.get("Volgorde")),
        None if geboren is None else geboortedatum(geboren),
        opt_tekst(delen.get("Geslacht")),
        retourcodes(delen.get("RetourCodes")),
    )
