"""python -m iwmo controleer: one line a file, and never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iwmo.__main__ import main
from tests.iwmo.bouw import gemaakt, zet

WORTEL = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "goed.xml").write_bytes(gemaakt("307"))
    (tmp_path / "inhoud.xml").write_bytes(gemaakt("305", zet("Client/Bsn", "999901103")))
    (tmp_path / "schema.xml").write_bytes(gemaakt("301", zet("Client/Geslacht", "7")))
    (tmp_path / "kapot.xml").write_bytes(b"<a")
    (tmp_path / "dtd.xml").write_bytes(b"<!DOCTYPE a><a/>")
    (tmp_path / "rommel.bin").write_bytes(bytes(range(256)))
    (tmp_path / "leeg.xml").write_bytes(b"")
    return tmp_path


UITSLAGEN = {
    "goed.xml": ("akkoord", "307", 2),
    "inhoud.xml": ("afgekeurd-inhoud", "305", 2),
    "schema.xml": ("afgekeurd-schema", "301", 1),
    "kapot.xml": ("niet-welgevormd", None, 0),
    "dtd.xml": ("geweigerd", None, 0),
    "rommel.bin": ("geweigerd", None, 0),
    "leeg.xml": ("niet-welgevormd", None, 0),
}


def opdracht(*argumenten: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "iwmo", *argumenten],
        cwd=WORTEL,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"},
    )


def test_een_regel_json_per_bestand_en_altijd_0(folder: Path) -> None:
    af = opdracht("controleer", *(str(folder / naam) for naam in UITSLAGEN), "--json")
    assert (af.returncode, af.stderr) == (0, b"")
    regels = [json.loads(regel) for regel in af.stdout.decode("utf-8").splitlines()]
    assert [Path(regel["bestand"]).name for regel in regels] == list(UITSLAGEN)
    for regel in regels:
        verwacht = UITSLAGEN[Path(regel["bestand"]).name]
        assert (regel["oordeel"], regel["soort"], regel["niveau"]) == verwacht
        assert set(regel) == {"bestand", "soort", "release", "niveau", "oordeel", "regels", "meldingen"}
        for melding in regel["meldingen"]:
            assert set(melding) == {"regel", "plaats", "gevonden", "verwacht", "tekst"}
    assert regels[1]["regels"] == ["CS002"]


def test_een_map_staat_voor_zijn_bestanden(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["controleer", str(folder), "--json"]) == 0
    namen = [Path(json.loads(regel)["bestand"]).name for regel in capsysbinary.readouterr().out.splitlines()]
    assert namen == sorted(UITSLAGEN)


def test_wat_er_niet_is_wordt_gezegd(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Not judged, so exit 1; the other files are judged all the same."""
    assert main(["controleer", str(folder / "weg.xml"), str(folder / "goed.xml"), "/dev/null", "--json"]) == 1
    regels = [json.loads(regel) for regel in capsysbinary.readouterr().out.splitlines()]
    assert [regel["oordeel"] for regel in regels] == ["geweigerd", "akkoord", "geweigerd"]
    assert "bestaat niet" in regels[0]["meldingen"][0]["tekst"]


def test_een_bestandsnaam_die_geen_utf_8_is(folder: Path) -> None:
    pad = os.fsencode(folder) + b"/gek-\xff.xml"
    Path(os.fsdecode(pad)).write_bytes(gemaakt("305"))
    af = opdracht("controleer", os.fsdecode(pad), "--json")
    assert af.returncode == 0
    assert json.loads(af.stdout.decode("utf-8"))["oordeel"] == "akkoord"


def test_zonder_json_leest_een_mens_mee(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["controleer", str(folder / "inhoud.xml")]) == 0
    tekst = capsysbinary.readouterr().out.decode("utf-8")
    assert "inhoud.xml: afgekeurd-inhoud (305 3.2) CS002" in tekst
    assert "11-proef" in tekst
    assert "••••••103" in tekst


def test_verkeerd_gebruik_geeft_uitleg() -> None:
    for argumenten in ([], ["controleer"], ["iets"]):
        af = opdracht(*argumenten)
        assert af.returncode == 2
        assert b"Traceback" not in af.stderr


def test_een_lezer_die_weggaat_is_geen_ongeluk(folder: Path) -> None:
    lees, schrijf = os.pipe()
    os.close(lees)
    af = subprocess.run(
        [sys.executable, "-m", "iwmo", "controleer", str(folder), "--json"],
        cwd=WORTEL,
        stdout=schrijf,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(schrijf)
    assert b"Traceback" not in af.stderr
