"""docs/herkomst.md and docs/wensen.md hold: every row is there, and the code and the tests it names exist."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

WORTEL = Path(__file__).parents[2]
RIJ = re.compile(
    r"\| R(?P<eis>\d+) \| (?P<bron>[^|]+) \| (?P<wat>[^|]+) \| (?P<code>[^|]+) \| (?P<test>[^|]+) \|"
)
RIJEN = [
    m.groupdict() for m in map(RIJ.fullmatch, (WORTEL / "docs/herkomst.md").read_text().splitlines()) if m
]


WENS = re.compile(r"\| (?P<wens>[UM]\d+) \| (?P<wat>[^|]+) \| (?P<code>[^|]+) \| (?P<test>[^|]+) \|")
WENSEN = [
    m.groupdict() for m in map(WENS.fullmatch, (WORTEL / "docs/wensen.md").read_text().splitlines()) if m
]


def _woorden(cel: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cel)


def _bestaat(naam: str) -> bool:
    """`app.module.ding`, or a module itself."""
    module, _, ding = naam.rpartition(".")
    try:
        return hasattr(import_module(module), ding) or bool(import_module(naam))
    except ModuleNotFoundError:
        return False


def _tests_in(pad: Path) -> set[str]:
    return {n.name for n in ast.walk(ast.parse(pad.read_text())) if isinstance(n, ast.FunctionDef)}


def test_elke_eis_heeft_een_rij():
    assert [int(rij["eis"]) for rij in RIJEN] == list(range(1, 116))


@pytest.mark.parametrize("rij", RIJEN, ids=lambda rij: f"R{rij['eis']}")
def test_de_genoemde_code_en_tests_bestaan(rij):
    assert _woorden(rij["code"]) or rij["code"] == "nog niet"
    _alles_bestaat(rij)


@pytest.mark.parametrize("rij", WENSEN, ids=lambda rij: rij["wens"])
def test_de_genoemde_code_en_tests_van_een_wens_bestaan(rij):
    assert _woorden(rij["code"])
    assert _woorden(rij["test"])
    _alles_bestaat(rij)


def test_elke_wens_staat_er_een_keer_en_geen_rij_valt_buiten_de_vorm():
    tabel = [
        regel for regel in (WORTEL / "docs/wensen.md").read_text().splitlines() if regel.startswith("| ")
    ]
    namen = [rij["wens"] for rij in WENSEN]
    assert len(namen) == len(set(namen)) == len(tabel) - 1 >= 23  # but for the head


def _alles_bestaat(rij: dict[str, str]) -> None:
    assert [naam for naam in _woorden(rij["code"]) if not _bestaat(naam)] == []
    for naam in _woorden(rij["test"]):
        pad, _, test = naam.partition("::")
        assert test in _tests_in(WORTEL / pad), naam


def test_wat_er_niet_is_valt_op():
    assert not _bestaat("resultaat.ronde.bestaat_niet")
    assert not _bestaat("resultaat.bestaat_niet.oordeel")
    assert _bestaat("iwmo.retour")
