"""Rows written in a heap are the rows that Django would have written."""

import datetime as dt
import uuid

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from logboek.actions import maak_regel
from logboek.models import Gebeurtenis
from stopberichten.models import Bericht
from wmo_portal.lib.stapelen import voeg_toe

OP = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)


def _bericht(**velden):
    return Bericht(
        **{
            "kanaal": "commando",
            "sha256": "0" * 64,
            "inhoud": b"\x00\xff'\\",
            "ontvangen_op": OP,
            "status": "geweigerd",
            "bestandsnaam": 'Zoë\'s \\ "bericht" %s ✓.xml',
            **velden,
        }
    )


@pytest.mark.django_db
def test_elke_waarde_komt_terug_zoals_hij_ging():
    """Bytes, quotes, lists, nothing at all, a date before the year 1000, nested JSON."""
    rijen = [
        _bericht(pk=900_001, wacht_op_nummers=[1, 2], product_codes=[["9019", "9069"], []], header_codes=[]),
        _bericht(pk=900_002, wacht_op_nummers=[], dagtekening=dt.date(900, 1, 1), retour=b""),
        _bericht(pk=900_003, wacht_op_nummers=None, meldingen=[{"tekst": 'regel\n"é"', "plaats": None}]),
    ]
    voeg_toe(Bericht, [vars(rij) for rij in rijen])
    velden = [veld.attname for veld in Bericht._meta.local_concrete_fields]
    for rij in rijen:
        terug = Bericht.objects.get(pk=rij.pk)
        assert {v: _gewoon(getattr(terug, v)) for v in velden} == {
            v: _gewoon(getattr(rij, v)) for v in velden
        }


def _gewoon(waarde):
    return bytes(waarde) if isinstance(waarde, memoryview) else waarde


@pytest.mark.django_db
def test_zonder_nummer_geeft_de_database_er_een(django_assert_num_queries):
    regels = [maak_regel(actie="proef.gedaan", door=None, details={"n": n}) for n in range(3)]
    with django_assert_num_queries(1):
        voeg_toe(Gebeurtenis, [vars(regel) for regel in regels])
    gevonden = Gebeurtenis.objects.filter(actie="proef.gedaan")
    assert sorted(g.details["n"] for g in gevonden) == [0, 1, 2]
    assert all(isinstance(g.operatie_id, uuid.UUID) for g in gevonden)


@pytest.mark.django_db
def test_niets_kost_niets(django_assert_num_queries):
    with django_assert_num_queries(0):
        voeg_toe(Bericht, [])


@pytest.mark.django_db
def test_wat_de_database_weigert_komt_als_fout_van_django():
    with pytest.raises(IntegrityError), transaction.atomic():
        voeg_toe(Bericht, [vars(_bericht(pk=900_001)), vars(_bericht(pk=900_001))])
    assert not connection.needs_rollback
    assert not Bericht.objects.exists()


def test_een_vreemde_waarde_wordt_niet_geraden():
    with pytest.raises(TypeError, match="complex"):
        voeg_toe(Bericht, [vars(_bericht(pk=900_001, header_codes=[1j]))])


@pytest.mark.django_db
def test_wat_een_rij_niet_noemt_krijgt_de_waarde_van_het_model():
    """A default that is made anew for each row is made for each."""
    kaal = {
        "kanaal": "commando",
        "sha256": "0" * 64,
        "inhoud": b"x",
        "ontvangen_op": OP,
        "status": "geweigerd",
    }
    voeg_toe(Bericht, [kaal, {**kaal, "sha256": "1" * 64}])
    een, twee = Bericht.objects.order_by("sha256")
    assert (een.soort, een.meldingen, een.retour, een.retour_status) == ("", [], None, "geen")
    assert een.kenmerk != twee.kenmerk
    assert een.pk != twee.pk


@pytest.mark.django_db
def test_rijen_die_in_alles_gelijk_zijn_komen_er_alle(django_assert_num_queries):
    """What is equal travels once, and still each row is there, with a number and a mark of its own."""
    kaal = {
        "kanaal": "commando",
        "sha256": "0" * 64,
        "inhoud": b"x",
        "ontvangen_op": OP,
        "status": "geweigerd",
    }
    with django_assert_num_queries(1):
        voeg_toe(Bericht, [dict(kaal) for _ in range(5)])
    rijen = list(Bericht.objects.all())
    assert len(rijen) == len({rij.kenmerk for rij in rijen}) == len({rij.pk for rij in rijen}) == 5
    assert {(rij.kenmerk.version, bytes(rij.inhoud), rij.dagtekening) for rij in rijen} == {(4, b"x", None)}


@pytest.mark.django_db
def test_een_en_waar_zijn_in_json_niet_gelijk():
    """Python finds 1 equal to True."""
    voeg_toe(
        Bericht, [vars(_bericht(pk=900_001, meldingen=[1])), vars(_bericht(pk=900_002, meldingen=[True]))]
    )
    een, twee = Bericht.objects.order_by("pk")
    assert (repr(een.meldingen), repr(twee.meldingen)) == ("[1]", "[True]")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "teveel", [{"soort": "3077"}, {"bestandsnaam": "a\0b"}, {"wacht_op_nummers": [2**40]}]
)
def test_wat_niet_past_wordt_geweigerd_en_niet_afgeknipt(teveel):
    with pytest.raises(DataError), transaction.atomic():
        voeg_toe(Bericht, [vars(_bericht(**teveel))])


@pytest.mark.django_db
def test_wie_opdrachten_toont_ziet_de_inhoud_niet(django_assert_num_queries):
    with django_assert_num_queries(1) as vragen:
        voeg_toe(Bericht, [vars(_bericht(bestandsnaam="Fenna.xml"))])
    assert "insert into" in vragen[0]["sql"]
    assert "Fenna" not in vragen[0]["sql"]
