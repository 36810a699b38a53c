"""The pages of the Toelichting: who may, what a post can and cannot change, and what happens to a second click."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beschikkingen.enums import ToewijzingStatus
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Document, Toewijzing
from logboek.models import Gebeurtenis
from stopberichten import pdf_toelichting
from stopberichten.actions_toelichting_zoeken import KEREN, TeVaak, zoek_client
from stopberichten.enums import ToelichtingStatus
from stopberichten.models import Toelichting
from stopberichten.queries_toelichting import regels_van, sleutel_van
from tests import fabriek
from tests.stopberichten.toelichtinghulp import (
    REDEN,
    adres,
    een_pdf,
    getypt,
    velden,
    verstuur,
    vul,
    zaak,
)
from wmo_portal.lib import drukwerk
from wmo_portal.lib.tijd import nu

pytestmark = pytest.mark.django_db
NIEUW = "stopberichten:toelichting-nieuw"


@pytest.fixture
def bij(http):
    """Fatma is logged in and has a draft about Financiën."""
    wat = zaak()
    http.force_login(wat.fatma)
    wat.concept = wat.begin()
    return wat


def verstuurd(bij) -> Toelichting:
    from stopberichten.actions_toelichting_indienen import dien_in

    concept = vul(bij.concept, bij.fatma)
    return dien_in(toelichting=concept, versie=concept.versie, door=bij.fatma, op=nu(), vandaag=nu().date())


# --- The whole way ---------------------------------------------------------------------------------------------
def test_van_begin_tot_ontvangst(http):
    bij = zaak()
    http.force_login(bij.fatma)
    begin = reverse("stopberichten:toelichting-begin", args=[bij.toewijzingen[0].kenmerk])
    assert "Begin het formulier" in http.get(begin).content.decode()
    naar = http.post(begin)
    concept = Toelichting.objects.get()
    assert naar.url == adres("toelichting-invullen", concept)
    pagina = http.get(naar.url).content.decode()
    assert "Onderstaande cliënt heeft zorg vanuit de Wmo" in pagina
    assert "Vergeet niet een 307-bericht te versturen." in pagina
    assert bsn_van(concept.client) not in pagina
    assert f"•••••{bsn_van(concept.client)[-3:]}" in pagina
    naar = http.post(naar.url, getypt(concept))
    assert naar.url == adres("toelichting-controle", concept)
    assert REDEN in http.get(naar.url).content.decode()
    concept.refresh_from_db()
    ontvangst = http.get(verstuur(http, concept).url).content.decode()
    concept.refresh_from_db()
    assert concept.nummer is not None
    assert concept.nummer in ontvangst


def test_wat_er_mist_staat_bij_het_veld_en_in_het_overzicht(http, bij):
    (regel,) = regels_van(bij.concept)
    s = sleutel_van(regel)
    naar = http.post(
        adres("toelichting-invullen", bij.concept),
        getypt(bij.concept, **{f"{s}-reden": "", "verzoeker_email": "fatma"}),
        follow=True,
    )
    pagina = naar.content.decode()
    assert naar.redirect_chain[-1][0].endswith("/invullen/?controle=1")
    assert "<title>Fout: " in pagina
    assert f'href="#id_{s}-reden"' in pagina
    assert 'href="#id_verzoeker_email"' in pagina
    assert "Er zijn 2 fouten" in pagina
    assert 'value="fatma"' in pagina


def test_bewaar_en_ga_later_verder(http, bij):
    naar = http.post(adres("toelichting-invullen", bij.concept), getypt(bij.concept, doe="bewaar"))
    assert naar.url == reverse("stopberichten:toelichtingen")
    assert "nog niet verstuurd" in http.get(naar.url).content.decode()
    assert regels_van(bij.concept)[0].reden == REDEN


def test_een_tweede_klik_komt_op_dezelfde_ontvangst(http, bij):
    vul(bij.concept, bij.fatma)
    controle = adres("toelichting-controle", bij.concept)
    klik = velden(http.get(controle).content.decode())
    eerste, tweede = http.post(controle, klik), http.post(controle, klik)
    assert eerste.url == tweede.url == adres("toelichting", bij.concept)
    acties = Gebeurtenis.objects.filter(actie="toelichting.ingediend")
    assert acties.count() == 1


def test_een_tweede_tabblad_verstuurt_niet_nog_eens(http, bij):
    vul(bij.concept, bij.fatma)
    controle = adres("toelichting-controle", bij.concept)
    links, rechts = (velden(http.get(controle).content.decode()) for _ in range(2))
    http.post(controle, links)
    antwoord = http.post(controle, rechts, follow=True).content.decode()
    assert "al verstuurd, met nummer" in antwoord
    assert Toelichting.objects.count() == 1


# --- Nobody posts what is not on the form ----------------------------------------------------------------------
def test_een_post_met_andere_velden_verandert_niets_anders(http, bij):
    delft, eik = fabriek.delft(), fabriek.aanbieder("De Eik")
    ander = fabriek.toewijzing(fabriek.beschikking(fabriek.client(delft)), aan=eik)
    voor = Toelichting.objects.values().get()
    http.post(
        adres("toelichting-bewaar", bij.concept),
        {
            "versie": "1",
            "status": "ingediend",
            "nummer": "T-2026-999999",
            "gemeente": delft.pk,
            "gemeente_id": delft.pk,
            "aanbieder": eik.pk,
            "client": ander.client_id,
            "beschikking": ander.beschikking_id,
            "ingediend_door": bij.fatma.pk,
            "zorgplan_id": 1,
            "besluit": "toegekend",
            "aangemaakt_door": 1,
            f"g{ander.kenmerk.hex}-reden": "van een ander",
            f"g{ander.kenmerk.hex}-soort": "beeindiging",
        },
    )
    assert Toelichting.objects.values().get() == voor
    assert [r.toewijzing_id for r in regels_van(bij.concept)] == [bij.toewijzingen[0].pk]


@pytest.mark.parametrize("trede", ["99", "-1", "niets", "1e3", "9" * 40])
def test_een_trede_die_er_niet_is_wordt_geen_trede(http, bij, trede):
    s = sleutel_van(regels_van(bij.concept)[0])
    http.post(
        adres("toelichting-bewaar", bij.concept),
        getypt(bij.concept, **{f"{s}-soort": "wijziging", f"{s}-gevraagde_trede": trede}),
    )
    (regel,) = regels_van(bij.concept)
    assert (regel.soort, regel.gevraagde_trede) == ("wijziging", None)


# --- Strangers -------------------------------------------------------------------------------------------------
PAGINAS = [
    "toelichting",
    "toelichting-invullen",
    "toelichting-controle",
    "toelichting-intrekken",
    "toelichting-zorgplan",
    "toelichting-pdf",
    "toelichting-zorgplan-bestand",
]
BUITENSTAANDERS = {
    "een andere aanbieder": lambda: fabriek.medewerker(fabriek.aanbieder("De Eik")),
    "een andere gemeente": lambda: fabriek.consulent(fabriek.delft()),
    "een contractmanager": fabriek.contractmanager,
    "een beheerder": fabriek.beheerder,
}


@pytest.mark.parametrize("wie", BUITENSTAANDERS)
@pytest.mark.parametrize("stand", ["concept", "verstuurd"])
def test_voor_een_buitenstaander_bestaat_het_niet(http, bij, wie, stand):
    vorm = verstuurd(bij) if stand == "verstuurd" else bij.concept
    http.force_login(BUITENSTAANDERS[wie]())
    gezien = [http.get(adres(pagina, vorm)).status_code for pagina in PAGINAS]
    gezien += [
        http.post(adres(pagina, vorm), {"versie": "1"}).status_code
        for pagina in ("toelichting-bewaar", "toelichting-invullen", "toelichting-controle")
    ]
    assert set(gezien) == {404}


def test_de_gemeente_leest_het_verstuurde_en_nooit_een_concept(http, bij):
    anna = fabriek.consulent()
    http.force_login(anna)
    assert http.get(adres("toelichting", bij.concept)).status_code == 404
    vorm = verstuurd(bij)
    pagina = http.get(adres("toelichting", vorm)).content.decode()
    assert REDEN in pagina
    assert "Trek dit formulier in" not in pagina
    assert Gebeurtenis.objects.filter(actie="toelichting.gezien", actor_id=anna.pk).count() == 1
    for pagina in ("toelichting-invullen", "toelichting-intrekken", "toelichting-zorgplan"):
        assert http.get(adres(pagina, vorm)).status_code == 404


def test_over_de_toewijzing_van_een_ander_begint_niemand(http, bij):
    van_eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik"))
    begin = reverse("stopberichten:toelichting-begin", args=[van_eik.kenmerk])
    assert (http.get(begin).status_code, http.post(begin).status_code) == (404, 404)


# --- Saving while typing ---------------------------------------------------------------------------------------
def test_typen_bewaart_en_zegt_hoe_laat(http, bij):
    antwoord = http.post(adres("toelichting-bewaar", bij.concept), getypt(bij.concept))
    assert antwoord.status_code == 200
    assert set(antwoord.json()) == {"versie", "bewaard_om"}
    assert regels_van(bij.concept)[0].reden == REDEN


def test_wie_uitgelogd_is_krijgt_geen_bewaard(http, bij):
    http.logout()
    antwoord = http.post(adres("toelichting-bewaar", bij.concept), getypt(bij.concept))
    assert antwoord.status_code == 302
    assert "/account/login/" in antwoord.url
    assert regels_van(bij.concept)[0].reden == ""


def test_een_tweede_scherm_ziet_beide_versies_en_houdt_zijn_tekst(http, bij):
    invullen = adres("toelichting-invullen", bij.concept)
    s = sleutel_van(regels_van(bij.concept)[0])
    links, rechts = (velden(http.get(invullen).content.decode()) for _ in range(2))
    van_links = getypt(bij.concept) | {"scherm": links["scherm"]}
    van_rechts = getypt(bij.concept, **{f"{s}-reden": "Mevrouw verhuist."}) | {"scherm": rechts["scherm"]}
    assert http.post(adres("toelichting-bewaar", bij.concept), van_links).status_code == 200
    assert http.post(adres("toelichting-bewaar", bij.concept), van_rechts).status_code == 409
    botsing = http.post(invullen, van_rechts)
    pagina = botsing.content.decode()
    assert botsing.status_code == 409
    assert "Mevrouw verhuist." in pagina
    assert REDEN in pagina
    # Going on with his own version keeps it.
    bij.concept.refresh_from_db()
    verder = http.post(invullen, van_rechts | {"versie": bij.concept.versie})
    assert verder.url == adres("toelichting-controle", bij.concept)
    assert regels_van(bij.concept)[0].reden == "Mevrouw verhuist."


def test_typen_in_wat_een_collega_net_verstuurde_verliest_niets(http, bij):
    verstuurd(bij)
    antwoord = http.post(
        adres("toelichting-invullen", bij.concept), getypt(bij.concept, overige_zaken="Ik was nog bezig")
    )
    assert antwoord.status_code == 409
    assert "Ik was nog bezig" in antwoord.content.decode()


# --- Files -----------------------------------------------------------------------------------------------------
def test_het_zorgplan_blijft_bij_het_concept_ook_als_er_iets_mist(http, bij):
    s = sleutel_van(regels_van(bij.concept)[0])
    wijziging = getypt(bij.concept, **{f"{s}-soort": "wijziging", f"{s}-gevraagde_trede": ""})
    bestand = SimpleUploadedFile("plan.pdf", een_pdf())
    pagina = http.post(
        adres("toelichting-invullen", bij.concept), {**wijziging, "zorgplan": bestand}, follow=True
    ).content.decode()
    assert "Toegevoegd: <strong>plan.pdf</strong>" in pagina
    assert "Kies de trede die u vraagt." in pagina
    weg = http.post(
        adres("toelichting-invullen", bij.concept),
        {**wijziging, "versie": velden(pagina)["versie"], "zorgplan_weg": "on"},
        follow=True,
    ).content.decode()
    assert "Voeg bij een wijziging het nieuwe zorgplan toe" in weg
    assert not Document.objects.exists()


def test_een_geweigerd_bestand_kost_geen_tekst(http, bij):
    bestand = SimpleUploadedFile("plan.exe", b"MZ")
    antwoord = http.post(
        adres("toelichting-invullen", bij.concept), {**getypt(bij.concept), "zorgplan": bestand}
    )
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert "Toegestaan zijn pdf, docx, odt, xlsx, jpg en png" in pagina
    assert REDEN in pagina


def test_het_beloofde_zorgplan_komt_later(http, bij):
    s = sleutel_van(regels_van(bij.concept)[0])
    http.post(
        adres("toelichting-invullen", bij.concept),
        getypt(
            bij.concept,
            zorgplan_later="on",
            **{f"{s}-soort": "wijziging", f"{s}-gevraagde_trede": "2"},
        ),
    )
    bij.concept.refresh_from_db()
    verstuur(http, bij.concept)
    taken = reverse("stopberichten:toelichtingen") + "?staat=zorgplan"
    assert "Bakker" in http.get(taken).content.decode()
    sturen = adres("toelichting-zorgplan", bij.concept)
    assert http.post(sturen, {}).status_code == 422
    assert http.post(sturen, {"zorgplan": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 422
    assert http.post(sturen, {"zorgplan": SimpleUploadedFile("plan.pdf", een_pdf())}).status_code == 302
    assert "Bakker" not in http.get(taken).content.decode()
    # In quarantine until it is scanned: then the page says so, and hands nothing out.
    bestand = http.get(adres("toelichting-zorgplan-bestand", bij.concept), follow=True).content.decode()
    assert "wordt nog op virussen gecontroleerd" in bestand


# --- Looking up ------------------------------------------------------------------------------------------------
def zoek(http, bsn: str, geboren: date):
    return http.post(reverse(NIEUW), {"bsn": bsn, "geboortedatum": f"{geboren:%d-%m-%Y}"})


def zonder_csrf(antwoord) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", antwoord.content.decode())


def test_een_eigen_client_wordt_gevonden(http, bij):
    client = bij.beschikking.client
    naar = zoek(http, bsn_van(client), client.geboortedatum)
    assert naar.url == reverse("stopberichten:toelichting-begin", args=[bij.toewijzingen[0].kenmerk])


def test_bij_twee_beschikkingen_kiest_u(http, bij):
    client = bij.beschikking.client
    tweede = fabriek.toewijzing(
        fabriek.beschikking(client, begin=date(2027, 1, 1), eind=date(2027, 12, 31)), aan=bij.fatma.aanbieder
    )
    pagina = zoek(http, bsn_van(client), client.geboortedatum).content.decode()
    for toewijzing in (bij.toewijzingen[0], tweede):
        assert reverse("stopberichten:toelichting-begin", args=[toewijzing.kenmerk]) in pagina


def test_onbekend_van_een_ander_en_gesloten_geven_hetzelfde_antwoord(http, bij):
    van_eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik")).client
    gesloten = fabriek.toewijzing(aan=bij.fatma.aanbieder, status=ToewijzingStatus.GESLOTEN).client
    eigen = bij.beschikking.client
    antwoorden = [
        zoek(http, fabriek.volgend_bsn(), date(1960, 5, 4)),
        zoek(http, bsn_van(van_eik), van_eik.geboortedatum),
        zoek(http, bsn_van(gesloten), gesloten.geboortedatum),
        zoek(http, bsn_van(eigen), eigen.geboortedatum + timedelta(days=1)),
    ]
    assert {a.status_code for a in antwoorden} == {422}
    assert len({zonder_csrf(a) for a in antwoorden}) == 1
    assert len({len(a.content) for a in antwoorden}) == 1
    assert "Niet gevonden" in antwoorden[0].content.decode()


def test_zoeken_kan_niet_met_een_adres(http, bij):
    pagina = http.get(reverse(NIEUW), {"bsn": "van Bakker", "geboortedatum": "04-05-1960"})
    assert pagina.status_code == 200
    assert "van Bakker" not in pagina.content.decode()
    assert not Gebeurtenis.objects.filter(actie="toelichting.zoeken").exists()


def test_een_typfout_telt_niet_mee_en_zegt_wat_er_mis_is(http, bij):
    antwoord = zoek(http, "123456789", date(1960, 5, 4))
    assert antwoord.status_code == 422
    assert "elfproef" in antwoord.content.decode()
    assert not Gebeurtenis.objects.filter(actie="toelichting.zoeken").exists()


def test_na_tien_keer_moet_u_wachten_ook_als_u_nu_goed_zoekt(http, bij):
    client, vreemd = bij.beschikking.client, fabriek.volgend_bsn()
    for _ in range(KEREN):
        assert zoek(http, vreemd, date(1960, 5, 4)).status_code == 422
    geweigerd = zoek(http, bsn_van(client), client.geboortedatum)
    assert geweigerd.status_code == 429
    assert "10 keer gezocht in 10 minuten" in geweigerd.content.decode()
    # A colleague has his own ten, and after ten minutes so has Fatma.
    http.force_login(fabriek.medewerker(bij.fatma.aanbieder))
    assert zoek(http, bsn_van(client), client.geboortedatum).status_code == 302
    vraag = {"bsn": bsn_van(client), "geboortedatum": client.geboortedatum, "door": bij.fatma}
    with pytest.raises(TeVaak):
        zoek_client(**vraag, op=nu() + timedelta(minutes=9))
    assert zoek_client(**vraag, op=nu() + timedelta(minutes=11)) == bij.toewijzingen


# --- PDF -------------------------------------------------------------------------------------------------------
def test_de_pdf_komt_uit_een_ander_proces(http, bij):
    if not drukwerk.beschikbaar():
        pytest.skip("no Pango on this machine: the page says so, see the next test")
    vorm = verstuurd(bij)
    antwoord = http.get(adres("toelichting-pdf", vorm))
    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord.content.startswith(b"%PDF-")
    assert Gebeurtenis.objects.filter(actie="toelichting.gedownload").count() == 1
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(antwoord.content)) as boek:
        assert str(boek.Root.Lang) == "nl"
        assert bool(boek.Root.MarkInfo.Marked)
        assert str(vorm.nummer) in str(boek.docinfo.get("/Title", "")) or "pdfuaid" in str(
            boek.Root.Metadata.read_bytes()
        )


def test_zonder_pango_zegt_de_pagina_waarom(http, bij, monkeypatch):
    monkeypatch.setattr(pdf_toelichting, "beschikbaar", lambda: False)
    vorm = verstuurd(bij)
    pagina = http.get(adres("toelichting-pdf", vorm), follow=True).content.decode()
    assert "Pango ontbreekt" in pagina


def test_een_pdf_die_te_lang_duurt_houdt_niemand_vast(http, bij, monkeypatch):
    if not drukwerk.beschikbaar():
        monkeypatch.setattr(pdf_toelichting, "beschikbaar", lambda: True)
    monkeypatch.setattr(pdf_toelichting, "HOOGSTENS_SECONDEN", 0.01)
    pagina = http.get(adres("toelichting-pdf", verstuurd(bij)), follow=True).content.decode()
    assert "duurde te lang" in pagina


def test_het_webproces_laadt_weasyprint_niet():
    """In a fresh process: everything the web process imports, and then a look."""
    script = (
        "import os, sys, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'wmo_portal.settings');"
        "django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "import stopberichten.views.toelichting_lezen; print('weasyprint' in sys.modules)"
    )
    uit = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "False"


# --- Costs -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("gebieden", [("Financiën",), ("Financiën", "Wonen", "Dag")])
def test_het_formulier_kost_evenveel_vragen_met_een_en_met_drie_gebieden(
    http, gebieden, django_assert_num_queries
):
    bij = zaak(gebieden)
    http.force_login(bij.fatma)
    concept = bij.begin()
    http.get(adres("toelichting-invullen", concept))
    with django_assert_num_queries(FORMULIER):
        http.get(adres("toelichting-invullen", concept))
    with django_assert_num_queries(BEWAREN):
        http.post(adres("toelichting-bewaar", concept), getypt(concept))


FORMULIER = 10
BEWAREN = 16


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen_met_een_en_met_drie_formulieren(
    http, aantal, django_assert_num_queries
):
    zaken = [zaak(("Financiën", "Wonen")) for _ in range(aantal)]
    for z in zaken:
        z.begin()
    http.force_login(zaken[0].fatma)
    http.get(reverse("stopberichten:toelichtingen"))
    with django_assert_num_queries(LIJST):
        pagina = http.get(reverse("stopberichten:toelichtingen"))
    assert pagina.content.decode().count("Bakker") == aantal


LIJST = 9


def test_een_verstuurd_formulier_is_niet_meer_in_te_vullen(http, bij):
    vorm = verstuurd(bij)
    assert http.get(adres("toelichting-invullen", vorm)).url == adres("toelichting", vorm)
    assert vorm.status == ToelichtingStatus.INGEDIEND
    assert Toewijzing.objects.get().status == ToewijzingStatus.LOPEND


def test_intrekken_vraagt_het_een_keer(http, bij):
    vorm = verstuurd(bij)
    vraag = http.get(adres("toelichting-intrekken", vorm)).content.decode()
    assert "Trek in" in vraag
    http.post(adres("toelichting-intrekken", vorm), velden(vraag))
    vorm.refresh_from_db()
    assert vorm.status == ToelichtingStatus.INGETROKKEN
    assert "ingetrokken" in http.get(adres("toelichting", vorm)).content.decode()
