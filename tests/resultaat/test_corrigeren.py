"""A result is corrected, and two consulenten register at once: nobody's text is lost, and one of them wins."""

import threading
import uuid
from functools import partial

import pytest
from django.db import IntegrityError, connection

from resultaat.actions import registreer as actie
from resultaat.actions.registreer import InmiddelsGewijzigd, Oordeel, registreer
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Resultaat
from tests import fabriek
from tests.als_app import als_eigenaar
from tests.resultaat.bladzijde import tekst
from tests.resultaat.registreerhulp import aflopend, post, url
from tests.resultaat.samen import samen
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def bestaand(toewijzing, door=None, **velden):
    oordeel = Oordeel(
        uitkomst=Uitkomst.JA,
        paragraaf=Paragraaf.P1B,
        vervolg=Vervolg.NIEUWE_BESCHIKKING,
        resultaatdatum=vandaag(),
        **velden,
    )
    return registreer(
        toewijzing=toewijzing, oordeel=oordeel, door=door or fabriek.consulent(naam="Bert"), moment=nu()
    )


def test_een_correctie_begint_met_wat_er_stond_en_vraagt_waarom(http, anna):
    toewijzing = aflopend()
    eerste = bestaand(toewijzing, toelichting="Alles op orde.")
    pagina = tekst(http.get(url(toewijzing)))
    assert "Resultaat corrigeren" in pagina
    assert "Alles op orde." in pagina
    velden = {"corrigeert": str(eerste.kenmerk), "uitkomst": "ja", "toelichting": "Toch anders."}
    assert "waarom u het eerdere oordeel corrigeert" in tekst(post(http, toewijzing, **velden))
    assert post(http, toewijzing, **velden, correctie_reden="Verkeerd gelezen.").status_code == 302
    assert Resultaat.objects.actueel().get().voorganger == eerste


def test_was_er_iemand_voor_dan_staan_beide_teksten_er_en_is_niets_weg(http, anna):
    toewijzing = aflopend()
    van_bert = bestaand(toewijzing, toelichting="Bert zegt ja.")
    antwoord = post(http, toewijzing, toelichting="Anna zegt ook ja.", eenmalig=str(uuid.uuid4()))
    pagina = tekst(antwoord)
    assert antwoord.status_code == 409
    assert "Bert zegt ja." in pagina
    assert pagina.count("Anna zegt ook ja.") == 2  # in the comparison and in the form
    assert str(van_bert.kenmerk) in pagina
    assert Resultaat.objects.get() == van_bert
    opnieuw = post(
        http,
        toewijzing,
        toelichting="Anna zegt ook ja.",
        corrigeert=str(van_bert.kenmerk),
        correctie_reden="Aangevuld na overleg.",
    )
    assert opnieuw.status_code == 302
    assert Resultaat.objects.actueel().get().toelichting == "Anna zegt ook ja."


@pytest.mark.django_db(transaction=True)
class TestTweeTegelijk:
    """The race itself, on two connections."""

    def _race(self):
        """Two consultants look at the empty place and register at the same moment."""
        toewijzing = aflopend()
        mensen = [fabriek.consulent(naam=naam) for naam in ("Anna", "Bert")]
        klaar = threading.Barrier(2, timeout=20)

        def doe(wie):
            klaar.wait()
            return bestaand(toewijzing, door=wie)

        return samen(
            *((wie, partial(doe, wie)) for wie in mensen), vangt=(InmiddelsGewijzigd, IntegrityError)
        )

    def test_een_wint_en_de_ander_hoort_wie_er_voor_was(self, monkeypatch):
        self._wacht_na_kijken(monkeypatch)
        uitkomst = self._race()
        assert sorted(type(u).__name__ for u in uitkomst) == ["InmiddelsGewijzigd", "Resultaat"]
        assert Resultaat.objects.actueel().count() == 1

    def test_zonder_de_regel_in_de_database_staan_er_twee(self, monkeypatch):
        """The negative control: looking first is not enough, the constraint is what holds."""
        with als_eigenaar(), connection.cursor() as cursor:
            cursor.execute("drop index resultaat_een_actueel")
        try:
            self._wacht_na_kijken(monkeypatch)
            uitkomst = self._race()
            assert [type(u).__name__ for u in uitkomst] == ["Resultaat", "Resultaat"]
            assert Resultaat.objects.actueel().count() == 2
        finally:
            with als_eigenaar(), connection.cursor() as cursor:
                cursor.execute("delete from resultaat_resultaat")
                cursor.execute(
                    "create unique index resultaat_een_actueel on resultaat_resultaat"
                    " (toewijzing_id, stap_id, monitoringsmoment_id) nulls not distinct where actueel"
                )

    def _wacht_na_kijken(self, monkeypatch):
        """Both have looked before either writes."""
        gekeken, echt, keer = threading.Barrier(2, timeout=20), actie._actueel, threading.local()

        def kijk(toewijzing, oordeel):
            gevonden = echt(toewijzing, oordeel)
            if not getattr(keer, "al", False):
                keer.al = True
                gekeken.wait()
            return gevonden

        monkeypatch.setattr(actie, "_actueel", kijk)
