"""What the walks along the access matrix share."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture
def stil() -> Iterator[None]:
    """Some thousand refusals, each of which Django logs."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
