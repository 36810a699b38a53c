"""Registering in a real Chromium: how many presses the plain case takes, and every page around the dossier judged."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from playwright.sync_api import Browser, Page

from beschikkingen.enums import DocumentSoort, DocumentStatus
from beschikkingen.models import Document
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.actions.vragen import stel_vraag
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Evaluatie, Resultaat
from resultaat.referentie import laad_redenopties
from tests import fabriek
from tests.browser.hulp import chromium, klachten, log_in, open_scherm, toegankelijk
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def evaluatie_van(toewijzing) -> Evaluatie:
    document = Document.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        beschikking=toewijzing.beschikking,
        soort=DocumentSoort.EVALUATIEFORMULIER,
        naam="evaluatie.pdf",
        mediatype="application/pdf",
        grootte=312_000,
        sha256="0" * 64,
        status=DocumentStatus.VRIJ,
        geupload_op=nu(),
    )
    return Evaluatie.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        beschikking=toewijzing.beschikking,
        toewijzing=toewijzing,
        document=document,
        documentnaam="evaluatieformulier",
        ontvangen_datum=vandaag(),
        vervolg_nodig=True,
        behaald=True,
        gevraagde_trede=fabriek.trede(2),
        reden="De post is nog lastig.",
        ingediend_op=nu(),
        ingediend_door=fabriek.medewerker(toewijzing.aanbieder),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as gestart:
        yield gestart


@pytest.fixture
def wereld(live_server):
    """A dossier with something of everything, and one that is plain."""
    fabriek.westland()
    laad_redenopties()
    eind = vandaag() + timedelta(days=30)
    client = fabriek.client(achternaam="Wit", voorvoegsel="de", voorletters="J")
    gewoon = fabriek.toewijzing(
        fabriek.beschikking(client, begin=eind - timedelta(days=300), eind=eind), trede=fabriek.trede(3)
    )
    fabriek.start(gewoon)
    evaluatie = evaluatie_van(gewoon)
    druk = fabriek.toewijzing(
        fabriek.beschikking(begin=vandaag() - timedelta(days=300), eind=vandaag() - timedelta(days=3)),
        aan=fabriek.aanbieder("De Eik"),
    )
    fabriek.start(druk)
    stop = fabriek.stop(druk, "21", oordeel="naar_consulent", oordeel_regel="RR13")
    formulier = fabriek.formulier(druk, soort="wijziging", behaald=False)
    ander = fabriek.toewijzing(druk.beschikking, gebied_naam="Huisvesting", aan=druk.aanbieder)
    wat = Oordeel(
        uitkomst=Uitkomst.NEE_ZORGAANBIEDER,
        paragraaf=Paragraaf.P4,
        vervolg=Vervolg.SLUITEN,
        resultaatdatum=vandaag(),
        redenen=["geen_personeel"],
        stop=fabriek.stop(ander, "21"),
    )
    registreer(toewijzing=ander, oordeel=wat, door=fabriek.consulent(), moment=nu())
    vraag = stel_vraag(
        evaluatie=evaluatie_van(druk), vraag="Hoe gaat het?", door=fabriek.consulent(), moment=nu()
    )
    return {
        "gewoon": gewoon,
        "druk": druk,
        "ander": ander,
        "evaluatie": evaluatie,
        "stop": stop,
        "formulier": formulier,
        "vraag": vraag,
    }


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
        assert (antwoord.status, page.url) == (200, live_server.url + pad), "another page would be judged"
        return page

    return open_


def foto(page: Page, naam: str) -> None:
    """For whoever wants to look: set WMO_FOTOS to a folder."""
    if map_ := os.environ.get("WMO_FOTOS"):
        page.screenshot(path=Path(map_) / f"{naam}.png", full_page=True)


# --- The plain case: at most 3 clicks, or 10 keys ----------------------------------------------------------------------
def geregistreerd(toewijzing) -> Resultaat:
    return Resultaat.objects.actueel().get(toewijzing=toewijzing)


def test_van_werkvoorraad_tot_geregistreerd_in_drie_klikken(ga, wereld):
    page = ga(fabriek.consulent(), "/werkvoorraad/")
    klikken = [
        lambda: page.get_by_role("link", name="J. de Wit").click(),
        lambda: page.get_by_role("radio", name="Ja", exact=True).click(),
        lambda: page.get_by_role("button", name="Registreer").click(),
    ]
    for klik in klikken:
        klik()
    page.get_by_text("Het resultaat van J. de Wit, Financiën, is geregistreerd.").wait_for()
    assert page.url.endswith("/werkvoorraad/")
    assert len(klikken) <= 3
    resultaat = geregistreerd(wereld["gewoon"])
    assert (resultaat.uitkomst, resultaat.paragraaf, resultaat.vervolg) == ("ja", "1B", "nieuwe_beschikking")
    assert klachten(page) == []


def test_van_werkvoorraad_tot_geregistreerd_in_tien_toetsen(ga, wereld):
    """Without a mouse: to the row, open it, past the frame to the form, choose Ja, send."""
    page = ga(fabriek.consulent(), "/werkvoorraad/?soort=evaluatie")
    toetsen = 0

    def toets(naam: str) -> None:
        nonlocal toetsen
        page.keyboard.press(naam)
        toetsen += 1

    toets("j")
    toets("Enter")
    page.get_by_role("heading", name="Resultaat registreren").wait_for()
    toets("Tab")
    toets("Enter")
    toets("Tab")
    toets("Space")
    assert page.get_by_role("radio", name="Ja", exact=True).is_checked()
    toets("Enter")
    page.get_by_text("is geregistreerd.").wait_for()
    assert toetsen <= 10
    assert geregistreerd(wereld["gewoon"]).uitkomst == "ja"


def test_het_advies_en_de_paragraaf_volgen_de_keuze_zonder_de_pagina_te_verlaten(ga, wereld):
    page = ga(fabriek.consulent(), reverse("resultaat:registreren", args=[wereld["gewoon"].kenmerk]))
    assert page.get_by_role("heading", name="Advies: behaald").is_visible()
    page.get_by_label("Toelichting").fill("Al getypt.")
    page.get_by_label("Wat is er vanaf nu nodig?").select_option("Trede 2")
    page.get_by_role("heading", name="Advies: niet behaald").wait_for()
    page.get_by_role("radio", name="Nee, reden cliënt").check()
    page.get_by_text("§1C", exact=False).first.wait_for()
    assert page.get_by_label("Toelichting").input_value() == "Al getypt."
    assert page.get_by_role("group", name="Redenen bij ‘Nee, reden cliënt’").is_visible()
    assert not page.get_by_role("group", name="Redenen bij ‘Nee, reden zorgaanbieder’").is_visible()
    assert "toelichting" not in page.url
    assert klachten(page) == []


def test_het_bsn_komt_op_een_druk_en_dat_wordt_vastgelegd(ga, wereld):
    from logboek.models import Gebeurtenis

    page = ga(fabriek.consulent(), reverse("resultaat:dossier", args=[wereld["gewoon"].beschikking.kenmerk]))
    assert "•••••" in page.content()
    page.get_by_role("button", name="Toon BSN").click()
    page.locator(".wmo-bsn__nummer[tabindex]").wait_for()
    assert page.locator(".wmo-bsn__nummer").inner_text().startswith("9999")
    assert Gebeurtenis.objects.filter(actie="bsn.getoond").count() == 1


# --- Every page, filled, empty and refused -----------------------------------------------------------------------------
def paginas(w) -> dict[str, str]:
    def adres(naam, *kenmerk):
        return reverse(f"resultaat:{naam}", args=kenmerk)

    return {
        "werkvoorraad": adres("werkvoorraad"),
        "dossiers": adres("dossiers"),
        "werkwijze": adres("werkwijze"),
        "dossier": adres("dossier", w["druk"].beschikking.kenmerk),
        "registreren": adres("registreren", w["druk"].kenmerk),
        "corrigeren": adres("registreren", w["ander"].kenmerk),
        "vraag": adres("vraag-stellen", w["evaluatie"].kenmerk),
        "gesprek": adres("gesprek", w["gewoon"].beschikking.kenmerk),
        "besluit": adres("toelichting-beoordelen", w["formulier"].kenmerk),
        "evaluatie-gemeente": adres("evaluatie-indienen", w["gewoon"].kenmerk),
    }


@pytest.mark.parametrize("breedte", [1280, 360])
def test_elke_pagina_van_de_consulent_is_toegankelijk(ga, wereld, breedte):
    anna, bezwaren = fabriek.consulent(), {}
    for naam, pad in paginas(wereld).items():
        page = ga(anna, pad, breedte=breedte)
        bezwaren[naam] = toegankelijk(page) + klachten(page)
        foto(page, f"{naam}-{breedte}")
        page.context.close()
    assert {naam: b for naam, b in bezwaren.items() if b} == {}


@pytest.mark.parametrize("breedte", [1280, 360])
def test_elke_pagina_van_de_aanbieder_is_toegankelijk(ga, wereld, breedte):
    bezwaren = {}
    wie = fabriek.medewerker(wereld["druk"].aanbieder)
    for naam, pad in {
        "mijn-clienten": reverse("resultaat:mijn-clienten"),
        "dossier-aanbieder": reverse("resultaat:dossier", args=[wereld["druk"].beschikking.kenmerk]),
        "insturen": reverse("resultaat:evaluatie-indienen", args=[wereld["druk"].kenmerk]),
        "antwoord": reverse("resultaat:vraag-beantwoorden", args=[wereld["vraag"].kenmerk]),
    }.items():
        page = ga(wie, pad, breedte=breedte)
        bezwaren[naam] = toegankelijk(page) + klachten(page)
        foto(page, f"{naam}-{breedte}")
        page.context.close()
    assert {naam: b for naam, b in bezwaren.items() if b} == {}


def test_lege_lijsten_zeggen_wat_er_komt_en_zijn_toegankelijk(ga, live_server):
    delft = fabriek.consulent(fabriek.delft())
    for naam, zin in (("werkvoorraad", "Er wacht nu niets op u"), ("dossiers", "Er zijn geen dossiers")):
        page = ga(delft, reverse(f"resultaat:{naam}"))
        assert page.get_by_text(zin).is_visible()
        assert toegankelijk(page) == []
    page = ga(fabriek.medewerker(), reverse("resultaat:mijn-clienten"))
    assert page.get_by_text("Er zijn geen toewijzingen in deze keuze").is_visible()
    assert toegankelijk(page) == []


def test_een_geweigerd_formulier_en_een_conflict_zijn_toegankelijk(ga, wereld):
    anna = fabriek.consulent()
    page = ga(anna, reverse("resultaat:registreren", args=[wereld["gewoon"].kenmerk]))
    page.get_by_role("button", name="Registreer").click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Fout:")
    assert toegankelijk(page) == []
    foto(page, "registreren-fout")

    page.get_by_role("radio", name="Ja", exact=True).check()
    page.get_by_label("Toelichting").fill("Anna zegt ja.")
    wat = Oordeel(
        uitkomst=Uitkomst.JA,
        paragraaf=Paragraaf.P1B,
        vervolg=Vervolg.NIEUWE_BESCHIKKING,
        resultaatdatum=vandaag(),
        toelichting="Bert was eerder.",
    )
    registreer(toewijzing=wereld["gewoon"], oordeel=wat, door=fabriek.consulent(naam="Bert"), moment=nu())
    page.get_by_role("button", name="Registreer").click()
    page.get_by_text("Iemand anders was u voor").wait_for()
    assert "Bert was eerder." in page.content()
    assert page.get_by_label("Toelichting").input_value() == "Anna zegt ja."
    assert toegankelijk(page) == []
    foto(page, "conflict")
