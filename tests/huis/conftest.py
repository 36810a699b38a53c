"""What the laws of the house are read from."""

import tomllib
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text())
