"""What people do at work: the pages of their menu, the links they follow from one to the next, the forms they send.

Thrown with dice, so that forty people make another day each, and the same day every time.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

Velden = list[tuple[str, str]]
Vraag = Callable[[str, Velden | None], str]
"""Ask an address, with fields to send a form; the text of the page."""

DENKTIJD: Final = 5.0
"""Seconds on average between two pages."""
PAGINAS: Final[dict[str, tuple[str, ...]]] = {
    "consulent": ("/", "/werkvoorraad/", "/werkvoorraad/?van=mijn", "/dossiers/", "/termijnen/"),
    "aanbieder": ("/", "/mijn-clienten/", "/toelichtingen/", "/berichten/", "/berichten/te-laat/"),
    "administratie": (
        "/",
        "/berichten/",
        "/rondes/",
        "/dossiers/",
        "/te-koppelen/",
        "/berichten/retour/",
        "/suite/",
    ),
    "contractmanager": ("/", "/uitval/", "/resultaat-behaald/", "/advies-en-besluit/", "/stopkwaliteit/"),
    "beheerder": ("/", "/gebruikers/", "/inrichting/", "/logboek/", "/taken/"),
}
# Not the page of one message: the messages of the data set hold no XML (see benchmarks/README.md).
VOLGEN: Final = re.compile(r'href="(/(?:dossiers|gebruikers|toelichtingen|rondes)/[0-9a-f-]{36}/)')
DOSSIER: Final = "een dossier"
"""Whichever stands on the page before."""
FORMULIEREN: Final[dict[str, tuple[tuple[str, str, dict[str, str]], ...]]] = {
    "consulent": (("/zoeken/", "", {"zoek": "Merk1"}), (DOSSIER, "behandelaar", {})),
    "aanbieder": (("/meldingen/", "", {}), ("/sessie/blijf", "", {})),
    "administratie": (("/zoeken/", "", {"zoek": "Merk2"}), ("/meldingen/", "", {})),
    "contractmanager": (("/meldingen/", "", {}), ("/sessie/blijf", "", {})),
    "beheerder": (("/meldingen/", "", {}), ("/sessie/blijf", "", {})),
}
"""Per role the forms: the page they stand on, the end of the address they go to, and what is filled in."""


@dataclass(slots=True)
class Werkdag:
    """What somebody of this role does, page after page."""

    rol: str
    dobbel: random.Random
    vraag: Vraag

    def werk(self, tot: float) -> None:
        time.sleep(self.dobbel.uniform(0, DENKTIJD))
        tekst = ""
        while time.monotonic() < tot:
            tekst = self._stap(tekst)
            time.sleep(min(self.dobbel.expovariate(1 / DENKTIJD), 30))

    def _stap(self, tekst: str) -> str:
        """A link of the page before, a form, or a page of the menu."""
        worp, links = self.dobbel.random(), VOLGEN.findall(tekst)
        if links and worp < 0.35:
            return self.vraag(self.dobbel.choice(links), None)
        if worp < 0.5:
            return self._formulier(links)
        return self.vraag(self.dobbel.choice(PAGINAS[self.rol]), None)

    def _formulier(self, links: list[str]) -> str:
        pagina, actie, anders = self.dobbel.choice(FORMULIEREN[self.rol])
        if pagina == "/sessie/blijf":
            return self.vraag(pagina, [])
        if pagina == DOSSIER:
            dossiers = [link for link in links if link.startswith("/dossiers/")]
            if not dossiers:
                return self.vraag("/werkvoorraad/", None)
            pagina = self.dobbel.choice(dossiers)
        tekst = self.vraag(pagina, None)
        gevonden = velden(tekst, pagina, actie)
        if gevonden is None:
            return tekst
        naar, ingevuld = gevonden
        over = [(naam, waarde) for naam, waarde in ingevuld if naam not in {*anders, "csrfmiddlewaretoken"}]
        return self.vraag(naar, [*over, *anders.items()])


def velden(tekst: str, pagina: str, actie: str) -> tuple[str, Velden] | None:
    """The form of this page that posts to `actie` (or to the page itself), as a browser would send it unchanged."""
    import lxml.html

    if not tekst:
        return None
    pagina_: Any = lxml.html.fromstring(tekst)
    for form in pagina_.forms:
        naar = urlsplit(form.get("action") or pagina).path or pagina
        eigen = naar.rstrip("/").endswith(actie) if actie else naar == pagina
        if form.method == "POST" and eigen:
            return naar, [(naam, waarde or "") for naam, waarde in form.form_values()]
    return None
