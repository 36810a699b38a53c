"""The lock files fit pyproject, carry a hash on every line and name no host."""

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

BASE = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")


def pins(name: str) -> dict[str, Version]:
    found = (PIN.match(line) for line in (BASE / name).read_text().splitlines())
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in found if pin}


def asked(pyproject: dict[str, Any], lock: str) -> list[Requirement]:
    words = [
        *pyproject["project"]["dependencies"],
        *pyproject["project"]["optional-dependencies"]["embedded"],
    ]
    if lock == "requirements-dev.lock":
        words += pyproject["dependency-groups"]["dev"]
    return [Requirement(word) for word in words]


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_pyproject_asks_is_pinned_at_a_version_it_allows(
    pyproject: dict[str, Any], lock: str
) -> None:
    pinned = pins(lock)
    for requirement in asked(pyproject, lock):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{name} is not in {lock}: run `make lock`"
        assert pinned[name] in requirement.specifier, f"{name} {pinned[name]} is not {requirement.specifier}"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_line_names_a_place(lock: str) -> None:
    text = (BASE / lock).read_text()
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|file:|://|--index|--find-links|--extra-index| @ ", text)


def test_the_lock_for_builders_holds_all_of_the_other_at_the_same_versions() -> None:
    run_time, builders = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: builders.get(name) for name in run_time} == run_time
