"""The kwartaalopgave in a real Chromium: by keyboard alone, and every page judged by axe on two widths."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from meldingen.actions import verstuur
from rapportage.actions.opgave import corrigeer
from rapportage.actions.opgave_indienen import stel_vraag
from rapportage.models import BeleidsdoelScore, Kwartaalopgave
from rapportage.queries.opgave import uitvaldeel
from rapportage.referentie import laad_categorieafspraken
from tests import fabriek
from tests.browser.hulp import chromium, klachten, open_scherm, toegankelijk
from tests.browser.omvallen import Server
from tests.browser.opgavescherm import foto, ga, tab_naar, url
from tests.rapportage.opgavehulp import OP, contractmanager, dien, linde_begint, vul

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


@pytest.mark.parametrize("breedte", [1280, 360])
def test_every_page_is_accessible(browser, live_server, http, breedte):
    opgave, mo = linde_begint()
    regel = next(r for r in uitvaldeel(opgave, mo).regels if r.berichten == "03")
    corrigeer(opgave=opgave, regel=regel, wordt="04", reden="Wij stopten de hulp.", door=mo, op=OP)
    page = open_scherm(browser, breedte=breedte)
    paginas = [
        ("lijst", reverse("rapportage:opgaven")),
        ("opgave", url("opgave", opgave)),
        ("uitval", url("opgave-deel", opgave, "uitval")),
        ("uitval-fout", url("opgave-deel", opgave, "uitval") + "?controle=1"),
        ("ervaring", url("opgave-deel", opgave, "ervaring")),
        ("ervaring-fout", url("opgave-deel", opgave, "ervaring") + "?controle=1"),
        ("doelen", url("opgave-deel", opgave, "doelen")),
        ("doelen-fout", url("opgave-deel", opgave, "doelen") + "?controle=1"),
        ("clienten", url("opgave-clienten", opgave, "1783")),
        ("client", url("opgave-client", opgave, "1783", regel.sleutel)),
        ("inlezen", url("opgave-inlezen", opgave, "uitval")),
        ("controle", url("opgave-controle", opgave)),
        ("kwaliteit", reverse("rapportage:kwaliteit")),
    ]
    _bekijk(page, live_server, http, mo, paginas, breedte)
    vul(opgave, mo)
    from rapportage.enums_opgave import Deel
    from tests.rapportage.opgavehulp import bewaar

    bewaar(opgave, Deel.UITVAL, {"toelichting-04": "Te weinig personeel in de zomer."}, mo, versie=2)
    _bekijk(page, live_server, http, mo, [("controle-klaar", url("opgave-controle", opgave))], breedte)
    dien(opgave, mo)
    manager = contractmanager()
    stel_vraag(opgave=opgave, deel="uitval", vraag="Waar deed 04 zich voor?", door=manager, op=OP)
    _bekijk(page, live_server, http, mo, [("vragen", url("opgave", opgave))], breedte)
    _bekijk(
        page,
        live_server,
        http,
        manager,
        [
            ("cm-lijst", reverse("rapportage:opgaven-beoordelen") + "?kwartaal=2026-K3"),
            ("cm-opgave", url("opgave-beoordelen", opgave)),
            ("cm-afstemming", url("opgave-afstemming", opgave) + "?alle=1"),
        ],
        breedte,
    )
    assert klachten(page) == []
    page.context.close()


def _bekijk(page, live_server, http, wie, paginas, breedte):
    """All pages first, so that one run says everything."""
    bezwaren = {}
    for naam, pad in paginas:
        ga(page, live_server, http, wie, pad)
        bezwaren[naam] = toegankelijk(page)
        foto(page, f"opgave-{naam}-{breedte}")
    assert {naam: gevonden for naam, gevonden in bezwaren.items() if gevonden} == {}


def test_mo_types_too_much_at_a_goal_and_sends_by_keyboard_alone(browser, live_server, http):
    """Types too much, sees how much, shortens it; leaves the page and finds everything; checks; sends."""
    opgave, mo = linde_begint()
    vul(opgave, mo)
    BeleidsdoelScore.objects.filter(doel__code="samenwerking").update(realisatie=None)
    page = ga(open_scherm(browser), live_server, http, mo, url("opgave-deel", opgave, "doelen"))
    tab_naar(page, "#id_samenwerking-realisatie_0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_naar(page, "#id_samenwerking-toelichting")
    page.keyboard.insert_text("👩" * 312)
    assert (
        page.locator("[data-teller-van='id_samenwerking-toelichting']").text_content() == "12 tekens te veel"
    )
    page.get_by_text("Concept bewaard om").wait_for()
    tab_naar(page, "button[name=doe][value=controle]")
    page.keyboard.press("Enter")
    page.get_by_text("Dat is 12 tekens te veel").wait_for()
    assert BeleidsdoelScore.objects.get(doel__code="samenwerking").realisatie == 2
    tab_naar(page, "a[href*='samenwerking-toelichting']")
    page.keyboard.press("Enter")
    page.wait_for_url("**controle=1**")
    tab_naar(page, "#id_samenwerking-toelichting")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("Samen met de huisarts.")
    tab_naar(page, "button[name=doe][value=controle]")
    page.keyboard.press("Enter")
    page.get_by_text("Alles is ingevuld.").wait_for()
    tab_naar(page, "form[action$='/indienen/'] button")
    page.keyboard.press("Enter")
    page.get_by_text("Uw kwartaalopgave is ingediend.").wait_for()
    assert Kwartaalopgave.objects.get().status == "ingediend"
    assert klachten(page) == []
    page.context.close()


# --- The server dies -------------------------------------------------------------------------------------------------
@pytest.fixture
def server() -> Iterator[Server]:
    wie = Server()
    wie.start()
    yield wie
    if wie.proces.poll() is None:
        wie.dood()


def test_the_server_falls_over_between_typing_and_sending(browser, server, http):
    """Mo types, the server dies, he types on; it comes back, keeps all of it, and he sends once."""
    opgave, mo = linde_begint()
    vul(opgave, mo)
    page = ga(open_scherm(browser), server, http, mo, url("opgave-deel", opgave, "doelen"))
    stand = page.locator("[data-bewaar-status]")
    page.locator("#id_samenwerking-toelichting").fill("Voor de storing.")
    expect(stand).to_contain_text("Concept bewaard om", timeout=30_000)
    server.dood()
    page.locator("#id_eigen-kracht-toelichting").fill("Tijdens de storing 👩.")
    page.locator("#id_blijvend-ambitie_3").check()
    expect(stand).to_contain_text("Niet bewaard: geen verbinding", timeout=30_000)
    assert not BeleidsdoelScore.objects.filter(
        doel__code="eigen-kracht", toelichting__contains="Tijdens"
    ).exists()
    server.start()
    expect(stand).to_contain_text("Concept bewaard om", timeout=60_000)
    page.goto(server.url + url("opgave-deel", opgave, "doelen"))
    expect(page.locator("#id_samenwerking-toelichting")).to_have_value("Voor de storing.")
    expect(page.locator("#id_eigen-kracht-toelichting")).to_have_value("Tijdens de storing 👩.")
    expect(page.locator("#id_blijvend-ambitie_3")).to_be_checked()
    page.goto(server.url + url("opgave-controle", opgave))
    server.dood()
    server.start()
    page.locator("form[action$='/indienen/'] button").click()
    page.get_by_text("Uw kwartaalopgave is ingediend.").wait_for(timeout=30_000)
    assert Kwartaalopgave.objects.get().indieningen == 1
    page.context.close()


# --- Agreements, choices about mail, the report of reading in ---------------------------------------------------------
def fout_na(page: Page, knop: str) -> list[str]:
    """Press, get the form back with errors, and judge that page too."""
    page.get_by_role("button", name=knop).click()
    page.locator("[data-foutoverzicht]").wait_for()
    assert page.title().startswith("Fout:")
    return toegankelijk(page)


@pytest.mark.parametrize("breedte", [1280, 360])
def test_agreements_and_choices_are_accessible_filled_empty_and_wrong(browser, live_server, http, breedte):
    page = open_scherm(browser, breedte=breedte)
    linde = fabriek.aanbieder("De Linde")
    sanne = fabriek.medewerker(linde, naam="Sanne")
    tessa = fabriek.beheerder()
    _bekijk(page, live_server, http, sanne, [("opgaven-leeg", reverse("rapportage:opgaven"))], breedte)
    _bekijk(page, live_server, http, sanne, [("meldingen-leeg", reverse("meldingen:meldingen"))], breedte)
    _bekijk(
        page, live_server, http, tessa, [("afspraken-leeg", reverse("rapportage:kwartaalafspraken"))], breedte
    )
    opgave, mo = linde_begint()
    laad_categorieafspraken()
    regio = opgave.regio.code
    leeg = reverse("rapportage:regioafspraken", args=[regio])
    _bekijk(
        page,
        live_server,
        http,
        tessa,
        [
            ("afspraken", leeg),
            ("doel", reverse("rapportage:doel", args=[regio, "eigen-kracht"])),
            ("vervalt", reverse("rapportage:doel-vervalt", args=[regio, "eigen-kracht"])),
            ("code", reverse("rapportage:categorieafspraak", args=[regio, "38"])),
            ("dagen", reverse("rapportage:opgavedagen", args=[regio])),
            ("termijn", reverse("rapportage:opgavetermijn", args=[regio])),
        ],
        breedte,
    )
    ga(page, live_server, http, tessa, reverse("rapportage:doel-nieuw", args=[regio]))
    assert fout_na(page, "Leg vast") == []
    verstuur(vandaag=OP.date(), moment=OP)
    ga(page, live_server, http, mo, reverse("meldingen:meldingen"))
    assert toegankelijk(page) == []
    foto(page, f"meldingen-{breedte}")
    for vak in page.get_by_role("group", name="Op welke dagen?").get_by_role("checkbox").all():
        vak.uncheck()
    assert fout_na(page, "Bewaar mijn keuze") == []
    ga(page, live_server, http, mo, url("opgave-inlezen", opgave, "uitval"))
    bestand = io.BytesIO()
    werkmap = openpyxl.Workbook()
    werkmap.active.append(["Gemeente", "BSN", "Uw opgave"])
    werkmap.active.append(["Westland", "", "03"])
    werkmap.save(bestand)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files(
        {"name": "lijst.xlsx", "mimeType": mime, "buffer": bestand.getvalue()}
    )
    page.get_by_role("button", name="Lees in").click()
    page.get_by_text("0 van de 1 rijen").wait_for()
    assert toegankelijk(page) == []
    foto(page, f"leesverslag-{breedte}")
    page.context.close()
