"""Who was on a screen: as many lines as persons, in one insert, as if each had been written by itself."""

import pytest

from logboek.actions import leg_vast
from logboek.inzage import Gezien, leg_gezien_vast
from logboek.models import Gebeurtenis
from tests import fabriek

pytestmark = pytest.mark.django_db

GELIJK = (
    "actie", "object_soort", "object_kenmerk", "resultaat", "actor_id", "actor_naam", "rol", "doel", "gemeente_id",
    "aanbieder_id", "client_index", "details",
)  # fmt: skip


def regels():
    return list(Gebeurtenis.objects.order_by("pk").values_list(*GELIJK))


def test_the_lines_are_those_that_are_written_one_by_one(django_assert_num_queries):
    door, westland = fabriek.administratie(naam="Ad"), fabriek.westland()
    gezien = [
        Gezien(b"een", westland.pk, fabriek.aanbieder().pk, "bericht", ""),
        Gezien(b"twee", None, None, "stop", "f00d"),
    ]
    vooraf = Gebeurtenis.objects.count()
    with django_assert_num_queries(1):
        leg_gezien_vast(gezien, scherm="berichten", doel="berichtenverkeer", door=door)
    for wie in gezien:
        leg_vast(
            actie="lijst.zien", door=door, doel="berichtenverkeer", details={"scherm": "berichten"},
            object_soort=wie.object_soort, object_kenmerk=wie.object_kenmerk, gemeente_id=wie.gemeente_id,
            aanbieder_id=wie.aanbieder_id, client_index=wie.client_index,
        )  # fmt: skip
    samen, een_voor_een = regels()[vooraf : vooraf + 2], regels()[vooraf + 2 :]
    assert samen == een_voor_een
    assert len(samen) == 2


def test_an_empty_list_asks_nothing(django_assert_num_queries):
    door = fabriek.administratie()
    with django_assert_num_queries(0):
        leg_gezien_vast([], scherm="berichten", doel="berichtenverkeer", door=door)
