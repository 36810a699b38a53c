"""Destroying takes two people and a thinking time, in the database itself: past the portal nobody gets round it."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from beschikkingen.models import Client
from resultaat.actions.vernietigen import VernietigFout, keur_goed
from resultaat.models import Vernietigingslijst
from resultaat.statussen import VernietigStatus
from tests import fabriek
from tests.als_app import als_app
from tests.resultaat.archiefhulp import (
    TOEN,
    oud_dossier,
    verstrijk,
)
from tests.resultaat.vernietighulp import goed, voorstel
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def test_wie_voorstelde_keurt_niet_goed_ook_niet_buiten_de_actie_om(ad):
    lijst = voorstel(ad, oud_dossier().client)
    verstrijk(lijst, 15)
    with pytest.raises(VernietigFout, match="zelf voorgesteld"):
        goed(lijst, ad)
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="ander dan wie"), transaction.atomic():
        _zet_goedgekeurd(lijst, ad)


def test_wie_alleen_werkt_kan_ook_geen_collega_opvoeren(ad, carla):
    """The signed scope says who is at work, whatever stands in the column."""
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    verstrijk(lijst, 15)
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="ander dan wie"), transaction.atomic():
        _zet_goedgekeurd(lijst, carla)
    with rls.binnen(ad.bereik), pytest.raises(ProgrammingError, match="wie nu werkt"), transaction.atomic():
        Vernietigingslijst.objects.create(
            gemeente=weg.gemeente, client_ids=[weg.pk], aantal=1, bewaartermijn_jaren=15, bewaartermijn_bron="x",
            voorgesteld_op=TOEN, voorgesteld_door=carla, bedenktijd_tot_op=TOEN,
        )  # fmt: skip
    assert Client.objects.filter(pk=weg.pk).exists()


def _zet_goedgekeurd(lijst, wie):
    Vernietigingslijst.objects.filter(pk=lijst.pk).update(
        status=VernietigStatus.GOEDGEKEURD, goedgekeurd_op=nu(), goedgekeurd_door=wie
    )


@pytest.mark.parametrize(("dagen", "mag"), [(0, False), (13, False), (14, True)])
def test_de_bedenktijd_is_niet_over_te_slaan(ad, carla, dagen, mag):
    lijst = voorstel(ad, oud_dossier().client)
    verstrijk(lijst, dagen)
    if mag:
        assert goed(lijst, carla).status == VernietigStatus.VERNIETIGD
        return
    with pytest.raises(VernietigFout, match="bedenktijd loopt"):
        goed(lijst, carla)
    later = lijst.bedenktijd_tot_op + timedelta(days=1)  # a clock that runs ahead helps nobody
    with rls.binnen(carla.bereik), pytest.raises(VernietigFout, match="niets vernietigd"):
        keur_goed(lijst=lijst, door=carla, vandaag=vandaag(), moment=later)
    lijst.refresh_from_db()
    assert lijst.status == VernietigStatus.VOORGESTELD


def test_een_kortere_bedenktijd_geldt_niet_voor_wat_al_is_voorgesteld(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    weg.gemeente.bedenktijd_dagen = 1
    weg.gemeente.save()
    verstrijk(lijst, 2)
    with pytest.raises(VernietigFout, match="bedenktijd loopt"):
        goed(lijst, carla)


@pytest.mark.parametrize(
    "anders",
    [
        {"bedenktijd_tot_op": TOEN},
        {"voorgesteld_op": TOEN},
        {"aantal": 5},
        {"status": VernietigStatus.VERNIETIGD, "vernietigd_op": TOEN, "client_ids": []},
    ],
)
def test_aan_een_voorstel_verandert_niemand_iets(ad, carla, anders):
    lijst = voorstel(ad, oud_dossier().client)
    with rls.binnen(carla.bereik), als_app():
        with pytest.raises(ProgrammingError), transaction.atomic():
            Vernietigingslijst.objects.filter(pk=lijst.pk).update(**anders)
        with pytest.raises(ProgrammingError, match="blijft bewaard"), transaction.atomic():
            Vernietigingslijst.objects.filter(pk=lijst.pk).delete()


def test_wie_goedkeurt_kan_er_niemand_bij_zetten(ad, carla):
    lijst, ander = voorstel(ad, oud_dossier().client), fabriek.toewijzing().client
    verstrijk(lijst, 15)
    with (
        rls.binnen(carla.bereik),
        pytest.raises(ProgrammingError, match="bestaat niet"),
        transaction.atomic(),
    ):
        Vernietigingslijst.objects.filter(pk=lijst.pk).update(
            status=VernietigStatus.GOEDGEKEURD,
            goedgekeurd_op=nu(),
            goedgekeurd_door=carla,
            client_ids=[*lijst.client_ids, ander.pk],
        )


def test_de_functie_zelf_doet_niets_zonder_goedgekeurde_lijst_of_buiten_het_systeem(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)

    def roep():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select wmo_sec.vernietig(%s, %s::bigint[], '{}', '{}')", [lijst.pk, [weg.pk]])

    with als_app():
        with pytest.raises(ProgrammingError, match="niet goedgekeurd"):
            roep()
        with rls.binnen(carla.bereik), pytest.raises(ProgrammingError, match="portaal zelf"):
            roep()
    verstrijk(lijst, 15)
    with rls.binnen(carla.bereik):
        _zet_goedgekeurd(lijst, carla)
    ander = oud_dossier("Leeuwerikhof").client
    with (
        pytest.raises(ProgrammingError, match="niet goedgekeurd"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute("select wmo_sec.vernietig(%s, %s::bigint[], '{}', '{}')", [lijst.pk, [ander.pk]])
    assert Client.objects.filter(pk__in=[weg.pk, ander.pk]).count() == 2


def test_de_functie_weigert_wie_nog_een_lopende_beschikking_heeft(ad, carla):
    """Somebody got a new decision between the look and the deed: the database looks again."""
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    verstrijk(lijst, 15)
    with rls.binnen(carla.bereik):
        _zet_goedgekeurd(lijst, carla)
    fabriek.beschikking(weg)
    with (
        pytest.raises(ProgrammingError, match="niet voorbij"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select wmo_sec.vernietig(%s, %s::bigint[], '{}', '{}')", [lijst.pk, [weg.pk]])
