"""The screens of the message traffic, by role; a stranger gets 404 and the walls hold."""

import io
import zipfile
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beschikkingen.models import Toewijzing
from logboek.models import Gebeurtenis
from stopberichten.berichtinhoud import retour_van
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.views import berichten as berichten_views
from stopberichten.views import retouren as retouren_views
from stopberichten.views import te_koppelen as te_koppelen_views
from tests import fabriek
from tests.stopberichten import brieven
from tests.stopberichten.brieven import ontvang, start, stop, toegewezen, xml
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db
NU = datetime(2026, 10, 15, 12, tzinfo=AMSTERDAM)


@pytest.fixture(autouse=True)
def _op_15_oktober(monkeypatch):
    """The doors ask the clock; here it stands still."""
    for module in (berichten_views, retouren_views, te_koppelen_views):
        for naam, waarde in (("vandaag", brieven.VANDAAG), ("nu", NU)):
            if hasattr(module, naam):
                monkeypatch.setattr(module, naam, lambda waarde=waarde: waarde)


def adres(naam, *args):
    return reverse(f"stopberichten:{naam}", args=args)


@pytest.fixture
def annie(westland, linde):
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start()))


@pytest.fixture
def afgekeurd(annie):
    return ontvang(xml("307", stop(begin=brieven.VANDAAG.replace(day=1)))).bericht


def stuur(http, *bestanden, volg=True):
    return http.post(adres("insturen"), {"bestanden": list(bestanden)}, follow=volg)


def bestand(inhoud, naam="stop.xml"):
    return SimpleUploadedFile(naam, inhoud)


LIJSTEN = ["berichten", "retouren", "te-late-stops"]


@pytest.mark.parametrize("naam", [*LIJSTEN, "insturen", "te-koppelen"])
@pytest.mark.parametrize(
    ("rol", "mag"),
    [
        (fabriek.consulent, set(LIJSTEN)),
        (fabriek.administratie, {*LIJSTEN, "insturen", "te-koppelen"}),
        (fabriek.medewerker, {*LIJSTEN, "insturen"}),
        (fabriek.contractmanager, set()),
        (fabriek.beheerder, set()),
    ],
)
def test_wie_welke_pagina_ziet(http, naam, rol, mag):
    http.force_login(rol())
    assert http.get(adres(naam)).status_code == (200 if naam in mag else 404)


def test_wie_niet_is_ingelogd_gaat_naar_inloggen(http, afgekeurd):
    assert http.get(adres("bericht", afgekeurd.kenmerk)).status_code == 302


def test_anja_stuurt_een_stop_in_en_ziet_het_oordeel(http, annie, anja):
    http.force_login(anja)
    pagina = stuur(http, bestand(xml("307", stop())))
    assert "Het bericht is geaccepteerd." in pagina.text
    assert Stop.objects.get().bericht.ontvangen_door == anja
    assert brieven.BSN_ANNIE not in pagina.text


def test_een_afgekeurd_bericht_zegt_waarom_in_gewone_taal(http, annie, anja):
    http.force_login(anja)
    pagina = stuur(http, bestand(xml("307", stop(nummer=999))))
    assert "Er is geen toewijzing met dit nummer" in pagina.text
    assert "TR019" in pagina.text


def test_twee_keer_insturen_geeft_twee_keer_hetzelfde_oordeel(http, annie, anja):
    http.force_login(anja)
    brief = xml("307", stop())
    stuur(http, bestand(brief))
    assert "was al ontvangen" in stuur(http, bestand(brief)).text
    assert Stop.objects.count() == 1


def test_veel_bestanden_en_een_zip_in_een_keer(http, annie, anja):
    zip_ = io.BytesIO()
    with zipfile.ZipFile(zip_, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("een.xml", xml("307", stop(reden="20")))
        archief.writestr("kapot.xml", b"geen xml")
    http.force_login(anja)
    pagina = stuur(
        http, bestand(zip_.getvalue(), "maandag.zip"), bestand(xml("307", stop(reden="23")), "los.xml")
    )
    assert "2 geaccepteerd, 1 niet." in pagina.text
    assert "maandag.zip/kapot.xml" in pagina.text
    assert Stop.objects.count() == 2


def test_een_te_groot_bestand_geeft_een_zin(http, anja, settings):
    settings.UPLOAD_HOOGSTENS = 100
    http.force_login(anja)
    antwoord = stuur(http, bestand(b"x" * 101))
    assert antwoord.status_code == 422
    assert "stop.xml is 0,0 MB. Een bestand mag hoogstens" in antwoord.text
    assert "<title>Fout:" in antwoord.text
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("bestanden", [[], [b""]], ids=["niets", "leeg"])
def test_niets_of_een_leeg_bestand_geeft_een_zin(http, anja, bestanden):
    http.force_login(anja)
    antwoord = stuur(http, *[bestand(b) for b in bestanden])
    assert (antwoord.status_code, "Kies" in antwoord.text) == (422, True)


def test_een_vreemde_afzender_wordt_geweigerd_en_blijft_bij_de_inzender(http, annie, linde):
    eva, collega = (fabriek.medewerker(fabriek.aanbieder("De Eik", agb=brieven.EIK)) for _ in range(2))
    http.force_login(eva)
    pagina = stuur(http, bestand(xml("307", stop())))
    assert f"De afzender in dit bericht is AGB-code {brieven.LINDE}" in pagina.text
    kenmerk = Bericht.objects.get(status="geweigerd").kenmerk
    assert http.get(adres("bericht", kenmerk)).status_code == 200
    assert str(kenmerk) not in http.get(adres("berichten")).text
    assert str(kenmerk) in http.get(adres("berichten"), {"onleesbaar": "on"}).text
    http.force_login(collega)
    assert http.get(adres("bericht", kenmerk)).status_code == 404


def test_het_filter_vraagt_alleen_wat_voor_u_iets_kiest(http, anja):
    """One municipality is no choice, and who sends in nothing has no files of his own."""
    http.force_login(fabriek.consulent(fabriek.delft()))
    een = http.get(adres("berichten")).context["filter"].fields
    http.force_login(fabriek.administratie(fabriek.delft(), fabriek.westland()))
    meer = http.get(adres("berichten")).context["filter"].fields
    assert list(een) == ["soort", "status", "identificatie"]
    assert list(meer) == ["soort", "status", "gemeente", "identificatie", "onleesbaar"]


PER_BERICHT = ["bericht", "bericht-xml", "bericht-retour"]


@pytest.mark.parametrize("naam", PER_BERICHT)
def test_een_vreemde_krijgt_404_op_elk_adres_van_een_bericht(http, afgekeurd, naam):
    for vreemde in (
        fabriek.administratie(fabriek.delft()),
        fabriek.medewerker(fabriek.aanbieder("De Eik", agb=brieven.EIK)),
        fabriek.contractmanager(),
        fabriek.beheerder(),
    ):
        http.force_login(vreemde)
        assert http.get(adres(naam, afgekeurd.kenmerk)).status_code == 404


@pytest.mark.parametrize("naam", PER_BERICHT)
def test_wie_erbij_mag_komt_erbij_en_dat_staat_in_het_logboek(http, afgekeurd, naam, wim, anja):
    actie = {
        "bericht": "bericht.gezien",
        "bericht-xml": "bericht.gedownload",
        "bericht-retour": "retour.gedownload",
    }
    for wie in (wim, anja):
        http.force_login(wie)
        assert http.get(adres(naam, afgekeurd.kenmerk)).status_code == 200
        assert Gebeurtenis.objects.filter(
            actie=actie[naam], actor_id=wie.pk, client_index__isnull=False
        ).exists()


def test_de_pagina_van_een_bericht_toont_geen_bsn(http, afgekeurd, wim):
    http.force_login(wim)
    pagina = http.get(adres("bericht", afgekeurd.kenmerk)).text
    assert brieven.BSN_ANNIE not in pagina
    assert "•••••006" in pagina
    assert "9069" in pagina


def test_een_signaal_staat_bij_de_stop_en_keurt_niets_af(http, annie, wim):
    bericht = ontvang(xml("307", stop(reden="37"))).bericht
    http.force_login(wim)
    pagina = http.get(adres("bericht", bericht.kenmerk)).text
    assert "Geaccepteerd" in pagina
    assert "Code 37 wordt in H5 niet gebruikt" in pagina


def test_de_lijst_filtert_in_het_adres(http, afgekeurd, wim):
    http.force_login(wim)
    assert (
        str(afgekeurd.kenmerk) in http.get(adres("berichten"), {"status": "afgekeurd", "soort": "307"}).text
    )
    assert str(afgekeurd.kenmerk) not in http.get(adres("berichten"), {"soort": "305"}).text
    assert (
        str(afgekeurd.kenmerk)
        in http.get(adres("berichten"), {"identificatie": afgekeurd.identificatie}).text
    )
    # Nonsense in the address is no error.
    assert http.get(adres("berichten"), {"soort": "999", "na": "x", "gemeente": "0503"}).status_code == 200


def test_bladeren_slaat_niets_over_en_toont_niets_dubbel(westland, linde, wim):
    from stopberichten.queries_berichten import berichten, blad

    for n in range(7):
        ontvang(xml("305", start(800_000 + n)))
    alle = [b.pk for b in berichten(wim, {}).order_by("-ontvangen_op", "-pk")]
    gezien, na = [], ""
    for _ in range(4):
        gevonden = blad(berichten(wim, {}), na=na, per=3)
        gezien += [b.pk for b in gevonden.rijen]
        if not gevonden.volgende:
            break
        na = gevonden.volgende
    assert gezien == alle
    terug = blad(berichten(wim, {}), voor=gevonden.vorige, per=3)
    assert [b.pk for b in terug.rijen] == alle[3:6]
    assert (bool(terug.vorige), bool(terug.volgende)) == (True, True)
    eerste = blad(berichten(wim, {}), per=3)
    assert eerste.vorige == ""


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_een_vast_aantal_vragen(http, westland, linde, wim, aantal, django_assert_num_queries):
    for n in range(aantal):
        ontvang(xml("305", start(800_000 + n), van=brieven.Wie(bsn=fabriek.test_bsns()[n])))
    http.force_login(wim)
    http.get(adres("berichten"))
    with django_assert_num_queries(VRAGEN_LIJST):
        http.get(adres("berichten"))


VRAGEN_LIJST = 8


# --- Answers -------------------------------------------------------------------------------------------------
def test_wim_haalt_de_retouren_op_als_zip_en_zet_ze_op_verstuurd(http, afgekeurd, wim):
    http.force_login(wim)
    assert "2" in http.get(adres("retouren")).text
    alle = [
        str(k) for k in Bericht.objects.filter(soort__in=["305", "307"]).values_list("kenmerk", flat=True)
    ]
    zip_ = http.post(adres("retouren-zip"), {"bericht": [*alle, "geen-kenmerk"]})
    with zipfile.ZipFile(io.BytesIO(zip_.content)) as archief:
        inhoud = {naam: archief.read(naam) for naam in archief.namelist()}
    assert len(inhoud) == 2
    assert retour_van(afgekeurd) in inhoud.values()
    pagina = http.post(adres("retouren-verstuurd"), {"bericht": alle}, follow=True)
    assert "2 retourberichten staan nu als verstuurd." in pagina.text
    assert "Er hoeft niets verstuurd te worden" in pagina.text


def test_zonder_keuze_geen_zip(http, annie, wim):
    http.force_login(wim)
    assert "Kies minstens één retourbericht." in http.post(adres("retouren-zip"), follow=True).text


def test_de_consulent_verstuurt_niets(http, afgekeurd, westland):
    http.force_login(fabriek.consulent(westland))
    assert http.post(adres("retouren-verstuurd"), {"bericht": str(afgekeurd.kenmerk)}).status_code == 404


# --- Worklists ------------------------------------------------------------------------------------------------
def test_wim_koppelt_met_een_klik(http, westland, linde, wim):
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start(None)))
    http.force_login(wim)
    assert "300201" in http.get(adres("te-koppelen")).text
    regel, toewijzing = Levering.objects.get(), Toewijzing.objects.get()
    pagina = http.post(adres("koppel", regel.kenmerk), {"toewijzing": str(toewijzing.kenmerk)}, follow=True)
    assert "Gekoppeld aan toewijzing 300201." in pagina.text
    assert Levering.objects.get().toewijzing == toewijzing


def test_een_vreemde_koppelt_niets(http, westland, linde):
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start(None)))
    regel, toewijzing = Levering.objects.get(), Toewijzing.objects.get()
    http.force_login(fabriek.administratie(fabriek.delft()))
    assert (
        http.post(adres("koppel", regel.kenmerk), {"toewijzing": str(toewijzing.kenmerk)}).status_code == 404
    )
    assert Levering.objects.get().toewijzing is None


def test_wim_beoordeelt_opnieuw_wat_te_vroeg_kwam(http, westland, linde, wim):
    te_vroeg = ontvang(xml("305", start())).bericht
    ontvang(xml("301", toegewezen()))
    http.force_login(wim)
    pagina = http.get(adres("te-koppelen")).text
    assert "Kwam voor zijn toewijzing" in pagina
    assert "is er inmiddels" in pagina
    pagina = http.post(adres("bericht-opnieuw", te_vroeg.kenmerk), follow=True)
    assert "Het bericht is nu geaccepteerd." in pagina.text
    assert "later opnieuw beoordeeld" in http.get(adres("bericht", te_vroeg.kenmerk)).text


def test_na_versturen_vraagt_opnieuw_beoordelen_een_vinkje(http, westland, linde, wim):
    te_vroeg = ontvang(xml("305", start())).bericht
    ontvang(xml("301", toegewezen()))
    http.force_login(wim)
    http.post(adres("retouren-verstuurd"), {"bericht": str(te_vroeg.kenmerk)})
    opnieuw = adres("bericht-opnieuw", te_vroeg.kenmerk)
    assert "telt dit bericht niet" in http.post(opnieuw, follow=True).text
    assert "nu geaccepteerd" in http.post(opnieuw, {"opnieuw_aangeleverd": "on"}, follow=True).text


def test_te_late_stops_staan_op_de_lijst(http, annie, wim):
    ontvang(xml("307", stop(eind=brieven.VANDAAG.replace(day=7))))
    http.force_login(wim)
    pagina = http.get(adres("te-late-stops")).text
    assert "A. Bakker" in pagina
    assert ">6<" in pagina


def test_een_afgeschermde_client_staat_niet_met_naam_in_een_lijst(http, afgekeurd, wim):
    from beschikkingen.models import Client

    Client.objects.update(afgeschermd=True)
    http.force_login(wim)
    pagina = http.get(adres("berichten")).text
    assert "Bakker" not in pagina
    assert "afgeschermde cliënt" in pagina


# --- The second wall -------------------------------------------------------------------------------------------
def test_zonder_eerste_muur_ziet_delft_nog_steeds_geen_bericht(afgekeurd):
    delft = fabriek.administratie(fabriek.delft())
    rls.zet(delft.bereik)
    assert not Bericht.objects.exists()
    assert not Stop.objects.exists()


def test_een_bestand_zonder_eigenaar_is_alleen_voor_de_inzender(westland, linde):
    eva = fabriek.medewerker(fabriek.aanbieder("De Eik", agb=brieven.EIK))
    ontvang(xml("305", start()), door=eva)
    ander = fabriek.medewerker(eva.aanbieder)
    rls.zet(eva.bereik)
    assert Bericht.objects.count() == 1
    rls.zet(ander.bereik)
    assert Bericht.objects.count() == 0


def test_een_bericht_waarvan_de_tekst_weg_is_zegt_wat_er_mis_is_en_wat_te_doen(http, anja, linde):
    """Half a back-up was put back: the row is there, its text is not. No stack of Python, and not "try again later"."""
    het = fabriek.bericht(linde, fabriek.westland())
    http.force_login(anja)
    http.raise_request_exception = False
    for naam in ("bericht", "bericht-xml"):
        antwoord = http.get(adres(naam, het.kenmerk))
        tekst = antwoord.content.decode()
        assert antwoord.status_code == 500
        assert "Dit gegeven is niet te lezen: het is 0 bytes lang en een deel ontbreekt." in tekst
        assert "Zet het terug uit de back-up." in tekst
        assert "Probeer het over een paar minuten opnieuw" not in tekst


def test_een_andere_fout_vertelt_niets_van_zichzelf(http, anja, linde, monkeypatch):
    def stuk(*_):
        raise RuntimeError("postgres://wmo_app:geheim@db")

    monkeypatch.setattr(berichten_views, "wie_vraagt", stuk)
    http.force_login(anja)
    http.raise_request_exception = False
    antwoord = http.get(adres("bericht", fabriek.bericht(linde, fabriek.westland()).kenmerk))
    assert antwoord.status_code == 500
    assert "geheim" not in antwoord.content.decode()
    assert "Probeer het over een paar minuten opnieuw" in antwoord.content.decode()
