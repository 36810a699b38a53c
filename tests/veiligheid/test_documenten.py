"""What docs/veiligheid.md and docs/asvs.csv promise is proven by tests that exist."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
TEST = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")
REGELS = list(csv.DictReader((BASE / "docs/asvs.csv").read_text(encoding="utf-8").splitlines()))


def genoemd(tekst: str) -> set[tuple[str, str]]:
    return set(TEST.findall(tekst))


def bestaat(bestand: str, naam: str) -> bool:
    pad = BASE / bestand
    return pad.exists() and bool(
        re.search(rf"^\s*def {naam}\(", pad.read_text(encoding="utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("document", ["docs/veiligheid.md", "docs/asvs.csv"])
def test_elke_genoemde_test_bestaat(document):
    namen = genoemd((BASE / document).read_text(encoding="utf-8"))
    assert len(namen) > 20
    assert {f"{b}::{n}" for b, n in namen if not bestaat(b, n)} == set()


def test_een_test_die_niet_bestaat_valt_op():
    """The negative control."""
    assert not bestaat("tests/veiligheid/test_koppen.py", "test_die_niemand_schreef")
    assert not bestaat("tests/veiligheid/test_die_er_niet_is.py", "test_x")


def test_elke_dreiging_heeft_een_regel_met_verdediging_en_bewijs():
    rijen = [
        r
        for r in (BASE / "docs/veiligheid.md").read_text(encoding="utf-8").splitlines()
        if re.match(r"\| \d+ \|", r)
    ]
    assert [int(r.split("|")[1]) for r in rijen] == list(range(1, 37))
    for rij in rijen:
        _, _nummer, dreiging, verdediging, test, *_rest = (deel.strip() for deel in rij.split("|"))
        assert dreiging
        assert verdediging
        assert genoemd(test) or test == "nog geen test", rij


@pytest.mark.parametrize("regel", REGELS, ids=lambda r: r["eis"])
def test_elke_eis_heeft_een_antwoord(regel):
    """A test, or `nvt`, `open`, `beheerder` with a reason."""
    assert re.fullmatch(r"V\d+\.\d+\.\d+", regel["eis"])
    assert regel["niveau"] in {"1", "2", "3"}
    assert regel["onderwerp"]
    if regel["stand"] == "ja":
        assert genoemd(regel["bewijs"])
    else:
        assert regel["stand"] in {"nvt", "open", "beheerder"}
        assert len(regel["bewijs"]) > 10


def test_geen_eis_staat_er_twee_keer():
    assert len({regel["eis"] for regel in REGELS}) == len(REGELS)


def test_de_hoofdstukken_die_eerst_moesten_staan_erin():
    hoofdstukken = {regel["eis"].split(".")[0] for regel in REGELS}
    assert {"V1", "V2", "V3", "V5", "V6", "V7", "V8", "V11", "V13", "V14", "V15", "V16"} <= hoofdstukken
    assert {
        "V8.4.1",
        "V8.3.2",
        "V2.3.3",
        "V2.3.4",
        "V1.2.10",
        "V1.5.1",
        "V14.2.1",
        "V14.2.6",
        "V14.2.7",
        "V16.4.2",
    } <= {regel["eis"] for regel in REGELS}
