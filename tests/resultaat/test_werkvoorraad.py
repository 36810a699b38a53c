"""The worklist: what waits, by which day, for whom; counts equal the list; the cost does not grow."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from beschikkingen.enums import SoortBeschikking
from organisaties.startblokken import blokken_voor
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Evaluatie, InformatieVraag, TermijnVrijstelling
from resultaat.queries import werkvoorraad as wv
from resultaat.queries.werkpagina import Cursor
from resultaat.queries.werkvoorraad import Binnen, Filter, werkvoorraad
from resultaat.werksoorten import VOLGORDE, WERKREGELS, Werksoort
from tests import fabriek
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db
W = Werksoort


def lopend(dagen=30, **velden):
    """Ends in so many days."""
    eind = vandaag() + timedelta(days=dagen)
    begin = eind - timedelta(days=300)
    client = velden.pop("client", None)
    soort = velden.pop("soort", SoortBeschikking.MET_EINDDATUM)
    return fabriek.toewijzing(fabriek.beschikking(client, begin=begin, eind=eind, soort=soort), **velden)


def evaluatie(toewijzing, moment=None, **velden):
    return Evaluatie.objects.create(
        gemeente=toewijzing.gemeente,
        aanbieder=toewijzing.aanbieder,
        beschikking=toewijzing.beschikking,
        toewijzing=toewijzing,
        monitoringsmoment=moment,
        documentnaam="evaluatieformulier",
        ontvangen_datum=vandaag(),
        vervolg_nodig=True,
        reden="Zie verslag.",
        ingediend_op=nu(),
        ingediend_door=fabriek.medewerker(toewijzing.aanbieder),
        **velden,
    )


def vraag(bij, door=None):
    return InformatieVraag.objects.create(
        gemeente=bij.gemeente,
        aanbieder=bij.aanbieder,
        beschikking=bij.beschikking,
        evaluatie=bij,
        vraag="Hoe gaat het?",
        gesteld_op=nu(),
        gesteld_door=door or fabriek.consulent(),
    )


def met_moment(dagen=20):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    return fabriek.toewijzing(b), fabriek.monitoringsmoment(b, vandaag() + timedelta(days=dagen))


def soorten(wie=None, **keus):
    return [
        werk.soort
        for werk in werkvoorraad(wie or fabriek.consulent(), vandaag(), filter_=Filter(**keus)).rijen
    ]


def oordeel(toewijzing, uitkomst=Uitkomst.JA, vervolg=Vervolg.SLUITEN, **velden):
    velden.setdefault("toelichting", "" if uitkomst == Uitkomst.JA else "Zie dossier.")
    wat = Oordeel(
        uitkomst=uitkomst, paragraaf=Paragraaf.P4, vervolg=vervolg, resultaatdatum=vandaag(), **velden
    )
    return registreer(toewijzing=toewijzing, oordeel=wat, door=fabriek.consulent(), moment=nu())


def test_elke_soort_heeft_een_regel_met_zijn_termijn():
    assert set(WERKREGELS) == set(Werksoort) == set(VOLGORDE)


# --- What is on it, on both sides of the line ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("dagen", "erop"), [(56, True), (57, False), (0, True), (-1, True), (-400, True), (-401, False)]
)
def test_een_beschikking_loopt_af_vanaf_acht_weken(dagen, erop):
    lopend(dagen)
    assert (soorten() == [W.AFLOPEND]) is erop


def test_de_zin_noemt_de_uiterste_dag_en_of_die_voorbij_is():
    lopend(56)
    lopend(10)
    zinnen = [werk.zin for werk in werkvoorraad(fabriek.consulent(), vandaag()).rijen]
    assert "moest er zijn op" in zinnen[0]
    assert zinnen[1] == f"Het evaluatieformulier moet er zijn op {vandaag():%d-%m-%Y}."


@pytest.mark.parametrize("wat", ["oordeel", "stop", "evaluatie", "pgb", "verwijderd", "gesloten"])
def test_wat_bekend_is_loopt_niet_meer_af(wat):
    toewijzing = lopend(leveringsvorm="pgb" if wat == "pgb" else "zin")
    if wat == "oordeel":
        oordeel(toewijzing, vervolg=Vervolg.NIEUWE_BESCHIKKING)
    elif wat == "stop":
        fabriek.stop(toewijzing, "19")
    elif wat == "evaluatie":
        evaluatie(toewijzing, status="info_gevraagd")
    elif wat != "pgb":
        type(toewijzing).objects.filter(pk=toewijzing.pk).update(status=wat)
    assert soorten() == []


@pytest.mark.parametrize("wat", ["vrijstelling", "formulier"])
def test_aangekondigd_wacht_tot_de_laatste_dag_voorbij_is(wat):
    for dagen in (1, -1):
        toewijzing = lopend(dagen)
        if wat == "formulier":
            fabriek.formulier(toewijzing)
        else:
            TermijnVrijstelling.objects.create(
                gemeente=toewijzing.gemeente,
                aanbieder=toewijzing.aanbieder,
                toewijzing=toewijzing,
                termijn_datum=vandaag(),
                reden="Gesprek gehad.",
                vastgelegd_op=nu(),
                vastgelegd_door=fabriek.consulent(),
            )
    rijen = werkvoorraad(fabriek.consulent(), vandaag()).rijen
    assert [(w.soort, w.dagen(vandaag())) for w in rijen] == [(W.AFLOPEND, -1)]


def test_een_toewijzing_zonder_eigen_einddatum_loopt_af_met_haar_beschikking():
    for dagen in (7 * 8, 7 * 8 + 1, -400, -401):
        lopend(dagen, einddatum=None)
    met_eigen = lopend(300, einddatum=vandaag() + timedelta(days=3))
    rijen = werkvoorraad(fabriek.consulent(), vandaag()).rijen
    assert [(w.soort, w.dagen(vandaag())) for w in rijen] == [
        (W.AFLOPEND, -400),
        (W.AFLOPEND, 3),
        (W.AFLOPEND, 56),
    ]
    assert rijen[1].dossier == met_eigen.beschikking.kenmerk


@pytest.mark.parametrize(
    ("soort", "erop"), [(SoortBeschikking.GETRAPT, []), (SoortBeschikking.MET_EINDDATUM, [W.AFLOPEND])]
)
def test_een_tussenstap_die_een_eigen_toewijzing_is_loopt_niet_af(soort, erop):
    eerste = lopend(10, soort=soort)
    fabriek.toewijzing(
        eerste.beschikking,
        ingangsdatum=eerste.einddatum + timedelta(days=1),
        einddatum=eerste.einddatum + timedelta(days=300),
    )
    assert soorten() == erop


def test_een_evaluatie_wacht_tot_het_einde_en_een_vraag_haalt_haar_eraf():
    toewijzing = lopend(40)
    document = evaluatie(toewijzing)
    (werk,) = werkvoorraad(fabriek.consulent(), vandaag()).rijen
    assert (werk.soort, werk.datum) == (W.EVALUATIE, toewijzing.einddatum)
    Evaluatie.objects.update(status="info_gevraagd")
    vraag(document)
    assert soorten() == [W.VRAAG]


@pytest.mark.parametrize(("dagen", "erop"), [(56, True), (57, False), (-3, True)])
def test_een_monitoringsmoment_komt_acht_weken_vooraf(dagen, erop):
    met_moment(dagen)
    assert (soorten() == [W.MONITORING]) is erop


def test_het_afgesproken_gesprek_gaat_voor_de_dag_van_het_moment():
    _, moment = met_moment(20)
    type(moment).objects.update(gesprek_voor_datum=vandaag() + timedelta(days=5))
    (werk,) = werkvoorraad(fabriek.consulent(), vandaag()).rijen
    assert werk.dagen(vandaag()) == 5


def test_ligt_de_evaluatie_er_dan_staat_het_moment_er_niet_nog_een_keer():
    toewijzing, moment = met_moment()
    evaluatie(toewijzing, moment)
    assert soorten() == [W.EVALUATIE]


def test_zonder_einddatum_en_zonder_moment_vergeet_niemand():
    fabriek.toewijzing(fabriek.beschikking(begin=vandaag() - timedelta(days=100), eind=None))
    assert soorten() == [W.ZONDER_MOMENT]


@pytest.mark.parametrize(
    "anders", [{"leveringsvorm": "pgb"}, {"status": "gesloten"}, {"einddatum": date(2099, 12, 31)}]
)
def test_zonder_moment_wacht_niet_op_wat_niet_meer_loopt(anders):
    toewijzing = fabriek.toewijzing(fabriek.beschikking(begin=vandaag() - timedelta(days=100), eind=None))
    type(toewijzing).objects.filter(pk=toewijzing.pk).update(**anders)
    assert W.ZONDER_MOMENT not in soorten()


@pytest.mark.parametrize(
    ("verdict", "erop"), [("naar_consulent", True), ("wacht_op_formulier", False), ("", False)]
)
def test_een_stop_komt_als_de_ronde_haar_stuurt_met_de_reden(verdict, erop):
    fabriek.stop(lopend(-3), "21", oordeel=verdict, oordeel_regel="RR13" if verdict else "")
    rijen = werkvoorraad(fabriek.consulent(), vandaag()).rijen
    assert ([w.soort for w in rijen] == [W.STOP]) is erop
    assert all(w.zin and w.dagen(vandaag()) == 14 for w in rijen)


def test_een_beoordeelde_stop_is_eraf():
    toewijzing = lopend(-3)
    stop = fabriek.stop(toewijzing, "21", oordeel="naar_consulent", oordeel_regel="RR13")
    oordeel(toewijzing, stop=stop)
    assert soorten() == []


def test_een_verzoek_om_wijziging_komt_erop_en_een_beeindiging_niet():
    fabriek.formulier(lopend(200), soort="wijziging")
    fabriek.formulier(lopend(200), soort="beeindiging")
    assert soorten() == [W.VERZOEK]


def test_een_mislukte_tussenstap_komt_erop_tot_zij_is_geregistreerd():
    toewijzing = lopend(100, soort=SoortBeschikking.GETRAPT)
    helft = vandaag() - timedelta(days=1)
    een = fabriek.stap(toewijzing, 1, 4, toewijzing.ingangsdatum, helft)
    fabriek.stap(toewijzing, 2, 3, vandaag(), toewijzing.einddatum)
    formulier = fabriek.formulier(toewijzing, soort="wijziging", behaald=False)
    assert soorten(soort=W.STAP) == [W.STAP]
    registreer(
        toewijzing=toewijzing,
        oordeel=Oordeel(
            uitkomst=Uitkomst.NEE_CLIENT,
            paragraaf=Paragraaf.P3,
            vervolg=Vervolg.DOORLOPEN,
            resultaatdatum=helft,
            toelichting="Meer tijd.",
            stap=een,
            formulier=formulier,
        ),
        door=fabriek.consulent(),
        moment=nu(),
    )
    assert soorten(soort=W.STAP) == []


# --- Contradictions --------------------------------------------------------------------------------------------------
def test_een_tegenspraak_komt_erop_en_verdwijnt_als_zij_is_opgelost():
    toewijzing = lopend(-3)
    stop = fabriek.stop(toewijzing, "21")
    eerste = oordeel(toewijzing, Uitkomst.NEE_ZORGAANBIEDER, stop=stop)
    (werk,) = werkvoorraad(fabriek.consulent(), vandaag()).rijen
    assert werk.soort == W.TEGENSPRAAK
    assert "eenzijdig gestopt (21)" in werk.zin
    registreer(
        toewijzing=toewijzing,
        oordeel=Oordeel(
            uitkomst=Uitkomst.NEE_CLIENT,
            paragraaf=Paragraaf.P4,
            vervolg=Vervolg.SLUITEN,
            resultaatdatum=vandaag(),
            toelichting="Toch de cliënt.",
        ),
        door=fabriek.consulent(),
        moment=nu(),
        corrigeert=eerste,
        correctie_reden="Verkeerd gekozen.",
    )
    assert soorten() == []


# --- The list itself -------------------------------------------------------------------------------------------------
def vol():
    """One of each kind, and for some two."""
    lopend(40)
    lopend(3)
    evaluatie(lopend(20))
    met_moment(10)
    fabriek.stop(lopend(-3), "21", oordeel="naar_consulent", oordeel_regel="RR13")
    fabriek.formulier(lopend(200), soort="wijziging")
    vraag(evaluatie(lopend(25), status="info_gevraagd"))
    fabriek.toewijzing(fabriek.beschikking(begin=vandaag() - timedelta(days=100), eind=None))


def test_de_lijst_staat_op_de_dag_dat_het_moet():
    vol()
    dagen = [werk.datum for werk in werkvoorraad(fabriek.consulent(), vandaag()).rijen]
    assert dagen == sorted(dagen)
    assert len(dagen) == 8


@pytest.mark.parametrize(
    "keus", [{}, {"binnen": Binnen.WEEK}, {"binnen": Binnen.TE_LAAT}, {"gemeente": "0503"}]
)
def test_elk_aantal_is_dat_van_de_lijst(keus):
    vol()
    anna = fabriek.consulent(fabriek.westland(), fabriek.delft())
    aantallen = werkvoorraad(anna, vandaag(), filter_=Filter(**keus)).aantallen
    for soort in Werksoort:
        rijen = werkvoorraad(anna, vandaag(), filter_=Filter(soort=soort, **keus)).rijen
        assert len(rijen) == aantallen[soort], soort
    assert len(werkvoorraad(anna, vandaag(), filter_=Filter(**keus)).rijen) == sum(aantallen.values())


def test_de_tegels_van_de_start_zijn_de_aantallen_van_de_lijst():
    vol()
    anna = fabriek.consulent()
    tegels = {
        b.url.partition("soort=")[2]: b.aantal for b in blokken_voor(anna, vandaag()) if "soort=" in b.url
    }
    aantallen = werkvoorraad(anna, vandaag()).aantallen
    assert {soort: n for soort, n in tegels.items() if n} == {s.value: n for s, n in aantallen.items() if n}


def test_filteren_op_aanbieder():
    eik = fabriek.aanbieder("De Eik")
    lopend(5, aan=eik)
    lopend(5, aan=fabriek.aanbieder("De Linde"))
    toewijzing, _ = met_moment()
    type(toewijzing).objects.filter(pk=toewijzing.pk).update(aanbieder=eik)
    assert soorten(aanbieder=eik.agb) == [W.AFLOPEND, W.MONITORING]


def test_bladeren_slaat_niets_over_en_telt_niets_dubbel(monkeypatch):
    vol()
    for _ in range(4):
        lopend(3)
    monkeypatch.setattr(wv, "PER_PAGINA", 3)
    anna, gezien, na = fabriek.consulent(), [], None
    while True:
        pagina = werkvoorraad(anna, vandaag(), na=na)
        gezien += [werk.plaats for werk in pagina.rijen]
        assert len(pagina.rijen) <= 3
        if (na := pagina.volgende) is None:
            break
        assert Cursor.lees(str(na)) == na
    assert len(gezien) == len(set(gezien)) == 12
    assert gezien == sorted(gezien)


@pytest.mark.parametrize("kapot", ["", "x", "2026-13-01.1.a", "2026-01-01.1.geen-uuid", "1.2"])
def test_een_veranderd_adres_begint_vooraan(kapot):
    assert Cursor.lees(kapot) is None


def test_delft_ziet_het_werk_van_westland_niet():
    vol()
    assert soorten(fabriek.consulent(fabriek.delft())) == []


def test_een_afgeschermde_client_heeft_geen_naam_in_de_lijst_en_is_niet_vergeten(http):
    toewijzing = lopend(3, client=fabriek.client(achternaam="Geheim", afgeschermd=True))
    http.force_login(fabriek.consulent())
    pagina = http.get(reverse("resultaat:werkvoorraad")).content.decode()
    assert "Geheim" not in pagina
    assert "Afgeschermde cliënt" in pagina
    assert "Geheim" not in http.get(reverse("resultaat:dossiers")).content.decode()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    mijn = http.get(reverse("resultaat:mijn-clienten")).content.decode()
    assert "Geheim" not in mijn
    assert "1 afgeschermde toewijzing staat niet in deze lijst" in re.sub(r"\s+", " ", mijn)


def test_de_pagina_kost_evenveel_bij_een_en_bij_vijftig(http, django_assert_max_num_queries):
    anna = fabriek.consulent()
    http.force_login(anna)

    def kosten():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as vangst:
            assert http.get(reverse("resultaat:werkvoorraad")).status_code == 200
        return len(vangst)

    vol()
    oordeel(lopend(-3, aan=fabriek.aanbieder()), Uitkomst.NEE_NEUTRAAL)
    kosten()
    weinig = kosten()
    for _ in range(5):
        vol()
    assert kosten() == weinig


def test_de_filters_en_de_plek_staan_in_het_adres(http):
    vol()
    http.force_login(fabriek.consulent())
    pagina = http.get(reverse("resultaat:werkvoorraad") + "?soort=evaluatie&binnen=maand").content.decode()
    assert "soort=stop&amp;binnen=maand" in pagina
    assert "terug=%2Fwerkvoorraad%2F%3Fsoort%3Devaluatie%26binnen%3Dmaand" in pagina
    assert "Kies bij" in http.get(reverse("resultaat:werkvoorraad") + "?gemeente=9999").content.decode()
