"""Screen = Excel = PDF, the PDF made by a worker, and who may take figures with them (U1, U21, U30)."""

import io
import re
import subprocess
import sys
import uuid
from datetime import timedelta

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from logboek.models import Gebeurtenis
from rapportage import tasks
from rapportage.actions.rapporten import TE_LANG, neem_op
from rapportage.models import Rapport
from rapportage.statussen import RapportStatus
from rapportage.tabellen import per_gemeente
from rapportage.tellingen import toon
from tests import fabriek
from tests.rapportage.test_uitval import VRAAG, tel, zorg
from wmo_portal.lib import drukwerk, rls

pytestmark = pytest.mark.django_db

met_pango = pytest.mark.skipif(
    not drukwerk.beschikbaar(), reason="without Pango no PDF can be made on this machine"
)


@pytest.fixture
def manager():
    return fabriek.contractmanager()


@pytest.fixture
def stad():
    """A few people, one of them a canary whose name must never come out."""
    zorg("Canarie", code="21")
    zorg("Canarie", code="19")
    zorg("Canarie")


def vraag_pdf(http, wie, sleutel="", vraag=VRAAG):
    http.force_login(wie)
    return http.post(reverse("rapportage:uitval-pdf"), {**vraag, "eenmalig": sleutel or str(uuid.uuid4())})


def excel(http, wie, vraag=VRAAG):
    http.force_login(wie)
    antwoord = http.get(reverse("rapportage:uitval-excel"), vraag)
    return load_workbook(io.BytesIO(antwoord.content)) if antwoord.status_code == 200 else antwoord


def woorden(inhoud: bytes) -> str:
    klaar = subprocess.run(["pdftotext", "-layout", "-", "-"], input=inhoud, capture_output=True, check=True)
    return klaar.stdout.decode()


# --- Excel -------------------------------------------------------------------------------------------------------
def test_the_workbook_opens_with_numbers_chart_clients_and_explanation(http, manager, stad):
    boek = excel(http, manager)
    assert boek.sheetnames == [
        "Uitval",
        "Grafiek",
        "Per aanbieder",
        "Cliënten",
        "Telt niet mee",
        "Controle",
        "Toelichting",
    ]
    assert len(boek["Grafiek"]._charts) == 1
    rij = dict(zip((c.value for c in boek["Uitval"][1]), (c.value for c in boek["Uitval"][2]), strict=True))
    assert (rij["Gemeente"], rij["03 eenzijdig door cliënt"], rij["Totaal"]) == ("Westland", 1, 3)
    assert rij["03 eenzijdig door cliënt (%)"] == pytest.approx(0.333)
    uitleg = {r[0]: r[1] for r in boek["Toelichting"].iter_rows(values_only=True)}
    assert uitleg["Periode"] == "01-07-2026 t/m 30-09-2026"
    assert uitleg["Gemaakt door"] == manager.naam
    assert re.fullmatch(r"[0-9a-f]{12}", uitleg["Indeling van stopcodes"])
    tekst = " ".join(str(c.value) for blad in boek for r in blad.iter_rows() for c in r)
    assert "Canarie" not in tekst
    assert not re.search(r"9999\d{5}", tekst)


def test_every_export_is_a_line_in_the_log_with_its_number_of_rows(http, manager, stad):
    excel(http, manager)
    regel = Gebeurtenis.objects.get(actie="uitval.geexporteerd")
    assert (regel.details["regels"], regel.details["met_clienten"], regel.details["vorm"]) == (
        3,
        True,
        "xlsx",
    )


def test_who_may_export_and_not_see_gets_figures_without_clients(http, stad):
    boek = excel(http, fabriek.administratie())
    assert "Cliënten" not in boek.sheetnames
    assert Gebeurtenis.objects.get(actie="uitval.geexporteerd").details["regels"] == 0


@pytest.mark.parametrize("maak", [fabriek.consulent, fabriek.medewerker, fabriek.beheerder])
def test_who_may_not_export_gets_no_file(http, maak):
    assert excel(http, maak()).status_code == 404
    assert vraag_pdf(http, maak()).status_code == 404
    assert not Rapport.objects.exists()


# --- PDF ---------------------------------------------------------------------------------------------------------
@met_pango
def test_screen_excel_and_pdf_say_the_same(http, manager, stad):
    vraag_pdf(http, manager)
    tasks.maak_rapporten()
    rapport = Rapport.objects.get()
    inhoud = http.get(reverse("rapportage:rapport", args=[rapport.kenmerk])).content
    (rij,) = per_gemeente(tel(manager)).rijen
    pdf_rij = next(r for r in woorden(inhoud).splitlines() if r.strip().startswith("Westland"))
    assert re.findall(r"(\d+) \(([\d,]+%|–)\)", pdf_rij) == [
        (str(c.aantal), toon(c.aandeel)) for c in rij.cellen
    ]
    assert [c.value for c in excel(http, manager)["Uitval"][2]][1:7] == [c.aantal for c in rij.cellen]
    scherm = http.get(reverse("rapportage:uitval"), VRAAG).context["gemeenten"].rijen
    assert scherm == (rij,)
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "nl"
        assert str(pdf.docinfo["/Title"]) == "Uitval, 3e kwartaal 2026"
    assert "Canarie" not in woorden(inhoud)
    acties = set(Gebeurtenis.objects.values_list("actie", flat=True))
    assert {"rapport.aangevraagd", "rapport.gemaakt", "rapport.gedownload"} <= acties


@met_pango
def test_the_file_lies_encrypted_in_the_database_until_it_expires(http, manager, stad):
    vraag_pdf(http, manager)
    tasks.maak_rapporten()
    rapport = Rapport.objects.get()
    assert not bytes(rapport.versleuteld).startswith(b"%PDF")
    Rapport.objects.update(verloopt_op=fabriek.nu() - timedelta(minutes=1))
    assert http.get(reverse("rapportage:rapport", args=[rapport.kenmerk])).status_code == 404
    tasks.maak_rapporten()
    rapport.refresh_from_db()
    assert (rapport.status, rapport.versleuteld) == (RapportStatus.VERLOPEN, None)


def test_without_pango_the_reader_gets_a_sentence(http, manager, stad, monkeypatch):
    monkeypatch.setattr(drukwerk, "beschikbaar", lambda: False)
    monkeypatch.setattr("rapportage.views.uitval.beschikbaar", lambda: False)
    http.force_login(manager)
    pagina = http.get(reverse("rapportage:uitval"), VRAAG).content.decode()
    assert "afdrukken vanuit uw browser" in pagina
    assert "Maak PDF" not in pagina
    vraag_pdf(http, manager)
    tasks.maak_rapporten()
    assert "Pango ontbreekt" in http.get(reverse("rapportage:mijn-rapporten")).content.decode()


def test_a_fault_is_said_on_its_line_and_can_not_hide(http, manager, stad, monkeypatch):
    monkeypatch.setattr(tasks, "document", lambda *a: 1 / 0)
    vraag_pdf(http, manager)
    with pytest.raises(ZeroDivisionError):
        tasks.maak_rapporten()
    assert Rapport.objects.get().fout == tasks.STUK


def test_two_clicks_one_report_and_one_maker(http, manager, stad):
    sleutel = str(uuid.uuid4())
    assert vraag_pdf(http, manager, sleutel).url == vraag_pdf(http, manager, sleutel).url
    rapport = Rapport.objects.get()
    op = fabriek.nu()
    assert [neem_op(rapport=rapport, op=op) for _ in range(2)] == [True, False]
    assert not neem_op(rapport=rapport, op=op + TE_LANG)
    assert neem_op(rapport=rapport, op=op + TE_LANG + timedelta(seconds=1))


def test_who_lost_the_right_meanwhile_gets_nothing(http, manager, stad):
    vraag_pdf(http, manager)
    type(manager).objects.filter(pk=manager.pk).update(is_active=False)
    tasks.maak_rapporten()
    rapport = Rapport.objects.get()
    assert (rapport.status, rapport.versleuteld) == (RapportStatus.MISLUKT, None)


def test_a_report_is_of_who_asked_for_it(http, manager, stad):
    vraag_pdf(http, manager)
    rapport, collega = Rapport.objects.get(), fabriek.contractmanager()
    http.force_login(collega)
    assert http.get(reverse("rapportage:rapport", args=[rapport.kenmerk])).status_code == 404
    assert rapport.titel not in http.get(reverse("rapportage:mijn-rapporten")).content.decode()
    rls.zet(collega.bereik)
    assert Rapport.objects.count() == 0
    rls.zet(manager.bereik)
    assert Rapport.objects.count() == 1


def test_a_web_process_never_loads_weasyprint():
    """Half a second and 60 MB per worker (prestaties §5)."""
    code = "import django; django.setup(); import wmo_portal.urls, rapportage.tasks, sys; print('weasyprint' in sys.modules)"
    klaar = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert klaar.stdout.strip().endswith("False")


def test_a_web_process_rings_at_our_own_broker():
    """A shared task without our app would go to a default broker, where nobody listens."""
    code = "import django; django.setup(); from rapportage.tasks import maak_rapporten; print(maak_rapporten.app.main)"
    klaar = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert klaar.stdout.strip().endswith("wmo_portal")


# --- Command line ------------------------------------------------------------------------------------------------
@met_pango
def test_the_report_from_the_command_line(tmp_path, stad, capsys):
    boek, blad = tmp_path / "uitval.xlsx", tmp_path / "uitval.pdf"
    call_command("rapport", "--regio=h5", "--kwartaal=2026-K3", f"--excel={boek}", f"--pdf={blad}")
    assert "3 cliënten geteld, 0 niet; uitval 1 (33,3%)" in capsys.readouterr().out
    assert load_workbook(boek)["Uitval"]["A2"].value == "Westland"
    assert blad.read_bytes().startswith(b"%PDF")
    assert Gebeurtenis.objects.filter(actie="uitval.geexporteerd", actor_id=None).count() == 2


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        ({"regio": "xx"}, "geen regio"),
        ({"kwartaal": "2026-13"}, "geen kwartaal"),
        ({"gemeente": ["0935"]}, "hoort niet bij"),
        ({"excel": "/bestaat/niet/x.xlsx"}, "niet te schrijven"),
    ],
)
def test_a_wrong_command_says_what_to_do(stad, opties, zin):
    regels = [
        f"--{naam}={w}"
        for naam, waarde in opties.items()
        for w in (waarde if isinstance(waarde, list) else [waarde])
    ]
    basis = [] if "regio" in opties else ["--regio=h5"]
    with pytest.raises(CommandError, match=zin):
        call_command("rapport", *basis, *regels)


@pytest.mark.parametrize("aantal", [1, 3])
def test_my_reports_take_a_fixed_number_of_queries(http, manager, aantal, django_assert_num_queries):
    for _ in range(aantal):
        vraag_pdf(http, manager)
    with django_assert_num_queries(7):
        http.get(reverse("rapportage:mijn-rapporten"))
