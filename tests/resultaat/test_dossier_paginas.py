"""Every page around the dossier: who gets in, who is told it does not exist, and what it costs."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beschikkingen.models import Beschikking, Toewijzing
from logboek.models import Gebeurtenis
from resultaat.actions.registreer import Oordeel, registreer
from resultaat.enums import Paragraaf, Uitkomst, Vervolg
from resultaat.models import Resultaat
from resultaat.queries.dossier import geef_dossier
from resultaat.referentie import laad_redenopties
from tests import fabriek
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db


def dossier_url(toewijzing):
    return reverse("resultaat:dossier", args=[toewijzing.beschikking.kenmerk])


@pytest.mark.parametrize("naam", ["werkvoorraad", "dossiers", "werkwijze"])
def test_de_consulent_opent_haar_lijsten(http, naam):
    fabriek.stop(fabriek.toewijzing(), "21", oordeel="naar_consulent", oordeel_regel="RR12")
    http.force_login(fabriek.consulent())
    antwoord = http.get(reverse(f"resultaat:{naam}"))
    assert antwoord.status_code == 200


def test_de_consulent_opent_dossier_en_formulier(http):
    toewijzing = fabriek.toewijzing()
    fabriek.start(toewijzing)
    fabriek.formulier(toewijzing)
    fabriek.stop(toewijzing)
    http.force_login(fabriek.consulent())
    tekst = http.get(dossier_url(toewijzing)).content.decode()
    assert "Jansen" in tekst
    assert "Zorg gestart" in tekst
    assert "Behaald" in tekst
    assert http.get(reverse("resultaat:registreren", args=[toewijzing.kenmerk])).status_code == 200
    assert http.get(reverse("resultaat:gesprek", args=[toewijzing.beschikking.kenmerk])).status_code == 200


def test_elke_blik_op_een_dossier_staat_in_het_logboek(http):
    toewijzing = fabriek.toewijzing()
    anna = fabriek.consulent(naam="Anna")
    http.force_login(anna)
    http.get(dossier_url(toewijzing))
    regel = Gebeurtenis.objects.get(actie="dossier.gezien")
    assert (regel.actor_naam, regel.object_kenmerk) == ("Anna", str(toewijzing.beschikking.kenmerk))
    assert bytes(regel.client_index) == bytes(toewijzing.client.bsn_index)
    assert "Anna" in http.get(dossier_url(toewijzing)).content.decode()


@pytest.mark.parametrize(
    "wie", ["buurgemeente", "andere aanbieder", "beheerder", "contractmanager", "niemand"]
)
def test_een_vreemde_krijgt_te_horen_dat_het_dossier_niet_bestaat(http, wie):
    toewijzing = fabriek.toewijzing()
    mensen = {
        "buurgemeente": lambda: fabriek.consulent(fabriek.delft()),
        "andere aanbieder": lambda: fabriek.medewerker(fabriek.aanbieder("De Eik")),
        "beheerder": fabriek.beheerder,
        "contractmanager": fabriek.contractmanager,
    }
    if wie != "niemand":
        http.force_login(mensen[wie]())
    verwacht = 302 if wie == "niemand" else 404
    for naam, kenmerk in (
        ("dossier", toewijzing.beschikking.kenmerk),
        ("registreren", toewijzing.kenmerk),
        ("registreren-advies", toewijzing.kenmerk),
        ("gesprek", toewijzing.beschikking.kenmerk),
        ("evaluatie-indienen", toewijzing.kenmerk),
        ("document", uuid.uuid4()),
    ):
        assert http.get(reverse(f"resultaat:{naam}", args=[kenmerk])).status_code == verwacht, naam
    assert not Gebeurtenis.objects.filter(actie="dossier.gezien").exists()


def test_de_administratie_ziet_het_dossier_en_registreert_niet(http):
    toewijzing = fabriek.toewijzing()
    http.force_login(fabriek.administratie())
    antwoord = http.get(dossier_url(toewijzing))
    assert antwoord.status_code == 200
    assert reverse("resultaat:registreren", args=[toewijzing.kenmerk]) not in antwoord.content.decode()
    assert http.get(reverse("resultaat:registreren", args=[toewijzing.kenmerk])).status_code == 404
    assert http.get(reverse("resultaat:werkvoorraad")).status_code == 404


def test_de_aanbieder_ziet_zijn_deel_en_niet_dat_van_een_ander(http):
    dossier = fabriek.beschikking()
    eigen = fabriek.toewijzing(dossier, aan=fabriek.aanbieder("De Linde"), gebied_naam="Financiën")
    fabriek.toewijzing(dossier, aan=fabriek.aanbieder("De Eik"), gebied_naam="Huisvesting")
    fabriek.start(eigen)
    http.force_login(fabriek.medewerker(eigen.aanbieder))
    tekst = http.get(dossier_url(eigen)).content.decode()
    assert "Financiën" in tekst
    assert "Huisvesting" not in tekst
    assert "De Eik" not in tekst
    assert "Advies:" not in tekst
    assert http.get(reverse("resultaat:mijn-clienten")).status_code == 200
    assert http.get(reverse("resultaat:evaluatie-indienen", args=[eigen.kenmerk])).status_code == 200


def kosten(http, adres):
    with CaptureQueriesContext(connection) as vangst:
        assert http.get(adres).status_code == 200
    return len(vangst)


def test_een_dossier_kost_evenveel_bij_een_en_bij_zes_gebieden(http):
    """Everything in it: starts, stops, forms, judgements with corrections, a talk, a successor."""
    toewijzing = fabriek.toewijzing()
    http.force_login(fabriek.consulent())

    def erbij(naam):
        extra = fabriek.toewijzing(toewijzing.beschikking, gebied_naam=naam)
        fabriek.start(extra)
        fabriek.formulier(extra)
        stop = fabriek.stop(extra, "23")
        wat = Oordeel(
            uitkomst=Uitkomst.JA,
            paragraaf=Paragraaf.P4,
            vervolg=Vervolg.SLUITEN,
            resultaatdatum=extra.einddatum,
            stop=stop,
        )
        registreer(toewijzing=extra, oordeel=wat, door=fabriek.consulent(), moment=fabriek.nu())

    erbij("Huisvesting")
    kosten(http, dossier_url(toewijzing))
    weinig = kosten(http, dossier_url(toewijzing))
    for naam in ("Daginvulling", "Gezondheid", "Mantelzorg", "Functioneren"):
        erbij(naam)
    assert kosten(http, dossier_url(toewijzing)) == weinig


def test_de_tijdlijn_noemt_redenen_in_woorden_en_een_correctie_met_haar_reden(http):
    fabriek.westland()
    laad_redenopties()
    toewijzing = fabriek.toewijzing()

    def oordeel(code):
        return Oordeel(
            uitkomst=Uitkomst.NEE_CLIENT,
            paragraaf=Paragraaf.P1C,
            vervolg=Vervolg.NIEUWE_BESCHIKKING,
            resultaatdatum=toewijzing.einddatum,
            redenen=[code],
        )

    wie, op = fabriek.consulent(), fabriek.nu()
    eerste = registreer(toewijzing=toewijzing, oordeel=oordeel("zorgmijder"), door=wie, moment=op)
    registreer(
        toewijzing=toewijzing,
        oordeel=oordeel("meer_tijd_nodig"),
        door=wie,
        moment=op,
        corrigeert=eerste,
        correctie_reden="Verkeerd vinkje.",
    )
    http.force_login(wie)
    tekst = http.get(dossier_url(toewijzing)).content.decode()
    assert "Cliënt wilde niet (zorgmijder)" in tekst
    assert "Cliënt heeft meer tijd nodig om doelen te bereiken" in tekst
    assert "Correctie: Verkeerd vinkje." in tekst
    assert "gecorrigeerd" in tekst
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    van_aanbieder = http.get(dossier_url(toewijzing)).content.decode()
    assert "Resultaat: nee, reden cliënt" in van_aanbieder
    assert "zorgmijder" not in van_aanbieder
    assert "Verkeerd vinkje" not in van_aanbieder


def test_een_vervolg_koppelen_kan_alleen_bij_dezelfde_client(http):
    oud = fabriek.toewijzing().beschikking
    nieuw = fabriek.beschikking(oud.client, begin=date(2027, 1, 1), eind=None)
    vreemd = fabriek.beschikking(begin=date(2027, 1, 1), eind=None)
    http.force_login(fabriek.consulent())
    adres = reverse("resultaat:vervolg-koppelen", args=[oud.kenmerk])
    for vervolg in (vreemd.kenmerk, "onzin", ""):
        http.post(adres, {"vervolg": str(vervolg)})
    vreemd.refresh_from_db()
    assert vreemd.voorganger is None
    http.post(adres, {"vervolg": str(nieuw.kenmerk)})
    nieuw.refresh_from_db()
    assert nieuw.voorganger == oud
    pagina = http.post(adres, {"vervolg": str(nieuw.kenmerk)}, follow=True).content.decode()
    assert "volgt al op een andere beschikking" in pagina


def test_de_werkwijze_zegt_wat_er_geldt_en_ook_wanneer_niets(http):
    http.force_login(fabriek.consulent())
    adres = reverse("resultaat:werkwijze")
    geval = http.get(
        adres, {"behaald": "ja", "vervolg_nodig": "ja"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "§1B" in geval
    assert "§1C" not in geval
    open_ = http.get(adres, headers={"HX-Request": "true"}).content.decode()
    assert all(f"§{p}" in open_ for p in ("1A", "1B", "1C", "4"))
    niets = http.get(adres, {"aanleiding": "tussenstap", "behaald": "ja"}, headers={"HX-Request": "true"})
    assert "U vult niets in" in niets.content.decode()
    assert "Kies bij elke vraag" in http.get(adres, {"soort": "x"}).content.decode()


def test_mijn_clienten_is_niet_voor_de_gemeente(http):
    http.force_login(fabriek.consulent())
    assert http.get(reverse("resultaat:mijn-clienten")).status_code == 404


@pytest.mark.parametrize("vreemde", ["buurgemeente", "andere aanbieder"])
def test_ook_zonder_de_eerste_muur_vindt_een_vreemde_niets(http, monkeypatch, vreemde):
    """Whoever forgets `visible_to` meets row level security."""
    toewijzing = fabriek.toewijzing()
    for model in (Beschikking, Toewijzing):
        monkeypatch.setattr(type(model.objects.all()), "visible_to", lambda self, wie: self.all())
    wie = (
        fabriek.consulent(fabriek.delft())
        if vreemde == "buurgemeente"
        else fabriek.medewerker(fabriek.aanbieder("De Eik"))
    )
    http.force_login(wie)
    assert http.get(dossier_url(toewijzing)).status_code == 404
    http.force_login(fabriek.consulent())
    assert http.get(dossier_url(toewijzing)).status_code == 200


def test_een_oordeel_over_een_stap_is_niet_dat_van_het_gebied(http):
    """The link says what it opens: the end is still to be judged, so it says Registreer (§3)."""
    b = fabriek.beschikking(soort="getrapt")
    t = fabriek.toewijzing(b)
    stap = fabriek.stap(t, 1, 4, b.ingangsdatum, b.ingangsdatum)
    fabriek.stap(t, 2, 3, b.ingangsdatum + timedelta(days=1), b.einddatum)
    Resultaat.objects.create(
        gemeente=t.gemeente, aanbieder=t.aanbieder, toewijzing=t, stap=stap, uitkomst=Uitkomst.NEE_CLIENT, paragraaf="3",
        vervolg=Vervolg.DOORLOPEN, resultaatdatum=b.ingangsdatum, toelichting="Nog niet gelukt.",
        geregistreerd_op=fabriek.nu(), geregistreerd_door=fabriek.consulent(),
    )  # fmt: skip
    http.force_login(fabriek.consulent())
    pagina = http.get(dossier_url(t)).content.decode()
    assert "Stap 1 (tot en met" in pagina
    assert ">Registreer<" in pagina
    assert ">Corrigeer<" not in pagina


def test_een_voorbij_monitoringsmoment_is_geen_einddatum(http):
    t = fabriek.toewijzing(fabriek.beschikking(eind=None))
    fabriek.monitoringsmoment(t.beschikking, date(2026, 1, 5))
    http.force_login(fabriek.consulent())
    pagina = http.get(dossier_url(t)).content.decode()
    assert "het monitoringsmoment is voorbij" in pagina
    assert "einddatum voorbij" not in pagina


def test_een_aanbieder_leest_niets_van_de_zorg_van_een_ander_bij_dezelfde_client():
    """The case looks at all allocations of the client; the wall of the database leaves a provider its own."""
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    van_linde = fabriek.toewijzing(aan=linde)
    van_eik = fabriek.toewijzing(van_linde.beschikking, aan=eik, gebied_naam="Wonen")

    def gelezen(wie) -> set[int]:
        with rls.binnen(wie.bereik):
            dossier = geef_dossier(wie, van_linde.beschikking.kenmerk)
            assert dossier is not None
            return {t.pk for zaak in dossier.zaken for t in (zaak.toewijzing, *zaak.andere)}

    assert gelezen(fabriek.medewerker(linde)) == {van_linde.pk}
    assert gelezen(fabriek.consulent()) == {van_linde.pk, van_eik.pk}
