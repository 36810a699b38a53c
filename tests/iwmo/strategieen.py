"""Any message that the element tables allow, as hypothesis strategies: for round trips and retours."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from iwmo import model as m

# Letters as they come in names, and what XML treats specially: quotes, markup, line ends, spaces at the ends.
_TEKENS = st.sampled_from("aZ9 é’Ø&<>\"'.,-\tſ東😀")
_REGELEINDEN = st.sampled_from("ab &<\n\r\t.😀")
DATUMS = st.dates(date(1, 1, 1), date(9999, 12, 31))
CODES = st.lists(st.sampled_from(["0001", "0200", "0233", "9019", "S300"]), min_size=1, max_size=3).map(tuple)


def tekst(maximum: int, tekens: st.SearchStrategy[str] = _TEKENS) -> st.SearchStrategy[str]:
    return st.text(tekens, min_size=1, max_size=maximum).filter(lambda waarde: waarde.strip(" \t\r\n") != "")


def misschien(strategie: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategie


def uit(codes: str) -> st.SearchStrategy[str]:
    return st.sampled_from(codes.split())


COMMENTAAR = tekst(40, _REGELEINDEN)
ACHTERNAAM = st.builds(m.Achternaam, tekst(200), misschien(tekst(10)))
VOORLETTERS = st.text(st.sampled_from("AbÉàỳ"), min_size=1, max_size=6)
GEBOREN = st.builds(m.Geboortedatum, DATUMS, misschien(uit("1 2 3")))
PRODUCT = st.builds(m.Product, uit("01 02 07 11 18"), misschien(tekst(5)))
NUMMER = st.integers(0, 999999999)
VERSIE = st.builds(m.XsdVersie, uit("1.0.0 0.10.2"), uit("1.0.0 20.0.1"))
TELEFOON = st.builds(m.Telefoon, st.text("0123456789", min_size=1, max_size=15), tekst(4))
TELEFOONS = st.builds(m.Telefoonnummers, TELEFOON, misschien(TELEFOON))
HUIS = st.builds(
    m.Huis, st.integers(0, 99999), misschien(tekst(1)), misschien(tekst(4)), misschien(uit("AB BY TO WW"))
)
ADRES = st.builds(
    m.Adres,
    misschien(HUIS),
    misschien(tekst(8)),
    misschien(tekst(24)),
    misschien(tekst(80)),
    misschien(uit("NL BE AD")),
)


def namen(*, volledig: bool) -> st.SearchStrategy[m.Naam]:
    partner = misschien(ACHTERNAAM) if volledig else st.none()
    gebruik = uit("1 2 3 4 5 6") if volledig else st.none()
    return st.builds(m.Naam, ACHTERNAAM, partner, misschien(tekst(200)), misschien(VOORLETTERS), gebruik)


def contacten(codes: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[m.Contact]:
    periode = st.builds(m.Periode, misschien(DATUMS), misschien(DATUMS))
    return st.builds(
        m.Contact,
        uit("01 02 03 04"),
        misschien(ADRES),
        misschien(tekst(35)),
        misschien(TELEFOONS),
        misschien(tekst(80)),
        misschien(periode),
        codes,
    )


def relaties(codes: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[m.Relatie]:
    return st.builds(
        m.Relatie,
        tekst(20),
        uit("03 16 25"),
        namen(volledig=True),
        contacten(codes),
        misschien(st.integers(0, 99)),
        misschien(GEBOREN),
        misschien(uit("0 1 2")),
        codes,
    )


def toewijzingen(codes: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[m.ToegewezenProduct]:
    omvang = st.builds(m.Omvang, st.integers(0, 99999999), uit("01 04 83"), uit("1 2 4 6"))
    return st.builds(
        m.ToegewezenProduct,
        NUMMER,
        DATUMS,
        uit("00:00:00 23:59:59 09:30:00.1234567 24:00:00"),
        DATUMS,
        misschien(DATUMS),
        misschien(tekst(36)),
        misschien(PRODUCT),
        misschien(uit("02 04 13 14")),
        misschien(omvang),
        misschien(st.integers(0, 99999999)),
        misschien(COMMENTAAR),
        codes,
    )


def starts(codes: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[m.StartProduct]:
    return st.builds(
        m.StartProduct,
        DATUMS,
        uit("1 2 3 9"),
        misschien(NUMMER),
        misschien(PRODUCT),
        misschien(DATUMS),
        codes,
    )


def stops(codes: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[m.StopProduct]:
    return st.builds(
        m.StopProduct,
        DATUMS,
        uit("02 19 20 21 22 23 31 36 37 38 39"),
        DATUMS,
        uit("1 2 3 9"),
        misschien(NUMMER),
        misschien(PRODUCT),
        misschien(DATUMS),
        codes,
    )


def _reeks(strategie: st.SearchStrategy[object], minimum: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategie, min_size=minimum, max_size=3).map(tuple)


def clienten(soort: str, codes: st.SearchStrategy[tuple[str, ...]]) -> st.SearchStrategy[m.Client]:
    lang = soort in ("301", "302")
    product = toewijzingen if lang else starts if soort in ("305", "306") else stops
    communicatie = st.builds(m.Communicatie, uit("1 2 3"), misschien(tekst(25)))
    return st.builds(
        m.Client,
        uit("999901102 999901114 000000000"),
        GEBOREN,
        uit("0 1 2"),
        namen(volledig=lang),
        _reeks(product(codes), 1),
        misschien(communicatie) if lang else st.none(),
        misschien(uit("01 12")) if lang else st.none(),
        misschien(uit("06 10")) if lang else st.none(),
        misschien(COMMENTAAR) if lang else st.none(),
        _reeks(relaties(codes), 0) if lang else st.just(()),
        _reeks(contacten(codes), 1) if lang else st.just(()),
        codes,
    )


def berichten(soort: str) -> st.SearchStrategy[m.Bericht]:
    """Any message of this type that level 1 takes."""
    is_retour = soort in ("302", "306", "308")
    kop = st.builds(m.Retourkop, tekst(12), DATUMS, VERSIE, misschien(uit("2.10.5")), st.just(()) | CODES)
    van_gemeente = soort in ("301", "302")
    gemeente, agb = uit("0935 1903"), uit("65001234 00000000")
    header = st.builds(
        m.Header,
        gemeente if van_gemeente else agb,
        agb if van_gemeente else gemeente,
        tekst(12),
        DATUMS,
        VERSIE,
        kop if is_retour else st.none(),
    )
    client = clienten(soort, CODES if is_retour else st.just(()))
    return st.builds(
        m.Bericht, st.just(soort), st.just("3.2"), header, misschien(client) if is_retour else client
    )
