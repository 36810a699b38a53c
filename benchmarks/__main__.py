"""python -m benchmarks: the names of the parts that can be run, one a line (`make bench` runs them all)."""

from pathlib import Path

HULP = {"__init__", "__main__", "gegevens", "bouwen", "vullen", "meten"}
"""No parts: what the parts are made with. A module says that it is a part by having a `main`."""


def delen() -> list[str]:
    hier = Path(__file__).parent
    modules = {pad.stem for pad in hier.glob("*.py") if "def main(" in pad.read_text("utf-8")} - HULP
    pakketten = {pad.parent.name for pad in hier.glob("*/__main__.py")}
    return sorted(modules | pakketten)


if __name__ == "__main__":
    print("\n".join(delen()))
