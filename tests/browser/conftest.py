"""The demo in a real server and a real Chromium, and its people logged in through the real log-in page.

The demo costs some ten seconds, so it is loaded once per module (`demo`), committed, and the tests of a module share
it. Mark them `django_db` without `transaction`: pytest-django would empty the database after each of them otherwise.
The second factor is on, as in production: everybody has a real one and types its code.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connections
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.hulp import chromium, klachten, open_scherm, toegankelijk

BEELDEN = Path(__file__).parents[2] / "docs" / "handleiding" / "beelden"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """While Playwright runs, Django keeps other connections for this thread; they go with it."""
    with chromium() as gestart:
        yield gestart
        connections.close_all()


@dataclass
class Portaal:
    """The running portal of this module; `als("consulent.westland")` is that person at a screen of his own."""

    adres: str
    browser: Browser
    geheimen: dict[str, str]
    sessies: dict[str, Any] = field(default_factory=dict)

    def als(self, sleutel: str, **opties: Any) -> Page:
        if sleutel not in self.sessies:
            self.sessies[sleutel] = self._log_in(sleutel)
        page = open_scherm(self.browser, storage_state=self.sessies[sleutel], base_url=self.adres, **opties)
        page.goto("/")
        return page

    def _log_in(self, sleutel: str) -> Any:
        """By the page that people use: address, password, and the code of the app on the telephone."""
        from organisaties.demo import DOMEIN, WACHTWOORD

        email = f"{sleutel}@{DOMEIN}"
        page = open_scherm(self.browser, base_url=self.adres)
        page.goto("/")
        page.get_by_label("E-mailadres").fill(email)
        page.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
        page.get_by_role("button", name="Log in").click()
        start = page.get_by_role("heading", level=1, name="Start")
        if self.geheimen:
            klopt_niet = page.get_by_role("link", name="Deze code klopt niet.")
            self._typ_code(page, email)
            start.or_(klopt_niet).first.wait_for()
            if klopt_niet.is_visible():  # its half minute was over before a busy machine had sent it
                self._typ_code(page, email)
        start.wait_for()
        staat = page.context.storage_state()
        page.context.close()
        return staat

    def _typ_code(self, page: Page, email: str) -> None:
        page.get_by_label("Code").fill(_code(self.geheimen[email]))
        page.get_by_role("button", name="Log in").click()


def _tweede_factoren() -> dict[str, str]:
    """Everybody who can log in gets an app on the telephone; its secret by e-mail address."""
    from organisaties.models import Gebruiker

    mensen = [wie for wie in Gebruiker.objects.all() if wie.has_usable_password()]
    geheimen = {wie.email: generate_totp_secret() for wie in mensen}
    for wie in mensen:
        TOTP.activate(wie, geheimen[wie.email])
    return geheimen


def _code(geheim: str) -> str:
    return format_hotp_value(hotp_value(geheim, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, browser: Browser, tmp_path_factory: Any
) -> Iterator[Portaal]:
    """The whole demo of `manage.py demo`, and an empty database behind it.

    With WMO_PORTAAL=http://localhost:8000 the stories run on a demo that is running already (bin/start): quicker for
    whoever writes them, and they leave their traces there.
    """
    if adres := os.environ.get("WMO_PORTAAL"):
        yield Portaal(adres, browser, {})
        return
    from rapportage.demo.inrichten import maak_leeg
    from rapportage.demo.laden import laad_demo
    from wmo_portal.lib import rls
    from wmo_portal.lib.tijd import vandaag

    with django_db_blocker.unblock():
        rls.zet(rls.SYSTEEM)
        laad_demo(vandaag=vandaag(), map_=tmp_path_factory.mktemp("demo"))
        geheimen = _tweede_factoren()
        server = LiveServer("localhost")
        try:
            yield Portaal(server.url, browser, geheimen)
        finally:
            server.stop()
            rls.zet(rls.SYSTEEM)
            maak_leeg()
            connections.close_all()


@pytest.fixture
def mens(demo: Portaal) -> Iterator[Callable[..., Page]]:
    """`mens("consulent.westland")`: a screen of that person, closed after the test."""
    pages: list[Page] = []

    def als(sleutel: str, **opties: Any) -> Page:
        pages.append(demo.als(sleutel, **opties))
        return pages[-1]

    yield als
    for page in pages:
        page.context.close()


def goed(page: Page, beeld: str = "", *, bij: Locator | None = None) -> None:
    """This page, as it is now: axe and our own rules have nothing against it, and the browser kept silent.

    `beeld` is its picture for the handleiding; `bij` is what must be on top of it.
    """
    assert toegankelijk(page) == [], page.url
    assert klachten(page) == [], page.url
    if beeld and os.environ.get("WMO_BEELDEN") == "1":
        BEELDEN.mkdir(parents=True, exist_ok=True)
        if bij is None:
            page.evaluate("window.scrollTo(0, 0)")
        else:
            bij.evaluate("el => el.scrollIntoView()")
        # Playwright would hide the caret by a style attribute, and our own rules see that.
        page.screenshot(path=BEELDEN / f"{beeld}.png", animations="disabled", caret="initial")
