"""People who open a form on the old code, type in it, and press its button when only the new code is left (F21).

For `python -m tests.oude_code`. Each role walks the pages it is shown and opens one form of every kind that it finds.
Whatever was typed carries a mark of its own; tests/wisseloordeel.py says what became of it.
"""

import http.client
import re
import time
import uuid
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

from rapportage.demo.pdfje import maak_pdf
from wmo_portal.lib.tijd import vandaag

BLADZIJDEN = 60
PER_SOORT = 2
"""Pages of one kind that are opened: the second may have the form that the first has not."""
NIET = re.compile(
    r"^/(account|static|sessie|componenten)|/(excel|csv|export|bestand|pdf|xml|sjabloon)/?$|\.\w+$"
)
"""Addresses that are no form of our own, or a file."""
NUMMER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")
WETEN = {
    "agb": "99990099",
    "categorie": "02",
    "code": "wis01",
    "geheim": "geheim van de wissel",
    "herinner_weken": "12, 10, 8",
    "rol": "aanbieder",
    "uitgever": "https://inloggen.example.nl",
    "volgend_moment": (vandaag() + timedelta(weeks=26)).strftime("%d-%m-%Y"),
}
"""What somebody fills in who knows what the field is for; any other text would rightly be refused."""
GETYPT = {"tekst", "text", "email", "number", "search"}
TIJD = 60


@dataclass(frozen=True, slots=True)
class Antwoord:
    status: int
    tekst: str
    naar: str = ""


@dataclass(slots=True)
class Mens:
    """One cookie, with the csrf cookie that the server adds to it."""

    rol: str
    koekjes: dict[str, str]

    def vraag(self, poort: int, adres: str, lichaam: bytes | None = None, soort: str = "") -> Antwoord:
        kop = {"Cookie": "; ".join(f"{naam}={waarde}" for naam, waarde in self.koekjes.items())}
        lijn = http.client.HTTPConnection("127.0.0.1", poort, timeout=TIJD)
        try:
            methode = "GET" if lichaam is None else "POST"
            lijn.request(methode, adres, lichaam, kop | ({"Content-Type": soort} if soort else {}))
            gekregen = lijn.getresponse()
            for regel in gekregen.headers.get_all("Set-Cookie") or []:
                self.koekjes |= {naam: koekje.value for naam, koekje in SimpleCookie(regel).items()}
            tekst = gekregen.read().decode("utf-8", "replace")
            return Antwoord(gekregen.status, tekst, gekregen.headers.get("Location", ""))
        except OSError as fout:
            return Antwoord(0, f"{type(fout).__name__}: {fout}")
        finally:
            lijn.close()


@dataclass(slots=True)
class Formulier:
    """Filled in and not yet sent."""

    mens: Mens
    pad: str
    actie: str
    merk: str
    velden: list[tuple[str, str]] = field(default_factory=list)
    bestanden: list[str] = field(default_factory=list)
    getypt: int = 0
    geweten: int = 0

    @property
    def soort(self) -> str:
        return soort_van(self.actie)

    @property
    def naam(self) -> str:
        return f"{self.mens.rol} op {self.soort}"

    def lichaam(self) -> tuple[bytes, str]:
        if not self.bestanden:
            return urlencode(self.velden).encode(), "application/x-www-form-urlencoded"
        grens = uuid.uuid4().hex
        delen = [
            f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"\r\n\r\n{waarde}\r\n'.encode()
            for naam, waarde in self.velden
        ]
        for naam in self.bestanden:
            kop = f'--{grens}\r\nContent-Disposition: form-data; name="{naam}"; filename="wissel.pdf"\r\n'
            delen.append(
                kop.encode()
                + b"Content-Type: application/pdf\r\n\r\n"
                + maak_pdf("Wissel", [self.merk])
                + b"\r\n"
            )
        return b"".join((*delen, f"--{grens}--\r\n".encode())), f"multipart/form-data; boundary={grens}"


def soort_van(adres: str) -> str:
    return NUMMER.sub("*", urlsplit(adres).path)


# --- Opening and typing ---------------------------------------------------------------------------------------------
def open_formulieren(mensen: Iterable[tuple[str, str, Iterable[str]]], poort: int) -> list[Formulier]:
    """Of everybody: one form of each kind on the pages he comes to. `mensen`: role, cookie, where he begins."""
    uit: list[Formulier] = []
    for rol, koekje, begin in mensen:
        naam, waarde = koekje.split("=", 1)
        uit += _wandel(Mens(rol, {naam: waarde}), begin, poort, len(uit))
    return uit


def _wandel(mens: Mens, begin: Iterable[str], poort: int, al: int) -> list[Formulier]:
    rij, gezien = deque(["/", *begin]), {"/", *begin}
    keer: Counter[str] = Counter()
    per_soort: dict[str, Formulier] = {}
    while rij and keer.total() < BLADZIJDEN:
        pad = next((pad for pad in rij if not keer[soort_van(pad)]), rij[0])  # what is new first
        rij.remove(pad)
        if keer[soort_van(pad)] == PER_SOORT:
            continue
        keer[soort_van(pad)] += 1
        antwoord = mens.vraag(poort, pad)
        if antwoord.status != 200 or "<main" not in antwoord.tekst:
            continue
        boom: Any = html.fromstring(antwoord.tekst)
        for gevonden in boom.xpath("//main//form[@method='post']"):
            formulier = vul_in(mens, pad, gevonden, f"wissel-{al + len(per_soort)}-{mens.rol}")
            if formulier.getypt + formulier.geweten:
                per_soort.setdefault(formulier.soort, formulier)
        for adres in boom.xpath("//main//a/@href | //nav//a/@href"):
            verder = urljoin(pad, adres).split("#")[0]
            if verder.startswith("/") and verder not in gezien and not NIET.search(urlsplit(verder).path):
                gezien.add(verder)
                rij.append(verder)
    return list(per_soort.values())


def vul_in(mens: Mens, pad: str, gevonden: html.FormElement, merk: str) -> Formulier:
    """As a person would: what is filled in stays, what is empty is typed, of a choice without one the last.

    What no free text fits is what he knows (`WETEN`).
    """
    uit = Formulier(mens, pad, urljoin(pad, gevonden.action or pad), merk)
    gekozen = {i.name for i in gevonden.inputs if i.get("type") == "radio" and i.get("checked") is not None}
    keuzes = {i.name: i.get("value", "on") for i in gevonden.inputs if i.get("type") == "radio"}
    for veld in gevonden.inputs:
        if not veld.name or veld.get("disabled") is not None:
            continue
        if veld.tag == "input" and veld.get("type") == "file":
            uit.bestanden.append(veld.name)
        else:
            uit.velden += [(veld.name, waarde) for waarde in _waarden(veld, uit)]
    uit.velden += [
        (naam, WETEN.get(naam, laatste)) for naam, laatste in keuzes.items() if naam not in gekozen
    ]
    return uit


def _waarden(veld: Any, uit: Formulier) -> list[str]:
    """What this field sends along: nothing, when it is not chosen."""
    soort = "tekst" if veld.tag == "textarea" else veld.get("type", "text")
    if veld.tag == "select":
        return _gekozen(veld)
    if soort in {"radio", "checkbox"}:
        return [veld.get("value", "on")] if veld.get("checked") is not None else []
    if veld.name in WETEN and not veld.value:
        uit.geweten += 1
        return [WETEN[veld.name]]
    return [_typ(veld, uit) if soort in GETYPT else veld.get("value", "")]


def _gekozen(veld: html.SelectElement) -> list[str]:
    opties = [o.get("value", o.text or "") for o in veld.xpath(".//option[not(@disabled)]")]
    staan = [o.get("value", o.text or "") for o in veld.xpath(".//option[@selected]")]
    return [waarde for waarde in staan if waarde] or [waarde for waarde in opties if waarde][-1:]


def _typ(veld: html.HtmlElement, uit: Formulier) -> str:
    staat = str(veld.text if veld.tag == "textarea" else veld.get("value")) if veld.value else ""
    if veld.tag != "textarea" and (staat or veld.get("type") == "search" or veld.get("role") == "combobox"):
        return staat
    if veld.get("type") == "email":
        return f"{uit.merk}@example.nl"
    if veld.get("inputmode") == "numeric" or veld.get("type") == "number":
        return staat or "1"
    if "wmo-datum" in (veld.get("class") or ""):
        return staat or time.strftime("%d-%m-%Y")
    if int(veld.get("maxlength") or 10**6) < 60:
        return staat
    uit.getypt += 1
    return f"{staat} Getypt vóór de wissel: {uit.merk}.".strip()
