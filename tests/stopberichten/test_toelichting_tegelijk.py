"""Two screens at the very same moment, and two colleagues who begin at once. Each with its negative control."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from stopberichten import actions_toelichting
from stopberichten.actions_toelichting import Botsing, Invoer, begin, bewaar_concept
from stopberichten.models import Toelichting
from tests import fabriek
from tests.stopberichten.toelichtinghulp import zaak
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu

pytestmark = pytest.mark.django_db(transaction=True)


def tegelijk(*taken):
    """Each in a thread with a connection of its own, as two web workers; what they raised is their answer."""
    streep = threading.Barrier(len(taken), timeout=20)

    def werk(taak):
        try:
            rls.zet(rls.SYSTEEM)
            streep.wait()
            return taak()
        except Botsing as botsing:
            return botsing
        finally:
            connection.close()

    with ThreadPoolExecutor(len(taken)) as ploeg:
        return list(ploeg.map(werk, taken))


def typ(concept: Toelichting, tekst: str, door):
    return lambda: bewaar_concept(
        toelichting=concept,
        invoer=Invoer(teksten={"overige_zaken": tekst}),
        versie=1,
        vanuit=uuid.uuid4(),
        door=door,
        op=nu(),
    )


def test_van_twee_schermen_tegelijk_wint_er_een_en_hoort_de_ander_het():
    bij = zaak()
    concept = bij.begin()
    uit = tegelijk(typ(concept, "links", bij.fatma), typ(concept, "rechts", bij.fatma))
    assert sorted(isinstance(u, Botsing) for u in uit) == [False, True]
    concept.refresh_from_db()
    assert concept.versie == 2
    gewonnen = next(u for u in uit if not isinstance(u, Botsing))
    assert concept.overige_zaken == gewonnen.overige_zaken


def test_zonder_het_slot_overschrijft_de_een_de_ander_ongezien(monkeypatch):
    """The negative control: both read version 1 before either writes, and nobody hears of it."""
    bij = zaak()
    concept = bij.begin()
    gelezen = threading.Barrier(2, timeout=20)

    def zonder_slot(toelichting):
        rij = Toelichting.objects.select_related("client", "gemeente__regio").get(pk=toelichting.pk)
        gelezen.wait()
        return rij

    monkeypatch.setattr(actions_toelichting, "op_slot", zonder_slot)
    uit = tegelijk(typ(concept, "links", bij.fatma), typ(concept, "rechts", bij.fatma))
    assert [isinstance(u, Botsing) for u in uit] == [False, False]


def test_twee_collegas_die_tegelijk_beginnen_delen_een_concept():
    bij = zaak()
    joris = fabriek.medewerker(bij.fatma.aanbieder)
    uit = tegelijk(
        *(
            lambda wie=wie: begin(toewijzing=bij.toewijzingen[0], door=wie, op=nu())
            for wie in (bij.fatma, joris)
        )
    )
    assert sorted(u.nieuw for u in uit) == [False, True]
    assert uit[0].toelichting == uit[1].toelichting
    assert Toelichting.objects.get().regels.count() == 1
