"""Walking through the portal by its own links: the menu, its tabs and buttons, the first item of each list."""

import os
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.hulp import klachten, toegankelijk


def paden(page: Page) -> Iterator[str]:
    """The menu, and from each page in it: its tabs and buttons, and the first item of its lists."""
    menu = _adressen(page, "nav a[href^='/']")
    gehad: set[str] = set()
    for pad in dict.fromkeys(["/", *menu]):
        if pad in gehad:
            continue
        gehad.add(pad)
        yield pad
        for verder in dict.fromkeys(_verder(page)):
            kaal = verder.split("?")[0]
            if kaal not in gehad and verder not in gehad and not _is_bestand(kaal):
                gehad.add(verder)
                yield verder


def _verder(page: Page) -> list[str]:
    eerste = _adressen(page, "main tbody tr:first-child a[href^='/']")
    return eerste + _adressen(page, "main a.utrecht-button-link[href^='/']")


def _adressen(page: Page, kiezer: str) -> list[str]:
    return list(page.eval_on_selector_all(kiezer, "els => els.map(el => el.getAttribute('href'))"))


def _is_bestand(pad: str) -> bool:
    return pad.endswith(
        ("/excel/", "/pdf/", "/xml/", "/export/", "/retour/", "/zip/", "/sjabloon/", "/fouten/")
    )


def bezwaren(page: Page, pad: str) -> list[str]:
    antwoord = page.goto(pad)
    assert antwoord is not None
    fout = [] if antwoord.status == 200 else [f"status {antwoord.status}"]
    fout += toegankelijk(page) + klachten(page)
    page.gehoord.clear()  # type: ignore[attr-defined]  # each page is judged by itself
    if map_ := os.environ.get("WMO_FOTOS"):
        naam = pad.strip("/").replace("/", "-").replace("?", "_")[:60] or "start"
        page.screenshot(path=Path(map_) / f"{naam}.png", full_page=True, caret="initial")
    return fout
