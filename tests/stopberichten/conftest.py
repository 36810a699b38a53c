"""Who and what the stories of the message traffic share."""

import pytest

from tests import fabriek
from tests.stopberichten import brieven
from tests.stopberichten.toelichtinghulp import Zaak, zaak


@pytest.fixture
def westland():
    return fabriek.westland()


@pytest.fixture
def linde():
    return fabriek.aanbieder("Zorggroep De Linde", agb=brieven.LINDE)


@pytest.fixture
def wim(westland):
    """Administratie of Westland."""
    return fabriek.administratie(westland, naam="Wim de Wit")


@pytest.fixture
def anja(linde):
    """Works for De Linde."""
    return fabriek.medewerker(linde, naam="Anja Smit")


@pytest.fixture
def bij(http) -> Zaak:
    """Fatma is logged in and has a draft about Financiën."""
    wat = zaak()
    http.force_login(wat.fatma)
    wat.concept = wat.begin()
    return wat
