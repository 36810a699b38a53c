"""What the stories of this folder start from."""

import pytest

from tests import fabriek


@pytest.fixture
def westland():
    gemeente = fabriek.westland()
    fabriek.gebied("Financiën")
    fabriek.gebied("Huisvesting")
    for zwaarte in (1, 2, 3):
        fabriek.trede(zwaarte)
    fabriek.aanbieder("De Linde", "75000001")
    return gemeente
