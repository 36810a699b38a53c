"""One role along every address that is his, through a portal whose every text is hostile (threat 17).

On each page with a form he types a hostile text in every field too and sends it, so what comes back in an error or a
search is judged as well.
"""

import logging
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Browser, Error, Page

from logboek.actions import leg_vast
from tests.browser.hulp import log_in, open_scherm
from tests.veiligheid import vijandig, wereld
from tests.veiligheid.loop import adres
from tests.veiligheid.matrix import MATRIX
from tests.veiligheid.wereld import ROLLEN

LUISTER = """
window.__csp = [];
document.addEventListener("securitypolicyviolation", (e) => window.__csp.push(e.violatedDirective + " " + e.blockedURI));
window.alert = window.confirm = window.prompt = () => { window.__xss = 1; };
"""
OORDEEL = """() => {
  const alle = (kiezer) => [...document.querySelectorAll(kiezer)].map((el) => kiezer + ": " + el.outerHTML.slice(0, 120));
  return [
    ...alle("[data-xss]"),
    ...alle("a[href^='javascript' i]"),
    ...alle("[onerror], [onload], [onfocus], [ontoggle]"),
    ...(window.__xss ? ["er liep een script"] : []),
    ...window.__csp.map((wat) => "CSP: " + wat),
  ];
}"""
TYP = """(tekst) => {
  const VRIJ = "input[type=text], input[type=search], input:not([type]), textarea";
  const form = [...document.querySelectorAll("main form")].find((f) => f.querySelector(VRIJ));
  if (!form) return false;
  for (const el of form.elements) if (el.matches(VRIJ + ", input[type=email]")) el.value = tekst;
  form.submit();
  return true;
}"""
DOWNLOAD = ("Download is starting", "ERR_ABORTED")


def oordeel(page: Page) -> list[str]:
    return list(page.evaluate(OORDEEL))


def bezoek(page: Page, pad: str, tekst: str) -> tuple[int, list[str]]:
    """How many pages were judged here (the page, and the answer to its form), and what was wrong with them."""
    try:
        antwoord = page.goto(pad)
    except Error as fout:
        if not any(woord in str(fout) for woord in DOWNLOAD):
            raise
        return 0, []
    assert antwoord is not None
    assert antwoord.status < 500, pad
    fout, aantal = oordeel(page), 1
    with page.expect_navigation(wait_until="load") as na:
        if not page.evaluate(TYP, tekst):
            page.goto("about:blank")
            return aantal, fout
    assert na.value is None or na.value.status < 500, f"the form of {pad}"
    return aantal + 1, fout + oordeel(page)


def rondgang(browser: Browser, live_server: Any, http: Any, letter: str) -> None:
    logging.disable(logging.ERROR)
    wereldje = wereld.bouw()
    gezet = vijandig.maak_vijandig()
    wie = wereldje.mensen[ROLLEN[letter].value]
    wie.refresh_from_db()
    leg_vast(
        actie="<i data-xss>x", door=wie, object_soort="<i data-xss>x", object_kenmerk="<i data-xss>x",
        gemeente_id=wereldje.WL.gemeente.pk, doel="<i data-xss>x", details={"<i data-xss>": "<i data-xss>x"},
    )  # fmt: skip
    assert len(gezet) > 40, gezet
    TOTP.activate(wie, generate_totp_secret())
    http.force_login(wie)
    page = open_scherm(browser, base_url=live_server.url)
    log_in(page, live_server.url, http.cookies)
    page.add_init_script(LUISTER)
    gezien, fout = 0, {}
    teksten = iter(vijandig.TEKSTEN * 20)
    for naam, rij in MATRIX.items():
        if letter in rij.rollen and "G" in rij.methoden:
            aantal, gevonden = bezoek(page, adres(naam, rij, wereldje.WL), next(teksten))
            gezien += aantal
            fout |= {naam: gevonden} if gevonden else {}
    assert fout == {}, fout
    assert gezien >= 15, "it saw too few pages to judge anything"
    page.context.close()
    logging.disable(logging.NOTSET)
