"""Reports that nobody has to ask for, made once, caught up after an outage, and told in the one mail a day."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from logboek.models import Gebeurtenis
from meldingen.actions import verstuur
from organisaties.enums import Rol
from rapportage import tasks
from rapportage.actions import kwartaalrapporten
from rapportage.actions.kwartaalrapporten import plan_kwartaalrapporten, sleutel, te_maken_kwartalen
from rapportage.actions.rapporten import geef, lever, vraag_aan
from rapportage.actions.rapportmeldingen import BRONNEN, klaar_en_ongelezen
from rapportage.models import Rapport
from rapportage.statussen import Rapportsoort
from techniek.models import Mail
from tests import fabriek
from tests.rapportage.test_uitval import zorg
from wmo_portal.lib.drukwerk import beschikbaar
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

K2, K3 = Kwartaal(2026, 2), Kwartaal(2026, 3)
BEGIN = datetime(2026, 5, 1, 9, 0, tzinfo=AMSTERDAM)
OP = datetime(2026, 10, 10, 9, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def noor():
    """Sees the whole region, since May."""
    return fabriek.contractmanager(fabriek.westland(), fabriek.delft(), aangemaakt_op=BEGIN)


def gevraagd():
    return set(Rapport.objects.values_list("automatisch", flat=True))


# --- Which quarters ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("vandaag", "sinds", "kwartalen"),
    [
        (date(2026, 10, 9), date(2026, 9, 1), []),
        (date(2026, 10, 10), date(2026, 9, 1), [K3]),
        (date(2026, 10, 10), date(2026, 9, 30), [K3]),
        (date(2026, 10, 10), date(2026, 10, 1), []),
        (date(2026, 10, 9), date(2026, 5, 1), [K2]),
        (date(2026, 10, 10), date(2020, 1, 1), [Kwartaal(2025, 4), Kwartaal(2026, 1), K2, K3]),
    ],
)
def test_which_quarters_are_due(vandaag, sinds, kwartalen):
    assert te_maken_kwartalen(vandaag, sinds) == kwartalen


def test_two_reports_per_region_and_quarter_once_however_often_the_clock_ticks(noor):
    assert [plan_kwartaalrapporten(op=OP) for _ in range(3)] == [4, 0, 0]
    assert gevraagd() == {
        sleutel(soort, fabriek.regio(), k)
        for k in (K2, K3)
        for soort in (Rapportsoort.UITVAL, Rapportsoort.RESULTAAT)
    }


def test_after_an_outage_of_half_a_year_nothing_is_missing(noor):
    plan_kwartaalrapporten(op=datetime(2026, 7, 10, 9, 0, tzinfo=AMSTERDAM))
    assert len(gevraagd()) == 2
    assert plan_kwartaalrapporten(op=datetime(2027, 1, 12, 9, 0, tzinfo=AMSTERDAM)) == 4


def test_what_expired_is_not_made_again(noor):
    plan_kwartaalrapporten(op=OP)
    Rapport.objects.update(status="verlopen")
    assert plan_kwartaalrapporten(op=OP + timedelta(days=40)) == 0


def test_only_for_who_sees_the_whole_region_and_is_there(noor):
    fabriek.contractmanager(fabriek.westland(), aangemaakt_op=BEGIN)
    fabriek.contractmanager(fabriek.westland(), fabriek.delft(), aangemaakt_op=BEGIN, is_active=False)
    fabriek.administratie(fabriek.westland(), fabriek.delft(), aangemaakt_op=BEGIN)
    plan_kwartaalrapporten(op=OP)
    assert set(Rapport.objects.values_list("aanvrager_id", flat=True)) == {noor.pk}


def test_two_workers_at_once_ask_once(noor, monkeypatch):
    """The second worker looked before the first wrote."""
    gezien = list(kwartaalrapporten._ontbrekend(OP.date()))
    plan_kwartaalrapporten(op=OP)
    monkeypatch.setattr(kwartaalrapporten, "_ontbrekend", lambda vandaag: iter(gezien))
    assert plan_kwartaalrapporten(op=OP) == 0
    assert Rapport.objects.count() == 4


def test_a_person_may_ask_for_the_same_as_often_as_they_like(noor):
    for _ in range(2):
        vraag(noor)
    with pytest.raises(IntegrityError):
        vraag(noor, automatisch="x"), vraag(noor, automatisch="x")


def vraag(wie, automatisch="", soort=Rapportsoort.UITVAL):
    return vraag_aan(
        soort=soort, titel="Uitval", filters={"regio": "h5", "kwartaal": "2026-K3"}, bestandsnaam="uitval.pdf",
        door=wie, op=OP, automatisch=automatisch,
    )  # fmt: skip


@pytest.mark.skipif(not beschikbaar(), reason="without Pango no PDF can be made on this machine")
def test_the_clock_makes_them_and_the_list_says_so(http, noor, monkeypatch):
    zorg("Canarie", code="21")
    monkeypatch.setattr(tasks, "nu", lambda: OP)
    monkeypatch.setattr(kwartaalrapporten, "HOOGSTENS", 1)
    assert tasks.maak_rapporten() == "2 kwartaalrapporten gepland, 2 rapporten gemaakt, 0 verlopen."
    assert set(Rapport.objects.values_list("status", "fout")) == {("klaar", "")}
    http.force_login(noor)
    assert (
        "Elk kwartaal vanzelf: h5, 3e kwartaal 2026"
        in http.get(reverse("rapportage:mijn-rapporten")).content.decode()
    )


# --- The one mail a day ----------------------------------------------------------------------------------------------------
def klaar(wie):
    rapport = vraag(wie)
    lever(rapport=rapport, inhoud=b"%PDF", regels=0, op=OP, door=wie)
    return rapport


def test_ready_reports_are_told_once_and_not_when_opened(noor):
    klaar(noor), klaar(noor)
    geef(rapport=klaar(noor), door=noor)
    assert len(klaar_en_ongelezen(Rol.CONTRACTMANAGER, OP)) == 2
    morgen = OP + timedelta(days=1)
    for _ in range(3):
        verstuur(vandaag=morgen.date(), moment=morgen, bronnen=BRONNEN)
    (mail,) = Mail.objects.all()
    assert mail.aan == noor.email.lower()
    assert "2 rapporten staan voor u klaar" in mail.tekst
    overmorgen = morgen + timedelta(days=1)
    verstuur(vandaag=overmorgen.date(), moment=overmorgen, bronnen=BRONNEN)
    assert Mail.objects.count() == 1


def test_what_expired_is_no_news(noor):
    klaar(noor)
    assert klaar_en_ongelezen(Rol.CONTRACTMANAGER, OP + timedelta(days=31)) == []
    assert klaar_en_ongelezen(Rol.ADMINISTRATIE, OP) == []


def test_asking_by_the_clock_is_in_the_log(noor):
    plan_kwartaalrapporten(op=OP)
    details = Gebeurtenis.objects.filter(actie="rapport.aangevraagd").values_list("details", flat=True)
    assert {d["automatisch"] for d in details} == gevraagd()
