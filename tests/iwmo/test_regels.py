"""The table of level-2 rules: which numbers stand for which message, and what a finding says."""

import pytest

import iwmo
from iwmo.regels import Regelset
from iwmo.register import releases, soort_van
from tests.iwmo.bouw import dubbel, gemaakt, zet

VOOR_ALLE = "CS002 CS139 TR002 TR101 TR134"
VAN_DE_301 = (
    "CD005 CD007 CD009 CD025 CD034 CD041 CD075 CD076 CD077 CD078 CD079 CD080 "
    "CS003 CS050 CS089 CS335 CS336 CS338 TR006 TR061 TR302"
)


@pytest.mark.parametrize(
    ("soort", "nummers"),
    [
        ("301", f"{VOOR_ALLE} {VAN_DE_301}"),
        ("305", f"{VOOR_ALLE} CS058"),
        ("307", f"{VOOR_ALLE} CS058 TR018"),
        ("302", ""),
        ("306", ""),
        ("308", ""),
    ],
)
def test_welke_regels_voor_welk_bericht(soort: str, nummers: str) -> None:
    """From the standard's table; CS015 and CS025 are enforced by the schema. Not one rule more (OP047)."""
    assert [regel.nummer for regel in soort_van("3.2", soort).regels] == sorted(nummers.split())


def test_elke_regel_heeft_de_tekst_van_de_standaard_en_retourcode_0001() -> None:
    for soort in releases()["3.2"].soorten.values():
        for regel in soort.regels:
            assert len(regel.tekst) > 20
            assert regel.retourcode == "0001"


def test_een_nummer_staat_maar_een_keer() -> None:
    regels = Regelset()
    regels.regel("TR001", "301", "tekst")(lambda bericht: ())
    with pytest.raises(ValueError, match="TR001"):
        regels.regel("TR001", "301", "tekst")(lambda bericht: ())


def test_een_melding_zegt_regel_plaats_gevonden_en_verwacht() -> None:
    stop = "Client/StopProducten/StopProduct[2]"
    oordeel = iwmo.controleer(gemaakt("307", zet(f"{stop}/Einddatum", "2024-09-04")))
    assert oordeel.niveau == 2
    assert [melding.als_json() for melding in oordeel.meldingen] == [
        {
            "regel": "TR018",
            "plaats": f"Bericht/{stop}/Einddatum",
            "gevonden": "2024-09-04",
            "verwacht": "vanaf 2024-09-05",
            "tekst": "Einddatum moet groter dan of gelijk zijn aan Begindatum.",
        }
    ]


@pytest.mark.parametrize(
    ("soort", "bewerking", "regel", "plaats"),
    [
        (
            "301",
            zet("Client/Relaties/Relatie/Naam/NaamGebruik", "5"),
            "CS050",
            "Relaties/Relatie/Naam/NaamGebruik",
        ),
        ("301", dubbel("Client/Relaties/Relatie"), "TR101", "Relaties/Relatie[2]"),
        ("301", dubbel("Client/Contactgegevens/Contact[2]"), "TR101", "Contactgegevens/Contact[3]"),
        (
            "301",
            zet("Client/Contactgegevens/Contact[1]/Adres/Postcode", "62"),
            "CS089",
            "Contactgegevens/Contact[1]/Adres/Postcode",
        ),
        ("305", dubbel("Client/StartProducten/StartProduct[1]"), "TR101", "StartProducten/StartProduct[2]"),
        ("307", zet("Client/Bsn", "999901103"), "CS002", "Bsn"),
    ],
)
def test_de_plaats_van_een_overtreding(soort: str, bewerking: object, regel: str, plaats: str) -> None:
    meldingen = iwmo.controleer(gemaakt(soort, bewerking)).meldingen
    assert [(melding.regel, melding.plaats) for melding in meldingen] == [(regel, f"Bericht/Client/{plaats}")]


def test_de_wensen_van_het_werkproces_zijn_geen_regel() -> None:
    """H5 wants 19 only on the end date, 37 never, and stops within 5 days. The standard does not (OP047)."""
    stop = "Client/StopProducten/StopProduct[1]"
    for bewerking in (
        zet(f"{stop}/RedenBeeindiging", "37"),
        zet(f"{stop}/RedenBeeindiging", "36"),
        zet(f"{stop}/Einddatum", "2024-10-01"),
    ):
        assert iwmo.controleer(gemaakt("307", bewerking)).akkoord


def test_veel_overtredingen_worden_er_ten_hoogste_honderd_per_regel() -> None:
    data = gemaakt("307", zet("Client/StopProducten/StopProduct[1]/StatusAanlevering", "9"))
    begin = data.index(b"<w:StopProduct>")
    einde = data.index(b"</w:StopProduct>") + len(b"</w:StopProduct>")
    data = data[:begin] + data[begin:einde] * 300 + data[einde:]
    oordeel = iwmo.controleer(data)
    assert oordeel.regels == ("CS058", "TR101")
    assert len(oordeel.meldingen) == 200
