"""This library knows no Django, so its tests switch off what the portal's tests do around each test."""

import pytest


@pytest.fixture(autouse=True)
def werkbereik() -> None:
    """No database here."""


@pytest.fixture(autouse=True)
def _zonder_tweede_factor() -> None:
    """No settings here."""
