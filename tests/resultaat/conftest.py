"""The tests of this folder do their deeds as the running portal does: as wmo_app, which owns nothing."""

from collections.abc import Iterator

import pytest

from tests import als_app, fabriek
from tests.conftest import _raakt_de_database

NOG_NIET = {
    "test_ronde_afbreken",
    "test_ronde_sql",
    "test_schermen_veel",
}
"""Not tried yet; their requests and tasks run as wmo_app like those of all tests."""


@pytest.fixture(autouse=True)
def _daden_als_wmo_app(request: pytest.FixtureRequest) -> Iterator[None]:
    """A deed that needs a right which the portal has not, fails here.

    A step that only the owner can do is done in `als_app.als_eigenaar()`; `@pytest.mark.als_eigenaar(waarom)` leaves a
    whole test the owner.
    """
    eigenaar = request.node.get_closest_marker("als_eigenaar") or request.path.stem in NOG_NIET
    if eigenaar or not _raakt_de_database(request):
        yield
        return
    request.getfixturevalue("werkbereik")
    with als_app.als_app():
        yield


@pytest.fixture
def carla(db):
    return fabriek.consulent(naam="Carla")


@pytest.fixture
def cor(db):
    return fabriek.consulent(naam="Cor")
