"""A provider without message software reports a start and a stop by hand: it becomes a real message."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

import iwmo
from beschikkingen.enums import ToewijzingStatus
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Client
from logboek.models import Gebeurtenis
from stopberichten.enums import Berichtstatus, Kanaal, RedenBeeindiging
from stopberichten.met_de_hand import NietTeMaken, Start, Stop, meld_start, meld_stop, trek_in
from stopberichten.models import Bericht, Levering
from stopberichten.models import Stop as Stop307
from stopberichten.queries_met_de_hand import CODES, te_stoppen
from tests import fabriek
from tests.stopberichten.toelichtinghulp import velden
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatma(http):
    wie = fabriek.medewerker()
    http.force_login(wie)
    return wie


@pytest.fixture
def toewijzing(fatma):
    begin = vandaag() - timedelta(days=60)
    beschikking = fabriek.beschikking(begin=begin, eind=begin + timedelta(days=364))
    return fabriek.toewijzing(beschikking, aan=fatma.aanbieder)


def gestart(toewijzing, door) -> Levering:
    meld_start(start=Start(toewijzing, toewijzing.ingangsdatum), door=door, vandaag=vandaag(), op=nu())
    return Levering.objects.get()


def stop_adres(toewijzing) -> str:
    return reverse("stopberichten:stop-met-de-hand", args=[toewijzing.kenmerk])


# --- The message ----------------------------------------------------------------------------------------------------
def test_een_start_wordt_een_305_die_wordt_aangenomen(toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    assert levering.toewijzing == toewijzing
    assert levering.begindatum == toewijzing.ingangsdatum
    bericht = Bericht.objects.get()
    assert (bericht.kanaal, bericht.status) == (Kanaal.HAND, Berichtstatus.GEACCEPTEERD)
    assert bericht.identificatie.startswith("H")
    assert bericht.retour is not None


def test_een_stop_sluit_aan_op_de_start(toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    einde = vandaag() - timedelta(days=1)
    ontvangst = meld_stop(
        stop=Stop(levering, RedenBeeindiging.IN_OVEREENSTEMMING, einde),
        door=fatma,
        vandaag=vandaag(),
        op=nu(),
    )
    assert ontvangst.geaccepteerd
    stop = Stop307.objects.get()
    assert (stop.levering, stop.reden, stop.einddatum) == (levering, "23", einde)
    assert te_stoppen(toewijzing) == []


def test_twee_berichten_hebben_twee_nummers(toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    meld_stop(
        stop=Stop(levering, RedenBeeindiging.OVERLIJDEN, vandaag()), door=fatma, vandaag=vandaag(), op=nu()
    )
    assert len(set(Bericht.objects.values_list("identificatie", flat=True))) == 2


def test_een_client_zonder_geboortedatum_gaat_als_onbekend(toewijzing, fatma):
    Client.objects.update(geboortedatum=None)
    toewijzing.client.refresh_from_db()
    assert gestart(toewijzing, fatma)


def test_een_naam_die_niet_in_een_bericht_past_zegt_dat(toewijzing, fatma):
    Client.objects.update(voorletters="1")
    toewijzing.client.refresh_from_db()
    with pytest.raises(NietTeMaken, match="geen geldig bericht"):
        gestart(toewijzing, fatma)
    assert not Bericht.objects.exists()


def test_na_tijdelijk_kan_nog_een_keer_en_na_definitief_niet(toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    for reden, nog_te_stoppen in ((RedenBeeindiging.TIJDELIJK, True), (RedenBeeindiging.VERHUIZING, False)):
        uit = meld_stop(stop=Stop(levering, reden, vandaag()), door=fatma, vandaag=vandaag(), op=nu())
        assert uit.geaccepteerd
        assert bool(te_stoppen(toewijzing)) is nog_te_stoppen


def test_een_aanbieder_kiest_niet_namens_de_gemeente():
    """36 and 37 are not the provider's to begin with (WMO588)."""
    assert {c.code for c in CODES} == set(RedenBeeindiging) - {
        RedenBeeindiging.DOOR_GEMEENTE,
        RedenBeeindiging.WIJZIGINGSVERZOEK,
    }


# --- The pages -----------------------------------------------------------------------------------------------------
def test_van_nummer_tot_oordeel_en_xml(http, toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    naar = http.post(
        reverse("stopberichten:met-de-hand"),
        {"wat": "stop", "toewijzingnummer": toewijzing.toewijzingnummer},
    )
    assert naar.url == stop_adres(toewijzing)
    pagina = http.get(naar.url).content.decode()
    post = velden(pagina) | {
        "levering": str(levering.kenmerk),
        "einddatum": f"{vandaag():%d-%m-%Y}",
        "reden": "23",
    }
    naar = http.post(stop_adres(toewijzing), post)
    bericht = Bericht.objects.get(soort="307")
    assert naar.url == reverse("stopberichten:bericht", args=[bericht.kenmerk])
    oordeel = http.get(naar.url).content.decode()
    assert "verstuurd als 307-bericht" in oordeel
    assert "Bij code 23 hoort ook de Toelichting" in oordeel
    xml = http.get(reverse("stopberichten:bericht-xml", args=[bericht.kenmerk])).content
    gelezen = iwmo.lees(xml)
    assert gelezen.client is not None
    assert gelezen.client.bsn == bsn_van(toewijzing.client)
    assert gelezen.aanbieder == fatma.aanbieder.agb
    # The second click lands on the same verdict.
    assert http.post(stop_adres(toewijzing), post).url == naar.url
    assert Bericht.objects.filter(soort="307").count() == 1


def test_een_tweede_start_wordt_afgekeurd_en_zegt_waarom(http, toewijzing, fatma):
    gestart(toewijzing, fatma)
    adres = reverse("stopberichten:start-met-de-hand", args=[toewijzing.kenmerk])
    post = velden(http.get(adres).content.decode()) | {"begindatum": f"{vandaag():%d-%m-%Y}"}
    pagina = http.post(adres, post, follow=True).content.decode()
    assert "Het bericht is afgekeurd" in pagina
    assert "TR326" in pagina
    assert Levering.objects.count() == 1


def test_zonder_start_is_er_niets_te_stoppen(http, toewijzing):
    pagina = http.get(stop_adres(toewijzing)).content.decode()
    assert "Er is geen zorg om te stoppen" in pagina
    assert reverse("stopberichten:start-met-de-hand", args=[toewijzing.kenmerk]) in pagina


@pytest.mark.parametrize(
    ("einddatum", "zin"),
    [("01-01-2020", "De zorg begon op"), ("31-02-2026", "bestaat niet"), ("", "Laatste dag van de zorg")],
)
def test_een_laatste_dag_die_niet_kan(http, toewijzing, fatma, einddatum, zin):
    levering = gestart(toewijzing, fatma)
    post = velden(http.get(stop_adres(toewijzing)).content.decode())
    antwoord = http.post(
        stop_adres(toewijzing),
        post | {"levering": str(levering.kenmerk), "einddatum": einddatum, "reden": "23"},
    )
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Stop307.objects.exists()


def test_code_36_is_niet_te_posten(http, toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    post = velden(http.get(stop_adres(toewijzing)).content.decode())
    antwoord = http.post(
        stop_adres(toewijzing),
        post | {"levering": str(levering.kenmerk), "einddatum": f"{vandaag():%d-%m-%Y}", "reden": "36"},
    )
    assert antwoord.status_code == 422


def test_een_start_in_de_toekomst_of_voor_de_toewijzing_kan_niet(http, toewijzing):
    adres = reverse("stopberichten:start-met-de-hand", args=[toewijzing.kenmerk])
    for dag in (vandaag() + timedelta(days=1), toewijzing.ingangsdatum - timedelta(days=1)):
        post = velden(http.get(adres).content.decode()) | {"begindatum": f"{dag:%d-%m-%Y}"}
        assert http.post(adres, post).status_code == 422
    assert not Bericht.objects.exists()


def test_van_een_ander_of_gesloten_bestaat_niet(http, toewijzing, fatma):
    van_eik = fabriek.toewijzing(aan=fabriek.aanbieder("De Eik"))
    gesloten = fabriek.toewijzing(aan=fatma.aanbieder, status=ToewijzingStatus.GESLOTEN)
    for vreemd in (van_eik, gesloten):
        for naam in ("start-met-de-hand", "stop-met-de-hand"):
            adres = reverse(f"stopberichten:{naam}", args=[vreemd.kenmerk])
            assert (http.get(adres).status_code, http.post(adres).status_code) == (404, 404)
        antwoord = http.post(
            reverse("stopberichten:met-de-hand"),
            {"wat": "stop", "toewijzingnummer": vreemd.toewijzingnummer},
        )
        assert antwoord.status_code == 422
        assert "loopt geen toewijzing met dit nummer" in antwoord.content.decode()


def test_de_gemeente_meldt_hier_niets(http, toewijzing):
    for wie in (fabriek.consulent(), fabriek.administratie()):
        http.force_login(wie)
        assert http.get(reverse("stopberichten:met-de-hand")).status_code == 404
        assert http.get(stop_adres(toewijzing)).status_code == 404


def test_hetzelfde_nummer_bij_twee_gemeenten_kiest_niemand_voor_u(http, fatma):
    eerste = fabriek.toewijzing(aan=fatma.aanbieder, toewijzingnummer=777)
    delft = fabriek.beschikking(fabriek.client(fabriek.delft()), begin=date(2026, 1, 1))
    fabriek.toewijzing(delft, aan=fatma.aanbieder, toewijzingnummer=777)
    antwoord = http.post(
        reverse("stopberichten:met-de-hand"), {"wat": "stop", "toewijzingnummer": eerste.toewijzingnummer}
    )
    assert antwoord.status_code == 422


# --- Taking back ----------------------------------------------------------------------------------------------------
def gestopt(levering, door, reden=RedenBeeindiging.IN_OVEREENSTEMMING) -> Stop307:
    meld_stop(stop=Stop(levering, reden, vandaag()), door=door, vandaag=vandaag(), op=nu())
    return Stop307.objects.latest("pk")


def intrekken(regel) -> str:
    return reverse("stopberichten:met-de-hand-intrekken", args=[regel.kenmerk])


def test_een_stop_intrekken_is_een_307_met_status_3_en_daarna_kan_het_opnieuw(http, toewijzing, fatma):
    """Fatma typed the wrong reason: she takes the stop back and reports it again."""
    levering = gestart(toewijzing, fatma)
    stop = gestopt(levering, fatma)
    bericht = reverse("stopberichten:bericht", args=[stop.bericht.kenmerk])
    assert intrekken(stop) in http.get(bericht).content.decode()
    pagina = http.get(intrekken(stop)).content.decode()
    assert "23 Levering is in overeenstemming voortijdig beëindigd" in pagina
    post = velden(pagina)
    naar = http.post(intrekken(stop), post)
    assert http.post(intrekken(stop), post).url == naar.url, "the second click is the first"
    nieuw = Bericht.objects.latest("pk")
    assert naar.url == reverse("stopberichten:bericht", args=[nieuw.kenmerk])
    assert "De melding is ingetrokken" in http.get(naar.url).content.decode()
    gelezen = iwmo.lees(http.get(reverse("stopberichten:bericht-xml", args=[nieuw.kenmerk])).content)
    (product,) = gelezen.client.producten
    assert (gelezen.soort, product.status_aanlevering, product.reden_beeindiging) == ("307", "3", "23")
    stop.refresh_from_db()
    assert (stop.ingetrokken_op is not None, stop.ingetrokken_in) == (True, nieuw)
    assert intrekken(stop) not in http.get(bericht).content.decode()
    assert te_stoppen(toewijzing) == [levering]
    assert gestopt(levering, fatma, RedenBeeindiging.VERHUIZING).reden == "31"


def test_een_start_gaat_pas_weg_als_er_geen_stop_meer_bij_hoort(http, toewijzing, fatma):
    levering = gestart(toewijzing, fatma)
    stop = gestopt(levering, fatma)
    assert "Trek eerst de stop in" in http.get(intrekken(levering)).content.decode()
    geweigerd = trek_in(regel=levering, door=fatma, vandaag=vandaag(), op=nu())
    assert not geweigerd.geaccepteerd
    assert trek_in(regel=stop, door=fatma, vandaag=vandaag(), op=nu()).geaccepteerd
    http.post(intrekken(levering), velden(http.get(intrekken(levering)).content.decode()))
    levering.refresh_from_db()
    assert levering.ingetrokken_op is not None
    assert gestart_opnieuw(toewijzing, fatma).begindatum == toewijzing.ingangsdatum


def gestart_opnieuw(toewijzing, door) -> Levering:
    meld_start(start=Start(toewijzing, toewijzing.ingangsdatum), door=door, vandaag=vandaag(), op=nu())
    return Levering.objects.geldig().get()


def test_wat_uit_eigen_software_kwam_of_van_een_ander_is_trek_je_hier_niet_in(http, toewijzing, fatma):
    uit_software = fabriek.stop(toewijzing, "21")
    van_eik = fabriek.medewerker(fabriek.aanbieder("De Eik"))
    for adres in (intrekken(uit_software), intrekken(toewijzing)):
        assert (http.get(adres).status_code, http.post(adres).status_code) == (404, 404)
    levering = gestart_bij(toewijzing, fatma)
    http.force_login(van_eik)
    assert http.get(intrekken(levering)).status_code == 404
    http.force_login(fabriek.administratie())
    assert http.get(intrekken(levering)).status_code == 404


def gestart_bij(toewijzing, door) -> Levering:
    meld_start(start=Start(toewijzing, vandaag()), door=door, vandaag=vandaag(), op=nu())
    return Levering.objects.filter(bericht__kanaal=Kanaal.HAND).latest("pk")


# --- Only an introduction so far (R80) -----------------------------------------------------------------------------
def naar_niet_gestart(http, toewijzing) -> str:
    """As she gets there: by the number, from the page where a start and a stop are told too."""
    post = {"wat": "niet-gestart", "toewijzingnummer": toewijzing.toewijzingnummer}
    return http.post(reverse("stopberichten:met-de-hand"), post).url


def test_een_kennismaking_telt_niet_tot_de_hulp_echt_begint(http, toewijzing, fatma):
    """The 305 stays as it is; saying it twice is saying it once, and the log knows who said it."""
    levering = gestart(toewijzing, fatma)
    adres = naar_niet_gestart(http, toewijzing)
    assert "de hulp is gestart" in http.get(adres).content.decode()
    for antwoord, staat in (("ja", True), ("ja", True), ("nee", False)):
        pagina = http.post(adres, {"niet_gestart": antwoord}, follow=True).content.decode()
        assert ("de hulp is nog niet gestart" in pagina) is staat
        toewijzing.refresh_from_db()
        assert toewijzing.hulp_niet_gestart is staat
    assert toewijzing.versie == 3
    regels = Gebeurtenis.objects.filter(actie="toewijzing.hulp_niet_gestart").order_by("pk")
    assert [(r.details["niet_gestart"], r.actor_id) for r in regels] == [(True, fatma.pk), (False, fatma.pk)]
    levering.refresh_from_db()
    assert levering.ingetrokken_op is None


def test_een_ander_zegt_niets_over_deze_hulp(http, toewijzing, fatma):
    adres = naar_niet_gestart(http, toewijzing)
    http.force_login(fabriek.medewerker(fabriek.aanbieder("De Eik")))
    assert http.post(adres, {"niet_gestart": "ja"}).status_code == 404
    toewijzing.refresh_from_db()
    assert toewijzing.hulp_niet_gestart is False
