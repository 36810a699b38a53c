"""Contract manager Noor prepares the talk with De Linde about the third quarter of 2026 (R104, M13)."""

import io
import re
import uuid
from datetime import datetime

import pikepdf
import pytest
from django.urls import reverse
from openpyxl import load_workbook

from logboek.models import Gebeurtenis
from organisaties.models import Aanbieder
from organisaties.rollen import Mag
from rapportage import tasks
from rapportage.actions.gesprek import GesprekBotsing, GesprekFout, begin, bewaar, meld_gedaan, spreek_af
from rapportage.actions.rapporten import geef
from rapportage.actions.vaststellen import stel_vast
from rapportage.excel.gesprek import werkboek
from rapportage.excel.uitval import ZONDER_LIJST
from rapportage.gesprekbeeld import doelrijen
from rapportage.models import Gespreksactie, Kwartaalgesprek, Rapport
from rapportage.overzicht import Keuze
from rapportage.queries.gesprek import gesprek_van, te_voeren
from rapportage.queries.uitval import uitval
from rapportage.tabellen import per_gemeente
from rapportage.verantwoording import Kop
from resultaat.enums import Uitkomst
from tests import fabriek
from tests.rapportage.doorklikken import volg_elk_getal
from tests.rapportage.opgavehulp import K3, contractmanager, ingediend, regio_met_twee, zorg
from tests.rapportage.test_rapporten import met_pango, woorden
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

OP = datetime(2026, 10, 12, 9, 0, tzinfo=AMSTERDAM)
VANDAAG = OP.date()


@pytest.fixture
def noor():
    return contractmanager(naam="Noor Visser")


@pytest.fixture
def linde():
    """De Linde sent its kwartaalopgave; De Eik is another provider, a canary."""
    opgave, _ = ingediend()
    zorg(fabriek.aanbieder("De Eik"), "Canarie", "22")
    return opgave.aanbieder


def start(noor, aanbieder, kwartaal=K3):
    return begin(regio=fabriek.regio(), aanbieder=aanbieder, kwartaal=kwartaal, door=noor, op=OP)


# --- What stands in it -------------------------------------------------------------------------------------------------
def test_everything_of_one_provider_and_nothing_of_another(noor, linde):
    gesprek = gesprek_van(noor, start(noor, linde), VANDAAG)
    keuze = Keuze(K3.periode, regio_id=fabriek.regio().pk, aanbieder_ids=(linde.pk,))
    assert per_gemeente(gesprek.uitval) == per_gemeente(uitval(noor, keuze))
    assert gesprek.uitval.totaal.totaal == 3
    assert [t["tekst"] for t in gesprek.beeld["uitval"]["toelichtingen"] if t["aantal"]] == [
        "Vooral bij verhuizing naar familie."
    ]
    assert len(gesprek.doelen) == 5
    assert gesprek.beeld["ervaring"]["antwoorden"]
    assert sum(score.beoordeeld for score in gesprek.kwaliteit.scores.values()) >= 0
    assert gesprek.vast is None


def test_a_frozen_quarter_gives_its_own_figures_whatever_came_in_later(noor, linde):
    vast = stel_vast(regio=fabriek.regio(), kwartaal=K3, door=noor, op=OP)
    rij = start(noor, linde)
    voor = gesprek_van(noor, rij, VANDAAG)
    zorg(linde, "Later", "21")
    na = gesprek_van(noor, rij, VANDAAG)
    assert na.vast == vast
    assert per_gemeente(na.uitval) == per_gemeente(voor.uitval)
    assert na.uitval.totaal.totaal == 3
    assert {regel.aanbieder_id for regel in na.uitval.regels} == {linde.pk}


def doel(code, **scores):
    return {
        "code": code,
        "tekst": code.upper(),
        "toelichting": "",
        "scores": [{"as": a, "score": s} for a, s in scores.items()],
    }


def test_scores_stand_beside_those_of_the_quarter_before():
    nu = {"doelen": [doel("a", realisatie=3, ambitie=4, prioriteit=2), doel("nieuw", realisatie=1)]}
    toen = {"doelen": [doel("a", realisatie=2, ambitie=4, prioriteit=3), doel("weg", realisatie=1)]}
    a, nieuw = doelrijen(nu, toen)
    assert [anders for *_, anders in a.assen] == ["+1", "gelijk", "−1"]
    assert nieuw.assen[0] == ("realisatie", None, 1, "niet te vergelijken")
    assert doelrijen(None, toen) == []


# --- Notes: who, when, and nobody's text is lost --------------------------------------------------------------------------
def schrijf(rij, noor, verslag, versie, op=OP):
    return bewaar(gesprek=rij, gespreksdatum=VANDAAG, verslag=verslag, versie=versie, door=noor, op=op)


def test_notes_say_who_and_when(noor, linde):
    rij = schrijf(start(noor, linde), noor, "Goed gesprek.", 1)
    assert (rij.versie, rij.bewaard_door, rij.bewaard_op) == (2, noor, OP)
    assert Gebeurtenis.objects.filter(actie="kwartaalgesprek.bewaard").count() == 1


def test_a_second_writer_sees_both_versions_and_saving_the_same_twice_is_once(noor, linde):
    rij = start(noor, linde)
    schrijf(rij, noor, "Van Noor.", 1)
    assert schrijf(rij, noor, "Van Noor.", 1).versie == 2
    with pytest.raises(GesprekBotsing) as fout:
        schrijf(rij, contractmanager(), "Van Bas.", 1)
    assert fout.value.gesprek.verslag == "Van Noor."
    assert schrijf(rij, noor, "Van allebei.", 2).versie == 3


def test_actions_stay_in_sight_until_they_are_done(noor, linde):
    vorig, nu = start(noor, linde, K3.vorige), start(noor, linde)
    oud = spreek_af(
        gesprek=vorig, tekst="Wachtlijst korter.", wie="De Linde", uiterlijk=None, door=noor, op=OP
    )
    nieuw = spreek_af(gesprek=nu, tekst="Cijfers nakijken.", wie="Noor", uiterlijk=VANDAAG, door=noor, op=OP)
    assert gesprek_van(noor, nu, VANDAAG).acties == [nieuw, oud]
    assert gesprek_van(noor, vorig, VANDAAG).acties == [oud]
    meld_gedaan(actie=oud, gedaan=True, versie=1, door=noor, op=OP)
    assert gesprek_van(noor, nu, VANDAAG).acties == [nieuw]
    assert meld_gedaan(actie=oud, gedaan=True, versie=1, door=noor, op=OP).versie == 2
    with pytest.raises(GesprekFout, match="intussen gewijzigd"):
        meld_gedaan(actie=oud, gedaan=False, versie=1, door=noor, op=OP)


def test_a_quarter_that_runs_has_no_talk_yet_and_half_a_region_neither(noor, linde):
    with pytest.raises(GesprekFout, match="loopt nog"):
        start(noor, linde, K3.volgende)
    with pytest.raises(GesprekFout, match="geen toegang"):
        start(fabriek.contractmanager(fabriek.westland()), linde)


def test_begun_twice_is_one(noor, linde):
    assert start(noor, linde) == start(contractmanager(), linde)
    assert Kwartaalgesprek.objects.count() == 1


def test_the_walls(noor, linde):
    rij = start(noor, linde)
    spreek_af(gesprek=rij, tekst="x", wie="y", uiterlijk=None, door=noor, op=OP)
    half = fabriek.contractmanager(fabriek.westland())
    for wie in (half, fabriek.medewerker(linde), fabriek.consulent(fabriek.westland(), fabriek.delft())):
        assert not Kwartaalgesprek.objects.visible_to(wie).exists()
        assert not Gespreksactie.objects.visible_to(wie).exists()
    for wie in (half, fabriek.medewerker(linde)):
        rls.zet(wie.bereik)
        assert Kwartaalgesprek.objects.count() == Gespreksactie.objects.count() == 0
    rls.zet(noor.bereik)
    assert Kwartaalgesprek.objects.count() == Gespreksactie.objects.count() == 1


def test_a_provider_that_sent_nothing_is_in_the_list_too(noor):
    regio_met_twee()
    zorg(fabriek.aanbieder("De Linde"), "De Wit")
    (regel,) = te_voeren(noor, K3, VANDAAG)
    assert (regel.verwacht.aanbieder.naam, regel.gesprek, regel.open_acties) == ("De Linde", None, 0)
    gesprek = gesprek_van(noor, start(noor, regel.verwacht.aanbieder), VANDAAG)
    assert (gesprek.indiening, gesprek.doelen) == (None, [])


# --- Screens -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def scherm(http, noor, monkeypatch):
    monkeypatch.setattr("rapportage.views.gesprekken.vandaag", lambda: VANDAAG)
    monkeypatch.setattr("rapportage.views.gesprekken.nu", lambda: OP)
    http.force_login(noor)
    return http


def adres(rij, naam="gesprek"):
    return reverse(f"rapportage:{naam}", args=[rij.kenmerk])


def test_from_the_list_to_the_document_with_notes_and_actions(scherm, noor, linde):
    lijst = scherm.get(reverse("rapportage:gesprekken"), {"kwartaal": "2026-K3"}).content.decode()
    assert "De Linde" in lijst
    keuze = {"kwartaal": "2026-K3", "regio": "h5", "aanbieder": linde.agb}
    antwoord = scherm.post(reverse("rapportage:gesprek-beginnen"), keuze)
    rij = Kwartaalgesprek.objects.get()
    assert antwoord.url == adres(rij)
    scherm.post(adres(rij), {"versie": "1", "verslag": "Besproken.", "gespreksdatum": "12-10-2026"})
    klik = {"tekst": "Cijfers nakijken.", "wie": "Noor", "eenmalig": str(uuid.uuid4())}
    scherm.post(adres(rij, "gesprek-actie"), klik), scherm.post(adres(rij, "gesprek-actie"), klik)
    actie = Gespreksactie.objects.get()
    pagina = scherm.get(adres(rij)).content.decode()
    for woord in (
        "Besproken.",
        "Cijfers nakijken.",
        "Vooral bij verhuizing naar familie.",
        "<svg",
        "Noor Visser",
    ):
        assert woord in pagina
    assert not re.search(r"Canarie|De Wit|Yilmaz|9999\d{5}", pagina)
    scherm.post(
        adres(actie, "gesprek-actie-gedaan"), {"gedaan": "1", "versie": "1", "gesprek": str(rij.kenmerk)}
    )
    assert "Gedaan op" in scherm.get(adres(rij)).content.decode()


def test_each_number_of_the_talk_opens_its_clients_also_when_the_quarter_is_frozen(scherm, noor, linde):
    rij = start(noor, linde)
    assert volg_elk_getal(scherm, scherm.get(adres(rij)), reverse("rapportage:uitval-clienten")) >= 3
    vast = stel_vast(regio=fabriek.regio(), kwartaal=K3, door=noor, op=OP)
    lijst = reverse("rapportage:vaststelling-clienten", args=[vast.kenmerk])
    assert volg_elk_getal(scherm, scherm.get(adres(rij)), lijst) >= 3


def test_a_conflict_shows_both_and_keeps_what_was_typed(scherm, noor, linde):
    rij = schrijf(start(noor, linde), noor, "Van Noor.", 1)
    antwoord = scherm.post(adres(rij), {"versie": "1", "verslag": "Van Bas.", "gespreksdatum": ""})
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "Van Noor." in tekst
    assert "Van Bas." in tekst
    assert 'name="versie" value="2"' in tekst


def test_an_empty_action_says_what_is_missing(scherm, noor, linde):
    antwoord = scherm.post(adres(start(noor, linde), "gesprek-actie"), {"tekst": "", "wie": ""})
    assert antwoord.status_code == 422
    assert "Vul in wie het doet" in antwoord.content.decode()


def test_marks_on_the_page_are_a_look_in_the_log(scherm, noor, linde):
    fabriek.stop(zorg(linde, "Canarie"), "36")
    scherm.get(adres(start(noor, linde)))
    regel = Gebeurtenis.objects.filter(actie="kwartaalgesprek.clienten_bekeken").first()
    gezien = bool(gesprek_van(noor, Kwartaalgesprek.objects.get(), VANDAAG).aandacht)
    assert (regel is not None) == gezien


def test_a_provider_outside_the_list_cannot_be_begun(scherm, linde):
    vreemd = fabriek.aanbieder("De Den")
    keuze = {"kwartaal": "2026-K3", "regio": "h5", "aanbieder": vreemd.agb}
    assert scherm.post(reverse("rapportage:gesprek-beginnen"), keuze).status_code == 404


@pytest.mark.parametrize(
    "maak", [fabriek.consulent, fabriek.medewerker, fabriek.administratie, fabriek.beheerder]
)
def test_others_are_told_it_does_not_exist(http, noor, linde, maak):
    rij = start(noor, linde)
    http.force_login(maak())
    assert http.get(reverse("rapportage:gesprekken")).status_code == 404
    assert http.get(adres(rij)).status_code == 404


# --- PDF -----------------------------------------------------------------------------------------------------------------
@met_pango
def test_the_pdf_says_what_the_page_says(scherm, noor, linde, monkeypatch):
    monkeypatch.setattr(tasks, "nu", lambda: OP)
    rij = schrijf(start(noor, linde), noor, "Besproken.", 1)
    scherm.post(adres(rij, "gesprek-pdf"), {"eenmalig": str(uuid.uuid4())})
    tasks.maak_rapporten()
    rapport = Rapport.objects.get()
    assert rapport.fout == ""
    inhoud = geef(rapport=rapport, door=noor)
    tekst = woorden(inhoud)
    gesprek = gesprek_van(noor, rij, VANDAAG)
    regel = next(r for r in tekst.splitlines() if r.strip().startswith("Westland"))
    assert [int(n) for n in re.findall(r"(\d+) \(", regel)] == [
        c.aantal for r in per_gemeente(gesprek.uitval).rijen if r.label == "Westland" for c in r.cellen
    ]
    for woord in ("Besproken.", "Vooral bij verhuizing naar familie.", "Cliëntervaring", "Tegenspraken"):
        assert woord in tekst
    assert not re.search(r"Canarie|Yilmaz", tekst)
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "nl"
        assert str(pdf.docinfo["/Title"]).startswith("Kwartaalgesprek De Linde")


# --- Excel ---------------------------------------------------------------------------------------------------------------
CLIENTBLADEN = {"Berichten met aandacht", "Tegenspraken"}


def rijen(boek, blad):
    return [list(rij) for rij in boek[blad].iter_rows(min_row=2, values_only=True)]


def test_the_workbook_holds_the_numbers_of_the_page(scherm, noor, linde):
    rij = schrijf(start(noor, linde), noor, "=Besproken.", 1)
    spreek_af(gesprek=rij, tekst="Bel de familie", wie="Anna", uiterlijk=None, door=noor, op=OP)
    antwoord = scherm.get(adres(rij, "gesprek-excel"))
    boek = load_workbook(io.BytesIO(antwoord.content))
    gesprek = gesprek_van(noor, rij, VANDAAG)
    tabel = per_gemeente(gesprek.uitval)
    assert [r[: len(tabel.totaal.cellen) + 2] for r in rijen(boek, "Uitval")] == [
        [r.label, *(cel.aantal for cel in r.cellen), r.totaal.aantal] for r in (*tabel.rijen, tabel.totaal)
    ]
    assert [r[:3] for r in rijen(boek, "Uitval per kwartaal")] == [
        [str(k.kwartaal), k.verdeling.totaal, k.verdeling.uitval] for k in gesprek.verloop
    ]
    totaal = gesprek.resultaat.totaal
    assert rijen(boek, "Resultaat behaald")[0][: len(Uitkomst) + 1] == [
        *(totaal.aantallen[u] for u in Uitkomst), totaal.totaal
    ]  # fmt: skip
    assert [r[2:4] for r in rijen(boek, "Kwaliteit stopberichten")] == [
        [s.goed, s.beoordeeld] for s in gesprek.kwaliteit.scores.values()
    ]
    assert [r[0] for r in rijen(boek, "Beleidsdoelen")] == [doel.tekst for doel in gesprek.doelen]
    assert "Vooral bij verhuizing naar familie." in [r[2] for r in rijen(boek, "Toelichting aanbieder")]
    assert [r[0] for r in rijen(boek, "Acties")] == ["Bel de familie"]
    assert ["Verslag", "=Besproken."] in rijen(boek, "Toelichting")
    assert not re.search(r"Canarie|Yilmaz", str([rijen(boek, blad) for blad in boek.sheetnames]))


def test_clients_stand_in_the_workbook_by_mark_and_only_for_who_may_see_them(scherm, noor, linde):
    fabriek.stop(zorg(linde, "Yilmaz"), "36", ontvangen_na_werkdagen=30)
    rij = start(noor, linde)
    gesprek = gesprek_van(noor, rij, VANDAAG)
    met, zonder = (
        load_workbook(io.BytesIO(werkboek(gesprek, Kop("Gesprek", "Noor Visser", OP), met_clienten=mag)))
        for mag in (True, False)
    )
    assert [r[0] for r in rijen(met, "Berichten met aandacht")] == [
        rij.merk for rij in gesprek.aandacht for _ in rij.punten
    ]
    assert set(met.sheetnames) >= CLIENTBLADEN
    assert not CLIENTBLADEN & set(zonder.sheetnames)
    assert ["Cliënten", ZONDER_LIJST] in rijen(zonder, "Toelichting")
    assert scherm.get(adres(rij, "gesprek-excel")).status_code == 200
    regel = Gebeurtenis.objects.get(actie="kwartaalgesprek.geexporteerd")
    assert regel.details["met_clienten"] == noor.mag(Mag.CLIENTEN_ACHTER_CIJFERS)


def test_without_a_kwartaalopgave_the_workbook_says_so(scherm, noor, linde):
    eik = Aanbieder.objects.get(naam="De Eik")
    antwoord = scherm.get(adres(start(noor, eik), "gesprek-excel"))
    boek = load_workbook(io.BytesIO(antwoord.content))
    assert "Beleidsdoelen" not in boek.sheetnames
    assert ["Kwartaalopgave", "De aanbieder heeft over dit kwartaal nog niets ingediend."] in rijen(
        boek, "Toelichting"
    )
