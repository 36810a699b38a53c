"""A schema-valid tree -> Bericht. Trusts level 1: order and cardinality are certain, so what is required is
taken by position, and so is a class in its usual shape. Asking lxml for a name costs four times as much as
asking for a text or for the number of children, so names are only asked where those cannot tell."""

from __future__ import annotations

from collections.abc import Callable

from iwmo import lezen_delen as d
from iwmo import model as m
from iwmo.lezen_delen import Element
from iwmo.release import Berichtsoort
from iwmo.snel import snel

_ToegewezenProduct = snel(m.ToegewezenProduct)
_StartProduct = snel(m.StartProduct)
_StopProduct = snel(m.StopProduct)
_Client = snel(m.Client)
_XsdVersie = snel(m.XsdVersie)
_Header = snel(m.Header)
_Retourkop = snel(m.Retourkop)
_Bericht = snel(m.Bericht)


def _is(element: Element, naam: str) -> bool:
    gevonden: bool = element.tag.endswith(naam)
    return gevonden


def _toegewezen(element: Element) -> m.ToegewezenProduct:
    if len(element) == 7 and len(element[1]) and _is(element[5], "}Einddatum") and _is(element[6], "}Omvang"):
        nummer, product, dag, tijd, ingang, eind, omvang = element
        return _ToegewezenProduct(
            d.getal(nummer),
            d.datum(dag),
            tijd.text.strip(),
            d.datum(ingang),
            d.datum(eind),
            None,
            d.product(product),
            omvang=d.omvang(omvang),
        )
    return _toegewezen_op_naam(element)


def _toegewezen_op_naam(element: Element) -> m.ToegewezenProduct:
    delen = d.op_naam(element)
    return _ToegewezenProduct(
        d.getal(element[0]),
        d.datum(delen["Toewijzingsdatum"]),
        delen["Toewijzingstijd"].text.strip(),
        d.datum(delen["Ingangsdatum"]),
        d.opt_datum(delen.get("Einddatum")),
        d.opt_tekst(delen.get("ReferentieAanbieder")),
        d.product(delen.get("Product")),
        d.opt_tekst(delen.get("RedenWijziging")),
        d.omvang(delen.get("Omvang")),
        d.opt_getal(delen.get("Budget")),
        d.opt_tekst(delen.get("Commentaar")),
        d.retourcodes(delen.get("RetourCodes")),
    )


def _start(element: Element) -> m.StartProduct:
    if len(element) == 5 and not len(element[4]):
        nummer, product, ingang, begin, status = element
        return _StartProduct(
            d.datum(begin), status.text, d.getal(nummer), d.product(product), d.datum(ingang)
        )
    delen = d.op_naam(element)
    return _StartProduct(
        d.datum(delen["Begindatum"]),
        delen["StatusAanlevering"].text,
        d.opt_getal(delen.get("ToewijzingNummer")),
        d.product(delen.get("Product")),
        d.opt_datum(delen.get("ToewijzingIngangsdatum")),
        d.retourcodes(delen.get("RetourCodes")),
    )


def _stop(element: Element) -> m.StopProduct:
    if len(element) == 7 and not len(element[6]):
        nummer, product, ingang, begin, reden, einde, status = element
        return _StopProduct(
            d.datum(begin),
            reden.text,
            d.datum(einde),
            status.text,
            d.getal(nummer),
            d.product(product),
            d.datum(ingang),
        )
    delen = d.op_naam(element)
    return _StopProduct(
        d.datum(delen["Begindatum"]),
        delen["RedenBeeindiging"].text,
        d.datum(delen["Einddatum"]),
        delen["StatusAanlevering"].text,
        d.opt_getal(delen.get("ToewijzingNummer")),
        d.product(delen.get("Product")),
        d.opt_datum(delen.get("ToewijzingIngangsdatum")),
        d.retourcodes(delen.get("RetourCodes")),
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
        return _Client(bsn.text, d.geboortedatum(geboren), geslacht.text, d.naam(naam), _lijst(lijst))
    if len(element) == 6 and _is(element[4], "}Contactgegevens"):
        bsn, geboren, geslacht, naam, contacten, lijst = element
        return _Client(
            bsn.text,
            d.geboortedatum(geboren),
            geslacht.text,
            d.naam(naam),
            _lijst(lijst),
            contacten=tuple(map(d.contact, contacten)),
        )
    return _client_op_naam(element)


def _client_op_naam(element: Element) -> m.Client:
    delen = d.op_naam(element)
    communicatie = delen.get("Communicatie")
    return _Client(
        element[0].text,
        d.geboortedatum(element[1]),
        element[2].text,
        d.naam(element[3]),
        _producten(delen),
        None if communicatie is None else m.Communicatie(*map(d.tekst, communicatie)),
        d.opt_tekst(delen.get("JuridischeStatus")),
        d.opt_tekst(delen.get("WettelijkeVertegenwoordiging")),
        d.opt_tekst(delen.get("Commentaar")),
        tuple([d.relatie(kind) for kind in delen["Relaties"]]) if "Relaties" in delen else (),
        tuple([d.contact(kind) for kind in delen["Contactgegevens"]]) if "Contactgegevens" in delen else (),
        d.retourcodes(delen.get("RetourCodes")),
    )


def _xsd_versie(element: Element) -> m.XsdVersie:
    return _XsdVersie(element[0].text, element[1].text)


def _retourkop(element: Element) -> m.Retourkop | None:
    delen = d.op_naam(element)
    if "IdentificatieRetour" not in delen:
        return None
    return _Retourkop(
        delen["IdentificatieRetour"].text,
        d.datum(delen["DagtekeningRetour"]),
        _xsd_versie(delen["XsdVersieRetour"]),
        d.opt_tekst(delen.get("XsltVersie")),
        d.retourcodes(delen.get("RetourCodes")),
    )


def _header(element: Element) -> m.Header:
    identificatie = element[5]
    return _Header(
        element[3].text,
        element[4].text,
        identificatie[0].text,
        d.datum(identificatie[1]),
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
