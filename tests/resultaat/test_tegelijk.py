"""Two people in one dossier at the same moment: a talk, and the last two judgements that close it.

Each race has its negative control: the same without the lock, with what goes wrong then.
"""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection

from beschikkingen.models import Beschikking, Monitoringsmoment
from logboek.models import Gebeurtenis
from resultaat.actions import afsluiten, gesprek
from resultaat.actions import registreer as registreren
from resultaat.actions.gesprek import Deelnemer, GesprekFout, leg_gesprek_vast
from resultaat.actions.registreer import Oordeel
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Gesprek, Resultaat
from tests import fabriek
from tests.resultaat.samen import samen
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db(transaction=True)
MET_EN_ZONDER = pytest.mark.parametrize("met_slot", [True, False])


def twee() -> list:
    return [fabriek.consulent(naam=naam) for naam in ("Anna", "Bert")]


def test_wie_tegelijk_werkt_doet_dat_als_het_draaiende_portaal():
    """A thread has a connection of its own: without more it would be the owner's, who may do anything."""

    def rol() -> str:
        with connection.cursor() as cursor:
            cursor.execute("select current_user")
            return cursor.fetchone()[0]

    assert samen(*((wie, rol) for wie in twee()), vangt=()) == ["wmo_app", "wmo_app"]


# --- Talks -------------------------------------------------------------------------------------------------------------
def gesprek_met(dossier, dagen, wie):
    return leg_gesprek_vast(
        beschikking=dossier,
        datum=vandaag(),
        deelnemers=[Deelnemer.CONSULENT],
        verslag=f"Afgesproken door {wie.naam}.",
        volgend_moment_datum=vandaag() + timedelta(days=dagen),
        door=wie,
        moment=nu(),
    )


@MET_EN_ZONDER
def test_twee_gesprekken_tegelijk_en_er_is_een_volgend_moment(monkeypatch, met_slot):
    """Without the lock both find no moment and both make one; the database refuses the second, and a talk is lost.

    With it the second sees the moment of the first: a later one goes along, for an earlier one there is a sentence.
    """
    dossier = fabriek.toewijzing(fabriek.beschikking(eind=None)).beschikking
    klaar, echt = threading.Barrier(2, timeout=30), gesprek._controleer
    if met_slot:
        slot = gesprek._een_tegelijk

        def samen_naar_het_slot(beschikking):
            klaar.wait()
            slot(beschikking)

        monkeypatch.setattr(gesprek, "_een_tegelijk", samen_naar_het_slot)
    else:

        def allebei_gekeken(*args):
            echt(*args)
            klaar.wait()

        monkeypatch.setattr(gesprek, "_een_tegelijk", lambda beschikking: None)
        monkeypatch.setattr(gesprek, "_controleer", allebei_gekeken)
    een, ander = twee()
    uit = samen(
        (een, partial(gesprek_met, dossier, 100, een)),
        (ander, partial(gesprek_met, dossier, 200, ander)),
        vangt=(IntegrityError, GesprekFout),
    )
    goed = [u for u in uit if isinstance(u, Gesprek)]
    verloren = [u for u in uit if isinstance(u, IntegrityError)]
    gezegd = [u for u in uit if isinstance(u, GesprekFout)]
    assert (len(verloren), len(goed) + len(gezegd)) == ((0, 2) if met_slot else (1, 1))
    assert Gesprek.objects.count() == len(goed) >= 1
    assert Monitoringsmoment.objects.open().count() == 1


# --- The last two judgements --------------------------------------------------------------------------------------------
def oordeel_over(toewijzing, wie) -> Resultaat:
    wat = Oordeel(
        uitkomst=Uitkomst.JA,
        paragraaf=Paragraaf.P1B,
        vervolg=Vervolg.SLUITEN,
        resultaatdatum=toewijzing.einddatum,
    )
    return registreren.registreer(toewijzing=toewijzing, oordeel=wat, door=wie, moment=nu())


class _Gekeken:
    """What `_open_gebieden` found, handed on when both have looked."""

    def __init__(self, open_: bool) -> None:
        self._open = open_

    def exists(self) -> bool:
        return self._open


@MET_EN_ZONDER
def test_de_laatste_twee_oordelen_tegelijk_en_het_dossier_gaat_dicht(monkeypatch, met_slot):
    """Without the lock each finds the other's place still empty, and the dossier stays open with nothing left to do."""
    eind = vandaag() - timedelta(days=1)
    dossier = fabriek.beschikking(begin=eind - timedelta(days=300), eind=eind)
    gebieden = [fabriek.toewijzing(dossier, gebied_naam=naam) for naam in ("Financiën", "Huisvesting")]
    geschreven, gekeken = threading.Barrier(2, timeout=30), threading.Barrier(2, timeout=30)
    sluit, kijk = registreren.sluit_als_klaar, afsluiten._open_gebieden

    def allebei_geschreven(**wat):
        geschreven.wait()
        return sluit(**wat)

    monkeypatch.setattr(registreren, "sluit_als_klaar", allebei_geschreven)
    if not met_slot:

        def allebei_gekeken(*args):
            gevonden = _Gekeken(kijk(*args).exists())
            gekeken.wait()
            return gevonden

        monkeypatch.setattr(afsluiten, "_open_gebieden", allebei_gekeken)
        monkeypatch.setattr(Beschikking.objects, "select_for_update", lambda **_: Beschikking.objects.all())
    uit = samen(
        *((wie, partial(oordeel_over, t, wie)) for wie, t in zip(twee(), gebieden, strict=True)), vangt=()
    )
    assert [type(u) for u in uit] == [Resultaat, Resultaat]
    dossier.refresh_from_db()
    assert dossier.status == ("gesloten" if met_slot else "lopend")
    assert Gebeurtenis.objects.filter(actie="dossier.sluiten").count() == int(met_slot)
