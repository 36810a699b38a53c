"""The longest files begin first in a run over several processes (tests/volgorde.py)."""

from pathlib import Path
from types import SimpleNamespace

from tests.volgorde import SECONDEN, langste_eerst

HUIS = Path(__file__).resolve().parents[2]


def test_elk_lang_bestand_is_er():
    """Who renames one takes it along."""
    assert [naam for naam in SECONDEN if not (HUIS / naam).is_file()] == []


def test_lang_gaat_voor_kort_en_binnen_een_bestand_blijft_alles_zoals_het_was():
    lang, langer = sorted(SECONDEN, key=lambda naam: SECONDEN[naam])[-2:]
    namen = ["tests/kort.py::b", f"{lang}::b", f"{langer}::x[a::1]", f"{lang}::a", "tests/kort.py::a"]
    items = [SimpleNamespace(nodeid=naam) for naam in namen]
    langste_eerst(items)
    assert [item.nodeid for item in items] == [namen[2], namen[1], namen[3], namen[0], namen[4]]
