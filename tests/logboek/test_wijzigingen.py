"""The change log of a case: what a row was before it changed, and that it went (U11)."""

import pytest
from django.db import connection

from beschikkingen.models import Toewijzing
from tests import fabriek

pytestmark = pytest.mark.django_db


def sporen(pk: int) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pgh_label, toewijzingnummer from beschikkingen_toewijzingevent where pgh_obj_id = %s order by pgh_id",
            [pk],
        )
        return cursor.fetchall()


def test_wat_wijzigt_en_wat_verdwijnt_laat_zijn_oude_vorm_na():
    rij = fabriek.toewijzing()
    pk, nummer = rij.pk, rij.toewijzingnummer
    assert sporen(pk) == []
    Toewijzing.objects.filter(pk=pk).update(versie=7)
    Toewijzing.objects.filter(pk=pk).delete()
    assert sporen(pk) == [("update", nummer), ("delete", nummer)]


def test_ook_wie_om_het_portaal_heen_werkt():
    """A trigger keeps it, not the application: a plain statement leaves the same trace."""
    rij = fabriek.toewijzing()
    with connection.cursor() as cursor:
        cursor.execute("delete from beschikkingen_toewijzing where id = %s", [rij.pk])
    assert [label for label, _ in sporen(rij.pk)] == ["delete"]
