"""The kwartaalopgave in a real Chromium: by keyboard alone, and every page judged by axe on two widths."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from playwright.sync_api import Browser, Page

from rapportage.actions.opgave import corrigeer
from rapportage.actions.opgave_indienen import stel_vraag
from rapportage.models import BeleidsdoelScore, Kwartaalopgave
from rapportage.queries.opgave import uitvaldeel
from tests.browser.hulp import chromium, klachten, log_in, open_scherm, toegankelijk
from tests.rapportage.opgavehulp import OP, contractmanager, dien, linde_begint, vul

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


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
        page.screenshot(path=Path(map_) / f"{naam}.png", full_page=True)


def tab_naar(page: Page, kiezer: str) -> None:
    """Press Tab until what matches has the focus: what cannot be reached by keyboard fails here."""
    for _ in range(250):
        if page.evaluate("(k) => document.activeElement.matches(k)", kiezer):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"niet te bereiken met het toetsenbord: {kiezer}")


@pytest.mark.parametrize("breedte", [1280, 360])
def test_every_page_is_accessible(browser, live_server, http, breedte):
    opgave, mo = linde_begint()
    regel = next(r for r in uitvaldeel(opgave, mo).regels if r.berichten == "03")
    corrigeer(opgave=opgave, regel=regel, wordt="04", reden="Wij stopten de hulp.", door=mo, op=OP)
    page = open_scherm(browser, breedte=breedte)
    paginas = [
        ("lijst", reverse("rapportage:opgaven")),
        ("opgave", url("opgave", opgave)),
        ("uitval", url("opgave-deel", opgave, "uitval")),
        ("uitval-fout", url("opgave-deel", opgave, "uitval") + "?controle=1"),
        ("ervaring", url("opgave-deel", opgave, "ervaring")),
        ("ervaring-fout", url("opgave-deel", opgave, "ervaring") + "?controle=1"),
        ("doelen", url("opgave-deel", opgave, "doelen")),
        ("doelen-fout", url("opgave-deel", opgave, "doelen") + "?controle=1"),
        ("clienten", url("opgave-clienten", opgave, "1783")),
        ("client", url("opgave-client", opgave, "1783", regel.sleutel)),
        ("inlezen", url("opgave-inlezen", opgave, "uitval")),
        ("controle", url("opgave-controle", opgave)),
        ("kwaliteit", reverse("rapportage:kwaliteit")),
    ]
    _bekijk(page, live_server, http, mo, paginas, breedte)
    vul(opgave, mo)
    from rapportage.enums_opgave import Deel
    from tests.rapportage.opgavehulp import bewaar

    bewaar(opgave, Deel.UITVAL, {"toelichting-04": "Te weinig personeel in de zomer."}, mo, versie=2)
    _bekijk(page, live_server, http, mo, [("controle-klaar", url("opgave-controle", opgave))], breedte)
    dien(opgave, mo)
    manager = contractmanager()
    stel_vraag(opgave=opgave, deel="uitval", vraag="Waar deed 04 zich voor?", door=manager, op=OP)
    _bekijk(page, live_server, http, mo, [("vragen", url("opgave", opgave))], breedte)
    _bekijk(
        page,
        live_server,
        http,
        manager,
        [
            ("cm-lijst", reverse("rapportage:opgaven-beoordelen") + "?kwartaal=2026-K3"),
            ("cm-opgave", url("opgave-beoordelen", opgave)),
            ("cm-afstemming", url("opgave-afstemming", opgave) + "?alle=1"),
        ],
        breedte,
    )
    assert klachten(page) == []
    page.context.close()


def _bekijk(page, live_server, http, wie, paginas, breedte):
    """All pages first, so that one run says everything."""
    bezwaren = {}
    for naam, pad in paginas:
        ga(page, live_server, http, wie, pad)
        bezwaren[naam] = toegankelijk(page)
        foto(page, f"opgave-{naam}-{breedte}")
    assert {naam: gevonden for naam, gevonden in bezwaren.items() if gevonden} == {}


def test_mo_scores_a_goal_and_sends_by_keyboard_alone(browser, live_server, http):
    """Types too much, sees how much, shortens it; leaves the page and finds everything; checks; sends."""
    opgave, mo = linde_begint()
    vul(opgave, mo)
    BeleidsdoelScore.objects.filter(doel__code="samenwerking").update(realisatie=None)
    page = ga(open_scherm(browser), live_server, http, mo, url("opgave-deel", opgave, "doelen"))
    tab_naar(page, "#id_samenwerking-realisatie_0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_naar(page, "#id_samenwerking-toelichting")
    page.keyboard.insert_text("👩" * 312)
    assert (
        page.locator("[data-teller-van='id_samenwerking-toelichting']").text_content() == "12 tekens te veel"
    )
    page.get_by_text("Concept bewaard om").wait_for()
    tab_naar(page, "button[name=doe][value=controle]")
    page.keyboard.press("Enter")
    page.get_by_text("Dat is 12 tekens te veel").wait_for()
    assert BeleidsdoelScore.objects.get(doel__code="samenwerking").realisatie == 2
    tab_naar(page, "a[href*='samenwerking-toelichting']")
    page.keyboard.press("Enter")
    page.wait_for_url("**controle=1**")
    tab_naar(page, "#id_samenwerking-toelichting")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("Samen met de huisarts.")
    tab_naar(page, "button[name=doe][value=controle]")
    page.keyboard.press("Enter")
    page.get_by_text("Alles is ingevuld.").wait_for()
    tab_naar(page, "form[action$='/indienen/'] button")
    page.keyboard.press("Enter")
    page.get_by_text("Uw kwartaalopgave is ingediend.").wait_for()
    assert Kwartaalopgave.objects.get().status == "ingediend"
    assert klachten(page) == []
    page.context.close()
