"""What the stories about the kwartaalopgave in a browser share."""

import os
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.hulp import log_in


def url(naam, opgave, *meer):
    return reverse(f"rapportage:{naam}", args=[opgave.kenmerk, *meer])


def ga(page: Page, live_server, http, wie, pad: str) -> Page:
    if not is_mfa_enabled(wie):
        TOTP.activate(wie, generate_totp_secret())
    http.force_login(wie)
    log_in(page, live_server.url, http.cookies)
    antwoord = page.goto(live_server.url + pad)
    assert antwoord is not None
    assert (antwoord.status, page.url) == (200, live_server.url + pad), "another page would be judged"
    return page


def foto(page: Page, naam: str) -> None:
    """For whoever wants to look: set WMO_FOTOS to a folder."""
    if map_ := os.environ.get("WMO_FOTOS"):
        # Playwright would hide the caret by a style attribute, and our own rules see that.
        page.screenshot(path=Path(map_) / f"{naam}.png", full_page=True, caret="initial")


def tab_naar(page: Page, kiezer: str) -> None:
    """Press Tab until what matches has the focus: what cannot be reached by keyboard fails here."""
    for _ in range(250):
        if page.evaluate("(k) => document.activeElement.matches(k)", kiezer):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"niet te bereiken met het toetsenbord: {kiezer}")
