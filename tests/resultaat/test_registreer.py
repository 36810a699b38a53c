"""Registering a result: bijlage 3, the follow-up of a judgement, correcting, and two people at once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from beschikkingen.enums import SoortBeschikking
from beschikkingen.models import Beschikking, Monitoringsmoment, Toewijzing
from logboek.models import Gebeurtenis
from resultaat.actions.afsluiten import sluit_afgelopen
from resultaat.actions.registreer import InmiddelsGewijzigd, Oordeel, RegistratieFout, registreer
from resultaat.advies import Advies
from resultaat.enums import AdviesSterkte, Paragraaf, Uitkomst, Vervolg
from resultaat.models import Resultaat
from resultaat.referentie import laad_redenopties
from tests import fabriek

pytestmark = pytest.mark.django_db
OP = datetime(2026, 10, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
EIND = date(2026, 9, 30)


def afgelopen(**velden) -> Toewijzing:
    """Care that ended yesterday."""
    fabriek.westland()
    laad_redenopties()
    return fabriek.toewijzing(fabriek.beschikking(eind=EIND), **velden)


def oordeel(uitkomst=Uitkomst.JA, paragraaf=Paragraaf.P1A, vervolg=Vervolg.SLUITEN, **velden) -> Oordeel:
    velden.setdefault("resultaatdatum", EIND)
    return Oordeel(uitkomst=uitkomst, paragraaf=paragraaf, vervolg=vervolg, **velden)


def leg_vast(toewijzing, wat=None, moment=OP, door=None, **velden):
    return registreer(
        toewijzing=toewijzing,
        oordeel=wat or oordeel(),
        door=door or fabriek.consulent(),
        moment=moment,
        **velden,
    )


def dossier(toewijzing) -> Beschikking:
    return Beschikking.objects.get(pk=toewijzing.beschikking_id)


# --- What may be entered ---------------------------------------------------------------------------------------------
def test_ja_wordt_geregistreerd_met_wie_wanneer_en_waarover():
    toewijzing = afgelopen()
    anna = fabriek.consulent(naam="Anna")
    resultaat = leg_vast(toewijzing, door=anna)
    assert (resultaat.geregistreerd_door, resultaat.geregistreerd_op, resultaat.resultaatdatum) == (
        anna,
        OP,
        EIND,
    )
    assert resultaat.trede_van == toewijzing.trede
    regel = Gebeurtenis.objects.get(actie="resultaat.registreren")
    assert regel.details == {"uitkomst": "ja", "paragraaf": "1A"}


def test_nee_vraagt_een_grond():
    toewijzing = afgelopen()
    with pytest.raises(RegistratieFout, match="minstens één reden"):
        leg_vast(toewijzing, oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4))
    leg_vast(toewijzing, oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4, redenen=["zorgmijder"]))


def test_een_toelichting_is_ook_een_grond():
    leg_vast(afgelopen(), oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4, toelichting="Wilde niet meer."))


def test_een_reden_van_een_andere_uitkomst_past_niet():
    with pytest.raises(RegistratieFout, match="hoort niet bij ‘Nee, reden cliënt’"):
        leg_vast(afgelopen(), oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4, redenen=["geen_personeel"]))


def test_bij_ja_hoort_geen_reden():
    with pytest.raises(RegistratieFout, match="Bij ‘Ja’ hoort geen reden"):
        leg_vast(afgelopen(), oordeel(redenen=["zorgmijder"]))


NIET_BEHAALD = Advies(AdviesSterkte.ADVIES, False, None, "Niet behaald, want dezelfde trede.")


@pytest.mark.parametrize("reden", ["", "   "])
def test_afwijken_van_het_advies_vraagt_een_reden(reden):
    with pytest.raises(RegistratieFout, match="wijkt af van het advies"):
        leg_vast(afgelopen(), oordeel(advies=NIET_BEHAALD, afwijking_reden=reden))


def test_de_afwijking_en_het_advies_worden_bewaard():
    wat = oordeel(advies=NIET_BEHAALD, afwijking_reden="Cliënt is stabiel.")
    resultaat = leg_vast(afgelopen(), wat)
    assert (resultaat.advies, resultaat.afwijking_reden) == ("niet_behaald", "Cliënt is stabiel.")


def test_het_advies_volgen_vraagt_niets():
    wat = oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4, redenen=["meer_tijd_nodig"], advies=NIET_BEHAALD)
    assert leg_vast(afgelopen(), wat).afwijking_reden == ""


def test_een_mogelijk_advies_vraagt_geen_reden():
    mogelijk = Advies(AdviesSterkte.MOGELIJK, False, Uitkomst.NEE_NEUTRAAL, "Voorstel.")
    assert leg_vast(afgelopen(), oordeel(advies=mogelijk)).advies == "nee_neutraal"


# --- What follows ----------------------------------------------------------------------------------------------------
def test_na_het_laatste_oordeel_gaat_het_dossier_dicht_met_een_bewaartermijn():
    toewijzing = afgelopen()
    leg_vast(toewijzing)
    b = dossier(toewijzing)
    assert (b.status, b.gesloten_op, b.vernietigen_na_datum) == ("gesloten", OP, date(2041, 9, 30))


def test_een_dossier_met_een_onbeoordeeld_gebied_blijft_open():
    b = fabriek.beschikking(eind=EIND)
    een, twee = (fabriek.toewijzing(b, gebied_naam=naam) for naam in ("Financiën", "Huisvesting"))
    leg_vast(een)
    assert dossier(een).status == "lopend"
    leg_vast(twee)
    assert dossier(een).status == "gesloten"


def test_acht_weken_vooraf_beoordeeld_blijft_de_zorg_lopen_tot_de_laatste_dag():
    """H5 §1B: the judgement comes before the end; the dossier closes when the care has really ended (R34)."""
    toewijzing = afgelopen()
    leg_vast(
        toewijzing,
        oordeel(paragraaf=Paragraaf.P1B, vervolg=Vervolg.NIEUWE_BESCHIKKING),
        OP - timedelta(days=40),
    )
    toewijzing.refresh_from_db()
    assert (toewijzing.status, dossier(toewijzing).status) == ("lopend", "lopend")
    assert sluit_afgelopen(vandaag=EIND - timedelta(days=1), moment=OP - timedelta(days=2)) == 0
    assert sluit_afgelopen(vandaag=EIND, moment=OP) == 1
    toewijzing.refresh_from_db()
    assert (toewijzing.status, dossier(toewijzing).status) == ("gesloten", "gesloten")
    assert sluit_afgelopen(vandaag=EIND, moment=OP) == 0


def test_een_pgb_gebied_houdt_het_dossier_niet_open():
    b = fabriek.beschikking(eind=EIND)
    fabriek.toewijzing(b, gebied_naam="Huisvesting", leveringsvorm="pgb")
    zin = fabriek.toewijzing(b)
    leg_vast(zin)
    assert dossier(zin).status == "gesloten"


def test_een_gebied_dat_nog_loopt_houdt_het_dossier_open():
    b = fabriek.beschikking(eind=EIND)
    fabriek.toewijzing(b, gebied_naam="Huisvesting", leveringsvorm="pgb", einddatum=date(2027, 1, 1))
    zin = fabriek.toewijzing(b)
    leg_vast(zin)
    assert dossier(zin).status == "lopend"


def test_de_stop_en_het_formulier_zijn_daarna_afgehandeld():
    toewijzing = afgelopen()
    stop, formulier = fabriek.stop(toewijzing, "23"), fabriek.formulier(toewijzing)
    leg_vast(toewijzing, oordeel(paragraaf=Paragraaf.P4, stop=stop, formulier=formulier))
    stop.refresh_from_db()
    formulier.refresh_from_db()
    assert stop.verwerkt_op == OP
    assert (formulier.status, formulier.afgehandeld_op) == ("afgehandeld", OP)


def test_een_verzoek_om_wijziging_wacht_op_een_eigen_besluit():
    toewijzing = afgelopen()
    formulier = fabriek.formulier(toewijzing, soort="wijziging", behaald=False)
    leg_vast(
        toewijzing, oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4, toelichting="Meer tijd.", formulier=formulier)
    )
    formulier.refresh_from_db()
    assert formulier.status == "ingediend"


# --- Monitoring moments (H5 §2) --------------------------------------------------------------------------------------
def met_moment():
    fabriek.westland()
    b = fabriek.beschikking(eind=None)
    return b, fabriek.monitoringsmoment(b, date(2026, 10, 1))


def bij_moment(moment, vervolg=Vervolg.VOLGEND_MONITORINGSMOMENT, volgend=date(2027, 4, 1)):
    return oordeel(
        paragraaf=Paragraaf.P2, vervolg=vervolg, monitoringsmoment=moment, volgend_moment_datum=volgend
    )


def test_het_moment_is_rond_als_elk_gebied_beoordeeld_is_en_dan_komt_het_volgende():
    b, moment = met_moment()
    een, twee = (fabriek.toewijzing(b, gebied_naam=naam) for naam in ("Financiën", "Huisvesting"))
    leg_vast(een, bij_moment(moment))
    moment.refresh_from_db()
    assert moment.afgerond_op is None
    leg_vast(twee, bij_moment(moment))
    moment.refresh_from_db()
    assert moment.afgerond_op == OP
    assert Monitoringsmoment.objects.open().get().datum == date(2027, 4, 1)
    assert dossier(een).status == "lopend"


def test_een_volgend_moment_voor_het_vorige_kan_niet_en_er_wordt_niets_bewaard():
    b, moment = met_moment()
    toewijzing = fabriek.toewijzing(b)
    with pytest.raises(RegistratieFout, match="ligt niet na dit moment"):
        leg_vast(toewijzing, bij_moment(moment, volgend=date(2026, 10, 1)))
    assert not Resultaat.objects.exists()


def test_stopt_de_ondersteuning_bij_het_moment_dan_sluit_het_dossier_zonder_volgend_moment():
    b, moment = met_moment()
    toewijzing = fabriek.toewijzing(b)
    leg_vast(toewijzing, bij_moment(moment, Vervolg.SLUITEN, None))
    assert dossier(toewijzing).status == "gesloten"
    assert not Monitoringsmoment.objects.open().exists()


# --- The getrapte indicatie (H5 §3) ----------------------------------------------------------------------------------
def getrapt():
    fabriek.westland()
    laad_redenopties()
    toewijzing = fabriek.toewijzing(
        fabriek.beschikking(eind=date(2026, 12, 31), soort=SoortBeschikking.GETRAPT)
    )
    eerste = fabriek.stap(toewijzing, 1, 4, date(2026, 1, 1), date(2026, 6, 30))
    fabriek.stap(toewijzing, 2, 3, date(2026, 7, 1), date(2026, 12, 31))
    return toewijzing, eerste


def bij_stap(stap, uitkomst=Uitkomst.NEE_CLIENT, **velden):
    velden.setdefault("redenen", [] if uitkomst == Uitkomst.JA else ["meer_tijd_nodig"])
    return oordeel(uitkomst, Paragraaf.P3, Vervolg.DOORLOPEN, stap=stap, **velden)


def test_een_gelukte_tussenstap_wordt_niet_ingevuld():
    toewijzing, stap = getrapt()
    formulier = fabriek.formulier(toewijzing, soort="wijziging")
    with pytest.raises(RegistratieFout, match="vult u niet in"):
        leg_vast(toewijzing, bij_stap(stap, Uitkomst.JA, formulier=formulier))


def test_een_mislukte_tussenstap_rust_op_het_wijzigingsformulier():
    toewijzing, stap = getrapt()
    with pytest.raises(RegistratieFout, match="geen wijzigingsformulier"):
        leg_vast(toewijzing, bij_stap(stap))
    formulier = fabriek.formulier(toewijzing, soort="wijziging", behaald=False)
    resultaat = leg_vast(toewijzing, bij_stap(stap, formulier=formulier))
    assert (resultaat.stap, resultaat.trede_van) == (stap, stap.trede)
    toewijzing.refresh_from_db()
    assert (toewijzing.status, dossier(toewijzing).status) == ("lopend", "lopend")


# --- Correcting ------------------------------------------------------------------------------------------------------
def test_een_correctie_is_een_nieuwe_rij_en_de_oude_blijft():
    toewijzing = afgelopen()
    eerste = leg_vast(toewijzing)
    tweede = leg_vast(
        toewijzing,
        oordeel(Uitkomst.NEE_NEUTRAAL, Paragraaf.P4, redenen=["verhuizing"]),
        corrigeert=eerste,
        correctie_reden="Cliënt bleek verhuisd.",
    )
    eerste.refresh_from_db()
    assert (eerste.actueel, tweede.actueel, tweede.voorganger) == (False, True, eerste)
    assert (eerste.uitkomst, Resultaat.objects.count()) == ("ja", 2)


def test_een_correctie_zonder_reden_kan_niet():
    toewijzing = afgelopen()
    eerste = leg_vast(toewijzing)
    with pytest.raises(RegistratieFout, match="waarom u het eerdere oordeel corrigeert"):
        leg_vast(toewijzing, corrigeert=eerste)


def test_een_correctie_die_zegt_dat_de_zorg_doorloopt_opent_het_dossier_weer():
    b, moment = met_moment()
    toewijzing = fabriek.toewijzing(b)
    eerste = leg_vast(toewijzing, bij_moment(moment, Vervolg.SLUITEN, None))
    assert dossier(toewijzing).status == "gesloten"
    leg_vast(toewijzing, bij_moment(moment), corrigeert=eerste, correctie_reden="Zorg gaat toch door.")
    toewijzing.refresh_from_db()
    assert (toewijzing.status, dossier(toewijzing).status) == ("lopend", "lopend")
    assert dossier(toewijzing).vernietigen_na_datum is None
    assert Gebeurtenis.objects.filter(actie="dossier.heropenen").count() == 1


def test_wie_een_lege_plek_zag_overschrijft_het_oordeel_van_een_ander_niet():
    toewijzing = afgelopen()
    van_anna = leg_vast(toewijzing, door=fabriek.consulent(naam="Anna"))
    with pytest.raises(InmiddelsGewijzigd, match="Anna") as botsing:
        leg_vast(toewijzing, oordeel(Uitkomst.NEE_CLIENT, Paragraaf.P4, toelichting="Van Bert."))
    assert botsing.value.bestaand == van_anna
    assert Resultaat.objects.get() == van_anna


def test_twee_correcties_van_hetzelfde_oordeel_en_de_tweede_hoort_wie_er_voor_was():
    toewijzing = afgelopen()
    eerste = leg_vast(toewijzing)
    van_anna = leg_vast(toewijzing, corrigeert=eerste, correctie_reden="Anna.")
    with pytest.raises(InmiddelsGewijzigd) as botsing:
        leg_vast(toewijzing, corrigeert=eerste, correctie_reden="Bert.")
    assert botsing.value.bestaand == van_anna


def test_een_ingetrokken_oordeel_is_niet_te_corrigeren():
    toewijzing = afgelopen()
    eerste = leg_vast(toewijzing)
    Resultaat.objects.update(actueel=False, ingetrokken_op=OP)
    with pytest.raises(RegistratieFout, match="ingetrokken"):
        leg_vast(toewijzing, corrigeert=eerste, correctie_reden="Te laat.")
