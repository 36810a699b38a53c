"""Another keeping date for one dossier (U15): by whom, to which day, and that nothing disappears by one person."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from beschikkingen.enums import BeschikkingStatus, Leveringsvorm
from beschikkingen.models import Beschikking, Client
from logboek.models import Gebeurtenis
from resultaat.actions import bewaren
from resultaat.actions.afsluiten import heropen, sluit_als_klaar
from resultaat.actions.bewaren import BewaarFout, InmiddelsAnders, pas_bewaartermijn_aan
from resultaat.actions.vernietigen import VernietigFout, keur_goed, stel_voor
from resultaat.models import Bewaarwijziging, Vernietigingslijst
from resultaat.queries.bewaren import gemeente_tot
from resultaat.queries.vernietigen import bewaring_van, kandidaten
from resultaat.statussen import VernietigStatus
from resultaat.vernietigregels import Bewaargrond, Blokkade, bezwaar_tegen_dag
from tests import fabriek
from tests.als_app import als_eigenaar
from tests.resultaat.archiefhulp import oud_dossier, verstrijk
from tests.resultaat.samen import samen
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag

LANGER, VERZOEK = Bewaargrond.LANGER, Bewaargrond.VERZOEK
DAG = date(2026, 11, 23)
GEMEENTE_TOT = date(2030, 6, 30)
DAGJE = timedelta(days=1)


# --- The rule: pure, both sides of every line ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("naar", "grond", "zin"),
    [
        # The day that it is already, and the days beside it.
        (date(2031, 1, 1), LANGER, "wordt al bewaard tot en met 01-01-2031"),
        (date(2031, 1, 2), LANGER, ""),
        (date(2030, 12, 31), LANGER, ""),
        # Never a day that has passed; today is the first.
        (DAG - DAGJE, VERZOEK, "Deze dag is voorbij. Kies 23-11-2026 of later."),
        (DAG, VERZOEK, ""),
        # Not before what the municipality keeps, but for the client who asks.
        (GEMEENTE_TOT - DAGJE, LANGER, "Een eerdere dag kan alleen als de cliënt daarom vroeg."),
        (GEMEENTE_TOT, LANGER, ""),
        (GEMEENTE_TOT - DAGJE, VERZOEK, ""),
        (GEMEENTE_TOT, VERZOEK, "U kiest voor korter bewaren. Vul een dag in voor 30-06-2030."),
        # Twenty years past it is the most at one go.
        (date(2050, 6, 30), LANGER, ""),
        (date(2050, 7, 1), LANGER, "Kies uiterlijk 30-06-2050."),
    ],
)
def test_naar_welke_dag_het_mag(naar, grond, zin):
    gezegd = bezwaar_tegen_dag(
        naar, grond=grond, nu_tot=date(2031, 1, 1), gemeente_tot=GEMEENTE_TOT, vandaag=DAG
    )
    assert (zin in gezegd) if zin else gezegd == ""


@pytest.mark.parametrize(("naar", "mag"), [(DAG - DAGJE, False), (DAG, True), (date(2046, 11, 24), False)])
def test_is_de_termijn_al_voorbij_dan_telt_vandaag(naar, mag):
    """Twenty years from today then, and no day before today: also when the municipality's own term ended long ago."""
    voorbij = DAG - timedelta(days=900)
    zin = bezwaar_tegen_dag(naar, grond=LANGER, nu_tot=voorbij, gemeente_tot=voorbij, vandaag=DAG)
    assert (zin == "") is mag


# --- The deed ------------------------------------------------------------------------------------------------------------
def gesloten(jaren_geleden: int = 1) -> Beschikking:
    """Ended and closed so many years ago; Westland keeps it fifteen."""
    eind = vandaag().replace(day=1) - timedelta(days=365 * jaren_geleden)
    b = fabriek.beschikking(begin=eind - timedelta(days=100), eind=eind)
    t = fabriek.toewijzing(b)
    type(t).objects.filter(pk=t.pk).update(status="gesloten")
    Beschikking.objects.filter(pk=b.pk).update(
        status=BeschikkingStatus.GESLOTEN, gesloten_op=nu(), vernietigen_na_datum=gemeente_tot(b, eind)
    )
    return vers(b)


def vers(b) -> Beschikking:
    return Beschikking.objects.select_related("gemeente", "client").get(pk=b.pk)


def zet(b, naar, door, *, grond=LANGER, reden="Er loopt een bezwaar.", versie=None) -> Bewaarwijziging:
    with rls.binnen(door.bereik):
        return pas_bewaartermijn_aan(
            beschikking=b,
            naar_datum=naar,
            grond=grond,
            reden=reden,
            versie=b.versie if versie is None else versie,
            door=door,
            moment=nu(),
        )


def test_langer_bewaren_staat_in_het_dossier_en_in_het_logboek_zonder_de_reden(ad):
    b = gesloten()
    eerst, later = b.vernietigen_na_datum, b.vernietigen_na_datum + timedelta(days=400)
    zet(b, later, ad)
    assert (vers(b).vernietigen_na_datum, vers(b).versie) == (later, b.versie + 1)
    uit = bewaring_van(ad, vers(b), vandaag())
    assert uit.zin == f"Bewaren tot en met {later:%d-%m-%Y}."
    assert uit.aangepast == (
        f"Aangepast op {vandaag():%d-%m-%Y} door Ad, eerst {eerst:%d-%m-%Y}. {LANGER.label}: Er loopt een bezwaar."
    )
    regel = Gebeurtenis.objects.get(actie="bewaartermijn.aanpassen")
    assert (regel.actor_naam, regel.object_kenmerk) == ("Ad", str(b.kenmerk))
    assert bytes(regel.client_index) == bytes(b.client.bsn_index)
    assert regel.details == {"van": str(eerst), "naar": str(later), "grond": "langer"}


@pytest.mark.parametrize("reden", ["", "  \n "])
def test_zonder_reden_verandert_er_niets(ad, reden):
    b = gesloten()
    with pytest.raises(BewaarFout, match="Schrijf op waarom"):
        zet(b, b.vernietigen_na_datum + DAGJE, ad, reden=reden)
    assert vers(b).versie == b.versie
    assert not Bewaarwijziging.objects.exists()


def test_een_dossier_dat_loopt_heeft_nog_geen_termijn_om_aan_te_passen(ad):
    b = fabriek.toewijzing().beschikking
    with pytest.raises(BewaarFout, match="loopt nog"):
        zet(b, vandaag() + timedelta(days=9000), ad)


def test_een_ingetrokken_dossier_kan_ook_langer_blijven(ad):
    b = gesloten()
    Beschikking.objects.filter(pk=b.pk).update(
        status=BeschikkingStatus.INGETROKKEN, gesloten_op=None, vernietigen_na_datum=None
    )
    eerst = gemeente_tot(vers(b), vandaag())
    assert zet(vers(b), eerst + DAGJE, ad).van_datum == eerst


def test_een_langere_termijn_van_de_gemeente_telt_van_vandaag(ad):
    """Closed under fifteen years; the municipality keeps twenty now, and nobody goes below that unasked."""
    b = gesloten()
    b.gemeente.bewaartermijn_jaren = 20
    b.gemeente.save()
    zestien = b.vernietigen_na_datum + timedelta(days=366)
    with pytest.raises(BewaarFout, match="alleen als de cliënt daarom vroeg"):
        zet(b, zestien, ad)
    assert zet(b, gemeente_tot(vers(b), vandaag()), ad).pk


def test_een_wijziging_blijft_staan_zoals_zij_is(ad):
    """The running portal can add a row and nothing else."""
    wijziging = zet(b := gesloten(), b.vernietigen_na_datum + DAGJE, ad)
    for knoei in (lambda rijen: rijen.update(reden="iets anders"), lambda rijen: rijen.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            knoei(Bewaarwijziging.objects.filter(pk=wijziging.pk))
    leeg = pytest.raises(IntegrityError, match="bewaarwijziging_heeft_reden")
    with als_eigenaar(), leeg, transaction.atomic():
        Bewaarwijziging.objects.filter(pk=wijziging.pk).update(reden="")


# --- Destroying: never by one person, and never too early -----------------------------------------------------------------
def lijst_van(door, client) -> Vernietigingslijst:
    with rls.binnen(door.bereik):
        return stel_voor(
            gemeente=client.gemeente, clienten=[client], door=door, vandaag=vandaag(), moment=nu()
        )


def goed(lijst, door) -> None:
    with rls.binnen(door.bereik):
        keur_goed(lijst=lijst, door=door, vandaag=vandaag(), moment=nu())


def test_korter_op_verzoek_vernietigt_niets_zonder_een_tweede_mens(ad):
    b, morgen = gesloten(), vandaag() + DAGJE
    zet(b, vandaag(), ad, grond=VERZOEK, reden="Brief van mevrouw.")
    assert kandidaten(ad, vandaag()) == ([], False)  # kept up to and including today
    (kandidaat,), _ = kandidaten(ad, morgen)
    assert kandidaat.kan
    assert [zin.endswith("Brief van mevrouw.") for zin in kandidaat.aangepast] == [True]
    with rls.binnen(ad.bereik):
        lijst = stel_voor(gemeente=b.gemeente, clienten=[b.client], door=ad, vandaag=morgen, moment=nu())
    verstrijk(lijst, 15)
    with pytest.raises(VernietigFout, match="zelf voorgesteld"):
        goed(lijst, ad)
    assert Client.objects.filter(pk=b.client_id).exists()


def test_wie_op_een_lijst_staat_en_langer_moet_blijven_blijft(ad):
    """An objection comes in during the thinking time: the second person destroys nobody too early."""
    oud = oud_dossier(wie=fabriek.consulent(naam="Carla"))
    b = vers(oud.client.beschikkingen.get())
    lijst = lijst_van(ad, oud.client)
    verstrijk(lijst, 15)
    zet(b, vandaag(), ad)
    with pytest.raises(VernietigFout, match="Geen van de cliënten"):
        goed(lijst, fabriek.consulent(naam="Anna"))
    assert Client.objects.filter(pk=oud.client.pk).exists()


def test_met_het_dossier_gaan_ook_zijn_wijzigingen_weg(ad):
    oud = oud_dossier()
    b = vers(oud.client.beschikkingen.get())
    zet(b, vandaag(), ad, reden="Klacht van de buren.")
    Beschikking.objects.filter(pk=b.pk).update(vernietigen_na_datum=vandaag() - DAGJE)
    lijst = lijst_van(ad, oud.client)
    verstrijk(lijst, 15)
    goed(lijst, fabriek.consulent(naam="Anna"))
    lijst.refresh_from_db()
    assert lijst.status == VernietigStatus.VERNIETIGD
    assert lijst.verklaring["rijen"]["resultaat_bewaarwijziging"] == 2  # the one it had, and this
    assert not Bewaarwijziging.objects.exists()


def test_een_ander_dossier_dat_langer_blijft_houdt_dit_ook(ad):
    kort, lang = gesloten(), gesloten()
    Beschikking.objects.filter(pk=lang.pk).update(client=kort.client)
    zet(lang, lang.vernietigen_na_datum + DAGJE, ad)
    assert bewaring_van(ad, vers(kort), vandaag()).redenen == (Blokkade.LATER.label,)


# --- Opened again, closed again --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("dagen", "blijft"), [(1, True), (-1, False)])
def test_na_heropenen_en_sluiten_blijft_alleen_een_langere_termijn(ad, dagen, blijft):
    """What keeps a dossier longer still holds; a shorter term was asked for before there was care again."""
    b = gesloten()
    eerst = b.vernietigen_na_datum
    zet(b, eerst + timedelta(days=dagen), ad, grond=LANGER if blijft else VERZOEK)
    b.toewijzingen.update(leveringsvorm=Leveringsvorm.PGB)  # nothing to judge
    heropen(toewijzing=b.toewijzingen.get(), door=ad)
    assert vers(b).vernietigen_na_datum is None
    assert sluit_als_klaar(beschikking=vers(b), door=ad, moment=nu())
    assert vers(b).vernietigen_na_datum == (eerst + DAGJE if blijft else eerst)


# --- Two people at once ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("met_slot", [True, False])
def test_twee_tegelijk_en_de_tweede_hoort_het(monkeypatch, met_slot):
    """Without the lock and the version both are told that it worked, and one date is gone unseen."""
    b, mensen = gesloten(), [fabriek.administratie(naam=naam) for naam in ("Ad", "Bo")]
    klaar, echt = threading.Barrier(2, timeout=30), bewaren._op_slot

    def samen_naar_het_slot(beschikking, versie):
        klaar.wait()
        return echt(beschikking, versie)

    def allebei_gelezen(beschikking, versie):
        rij = vers(beschikking)
        klaar.wait()
        return rij

    monkeypatch.setattr(bewaren, "_op_slot", samen_naar_het_slot if met_slot else allebei_gelezen)
    uit = samen(
        *(
            (wie, lambda wie=wie, n=n: zet(b, b.vernietigen_na_datum + timedelta(days=n), wie))
            for n, wie in enumerate(mensen, 1)
        ),
        vangt=(InmiddelsAnders,),
    )
    gelukt = [rij for rij in uit if isinstance(rij, Bewaarwijziging)]
    assert (len(gelukt), Bewaarwijziging.objects.count()) == ((1, 1) if met_slot else (2, 2))
    if met_slot:
        assert vers(b).vernietigen_na_datum == gelukt[0].naar_datum


# --- The page --------------------------------------------------------------------------------------------------------------
def invoer(b, naar, **anders) -> dict[str, str]:
    return {
        "versie": str(b.versie),
        "grond": "langer",
        "naar_datum": f"{naar:%d-%m-%Y}",
        "reden": "Bezwaar.",
        **anders,
    }


def adres_van(b) -> str:
    return reverse("resultaat:bewaartermijn", args=[b.kenmerk])


def test_van_dossier_naar_formulier_en_terug(http, ad):
    b = gesloten()
    dossier, later = reverse("resultaat:dossier", args=[b.kenmerk]), b.vernietigen_na_datum + DAGJE
    http.force_login(ad)
    assert adres_van(b) in http.get(dossier).content.decode()
    antwoord = http.post(adres_van(b), invoer(b, later))
    assert (antwoord.status_code, antwoord["Location"]) == (302, dossier)
    pagina = http.get(dossier).content.decode()
    assert f"Dit dossier blijft bewaard tot en met {later:%d-%m-%Y}." in pagina
    assert pagina.count("Bezwaar.") == 2  # beside the date, and in what happened


def test_de_consulent_leest_de_reden_en_past_niets_aan(http, ad):
    b = gesloten()
    zet(b, b.vernietigen_na_datum + DAGJE, ad)
    http.force_login(fabriek.consulent())
    pagina = http.get(reverse("resultaat:dossier", args=[b.kenmerk])).content.decode()
    assert "Er loopt een bezwaar." in pagina
    assert adres_van(b) not in pagina
    assert http.get(adres_van(b)).status_code == 404


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"naar_datum": "01-01-2001"}, "01-01-2001 kan hier niet."),
        ({"grond": ""}, "Kies"),
        ({"reden": " "}, "Vul"),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld_en_de_rest_blijft_staan(http, ad, anders, zin):
    b = gesloten()
    http.force_login(ad)
    pagina = http.post(adres_van(b), invoer(b, b.vernietigen_na_datum + DAGJE, **anders)).content.decode()
    assert zin in pagina
    assert "Fout:" in pagina
    assert not Bewaarwijziging.objects.exists()


def test_te_kort_zegt_waarom_bij_de_datum(http, ad):
    b = gesloten()
    http.force_login(ad)
    pagina = http.post(adres_van(b), invoer(b, b.vernietigen_na_datum - DAGJE)).content.decode()
    assert "Een eerdere dag kan alleen als de cliënt daarom vroeg." in pagina
    assert f'value="{b.vernietigen_na_datum - DAGJE:%d-%m-%Y}"' in pagina


def test_was_een_collega_eerder_dan_staan_beide_er_en_geldt_de_volgende_druk(http, ad):
    b = gesloten()
    getoond = invoer(b, b.vernietigen_na_datum + 2 * DAGJE, reden="Mijn reden.")
    zet(b, b.vernietigen_na_datum + DAGJE, fabriek.administratie(naam="Bo"), reden="Haar reden.")
    http.force_login(ad)
    botsing = http.post(adres_van(b), getoond)
    pagina = botsing.content.decode()
    assert botsing.status_code == 409
    for tekst in ("Mijn reden.", "Haar reden.", "Bo bewaarde dit", f'value="{b.versie + 1}"'):
        assert tekst in pagina
    assert http.post(adres_van(b), {**getoond, "versie": str(b.versie + 1)}).status_code == 302
    assert vers(b).vernietigen_na_datum == b.vernietigen_na_datum + 2 * DAGJE
    assert Bewaarwijziging.objects.count() == 2


def test_de_vernietigingslijst_noemt_de_reden(http, ad):
    b = gesloten()
    zet(b, vandaag(), ad, grond=VERZOEK, reden="Brief van mevrouw.")
    Beschikking.objects.filter(pk=b.pk).update(vernietigen_na_datum=vandaag() - DAGJE)
    with als_eigenaar():
        Bewaarwijziging.objects.update(naar_datum=vandaag() - DAGJE)
    http.force_login(ad)
    assert "Brief van mevrouw." in http.get(reverse("resultaat:vernietigen")).content.decode()
    lijst = lijst_van(ad, b.client)
    pagina = http.get(reverse("resultaat:vernietigingslijst", args=[lijst.kenmerk])).content.decode()
    assert "Brief van mevrouw." in pagina
