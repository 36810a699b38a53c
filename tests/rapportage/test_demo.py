"""The demo: four hundred invented clients who lived through everything the portal knows."""

import io
import json
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

import iwmo
from beschikkingen.enums import Leveringsvorm
from beschikkingen.kluis import bsn_van
from beschikkingen.models import Beschikking, Client, Inlezing, Monitoringsmoment, Toewijzing
from organisaties.demo import WACHTWOORD
from organisaties.enums import Rol
from organisaties.models import Aanbieder, Gebruiker, Gemeente
from organisaties.referentie import REGIOS
from rapportage.demo import gegevens
from rapportage.demo.dossiers import VERHALEN, maak_dossiers
from rapportage.demo.laden import MAP, laad_demo
from rapportage.demo.pdfje import maak_pdf
from rapportage.demo.teksten import gemerkt, merk, met_merk
from rapportage.enums_opgave import OpgaveStatus
from rapportage.models import Clientervaring, Kwartaalopgave, OpgaveCorrectie, Vaststelling
from resultaat.enums import Paragraaf, Verdict
from resultaat.models import Evaluatie, Gesprek, InformatieVraag, Resultaat, Ronde, RondeRegel
from resultaat.queries.vernietigen import kandidaten
from stopberichten.enums import Berichtstatus, RedenBeeindiging, ToelichtingStatus
from stopberichten.models import Bericht, Stop, Toelichting, ToelichtingRegel
from tests import fabriek
from wmo_portal.lib.bsn import is_test_bsn
from wmo_portal.lib.perioden import Kwartaal

VANDAAG = date(2026, 11, 20)
OUD = sum(len(keren) for keren in gegevens.LANG_GELEDEN.values())


# --- The stories, without a database ------------------------------------------------------------------------------
@pytest.mark.parametrize("vandaag", [VANDAAG, date(2027, 1, 1), date(2028, 2, 29), date(2026, 7, 31)])
def test_elk_verhaal_wordt_in_elke_regio_verteld_op_welke_dag_ook(vandaag):
    dossiers = maak_dossiers(vandaag)
    for regio in REGIOS:
        codes = {code for code, *_ in regio.gemeenten}
        verteld = {d.verhaal for d in dossiers if d.client.gemeente in codes}
        assert verteld == {*VERHALEN, "lang_geleden"}
    assert sum(gegevens.AANTALLEN.values()) == 400
    assert len({d.client.bsn for d in dossiers}) == 400 + OUD


def test_dezelfde_dag_geeft_dezelfde_mensen():
    assert repr(maak_dossiers(VANDAAG)) == repr(maak_dossiers(VANDAAG))
    assert repr(maak_dossiers(VANDAAG)) != repr(maak_dossiers(VANDAAG, zaad=1))


def test_elk_bsn_is_een_testnummer():
    assert all(is_test_bsn(d.client.bsn) for d in maak_dossiers(VANDAAG))


def test_geen_papier_is_uit_de_toekomst():
    """A stop is sent after the end it speaks of, and what was judged was judged by now."""
    for dossier in maak_dossiers(VANDAAG):
        for lijn in dossier.lijnen:
            for stop in lijn.stops:
                assert stop.eind <= stop.gemeld <= VANDAAG, dossier
            for oordeel in lijn.oordelen:
                assert oordeel.op <= VANDAAG, dossier


def test_een_pdf_zonder_pango_is_een_pdf():
    from pikepdf import open as open_pdf

    with open_pdf(io.BytesIO(maak_pdf("Zorgplan (voorbeeld)", ["Cliënt: J. de Vries", r"\ en ( )"]))) as pdf:
        assert len(pdf.pages) == 1


# --- The loaded demo ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def geladen(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this module, in a transaction that is rolled back."""
    from django.db import transaction

    from wmo_portal.lib import rls

    map_ = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        rls.zet(rls.SYSTEEM)
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            with gemerkt():
                verslag = laad_demo(vandaag=VANDAAG, map_=map_)
            yield verslag
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture
def demo(geladen, django_db_blocker, settings):
    """Each test looks at the same rows and writes none."""
    from django.db import transaction

    from wmo_portal.lib import rls

    vorige, rls.NA_AFLOOP = rls.NA_AFLOOP, rls.SYSTEEM
    with django_db_blocker.unblock():
        rls.zet(rls.SYSTEEM)
        punt = transaction.savepoint()
        yield geladen
        rls.zet(rls.SYSTEEM)
        transaction.savepoint_rollback(punt)
    rls.NA_AFLOOP = vorige


def test_vierhonderd_clienten_en_wie_lang_geleden_klaar_was(demo):
    assert demo.clienten == Client.objects.count() == 400 + OUD
    per_gemeente = Counter(Client.objects.values_list("gemeente__code", flat=True))
    oud = {code: len(keren) for code, keren in gegevens.LANG_GELEDEN.items()}
    assert per_gemeente == {code: n + oud.get(code, 0) for code, n in gegevens.AANTALLEN.items()}
    assert all(is_test_bsn(bsn_van(c)) for c in Client.objects.all()[:50])


def test_elke_stopcode_komt_voor_in_elke_regio(demo):
    for regio in REGIOS:
        codes = set(Stop.objects.filter(gemeente__regio__code=regio.code).values_list("reden", flat=True))
        assert codes == set(RedenBeeindiging.codes())


def test_elke_paragraaf_van_de_werkwijze_komt_voor(demo):
    assert set(Resultaat.objects.values_list("paragraaf", flat=True)) == {p.value for p in Paragraaf}


def test_elk_bestand_is_een_goed_bericht(demo):
    paden = [p for soort in ("301", "305", "307") for p in (demo.map / soort).iterdir()]
    assert len(paden) == demo.berichten
    assert {iwmo.controleer(p.read_bytes()).oordeel for p in paden[::7]} == {"akkoord"}
    assert {p.suffix for p in (demo.map / "suite").iterdir()} == {".xlsx"}


def test_er_zijn_berichten_om_te_proberen_die_nog_niet_zijn_ingelezen(demo):
    namen = [p.name for p in (demo.map / "om-te-proberen").iterdir()]
    assert len(namen) == 4
    assert not Bericht.objects.filter(bestandsnaam__in=namen).exists()


def test_alles_kwam_door_de_echte_deuren(demo):
    assert Bericht.objects.count() == demo.berichten
    assert Inlezing.objects.filter(fouten=[]).count() == 11
    assert Bericht.objects.exclude(retour=None).count() > demo.berichten * 0.95
    afgekeurd = Bericht.objects.exclude(status=Berichtstatus.GEACCEPTEERD)
    assert 0 < afgekeurd.count() < 15


def test_wat_er_te_doen_is(demo):
    assert InformatieVraag.objects.open().exists()
    assert InformatieVraag.objects.filter(beantwoord_op__isnull=False).exists()
    assert Evaluatie.objects.filter(status="ingediend").count() > 5
    assert Toelichting.objects.filter(status=ToelichtingStatus.CONCEPT).exists()
    assert ToelichtingRegel.objects.filter(gevraagde_trede__isnull=False).exists()
    assert Gesprek.objects.exists()
    assert Monitoringsmoment.objects.open().filter(datum__lt=VANDAAG).exists()
    assert Monitoringsmoment.objects.filter(afgerond_op__isnull=False).exists()
    assert Resultaat.objects.filter(voorganger__isnull=False).exists()
    assert Stop.objects.te_koppelen().exists()
    assert Stop.objects.filter(ingetrokken_op__isnull=False).exists()
    assert Stop.objects.te_laat().exists()
    assert Toewijzing.objects.filter(leveringsvorm=Leveringsvorm.PGB).exists()
    assert Toewijzing.objects.filter(hulp_niet_gestart=True).exists()
    assert Client.objects.filter(afgeschermd=True).exists()
    assert Beschikking.objects.filter(voorganger__isnull=False).count() > 20
    assert Toewijzing.objects.annotate(n=Count("stappen")).filter(n=2).exists()


def test_bij_de_oordelen_staat_wat_het_portaal_adviseerde(demo):
    """Or the page about advice and decision would have nothing to show."""
    assert Resultaat.objects.filter(ronde=None).exclude(advies="").count() > 50


def test_er_is_te_verdelen_en_te_vernietigen(demo):
    """Dossiers of the consulent who logs in, of a colleague and of nobody; clients whose term is over, and not yet."""
    westland = Client.objects.filter(gemeente__code="1783")
    wie = Counter(westland.values_list("behandelaar__naam", flat=True))
    assert set(wie) == {"Marijke van Duijn", "Hanna Verburg", None}
    assert min(wie.values()) > 5
    gerda = Gebruiker.objects.get(email="administratie.h5@demo.example")
    gevonden, _ = kandidaten(gerda, VANDAAG)
    assert [k.kan for k in gevonden] == [True, True]
    nog_niet = Beschikking.objects.filter(vernietigen_na_datum__range=(VANDAAG, VANDAAG.replace(year=2027)))
    assert nog_niet.count() == 1


def test_de_rondes_van_de_gesloten_kwartalen_zijn_gedaan_en_die_van_vorige_maand_wacht(demo):
    maanden = set(Ronde.objects.values_list("maand", flat=True))
    eerste = Kwartaal.van(VANDAAG).plus(-2).eerste
    assert maanden == {
        date(2026, 4, 1),
        date(2026, 5, 1),
        date(2026, 6, 1),
        date(2026, 7, 1),
        date(2026, 8, 1),
        date(2026, 9, 1),
    }
    assert min(maanden) == eerste
    assert Ronde.objects.values("maand").annotate(n=Count("pk")).filter(n=11).count() == len(maanden)
    verdicts = set(RondeRegel.objects.values_list("verdict", flat=True))
    assert {
        Verdict.AUTOMATISCH_JA,
        Verdict.NAAR_CONSULENT,
        Verdict.WACHT_OP_FORMULIER,
        Verdict.TIJDELIJK,
    } <= verdicts


def test_wie_de_demo_probeert_ziet_geen_merk():
    assert met_merk("De doelen zijn bereikt.", "1783", "75000001") == "De doelen zijn bereikt."
    with gemerkt():
        assert met_merk("Goed.", "1783", "75000001") == "Goed. [KANARIE-G1783 KANARIE-A75000001]"


def test_elke_tekst_draagt_het_merk_van_zijn_eigenaren(demo):
    for regel in ToelichtingRegel.objects.select_related("gemeente", "aanbieder"):
        eigen = merk(regel.gemeente.code, regel.aanbieder.agb)
        for tekst in (regel.reden, regel.huidige_situatie, regel.behaald_toelichting):
            assert tekst.endswith(eigen)
            assert tekst.count("KANARIE") == 2
    for resultaat in Resultaat.objects.filter(ronde=None).select_related("gemeente"):
        assert resultaat.toelichting.endswith(merk(resultaat.gemeente.code))


def test_iedere_rol_heeft_in_elke_regio_een_inlog(demo):
    for regio in REGIOS:
        gemeenten = Gemeente.objects.filter(regio__code=regio.code)
        rollen = set(Gebruiker.objects.filter(gemeenten__in=gemeenten).values_list("rol", flat=True))
        assert rollen == {Rol.CONSULENT, Rol.ADMINISTRATIE, Rol.CONTRACTMANAGER}
        for gemeente in gemeenten:
            assert gemeente.gebruikers.filter(rol=Rol.CONSULENT).exists()
    assert Gebruiker.objects.filter(rol=Rol.BEHEERDER).count() == 1
    met_inlog = Gebruiker.objects.filter(rol=Rol.AANBIEDER).exclude(password__startswith="!")
    assert met_inlog.count() == 3
    assert Aanbieder.objects.filter(ingericht=True).count() == 8


def test_opnieuw_laden_geeft_hetzelfde_en_niets_dubbel(demo):
    """Only the emptying: a second whole load takes as long as the first."""
    from rapportage.demo.inrichten import maak_leeg

    maak_leeg()
    assert (Client.objects.count(), Bericht.objects.count(), Gebruiker.objects.count()) == (0, 0, 0)


# --- The command --------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_buiten_de_demo_weigert_het_commando(settings):
    fabriek.client()
    with pytest.raises(CommandError, match="Hier staat hij uit"):
        call_command("demo")
    assert Client.objects.count() == 1


@pytest.mark.django_db
def test_als_nodig_laat_een_gevulde_database_staan(settings, capsys):
    settings.DEMO = True
    fabriek.consulent()
    call_command("demo", als_nodig=True)
    assert "niet opnieuw geladen" in capsys.readouterr().out
    assert Gebruiker.objects.count() == 1


@pytest.mark.django_db
def test_de_inloggegevens_als_json(settings, capsys):
    settings.DEMO = True
    call_command("demo", inlog=True, json=True)
    regels = json.loads(capsys.readouterr().out)
    assert {r["rol"] for r in regels} == {rol.label for rol in Rol}
    assert {r["wachtwoord"] for r in regels} == {WACHTWOORD}
    assert set(regels[0]) == {"rol", "naam", "email", "wachtwoord", "organisatie"}
    assert MAP == "demo-berichten"


def test_een_dag_die_geen_dag_is(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="2026-10-05"):
        call_command("demo", "--vandaag", "5 oktober")


# --- Quarters -----------------------------------------------------------------------------------------------------
def test_het_oudste_kwartaal_is_opgegeven_en_vastgesteld(demo):
    ouder = Kwartaal.van(VANDAAG).plus(-2)
    opgaven = Kwartaalopgave.objects.filter(kwartaal=str(ouder))
    assert opgaven.count() == sum(len(a.regios) for a in gegevens.AANBIEDERS)
    assert set(opgaven.values_list("status", flat=True)) == {OpgaveStatus.VASTGESTELD}
    assert Vaststelling.objects.filter(kwartaal=str(ouder)).count() == len(REGIOS)
    assert OpgaveCorrectie.objects.filter(opgave__in=opgaven).exists()


def test_een_tekst_van_een_aanbieder_draagt_zijn_merk(demo):
    for ervaring in Clientervaring.objects.select_related("aanbieder"):
        assert merk(agb=ervaring.aanbieder.agb) in ervaring.aandachtspunten


def test_van_het_laatste_kwartaal_staat_elke_aanbieder_ergens_anders(demo):
    laatste = Kwartaalopgave.objects.filter(kwartaal=str(Kwartaal.van(VANDAAG).plus(-1)))
    assert set(laatste.values_list("status", flat=True)) == set(OpgaveStatus) - {OpgaveStatus.VASTGESTELD}
    for regio in REGIOS:
        eerste = next(a.agb for a in gegevens.AANBIEDERS if regio.code in a.regios)
        bij_wie_inlogt = laatste.get(regio__code=regio.code, aanbieder__agb=eerste)
        assert bij_wie_inlogt.vragen.filter(beantwoord_op=None).count() == 1
        niet_begonnen = [a.agb for a in gegevens.AANBIEDERS if regio.code in a.regios][-1]
        assert not laatste.filter(regio__code=regio.code, aanbieder__agb=niet_begonnen).exists()
