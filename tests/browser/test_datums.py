"""A date in a sentence stays on one line, by static/js/pagina.js: no style sheet can say so."""

import pytest
from django.conf import settings

from tests.browser.hulp import open_scherm

pytestmark = pytest.mark.browser
SMAL = "<style>p, td { font: 16px monospace; inline-size: 11ch } .wmo-heel { white-space: nowrap }</style>"
ZIN = "Uiterlijk op 22-11-2026."


@pytest.fixture(scope="module")
def pagina(browser):
    page = open_scherm(browser, breedte=360)
    page.set_content(f"""<html lang="nl">{SMAL}<main><p id="zin">{ZIN}</p><p id="alleen">22-11-2026</p>
        <textarea id="getypt">Sinds 22-11-2026.</textarea><p id="vak" style="display: flex">Sinds 22-11-2026.</p>
        <p id="kenmerk">T-2026-000073 en 1234-5678</p></main></html>""")
    page.add_script_tag(path=settings.BASE_DIR / "static/js/pagina.js")
    yield page
    page.context.close()


def regels_van_de_datum(page) -> int:
    return page.evaluate("""() => {
      const loper = document.createTreeWalker(document.querySelector('#zin'), NodeFilter.SHOW_TEXT), tops = new Set();
      while (loper.nextNode()) {
        const tekst = loper.currentNode, plek = tekst.data.search(/\\d/);
        if (plek < 0) continue;
        const stuk = document.createRange();
        stuk.setStart(tekst, plek);
        stuk.setEnd(tekst, plek + 10);
        for (const vak of stuk.getClientRects()) tops.add(Math.round(vak.top));
      }
      return tops.size;
    }""")


def test_een_datum_in_een_zin_blijft_heel_en_de_zin_ook(pagina):
    assert pagina.locator("#zin").inner_html() == ZIN.replace(
        "22-11-2026", '<span class="wmo-heel">22-11-2026</span>'
    )
    assert pagina.locator("#zin").text_content() == ZIN
    assert regels_van_de_datum(pagina) == 1
    pagina.locator("#zin").evaluate("(el, zin) => { el.textContent = zin }", ZIN)
    assert regels_van_de_datum(pagina) == 2, "the browser breaks it when nobody keeps it whole"


@pytest.mark.parametrize("plek", ["alleen", "getypt", "vak", "kenmerk"])
def test_wat_geen_zin_met_een_datum_is_blijft_zoals_het_was(pagina, plek):
    assert pagina.locator(f"#{plek} span").count() == 0


def test_wat_later_op_de_pagina_komt_ook(pagina):
    pagina.locator("#kenmerk").evaluate("""(el) => {
      el.textContent = "Gestart op 01-02-2026, klaar op 03-04-2026.";
      el.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    }""")
    assert pagina.locator("#kenmerk .wmo-heel").all_text_contents() == ["01-02-2026", "03-04-2026"]
