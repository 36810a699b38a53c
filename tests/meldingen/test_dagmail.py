"""One mail a day per person: what is in it, who gets it when, and that nothing is told twice or lost."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from logboek.models import Gebeurtenis
from meldingen import actions
from meldingen.actions import kies, posten_eenmaal, ruim_op, verstuur
from meldingen.models import Gemeld, Meldingkeuze
from meldingen.queries import adressen_van_aanbieders
from meldingen.register import REGISTER, Bron, Deel, bronnen_voor, meld_aan
from meldingen.tasks import NietAlles, dagmail
from organisaties.enums import Rol
from resultaat.models import Herinnering, InformatieVraag
from stopberichten.enums import Berichtstatus, ToelichtingStatus
from stopberichten.models import Bericht, Toelichting
from techniek.models import Mail
from tests import fabriek
from tests.tegelijk import vijf_tegelijk, zonder_sloten
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

DAG = date(2026, 10, 8)  # a Thursday; 12 weeks before the end of the year, minus the 8 of the term
MORGEN = DAG + timedelta(days=1)


def op(dag: date = DAG, uur: int = 7) -> datetime:
    return datetime.combine(dag, time(uur), AMSTERDAM)


def draai(dag: date = DAG, uur: int = 7, **opties):
    uitslag = verstuur(vandaag=dag, moment=op(dag, uur), **opties)
    assert uitslag.fouten == []
    return uitslag


def jansen(**velden):
    """Mevrouw Jansen's care ends on 31 December: today the first reminder is due."""
    return fabriek.toewijzing(**velden)


def vraag(toewijzing, op_=None):
    return InformatieVraag.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        beschikking=toewijzing.beschikking,
        vraag="Hoe gaat het met mevrouw Jansen?",
        gesteld_op=op_ or op(DAG - timedelta(days=1)),
        gesteld_door=fabriek.consulent(email="karin@example.nl"),
    )


def nieuws(code="nieuws", rol=Rol.AANBIEDER, adressen=("sanne@example.nl",), sleutels=("a",)):
    """A kind of news that a test makes up."""

    def posten(vandaag, moment):
        per_adres = {adres: list(sleutels) for adres in adressen}
        return posten_eenmaal(
            code, per_adres, lambda adres, nieuw: Deel(code, (", ".join(nieuw),), len(nieuw))
        )

    return Bron(code, code.capitalize(), "", rol, posten)


# --- One mail ------------------------------------------------------------------------------------------------------
def test_everything_of_a_day_is_in_one_mail_and_no_client_is_in_it():
    """Sanne has a term, a question, an old draft, a decision and a refused message: five subjects, one mail."""
    toewijzing = jansen()
    sanne = fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    vraag(toewijzing)
    fabriek.formulier(
        toewijzing, status=ToelichtingStatus.CONCEPT, door=sanne, op=op(DAG - timedelta(days=9))
    )
    besloten = fabriek.formulier(jansen(aan=toewijzing.aanbieder), door=sanne, op=op(DAG - timedelta(days=3)))
    Toelichting.objects.filter(pk=besloten.pk).update(
        status=ToelichtingStatus.AFGEHANDELD,
        besluit="toegekend",
        besluit_tekst="Mevrouw Jansen mag door.",
        afgehandeld_op=op(DAG - timedelta(days=1)),
        afgehandeld_door=fabriek.consulent(),
    )
    stop = fabriek.stop(toewijzing, "20", DAG)
    Bericht.objects.filter(pk=stop.bericht_id).update(status=Berichtstatus.AFGEKEURD, ontvangen_op=op())
    uitslag = draai()
    mail = Mail.objects.get(aan="sanne@example.nl")
    assert set(uitslag.gemeld) >= {"termijn", "vraag", "toelichting", "besluit", "afgekeurd"}
    assert mail.onderwerp.startswith("Wmo-portaal: document nodig voor")
    assert mail.onderwerp.endswith(", en meer")
    for zin in (
        "De gemeente heeft een vraag aan u",
        "1 × concept dat nog niet is verstuurd",
        "een besluit op een verzoek om wijziging",
        "1 bericht is afgekeurd en telt als niet verstuurd",
        "evaluatieformulier voor",
    ):
        assert zin in mail.tekst
    for woord in ("Jansen", "1960", str(toewijzing.toewijzingnummer), toewijzing.beschikking.nummer):
        assert woord not in mail.onderwerp + mail.tekst
    assert draai(uur=15).mails == 0


def test_what_comes_up_after_todays_mail_waits_for_tomorrow_and_is_not_noted_before():
    toewijzing = jansen()
    fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    draai()
    rij = vraag(toewijzing, op(uur=9))
    assert not draai(uur=10).gemeld["vraag"]
    assert not Gemeld.objects.filter(sleutel=str(rij.kenmerk)).exists()
    assert draai(MORGEN).gemeld["vraag"] == 1
    assert (
        "De gemeente heeft een vraag" in Mail.objects.get(sleutel="dagmail:2026-10-09:sanne@example.nl").tekst
    )


def test_a_question_that_was_answered_meanwhile_is_not_told_any_more():
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=date(2027, 12, 31)))
    fatma = fabriek.medewerker(toewijzing.aanbieder)
    rij = vraag(toewijzing)
    InformatieVraag.objects.filter(pk=rij.pk).update(
        antwoord="Goed.", beantwoord_op=op(uur=6), beantwoord_door=fatma
    )
    assert draai().gemeld == {"antwoord": 1}
    assert Mail.objects.get().aan == "karin@example.nl"


def test_twenty_days_without_a_clock_are_caught_up_in_one_mail():
    toewijzing = jansen()
    fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    vraag(toewijzing, op(DAG + timedelta(days=3)))
    uitslag = draai(DAG + timedelta(days=20))
    assert (uitslag.mails_met["termijn"], uitslag.gemeld["termijn"], uitslag.gemeld["vraag"]) == (1, 2, 1)
    assert Mail.objects.filter(aan="sanne@example.nl").count() == 1


def test_the_administratie_hears_of_answers_to_send_and_the_contract_manager_of_opgaven():
    from tests.rapportage.opgavehulp import OP, contractmanager, ingediend

    ingediend()
    manager, ander = contractmanager(email="cm@example.nl"), fabriek.contractmanager(email="half@example.nl")
    anja = fabriek.administratie(email="anja@example.nl")
    Bericht.objects.update(retour_status="te_versturen")
    uitslag = verstuur(vandaag=OP.date(), moment=OP + timedelta(hours=1))
    assert uitslag.fouten == []
    per = dict(Mail.objects.values_list("aan", "onderwerp"))
    assert per[manager.email] == "Wmo-portaal: 1 kwartaalopgave is ingediend"
    assert "retourberichten wachten op versturen" in per[anja.email]
    assert ander.email not in per


# --- Choices -------------------------------------------------------------------------------------------------------
def test_somebody_chooses_kinds_days_and_hour():
    """Sanne wants mail on Fridays after noon, and none about questions."""
    toewijzing = jansen()
    sanne = fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    vraag(toewijzing)
    kies(gebruiker=sanne, uit=["vraag"], dagen=[5], vanaf_uur=12, op=op())
    fabriek.medewerker(toewijzing.aanbieder, email="omar@example.nl")
    assert set(draai().gemeld) - {"kopie"} == {"termijn", "vraag"}
    assert not Mail.objects.filter(aan="sanne@example.nl").exists()
    assert not draai(MORGEN, 11).gemeld["termijn"]
    assert draai(MORGEN, 12).gemeld["termijn"] == 1
    assert "vraag aan u" not in Mail.objects.get(aan="sanne@example.nl").tekst


def test_a_kind_that_everybody_turned_off_goes_to_the_organisation():
    toewijzing = jansen()
    for email in ("sanne@example.nl", "omar@example.nl"):
        wie = fabriek.medewerker(toewijzing.aanbieder, email=email)
        kies(gebruiker=wie, uit=["termijn"], dagen=[1, 2, 3, 4, 5, 6, 7], vanaf_uur=0, op=op())
    assert adressen_van_aanbieders("termijn") == {toewijzing.aanbieder_id: (toewijzing.aanbieder.email,)}
    assert set(adressen_van_aanbieders("vraag")[toewijzing.aanbieder_id]) == {
        "sanne@example.nl",
        "omar@example.nl",
    }
    draai()
    assert Mail.objects.get().aan == toewijzing.aanbieder.email


def test_the_page_keeps_the_choice_and_shows_what_was_sent(http):
    toewijzing = jansen()
    sanne = fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    draai()
    http.force_login(sanne)
    adres = reverse("meldingen:meldingen")
    pagina = http.get(adres).content.decode()
    assert "document nodig voor 1 cliënt" in pagina
    assert all(bron.label in pagina for bron in bronnen_voor("aanbieder"))
    assert "Retourberichten die u nog moet versturen" not in pagina
    antwoord = http.post(adres, {"soorten": ["termijn"], "dagen": ["1", "4"], "vanaf_uur": "12"})
    assert antwoord.status_code == 302
    keuze = Meldingkeuze.objects.get()
    assert (keuze.dagen, keuze.vanaf_uur, "termijn" in keuze.uit, "vraag" in keuze.uit) == (
        [1, 4],
        12,
        False,
        True,
    )
    assert Gebeurtenis.objects.get(actie="melding.kiezen").actor_id == sanne.pk


def test_no_day_is_no_choice_and_nothing_changes(http):
    http.force_login(fabriek.consulent())
    antwoord = http.post(reverse("meldingen:meldingen"), {"soorten": [], "vanaf_uur": "0"})
    assert antwoord.status_code == 422
    assert "Kies minstens één dag" in antwoord.content.decode()
    assert not Meldingkeuze.objects.exists()


def test_everybody_has_the_page_also_without_kinds(http):
    http.force_login(fabriek.beheerder())
    assert http.get(reverse("meldingen:meldingen")).status_code == 200
    assert http.post(reverse("meldingen:meldingen"), {"dagen": ["1"], "vanaf_uur": "0"}).status_code == 302


@pytest.mark.parametrize("fout", [{"dagen": []}, {"dagen": [8]}, {"dagen": [1], "vanaf_uur": 24}])
def test_the_database_refuses_a_choice_that_cannot_be(fout):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meldingkeuze.objects.create(gebruiker=fabriek.consulent(), gewijzigd_op=op(), **fout)


# --- What goes wrong ----------------------------------------------------------------------------------------------
def kapot(vandaag, moment):
    raise RuntimeError("De bron is stuk.")


def test_one_kind_that_fails_does_not_hold_up_the_others_and_the_job_says_so(monkeypatch):
    stuk = Bron("stuk", "Stuk", "", Rol.AANBIEDER, kapot)
    uitslag = verstuur(vandaag=DAG, moment=op(), bronnen=[stuk, nieuws()])
    assert (uitslag.mails, uitslag.fouten) == (1, ["stuk"])
    monkeypatch.setattr("meldingen.register.REGISTER", [stuk])
    monkeypatch.setattr(actions, "REGISTER", [stuk])
    with pytest.raises(NietAlles, match="Niet gelukt: stuk"):
        dagmail()


def test_one_recipient_that_fails_does_not_hold_up_the_others_and_nothing_of_his_is_noted(monkeypatch):
    echt = actions.zet_mail_klaar

    def soms(**w):
        if w["aan"] == "a@example.nl":
            raise RuntimeError("Niet bij deze.")
        return echt(**w)

    monkeypatch.setattr(actions, "zet_mail_klaar", soms)
    bron = nieuws(adressen=("a@example.nl", "b@example.nl"))
    uitslag = verstuur(vandaag=DAG, moment=op(), bronnen=[bron])
    assert (uitslag.mails, uitslag.fouten) == (1, ["een ontvanger"])
    assert list(Gemeld.objects.values_list("ontvanger", flat=True)) == ["b@example.nl"]


def test_old_news_is_forgotten_after_more_than_a_year():
    verstuur(vandaag=DAG, moment=op(), bronnen=[nieuws()])
    assert ruim_op(moment=op() + timedelta(days=400)) == 0
    assert ruim_op(moment=op() + timedelta(days=401)) == 1


def test_how_long_is_a_setting(settings):
    settings.MELDINGEN_DAGEN = 100
    verstuur(vandaag=DAG, moment=op(), bronnen=[nieuws()])
    assert ruim_op(moment=op() + timedelta(days=100)) == 0
    assert ruim_op(moment=op() + timedelta(days=101)) == 1


def test_each_kind_is_there_once_and_fits_its_column():
    voor = list(REGISTER)
    meld_aan(*voor)
    assert voor == REGISTER
    codes = [bron.code for bron in REGISTER]
    assert len(codes) == len(set(codes))
    assert all(len(code) <= 20 for code in codes)


# --- Five at once -------------------------------------------------------------------------------------------------
def race(monkeypatch):
    """Nobody takes anything before all five have read that nothing was told."""
    bron = nieuws(sleutels=("a", "b", "c"))
    vijf_tegelijk(
        monkeypatch,
        actions,
        "nog_niet_gemeld",
        lambda: verstuur(vandaag=DAG, moment=op(), bronnen=[bron]),
    )


@pytest.mark.django_db(transaction=True)
def test_five_at_once_make_one_mail(monkeypatch):
    race(monkeypatch)
    assert (Mail.objects.count(), Gemeld.objects.count()) == (1, 3)
    assert Mail.objects.get().tekst.count("a, b, c") == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_there_are_more(monkeypatch):
    """Negative control: without the unique row and the key of the day the same race sends five."""
    with zonder_sloten(
        monkeypatch, module=actions, sql="NEEM", mailer=actions, model=Gemeld, slot="gemeld_eenmaal"
    ):
        race(monkeypatch)
        assert Mail.objects.count() == 5


def test_no_reminder_is_noted_without_its_mail():
    toewijzing = jansen()
    fabriek.medewerker(toewijzing.aanbieder, email="sanne@example.nl")
    draai()
    assert Herinnering.objects.get().mail_sleutel == Mail.objects.get(aan="sanne@example.nl").sleutel
