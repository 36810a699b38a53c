"""Fatma fills in the Toelichting with the keyboard alone; and the server dies while she types."""

import os
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client as Http
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from stopberichten.enums import Kanaal
from stopberichten.met_de_hand import Start, meld_start
from stopberichten.models import Levering, Toelichting
from tests.browser.hulp import chromium, klachten, log_in, open_scherm, toegankelijk
from tests.browser.omvallen import Server
from tests.stopberichten.toelichtinghulp import REDEN, SITUATIE, UITLEG, zaak
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as wie:
        yield wie


@pytest.fixture(scope="module", autouse=True)
def _statische_map() -> None:
    os.makedirs(settings.STATIC_ROOT, exist_ok=True)


def scherm(browser: Browser, http: Http, adres: str, wie, **opties) -> Page:
    """Somebody with a second factor, logged in: the server of the test asks for it."""
    TOTP.activate(wie, generate_totp_secret())
    http.force_login(wie)
    page = open_scherm(browser, **opties)
    log_in(page, adres, http.cookies)
    return page


def tab_naar(page: Page, naam: str, *, hoogstens: int = 60) -> None:
    """Press Tab until the control with this accessible name has the focus."""
    for _ in range(hoogstens):
        page.keyboard.press("Tab")
        if naam in page.evaluate(
            """() => { const el = document.activeElement;
                const label = el.labels && el.labels[0];
                return (label ? label.textContent : el.textContent || "") + " " + (el.name || ""); }"""
        ):
            return
    raise AssertionError(f"‘{naam}’ is met Tab niet te bereiken")


def in_orde(page: Page) -> None:
    assert toegankelijk(page) == []
    assert klachten(page) == []


def test_het_hele_formulier_met_het_toetsenbord(browser: Browser, live_server, http: Http) -> None:
    bij = zaak()
    page = scherm(browser, http, live_server.url, bij.fatma)
    begin = reverse("stopberichten:toelichting-begin", args=[bij.toewijzingen[0].kenmerk])
    page.goto(live_server.url + begin)
    in_orde(page)
    tab_naar(page, "Begin het formulier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/invullen/")
    in_orde(page)

    # Straight to the button: what is missing is said, and a link leads to the field.
    tab_naar(page, "Controleer en verstuur")
    page.keyboard.press("Enter")
    page.wait_for_url("**/invullen/?controle=1")
    assert page.title().startswith("Fout:")
    expect(page.locator("[data-foutoverzicht]")).to_be_focused()
    in_orde(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert page.get_by_label("Beëindiging zorg").is_checked()

    tab_naar(page, "Omschrijf de huidige situatie")
    page.keyboard.type(SITUATIE)
    tab_naar(page, "Wat is de reden")
    page.keyboard.type(REDEN)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_naar(page, "waarom is het resultaat")
    page.keyboard.type(UITLEG)
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om", timeout=15_000)
    assert Toelichting.objects.get().regels.get().reden == REDEN

    tab_naar(page, "Controleer en verstuur")
    page.keyboard.press("Enter")
    page.wait_for_url("**/controle/")
    in_orde(page)
    tab_naar(page, "Verstuur naar de gemeente")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/toelichtingen/{Toelichting.objects.get().kenmerk}/")
    vorm = Toelichting.objects.get()
    assert vorm.nummer is not None
    expect(page.get_by_role("heading", level=1)).to_contain_text(vorm.nummer)
    expect(page.get_by_text("Er is nog een 307-bericht nodig")).to_be_visible()
    in_orde(page)
    page.context.close()


def met_de_hand_gestart(bij) -> Levering:
    start = Start(bij.toewijzingen[0], bij.toewijzingen[0].ingangsdatum)
    assert meld_start(start=start, door=bij.fatma, vandaag=vandaag(), op=nu()).geaccepteerd
    return Levering.objects.get(bericht__kanaal=Kanaal.HAND)


@pytest.mark.parametrize("breedte", [1280, 360])
def test_elke_pagina_is_toegankelijk(browser: Browser, live_server, http: Http, breedte: int) -> None:
    bij = zaak(("Financiën", "Wonen"))
    concept = bij.begin()
    page = scherm(browser, http, live_server.url, bij.fatma, breedte=breedte)
    for pad in (
        reverse("stopberichten:toelichtingen"),
        reverse("stopberichten:toelichtingen") + "?staat=afgehandeld",
        reverse("stopberichten:toelichting-nieuw"),
        reverse("stopberichten:stops-zonder-toelichting"),
        reverse("stopberichten:toelichtingen-zonder-stop"),
        reverse("stopberichten:toelichting-begin", args=[bij.toewijzingen[0].kenmerk]),
        reverse("stopberichten:toelichting-invullen", args=[concept.kenmerk]),
        reverse("stopberichten:toelichting-invullen", args=[concept.kenmerk]) + "?controle=1",
        reverse("stopberichten:toelichting-intrekken", args=[concept.kenmerk]),
        reverse("stopberichten:met-de-hand"),
        reverse("stopberichten:start-met-de-hand", args=[bij.toewijzingen[0].kenmerk]),
        reverse("stopberichten:stop-met-de-hand", args=[bij.toewijzingen[0].kenmerk]),
        reverse("stopberichten:niet-gestart", args=[bij.toewijzingen[0].kenmerk]),
        reverse("stopberichten:met-de-hand-intrekken", args=[met_de_hand_gestart(bij).kenmerk]),
    ):
        antwoord = page.goto(live_server.url + pad)
        assert antwoord is not None
        assert (antwoord.status, page.url) == (200, live_server.url + pad)
        assert toegankelijk(page) == [], pad
    assert klachten(page) == []
    page.context.close()


def test_velden_van_een_antwoord_komen_en_gaan(browser: Browser, live_server, http: Http) -> None:
    bij = zaak(("Financiën", "Wonen"))
    concept = bij.begin()
    page = scherm(browser, http, live_server.url, bij.fatma)
    page.goto(live_server.url + reverse("stopberichten:toelichting-invullen", args=[concept.kenmerk]))
    wonen = page.get_by_role("group", name="Resultaatgebied: Wonen")
    expect(wonen.get_by_label("Omschrijf de huidige situatie")).to_be_hidden()
    wonen.get_by_label("Wijziging zorg").check()
    expect(wonen.get_by_label("Omschrijf de huidige situatie")).to_be_visible()
    expect(wonen.get_by_label("Gevraagde trede")).to_be_visible()
    wonen.get_by_label("Beëindiging zorg").check()
    expect(wonen.get_by_label("Gevraagde trede")).to_be_hidden()
    page.context.close()


def test_zonder_javascript_gaat_het_ook(browser: Browser, live_server, http: Http) -> None:
    bij = zaak()
    concept = bij.begin()
    page = scherm(browser, http, live_server.url, bij.fatma, java_script_enabled=False)
    page.goto(live_server.url + reverse("stopberichten:toelichting-invullen", args=[concept.kenmerk]))
    page.get_by_label("Beëindiging zorg").check()
    page.get_by_label("Omschrijf de huidige situatie").fill(SITUATIE)
    page.get_by_label("Wat is de reden").fill(REDEN)
    page.get_by_role("radio", name="Nee").check()
    page.get_by_label("waarom is het resultaat").fill(UITLEG)
    page.get_by_role("button", name="Controleer en verstuur").click()
    page.get_by_role("button", name="Verstuur naar de gemeente").click()
    expect(page.get_by_text("Uw ontvangstnummer is")).to_be_visible()
    page.context.close()


# --- The server dies -------------------------------------------------------------------------------------------------
@pytest.fixture
def server() -> Iterator[Server]:
    wie = Server()
    wie.start()
    yield wie
    if wie.proces.poll() is None:
        wie.dood()


def test_de_server_valt_om_tussen_typen_en_versturen(browser: Browser, server: Server, http: Http) -> None:
    bij = zaak()
    concept = bij.begin()
    page = scherm(browser, http, server.url, bij.fatma)
    pad = reverse("stopberichten:toelichting-invullen", args=[concept.kenmerk])
    page.goto(server.url + pad)
    stand = page.locator("[data-bewaar-status]")
    page.get_by_label("Wat is de reden").fill(REDEN)
    expect(stand).to_contain_text("Concept bewaard om", timeout=20_000)

    server.dood()
    page.get_by_label("Omschrijf de huidige situatie").fill(SITUATIE)
    expect(stand).to_contain_text("Niet bewaard: geen verbinding", timeout=20_000)
    assert concept.regels.get().reden == REDEN

    # It comes back: what was typed meanwhile is kept by itself, and a fresh look shows all of it.
    server.start()
    expect(stand).to_contain_text("Concept bewaard om", timeout=40_000)
    page.goto(server.url + pad)
    expect(page.get_by_label("Wat is de reden")).to_have_value(REDEN)
    expect(page.get_by_label("Omschrijf de huidige situatie")).to_have_value(SITUATIE)
    page.context.close()
