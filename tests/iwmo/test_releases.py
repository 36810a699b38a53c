"""The next release is one added folder: here it is 4.0, made while the test runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import iwmo
from iwmo import register, schemamaker
from tests.iwmo.bouw import gemaakt, zet

MAP_3_2 = Path(iwmo.__file__).parent / "v3_2"
MODULE = '''"""A made-up release: the rules of 3.2 without CS058, and one reason more."""
from pathlib import Path

from iwmo.lezen import naar_bericht
from iwmo.release import uit_map
from iwmo.schrijven import naar_xml
from iwmo.v3_2.regelset import SET

_REGELS = tuple(regel for regel in SET.alle() if regel.nummer != "CS058")
RELEASE = uit_map(Path(__file__).parent, regels=_REGELS, lezer=naar_bericht, schrijver=naar_xml)
'''


@pytest.fixture
def release_4_0(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "v4_0"
    folder.mkdir()
    (folder / "__init__.py").write_text(MODULE, encoding="utf-8")
    tekst = (MAP_3_2 / "elementen.json").read_text(encoding="utf-8").replace("/3_2/", "/4_0/")
    tabellen = json.loads(tekst)
    tabellen["release"] = "4.0"
    tabellen["codelijsten"]["LDT_RedenBeeindiging"].append(["40", "Een reden van later"])
    for bericht in tabellen["berichten"].values():
        for veld in bericht["typen"]["Header"]:
            veld.update(
                {"BerichtVersie": {"vast": "4"}, "BerichtSubversie": {"vast": "0"}}.get(veld["naam"], {})
            )
    (folder / "elementen.json").write_text(json.dumps(tabellen), encoding="utf-8")
    schemamaker.maak(folder)
    monkeypatch.setattr(iwmo, "__path__", [*iwmo.__path__, str(tmp_path)])
    register.vergeet()
    yield
    monkeypatch.undo()
    register.vergeet()


def van_4_0(*bewerkingen: object) -> bytes:
    data = gemaakt("307", zet("Header/BerichtVersie", "4"), zet("Header/BerichtSubversie", "0"), *bewerkingen)
    return data.replace(b"/3_2/", b"/4_0/")


def test_zonder_de_map_is_4_0_onbekend() -> None:
    oordeel = iwmo.controleer(van_4_0())
    assert (oordeel.oordeel, oordeel.soort, oordeel.release) == ("afgekeurd-schema", "307", "4.0")


@pytest.mark.usefixtures("release_4_0")
def test_een_map_erbij_is_genoeg() -> None:
    oordeel = iwmo.controleer(van_4_0())
    assert (oordeel.oordeel, oordeel.release) == ("akkoord", "4.0")
    bericht = iwmo.lees(van_4_0())
    assert iwmo.lees(iwmo.schrijf(bericht)) == bericht
    assert b"<wmo307:BerichtVersie>4<" in iwmo.schrijf(bericht)


@pytest.mark.usefixtures("release_4_0")
def test_elke_release_houdt_zijn_eigen_tabellen_en_regels() -> None:
    reden = zet("Client/StopProducten/StopProduct[1]/RedenBeeindiging", "40")
    status = zet("Client/StopProducten/StopProduct[1]/StatusAanlevering", "9")
    assert iwmo.controleer(van_4_0(reden)).akkoord
    assert iwmo.controleer(van_4_0(status)).akkoord
    assert iwmo.controleer(gemaakt("307", reden)).oordeel == "afgekeurd-schema"
    assert iwmo.controleer(gemaakt("307", status)).regels == ("CS058",)


@pytest.mark.usefixtures("release_4_0")
def test_een_weigering_noemt_beide_releases() -> None:
    tekst = iwmo.controleer(b"<x/>").meldingen[0].tekst
    assert "iWmo 3.2 (" in tekst
    assert "iWmo 4.0 (" in tekst
