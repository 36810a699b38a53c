"""The radar asks only for what a figure counts: laid beside the same radar over every deadline there is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beschikkingen.enums import Leveringsvorm
from beschikkingen.models import Client, Toewijzing
from organisaties.models import Gebruiker
from resultaat.models import TermijnVrijstelling
from resultaat.queries import radar as module
from resultaat.queries.radar import KOPPEN, Keus, Radar, radar
from resultaat.queries.termijnen import lees, venster, vraag
from tests import fabriek
from tests.resultaat.test_termijnen_schermen import MOMENT, VANDAAG, _evaluatie, termijn_op

pytestmark = pytest.mark.django_db


def _alles(wie, vandaag):
    """The naive twin: what has ended and is stopped is read too, and falls out when it is counted."""
    van, tot = venster(vandaag)
    basis = Toewijzing.objects.visible_to(wie).filter(leveringsvorm=Leveringsvorm.ZIN)
    return vraag(basis, doel_van=van, doel_tot=tot)


def _naief(monkeypatch, wie, keus) -> Radar:
    with monkeypatch.context() as zo:
        zo.setattr(module, "_vraag", _alles)
        return radar(wie, vandaag=VANDAAG, keus=keus)


def _getrapt(eind: date, volgende: date) -> None:
    """Two steps that are allocations of their own: of the first nothing is asked (R25)."""
    wie = fabriek.client(achternaam="Trap")
    besluit = fabriek.beschikking(wie, eind=volgende + timedelta(days=300), soort="getrapt")
    fabriek.toewijzing(besluit, einddatum=eind)
    fabriek.toewijzing(besluit, ingangsdatum=volgende)


def _van_alles() -> Gebruiker:
    """On both sides of today, of the deadline and of the horizon; stopped, met, exempted, stepped and monitored."""
    eik = fabriek.aanbieder("De Eik")
    for dagen in (-300, -90, -57, -56, -55, -1, 0, 1, 30, 181, 182):
        dag = VANDAAG + timedelta(days=dagen)
        termijn_op(dag, "Open")
        fabriek.stop(termijn_op(dag, "Stop"), "21", VANDAAG - timedelta(days=1))
        fabriek.stop(termijn_op(dag, "Even"), "20", VANDAAG - timedelta(days=1))
        _evaluatie(termijn_op(dag, "Klaar", aan=eik))
        _evaluatie(klaar := termijn_op(dag, "Klaar en stop", gemeente=fabriek.delft()))
        fabriek.stop(klaar, "21", VANDAAG - timedelta(days=1))
    _getrapt(VANDAAG - timedelta(days=10), VANDAAG - timedelta(days=9))
    _getrapt(VANDAAG + timedelta(days=90), VANDAAG + timedelta(days=91))
    for dagen in (-20, 60, 200):
        besluit = fabriek.beschikking(
            fabriek.client(achternaam="Moment"), eind=None, soort="zonder_einddatum"
        )
        fabriek.monitoringsmoment(besluit, VANDAAG + timedelta(days=dagen))
        fabriek.stop(fabriek.toewijzing(besluit), "21", VANDAAG - timedelta(days=1)) if dagen < 0 else None
        fabriek.toewijzing(besluit)
    anna = fabriek.consulent(fabriek.westland(), fabriek.delft())
    vrij = radar(anna, vandaag=VANDAAG, keus=Keus()).open[3]
    TermijnVrijstelling.objects.create(
        gemeente_id=vrij.rij["gemeente_id"],
        aanbieder_id=vrij.rij["aanbieder_id"],
        toewijzing_id=vrij.pk,
        termijn_datum=vrij.termijn.datum,
        reden="Mevrouw verhuist.",
        vastgelegd_op=MOMENT,
        vastgelegd_door=anna,
    )
    Client.objects.filter(achternaam="Open").update(behandelaar=anna)
    return anna


def test_wat_niet_gelezen_wordt_telde_nergens_mee(monkeypatch):
    """Each figure and list, of municipality and provider, with every choice; and the unread rows are there."""
    anna = _van_alles()
    eik = fabriek.medewerker(fabriek.aanbieder("De Eik"))
    assert len(lees(_alles(anna, VANDAAG))) > len(lees(module._vraag(module.Kijker.van(anna), VANDAAG)))
    keuzes = [Keus(soort=soort) for soort in KOPPEN] + [Keus(van="mijn"), Keus(van="niemand", week="2026-46")]
    for wie in (anna, eik):
        for keus in (*keuzes, Keus(gemeente=str(fabriek.delft().pk))):
            snel, naief = radar(wie, vandaag=VANDAAG, keus=keus), _naief(monkeypatch, wie, keus)
            assert set(snel.aanbieders) <= set(naief.aanbieders)
            assert snel == replace(naief, aanbieders=snel.aanbieders, gemeenten=snel.gemeenten)
    beeld = radar(anna, vandaag=VANDAAG, keus=Keus())
    assert all((beeld.te_laat, beeld.open, beeld.verkort, beeld.voldaan))


def test_een_aanbieder_van_wie_niets_in_de_lijsten_staat_is_geen_keuze(monkeypatch):
    """His only client ended and stopped, with the document: choosing him would show nothing."""
    eik = fabriek.aanbieder("De Eik")
    _evaluatie(klaar := termijn_op(VANDAAG - timedelta(days=90), aan=eik))
    fabriek.stop(klaar, "21", VANDAAG - timedelta(days=40))
    termijn_op(VANDAAG, aan=fabriek.aanbieder("De Linde"))
    wie = fabriek.consulent()
    assert [naam for _, naam in radar(wie, vandaag=VANDAAG, keus=Keus()).aanbieders] == ["De Linde"]
    met_eik = _naief(monkeypatch, wie, Keus(aanbieder=str(eik.pk)))
    assert (eik.pk, "De Eik") in met_eik.aanbieders
    assert (met_eik.open, met_eik.voldaan) == ((), ())


def test_de_vraag_blijft_bewaard_en_hoort_bij_wie_kijkt():
    """Who loses a municipality asks another question, and sees nothing of it any more."""
    termijn_op(VANDAAG, "Jansen")
    termijn_op(VANDAAG, "Visser", gemeente=fabriek.delft())
    anna = fabriek.consulent(fabriek.westland(), fabriek.delft())
    assert len(radar(anna, vandaag=VANDAAG, keus=Keus()).open) == 2
    bewaard = module._vraag.cache_info().currsize
    assert len(radar(Gebruiker.objects.get(pk=anna.pk), vandaag=VANDAAG, keus=Keus()).open) == 2
    assert module._vraag.cache_info().currsize == bewaard

    anna.gemeenten.remove(fabriek.delft())
    over = radar(Gebruiker.objects.get(pk=anna.pk), vandaag=VANDAAG, keus=Keus()).open
    assert {t.rij["gemeente__naam"] for t in over} == {"Westland"}
