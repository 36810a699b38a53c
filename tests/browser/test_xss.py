"""Hostile texts in every field, shown in a real Chromium: none becomes an element, none runs, the CSP stays silent.

The roles stand in two files, because the suite runs file by file over two processes and each walk takes long.
"""

import pytest

from tests.browser.hulp import open_scherm
from tests.browser.vijandige_rondgang import LUISTER, OORDEEL, oordeel, rondgang
from tests.veiligheid import vijandig
from tests.veiligheid.wereld import ROLLEN

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.bsn_zichtbaar("no BSN is typed"),
]
HIER, ELDERS = "CA", "DKB"
"""The roles that walk in this file, and in `test_xss_kantoor`."""


@pytest.mark.parametrize("letter", HIER)
def test_nergens_wordt_een_tekst_een_element(browser, live_server, http, letter):
    rondgang(browser, live_server, http, letter)


def test_elke_rol_loopt_een_keer():
    assert sorted(HIER + ELDERS) == sorted(ROLLEN)


def test_de_rechter_ziet_elke_tekst_die_wel_een_element_wordt(browser, live_server):
    """The negative control: put into the page as HTML, each of these is seen."""
    ongezien = []
    for tekst in vijandig.TEKSTEN:
        # A page for each: what one text sends away (a meta refresh, a form) is not in the way of the next.
        page = open_scherm(browser, base_url=live_server.url)
        page.add_init_script(LUISTER)
        page.goto("/account/login/")
        assert oordeel(page) == []
        voor = {'"': '<i x="', "'": "<i x='"}.get(tekst[0], "")
        # In one go: a meta refresh would have left the page before anybody judges it.
        erin = "document.body.insertAdjacentHTML('beforeend', t)"
        if not page.evaluate(f"(t) => {{ {erin}; return ({OORDEEL})(); }}", f"{voor}{tekst}'\">"):
            ongezien.append(tekst)
        page.context.close()
    assert ongezien == []


def test_de_lijst_van_kolommen_kent_de_velden_van_een_toelichting():
    """The negative control of the list: what people type most is in it."""
    namen = {f"{model.__name__}.{veld.name}" for model, veld in vijandig.kolommen()}
    assert {"ToelichtingRegel.reden", "Client.achternaam", "Resultaat.toelichting", "Gebruiker.naam"} <= namen
