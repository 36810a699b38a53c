"""One story per role in the demo, by what a person reads on the screen, and a walk along every page of the menu.

Every page on the way is judged by `goed`: axe, our own rules, a silent console. With WMO_BEELDEN=1 the stories leave
the pictures of the handleiding behind.
"""

import io
import re

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import goed
from tests.browser.rondgang import bezwaren, paden

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ROLLEN = ["consulent.westland", "aanbieder.linde", "administratie.h5", "contractmanager.h5", "beheerder"]
TEKST = "De cliënt regelt de administratie zelf en belt als het niet lukt."


def menu(page: Page, naam: str) -> None:
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=naam, exact=True).click()


def kop(page: Page, naam: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1, name=naam)).to_be_visible()


def knop(page: Page, naam: str) -> None:
    page.get_by_role("main").get_by_role("button", name=naam, exact=True).click()


def werkboek(download: Download) -> Workbook:
    return load_workbook(io.BytesIO(download.path().read_bytes()))


@pytest.mark.parametrize("wie", ROLLEN)
def test_elke_pagina_van_het_menu(mens, wie):
    """The walk comes first: the stories change what there is."""
    page = mens(wie)
    gevonden = {pad: fout for pad in paden(page) if (fout := bezwaren(page, pad))}
    assert gevonden == {}


def test_de_inlogpagina_en_een_fout_wachtwoord(demo, mens):
    page = mens("beheerder")
    page.context.clear_cookies()
    page.goto("/")
    kop(page, "Inloggen")
    goed(page, "inloggen")
    page.get_by_label("E-mailadres").fill("niemand@demo.example")
    page.get_by_label("Wachtwoord", exact=True).fill("dit is het niet")
    knop(page, "Log in")
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page)


def test_marijke_beoordeelt_een_stop_in_drie_klikken(mens):
    """From the werkvoorraad to registered: the row, the outcome, the button (schermen.md, Consulent 3)."""
    page = mens("consulent.westland")
    goed(page, "consulent-start")
    menu(page, "Werkvoorraad")
    goed(page, "consulent-werkvoorraad")
    stops = page.get_by_role("link", name=re.compile("^Stop beoordelen"))
    aantal = int(stops.inner_text().split()[-1])

    rij = page.get_by_role("row").filter(has_text="mogelijk zijn de resultaten voortijdig behaald").first
    achternaam = rij.get_by_role("rowheader").inner_text().split(":")[0].split()[-1]
    rij.get_by_role("link").first.click()  # 1
    kop(page, "Resultaat registreren")
    goed(page, "consulent-registreren")
    page.get_by_role("radio", name="Ja", exact=True).check()  # 2
    knop(page, "Registreer")  # 3
    kop(page, "Werkvoorraad")
    expect(page.get_by_role("link", name=re.compile(f"^Stop beoordelen {aantal - 1}"))).to_be_visible()
    goed(page)

    page.get_by_role("searchbox").fill(achternaam)
    page.get_by_role("button", name="Zoek").click()
    goed(page, "consulent-zoeken")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("Wat er gebeurde")
    goed(page, "consulent-dossier")


def test_marijke_zegt_nee_zonder_reden_en_houdt_haar_tekst(mens):
    page = mens("consulent.westland")
    menu(page, "Werkvoorraad")
    page.get_by_role("row").filter(has_text="Stop beoordelen").first.get_by_role("link").first.click()
    page.get_by_role("radio", name="Nee, reden zorgaanbieder").check()
    knop(page, "Registreer")
    expect(page).to_have_title(re.compile("^Fout:"))
    expect(page.get_by_role("radio", name="Nee, reden zorgaanbieder")).to_be_checked()
    goed(page, "consulent-fout")


def test_fatima_stuurt_een_toelichting(mens):
    page = mens("aanbieder.linde")
    goed(page, "aanbieder-start")
    menu(page, "Toelichtingen")
    goed(page, "aanbieder-toelichtingen")
    page.get_by_role("link", name="307 zonder Toelichting").click()
    goed(page, "aanbieder-ontbreekt")
    page.get_by_role("link", name=re.compile("^Vul de Toelichting in")).first.click()
    goed(page)
    knop(page, "Begin het formulier")
    kop(page, re.compile("^Toelichting verzoek"))
    goed(page)
    knop(page, "Controleer en verstuur")
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page, "aanbieder-fout")

    for gebied in page.get_by_role("group", name=re.compile("^Resultaatgebied:")).all():
        gebied.get_by_role("radio", name="Beëindiging zorg").check()
        for vraag in ("huidige situatie", "Reden van de gevraagde", "Toelichting"):
            gebied.get_by_role("textbox", name=re.compile(vraag, re.I)).first.fill(TEKST)
        gebied.get_by_role("radio", name="Ja", exact=True).check()
    goed(page, "aanbieder-formulier", bij=gebied)
    knop(page, "Controleer en verstuur")
    kop(page, "Controleer uw Toelichting")
    expect(page.get_by_role("main")).to_contain_text(TEKST)
    goed(page, "aanbieder-controle")
    knop(page, "Verstuur naar de gemeente")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Uw ontvangstnummer is T-\d{4}-\d{6}"))
    goed(page, "aanbieder-ontvangst")


def test_gerda_draait_proef_voert_uit_en_draait_terug(mens):
    page = mens("administratie.h5")
    goed(page, "administratie-start")
    menu(page, "Maandelijkse ronde")
    goed(page, "administratie-rondes")
    knop(page, "Proefdraai")
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page)
    page.get_by_label("Gemeente").select_option(label="Westland")
    knop(page, "Proefdraai")
    expect(page.get_by_role("main")).to_contain_text("Er is niets veranderd")
    goed(page, "administratie-proefdraai")
    uitvoeren = page.get_by_role("button", name=re.compile("^Ronde (opnieuw )?uitvoeren$"))
    uitvoeren.click()
    expect(uitvoeren).to_have_count(0)
    goed(page, "administratie-ronde")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export voor Suite (Excel)").click()
    assert werkboek(download.value).worksheets[0].max_row > 1

    page.get_by_role("link", name="Terugdraaien").click()
    goed(page, "administratie-terugdraaien")
    page.get_by_label("Reden").fill("De verkeerde maand gekozen.")
    knop(page, "Ronde terugdraaien")
    expect(page.get_by_role("main")).to_contain_text("Deze ronde is teruggedraaid")
    goed(page)


def test_peter_opent_een_cijfer_en_neemt_excel_mee(mens):
    page = mens("contractmanager.h5")
    goed(page, "contractmanager-start")
    menu(page, "Uitval")
    goed(page, "contractmanager-uitval")
    westland = page.get_by_role("row", name=re.compile("^Westland")).first
    totaal = westland.get_by_role("link", name=re.compile("Westland, alle cliënten"))
    aantal = int(totaal.inner_text().split()[0])
    totaal.click()
    kop(page, "Cliënten achter het cijfer")
    expect(page.get_by_role("main")).to_contain_text("U ziet geen namen")
    goed(page, "contractmanager-clienten")
    page.go_back()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download Excel").click()
    boek = werkboek(download.value)
    rijen = [rij for blad in boek for rij in blad.iter_rows(values_only=True)]
    assert [rij for rij in rijen if rij[0] == "Westland" and aantal in rij], "not the number on the screen"


def test_tessa_nodigt_iemand_uit(mens):
    page = mens("beheerder")
    goed(page, "beheerder-start")
    menu(page, "Gebruikers")
    goed(page, "beheerder-gebruikers")
    page.get_by_role("link", name="Nodig iemand uit").click()
    knop(page, "Nodig uit")
    expect(page).to_have_title(re.compile("^Fout:"))
    goed(page, "beheerder-fout")
    page.get_by_label("Naam", exact=True).fill("Noor Verbeek")
    page.get_by_label("E-mailadres").fill("noor.verbeek@demo.example")
    page.get_by_role("radio", name="Consulent").check()
    page.get_by_role("checkbox", name="Westland").check()
    goed(page, "beheerder-uitnodigen")
    knop(page, "Nodig uit")
    expect(page.get_by_text("Noor Verbeek krijgt een e-mail om een wachtwoord te kiezen.")).to_be_visible()
    menu(page, "Inrichting")
    goed(page, "beheerder-inrichting")
