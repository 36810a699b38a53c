"""A real Chromium for the stories, and the two judges that look at every page: axe, and our own rules.

with chromium() as browser:
    page = open_scherm(browser)
    page.goto(adres)
    assert toegankelijk(page) == []
    assert klachten(page) == []
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

VLAGGEN = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"]
# Of what is right we only want to know that something was judged: naming every cell takes twice as long.
AXE = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
# What axe could not decide and we looked at: (rule, part of the element or of the message) -> why it is right.
UITGELEGD = {
    ("color-contrast", "utrecht-select"): "the arrow is a picture of its own; text #16202c on white is 16:1",
    (
        "color-contrast",
        "only non-text characters",
    ): "signs beside the words that say the same; white on #1d6232 and darker",
    (
        "color-contrast",
        "partially overlaps",
    ): "the edge of a scroll area; the same colours are judged elsewhere on the page",
    (
        "color-contrast",
        "partially obscured",
    ): "the edge of a scroll area; the same colours are judged elsewhere on the page",
    (
        "color-contrast",
        "contains an image node",
    ): "text of our own chart: dark on white by wmo_portal.lib.grafiek",
    (
        "color-contrast",
        "too short to determine",
    ): "one figure in the colours of its row; longer cells are judged",
    ("color-contrast", "overlapped by another element"): "covered by the edge of a scroll area",
}
EIGEN_REGELS = """() => {
  const fout = [];
  const alle = (s) => [...document.querySelectorAll(s)];
  const wie = (el) => el.outerHTML.slice(0, 90);
  if (document.documentElement.lang !== "nl") fout.push("html heeft geen lang=nl");
  if (alle("h1").length !== 1) fout.push(`er zijn ${alle("h1").length} h1's`);
  if (alle("main").length !== 1) fout.push("er is niet één main");
  const eerste = document.querySelector("body a[href]");
  if (!document.body.dataset.zonderFrame && (!eerste || !eerste.hash || !document.querySelector(eerste.hash)))
    fout.push("de eerste link is geen link naar de inhoud");
  const ongeldig = alle("[aria-invalid=true]");
  for (const el of ongeldig) {
    const ids = (el.getAttribute("aria-describedby") || "").split(/\\s+/).filter(Boolean);
    const groep = el.closest("fieldset[aria-describedby]");
    const door = ids.length ? ids : (groep ? groep.getAttribute("aria-describedby").split(/\\s+/) : []);
    if (!door.length) fout.push("ongeldig veld zonder aria-describedby: " + wie(el));
  }
  for (const el of alle("[aria-describedby], [aria-labelledby], [aria-controls]"))
    for (const naam of ["aria-describedby", "aria-labelledby", "aria-controls"])
      for (const id of (el.getAttribute(naam) || "").split(/\\s+/).filter(Boolean))
        if (!document.getElementById(id)) fout.push(`${naam} wijst naar niets (${id}): ` + wie(el));
  if (sessionStorage.length) fout.push("het tabblad bewaart " + Object.keys(sessionStorage).join(", "));
  const overzicht = document.querySelector("[data-foutoverzicht]");
  if (ongeldig.length && !overzicht) fout.push("fouten, maar geen foutoverzicht");
  if (ongeldig.length && !document.title.startsWith("Fout:")) fout.push("de titel begint niet met Fout:");
  if (overzicht) {
    if (overzicht.getAttribute("role") !== "alert") fout.push("foutoverzicht zonder role=alert");
    for (const link of overzicht.querySelectorAll("a[href^='#']"))
      if (!document.getElementById(link.hash.slice(1))) fout.push("link in het foutoverzicht naar niets: " + link.hash);
  }
  const tel = {};
  for (const el of alle("input[type=radio], input[type=checkbox]")) {
    if (!el.closest("form") || el.closest("template")) continue;
    const sleutel = el.form.action + el.name;
    tel[sleutel] = (tel[sleutel] || 0) + 1;
    const kader = el.closest("fieldset");
    if ((el.type === "radio" || tel[sleutel] > 1) && !(kader && kader.querySelector("legend")))
      fout.push("keuzegroep zonder fieldset en legend: " + wie(el));
  }
  for (const f of alle("form")) {
    const typt = [...f.elements].some((el) => el.matches("input:not([type=hidden]), textarea, select") && el.required);
    if (typt && !f.noValidate) fout.push("formulier zonder novalidate: " + wie(f));
    if (f.method === "post" && !f.querySelector("[name=csrfmiddlewaretoken]")) fout.push("formulier zonder csrf: " + wie(f));
  }
  for (const el of alle("input[type=email], input[type=password], input[name=login]:not([type=hidden])"))
    if (!el.autocomplete) fout.push("veld zonder autocomplete: " + wie(el));
  for (const el of alle("input[type=date], input[type=datetime-local]")) fout.push("datumkiezer van de browser: " + wie(el));
  for (const el of alle("[style], [onclick], [onsubmit], style, script:not([src]):not([type='application/json'])"))
    fout.push("stijl of script in de pagina: " + wie(el));
  for (const el of alle("table")) {
    if (!el.caption) fout.push("tabel zonder caption: " + wie(el));
    for (const th of el.querySelectorAll("th")) if (!th.scope) fout.push("th zonder scope: " + wie(th));
  }
  for (const el of alle("table.wmo-tabel--stapel")) {
    const koppen = [...el.tHead.rows[0].cells].map((th) => th.textContent.trim());
    for (const rij of el.tBodies[0].rows)
      [...rij.cells].forEach((cel, i) => {
        if (cel.tagName === "TD" && cel.dataset.kop !== koppen[i]) fout.push(`data-kop is niet ‘${koppen[i]}’: ` + wie(cel));
      });
  }
  for (const el of alle(".wmo-tabelvak--stapel"))
    if (window.innerWidth < 768 && el.scrollWidth > el.clientWidth)
      fout.push("gestapelde tabel schuift zijwaarts: " + wie(el));
  const ids = alle("[id]").map((el) => el.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) fout.push("id komt twee keer voor: " + id);
  if (document.documentElement.scrollWidth > window.innerWidth) fout.push("de pagina schuift zijwaarts");
  return fout;
}"""


# How long a page may take is judged nowhere; of itself Playwright gives up after five seconds.
expect.set_options(timeout=30_000)

_draait: list[Browser] = []


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser; the tests share it and open contexts of their own.

    Playwright allows one of itself per process: who asks while it runs (another module's fixture) gets the same.
    """
    if _draait:
        yield _draait[0]
        return
    with _start_chromium() as browser:
        _draait.append(browser)
        try:
            yield browser
        finally:
            _draait.clear()


@contextmanager
def _start_chromium() -> Iterator[Browser]:
    pad = os.environ.get("WMO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    # Playwright keeps a loop running in this thread, and Django refuses its database then.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=pad, args=VLAGGEN)
        try:
            yield browser
        finally:
            browser.close()


def open_scherm(browser: Browser, *, breedte: int = 1280, hoogte: int = 900, **opties: Any) -> Page:
    """A page of its own context; what the browser complains about is kept for `klachten`."""
    opties.setdefault("locale", "nl-NL")
    opties.setdefault("reduced_motion", "reduce")
    context = browser.new_context(viewport={"width": breedte, "height": hoogte}, **opties)
    return _met_oren(context)


def _met_oren(context: BrowserContext) -> Page:
    page = context.new_page()
    gehoord: list[str] = []
    page.on("console", lambda m: gehoord.append(m.text) if _klacht(m) else None)
    page.on("pageerror", lambda fout: gehoord.append(f"script: {fout}"))
    page.gehoord = gehoord  # type: ignore[attr-defined]  # rides along with the page
    return page


def _klacht(melding: ConsoleMessage) -> bool:
    """A form that comes back with its errors answers 422: Chromium reports that, and it is meant so."""
    return melding.type in {"error", "warning"} and "status of 422" not in melding.text


def klachten(page: Page) -> list[str]:
    """Errors and warnings of the console so far (a blocked style or script of the CSP is one of them)."""
    return list(page.gehoord)  # type: ignore[attr-defined]  # set by open_scherm


def log_in(page: Page, adres: str, cookies: SimpleCookie) -> None:
    """The session of `http.force_login(...)` for the browser: `log_in(page, live.url, http.cookies)`."""
    host = urlsplit(adres).hostname or "localhost"
    page.context.add_cookies(
        [
            {"name": naam, "value": morsel.value, "domain": host, "path": "/"}
            for naam, morsel in cookies.items()
        ]
    )


def toegankelijk(page: Page, *, context: str | None = None) -> list[str]:
    """What axe and our own rules have against this page as it is now; empty is good."""
    uitslag = Axe().run(page, context=context, options=AXE).response
    assert uitslag["passes"], "axe judged nothing: is there a page?"
    bezwaren = [f"axe {_regel(punt)}" for punt in _punten(uitslag["violations"])]
    bezwaren += [
        f"axe onbeslist {_regel(punt)}" for punt in _punten(uitslag["incomplete"]) if not _uitgelegd(punt)
    ]
    return bezwaren + list(page.evaluate(EIGEN_REGELS))


def _punten(groepen: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for groep in groepen:
        for node in groep["nodes"]:
            yield groep["id"], node


def _regel(punt: tuple[str, dict[str, Any]]) -> str:
    naam, node = punt
    return f"{naam}: {node['html'][:120]} ({_boodschap(node)[:160]})"


def _boodschap(node: dict[str, Any]) -> str:
    return "; ".join(c["message"] for c in [*node["any"], *node["all"], *node["none"]])


def _uitgelegd(punt: tuple[str, dict[str, Any]]) -> bool:
    naam, node = punt
    tekst = node["html"] + _boodschap(node)
    return any(regel == naam and deel in tekst for regel, deel in UITGELEGD)
