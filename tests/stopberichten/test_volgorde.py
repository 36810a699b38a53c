"""The order of arrival has no meaning (OP080): any permutation, re-delivered where refused, ends the same."""

import itertools
import threading
from datetime import date
from functools import cache

import pytest
from django.db import IntegrityError, connection, transaction

from beschikkingen.kluis import bos
from beschikkingen.models import Toewijzing
from organisaties.models import Aanbieder, Gemeente
from stopberichten import berichten_in
from stopberichten.leveringen import Product
from stopberichten.models import Bericht, Stop
from stopberichten.verkeersfeiten import laad_stand
from tests import fabriek
from tests.stopberichten import brieven
from tests.stopberichten.brieven import ontvang, start, stop, toegewezen, weg, xml
from wmo_portal.lib import rls


def stand():
    """What counts: the allocations, and per allocation whether care runs, since which start and how it ended."""
    westland, linde = Gemeente.objects.get(code="1783"), Aanbieder.objects.get(agb=brieven.LINDE)
    historie = laad_stand(westland, linde, bos().index(brieven.BSN_ANNIE)).historie
    return [
        (
            t.toewijzingnummer,
            t.ingangsdatum,
            t.einddatum,
            t.status,
            t.reden_wijziging,
            historie.stand(t.toewijzingnummer, PRODUCT),
        )
        for t in Toewijzing.objects.order_by("toewijzingnummer")
    ]


PRODUCT = Product("02", "02A01")


@cache
def gewoon():
    return [
        xml("301", toegewezen()),
        xml("305", start()),
        xml("307", stop(reden="20", eind=date(2026, 5, 1))),
        xml("307", stop(reden="19")),
    ]


@cache
def met_correctie():
    return [
        xml("301", toegewezen()),
        xml("305", start()),
        xml("307", stop(reden="22")),
        xml("307", weg(stop(reden="22")), stop(reden="19")),
    ]


@cache
def twee_versies_van_een_toewijzing():
    """Two words on one allocation on one day: the time of day decides."""
    return [
        xml("301", toegewezen()),
        xml(
            "301", toegewezen(eind=date(2026, 8, 31), reden_wijziging="05", toewijzingsdatum=date(2026, 7, 1))
        ),
        xml(
            "301",
            toegewezen(
                eind=date(2026, 9, 30),
                reden_wijziging="04",
                toewijzingsdatum=date(2026, 7, 1),
                toewijzingstijd="15:00:00",
            ),
        ),
        xml("305", start()),
    ]


@cache
def ingetrokken():
    return [
        xml("301", toegewezen()),
        xml(
            "301", toegewezen(eind=date(2026, 1, 1), reden_wijziging="13", toewijzingsdatum=date(2026, 2, 1))
        ),
        xml("301", toegewezen(nummer=300_202)),
        xml("305", start(300_202)),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("geschiedenis", "blijft_geweigerd"),
    [
        # TR415: a temporary stop that comes after the definitive one is refused for good (docs/levering.md).
        (gewoon, 1),
        (met_correctie, 0),
        (twee_versies_van_een_toewijzing, 0),
        (ingetrokken, 0),
    ],
)
def test_elke_volgorde_eindigt_gelijk(geschiedenis, blijft_geweigerd):
    fabriek.westland()
    uitkomsten, geweigerd = set(), 0
    for volgorde in itertools.permutations(geschiedenis()):
        with transaction.atomic():
            geweigerd = max(geweigerd, len(brieven.bezorg(list(volgorde))))
            uitkomsten.add(str(stand()))
            assert not Bericht.objects.te_vroeg().exists()
            transaction.set_rollback(True)
    assert len(uitkomsten) == 1
    assert geweigerd == blijft_geweigerd


@pytest.mark.django_db
def test_zonder_opnieuw_sturen_doet_de_volgorde_er_wel_toe():
    """The negative control."""
    fabriek.westland()
    for brief in reversed(gewoon()):
        ontvang(brief)
    assert not Stop.objects.exists()


# --- At the same time ------------------------------------------------------------------------------------------
def _tegelijk(brieven_, *, wacht=None):
    """Deliver all at once, each by an own connection. Returns the verdicts and the errors."""
    uit, fouten, start_ = [], [], threading.Barrier(len(brieven_))

    def bezorg(brief):
        try:
            rls.zet(rls.SYSTEEM)
            start_.wait(10)
            uit.append(ontvang(brief))
        except IntegrityError as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=bezorg, args=(brief,)) for brief in brieven_]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    return uit, fouten


@pytest.fixture
def annie_in_zorg(transactional_db):
    fabriek.westland()
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start()))


@pytest.mark.django_db(transaction=True)
def test_vijf_keer_tegelijk_is_een_keer(annie_in_zorg):
    uit, fouten = _tegelijk([xml("307", stop())] * 5)
    assert fouten == []
    assert sorted(u.nieuw for u in uit) == [False] * 4 + [True]
    assert Stop.objects.count() == 1
    assert Bericht.objects.filter(soort="307").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twee_verschillende_stops_tegelijk_en_een_wint(annie_in_zorg):
    """TR415: after a definitive stop there is no second one."""
    uit, fouten = _tegelijk([xml("307", stop(reden="22")), xml("307", stop(reden="19"))])
    assert fouten == []
    assert sorted(u.geaccepteerd for u in uit) == [False, True]
    assert Stop.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_zonder_slot_gaat_het_mis(annie_in_zorg, monkeypatch):
    """The negative control: without the locks both are judged before either is stored."""
    samen = threading.Barrier(2)
    echt = berichten_in.leg_weg

    def wacht_op_elkaar(*args, **opties):
        samen.wait(10)
        return echt(*args, **opties)

    monkeypatch.setattr(berichten_in, "vergrendel", lambda namen: None)
    monkeypatch.setattr(berichten_in, "leg_weg", wacht_op_elkaar)
    uit, _ = _tegelijk([xml("307", stop(reden="22")), xml("307", stop(reden="19"))])
    assert [u.geaccepteerd for u in uit] == [True, True]
    assert Stop.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_ook_zonder_slot_houdt_de_database_een_bericht_eenmalig(annie_in_zorg, monkeypatch):
    """The unique key on an accepted message is the wall behind the lock."""
    samen = threading.Barrier(2)
    echt = berichten_in.leg_weg

    def wacht_op_elkaar(*args, **opties):
        samen.wait(10)
        return echt(*args, **opties)

    monkeypatch.setattr(berichten_in, "vergrendel", lambda namen: None)
    monkeypatch.setattr(berichten_in, "leg_weg", wacht_op_elkaar)
    uit, fouten = _tegelijk([xml("307", stop())] * 2)
    assert (len(uit), len(fouten)) == (1, 1)
    assert Stop.objects.count() == 1
