"""A file that is too large is stopped in the browser, and what was typed beside it stays (U5)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from rapportage.models import Clientervaring
from rapportage.models.opgave_delen import OpgaveDocument
from stopberichten.models import Toelichting
from tests.browser.hulp import chromium, klachten, open_scherm, toegankelijk
from tests.browser.opgavescherm import foto, ga, url
from tests.lib.bestanden import maak_pdf
from tests.rapportage.opgavehulp import linde_begint
from tests.stopberichten.toelichtinghulp import REDEN, zaak

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ZIN = "‘scan van alles.pdf’ is 25,1 MB; toegestaan is 25 MB. Kies een kleiner bestand."


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


@pytest.fixture
def te_groot(tmp_path: Path) -> Path:
    """One byte over the line: the sentence rounds up, so that it never says 25,0 of 25."""
    assert settings.UPLOAD_HOOGSTENS == 25_000_000
    return groot(tmp_path / "scan van alles.pdf", settings.UPLOAD_HOOGSTENS + 1)


def groot(pad: Path, bytes_: int) -> Path:
    with pad.open("wb") as bestand:
        bestand.truncate(bytes_)
    return pad


def verzonden(page: Page) -> list[str]:
    """Every post this page sends from now on, by its path; autosave is one of them."""
    uit: list[str] = []
    page.on("request", lambda v: uit.append(v.url) if v.method == "POST" else None)
    return uit


def gestopt(page: Page, vak: str) -> None:
    """The sentence stands at the field, is tied to it, and axe has nothing against the page as it is now."""
    veld = page.locator(vak)
    expect(page.get_by_role("alert").filter(has_text="Kies een kleiner bestand")).to_have_text(ZIN)
    expect(veld).to_have_attribute("aria-invalid", "true")
    plek = veld.get_attribute("id")
    assert f"{plek}-te-groot" in (veld.get_attribute("aria-describedby") or "").split()
    # The list of errors on top and the title come from the server; here nothing was sent and the focus is on the field.
    bezwaren = [b for b in toegankelijk(page) if "foutoverzicht" not in b and "titel" not in b]
    assert bezwaren == []


@pytest.mark.parametrize("breedte", [1280, 360])
def test_at_the_opgave_it_is_said_when_it_is_chosen_and_never_sent(
    browser, live_server, http, te_groot, breedte
):
    opgave, mo = linde_begint()
    page = ga(
        open_scherm(browser, breedte=breedte), live_server, http, mo, url("opgave-deel", opgave, "ervaring")
    )
    page.locator("#id_gevraagd_0").check()
    page.locator("#id_hoe").fill("Met een vragenlijst.")
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om", timeout=30_000)
    page.locator("#id_clientenraad").fill("De raad is het eens.")
    posts = verzonden(page)
    page.locator("#id_d-bestand").set_input_files(te_groot)
    gestopt(page, "#id_d-bestand")
    foto(page, f"te-groot-{breedte}")
    # By key: the line about saving may change height in between, and a click would land beside the button.
    page.get_by_role("button", name="Voeg bestand toe").press("Enter")
    expect(page.locator("#id_d-bestand")).to_be_focused()
    expect(page.locator("#id_clientenraad")).to_have_value("De raad is het eens.")
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om", timeout=30_000)
    assert [adres for adres in posts if not adres.endswith(("/bewaren/", "/bewaar/"))] == []
    assert not OpgaveDocument.objects.exists()

    # Another one goes, the sentence with it, and the answers are all there afterwards.
    page.locator("#id_d-bestand").set_input_files(
        {"name": "onderzoek.pdf", "mimeType": "application/pdf", "buffer": maak_pdf()}
    )
    expect(page.get_by_role("alert").filter(has_text="kleiner bestand")).to_have_count(0)
    assert page.locator("#id_d-bestand").get_attribute("aria-invalid") is None
    assert toegankelijk(page) == []
    page.get_by_role("button", name="Voeg bestand toe").click()
    page.get_by_text("‘onderzoek.pdf’ is toegevoegd.").wait_for()
    expect(page.locator("#id_hoe")).to_have_value("Met een vragenlijst.")
    expect(page.locator("#id_clientenraad")).to_have_value("De raad is het eens.")
    assert OpgaveDocument.objects.count() == 1
    assert Clientervaring.objects.get().clientenraad == "De raad is het eens."
    assert klachten(page) == []
    page.context.close()


def test_what_was_typed_in_one_form_is_saved_before_another_takes_the_page_away(browser, live_server, http):
    """The save is held up, as by a slow line; the document waits for it and nothing that was typed is gone."""
    opgave, mo = linde_begint()
    page = ga(open_scherm(browser), live_server, http, mo, url("opgave-deel", opgave, "ervaring"))
    opgehouden, door = [], []
    page.route("**/bewaren/", lambda route: route.continue_() if door else opgehouden.append(route))
    posts = verzonden(page)
    page.locator("#id_d-bestand").set_input_files(
        {"name": "onderzoek.pdf", "mimeType": "application/pdf", "buffer": maak_pdf()}
    )
    page.locator("#id_gevraagd_0").check()
    page.locator("#id_clientenraad").fill("De raad is het eens.")
    page.get_by_role("button", name="Voeg bestand toe").press("Enter")
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Bezig met bewaren")
    assert [adres for adres in posts if "/documenten/" in adres] == []
    door.append(True)
    opgehouden.pop().continue_()
    page.get_by_text("‘onderzoek.pdf’ is toegevoegd.").wait_for()
    expect(page.locator("#id_clientenraad")).to_have_value("De raad is het eens.")
    assert Clientervaring.objects.get().clientenraad == "De raad is het eens."
    assert klachten(page) == []
    page.context.close()


def test_in_one_form_with_what_was_typed_nothing_leaves_the_page(browser, live_server, http, te_groot):
    """The zorgplan of a Toelichting goes with the text in one post: that post does not happen."""
    bij = zaak()
    concept = bij.begin()
    pad = reverse("stopberichten:toelichting-invullen", args=[concept.kenmerk])
    page = ga(open_scherm(browser), live_server, http, bij.fatma, pad)
    page.get_by_label("Wijziging zorg").check()
    page.get_by_label("Wat is de reden").fill(REDEN)
    vak = page.locator("input[type=file]")
    posts = verzonden(page)
    vak.set_input_files(te_groot)
    page.get_by_role("button", name="Controleer en verstuur").click()
    gestopt(page, "input[type=file]")
    expect(vak).to_be_focused()
    expect(page.get_by_label("Wat is de reden")).to_have_value(REDEN)
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om", timeout=30_000)
    assert page.url == live_server.url + pad
    assert [adres for adres in posts if not adres.endswith(("/bewaren/", "/bewaar/"))] == []
    assert Toelichting.objects.get().regels.get().reden == REDEN
    assert klachten(page) == []
    page.context.close()


def test_exactly_at_the_line_it_is_sent(browser, live_server, http, tmp_path):
    """The other side of the line: the browser lets it go, and then the server judges what is in it."""
    opgave, mo = linde_begint()
    page = ga(open_scherm(browser), live_server, http, mo, url("opgave-deel", opgave, "ervaring"))
    net = groot(tmp_path / "net.pdf", settings.UPLOAD_HOOGSTENS)
    page.locator("#id_d-bestand").set_input_files(net)
    posts = verzonden(page)
    page.get_by_role("button", name="Voeg bestand toe").click()
    page.locator("[data-foutoverzicht]").wait_for()
    assert [adres for adres in posts if adres.endswith("/documenten/")] != []
    page.context.close()
