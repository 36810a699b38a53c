"""The schemas are written from the table, and say what the table says."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iwmo import schemamaker
from iwmo.register import releases, soort_van

MAP = Path(schemamaker.__file__).parent / "v3_2"
TABELLEN = json.loads((MAP / "elementen.json").read_text(encoding="utf-8"))


def test_de_schemas_zijn_bij() -> None:
    """After a change in elementen.json: python -m iwmo.v3_2.maak_schema."""
    gemaakt = schemamaker.schemas(TABELLEN)
    assert {pad.name for pad in (MAP / "xsd").iterdir()} == set(gemaakt)
    for naam, tekst in gemaakt.items():
        assert (MAP / "xsd" / naam).read_text(encoding="utf-8") == tekst, naam


def test_maak_schrijft_wat_schemas_zegt(tmp_path: Path) -> None:
    (tmp_path / "elementen.json").write_text(json.dumps(TABELLEN), encoding="utf-8")
    for pad in schemamaker.maak(tmp_path):
        assert pad.read_bytes() == (MAP / "xsd" / pad.name).read_bytes()


def test_alle_berichten_van_de_standaard_die_wij_lezen() -> None:
    codes = {code: soort.berichtcode for code, soort in releases()["3.2"].soorten.items()}
    assert codes == {"301": "414", "302": "415", "305": "418", "306": "419", "307": "420", "308": "421"}
    assert soort_van("3.2", "307").naamruimte == "http://www.istandaarden.nl/iwmo/3_2/wmo307/schema"


def test_codelijsten_hebben_de_omvang_van_de_standaard() -> None:
    lijsten = releases()["3.2"].codelijsten
    assert len(lijsten["RetourCode"]) == 59
    assert len(lijsten["LandCode"]) == 249
    assert len(lijsten["SoortRelatie"]) == 23
    assert lijsten["RedenBeeindiging"]["20"] == "Levering is tijdelijk beeindigd"
    assert list(lijsten["RedenBeeindiging"]) == [
        "02",
        "19",
        "20",
        "21",
        "22",
        "23",
        "31",
        "36",
        "37",
        "38",
        "39",
    ]


# XML Schema: "." is all but CR and LF, \s is space, tab, CR, LF; a pattern holds for the whole text.
def _past(patroon: str, tekst: str) -> bool:
    wit, punt = r"[ \t\r\n]", r"[^\r\n]"
    vertaald = {
        r".*[^\s].*": f"{punt}*[^ \\t\\r\\n]{punt}*",
        r"[ \t]*\S.*": f"[ \\t]*[^ \\t\\r\\n]{punt}*",
        r"([.\s]*\S+[.\s]*)+": r"([. \t\r\n]*[^ \t\r\n]+[. \t\r\n]*)+",
        r"\s*\S[\s\S]*": f"{wit}*[^ \\t\\r\\n](?:.|\n)*",
    }
    return re.fullmatch(vertaald[patroon], tekst) is not None


TEKST = st.text(st.sampled_from(" \t\r\n.aé😀"), max_size=7)


@settings(max_examples=500, deadline=None)
@given(TEKST)
@example("")
@example("\n a")
@example("a\n")
@example(" . \n")
def test_het_eenpadige_patroon_aanvaardt_dezelfde_teksten(tekst: str) -> None:
    for van_de_standaard, van_ons in schemamaker._EENPADIG.items():
        assert _past(van_de_standaard, tekst) == _past(van_ons, tekst)


@pytest.mark.parametrize("soort", ["301", "302", "305", "306", "307", "308"])
def test_elk_type_in_de_boom_bestaat(soort: str) -> None:
    bericht = TABELLEN["berichten"][soort]
    for velden in [*bericht["typen"].values(), *TABELLEN["samengesteld"].values()]:
        for veld in velden:
            bekend = (bericht["typen"], TABELLEN["samengesteld"], TABELLEN["enkelvoudig"])
            assert any(veld["type"] in groep for groep in bekend), veld
