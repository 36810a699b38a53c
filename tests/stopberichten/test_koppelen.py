"""The hand of the administratie: couple, judge again, mark answers as sent."""

from datetime import datetime, timedelta

import pytest

from beschikkingen.models import Toewijzing
from logboek.models import Gebeurtenis
from stopberichten.koppelen import KanNiet, herbeoordeel, koppel, markeer_verstuurd, ontkoppel
from stopberichten.models import Bericht, Levering, Stop
from stopberichten.queries_berichten import kandidaten, open_retouren, retour_te_laat, te_koppelen, te_vroeg
from stopberichten.startblokken_berichten import berichtblokken
from tests import fabriek
from tests.stopberichten.brieven import BRAM, VANDAAG, Wie, ontvang, start, stop, toegewezen, xml
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db
NU = datetime(2026, 10, 15, 12, tzinfo=AMSTERDAM)


@pytest.fixture
def los(westland, linde):
    """Taakgericht: Annie's start and stop name no allocation (IV096)."""
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start(None)))
    ontvang(xml("307", stop(None)))
    return Levering.objects.get()


def test_zonder_nummer_komt_de_start_op_de_lijst_met_zijn_kandidaat(los, wim):
    (regel,) = te_koppelen(wim)
    assert regel.regel == los
    assert regel.kandidaten == (Toewijzing.objects.get(),)


def test_koppelen_neemt_de_stop_mee_en_staat_in_het_logboek(los, wim):
    toewijzing = Toewijzing.objects.get()
    koppel(regel=los, toewijzing=toewijzing, door=wim)
    assert Levering.objects.get().toewijzing == Stop.objects.get().toewijzing == toewijzing
    assert te_koppelen(wim) == []
    regel = Gebeurtenis.objects.get(actie="bericht.gekoppeld")
    assert (regel.actor_id, regel.details) == (wim.pk, {"toewijzing": 300_201})


def test_niet_aan_een_toewijzing_van_iemand_anders(los, wim):
    ontvang(xml("301", toegewezen(nummer=300_999), van=BRAM))
    van_bram = Toewijzing.objects.get(toewijzingnummer=300_999)
    with pytest.raises(KanNiet, match="hoort niet bij deze cliënt"):
        koppel(regel=los, toewijzing=van_bram, door=wim)
    assert Levering.objects.get().toewijzing is None


def test_wie_het_eerst_koppelt_wint(los, wim):
    toewijzing = Toewijzing.objects.get()
    koppel(regel=los, toewijzing=toewijzing, door=wim)
    with pytest.raises(KanNiet, match="al gekoppeld"):
        koppel(regel=los, toewijzing=toewijzing, door=wim)


def test_losmaken_zet_hem_terug_op_de_lijst(los, wim):
    koppel(regel=los, toewijzing=Toewijzing.objects.get(), door=wim)
    ontkoppel(regel=Levering.objects.get(), door=wim)
    assert [r.regel for r in te_koppelen(wim)] == [los]
    assert Stop.objects.get().toewijzing is None


def test_wat_al_verwerkt_is_gaat_niet_los(los, wim):
    koppel(regel=los, toewijzing=Toewijzing.objects.get(), door=wim)
    Stop.objects.update(verwerkt_op=NU)
    with pytest.raises(KanNiet, match="al verwerkt"):
        ontkoppel(regel=Levering.objects.get(), door=wim)


def test_wat_zelf_een_nummer_noemt_gaat_niet_los(westland, linde, wim):
    ontvang(xml("301", toegewezen()))
    ontvang(xml("305", start()))
    with pytest.raises(KanNiet, match="noemt zelf"):
        ontkoppel(regel=Levering.objects.get(), door=wim)


def test_een_verwijderde_toewijzing_is_geen_kandidaat(los, wim):
    Toewijzing.objects.update(status="verwijderd")
    assert not kandidaten(los, wim).exists()


def test_een_stop_van_een_client_die_we_nog_niet_kennen_krijgt_hem_met_de_301(westland, linde):
    ontvang(xml("305", start(None)))
    assert Levering.objects.get().client is None
    ontvang(xml("301", toegewezen()))
    assert Levering.objects.get().client.achternaam == "Bakker"
    assert not Bericht.objects.filter(client__isnull=True).exists()


# --- Judged again --------------------------------------------------------------------------------------------
@pytest.fixture
def te_vroeg_305(westland, linde):
    bericht = ontvang(xml("305", start())).bericht
    ontvang(xml("301", toegewezen()))
    return bericht


def test_wat_te_vroeg_kwam_staat_op_de_lijst_en_zegt_of_het_nu_wel_kan(westland, linde, wim):
    ontvang(xml("305", start()))
    assert [v.nu_wel for v in te_vroeg(wim)] == [False]
    ontvang(xml("301", toegewezen()))
    assert [v.nu_wel for v in te_vroeg(wim)] == [True]


def test_een_307_wacht_op_de_start_en_niet_op_de_toewijzing(westland, linde, wim):
    ontvang(xml("301", toegewezen()))
    ontvang(xml("307", stop()))
    assert [v.nu_wel for v in te_vroeg(wim)] == [False]
    ontvang(xml("305", start()))
    assert [v.nu_wel for v in te_vroeg(wim)] == [True]


def test_nog_niet_verstuurd_dan_komt_het_nieuwe_oordeel_ervoor_in_de_plaats(te_vroeg_305, wim):
    uit = herbeoordeel(bericht=te_vroeg_305, door=wim, vandaag=VANDAAG, op=NU)
    assert (uit.geaccepteerd, uit.nieuw) == (True, True)
    te_vroeg_305.refresh_from_db()
    # One answer for one delivery: the refusal will not go out any more.
    assert (te_vroeg_305.retour_status, uit.bericht.retour_status) == ("geen", "te_versturen")
    assert te_vroeg_305.herbeoordeeld_in == uit.bericht
    assert Levering.objects.count() == 1
    assert te_vroeg(wim) == []


def test_is_de_afkeuring_verstuurd_dan_moet_de_afzender_opnieuw_aanleveren(te_vroeg_305, wim):
    markeer_verstuurd(kenmerken=[str(te_vroeg_305.kenmerk)], door=wim, op=NU)
    te_vroeg_305.refresh_from_db()
    with pytest.raises(KanNiet, match="telt dit bericht niet"):
        herbeoordeel(bericht=te_vroeg_305, door=wim, vandaag=VANDAAG, op=NU)
    assert not Levering.objects.exists()
    uit = herbeoordeel(bericht=te_vroeg_305, door=wim, vandaag=VANDAAG, op=NU, opnieuw_aangeleverd=True)
    assert uit.geaccepteerd
    te_vroeg_305.refresh_from_db()
    assert te_vroeg_305.retour_status == "verstuurd"


def test_blijft_het_afgekeurd_dan_verandert_er_niets(westland, linde, wim):
    bericht = ontvang(xml("305", start())).bericht
    uit = herbeoordeel(bericht=bericht, door=wim, vandaag=VANDAAG, op=NU)
    assert (uit.geaccepteerd, uit.nieuw, uit.bericht) == (False, False, bericht)
    bericht.refresh_from_db()
    assert (bericht.retour_status, bericht.herbeoordeeld_in) == ("te_versturen", None)


def test_een_geaccepteerd_bericht_wordt_niet_herbeoordeeld(westland, linde, wim):
    bericht = ontvang(xml("301", toegewezen())).bericht
    with pytest.raises(KanNiet, match="niet afgekeurd"):
        herbeoordeel(bericht=bericht, door=wim, vandaag=VANDAAG, op=NU)


# --- Answers -------------------------------------------------------------------------------------------------
def test_de_gemeente_antwoordt_op_305_en_307_en_de_aanbieder_op_301(te_vroeg_305, wim, anja):
    assert [b.soort for b in open_retouren(wim)] == ["305"]
    assert [b.soort for b in open_retouren(anja)] == ["301"]


def test_niemand_zet_het_retour_van_een_ander_op_verstuurd(te_vroeg_305, wim, anja):
    assert markeer_verstuurd(kenmerken=[str(te_vroeg_305.kenmerk)], door=anja, op=NU) == 0
    assert markeer_verstuurd(kenmerken=[str(te_vroeg_305.kenmerk)], door=wim, op=NU) == 1
    assert markeer_verstuurd(kenmerken=[str(te_vroeg_305.kenmerk)], door=wim, op=NU) == 0


def test_een_retour_is_te_laat_na_drie_werkdagen(westland, linde):
    # Received on Thursday 15 October: Tuesday is the third working day, Wednesday too late.
    bericht = ontvang(xml("305", start())).bericht
    assert not retour_te_laat(bericht, VANDAAG.replace(day=20))
    assert retour_te_laat(bericht, VANDAAG.replace(day=21))


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijsten_kosten_een_vast_aantal_vragen(westland, linde, wim, aantal, django_assert_num_queries):
    for n in range(aantal):
        van = Wie(bsn=fabriek.test_bsns()[n])
        ontvang(xml("305", start(None), van=van))
        ontvang(xml("305", start(700_000 + n), van=van))
    assert wim.gemeente_ids
    with django_assert_num_queries(3):
        assert len(te_koppelen(wim)) == aantal
    with django_assert_num_queries(3):
        assert len(te_vroeg(wim)) == aantal


# --- The start page -----------------------------------------------------------------------------------------------------
def test_wim_ziet_op_zijn_start_wat_er_te_koppelen_en_te_versturen_is(los, wim):
    ontvang(xml("305", start(300_888), van=BRAM))
    koppelen, retouren = berichtblokken(wim, VANDAAG)
    assert koppelen.aantal == len(te_koppelen(wim)) + len(te_vroeg(wim)) == 2
    assert retouren.aantal == open_retouren(wim).count() > 0
    assert (retouren.zin, retouren.soort) == ("Binnen 3 werkdagen na ontvangst.", "neutraal")
    over_een_week = berichtblokken(wim, VANDAAG + timedelta(days=7))[1]
    assert (over_een_week.zin, over_een_week.soort) == ("De oudste wacht langer dan 3 werkdagen.", "fout")


def test_de_tegels_kosten_bij_drie_berichten_evenveel_als_bij_een(los, wim, django_assert_num_queries):
    with django_assert_num_queries(6):  # the first time also: his municipalities
        berichtblokken(wim, VANDAAG)
    for nummer in (300_886, 300_887):
        ontvang(xml("305", start(nummer), van=BRAM))
    with django_assert_num_queries(5):
        berichtblokken(wim, VANDAAG)


def test_wie_daar_niet_over_gaat_ziet_de_tegels_niet(los, westland):
    assert berichtblokken(fabriek.consulent(westland), VANDAAG) == []
