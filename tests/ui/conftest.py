"""A browser for the whole run and a page for each test, logged in on the real server of pytest-django."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client as Http
from playwright.sync_api import Browser, Page

from tests.browser.hulp import chromium, log_in, open_scherm


@pytest.fixture(scope="session", autouse=True)
def _map_voor_statische_bestanden() -> None:
    """Whitenoise warns when it is not there; the files themselves come from the finders."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def scherm(browser: Browser, live_server, http: Http) -> Iterator[Callable[..., Page]]:
    """`scherm("/componenten/", breedte=360)`: that page, seen by a consulent."""
    from tests.fabriek import consulent

    wie = consulent()
    TOTP.activate(wie, generate_totp_secret())
    http.force_login(wie)
    open_: list[Page] = []

    def ga(pad: str, **opties) -> Page:
        page = open_scherm(browser, **opties)
        open_.append(page)
        log_in(page, live_server.url, http.cookies)
        antwoord = page.goto(live_server.url + pad)
        assert antwoord is not None
        assert (antwoord.status, page.url) == (200, live_server.url + pad), "another page would be judged"
        return page

    yield ga
    for page in open_:
        page.context.close()
