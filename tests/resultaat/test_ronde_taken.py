"""Which rounds are due: from state, so a missed tick, a dead beat or a killed worker is caught up. And the command."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from meldingen import tasks as post
from resultaat import tasks
from resultaat.actions import ronde as rondes
from resultaat.actions.ronde import voer_ronde_uit
from resultaat.actions.ronde_terug import draai_terug
from resultaat.models import Resultaat, Ronde
from resultaat.queries.rondes_te_doen import aan_de_beurt
from resultaat.statussen import RondeStatus
from stopberichten.models import Stop
from techniek.models import Hartslag
from tests import fabriek
from wmo_portal.lib.perioden import Maand

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EIND = date(2026, 9, 30)


def op(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, 6, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def klok(monkeypatch):
    """The day of the story, for the doors."""

    def zet(dag: date) -> None:
        monkeypatch.setattr(tasks, "vandaag", lambda: dag)
        monkeypatch.setattr(tasks, "nu", lambda: op(dag))
        monkeypatch.setattr(post, "vandaag", lambda: dag)
        monkeypatch.setattr(post, "nu", lambda: op(dag))

    return zet


def maanden(dag: date) -> list[str]:
    return [f"{gemeente.code} {maand}" for gemeente, maand in aan_de_beurt(dag)]


def jansen(eind: date = EIND) -> Stop:
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=eind))
    fabriek.formulier(toewijzing)
    return fabriek.stop(toewijzing)


def gedaan(maand: Maand, **velden) -> Ronde:
    velden = {"status": RondeStatus.KLAAR, "klaar_op": op(maand.volgende.eerste), **velden}
    gemeente = fabriek.westland(ronde_automatisch=True)
    return Ronde.objects.create(
        gemeente=gemeente, maand=maand.eerste, begonnen_op=op(maand.volgende.eerste), **velden
    )


def test_alleen_waar_de_ronde_vanzelf_loopt():
    fabriek.westland(ronde_automatisch=True)
    fabriek.delft()
    assert maanden(date(2026, 10, 1)) == ["1783 2026-09"]


@pytest.mark.parametrize(("dag", "maand"), [(4, "2026-08"), (5, "2026-09"), (28, "2026-09")])
def test_de_ronde_begint_op_de_dag_die_de_gemeente_koos(dag, maand):
    fabriek.westland(ronde_automatisch=True, ronde_dag=5)
    assert maanden(date(2026, 10, dag)) == [f"1783 {maand}"]


def test_over_de_jaarwisseling():
    fabriek.westland(ronde_automatisch=True)
    assert maanden(date(2027, 1, 1)) == ["1783 2026-12"]


def test_alle_gemiste_maanden_worden_ingehaald_oudste_eerst():
    gedaan(Maand(2026, 6))
    assert maanden(date(2026, 10, 1)) == ["1783 2026-07", "1783 2026-08", "1783 2026-09"]


def test_een_gat_tussen_gedane_maanden_ook():
    gedaan(Maand(2026, 7))
    gedaan(Maand(2026, 9))
    assert maanden(date(2026, 10, 1)) == ["1783 2026-08"]


def test_een_maand_die_met_de_hand_te_vroeg_ging_gaat_na_haar_einde_nog_eens():
    gedaan(Maand(2026, 9), klaar_op=op(date(2026, 9, 20)))
    assert maanden(date(2026, 10, 1)) == ["1783 2026-09"]


def test_een_teruggedraaide_maand_wacht_op_een_mens():
    gedaan(
        Maand(2026, 9),
        status=RondeStatus.TERUGGEDRAAID,
        teruggedraaid_op=op(date(2026, 10, 1)),
        teruggedraaid_reden="Verkeerd ingesteld.",
    )
    assert maanden(date(2026, 10, 2)) == []


def test_een_proefdraai_telt_niet_als_gedaan():
    gedaan(Maand(2026, 9), proef=True)
    assert maanden(date(2026, 10, 2)) == ["1783 2026-09"]


def test_de_klok_doet_wat_aan_de_beurt_is_en_de_volgende_keer_niets(klok):
    fabriek.westland(ronde_automatisch=True)
    stop = jansen()
    klok(date(2026, 10, 1))
    assert tasks.rondes_aan_de_beurt() == (
        "Ronde Westland september 2026: 1 stopberichten bekeken, 1 gewijzigd."
    )
    assert Resultaat.objects.get().stop == stop
    assert Ronde.objects.get().begonnen_door is None
    assert tasks.rondes_aan_de_beurt() == "Er was geen ronde aan de beurt."
    assert Hartslag.objects.get(taak="rondes_aan_de_beurt").gelukt


def test_drie_dagen_dode_klok_over_het_maandeinde(klok):
    """Beat stood still from 30 September to 3 October: the month is not skipped."""
    fabriek.westland(ronde_automatisch=True)
    jansen()
    klok(date(2026, 10, 3))
    tasks.rondes_aan_de_beurt()
    assert Ronde.objects.get().maand == date(2026, 9, 1)


def test_een_afgebroken_ronde_wordt_afgemaakt_ook_zonder_automaat(klok):
    jansen()
    gemeente = fabriek.westland()
    Ronde.objects.create(gemeente=gemeente, maand=date(2026, 9, 1), begonnen_op=op(date(2026, 10, 1)))
    klok(date(2026, 10, 2))
    tasks.rondes_aan_de_beurt()
    assert Ronde.objects.get().status == "klaar"
    assert Resultaat.objects.exists()


def test_een_ronde_die_drie_keer_mislukte_wacht_op_een_mens(klok, monkeypatch):
    fabriek.westland(ronde_automatisch=True)
    jansen()
    klok(date(2026, 10, 1))

    def hapert(ronde, bereik):
        raise RuntimeError("kapot")

    monkeypatch.setattr(rondes, "_een_batch", hapert)
    for _ in range(3):
        assert tasks.rondes_aan_de_beurt() == "Een ronde stopte met een fout (RuntimeError)."
    assert Ronde.objects.get().pogingen == 3
    assert tasks.rondes_aan_de_beurt() == "Er was geen ronde aan de beurt."


def test_een_gemeente_die_hapert_houdt_de_andere_niet_op(klok, monkeypatch):
    westland, delft = fabriek.westland(ronde_automatisch=True), fabriek.delft(ronde_automatisch=True)
    for gemeente in (westland, delft):
        toewijzing = fabriek.toewijzing(fabriek.beschikking(fabriek.client(gemeente), eind=EIND))
        fabriek.formulier(toewijzing)
        fabriek.stop(toewijzing)
    echt = rondes._een_batch

    def hapert_in_delft(ronde, bereik):
        if ronde.gemeente == delft:
            raise RuntimeError("kapot")
        return echt(ronde, bereik)

    monkeypatch.setattr(rondes, "_een_batch", hapert_in_delft)
    klok(date(2026, 10, 1))
    tasks.rondes_aan_de_beurt()
    assert dict(Ronde.objects.values_list("gemeente__naam", "status")) == {
        "Delft": "mislukt",
        "Westland": "klaar",
    }


def test_de_taak_van_het_scherm_doet_een_ronde(klok):
    jansen()
    ronde = Ronde.objects.create(
        gemeente=fabriek.westland(), maand=date(2026, 9, 1), proef=True, begonnen_op=op(date(2026, 10, 1))
    )
    klok(date(2026, 10, 2))
    assert tasks.ronde(str(ronde.kenmerk)) == (
        "Proefdraai Westland september 2026: 1 stopberichten bekeken, niets veranderd."
    )


def test_de_taak_van_de_herinneringen(klok):
    fabriek.medewerker(fabriek.toewijzing().aanbieder)
    klok(date(2026, 10, 8))
    assert post.dagmail() == "1 dagmails klaargezet (termijn 1)."


def test_de_klok_van_celery_kent_deze_taken():
    from wmo_portal.celery import app

    geplande = {regel["task"] for regel in app.conf.beat_schedule.values()}
    assert {tasks.rondes_aan_de_beurt.name, post.dagmail.name} <= geplande
    assert tasks.ronde.name == "resultaat.tasks.ronde"


# --- By hand -----------------------------------------------------------------------------------------------------------
def test_het_commando_draait_proef_voert_uit_en_draait_terug(capsys):
    stop = jansen()
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    anna = fabriek.administratie(email="anna@example.nl")
    wat = {"gemeente": "1783", "maand": "2026-09"}

    call_command("ronde", **wat, proef=True)
    uit = capsys.readouterr().out
    assert "Proefdraai Westland september 2026: 2 stopberichten bekeken" in uit
    assert "Automatisch ja            RR20         1  Volgens plan beëindigd" in uit
    assert "Wacht op formulier        RR14         1  Het formulier" in uit
    assert "Samen                                  2" in uit
    assert "Dit was een proefdraai: er is niets veranderd." in uit
    stop.refresh_from_db()
    assert stop.oordeel == ""

    call_command("ronde", **wat, door="Anna@example.nl")
    assert "Ronde Westland september 2026: 2 stopberichten bekeken, 2 gewijzigd." in capsys.readouterr().out
    assert Ronde.objects.get(proef=False).begonnen_door == anna

    call_command("ronde", **wat, terugdraaien=True, door="anna@example.nl", reden="Oefening.")
    assert "De ronde van Westland over september 2026 is teruggedraaid." in capsys.readouterr().out
    stop.refresh_from_db()
    assert stop.oordeel == ""


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        (
            {"gemeente": "9999", "maand": "2026-09"},
            "De gemeentecode '9999' is niet bekend. Wel bekend: 1783 Westland",
        ),
        ({"gemeente": "1783", "maand": "sept"}, "‘sept’ is geen maand; schrijf bijvoorbeeld 2026-10"),
        ({"gemeente": "1783", "maand": "2099-01"}, "De maand januari 2099 is nog niet begonnen"),
        ({"gemeente": "1783", "maand": "2026-09", "door": "wie@example.nl"}, "Er is geen gebruiker met"),
        (
            {"gemeente": "1783", "maand": "2026-09", "terugdraaien": True},
            "Er is geen ronde van Westland over september",
        ),
    ],
)
def test_het_commando_zegt_wat_er_niet_klopt(opties, zin):
    fabriek.westland()
    with pytest.raises(CommandError, match=zin):
        call_command("ronde", **opties)


def test_terugdraaien_vraagt_om_een_naam_en_een_reden():
    jansen()
    voer_ronde_uit(
        gemeente=fabriek.westland(),
        maand=Maand(2026, 9),
        proef=False,
        door=None,
        moment=op(date(2026, 10, 1)),
    )
    wat = {"gemeente": "1783", "maand": "2026-09", "terugdraaien": True}
    with pytest.raises(CommandError, match="Geef met --door"):
        call_command("ronde", **wat)
    fabriek.administratie(email="anna@example.nl")
    with pytest.raises(CommandError, match="waarom u deze ronde terugdraait"):
        call_command("ronde", **wat, door="anna@example.nl")
    assert Resultaat.objects.get().actueel
    assert callable(draai_terug)
