"""Fixtures for all tests: a migrated database with its walls, people, and a browser of Django's (`http`)."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Http
from hypothesis import settings as hypothesis_settings

from tests import als_app, leegmaken, volgorde
from tests.libreoffice import ONTBREEKT, LibreOffice, vind_soffice

# A machine that is busy is not a failure: no test here has a deadline.
hypothesis_settings.register_profile("zonder_klok", deadline=None)
hypothesis_settings.load_profile("zonder_klok")

# What guessing costs a thief, each log-in of a test would cost us: a third of a second of both cores. The same Argon2
# with everything around it; what it costs people stands in tests/veiligheid/test_inloggen.py.
LICHT = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}

DB_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.fixture(scope="session", autouse=True)
def _map_voor_statische_bestanden() -> None:
    """WhiteNoise warns when it is not there; the files themselves come from the finders."""
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def lichte_wachtwoorden() -> Iterator[dict[str, int]]:
    """Yields what Django itself asks."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    echt = {naam: getattr(Argon2PasswordHasher, naam) for naam in LICHT}
    with pytest.MonkeyPatch.context() as patch:
        for naam, waarde in LICHT.items():
            patch.setattr(Argon2PasswordHasher, naam, waarde)
        yield echt


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """After the migrations: grants and the scope key, as `manage.py inrichten` does."""
    from techniek.rechten import ken_toe

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        ken_toe()
        als_app.sta_toe()
    with pytest.MonkeyPatch.context() as patch:
        leegmaken.lichter(patch)
        yield


@pytest.fixture(autouse=True)
def _verzoeken_en_taken_als_wmo_app(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each request and each task runs as the role of the running portal; the test around it stays the owner."""
    if not _raakt_de_database(request):
        yield
        return
    with als_app.verzoeken(), als_app.taken():
        yield


@pytest.fixture(autouse=True)
def werkbereik(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test itself sees everything; each request inside it sees what its person may see."""
    if not _raakt_de_database(request):
        yield
        return
    from wmo_portal.lib import rls

    request.getfixturevalue("transactional_db" if _transactioneel(request) else "db")
    monkeypatch.setattr(rls, "NA_AFLOOP", rls.SYSTEEM)
    rls.zet(rls.SYSTEEM)
    yield


def _raakt_de_database(request: pytest.FixtureRequest) -> bool:
    return bool(DB_FIXTURES & set(request.fixturenames)) or bool(request.node.get_closest_marker("django_db"))


def _transactioneel(request: pytest.FixtureRequest) -> bool:
    merk = request.node.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(request.fixturenames)) or bool(
        merk and merk.kwargs.get("transaction")
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        volgorde.langste_eerst(items)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bsn_zichtbaar(waarom): a BSN may show in a log, an address or a mail")
    config.addinivalue_line(
        "markers", "als_eigenaar(waarom): this test does as wmo_owner what the portal never does"
    )


@pytest.fixture(autouse=True)
def _snuffelaar(request: pytest.FixtureRequest) -> Iterator[None]:
    """No test lets a BSN out through a log, a mail, an address, a file name or the broker (veiligheid threat 28)."""
    if request.node.get_closest_marker("bsn_zichtbaar"):
        yield
        return
    from tests.veiligheid.snuffel import snuffelend

    with snuffelend() as neus:
        yield
    assert not neus.vondsten, "\n".join(sorted(set(neus.vondsten)))


@pytest.fixture
def http() -> Http:
    """Django's test client, logged in by `http.force_login(gebruiker)`. (`client` is our cliënt.)"""
    return Http()


@pytest.fixture(autouse=True)
def _zonder_tweede_factor(request: pytest.FixtureRequest) -> Iterator[None]:
    """Most stories are not about the second factor; those about it mark themselves `tweede_factor`."""
    if request.node.get_closest_marker("tweede_factor") or not _raakt_de_database(request):
        yield
        return
    from django.conf import settings
    from django.test import override_settings

    zonder = [naam for naam in settings.MIDDLEWARE if not naam.endswith(".tweede_factor")]
    with override_settings(MIDDLEWARE=zonder):
        yield


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: Any) -> LibreOffice:
    """One profile folder for the whole run; without the program the test says what is missing."""
    programma = vind_soffice()
    if programma is None:
        pytest.skip(ONTBREEKT)
    return LibreOffice(programma, tmp_path_factory.mktemp("libreoffice"))
