"""The message traffic in a real Chromium: handing in by keyboard and label, and every page judged by axe."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from playwright.sync_api import Browser, Page

from stopberichten.models import Bericht
from tests import fabriek
from tests.browser.hulp import chromium, klachten, log_in, open_scherm, toegankelijk
from tests.stopberichten import brieven
from tests.stopberichten.brieven import BRAM, ontvang, start, stop, toegewezen, xml

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GISTEREN = date(2026, 10, 14)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


@pytest.fixture
def westland(live_server):
    return fabriek.westland()


@pytest.fixture
def verkeer(westland):
    """Something of everything: accepted, refused, too early, too late, unlinked, with signals."""
    fabriek.aanbieder("Zorggroep De Linde", agb=brieven.LINDE)
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start()))
    ontvang(xml("307", stop(reden="37", eind=date(2026, 9, 1))))
    ontvang(xml("301", toegewezen(400_201), van=BRAM))
    ontvang(xml("305", start(None), van=BRAM))
    ontvang(xml("305", start(999_999), van=BRAM))
    ontvang(b"geen xml", door=fabriek.administratie(westland))


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
        page.screenshot(path=Path(map_) / f"{naam}.png", full_page=True)


PAGINAS = [
    "/berichten/",
    "/berichten/insturen/",
    "/berichten/retour/",
    "/berichten/te-laat/",
    "/te-koppelen/",
]


@pytest.mark.parametrize("breedte", [1280, 360])
@pytest.mark.parametrize("vol", [True, False], ids=["gevuld", "leeg"])
def test_elke_pagina_is_toegankelijk(browser, live_server, http, westland, request, breedte, vol):
    if vol:
        request.getfixturevalue("verkeer")
    wim = fabriek.administratie(westland, naam="Wim de Wit")
    page = open_scherm(browser, breedte=breedte)
    for pad in PAGINAS:
        ga(page, live_server, http, wim, pad)
        assert toegankelijk(page) == [], pad
        foto(page, f"{pad.strip('/').replace('/', '-')}-{'vol' if vol else 'leeg'}-{breedte}")
    for bericht in Bericht.objects.all():
        ga(page, live_server, http, wim, f"/berichten/{bericht.kenmerk}/")
        assert toegankelijk(page) == [], bericht
        foto(page, f"bericht-{bericht.soort}-{bericht.status}-{breedte}")
    assert klachten(page) == []
    page.context.close()


def test_anja_stuurt_een_stop_in(browser, live_server, http, verkeer, tmp_path):
    """The story of a provider: choose two files, send, read the verdicts, take the answer along."""
    fout, goed = tmp_path / "te-vroeg.xml", tmp_path / "start.xml"
    fout.write_bytes(xml("307", stop(400_201), van=BRAM))
    goed.write_bytes(xml("305", start(400_201), van=BRAM))
    anja = fabriek.medewerker(fabriek.aanbieder("Zorggroep De Linde"), naam="Anja Smit")
    page = ga(open_scherm(browser), live_server, http, anja, "/berichten/")
    page.get_by_role("link", name="Berichten insturen").click()
    page.get_by_role("button", name="Insturen").click()
    assert page.title().startswith("Fout:")
    assert toegankelijk(page) == []
    page.get_by_label("Berichten", exact=False).first.set_input_files([fout, goed])
    page.get_by_role("button", name="Insturen").click()
    assert page.get_by_text("1 geaccepteerd, 1 niet.").is_visible()
    assert page.get_by_text("stuur eerst het startbericht").is_visible()
    assert toegankelijk(page) == []
    foto(page, "ingestuurd")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download het retourbericht op start.xml").click()
    assert download.value.suggested_filename.startswith("wmo306-")
    page.context.close()
