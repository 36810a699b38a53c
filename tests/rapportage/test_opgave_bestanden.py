"""Files of the kwartaalopgave: templates down and up, documents, the PDF; the lists and the reminders."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beschikkingen.enums import DocumentStatus
from beschikkingen.models import Document
from meldingen.actions import verstuur
from rapportage.actions.opgave_meldingen import BRONNEN
from rapportage.enums_opgave import Deel
from rapportage.models import BeleidsdoelScore, Opgaveafspraak, OpgaveUitval, Rapport
from rapportage.opgave_beeld import zegel
from rapportage.queries.opgave import concept, uitvaldeel
from rapportage.queries.opgave_lijst import van_aanbieder, van_regio
from rapportage.tasks import maak_rapporten
from techniek.models import Mail
from tests import fabriek
from tests.lib.bestanden import maak_pdf
from tests.rapportage.opgavehulp import (
    K3,
    bewaar,
    contractmanager,
    dien,
    ingediend,
    linde_begint,
    regio_met_twee,
    vul,
    zorg,
)
from wmo_portal.lib import rls
from wmo_portal.lib.drukwerk import beschikbaar
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db


PDF = maak_pdf()


def url(naam, opgave, *meer):
    return reverse(f"rapportage:{naam}", args=[opgave.kenmerk, *meer])


def haal(http, opgave, deel):
    return openpyxl.load_workbook(io.BytesIO(http.get(url("opgave-sjabloon", opgave, deel)).content))


def stuur(http, opgave, deel, boek):
    buffer = io.BytesIO()
    boek.save(buffer)
    bestand = SimpleUploadedFile("opgave.xlsx", buffer.getvalue())
    return http.post(url("opgave-inlezen", opgave, deel), {"bestand": bestand}, follow=True)


# --- Excel ---------------------------------------------------------------------------------------------------------
def test_the_template_read_back_changes_nothing(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    pagina = stuur(http, opgave, "uitval", haal(http, opgave, "uitval")).content.decode()
    assert "Alle rijen zijn overgenomen" in pagina
    assert not OpgaveUitval.objects.exists()


def test_numbers_are_read_row_by_row_and_a_difference_asks_for_a_reason(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    boek = haal(http, opgave, "uitval")
    blad = boek["Uitval"]
    per = {(rij[0].value, rij[1].value): rij for rij in blad.iter_rows(min_row=2)}
    per["Westland", "Maatwerkvoorziening"][4].value = 4  # 03
    per["Delft", "Algemene voorziening"][7].value = 12  # nog in zorg
    per["Delft", "Maatwerkvoorziening"][2].value = "veel"
    blad.append(["Amsterdam", "", 1, 0, 0, 0, 0, 0])
    blad.append(["Westland", "", 1, 0, 0, 0, 0, 0])
    pagina = stuur(http, opgave, "uitval", boek).content.decode()
    assert "3 van de 6 rijen" in pagina
    assert "‘Amsterdam’ is geen gemeente van deze regio. Verwacht: Delft, Westland." in pagina
    assert "staat twee keer in het bestand" in pagina
    assert pagina.count("niet overgenomen") >= 3
    deel = uitvaldeel(opgave, wie)
    assert deel.aantallen["03"] == 4
    assert deel.aantallen["nog_in_zorg"] == 13
    assert any("u geeft 4 op en uit de cliënten volgt 1" in b.zin for b in deel.bezwaren())
    fouten = pagina[pagina.index("/inlezingen/") - 60 :]
    adres = fouten[fouten.index("/kwartaalopgaven") : fouten.index("/fouten/") + 8]
    verslag = openpyxl.load_workbook(io.BytesIO(http.get(adres).content))["Niet overgenomen"]
    assert [rij[0].value for rij in verslag.iter_rows(min_row=2)] == [
        4 if per else 0,
        6,
        7,
    ] or verslag.max_row == 4


def test_goals_come_back_from_excel_and_a_long_text_is_not_cut(http):
    opgave, wie = linde_begint()
    bewaar(opgave, Deel.DOELEN, {"voorliggend-ambitie": "2"}, wie)
    http.force_login(wie)
    boek = haal(http, opgave, "doelen")
    blad = boek["Beleidsdoelen"]
    assert blad["A2"].value.startswith("Samenwerking in de keten en in netwerken rondom de cliënt")
    blad["B2"], blad["C2"], blad["D2"], blad["E2"] = 1, 2, 3, "x" * 312
    blad["B3"] = 5
    pagina = stuur(http, opgave, "doelen", boek).content.decode()
    assert "De toelichting heeft 12 tekens te veel." in pagina
    assert "‘5’ bij ‘Realisatie (1-4)’ is geen score." in pagina
    score = BeleidsdoelScore.objects.get(doel__code="samenwerking")
    assert (score.realisatie, score.ambitie, score.prioriteit, len(score.toelichting)) == (1, 2, 3, 312)
    assert BeleidsdoelScore.objects.get(doel__code="voorliggend").ambitie == 2


def test_a_file_that_is_no_workbook_changes_nothing_and_says_so(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    antwoord = http.post(
        url("opgave-inlezen", opgave, "uitval"), {"bestand": SimpleUploadedFile("opgave.xlsx", b"geen boek")}
    )
    assert antwoord.status_code == 422
    assert http.get(url("opgave-inlezen", opgave, "ervaring")).status_code == 404


# --- Documents -----------------------------------------------------------------------------------------------------
def test_a_document_is_the_providers_own_until_it_is_sent(http):
    opgave, wie = linde_begint()
    vul(opgave, wie)
    http.force_login(wie)
    antwoord = http.post(
        url("opgave-document-toevoegen", opgave),
        {"d-soort": "clientervaring", "d-bestand": SimpleUploadedFile("onderzoek.pdf", PDF)},
    )
    assert antwoord.status_code == 302
    document = Document.objects.get()
    manager = contractmanager()
    with rls.binnen(manager.bereik):
        assert not Document.objects.exists()
    dien(opgave, wie)
    Document.objects.update(status=DocumentStatus.VRIJ)
    http.force_login(manager)
    assert http.get(url("opgave-document", opgave, document.kenmerk)).content == PDF
    http.force_login(fabriek.medewerker(fabriek.aanbieder("De Eik")))
    assert http.get(url("opgave-document", opgave, document.kenmerk)).status_code == 404


def test_a_document_can_be_taken_off_while_it_is_a_draft(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    fout = http.post(
        url("opgave-document-toevoegen", opgave),
        {"d-soort": "bijlage", "d-bestand": SimpleUploadedFile("virus.exe", b"MZ")},
    )
    assert fout.status_code == 422
    http.post(
        url("opgave-document-toevoegen", opgave),
        {"d-soort": "clientenraad", "d-bestand": SimpleUploadedFile("raad.pdf", PDF)},
    )
    document = Document.objects.get()
    assert "raad.pdf" in http.get(url("opgave-deel", opgave, "ervaring")).content.decode()
    http.post(url("opgave-document-weg", opgave, document.kenmerk))
    assert not Document.objects.exists()
    assert http.post(url("opgave-document-weg", opgave, document.kenmerk)).status_code == 404


# --- PDF -----------------------------------------------------------------------------------------------------------
@pytest.mark.skipif(not beschikbaar(), reason="no Pango on this machine")
def test_both_sides_get_the_pdf_of_what_was_sent(http):
    opgave, wie = ingediend()
    for lezer in (wie, contractmanager()):
        http.force_login(lezer)
        assert http.post(url("opgave-pdf", opgave, 1)).status_code == 302
        assert http.post(url("opgave-pdf", opgave, 9)).status_code == 404
    assert "2 rapporten gemaakt" in maak_rapporten()
    rapporten = list(Rapport.objects.order_by("pk"))
    assert [r.status for r in rapporten] == ["klaar", "klaar"], rapporten[0].fout
    http.force_login(wie)
    assert http.get(reverse("rapportage:mijn-rapporten")).status_code == 200
    inhoud = http.get(reverse("rapportage:rapport", args=[rapporten[0].kenmerk])).content
    assert inhoud.startswith(b"%PDF-")
    assert http.get(reverse("rapportage:rapport", args=[rapporten[1].kenmerk])).status_code == 404


# --- Sending by the screen -----------------------------------------------------------------------------------------
def test_pressing_send_twice_sends_once(http):
    opgave, wie = linde_begint()
    vul(opgave, wie)
    http.force_login(wie)
    pagina = http.get(url("opgave-controle", opgave)).content.decode()
    assert "Alles is ingevuld" in pagina
    velden = {naam: pagina.split(f'name="{naam}" value="')[1].split('"')[0] for naam in ("eenmalig", "zegel")}
    for _ in range(2):
        assert http.post(url("opgave-indienen", opgave), velden)["Location"] == url("opgave", opgave)
    opgave.refresh_from_db()
    assert opgave.indieningen == 1
    assert "ingediend" in http.get(url("opgave", opgave)).content.decode()


def test_the_check_page_names_what_is_missing_with_a_link_to_the_field(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    pagina = http.get(url("opgave-controle", opgave)).content.decode()
    assert f"{url('opgave-deel', opgave, 'uitval')}?controle=1#id_geen-0503" in pagina
    assert "Dien in" not in pagina
    deel = http.get(url("opgave-deel", opgave, "uitval") + "?controle=1").content.decode()
    assert "<title>Fout:" in deel
    assert 'id="id_geen-0503"' in deel
    stand = concept(opgave, wie)
    assert not stand.compleet
    antwoord = http.post(url("opgave-indienen", opgave), {"zegel": zegel(stand.beeld)})
    assert antwoord.status_code == 422
    assert http.post(url("opgave-indienen", opgave), {"zegel": "oud"}).status_code == 409


# --- Lists ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_a_region_shows_who_did_not_send_in_four_queries(aantal, django_assert_num_queries):
    opgave, _ = ingediend()
    for n in range(aantal):
        zorg(fabriek.aanbieder(f"De Eik {n}"), f"Vos{n}")
    manager = contractmanager()
    afspraak = opgave.regio.opgaveafspraak
    assert manager.gemeente_ids
    with django_assert_num_queries(4):
        rijen = van_regio(manager, afspraak, K3, date(2026, 10, 31))
    assert [(r.aanbieder.naam, r.verstuurd, r.te_laat) for r in rijen] == [
        *((f"De Eik {n}", False, True) for n in range(aantal)),
        ("De Linde", True, False),
    ]
    assert not any(r.te_laat for r in van_regio(manager, afspraak, K3, date(2026, 10, 30)))


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_a_provider_asks_the_same_however_many_regions_it_works_in(
    aantal, django_assert_num_queries
):
    linde = fabriek.aanbieder("De Linde")
    for nummer in range(aantal):
        regio = fabriek.regio(f"r{nummer}", f"Regio {nummer}")
        zorg(
            linde, f"Vos{nummer}", gemeente=fabriek.gemeente(f"99{nummer:02d}", f"Dorp {nummer}", regio=regio)
        )
        Opgaveafspraak.objects.create(regio=regio)
    wie = fabriek.medewerker(linde)
    with django_assert_num_queries(4):
        rijen = van_aanbieder(wie, date(2026, 10, 5))
    assert sorted(rij.regio.naam for rij in rijen) == [f"Regio {nummer}" for nummer in range(aantal)]


def test_a_provider_is_asked_for_the_last_quarter_of_the_regions_it_works_in(http):
    regio_met_twee()
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    zorg(linde)
    (rij,) = van_aanbieder(fabriek.medewerker(linde), date(2026, 10, 5))
    assert (str(rij.kwartaal), rij.uiterlijk, rij.dagen_over, rij.opgave) == (
        "2026-K3",
        date(2026, 10, 30),
        25,
        None,
    )
    assert van_aanbieder(fabriek.medewerker(eik), date(2026, 10, 5)) == []
    http.force_login(fabriek.medewerker(eik))
    assert http.get(reverse("rapportage:opgaven")).status_code == 200


def test_the_contract_manager_sees_the_list_and_half_a_region_is_explained(http):
    ingediend()
    http.force_login(contractmanager())
    assert (
        "De Linde"
        in http.get(reverse("rapportage:opgaven-beoordelen") + "?kwartaal=2026-K3").content.decode()
    )
    http.force_login(fabriek.contractmanager())
    pagina = http.get(reverse("rapportage:opgaven-beoordelen") + "?kwartaal=2026-K3").content.decode()
    assert "De Linde" not in pagina
    assert "alle gemeenten van een regio" in pagina


@pytest.mark.parametrize("meer", [0, 4])
def test_the_page_of_a_part_takes_a_fixed_number_of_queries(http, meer):
    opgave, wie = linde_begint()
    for n in range(meer):
        zorg(wie.aanbieder, f"Mol{n}", "22")
    http.force_login(wie)
    adres = url("opgave-deel", opgave, "uitval")
    http.get(adres)  # the session and the log-in of the first visit
    with CaptureQueriesContext(connection) as gevangen:
        assert http.get(adres).status_code == 200
    assert len(gevangen) == 25


# --- Reminders -----------------------------------------------------------------------------------------------------
def om(dag):
    return datetime(dag.year, dag.month, dag.day, 8, tzinfo=AMSTERDAM)


def herinner_op(dag):
    """The deadlines alone, without questions."""
    uitslag = verstuur(vandaag=dag, moment=om(dag), bronnen=BRONNEN[:1])
    assert uitslag.fouten == []
    return uitslag.mails


def test_each_moment_is_reminded_once():
    """De Linde has a draft, De Eik has nothing: neither has sent."""
    linde_begint()
    eik = fabriek.aanbieder("De Eik")
    zorg(eik, "Vos")
    assert herinner_op(date(2026, 10, 15)) == 0
    assert herinner_op(date(2026, 10, 16)) == 2
    assert herinner_op(date(2026, 10, 16)) == 0
    assert herinner_op(date(2026, 10, 26)) == 0
    # Days without a clock: only the newest moment, no pile.
    assert herinner_op(date(2026, 10, 30)) == 2
    assert herinner_op(date(2026, 11, 5)) == 0
    assert Mail.objects.count() == 4
    assert not Mail.objects.filter(tekst__contains="Vos").exists()
    assert "30-10-2026" in Mail.objects.first().tekst


def test_who_has_sent_gets_no_reminder():
    ingediend()
    assert herinner_op(date(2026, 10, 30)) == 0


def test_the_deadline_is_of_the_region():
    opgave, _ = linde_begint()
    opgave.regio.opgaveafspraak.__class__.objects.update(dagen=60, herinner_dagen=[5])
    assert herinner_op(date(2026, 11, 24)) == 0
    assert herinner_op(date(2026, 11, 25)) == 1  # 29 November is a Sunday: the deadline is the 30th
