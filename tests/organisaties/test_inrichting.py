"""What is set up, and by whom: municipalities, providers, areas, steps and products with their dates."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.models import Aanbieder, Gemeente, Productafspraak, Resultaatgebied, Trede
from organisaties.referentie import REGIOS, laad_referentie
from rapportage.models import Categorieafspraak
from resultaat.models import RedenOptie
from tests import fabriek

pytestmark = pytest.mark.django_db


@pytest.fixture
def tessa(http):
    laad_referentie()
    wie = fabriek.beheerder(naam="Tessa")
    http.force_login(wie)
    return wie


def test_de_referentie_laadt_beide_regio_s_met_hun_eigen_afspraken():
    laad_referentie()
    assert Gemeente.objects.get(code="1783").evaluatiedocument == "evaluatieformulier"
    assert set(Gemeente.objects.exclude(code="1783").values_list("evaluatiedocument", flat=True)) == {
        "zorgplan"
    }
    for regio in REGIOS:
        rijen = Productafspraak.objects.filter(regio__code=regio.code)
        assert rijen.count() == len(regio.gebieden) * len(regio.treden)
        assert all(p.trede and p.resultaatgebied for p in rijen)
        assert Trede.objects.get(regio__code=regio.code, is_waakvlam=True).zwaarte == 1
        assert RedenOptie.objects.filter(regio__code=regio.code).count() == 13
        assert Categorieafspraak.objects.filter(regio__code=regio.code).count() == 11
    codes = [
        set(Productafspraak.objects.filter(regio__code=r.code).values_list("productcode", flat=True))
        for r in REGIOS
    ]
    assert not codes[0] & codes[1]


def test_westland_is_zeker_en_de_andere_vier_van_h5_zijn_een_voorbeeld():
    laad_referentie()
    onzeker = Gemeente.objects.exclude(opmerking="").values_list("naam", flat=True)
    assert sorted(onzeker) == ["Delft", "Leidschendam-Voorburg", "Midden-Delfland", "Rijswijk"]


def test_opnieuw_laden_overschrijft_niets():
    laad_referentie()
    Gemeente.objects.filter(code="0503").update(
        naam="Delft (aangepast)", evaluatiedocument="evaluatieformulier"
    )
    RedenOptie.objects.filter(code="zorgmijder").update(tekst="Eigen woorden", actief=False)
    aantallen = [m.objects.count() for m in (Gemeente, Resultaatgebied, Trede, Productafspraak, RedenOptie)]
    laad_referentie()
    assert [
        m.objects.count() for m in (Gemeente, Resultaatgebied, Trede, Productafspraak, RedenOptie)
    ] == aantallen
    assert Gemeente.objects.get(code="0503").naam == "Delft (aangepast)"
    assert set(RedenOptie.objects.filter(code="zorgmijder").values_list("tekst", "actief")) == {
        ("Eigen woorden", False)
    }


def gemeentevelden(**velden):
    basis = {
        "naam": "Westland", "regio": fabriek.regio().pk, "ingericht": "on", "evaluatiedocument": "evaluatieformulier",
        "ronde_dag": 1, "formulier_wachtdagen": 14, "einddatum_tolerantie_dagen": 0, "verkort_dagen": 14,
        "herinner_weken": "", "retourweg": "portaal", "bewaartermijn_jaren": 15, "bewaartermijn_bron": "Selectielijst",
        "bedenktijd_dagen": 14, "opmerking": "",
    }  # fmt: skip
    return {**basis, **velden}


def test_een_gemeente_aanpassen_staat_met_oud_en_nieuw_in_het_logboek(http, tessa):
    http.post("/inrichting/gemeenten/1783/", gemeentevelden())
    http.post("/inrichting/gemeenten/1783/", gemeentevelden(ronde_dag=5, herinner_weken="14, 8"))
    gemeente = Gemeente.objects.get(code="1783")
    assert (gemeente.ronde_dag, gemeente.herinnermomenten) == (5, (14, 8))
    regel = Gebeurtenis.objects.filter(actie="gemeente.gewijzigd").last()
    assert regel.details == {"ronde_dag": [1, 5], "herinner_weken": [[], [14, 8]]}
    assert regel.gemeente_id == gemeente.pk


def test_niets_gewijzigd_laat_geen_regel_na(http, tessa):
    http.post("/inrichting/gemeenten/1783/", gemeentevelden(opmerking="x"))
    aantal = Gebeurtenis.objects.count()
    http.post("/inrichting/gemeenten/1783/", gemeentevelden(opmerking="x"))
    assert Gebeurtenis.objects.count() == aantal


@pytest.mark.parametrize("weken", ["twaalf", "0", "53", "8,x"])
def test_weken_die_geen_weken_zijn(http, tessa, weken):
    antwoord = http.post("/inrichting/gemeenten/1783/", gemeentevelden(herinner_weken=weken))
    assert antwoord.status_code == 422
    assert "bijvoorbeeld: 12, 10, 8." in antwoord.content.decode()


def test_een_aanbieder_toevoegen_en_zijn_code_houden(http, tessa):
    velden = {"agb": "7500 0001", "naam": "De Linde", "email": "post@example.nl", "ingericht": "on"}
    http.post("/inrichting/aanbieders/nieuw/", velden)
    assert Aanbieder.objects.get().agb == "75000001"
    anders = http.post("/inrichting/aanbieders/75000001/", {**velden, "agb": "75000002"})
    assert "die blijft 75000001" in anders.content.decode()
    dubbel = http.post("/inrichting/aanbieders/nieuw/", velden)
    assert dubbel.status_code == 422
    assert "Er is al een aanbieder met deze AGB-code." in dubbel.content.decode()


def test_een_productafspraak_gaat_in_en_sluit_de_vorige_af(http, tessa):
    regio = fabriek.regio()
    ingang = date(2027, 1, 1)
    velden = {
        "categorie": "02",
        "code": "02a02",
        "omschrijving": "Nieuw",
        "gebied": Resultaatgebied.objects.filter(regio=regio).first().pk,
        "trede": Trede.objects.get(regio=regio, zwaarte=3).pk,
        "vanaf": "01-01-2027",
    }
    http.post("/inrichting/regios/h5/product/", velden)
    oud, nieuw = Productafspraak.objects.filter(productcode="02A02").order_by("geldig")
    assert (oud.geldig.upper, nieuw.geldig.lower, nieuw.geldig.upper) == (ingang, ingang, None)
    weer = http.post("/inrichting/regios/h5/product/", velden)
    assert "Kies een latere dag." in weer.content.decode()
    assert (
        Productafspraak.objects.filter(productcode="02A02", geldig__contains=ingang - timedelta(1)).get()
        == oud
    )


def test_een_trede_met_een_zwaarte_die_er_al_is(http, tessa):
    antwoord = http.post("/inrichting/regios/h5/trede/", {"naam": "Trede 9", "zwaarte": 3})
    assert antwoord.status_code == 422
    assert not Trede.objects.filter(naam="Trede 9").exists()
    assert http.post("/inrichting/regios/h5/trede/", {"naam": "Trede 9", "zwaarte": 9}).status_code == 302


def test_een_gebied_van_een_andere_regio_bestaat_hier_niet(http, tessa):
    van_mh = Resultaatgebied.objects.filter(regio__code="mh").first()
    assert http.get(f"/inrichting/regios/h5/gebied/{van_mh.pk}/").status_code == 404


def test_codes_die_nog_niet_zijn_ingericht_staan_bovenaan(http, tessa):
    Gemeente.objects.create(code="0518", naam="’s-Gravenhage", ingericht=False)
    Aanbieder.objects.create(agb="75000099", naam="AGB 75000099", ingericht=False)
    fabriek.toewijzing(productcode="02Z99")
    pagina = http.get("/inrichting/").content.decode()
    for tekst in ("0518", "75000099", "product 02 02Z99"):
        assert tekst in pagina
    assert "Nog in te richten" in http.get("/").content.decode()


@pytest.mark.parametrize("pad", ["/inrichting/", "/inrichting/regios/h5/", "/inrichting/regios/mh/?alles"])
def test_de_pagina_s_zijn_er(http, tessa, pad):
    assert http.get(pad).status_code == 200


@pytest.mark.parametrize(
    "maak", [fabriek.consulent, fabriek.administratie, fabriek.contractmanager, fabriek.medewerker]
)
def test_alleen_de_beheerder_richt_in(http, maak):
    laad_referentie()
    http.force_login(maak())
    for pad in (
        "",
        "gemeenten/1783/",
        "aanbieders/nieuw/",
        "regios/h5/",
        "regios/h5/product/",
        "regios/h5/gebied/",
    ):
        assert http.get(f"/inrichting/{pad}").status_code == 404


def test_het_logboek_noemt_geen_client_en_bladert(http, tessa):
    from logboek.actions import leg_vast

    for nr in range(60):
        leg_vast(
            actie="dossier.gezien", door=tessa, object_kenmerk=f"nr-{nr}", gemeente_id=fabriek.westland().pk
        )
    pagina = http.get(reverse("organisaties:logboek"))
    tekst = pagina.content.decode()
    assert "nr-59" in tekst
    assert "nr-9<" not in tekst
    vervolg = pagina.context["volgende_url"]
    assert "nr-9<" in http.get(reverse("organisaties:logboek") + vervolg).content.decode()


def test_gefilterd_logboek(http, tessa):
    from logboek.actions import leg_vast

    leg_vast(actie="dossier.gezien", door=fabriek.consulent(naam="Marijke"), object_kenmerk="een")
    leg_vast(actie="bsn.getoond", door=tessa, object_kenmerk="twee")
    tekst = http.get("/logboek/", {"wie": "marij"}).content.decode()
    assert "een" in tekst
    assert "bsn.getoond" not in tekst
    assert "bsn.getoond" not in http.get("/logboek/", {"wat": "dossier."}).content.decode()
    assert "Geen gebeurtenissen" in http.get("/logboek/", {"tot": "01-01-2020"}).content.decode()


def test_een_consulent_ziet_in_het_logboek_alleen_zijn_eigen_gemeente(http):
    from logboek.actions import leg_vast

    leg_vast(actie="een.westland", door=None, gemeente_id=fabriek.westland().pk)
    leg_vast(actie="een.delft", door=None, gemeente_id=fabriek.delft().pk)
    http.force_login(fabriek.consulent())
    tekst = http.get("/logboek/").content.decode()
    assert "een.westland" in tekst
    assert "een.delft" not in tekst
    http.force_login(fabriek.medewerker())
    assert http.get("/logboek/").status_code == 404


def test_taken_en_mail_die_niet_weg_wil(http, tessa):
    from techniek.models import Hartslag, Mail

    op = fabriek.nu()
    Hartslag.objects.create(taak="verstuur_mail", begonnen_op=op, bericht="OSError: dicht")
    mail = Mail.objects.create(
        sleutel="x", aan="a@example.nl", onderwerp="Herinnering", tekst="…", status="opgegeven", pogingen=20,
        aangemaakt_op=op, volgende_poging_op=op, fout="dicht",
    )  # fmt: skip
    Mail.objects.create(
        sleutel="y", aan="b@example.nl", onderwerp="Oud", tekst="…", aangemaakt_op=op - timedelta(hours=1),
        volgende_poging_op=op,
    )  # fmt: skip
    pagina = http.get("/taken/").content.decode()
    for tekst in ("mislukt", "a@example.nl", "De post staat stil"):
        assert tekst in pagina
    http.post(reverse("organisaties:mail-opnieuw", args=[mail.pk]))
    mail.refresh_from_db()
    assert (mail.status, mail.pogingen) == ("nieuw", 0)
    assert Gebeurtenis.objects.filter(actie="mail.opnieuw").count() == 1


def test_de_startpagina_van_de_beheerder_telt_wat_erachter_staat(http, tessa):
    pagina = http.get("/").content.decode()
    assert "Mislukte taken" in pagina
    blokken = {b.label: b for b in http.get("/").context["blokken"]}
    assert blokken["Zonder tweede stap"].aantal == 1
    achter = http.get(blokken["Zonder tweede stap"].url)
    assert len(achter.context["rijen"]) == 1


def test_wie_niets_te_doen_heeft_krijgt_een_zin(http, monkeypatch):
    monkeypatch.setattr("organisaties.startblokken.REGISTER", [])
    http.force_login(fabriek.consulent(naam="Marijke"))
    assert "Er wacht niets op u" in http.get("/").content.decode()
