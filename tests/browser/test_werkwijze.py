"""Each paragraph of the werkwijze once in a real Chromium, from the list to the record, as the person walks it.

What every step writes is for `tests/verhalen`; here it is the screens that must lead there.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from playwright.sync_api import Browser, Page, expect

from beschikkingen.models import Monitoringsmoment
from resultaat.enums import Verdict
from resultaat.models import Evaluatie, Gesprek, InformatieVraag, Resultaat, SuiteLijst, Vernietigingslijst
from tests import fabriek
from tests.browser.hulp import chromium, klachten, log_in, open_scherm, toegankelijk
from tests.resultaat.archiefhulp import oud_dossier, verstrijk
from tests.verhalen.mensen import (
    anna,
    dossier_van,
    fatma,
    getrapt,
    jansen,
    over,
    stuur_evaluatie,
)
from wmo_portal.lib.tijd import vandaag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


@pytest.fixture
def ga(live_server, http, browser) -> Callable[..., Page]:
    def open_(wie, pad: str, **opties) -> Page:
        if not is_mfa_enabled(wie):
            TOTP.activate(wie, generate_totp_secret())
        http.force_login(wie)
        page = open_scherm(browser, **opties)
        log_in(page, live_server.url, http.cookies)
        antwoord = page.goto(live_server.url + pad)
        assert antwoord is not None
        assert antwoord.status == 200
        return page

    return open_


def goed(page: Page, naam: str = "") -> None:
    """The page is for everybody: axe, and our own rules. A picture of it for whoever sets WMO_FOTOS to a folder."""
    assert toegankelijk(page) == []
    assert klachten(page) == []
    if naam and (map_ := os.environ.get("WMO_FOTOS")):
        breedte = (page.viewport_size or {}).get("width", 0)
        page.screenshot(path=Path(map_) / f"{naam}-{breedte}.png", full_page=True)


def kies(page: Page, naam: str) -> None:
    page.get_by_role("radio", name=naam, exact=True).check()


def registreer(page: Page) -> None:
    page.get_by_role("button", name="Registreer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Werkvoorraad")


def oordeel() -> Resultaat:
    return Resultaat.objects.actueel().get()


def test_1a_de_administratie_draait_de_ronde_en_het_dossier_is_dicht(ga):
    toewijzing = jansen(vandaag().replace(day=1) - timedelta(days=1))
    fabriek.stop(toewijzing, "19")
    fabriek.formulier(toewijzing, behaald=True)
    page = ga(fabriek.administratie(), "/rondes/")
    page.get_by_role("button", name="Proefdraai").first.click()
    expect(page.get_by_text("Dit is een proefdraai")).to_be_visible()
    expect(page.get_by_role("row", name="Jansen")).to_contain_text("Automatisch ja")
    assert not Resultaat.objects.exists()
    page.get_by_role("button", name="Ronde uitvoeren").click()
    page.get_by_role("row", name="Jansen").get_by_text("Het dossier is gesloten.").wait_for()
    assert (oordeel().uitkomst, oordeel().paragraaf) == ("ja", "1A")
    assert dossier_van(toewijzing).status == "gesloten"


def test_1b_bereikt_met_vervolg_en_eerst_een_vraag(ga):
    consulent, zorg = anna(), fatma()
    toewijzing = jansen(over(40))
    stuur_evaluatie(zorg, toewijzing, behaald=True, zwaarte=2, reden="De post is nog lastig.")
    page = ga(consulent, "/werkvoorraad/")
    page.get_by_role("link", name="Jansen").click()
    page.get_by_role("link", name="Vraag aanvullende informatie").click()
    page.get_by_label("Wat wilt u weten?").fill("Wie helpt met de post?")
    page.get_by_role("button", name="Stel de vraag").click()

    bij_zorg = ga(zorg, "/mijn-clienten/?doen=vraag")
    bij_zorg.get_by_role("link", name="Jansen").first.click()
    bij_zorg.get_by_role("link", name="Beantwoord deze vraag").click()
    bij_zorg.get_by_label("Uw antwoord").fill("Een vrijwilliger.")
    bij_zorg.get_by_role("button", name="Verstuur het antwoord").click()
    expect(bij_zorg.get_by_text("Uw antwoord staat in het dossier")).to_be_visible()

    page = ga(consulent, "/werkvoorraad/")
    page.get_by_role("link", name="Jansen").click()
    expect(page.get_by_text("Een vrijwilliger.")).to_be_visible()
    kies(page, "Ja")
    registreer(page)
    assert (oordeel().uitkomst, oordeel().paragraaf, oordeel().vervolg) == ("ja", "1B", "nieuwe_beschikking")


def test_1c_niet_behaald_met_een_reden(ga):
    consulent = anna()
    toewijzing = jansen(over(40))
    stuur_evaluatie(fatma(), toewijzing, behaald=False, zwaarte=3, reden="Er was geen personeel.")
    page = ga(consulent, "/werkvoorraad/")
    page.get_by_role("link", name="Jansen").click()
    kies(page, "Nee, reden zorgaanbieder")
    page.get_by_role("checkbox", name="geen personeel").check()
    registreer(page)
    assert (oordeel().uitkomst, oordeel().paragraaf) == ("nee_zorgaanbieder", "1C")
    assert oordeel().redenen == ["geen_personeel"]


def test_2_gesprek_en_oordeel_bij_het_monitoringsmoment(ga):
    consulent = anna()
    toewijzing = jansen(None)
    moment = fabriek.monitoringsmoment(toewijzing.beschikking, over(20))
    page = ga(consulent, "/werkvoorraad/")
    page.get_by_role("link", name="Jansen").click()
    page.get_by_role("link", name="Gesprek vastleggen").click()
    page.get_by_label("Wat is er afgesproken?").fill("Het gaat goed zo.")
    page.get_by_label("Volgend monitoringsmoment").fill(f"{over(200):%d-%m-%Y}")
    page.get_by_role("button", name="Leg het gesprek vast").click()
    assert Gesprek.objects.get().monitoringsmoment == moment
    page.get_by_role("link", name="Registreer Financiën").click()
    expect(page.get_by_text("§2").first).to_be_visible()
    kies(page, "Ja")
    page.get_by_role("button", name="Registreer").click()
    expect(page.get_by_text("Resultaat: ja").first).to_be_visible()
    assert (oordeel().paragraaf, oordeel().monitoringsmoment) == ("2", moment)
    assert Monitoringsmoment.objects.open().get().datum == over(200)


def test_3_een_tussenstap_die_niet_lukte(ga):
    consulent = anna()
    toewijzing = getrapt(over(-10), over(200))
    fabriek.formulier(toewijzing, soort="wijziging", behaald=False)
    page = ga(consulent, "/werkvoorraad/?soort=stap")
    page.get_by_role("link", name="Jansen").click()
    expect(page.get_by_role("radio", name="Ja", exact=True)).to_have_count(0)
    kies(page, "Nee, reden cliënt")
    page.get_by_role("checkbox", name="meer tijd nodig").check()
    registreer(page)
    assert (oordeel().paragraaf, oordeel().stap.volgnummer) == ("3", 1)
    assert dossier_van(toewijzing).status == "lopend"


def test_4_een_andere_reden_is_voorgesteld_en_wordt_bevestigd(ga):
    consulent = anna()
    toewijzing = jansen(over(100))
    fabriek.stop(toewijzing, "02", over(-5), oordeel=Verdict.NAAR_CONSULENT, oordeel_regel="RR12")
    page = ga(consulent, "/werkvoorraad/?soort=stop")
    page.get_by_role("link", name="Jansen").click()
    expect(page.get_by_role("radio", name="Nee, reden neutraal", exact=True)).to_be_checked()
    registreer(page)
    assert (oordeel().uitkomst, oordeel().paragraaf) == ("nee_neutraal", "4")


# --- What stands around it -------------------------------------------------------------------------------------------
def test_een_verkeerd_document_gaat_terug_en_een_vraag_ook(ga):
    consulent, zorg = anna(), fatma()
    toewijzing = jansen(over(40))
    stuur_evaluatie(zorg, toewijzing, behaald=True, zwaarte=2, reden="Voor een ander.")
    page = ga(consulent, "/werkvoorraad/")
    page.get_by_role("link", name="Jansen").click()
    page.get_by_role("link", name="Verkeerd dossier?").click()
    goed(page, "intrekken")
    page.get_by_label("Reden", exact=True).fill("Hoort bij een andere cliënt.")
    page.get_by_role("button", name="Trek evaluatieformulier in").click()
    expect(page.get_by_text("Evaluatieformulier ingetrokken")).to_be_visible()
    goed(page, "ingetrokken")
    assert Evaluatie.objects.get().ingetrokken_door == consulent
    assert not InformatieVraag.objects.exists()


@pytest.mark.parametrize("breedte", [1280, 360])
def test_behandelaar_en_mijn_dossiers(ga, breedte):
    consulent = anna()
    jansen(over(20))
    page = ga(consulent, "/werkvoorraad/?van=mijn", breedte=breedte)
    expect(page.get_by_text("Er wacht nu niets op u")).to_be_visible()
    page.goto(page.url.split("/werkvoorraad")[0] + "/dossiers/")
    page.get_by_role("link", name="Jansen").first.click()
    page.get_by_label("Behandelaar").select_option(label="Anna")
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.get_by_text("U bent nu de behandelaar.")).to_be_visible()
    goed(page, "dossier")
    page.goto(page.url.split("/dossiers")[0] + "/werkvoorraad/?van=mijn")
    expect(page.get_by_role("link", name="Jansen")).to_be_visible()
    goed(page, "werkvoorraad-mijn")


@pytest.mark.parametrize("breedte", [1280, 360])
def test_invoeren_in_suite(ga, breedte):
    toewijzing = jansen(over(40))
    Resultaat.objects.create(
        gemeente=toewijzing.gemeente, aanbieder=toewijzing.aanbieder, toewijzing=toewijzing, uitkomst="ja", paragraaf="1B",
        vervolg="nieuwe_beschikking", resultaatdatum=vandaag(), geregistreerd_op=fabriek.nu(), geregistreerd_door=anna(),
    )  # fmt: skip
    page = ga(fabriek.administratie(), "/suite/", breedte=breedte)
    goed(page, "suite")
    page.get_by_role("button", name="Maak een lijst").click()
    expect(page.get_by_text("Lijst 1 staat klaar")).to_be_visible()
    goed(page, "suite-lijst")
    with page.expect_download() as bestand:
        page.get_by_role("link", name="Download (Excel)").click()
    assert bestand.value.suggested_filename == "suite-lijst-1783-1.xlsx"
    page.get_by_role("button", name="Ik heb alles ingevoerd").click()
    expect(page.get_by_role("link", name="Download opnieuw (Excel)")).to_be_visible()
    assert SuiteLijst.objects.get().overgenomen_door


@pytest.mark.parametrize("breedte", [1280, 360])
def test_vernietigen_door_twee_mensen(ga, breedte):
    maat = {"breedte": breedte}
    carla = anna()
    weg = oud_dossier("Zwaluwenburg", wie=carla)
    page = ga(fabriek.administratie(), "/vernietigen/", **maat)
    goed(page, "vernietigen")
    page.get_by_role("button", name="Stel vernietiging voor").click()
    expect(page.get_by_text("Een collega keurt haar goed")).to_be_visible()
    goed(page, "vernietigingslijst")
    lijst = Vernietigingslijst.objects.get()
    verstrijk(lijst, 15)
    page = ga(carla, f"/vernietigen/{lijst.kenmerk}/", **maat)
    page.get_by_label("Ik heb de lijst nagelopen").check()
    goed(page, "goedkeuren")
    page.get_by_role("button", name="Keur goed en vernietig").click()
    expect(page.get_by_text("Vernietigd: alle gegevens van 1 cliënt.")).to_be_visible()
    goed(page, "vernietigd")
    with page.expect_download() as bestand:
        page.get_by_role("link", name="Download de verklaring").click()
    assert bestand.value.suggested_filename.startswith("verklaring-van-vernietiging-1783-")
    assert not type(weg.client).objects.filter(pk=weg.client.pk).exists()


@pytest.mark.parametrize("breedte", [1280, 360])
def test_advies_en_besluit_van_de_contractmanager(ga, breedte):
    toewijzing = jansen(over(40))
    Resultaat.objects.create(
        gemeente=toewijzing.gemeente, aanbieder=toewijzing.aanbieder, toewijzing=toewijzing, uitkomst="ja", paragraaf="1B",
        vervolg="nieuwe_beschikking", resultaatdatum=vandaag(), geregistreerd_op=fabriek.nu(), geregistreerd_door=anna(),
        advies="ja",
    )  # fmt: skip
    kees = fabriek.contractmanager()
    kwartaal = f"{vandaag().year}-K{(vandaag().month + 2) // 3}"
    page = ga(kees, f"/advies-en-besluit/?kwartaal={kwartaal}", breedte=breedte)
    goed(page, "advies")
    page.get_by_role("link", name="1 Westland, Volgens het advies").click()
    expect(page.get_by_role("cell", name="volgens het advies.")).to_be_visible()
    goed(page, "advies-clienten")


def test_de_werkvoorraad_verdelen_met_een_toets_en_met_de_muis(ga):
    consulent = anna()
    fabriek.consulent(naam="Cor")
    for naam in ("Bakker", "Visser"):
        eind = over(40)
        client = fabriek.client(achternaam=naam)
        fabriek.toewijzing(fabriek.beschikking(client, begin=eind - timedelta(days=300), eind=eind))
    page = ga(consulent, "/werkvoorraad/")
    alles = page.get_by_role("checkbox", name="Kies alle rijen van deze bladzijde")
    vinkjes = page.locator("tbody").get_by_role("checkbox")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(vinkjes.first).to_be_checked()
    expect(alles).to_have_js_property("indeterminate", True)
    alles.check()
    expect(vinkjes.last).to_be_checked()
    goed(page, "werkvoorraad-verdelen")
    page.get_by_label("Geef wat u aanvinkte aan").select_option("Cor")
    page.get_by_role("button", name="Geef wat u aanvinkte aan deze collega").click()
    expect(page.get_by_text("Cor is nu de behandelaar van 2 cliënten.")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    goed(page, "werkvoorraad-verdeeld")
