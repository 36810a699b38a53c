"""Mo does a whole kwartaalopgave without touching the mouse: from the start page to what was received (U29)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from organisaties.models import Gebruiker
from rapportage.models import Clientervaring, Kwartaalopgave, OpgaveCorrectie
from rapportage.opgave_regels import ASSEN
from rapportage.queries.opgave import doelen_van
from tests import fabriek
from tests.browser.hulp import chromium, klachten, open_scherm
from tests.browser.opgavescherm import foto, ga, tab_naar
from tests.rapportage.opgavehulp import ERVARING, regio_met_twee
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import vandaag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


TOELICHTINGEN = {"02": "Hij ging eerder weer werken.", "03": "Zij verhuisde naar haar zus."}


def een_kwartaal_zorg() -> Gebruiker:
    """De Linde in the quarter before today: in Westland De Wit (01), Yilmaz (03) and Bakker (in care), nobody in Delft."""
    kwartaal = Kwartaal.van(vandaag()).vorige
    regio_met_twee()
    linde = fabriek.aanbieder("De Linde")
    for achternaam, code in (("De Wit", "19"), ("Yilmaz", "21"), ("Bakker", "")):
        van = fabriek.client(fabriek.westland(), achternaam=achternaam)
        eind = kwartaal.laatste + timedelta(days=365)
        toewijzing = fabriek.toewijzing(
            fabriek.beschikking(van, begin=kwartaal.vorige.eerste, eind=eind), aan=linde
        )
        start = fabriek.start(toewijzing)
        if code:
            fabriek.stop(toewijzing, code, kwartaal.eerste + timedelta(days=42), levering=start)
    return fabriek.medewerker(linde, naam="Mo Haddad")


def voorbij_het_menu(page: Page) -> None:
    """The first Tab on a page leads past the menu."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#inhoud"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def druk(page: Page, kiezer: str) -> None:
    """Go there by Tab, press Enter, and wait for the page that comes."""
    tab_naar(page, kiezer)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def typ(page: Page, kiezer: str, tekst: str) -> None:
    tab_naar(page, kiezer)
    page.keyboard.insert_text(tekst)


def begin_op_de_startpagina(page: Page) -> Kwartaalopgave:
    voorbij_het_menu(page)
    druk(page, "main a[href$='/kwartaalopgaven/']")
    voorbij_het_menu(page)
    druk(page, "form[action$='/beginnen/'] button")
    expect(page.get_by_role("heading", level=2, name="Invullen")).to_be_visible()
    return Kwartaalopgave.objects.get()


def deel_een(page: Page) -> None:
    """Confirms Yilmaz, counts De Wit otherwise with a reason, ticks Delft, explains what is asked."""
    voorbij_het_menu(page)
    druk(page, "main a[href$='/deel/uitval/']")
    voorbij_het_menu(page)
    druk(page, "a[href*='/clienten/1783/'][href$='categorie=03']")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Corrigeer Yilmaz"
    druk(page, "a[href*='/clienten/1783/']:focus")
    tab_naar(page, "input[name=wordt]:checked")
    druk(page, "main button[type=submit]")
    expect(page.get_by_text("U telt deze cliënt zoals het berichtenverkeer.")).to_be_visible()

    # Back in the list on the row that was just done; one row up is De Wit.
    assert page.evaluate("document.activeElement.textContent") == "Corrigeer Yilmaz"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Corrigeer De Wit"
    druk(page, "a[href*='/clienten/1783/']:focus")
    tab_naar(page, "input[name=wordt]:checked")
    page.keyboard.press("ArrowDown")
    druk(page, "main button[type=submit]")
    expect(page.locator("[data-foutoverzicht]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("De hulp was eerder klaar, in overleg.")
    druk(page, "main button[type=submit]")
    expect(page.get_by_text("U telt deze cliënt nu als: 02")).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "Corrigeer De Wit"
    druk(page, "main a[href$='/deel/uitval/']")

    tab_naar(page, "#id_geen-0503")
    page.keyboard.press("Space")
    for categorie, tekst in TOELICHTINGEN.items():
        typ(page, f"#id_toelichting-{categorie}", tekst)
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om", timeout=30_000)
    druk(page, "button[name=doe][value=verder]")


def deel_twee(page: Page) -> None:
    """No asks why not; yes asks the questions about the survey. What is not asked cannot be reached."""
    tab_naar(page, "#id_gevraagd_0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_waarom_niet")).to_be_visible()
    expect(page.locator("#id_hoe")).to_be_hidden()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#id_waarom_niet")).to_be_hidden()
    for naam, tekst in list(ERVARING.items())[1:]:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == naam, "the next question is one Tab away"
        page.keyboard.insert_text(tekst)
    druk(page, "button[name=doe][value=verder]")


def deel_drie(page: Page, opgave: Kwartaalopgave) -> None:
    """Three scores and, at the first goal, a few words: one Tab from one to the next."""
    codes = [doel.doel.code for doel in doelen_van(opgave)]
    tab_naar(page, f"#id_{codes[0]}-{next(iter(ASSEN))}_0")
    for code in codes:
        for as_ in ASSEN:
            assert page.evaluate("document.activeElement.name") == f"{code}-{as_}"
            page.keyboard.press("Space")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Tab")
        if code == codes[0]:
            page.keyboard.insert_text("Samen met de huisarts.")
        page.keyboard.press("Tab")
    druk(page, "button[name=doe][value=controle]")


def test_mo_does_the_whole_opgave_by_keyboard_alone(browser, live_server, http):
    """From the start page to what was received, without touching the mouse and with nothing filled in beforehand."""
    mo = een_kwartaal_zorg()
    page = ga(open_scherm(browser), live_server, http, mo, reverse("start"))
    opgave = begin_op_de_startpagina(page)
    deel_een(page)
    deel_twee(page)
    deel_drie(page, opgave)
    expect(page.get_by_text("Alles is ingevuld.")).to_be_visible()
    for gelezen in ("De hulp was eerder klaar, in overleg.", *TOELICHTINGEN.values(), ERVARING["hoe"]):
        expect(page.get_by_text(gelezen).first).to_be_visible()
    druk(page, "form[action$='/indienen/'] button")
    expect(page.get_by_text("Uw kwartaalopgave is ingediend.")).to_be_visible()
    druk(page, "main a[href$='/ingediend/1/']")
    expect(page.get_by_text("Ingediend door Mo Haddad")).to_be_visible()
    foto(page, "opgave-ontvangst")
    _staat_er(opgave)
    assert klachten(page) == []
    page.context.close()


def _staat_er(opgave: Kwartaalopgave) -> None:
    opgave.refresh_from_db()
    assert (opgave.status, opgave.indieningen) == ("ingediend", 1)
    correctie = OpgaveCorrectie.objects.get()
    assert (correctie.wordt, correctie.reden) == ("02", "De hulp was eerder klaar, in overleg.")
    assert {(s.realisatie, s.ambitie, s.prioriteit) for s in opgave.scores.all()} == {(3, 3, 3)}
    assert Clientervaring.objects.get().gevraagd is True
