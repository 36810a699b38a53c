"""What a dossier says happened, and what it says is still to come: nothing, once it is no longer open."""

from datetime import timedelta

import pytest

from beschikkingen.enums import BeschikkingStatus, SoortBeschikking
from beschikkingen.models import Beschikking
from resultaat.models import Herinnering
from resultaat.queries.dossier import geef_dossier
from resultaat.queries.tijdlijn import tijdlijn
from resultaat.queries.tijdlijnpunt import Gebeurd
from tests import fabriek
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db
STRAKS = timedelta(days=60)


def punten(beschikking) -> dict[str, Gebeurd]:
    """By title; of one that is there twice the newest."""
    dossier = geef_dossier(fabriek.consulent(naam="Carla"), beschikking.kenmerk)
    assert dossier is not None
    return {punt.titel: punt for punt in reversed(tijdlijn(dossier, vandaag()))}


def toewijzing(eind=None, **velden):
    dag = vandaag() - timedelta(days=200)
    return fabriek.toewijzing(fabriek.beschikking(begin=dag, eind=eind, **velden))


def sluit(beschikking, status=BeschikkingStatus.GESLOTEN):
    op = nu() if status == BeschikkingStatus.GESLOTEN else None
    Beschikking.objects.filter(pk=beschikking.pk).update(status=status, gesloten_op=op)


def d(dag) -> str:
    return f"{dag:%d-%m-%Y}"


def test_in_een_dossier_dat_loopt_komt_het_einde_nog():
    eind = vandaag() + STRAKS
    punt = punten(toewijzing(eind).beschikking)["Einde van de beschikking"]
    assert (punt.op, punt.soort) == (d(eind), "verwacht")


def test_stopte_de_zorg_eerder_dan_staat_die_dag_er_en_geen_verwacht_einde():
    eind, gestopt = vandaag() + STRAKS, vandaag() - timedelta(days=9)
    t = toewijzing(eind)
    fabriek.stop(t, "23", gestopt)
    assert punten(t.beschikking)["Einde van de beschikking"].soort == "verwacht"  # still open
    sluit(t.beschikking)
    alles = punten(t.beschikking)
    assert "Einde van de beschikking" not in alles
    punt = alles["Einde van de zorg"]
    assert (punt.op, punt.tekst) == (d(gestopt), f"De beschikking liep tot en met {d(eind)}.")
    assert "verwacht" not in {p.soort for p in alles.values()}


def test_liep_een_ander_gebied_tot_het_einde_dan_was_dat_het_einde():
    eind = vandaag() - timedelta(days=3)
    t = toewijzing(eind)
    fabriek.toewijzing(t.beschikking, gebied_naam="Wonen")
    fabriek.stop(t, "23", eind - timedelta(days=30))
    sluit(t.beschikking)
    alles = punten(t.beschikking)
    assert (alles["Einde van de beschikking"].op, alles["Einde van de beschikking"].soort) == (
        d(eind),
        "neutraal",
    )
    assert "Einde van de zorg" not in alles
    assert alles["Dossier gesloten"].tekst == ""


def test_ging_het_dossier_eerder_dicht_zonder_stop_dan_zegt_het_sluiten_dat():
    eind = vandaag() + STRAKS
    t = toewijzing(eind)
    sluit(t.beschikking)
    alles = punten(t.beschikking)
    assert "Einde van de beschikking" not in alles
    assert alles["Dossier gesloten"].tekst == f"De beschikking liep tot en met {d(eind)}."


def test_zonder_einddatum_staat_de_laatste_dag_van_de_zorg_er():
    t = toewijzing(None)
    gestopt = vandaag() - timedelta(days=1)
    fabriek.stop(t, "02", gestopt)
    sluit(t.beschikking)
    punt = punten(t.beschikking)["Einde van de zorg"]
    assert (punt.op, punt.tekst) == (d(gestopt), "")


@pytest.mark.parametrize("status", [BeschikkingStatus.GESLOTEN, BeschikkingStatus.INGETROKKEN])
def test_wat_gepland_was_vervalt(status):
    eind = vandaag() + STRAKS
    t = toewijzing(eind, soort=SoortBeschikking.GETRAPT)
    fabriek.stap(t, 1, 3, t.ingangsdatum, vandaag() + timedelta(days=10))
    fabriek.stap(t, 2, 2, vandaag() + timedelta(days=11), eind)
    fabriek.monitoringsmoment(t.beschikking, vandaag() + timedelta(days=5))
    open_ = punten(t.beschikking)
    assert [open_[naam].soort for naam in ("Stap 1 begint", "Stap 2 begint", "Monitoringsmoment")] == [
        "neutraal", "verwacht", "verwacht",
    ]  # fmt: skip
    sluit(t.beschikking, status)
    dicht = punten(t.beschikking)
    assert [(dicht[naam].soort, dicht[naam].label) for naam in ("Stap 1 begint", "Stap 2 begint", "Monitoringsmoment")] == [
        ("neutraal", ""), ("neutraal", "vervallen"), ("neutraal", "vervallen"),
    ]  # fmt: skip
    assert "verwacht" not in {p.soort for p in dicht.values()}


def test_wat_in_een_keer_werd_ingehaald_is_een_punt():
    """After days without any job all reminders that were missed go out in one mail."""
    t, op = toewijzing(vandaag() + timedelta(days=30)), nu()
    for weken in (1, 2, 3):
        herinner(t, op, "te_laat", weken)
    herinner(t, op - timedelta(days=1), "te_laat", 4)
    herinner(t, op, "vooraf", 8)
    dossier = geef_dossier(fabriek.consulent(naam="Carla"), t.beschikking.kenmerk)
    assert dossier is not None
    gevonden = [p for p in tijdlijn(dossier, vandaag()) if p.titel.startswith("Herinnering")]
    assert sorted((p.titel, p.label) for p in gevonden) == [
        ("Herinnering na de deadline", ""), ("Herinnering na de deadline", "3 keer"), ("Herinnering vooraf", ""),
    ]  # fmt: skip
    assert {p.tekst for p in gevonden} == {f"Financiën. Uiterste dag: {d(vandaag())}."}


def herinner(t, op, soort, weken):
    Herinnering.objects.create(
        gemeente=t.gemeente, aanbieder=t.aanbieder, toewijzing=t, soort=soort, weken=weken,
        moment_datum=vandaag() - timedelta(weeks=weken),
        termijn_datum=vandaag(), ontvanger="post@example.nl", gemaakt_op=op,
    )  # fmt: skip
