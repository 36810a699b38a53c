"""Fatma of De Linde through her days: what she owes, an evaluation, a start and a stop by hand, her 307s, her mail.

The Toelichting, the messages in bulk and the kwartaalopgave have stories of their own beside this one. Lists are walked
on a telephone: there a list becomes blocks, and every button has to be within reach.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

import iwmo
from beschikkingen.models import Toewijzing
from meldingen.models import Meldingkeuze
from organisaties.models import Gebruiker
from resultaat.models import Evaluatie
from resultaat.referentie import laad_redenopties
from stopberichten.enums import RedenBeeindiging
from stopberichten.met_de_hand import Start as StartMelding
from stopberichten.met_de_hand import Stop as StopMelding
from stopberichten.met_de_hand import meld_start, meld_stop
from stopberichten.models import Levering, Stop
from tests import fabriek
from tests.browser.hulp import chromium, klachten, open_scherm, toegankelijk
from tests.browser.opgavescherm import foto, ga
from tests.lib.bestanden import maak_pdf
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


def fatma() -> Gebruiker:
    fabriek.westland()
    laad_redenopties()
    return fabriek.medewerker(fabriek.aanbieder("De Linde"), naam="Fatma el Amrani")


def zorg(van: Gebruiker, achternaam: str, *, nog: int = 200) -> Toewijzing:
    """Care of Fatma's organisation for two months now, for `nog` days more."""
    eind = vandaag() + timedelta(days=nog)
    dossier = fabriek.beschikking(
        fabriek.client(achternaam=achternaam), begin=vandaag() - timedelta(days=60), eind=eind
    )
    return fabriek.toewijzing(dossier, aan=van.aanbieder)


def goed(page: Page, naam: str) -> None:
    assert toegankelijk(page) == [], page.url
    assert klachten(page) == []
    foto(page, naam)


def tegel(page: Page, naam: str) -> None:
    page.get_by_role("main").get_by_role("link", name=naam).click()


# --- What is owed ----------------------------------------------------------------------------------------------------
def test_de_twee_paren_van_de_start_tot_de_knop_en_van_de_kant_van_de_gemeente(browser, live_server, http):
    """A 307 without Toelichting and a Toelichting without 307: both wait on her start page, and one press mends them."""
    wie, lang = fatma(), nu() - timedelta(days=30)
    fabriek.stop(zorg(wie, "Bakker"), "23", vandaag() - timedelta(days=31), ontvangen_op=lang)
    jansen = zorg(wie, "Jansen")
    fabriek.start(jansen)
    fabriek.formulier(jansen, door=wie, op=lang)
    page = ga(open_scherm(browser, breedte=360), live_server, http, wie, "/")
    goed(page, "paren-start")

    tegel(page, "307 zonder Toelichting")
    expect(page.get_by_role("row", name="Bakker")).to_contain_text("te laat")
    goed(page, "paren-307")
    page.get_by_role("link", name="Vul de Toelichting in").click()
    expect(page.get_by_role("button", name="Begin het formulier")).to_be_visible()

    page.goto(f"{live_server.url}/")
    tegel(page, "Toelichting zonder 307")
    expect(page.get_by_role("row", name="Jansen")).to_be_visible()
    goed(page, "paren-toelichting")
    page.get_by_role("link", name="Meld de stop").click()
    expect(page.get_by_role("heading", level=1, name="Stop zorg melden")).to_be_visible()

    wim = fabriek.administratie(fabriek.westland())
    ga(page, live_server, http, wim, "/")
    tegel(page, "307 zonder Toelichting")
    expect(page.get_by_role("row", name="Bakker")).to_contain_text("De Linde")
    page.goto(f"{live_server.url}/")
    tegel(page, "Toelichting zonder 307")
    expect(page.get_by_role("row", name="Jansen")).to_contain_text("De Linde")
    expect(page.get_by_role("link", name="Meld de stop")).to_have_count(0)
    goed(page, "paren-gemeente")
    page.context.close()


def test_een_document_van_de_start_via_de_termijn_tot_bij_de_gemeente(browser, live_server, http):
    """Due in four weeks, said on the start page, listed by deadline; she sends it and the list is empty."""
    wie = fatma()
    toewijzing = zorg(wie, "Jansen", nog=84)
    fabriek.start(toewijzing)
    page = ga(open_scherm(browser, breedte=360), live_server, http, wie, "/")
    tegel(page, "1 document te sturen")
    goed(page, "termijnen")
    page.get_by_role("link", name="Stuur het in").click()
    expect(page.get_by_role("heading", level=1, name="Evaluatieformulier insturen")).to_be_visible()
    page.get_by_role("button", name="Verstuur het evaluatieformulier").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page, "evaluatie-fout")
    page.locator("input[name=behaald][value=ja]").check()
    page.locator("input[name=vervolg_nodig][value=nee]").check()
    page.get_by_label("Reden", exact=True).fill("Mevrouw regelt haar post zelf.")
    page.get_by_label("Evaluatieformulier", exact=True).set_input_files(
        {"name": "evaluatie.pdf", "mimeType": "application/pdf", "buffer": maak_pdf()}
    )
    goed(page, "evaluatie")
    page.get_by_role("button", name="Verstuur het evaluatieformulier").click()
    expect(page.get_by_role("main")).to_contain_text("evaluatieformulier")
    expect(page.get_by_role("button", name="Verstuur het evaluatieformulier")).to_have_count(0)
    assert Evaluatie.objects.get().reden == "Mevrouw regelt haar post zelf."
    page.goto(f"{live_server.url}/termijnen/")
    expect(page.get_by_text("Hier staat niets")).to_be_visible()
    page.context.close()


# --- Start and stop by hand --------------------------------------------------------------------------------------------
def meld(page: Page, wat: str, toewijzing: Toewijzing) -> None:
    """From the messages to the form for this allocation."""
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Berichten").click()
    page.get_by_role("link", name="Start of stop melden").click()
    page.get_by_role("radio", name=wat).check()
    page.get_by_label("Toewijzingnummer").fill(str(toewijzing.toewijzingnummer))
    page.get_by_role("button", name="Verder").click()


def gedownload(page: Page, naam: str) -> iwmo.Bericht:
    """The message that was made, as the provider takes it along."""
    with page.expect_download() as download:
        page.get_by_role("link", name=naam).click()
    assert download.value.suggested_filename.endswith(".xml")
    return iwmo.lees(download.value.path().read_bytes())


def test_start_en_stop_met_de_hand_en_de_xml_mee(browser, live_server, http):
    """She has no software for messages: the start becomes a 305, the stop a 307, and both can be taken along."""
    wie = fatma()
    toewijzing = zorg(wie, "Bakker")
    page = ga(open_scherm(browser), live_server, http, wie, "/")
    meld(page, "De zorg is gestart (305)", toewijzing)
    page.get_by_role("button", name="Verstuur de start").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page, "hand-start-fout")
    page.get_by_label("Eerste dag van de zorg").fill(f"{toewijzing.ingangsdatum:%d-%m-%Y}")
    page.get_by_role("button", name="Verstuur de start").click()
    expect(page.get_by_text("Uw melding is verstuurd als 305-bericht.")).to_be_visible()
    goed(page, "hand-305")
    assert gedownload(page, "Download het 305-bericht (XML)").soort == "305"
    assert Levering.objects.get().begindatum == toewijzing.ingangsdatum

    meld(page, "De zorg is gestopt (307)", toewijzing)
    page.get_by_label("Laatste dag van de zorg").fill(f"{vandaag():%d-%m-%Y}")
    page.get_by_role("radio", name=re.compile("^23 ")).check()
    goed(page, "hand-stop")
    page.get_by_role("button", name="Verstuur de stop").click()
    expect(page.get_by_text("Uw melding is verstuurd als 307-bericht.")).to_be_visible()
    expect(page.get_by_text("Bij code 23 hoort ook de Toelichting")).to_be_visible()
    goed(page, "hand-307")
    assert gedownload(page, "Download het 307-bericht (XML)").soort == "307"
    stop = Stop.objects.get()
    assert (stop.reden, stop.einddatum, stop.levering) == ("23", vandaag(), Levering.objects.get())
    page.context.close()


# --- The quality of her 307s -------------------------------------------------------------------------------------------
def gestopt(toewijzing: Toewijzing, einde: date, *, door: Gebruiker) -> None:
    """A real start and stop message, both sent today."""
    wanneer = {"door": door, "vandaag": vandaag(), "op": nu()}
    meld_start(start=StartMelding(toewijzing, toewijzing.ingangsdatum), **wanneer)
    levering = Levering.objects.get(toewijzing=toewijzing)
    assert meld_stop(stop=StopMelding(levering, RedenBeeindiging.OVERLIJDEN, einde), **wanneer).geaccepteerd


def test_van_de_kwartaalopgave_naar_het_stopbericht_dat_aandacht_vraagt(browser, live_server, http):
    """One message on time and one too late: the shares, who it is about, why, and the message itself."""
    wie = fatma()
    for achternaam, dagen in (("Bakker", 1), ("Jansen", 40)):
        gestopt(zorg(wie, achternaam), vandaag() - timedelta(days=dagen), door=wie)
    page = ga(open_scherm(browser, breedte=360), live_server, http, wie, "/kwartaalopgaven/")
    page.get_by_role("link", name="Kwaliteit van uw stopberichten").click()
    page.get_by_label("Ontvangen in").select_option(index=0)
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("row", name="De Linde")).to_contain_text("1 van 2")
    expect(page.get_by_role("row", name="Bakker")).to_have_count(0)
    expect(page.get_by_role("row", name="Jansen")).to_contain_text("werkdagen na de einddatum")
    goed(page, "kwaliteit")
    page.get_by_role("link", name="Jansen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("307")
    page.context.close()


# --- Her mail ----------------------------------------------------------------------------------------------------------
def test_zij_kiest_waarover_en_wanneer_zij_mail_krijgt(browser, live_server, http):
    wie = fatma()
    page = ga(open_scherm(browser), live_server, http, wie, "/meldingen/")
    expect(page.get_by_text("Er staan nooit gegevens van cliënten in.")).to_be_visible()
    page.get_by_role("checkbox", name="Afgekeurde berichten").uncheck()
    for dag in ("zaterdag", "zondag"):
        page.get_by_role("checkbox", name=dag).uncheck()
    page.get_by_role("radio", name="Vanaf 7 uur").check()
    page.get_by_role("button", name="Bewaar mijn keuze").click()
    expect(page.get_by_text("Uw keuze is bewaard.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Afgekeurde berichten")).not_to_be_checked()
    expect(page.get_by_role("checkbox", name="Vragen van de gemeente")).to_be_checked()
    goed(page, "meldingen-gekozen")
    keuze = Meldingkeuze.objects.get(gebruiker=wie)
    assert (keuze.dagen, keuze.vanaf_uur, len(keuze.uit)) == ([1, 2, 3, 4, 5], 7, 1)
    page.context.close()
