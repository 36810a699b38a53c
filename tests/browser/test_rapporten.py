"""Every page of the reports in a real Chromium: filled, empty and with an error, wide and on a telephone."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from rapportage.actions.gesprek import begin, bewaar, spreek_af
from rapportage.actions.publiceren import publiceer
from rapportage.actions.rapporten import lever, vraag_aan, zeg_waarom_niet
from rapportage.actions.vaststellen import stel_vast
from rapportage.statussen import Publicatiesoort, Rapportsoort
from resultaat.enums import Uitkomst
from tests import fabriek
from tests.browser.hulp import chromium, klachten, open_scherm, toegankelijk
from tests.browser.test_kwartaalopgave import foto, ga
from tests.rapportage.opgavehulp import K3, contractmanager, ingediend, zorg
from tests.rapportage.test_resultaat_behaald import oordeel_over
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OP = datetime(2026, 10, 12, 9, 0, tzinfo=AMSTERDAM)
KWARTAAL = "?kwartaal=2026-K3"
PUBLICATIE = "?soort=uitval&regio=h5&kwartaal=2026-K3&drempel="


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


def url(naam, *wat):
    return reverse(f"rapportage:{naam}", args=wat)


def vol():
    """Two municipalities and two providers with every kind of end, judgements, and all that is made of them."""
    opgave, _ = ingediend()
    eik = fabriek.aanbieder("De Eik")
    for n, code in enumerate(["", "", "19", "19", "21", "22", "23", "31", "36", "37", "38", "39"]):
        zorg(eik, f"Client {n}", code, gemeente=fabriek.delft())
    for uitkomst in (*Uitkomst, Uitkomst.JA, Uitkomst.JA):
        oordeel_over(uitkomst, dag=date(2026, 8, 1))
    noor = contractmanager(naam="Noor Visser")
    regio = fabriek.regio()
    vast = stel_vast(regio=regio, kwartaal=K3, door=noor, op=OP)
    zorg(eik, "Later", "21")
    publicatie = publiceer(
        soort=Publicatiesoort.UITVAL, regio=regio, kwartaal=K3, drempel=5, door=noor, op=OP
    )
    gesprek = begin(regio=regio, aanbieder=opgave.aanbieder, kwartaal=K3, door=noor, op=OP)
    bewaar(gesprek=gesprek, gespreksdatum=OP.date(), verslag="Goed gesprek.", versie=1, door=noor, op=OP)
    spreek_af(gesprek=gesprek, tekst="Cijfers nakijken.", wie="De Linde", uiterlijk=None, door=noor, op=OP)
    _rapporten(noor)
    return noor, vast, publicatie, gesprek


def _rapporten(noor):
    vraag = {"soort": Rapportsoort.UITVAL, "titel": "Uitval, 3e kwartaal 2026", "filters": {"kwartaal": "2026-K3"},
             "bestandsnaam": "uitval.pdf", "door": noor, "op": fabriek.nu()}  # fmt: skip
    lever(rapport=vraag_aan(**vraag), inhoud=b"%PDF", regels=3, op=fabriek.nu(), door=noor)
    zeg_waarom_niet(rapport=vraag_aan(**vraag), zin="Niet gelukt: kies opnieuw.", op=fabriek.nu(), door=noor)
    vraag_aan(**vraag)


def gevuld(noor, vast, publicatie, gesprek):
    return [
        ("uitval", url("uitval") + KWARTAAL),
        ("uitval-clienten", url("uitval-clienten") + KWARTAAL),
        ("uitval-buiten", url("uitval-clienten") + KWARTAAL + "&buiten=1"),
        ("gevoeligheid", url("uitval-gevoeligheid") + KWARTAAL),
        ("resultaat", url("resultaat-behaald") + KWARTAAL),
        ("resultaat-trede", url("resultaat-behaald") + KWARTAAL + "&per=trede"),
        ("resultaat-clienten", url("resultaat-clienten") + KWARTAAL),
        ("vaststellingen", url("vaststellingen")),
        ("vaststellen", url("vaststellen") + "?regio=h5&kwartaal=2026-K3"),
        ("vaststelling", url("vaststelling", vast.kenmerk)),
        ("vaststelling-nageteld", url("vaststelling", vast.kenmerk) + "?alles=ja"),
        ("verschil", url("vaststelling-verschil", vast.kenmerk)),
        ("publicaties", url("publicaties")),
        ("publicatie-nogmaals", url("publicatie-nieuw") + PUBLICATIE + "5"),
        ("publicatie-kpi", url("publicatie-nieuw") + PUBLICATIE.replace("uitval", "resultaat") + "5"),
        ("publicatie", url("publicatie", publicatie.kenmerk)),
        ("gesprekken", url("gesprekken") + KWARTAAL),
        ("gesprek", url("gesprek", gesprek.kenmerk)),
        ("mijn-rapporten", url("mijn-rapporten")),
        ("kwaliteit", url("kwaliteit") + KWARTAAL),
        ("uitval-fout", url("uitval") + "?van=gisteren&tot=01-07-2026"),
        ("resultaat-fout", url("resultaat-behaald") + "?van=01-09-2026&tot=01-07-2026"),
    ]


LEEG = [
    ("uitval-leeg", "uitval"),
    ("uitval-clienten-leeg", "uitval-clienten"),
    ("gevoeligheid-leeg", "uitval-gevoeligheid"),
    ("resultaat-leeg", "resultaat-behaald"),
    ("resultaat-clienten-leeg", "resultaat-clienten"),
    ("vaststellingen-leeg", "vaststellingen"),
    ("publicaties-leeg", "publicaties"),
    ("gesprekken-leeg", "gesprekken"),
    ("mijn-rapporten-leeg", "mijn-rapporten"),
    ("kwaliteit-leeg", "kwaliteit"),
]


@pytest.mark.parametrize("breedte", [1280, 360])
def test_every_report_page_is_accessible(browser, live_server, http, breedte):
    """All pages first, so that one run says everything."""
    leeg = contractmanager(naam="Bas Leeg")
    page, bezwaren = open_scherm(browser, breedte=breedte), {}
    for naam, pad in LEEG:
        bezwaren[naam] = _kijk(page, live_server, http, leeg, naam, url(pad), breedte)
    noor, *rijen = vol()
    for naam, pad in gevuld(noor, *rijen):
        bezwaren[naam] = _kijk(page, live_server, http, noor, naam, pad, breedte)
    assert {naam: gevonden for naam, gevonden in bezwaren.items() if gevonden} == {}
    assert klachten(page) == []
    page.context.close()


def _kijk(page, live_server, http, wie, naam, pad, breedte):
    ga(page, live_server, http, wie, pad)
    foto(page, f"rapport-{naam}-{breedte}")
    return toegankelijk(page)


def test_mistakes_are_told_where_they_are_made(browser, live_server, http):
    """A wrong threshold, an action without a text, two writers of one report of a talk: judged as pages."""
    noor, _, _, gesprek = vol()
    page = open_scherm(browser)
    ga(page, live_server, http, noor, url("gesprek", gesprek.kenmerk))
    page.get_by_role("button", name="Leg actie vast").click()
    assert page.title().startswith("Fout:")
    assert toegankelijk(page) == []
    page.goto(live_server.url + url("gesprek", gesprek.kenmerk))
    bewaar(gesprek=gesprek, gespreksdatum=None, verslag="Van een collega.", versie=2, door=noor, op=OP)
    page.get_by_label("Verslag", exact=False).last.fill("Van mij.")
    page.get_by_role("button", name="Bewaar verslag").click()
    page.get_by_text("Van een collega.").first.wait_for()
    assert page.get_by_text("Van mij.").count() >= 1
    assert toegankelijk(page) == []
    foto(page, "rapport-botsing")
    page.get_by_role("button", name="Bewaar mijn versie").click()
    page.get_by_role("heading", level=1, name="Kwartaalgesprek").wait_for()
    gesprek.refresh_from_db()
    assert gesprek.verslag == "Van mij."
    page.goto(live_server.url + url("publicatie-nieuw") + PUBLICATIE + "4")
    assert page.title().startswith("Fout:")
    assert toegankelijk(page) == []
    page.context.close()


@pytest.mark.parametrize("kleuren", ["active", "none"])
def test_charts_in_forced_colours_and_in_print_keep_their_numbers(browser, live_server, http, kleuren):
    """What colour says is said in letters too, so nothing is lost without it."""
    noor, *_ = vol()
    page = open_scherm(browser, forced_colors=kleuren)
    if kleuren == "none":
        page.emulate_media(media="print")
    for naam in ("uitval", "resultaat-behaald"):
        ga(page, live_server, http, noor, url(naam) + KWARTAAL)
        teksten = page.locator(".rapport-grafiek svg text, figure svg text").all_text_contents()
        assert any(":" in tekst for tekst in teksten)
        foto(page, f"rapport-{naam}-{'kleuren' if kleuren == 'active' else 'druk'}")
    page.context.close()
