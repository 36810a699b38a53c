"""Fixtures for all tests: a migrated database with its walls, people, and a browser of Django's (`http`)."""

from collections.abc import Iterator

import pytest
from django.test import Client as Http

DB_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """After the migrations: grants and the scope key, as `manage.py inrichten` does."""
    from techniek.rechten import ken_toe

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        ken_toe()


@pytest.fixture(autouse=True)
def werkbereik(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test itself sees everything; each request inside it sees what its person may see."""
    if not DB_FIXTURES & set(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        yield
        return
    from wmo_portal.lib import rls

    request.getfixturevalue("transactional_db" if _transactioneel(request) else "db")
    monkeypatch.setattr(rls, "NA_AFLOOP", rls.SYSTEEM)
    rls.zet(rls.SYSTEEM)
    yield


def _transactioneel(request: pytest.FixtureRequest) -> bool:
    merk = request.node.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(request.fixturenames)) or bool(
        merk and merk.kwargs.get("transaction")
    )


@pytest.fixture
def http() -> Http:
    """Django's test client, logged in by `http.force_login(gebruiker)`. (`client` is our cliënt.)"""
    return Http()


@pytest.fixture(autouse=True)
def _zonder_tweede_factor(request: pytest.FixtureRequest, settings: object) -> None:
    """Most stories are not about the second factor; those about it mark themselves `tweede_factor`."""
    if not request.node.get_closest_marker("tweede_factor"):
        from django.conf import settings as django_settings

        gebouwd = [naam for naam in django_settings.MIDDLEWARE if not naam.endswith(".tweede_factor")]
        settings.MIDDLEWARE = gebouwd  # type: ignore[attr-defined]
