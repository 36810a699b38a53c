"""Throw-away PostgreSQL and Valkey for a test run (`-p tests.servers` in pyproject).

Started once, before Django's settings are read (about 0.8 s); the workers of xdist inherit the addresses. The
tests connect as wmo_owner: under FORCE row level security that role sees no more than the app does, while a
superuser would see through every wall and the tests of the walls would prove nothing. DATABASE_APP_URL is for
tests that need the role of the running portal.

Whatever DATABASE_URL is set to outside is overruled: a test run never touches a real database.
"""

import os
from collections.abc import Iterator

import pytest

from wmo_portal.embedded.servers import throwaway_servers

# Fixed and of no use anywhere else: the same failure must show the same bytes twice.
KEYS = {
    "GEHEIME_SLEUTEL": "alleen-voor-de-tests-alleen-voor-de-tests-alleen-voor-de-tests",
    "BSN_SLEUTELS": "1:dGVzdHNsZXV0ZWwtYnNuLXRlc3RzbGV1dGVsLWJzbiE=",
    "BSN_INDEXSLEUTEL": "dGVzdHNsZXV0ZWwtaW5kZXgtdGVzdHNsZXV0ZWwtaW4=",
    "CONTEXT_SLEUTEL": "dGVzdHNsZXV0ZWwtY29udGV4dC10ZXN0c2xldXRlbCE=",
}
# The embedded database, but not the demo: known passwords have no place in a test of log-in. Static files
# without a manifest, so that no test needs collectstatic.
MODE = {
    "WMO_EMBEDDED": "1",
    "WMO_DEMO": "0",
    "WMO_MAIL": "django.core.mail.backends.locmem.EmailBackend",
    "WMO_STATIC_OPSLAG": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
FROM_OUTSIDE = (
    "DATABASE_REPLICA_URL",
    "WMO_DB_ROL",
    "WMO_ADRES",
    "WMO_HOSTS",
    "WMO_POORT",
    "WMO_DEBUG",
    "WMO_ACHTER_PROXY",
    "WMO_CLAMAV",
)


def wants_servers(config: pytest.Config) -> bool:
    """A worker of xdist has them from its parent; asking for help needs none."""
    asking = config.known_args_namespace
    return "PYTEST_XDIST_WORKER" not in os.environ and not (asking.help or asking.version)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Before pytest-django reads the settings."""
    if wants_servers(early_config):
        manager = throwaway_servers()
        _layout, environment = manager.__enter__()
        early_config.add_cleanup(lambda: manager.__exit__(None, None, None))
        for name in FROM_OUTSIDE:
            os.environ.pop(name, None)
        os.environ.update({**environment, **MODE, **KEYS})
    return (yield)
