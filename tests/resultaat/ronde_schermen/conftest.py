"""Anna at the screens of the round, on 12 October."""

from datetime import datetime

import pytest

from organisaties.models import Gebruiker
from tests import fabriek
from tests.resultaat.ronde_schermen.hulp import AMSTERDAM


@pytest.fixture(autouse=True)
def _het_is_12_oktober(monkeypatch):
    """The clock stands in the doors, so there it is set."""
    moment = datetime(2026, 10, 12, 10, 0, tzinfo=AMSTERDAM)
    for deur in ("ronde", "ronde_na", "formulieren"):
        monkeypatch.setattr(f"resultaat.views.{deur}.nu", lambda: moment)
    for deur in ("ronde", "formulieren"):
        monkeypatch.setattr(f"resultaat.views.{deur}.vandaag", moment.date)


@pytest.fixture
def anna(http) -> Gebruiker:
    """Anna of the administratie of Westland, logged in."""
    wie = fabriek.administratie(naam="Anna de Boer")
    http.force_login(wie)
    return wie
