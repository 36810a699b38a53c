"""H5's own wishes about a 307: seen, never a reason to refuse (OP047, OP095)."""

from datetime import date

import pytest

from stopberichten.enums import RedenBeeindiging
from stopberichten.signalen import Stopfeiten, signalen, werkdagen_na

EIND = date(2026, 10, 30)


def nummers(**feiten):
    waarden = {
        "reden": "23",
        "einddatum": EIND,
        "toewijzing_bekend": True,
        "toewijzing_einddatum": EIND,
        **feiten,
    }
    waarden["reden"] = RedenBeeindiging(waarden["reden"])
    return [signaal.nummer for signaal in signalen(Stopfeiten(**waarden))]


@pytest.mark.parametrize(
    ("feiten", "verwacht"),
    [
        ({}, []),
        ({"reden": "19"}, []),
        ({"reden": "19", "toewijzing_einddatum": date(2026, 10, 31)}, ["S19"]),
        ({"reden": "19", "toewijzing_einddatum": None}, ["S19"]),
        ({"reden": "19", "toewijzing_bekend": False, "toewijzing_einddatum": None}, []),
        ({"reden": "23", "toewijzing_einddatum": date(2026, 10, 31)}, []),
        ({"reden": "37", "toewijzing_reden_wijziging": "12"}, ["S37"]),
        ({"reden": "37"}, ["S37", "S301"]),
        ({"reden": "36"}, ["S301"]),
        ({"reden": "36", "toewijzing_reden_wijziging": "05"}, []),
        ({"reden": "36", "toewijzing_reden_wijziging": "12"}, ["S301"]),
        ({"ontvangen_na_werkdagen": 5}, []),
        ({"ontvangen_na_werkdagen": 6}, ["LAAT"]),
        ({"ontvangen_na_werkdagen": None}, []),
    ],
)
def test_aan_beide_kanten_van_de_lijn(feiten, verwacht):
    assert nummers(**feiten) == verwacht


@pytest.mark.parametrize("reden", list(RedenBeeindiging))
def test_elke_code_geeft_hele_zinnen(reden):
    gevonden = signalen(Stopfeiten(reden=reden, einddatum=EIND, ontvangen_na_werkdagen=9))
    assert all(signaal.tekst.endswith(".") and signaal.bron for signaal in gevonden)


def test_werkdagen_slaan_het_weekend_over():
    # Friday to the Friday after: five working days, in time.
    assert werkdagen_na(date(2026, 10, 9), date(2026, 10, 16)) == 5
    assert werkdagen_na(date(2026, 10, 9), date(2026, 10, 19)) == 6


def test_een_datum_uit_een_ver_verleden_telt_niet_eindeloos():
    assert 240 < werkdagen_na(date(1, 1, 1), date(2026, 10, 16)) < 270
