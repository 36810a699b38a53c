"""The component pages in a real browser: by axe, by our rules, by keyboard, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hulp import klachten, toegankelijk
from wmo_portal.lib.tekst import tekens

pytestmark = pytest.mark.browser

STAND_STIL = {
    "overzicht": "/componenten/",
    "leeg formulier": "/componenten/formulier/",
    "formulier met fouten": "/componenten/formulier/?staat=fouten",
    "regels met fouten": "/componenten/formulierset/?staat=fouten",
    "conflict": "/componenten/conflict/",
    "sessie bijna om": "/componenten/sessie/?over=110",
}


@pytest.mark.parametrize("breedte", [1280, 320])
@pytest.mark.parametrize("pad", STAND_STIL.values(), ids=STAND_STIL)
def test_elke_staat_is_toegankelijk_en_de_csp_zwijgt(scherm, pad, breedte):
    page = scherm(pad, breedte=breedte)
    if "sessie" in pad:
        page.locator("dialog[open]").wait_for()
    assert toegankelijk(page) == []
    assert klachten(page) == []


def test_de_keuring_ziet_een_fout(scherm):
    """Negative control: a page that we break on purpose is refused, by axe and by each own rule."""
    page = scherm("/componenten/formulier/?staat=fouten")
    page.evaluate("""() => {
        document.title = "Zonder het woord vooraf";
        document.querySelector("#id_naam_error").remove();
        document.querySelector("label[for=id_einddatum]").remove();
        document.querySelector("form.wmo-formulier").noValidate = false;
        document.querySelector("[data-foutoverzicht]").removeAttribute("role");
        document.querySelector("fieldset#div_id_uitkomst legend").remove();
        document.body.append(document.createElement("h1"));
    }""")
    gezien = " | ".join(toegankelijk(page))
    for woorden in ("axe label", "Fout:", "wijst naar niets", "novalidate", "role=alert", "legend", "2 h1"):
        assert woorden in gezien, woorden


def test_foutoverzicht_krijgt_de_focus_en_leidt_naar_elk_veld(scherm):
    page = scherm("/componenten/formulier/?staat=fouten")
    expect(page.locator("[data-foutoverzicht]")).to_be_focused()
    links = page.locator("[data-foutoverzicht] a")
    assert links.count() == 7
    for nummer in range(links.count()):
        doel = links.nth(nummer).get_attribute("href")
        links.nth(nummer).focus()
        page.keyboard.press("Enter")
        assert page.evaluate("'#' + document.activeElement.id") == doel


def test_een_gewoon_formulier_weigert_leeg_met_zinnen(scherm):
    page = scherm("/componenten/formulier/")
    page.get_by_role("button", name="Controleer en verstuur").click()
    expect(page).to_have_title(re.compile("^Fout:"))
    expect(page.locator("[data-foutoverzicht]")).to_contain_text("Vul ‘Uw naam’ in.")
    expect(page.locator("#id_einddatum_error")).to_contain_text("Vul ‘Einddatum’ in.")


TEKSTEN = (
    "",
    "abc",
    "á" * 299,
    "😀" * 150,
    "een\ntwee\n\ndrie",
    "e\u0301" * 10,
    " spaties ",
    "x" * 301,
    "x" * 312,
)


def test_de_teller_telt_als_de_server(scherm):
    page = scherm("/componenten/formulier/")
    for tekst in TEKSTEN:
        page.fill("#id_toelichting", tekst)
        over = 300 - tekens(tekst.replace("\n", "\r\n"))
        woord = "teken" if abs(over) == 1 else "tekens"
        zin = f"nog {over} {woord} over" if over >= 0 else f"{-over} {woord} te veel"
        expect(page.locator("[data-teller-van=id_toelichting]")).to_have_text(zin)
        assert page.input_value("#id_toelichting") == tekst, "nothing is cut"


def test_het_maximum_staat_er_al_voor_het_typen_en_zonder_script(scherm):
    page = scherm("/componenten/formulier/", java_script_enabled=False)
    expect(page.locator("#id_toelichting_teller")).to_have_text("Maximaal 300 tekens.")


def test_een_concept_wordt_bewaard_terwijl_fatima_typt(scherm):
    page = scherm("/componenten/formulier/")
    with page.expect_request(lambda r: r.url.endswith("/concept/")) as vraag:
        page.type("#id_naam", "Fatima")
    assert "Fatima" in (vraag.value.post_data or "")
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om")


@pytest.mark.parametrize(
    ("antwoord", "zin"),
    [
        (401, "u bent uitgelogd"),
        (409, "iemand anders wijzigde dit ook"),
        (500, "ging iets mis in het portaal"),
    ],
)
def test_bewaren_mislukt_nooit_stil(scherm, antwoord, zin):
    page = scherm("/componenten/formulier/")
    page.evaluate(
        f"document.querySelector('form[data-bewaar-url]').dataset.bewaarUrl = 'concept/?antwoord={antwoord}'"
    )
    page.type("#id_naam", "Fatima")
    expect(page.locator("[data-bewaar-status]")).to_contain_text(zin)
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Uw tekst staat nog op dit scherm")
    assert page.input_value("#id_naam") == "Fatima"


def test_zonder_verbinding_probeert_het_concept_het_weer(scherm):
    page = scherm("/componenten/formulier/")
    page.context.set_offline(True)
    page.type("#id_naam", "Fatima")
    expect(page.locator("[data-bewaar-status]")).to_contain_text("geen verbinding")
    page.context.set_offline(False)
    expect(page.locator("[data-bewaar-status]")).to_contain_text("Concept bewaard om", timeout=15_000)


def test_de_reden_verschijnt_pas_bij_het_antwoord_en_zonder_script_altijd(scherm):
    page = scherm("/componenten/formulier/")
    expect(page.locator("#id_reden_afwijken")).to_be_hidden()
    page.check("input[name=uitkomst][value=niet]")
    expect(page.locator("#id_reden_afwijken")).to_be_visible()
    page.check("input[name=uitkomst][value=behaald]")
    expect(page.locator("#id_reden_afwijken")).to_be_hidden()
    zonder = scherm("/componenten/formulier/", java_script_enabled=False)
    expect(zonder.locator("#id_reden_afwijken")).to_be_visible()


def test_een_lijst_loopt_met_j_en_k(scherm):
    page = scherm("/componenten/")
    for toets, naam in (("j", "J. de Wit"), ("j", "F. el Amrani"), ("k", "J. de Wit"), ("k", "J. de Wit")):
        page.keyboard.press(toets)
        expect(page.locator(":focus")).to_have_text(naam)
    page.keyboard.press("Enter")
    assert page.url.endswith("#rij1")


def test_sneltoetsen_kunnen_uit_en_storen_niet_bij_typen(scherm):
    page = scherm("/componenten/")
    page.type("#id_zoek", "jk")
    assert page.input_value("#id_zoek") == "jk"
    page.get_by_role("button", name="Sneltoetsen uitzetten").click()
    page.keyboard.press("j")
    expect(page.get_by_role("button", name="Sneltoetsen aanzetten")).to_be_focused()


def test_een_bsn_staat_er_pas_na_een_vraag(scherm):
    page = scherm("/componenten/")
    assert "999990019" not in page.content()
    page.get_by_role("button", name="Toon BSN van F. el Amrani").click()
    expect(page.locator(".wmo-bsn__nummer", has_text="999990019")).to_be_focused()
    expect(page.locator(".wmo-bsn__nummer", has_text="999990019")).to_have_count(1)


def test_voortgang_loopt_door_tot_klaar_en_vraagt_dan_niet_meer(scherm):
    page = scherm("/componenten/")
    balk = page.locator(".wmo-voortgang", has_text="Maandelijkse ronde")
    expect(balk).to_contain_text("klaar", timeout=15_000)
    assert balk.get_attribute("data-hx-get") is None


def test_blijf_ingelogd_met_een_toets_en_de_tekst_blijft(scherm):
    page = scherm("/componenten/sessie/?over=100")
    knop = page.get_by_role("button", name="Blijf ingelogd")
    expect(knop).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).not_to_be_visible()
    assert page.input_value("#id_tekst") == "Deze tekst blijft staan."


def test_een_verlopen_sessie_laat_de_tekst_staan_en_zegt_wat_te_doen(scherm):
    page = scherm("/componenten/sessie/?over=2")
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name="Log opnieuw in (nieuw tabblad)")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_visible()
    assert page.input_value("#id_tekst") == "Deze tekst blijft staan."
    assert toegankelijk(page) == []


def test_een_regel_erbij_tot_het_maximum(scherm):
    page = scherm("/componenten/formulierset/")
    knop = page.get_by_role("button", name="Resultaatgebied toevoegen")
    for nummer in (2, 3, 4):
        knop.click()
        expect(page.locator(f"#id_form-{nummer - 1}-gebied")).to_be_focused()
    expect(knop).to_be_hidden()
    assert page.input_value("[name=form-TOTAL_FORMS]") == "4"
    assert toegankelijk(page) == []


def test_op_een_telefoon_klapt_het_menu_uit(scherm):
    page = scherm("/componenten/", breedte=360)
    knop = page.locator("[data-menuknop]")
    expect(page.locator("#hoofdmenu")).to_be_hidden()
    knop.press("Enter")
    expect(page.locator("#hoofdmenu")).to_be_visible()
    expect(knop).to_have_attribute("aria-expanded", "true")
    assert toegankelijk(page) == []


def test_elke_tabstop_laat_zien_waar_je_bent(scherm):
    """Focus has an outline of at least 2 px and is not under something else (WCAG 2.4.7, 2.4.11)."""
    page = scherm("/componenten/formulier/")
    gezien = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        stand = page.evaluate("""() => {
            const el = document.activeElement;
            if (!el || el === document.body) return null;
            const r = el.getBoundingClientRect(), s = getComputedStyle(el);
            const top = document.elementFromPoint(r.x + Math.min(r.width, 40) / 2, r.y + r.height / 2);
            return {wie: el.outerHTML.slice(0, 80), rand: parseFloat(s.outlineWidth), stijl: s.outlineStyle,
                    zichtbaar: !!top && (el.contains(top) || top.contains(el))};
        }""")
        if stand is None:
            break
        gezien += 1
        assert stand["rand"] >= 2, stand
        assert stand["stijl"] != "none", stand
        assert stand["zichtbaar"], stand
    assert gezien > 20


@pytest.mark.parametrize("pad", ["/componenten/", "/componenten/formulier/?staat=fouten"])
def test_ruimere_letters_en_hoog_contrast_breken_niets(scherm, pad):
    """WCAG 1.4.12 by a user stylesheet; forced colours by the browser."""
    page = scherm(pad, breedte=320, forced_colors="active", bypass_csp=True)
    page.add_style_tag(
        content="* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important} "
        "p {margin-block-end: 2em !important}"
    )
    zelf_gedaan = ("stijl of script", "color-contrast")  # our own sheet; the colours are the system's now
    assert [
        bezwaar for bezwaar in toegankelijk(page) if not any(deel in bezwaar for deel in zelf_gedaan)
    ] == []
