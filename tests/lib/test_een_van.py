"""One of these numbers, as one array: none, one, three, and what is left out."""

import pytest

from beschikkingen.models import Client
from tests import fabriek
from wmo_portal.lib.een_van import een_van

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("aantal", [0, 1, 3])
def test_zoveel_nummers_zoveel_rijen_en_zonder_nummer_geen_vraag(aantal, django_assert_num_queries):
    nummers = [fabriek.client(achternaam=naam).pk for naam in ("Bakker", "Smit", "Visser", "Vos")]
    with django_assert_num_queries(1 if aantal else 0):
        gevonden = Client.objects.filter(een_van("pk", nummers[:aantal])).values_list("pk", flat=True)
        assert set(gevonden) == set(nummers[:aantal])
    with django_assert_num_queries(1):
        over = Client.objects.exclude(een_van("pk", nummers[:aantal])).values_list("pk", flat=True)
        assert set(over) == set(nummers[aantal:])


def test_een_pad_naar_een_andere_tabel():
    een, ander = fabriek.beschikking(), fabriek.beschikking()
    assert set(Client.objects.filter(een_van("beschikkingen__pk", [een.pk, ander.pk]))) == {
        een.client,
        ander.client,
    }
