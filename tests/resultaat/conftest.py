"""The tests of this folder do their deeds as the running portal does: as wmo_app, which owns nothing."""

from collections.abc import Iterator

import pytest

from beschikkingen.models import Toewijzing
from organisaties.models import Gebruiker
from tests import als_app, fabriek
from tests.conftest import _raakt_de_database


@pytest.fixture(autouse=True)
def _daden_als_wmo_app(request: pytest.FixtureRequest) -> Iterator[None]:
    """A deed that needs a right which the portal has not, fails here.

    A step that only the owner can do is done in `als_app.als_eigenaar()`; `@pytest.mark.als_eigenaar(waarom)` leaves a
    whole test the owner.
    """
    if request.node.get_closest_marker("als_eigenaar") or not _raakt_de_database(request):
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


@pytest.fixture
def ad(db) -> Gebruiker:
    """Administratie of Westland."""
    return fabriek.administratie(naam="Ad")


@pytest.fixture
def anna(http) -> Gebruiker:
    """Consulent of Westland, logged in."""
    wie = fabriek.consulent(naam="Anna")
    http.force_login(wie)
    return wie


@pytest.fixture
def jansen(db) -> Toewijzing:
    """Mevrouw Jansen in Westland, care until 31 December; Sanne works for her provider."""
    toewijzing = fabriek.toewijzing()
    fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    return toewijzing
