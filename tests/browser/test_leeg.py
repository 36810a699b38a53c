"""A portal on its first day: every page of the menu with nothing in it yet, wide and on a telephone."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tests import fabriek
from tests.browser.conftest import goed
from tests.browser.hulp import log_in, open_scherm
from tests.browser.rondgang import bezwaren, paden

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLLEN = {
    "consulent": lambda: fabriek.consulent(fabriek.westland()),
    "aanbieder": lambda: fabriek.medewerker(fabriek.aanbieder()),
    "administratie": lambda: fabriek.administratie(fabriek.westland()),
    "contractmanager": lambda: fabriek.contractmanager(fabriek.westland()),
    "beheerder": fabriek.beheerder,
}


@pytest.mark.parametrize("rol", ROLLEN)
def test_een_leeg_portaal(browser, live_server, http, rol):
    wie = ROLLEN[rol]()
    TOTP.activate(wie, generate_totp_secret())
    http.force_login(wie)
    page = open_scherm(browser, base_url=live_server.url)
    log_in(page, live_server.url, http.cookies)
    page.goto("/")
    gezien = list(paden(page))
    assert len(gezien) >= 5, "the menu was not there"
    gevonden = {pad: fout for pad in gezien if (fout := bezwaren(page, pad))}
    page.set_viewport_size({"width": 360, "height": 740})
    gevonden |= {f"{pad} (360)": fout for pad in gezien if (fout := bezwaren(page, pad))}
    assert gevonden == {}
    page.context.close()


def test_de_verklaring_is_er_voor_iedereen(browser, live_server):
    page = open_scherm(browser)
    page.goto(f"{live_server.url}/account/login/")
    page.get_by_role("link", name="Toegankelijkheid").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Toegankelijkheid"
    goed(page)
    page.context.close()
