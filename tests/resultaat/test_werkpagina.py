"""The worklist in one statement beside its naive twin: the same rows, numbers and pages, with every filter."""

from datetime import timedelta

import pytest

from benchmarks import naief_werkvoorraad as naief
from beschikkingen.models import Client, Toewijzing
from organisaties.enums import Rol
from organisaties.models import Gebruiker
from organisaties.zichtbaar import Kijker
from resultaat.enums import Uitkomst
from resultaat.queries import tegenspraken, werkpagina
from resultaat.queries import werkvoorraad as wv
from resultaat.queries.tegenspraken import meldingen
from resultaat.queries.verdacht import nieuwste_verdachten, verdacht
from resultaat.queries.werktakken import TAKKEN
from resultaat.queries.werkvoorraad import Behandeling, Binnen, Filter
from resultaat.queries.zaak import toewijzingen_van, zaken
from resultaat.queries.zaak_licht import lichte_zaken
from resultaat.queries.zaakregels import geef_tegenspraken
from resultaat.werksoorten import Werksoort
from stopberichten.models import Stop
from tests import fabriek
from tests.resultaat.test_werkvoorraad import lopend, met_moment, oordeel, vol
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def _van_alles():
    """Work of every kind in two municipalities, some of it the consulent's own, some of a shielded client."""
    anna = fabriek.consulent(fabriek.westland(), fabriek.delft())
    vol()
    fabriek.stop(toewijzing := lopend(-3, aan=fabriek.aanbieder("De Eik")), "21")
    oordeel(toewijzing, Uitkomst.NEE_ZORGAANBIEDER)
    in_delft = fabriek.client(fabriek.delft(), achternaam="Delft")
    eind = vandaag() + timedelta(days=5)
    fabriek.toewijzing(fabriek.beschikking(in_delft, begin=eind - timedelta(days=90), eind=eind))
    met_moment(3)
    clienten = Client.objects.order_by("pk")
    Client.objects.filter(pk__in=[c.pk for c in clienten[::3]]).update(behandelaar=anna)
    Client.objects.filter(pk__in=[c.pk for c in clienten[1::4]]).update(afgeschermd=True)
    return anna


def _bladzijden(lees, anna, filter_):
    na, uit = None, []
    while True:
        blad = lees(anna, vandaag(), filter_=filter_, na=na)
        uit.append(blad)
        if (na := blad.volgende) is None:
            return uit


KEUZES = (
    Filter(),
    *(Filter(soort=soort) for soort in Werksoort),
    Filter(van=Behandeling.MIJN),
    Filter(van=Behandeling.NIEMAND, binnen=Binnen.MAAND),
    Filter(gemeente="0503"),
    Filter(gemeente="1783", binnen=Binnen.TE_LAAT, soort=Werksoort.TEGENSPRAAK),
)


def test_elke_bladzijde_is_die_van_de_naieve_versie(monkeypatch):
    anna = _van_alles()
    monkeypatch.setattr(wv, "PER_PAGINA", 4)
    eik = Filter(aanbieder=fabriek.aanbieder("De Eik").agb)
    aantal = {}
    for filter_ in (*KEUZES, eik):
        onze = _bladzijden(wv.werkvoorraad, anna, filter_)
        assert onze == _bladzijden(naief.werkvoorraad, anna, filter_), filter_
        assert wv.tel(anna, vandaag(), filter_) == onze[0].aantallen
        aantal[filter_] = sum(len(blad.rijen) for blad in onze)
    assert aantal[Filter()] == 11
    assert 0 < aantal[eik] < 11
    assert all(aantal[Filter(soort=soort)] for soort in Werksoort if soort is not Werksoort.STAP)


def test_wat_er_gevraagd_wordt_blijft_bewaard_en_hoort_bij_wie_ernaar_kijkt():
    """The SQL is kept per person as the first wall sees him: whoever gets other municipalities asks another question."""
    anna = _van_alles()
    beide = wv.werkvoorraad(anna, vandaag())
    vragen = wv._delen.cache_info().currsize
    assert wv.werkvoorraad(Gebruiker.objects.get(pk=anna.pk), vandaag()) == beide
    assert wv._delen.cache_info().currsize == vragen

    anna.gemeenten.remove(fabriek.delft())
    over = wv.werkvoorraad(Gebruiker.objects.get(pk=anna.pk), vandaag())
    assert {rij.gemeente for rij in beide.rijen} == {"Westland", "Delft"}
    assert {rij.gemeente for rij in over.rijen} == {"Westland"}
    Gebruiker.objects.filter(pk=anna.pk).update(is_active=False)
    assert wv.werkvoorraad(Gebruiker.objects.get(pk=anna.pk), vandaag()).totaal == 0


@pytest.mark.parametrize("rol", [Rol.BEHEERDER, Rol.CONSULENT])
def test_wie_niets_mag_zien_krijgt_een_lege_lijst(rol):
    vol()
    niemand = fabriek.gebruiker(rol)
    blad = wv.werkvoorraad(niemand, vandaag())
    assert blad == naief.werkvoorraad(niemand, vandaag(), filter_=Filter())
    assert (blad.rijen, blad.totaal) == ((), 0)


def _warboel():
    """Every code with every answer of the form and every outcome, with and without a follow-up."""
    for code in ("02", "19", "20", "21", "22", "23", "31", "36", "38", "39", None):
        for behaald in (True, False, None):
            for uitkomst in (*Uitkomst, None):
                toewijzing = lopend(-3)
                if code:
                    fabriek.stop(toewijzing, code)
                if behaald is not None:
                    fabriek.formulier(
                        toewijzing, behaald=behaald, soort="wijziging" if uitkomst else "beeindiging"
                    )
                if uitkomst:
                    oordeel(toewijzing, uitkomst)
                if code in ("19", "31"):
                    volgende = fabriek.beschikking(toewijzing.client, begin=vandaag(), eind=None)
                    fabriek.toewijzing(volgende, trede=fabriek.trede(4))


def _zeldzaam():
    """A judgement that rests on a stop that was taken back (T23); a follow-up without resultaatgebied (T10)."""
    toewijzing = lopend(-3)
    stop = fabriek.stop(toewijzing, "23")
    oordeel(toewijzing, stop=stop)
    Stop.objects.filter(pk=stop.pk).update(ingetrokken_op=nu(), ingetrokken_in=stop.bericht)
    neutraal = lopend(-3)
    oordeel(neutraal, Uitkomst.NEE_NEUTRAAL)
    fabriek.toewijzing(fabriek.beschikking(neutraal.client, begin=vandaag(), eind=None))
    Toewijzing.objects.filter(client=neutraal.client).update(resultaatgebied=None)


def test_sql_mist_geen_tegenspraak_en_lichte_zaken_zeggen_hetzelfde_als_hele():
    """The conditions in SQL are wider than the rules and never narrower; the rest is the same by both ways."""
    _warboel()
    _zeldzaam()
    anna, dag = fabriek.consulent(), vandaag()
    alle = zaken(toewijzingen_van(anna).order_by("-pk"))
    gevonden = {zaak.toewijzing.pk: geef_tegenspraken(zaak, dag) for zaak in alle}
    licht = {zaak.toewijzing.pk: geef_tegenspraken(zaak, dag) for zaak in lichte_zaken(gevonden)}
    assert licht == gevonden
    volgens_regels = {pk for pk, rij in gevonden.items() if any(t.regel.wie is Rol.CONSULENT for t in rij)}
    nummers = {t.regel.nummer for rij in gevonden.values() for t in rij}
    assert len(volgens_regels) > 30
    assert {"T10", "T23"} < nummers
    assert len(nummers) >= 15

    kandidaten = sorted(verdacht(anna, dag).values_list("pk", flat=True), reverse=True)
    assert volgens_regels <= set(kandidaten)
    assert nieuwste_verdachten(anna, dag, 10**6) == kandidaten
    assert nieuwste_verdachten(anna, dag, 7) == kandidaten[:7]
    assert {m.zaak.toewijzing.pk for m in meldingen(anna, dag)[0]} == volgens_regels


def test_er_zijn_er_meer_dan_er_passen(monkeypatch):
    monkeypatch.setattr(tegenspraken, "HOOGSTENS", 2)
    anna, rijen = fabriek.consulent(), []
    for _ in range(3):
        rijen.append(lopend(-3))
        fabriek.stop(rijen[-1], "38")
    onze, meer = meldingen(anna, vandaag())
    assert [m.zaak.toewijzing.pk for m in onze] == [rijen[1].pk, rijen[2].pk]
    assert meer


@pytest.mark.parametrize(
    "keus", [Filter(van=Behandeling.MIJN), Filter(aanbieder="75009999"), Filter(gemeente="1783")]
)
def test_wat_van_anna_is_verdwijnt_niet_achter_nieuwere_tegenspraken_van_een_ander(monkeypatch, keus):
    """A filter goes before what fits on the list; without it the newest stand there, and that there are more."""
    monkeypatch.setattr(tegenspraken, "HOOGSTENS", 1)
    anna = fabriek.consulent(fabriek.westland(), fabriek.delft())
    oud = lopend(-3, aan=fabriek.aanbieder("De Eik", agb="75009999"))
    Client.objects.filter(pk=oud.client_id).update(behandelaar=anna)
    nieuw = lopend(-3, client=fabriek.client(fabriek.delft()))
    for toewijzing in (oud, nieuw):
        fabriek.stop(toewijzing, "38")

    blad, alles = (wv.werkvoorraad(anna, vandaag(), filter_=f) for f in (keus, Filter()))
    assert blad == naief.werkvoorraad(anna, vandaag(), filter_=keus)
    assert [_tegenspraak(blad), _tegenspraak(alles)] == [
        [oud.beschikking.kenmerk],
        [nieuw.beschikking.kenmerk],
    ]
    assert (blad.verborgen_tegenspraken, alles.verborgen_tegenspraken) == (False, True)
    assert wv.tel(anna, vandaag(), keus)[Werksoort.TEGENSPRAAK] == 1


def _tegenspraak(blad):
    return [rij.dossier for rij in blad.rijen if rij.soort is Werksoort.TEGENSPRAAK]


def test_wiens_clienten_het_zijn_wordt_een_keer_gevraagd():
    """Asked in every branch PostgreSQL walks from each client into each of them: dearer than the whole list."""
    anna = Kijker.van(fabriek.consulent())
    for van in Behandeling:
        delen = wv._delen(anna, vandaag(), Filter(van=van))
        assert delen.van is not None
        assert "behandelaar_id" in delen.van[0]
        assert len(delen.takken) == len(TAKKEN)
        assert not [sql for sql, _ in delen.takken if "behandelaar" in sql]
    assert wv._delen(anna, vandaag(), Filter()).van is None


def test_geen_koppeling_die_achter_de_muur_het_hele_land_leest():
    """What it costs shows only in a full database: PostgreSQL looks nothing up by a coalesce behind a wall."""
    koppelingen = [regel for regel in werkpagina._PAGINA.splitlines() if "join" in regel]
    assert len(koppelingen) > 5
    assert not [regel for regel in koppelingen if "coalesce" in regel]
