"""The screens of the round: administratie walks it from dry run to undo; everybody else finds nothing there."""

import io
import uuid
from datetime import date, datetime, timedelta
from unittest.mock import Mock
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError
from openpyxl import load_workbook

from beschikkingen.kluis import bsn_van
from logboek.models import Gebeurtenis
from organisaties.enums import Rol
from resultaat.actions.ronde import voer_ronde_uit
from resultaat.actions.ronde_terug import draai_terug
from resultaat.models import Resultaat, Ronde
from resultaat.queries.rondes_te_doen import te_draaien
from resultaat.startblokken_ronde import rondeblokken
from resultaat.statussen import RondeStatus
from resultaat.views import ronde as scherm
from stopberichten.models import Stop
from tests import fabriek
from wmo_portal.lib.perioden import Maand

pytestmark = pytest.mark.django_db

EIND = date(2026, 9, 30)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OP = datetime(2026, 10, 1, 6, 0, tzinfo=AMSTERDAM)
SEPTEMBER = Maand(2026, 9)


@pytest.fixture(autouse=True)
def _het_is_12_oktober(monkeypatch):
    """The clock stands in the doors, so there it is set."""
    moment = datetime(2026, 10, 12, 10, 0, tzinfo=AMSTERDAM)
    for deur in ("ronde", "ronde_na", "formulieren"):
        monkeypatch.setattr(f"resultaat.views.{deur}.nu", lambda: moment)
    for deur in ("ronde", "formulieren"):
        monkeypatch.setattr(f"resultaat.views.{deur}.vandaag", moment.date)


@pytest.fixture
def anna(http):
    """Anna of the administratie of Westland, logged in."""
    wie = fabriek.administratie(naam="Anna de Boer")
    http.force_login(wie)
    return wie


def jansen(achternaam="Jansen", **velden) -> Stop:
    client = fabriek.client(achternaam=achternaam, voorletters="J", **velden)
    toewijzing = fabriek.toewijzing(fabriek.beschikking(client, eind=EIND))
    fabriek.formulier(toewijzing)
    return fabriek.stop(toewijzing)


def draai(*, proef=False) -> Ronde:
    return voer_ronde_uit(
        gemeente=fabriek.westland(), maand=SEPTEMBER, proef=proef, door=None, moment=OP
    ).ronde


def adres(naam, ronde) -> str:
    return reverse(f"resultaat:{naam}", kwargs={"kenmerk": ronde.kenmerk})


def kies(http, **velden):
    velden = {"gemeente": "1783", "maand": "2026-09", "eenmalig": uuid.uuid4(), **velden}
    return http.post(reverse("resultaat:rondes"), velden)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


# --- The walk ----------------------------------------------------------------------------------------------------------
def test_anna_draait_proef_voert_uit_en_draait_terug(http, anna, django_capture_on_commit_callbacks):
    stop = jansen()
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Bakker"), eind=EIND)))

    with django_capture_on_commit_callbacks(execute=True):
        naar_proef = kies(http)
    proef = Ronde.objects.get()
    assert naar_proef.url == adres("ronde", proef)
    pagina = tekst(http.get(naar_proef.url))
    assert "Dit is een proefdraai" in pagina
    assert "J. Jansen" in pagina
    assert "Automatisch ja" in pagina
    assert "Het formulier Toelichting verzoek wijziging/beëindiging is nog niet ontvangen." in pagina
    assert not Resultaat.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        naar_ronde = http.post(adres("ronde-uitvoeren", proef), {"eenmalig": uuid.uuid4()})
    echt = Ronde.objects.get(proef=False)
    assert naar_ronde.url == adres("ronde", echt)
    assert (echt.begonnen_door, echt.status) == (anna, "klaar")
    assert Resultaat.objects.get().toewijzing == stop.toewijzing
    assert "Terugdraaien" in tekst(http.get(naar_ronde.url))

    vraag = http.get(adres("ronde-terugdraaien", echt))
    assert "Wat er gebeurt als u terugdraait" in tekst(vraag)
    terug = http.post(adres("ronde-terugdraaien", echt), {"reden": "Verkeerde maand gekozen."}, follow=True)
    assert "Reden: Verkeerde maand gekozen." in tekst(terug)
    assert not Resultaat.objects.filter(actueel=True).exists()


def test_zonder_reden_een_fout_bij_het_veld_en_niets_teruggedraaid(http, anna):
    jansen()
    ronde = draai()
    antwoord = http.post(adres("ronde-terugdraaien", ronde), {"reden": "  "})
    assert "<title>Fout: " in antwoord.content.decode()
    assert "Vul ‘Reden’ in." in tekst(antwoord)
    ronde.refresh_from_db()
    assert ronde.status == "klaar"


def test_een_dubbele_klik_op_uitvoeren_is_een_ronde(http, anna, django_capture_on_commit_callbacks):
    jansen()
    proef = draai(proef=True)
    sleutel = {"eenmalig": uuid.uuid4()}
    with django_capture_on_commit_callbacks(execute=True) as gedaan:
        een = http.post(adres("ronde-uitvoeren", proef), sleutel)
        twee = http.post(adres("ronde-uitvoeren", proef), sleutel)
    assert een.url == twee.url
    assert len(gedaan) == 1
    assert Ronde.objects.filter(proef=False).count() == 1


def test_een_dubbele_klik_op_proefdraai_is_een_proefdraai(http, anna):
    sleutel = uuid.uuid4()
    assert kies(http, eenmalig=sleutel).url == kies(http, eenmalig=sleutel).url
    assert Ronde.objects.count() == 1


def test_kiezen_zonder_maand_of_met_een_vreemde_gemeente(http, anna):
    fabriek.delft()
    for velden in ({"maand": ""}, {"maand": "2026-13"}, {"gemeente": "0503"}, {"gemeente": ""}):
        antwoord = kies(http, **velden)
        assert antwoord.status_code == 200
        assert "<title>Fout: " in antwoord.content.decode()
    assert not Ronde.objects.exists()


def test_een_toekomstige_maand_staat_niet_in_de_keuze(http, anna):
    pagina = tekst(http.get(reverse("resultaat:rondes")))
    assert "oktober 2026" in pagina
    assert "november 2026" not in pagina
    assert '<option value="2026-09" selected>' in pagina


# --- Large rounds, workers, progress ------------------------------------------------------------------------------------
def test_een_grote_ronde_gaat_naar_een_worker(http, anna, monkeypatch, django_capture_on_commit_callbacks):
    jansen()
    monkeypatch.setattr(scherm, "DIRECT_HOOGSTENS", 0)
    bel = Mock()
    monkeypatch.setattr(scherm.ronde_taak, "apply_async", bel)
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = kies(http)
    ronde = Ronde.objects.get()
    bel.assert_called_once_with(args=[str(ronde.kenmerk)], retry=False)
    pagina = tekst(http.get(antwoord.url))
    assert "wmo-voortgang" in pagina
    assert adres("ronde-voortgang", ronde) in pagina
    assert "Ronde uitvoeren" not in pagina


def test_hoort_geen_worker_de_bel_dan_vindt_de_klok_de_ronde(
    http, anna, monkeypatch, django_capture_on_commit_callbacks
):
    from resultaat.tasks import rondes_aan_de_beurt

    jansen()
    monkeypatch.setattr(scherm, "DIRECT_HOOGSTENS", 0)
    monkeypatch.setattr(scherm.ronde_taak, "apply_async", Mock(side_effect=OperationalError))
    with django_capture_on_commit_callbacks(execute=True):
        assert kies(http).status_code == 302
    ronde = Ronde.objects.get()
    assert ronde.status == "bezig"
    assert "1 stopberichten bekeken" in rondes_aan_de_beurt()
    ronde.refresh_from_db()
    assert ronde.status == "klaar"


def test_de_voortgang_ververst_de_pagina_als_de_ronde_klaar_is(http, anna):
    jansen()
    ronde = draai(proef=True)
    klaar = http.get(adres("ronde-voortgang", ronde))
    assert klaar["HX-Refresh"] == "true"
    Ronde.objects.update(status=RondeStatus.BEZIG, gedaan=3, totaal=8)
    bezig = http.get(adres("ronde-voortgang", ronde))
    assert "HX-Refresh" not in bezig
    assert "3 van 8" in tekst(bezig)


def test_een_mislukte_ronde_zegt_waarom_en_kan_verder(http, anna, django_capture_on_commit_callbacks):
    jansen()
    ronde = Ronde.objects.create(
        gemeente=fabriek.westland(),
        maand=SEPTEMBER.eerste,
        begonnen_op=OP,
        status=RondeStatus.MISLUKT,
        fout="RuntimeError: schijf vol",
        totaal=1,
    )
    pagina = tekst(http.get(adres("ronde", ronde)))
    assert "RuntimeError: schijf vol" in pagina
    assert "Ga verder met de ronde" in pagina
    with django_capture_on_commit_callbacks(execute=True):
        http.post(adres("ronde-uitvoeren", ronde), {})
    ronde.refresh_from_db()
    assert ronde.status == "klaar"


# --- What the page shows -------------------------------------------------------------------------------------------------
def test_de_aantallen_bovenaan_zijn_de_lengte_van_de_lijst_erachter(http, anna):
    jansen()
    jansen("Visser")
    fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), "23")
    ronde = draai(proef=True)
    for verdict, aantal in ronde.tellingen.items():
        gefilterd = http.get(adres("ronde", ronde), {"verdict": verdict})
        assert len(gefilterd.context["rijen"]) == aantal
        assert {str(rij.verdict) for rij, _ in gefilterd.context["rijen"]} == {verdict}
    assert ronde.tellingen == {"automatisch_ja": 2, "wacht_op_formulier": 1}
    assert http.get(adres("ronde", ronde), {"verdict": "onzin"}).status_code == 404


def test_bladeren_geeft_elke_stop_een_keer(http, anna, monkeypatch):
    monkeypatch.setattr(
        "resultaat.queries.ronde.regels.__kwdefaults__", {"verdict": "", "na": 0, "hoogstens": 2}
    )
    stops = {jansen(f"Persoon{n}").pk for n in range(5)}
    ronde = draai(proef=True)
    gezien, volgende = [], adres("ronde", ronde)
    while volgende:
        antwoord = http.get(volgende)
        gezien += [rij.stop.pk for rij, _ in antwoord.context["rijen"]]
        volgende = antwoord.context["volgende_url"]
    assert len(gezien) == 5
    assert set(gezien) == stops


def test_een_afgeschermde_client_staat_er_zonder_naam(http, anna):
    jansen("Geheim", afgeschermd=True)
    ronde = draai(proef=True)
    pagina = tekst(http.get(adres("ronde", ronde)))
    assert "Afgeschermde cliënt" in pagina
    assert "Geheim" not in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_het_aantal_vragen_van_de_pagina_hangt_niet_van_de_rijen_af(
    http, anna, aantal, django_assert_num_queries
):
    for n in range(aantal):
        jansen(f"Persoon{n}")
    ronde = draai(proef=True)
    http.get(adres("ronde", ronde))
    # session, user, scope; round, lines, later round, corrected results, run before; log; name of the organisation
    with django_assert_num_queries(10):
        http.get(adres("ronde", ronde))


def test_wie_op_het_scherm_stond_staat_in_het_logboek(http, anna):
    stop = jansen()
    ronde = draai(proef=True)
    http.get(adres("ronde", ronde))
    regel = Gebeurtenis.objects.get(actie="lijst.zien")
    assert (regel.actor_id, bytes(regel.client_index), regel.object_kenmerk) == (
        anna.pk,
        bytes(stop.bsn_index),
        str(stop.kenmerk),
    )
    assert regel.details == {"scherm": "ronde"}


# --- Export ----------------------------------------------------------------------------------------------------------------
def test_de_export_zegt_per_client_wat_er_in_suite_moet(http, anna):
    stop = jansen()
    zonder = fabriek.stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)))
    jansen("Geheim", afgeschermd=True)
    fabriek.losse_stop(fabriek.toewijzing(fabriek.beschikking(eind=EIND)), einddatum=EIND)
    ronde = draai()
    antwoord = http.get(adres("ronde-export", ronde))
    assert antwoord["Content-Disposition"] == 'attachment; filename="ronde-1783-2026-09.xlsx"'
    boek = load_workbook(io.BytesIO(antwoord.content))
    kop, *rijen = boek["Stopberichten"].iter_rows(values_only=True)
    per_nummer = {rij[3]: dict(zip(kop, rij, strict=True)) for rij in rijen}
    assert len(rijen) == 4
    goed = per_nummer[str(stop.toewijzingnummer)]
    assert goed["In te voeren in Suite"] == "Resultaat behaald: ja; toewijzing sluiten; dossier sluiten"
    assert (goed["BSN"], goed["Cliënt"]) == (bsn_van(stop.toewijzing.client), "J. Jansen")
    assert goed["Einddatum zorg"] == datetime(2026, 9, 30)
    assert per_nummer[str(zonder.toewijzingnummer)]["In te voeren in Suite"] == "Niets"
    geheim = next(rij for rij in per_nummer.values() if rij["Cliënt"] == "Afgeschermde cliënt")
    assert geheim["BSN"] is None
    assert Gebeurtenis.objects.get(actie="ronde.exporteren").details == {"rijen": 4}
    assert Gebeurtenis.objects.filter(actie="lijst.zien", details__scherm="export ronde").count() == 4


def test_een_proefdraai_zegt_dat_er_nog_niets_in_suite_moet_en_een_teruggedraaide_ronde_heeft_geen_export(
    http, anna
):
    jansen()
    boek = load_workbook(io.BytesIO(http.get(adres("ronde-export", draai(proef=True))).content))
    assert boek["Stopberichten"]["K2"].value == "Nog niets: dit is een proefdraai"
    ronde = draai()
    http.post(adres("ronde-terugdraaien", ronde), {"reden": "Oefening."})
    assert http.get(adres("ronde-export", ronde)).status_code == 404
    assert "Export voor Suite" not in tekst(http.get(adres("ronde", ronde)))
    assert "Het dossier is gesloten." not in tekst(http.get(adres("ronde", ronde)))


# --- Missing forms ---------------------------------------------------------------------------------------------------------
def zonder_formulier(dagen: int, reden="19", **velden) -> Stop:
    ontvangen = datetime(2026, 10, 12, 9, 0, tzinfo=AMSTERDAM) - timedelta(days=dagen)
    toewijzing = fabriek.toewijzing(fabriek.beschikking(eind=EIND), **velden)
    return fabriek.stop(toewijzing, reden, ontvangen_op=ontvangen)


def stop_adres(stop) -> str:
    return reverse("resultaat:zonder-formulier", kwargs={"kenmerk": stop.kenmerk})


def test_de_lijst_van_ontbrekende_formulieren(http, anna):
    vers, oud, tijdelijk = zonder_formulier(3), zonder_formulier(20, "21"), zonder_formulier(5, "20")
    zonder_formulier(9, "02")
    zonder_formulier(9, leveringsvorm="pgb")
    jansen()
    antwoord = http.get(reverse("resultaat:ontbrekende-formulieren"))
    assert [stop for stop, _, _ in antwoord.context["rijen"]] == [oud, tijdelijk, vers]
    pagina = tekst(antwoord)
    assert stop_adres(oud) in pagina
    assert stop_adres(vers) not in pagina
    assert "Doorgaan zonder formulier kan vanaf 23-10-2026." in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen_bij_meer_rijen(http, anna, aantal, django_assert_num_queries):
    for _ in range(aantal):
        zonder_formulier(3)
    http.get(reverse("resultaat:ontbrekende-formulieren"))
    with django_assert_num_queries(8):
        http.get(reverse("resultaat:ontbrekende-formulieren"))


def test_na_de_wachttijd_mag_anna_met_een_reden_door_en_dan_wordt_het_ja(http, anna):
    stop = zonder_formulier(14)
    draai()
    stop.refresh_from_db()
    assert stop.oordeel == "wacht_op_formulier"
    assert "Doorgaan zonder formulier" in tekst(http.get(stop_adres(stop)))
    antwoord = http.post(stop_adres(stop), {"reden": "De aanbieder is failliet."})
    assert antwoord.url == reverse("resultaat:ontbrekende-formulieren")
    stop.refresh_from_db()
    assert (stop.zonder_formulier_reden, stop.zonder_formulier_door) == ("De aanbieder is failliet.", anna)
    assert Gebeurtenis.objects.filter(actie="stop.zonder_formulier").count() == 1
    draai()
    stop.refresh_from_db()
    assert stop.oordeel == "automatisch_ja"


@pytest.mark.parametrize(
    ("dagen", "reden", "zin"),
    [
        (13, "19", "Dat kan vanaf 13-10-2026."),
        (20, "02", "Bij code 02 is geen formulier nodig."),
    ],
)
def test_te_vroeg_of_niet_nodig_zegt_waarom_het_niet_kan(http, anna, dagen, reden, zin):
    stop = zonder_formulier(dagen, reden)
    assert zin in tekst(http.get(stop_adres(stop)))
    http.post(stop_adres(stop), {"reden": "Toch maar."})
    stop.refresh_from_db()
    assert stop.zonder_formulier_op is None


def test_met_een_ontvangen_formulier_hoeft_het_niet(http, anna):
    stop = zonder_formulier(20)
    fabriek.formulier(stop.toewijzing)
    assert "Het formulier is ontvangen." in tekst(http.get(stop_adres(stop)))


# --- Who may, and who finds nothing ---------------------------------------------------------------------------------
ROLLEN_ZONDER = [Rol.CONSULENT, Rol.AANBIEDER, Rol.CONTRACTMANAGER, Rol.BEHEERDER]


def alle_paginas(ronde: Ronde, stop: Stop) -> list[tuple[str, str]]:
    return [
        ("get", reverse("resultaat:rondes")),
        ("get", adres("ronde", ronde)),
        ("get", adres("ronde-voortgang", ronde)),
        ("post", adres("ronde-uitvoeren", ronde)),
        ("get", adres("ronde-terugdraaien", ronde)),
        ("post", adres("ronde-terugdraaien", ronde)),
        ("get", adres("ronde-export", ronde)),
        ("get", reverse("resultaat:ontbrekende-formulieren")),
        ("get", stop_adres(stop)),
        ("post", stop_adres(stop)),
    ]


@pytest.mark.parametrize("rol", ROLLEN_ZONDER)
def test_een_andere_rol_vindt_deze_paginas_niet(http, rol):
    stop = zonder_formulier(20)
    ronde = draai()
    eigen = {"aanbieder": stop.aanbieder} if rol is Rol.AANBIEDER else {}
    http.force_login(fabriek.gebruiker(rol, fabriek.westland(), **eigen))
    for methode, url in alle_paginas(ronde, stop):
        assert getattr(http, methode)(url, {"reden": "x"}).status_code == 404, url
    stop.refresh_from_db()
    ronde.refresh_from_db()
    assert (stop.zonder_formulier_op, ronde.status) == (None, "klaar")


def test_de_administratie_van_delft_vindt_de_ronde_van_westland_niet(http):
    stop = zonder_formulier(20)
    ronde = draai()
    http.force_login(fabriek.administratie(fabriek.delft()))
    eigen = {reverse("resultaat:rondes"), reverse("resultaat:ontbrekende-formulieren")}
    for methode, url in alle_paginas(ronde, stop):
        antwoord = getattr(http, methode)(url, {"reden": "x"})
        assert antwoord.status_code == (200 if url in eigen else 404), url
        assert "Westland" not in antwoord.content.decode()


def test_wie_niet_is_ingelogd_gaat_naar_de_inlogpagina(http):
    stop = zonder_formulier(20)
    for methode, url in alle_paginas(draai(), stop):
        assert getattr(http, methode)(url).status_code == 302, url


def test_een_ronde_verandert_niets_bij_kijken(http, anna):
    jansen()
    ronde = draai()
    ervoor = (Resultaat.objects.count(), Ronde.objects.values().get())
    for methode, url in alle_paginas(ronde, zonder_formulier(20)):
        if methode == "get":
            http.get(url)
    assert http.get(adres("ronde-uitvoeren", ronde)).status_code == 405
    assert (Resultaat.objects.count(), Ronde.objects.values().get()) == ervoor


# --- What waits ----------------------------------------------------------------------------------------------------------
def test_op_de_eerste_ziet_anna_welke_rondes_nog_moeten(http, anna):
    jansen()
    bladzijde = tekst(http.get(reverse("resultaat:rondes")))
    assert "Nog te doen" in bladzijde
    (wacht,) = te_draaien(anna, date(2026, 10, 12))
    assert (wacht.gemeente.naam, wacht.maand, wacht.open) == ("Westland", SEPTEMBER, 1)


def test_wat_gedaan_is_wacht_niet_meer_en_wat_is_teruggedraaid_weer_wel(anna):
    jansen()
    ronde = draai()
    assert te_draaien(anna, date(2026, 10, 12)) == []
    draai_terug(ronde=ronde, door=anna, reden="Het formulier kwam later.", moment=OP)
    assert [w.maand for w in te_draaien(anna, date(2026, 10, 12))] == [SEPTEMBER]


def test_een_proefdraai_of_een_ronde_voor_het_einde_van_de_maand_telt_niet(anna):
    draai(proef=True)
    assert [w.maand for w in te_draaien(anna, date(2026, 10, 12))] == [SEPTEMBER]
    te_vroeg = draai()
    Ronde.objects.filter(pk=te_vroeg.pk).update(klaar_op=datetime(2026, 9, 30, 12, tzinfo=AMSTERDAM))
    assert [w.maand for w in te_draaien(anna, date(2026, 10, 12))] == [SEPTEMBER]


def test_anna_ziet_geen_rondes_van_een_andere_gemeente(anna):
    fabriek.delft()
    assert {w.gemeente.naam for w in te_draaien(anna, date(2026, 10, 12))} == {"Westland"}


def test_de_tegel_telt_de_rijen_van_de_lijst_en_vraagt_steeds_evenveel(anna, django_assert_num_queries):
    jansen()
    with django_assert_num_queries(4):  # one for her municipalities
        (tegel,) = rondeblokken(anna, date(2026, 10, 12))
    assert (tegel.aantal, tegel.opschrift) == (1, "ronde te doen")
    assert tegel.zin == "Vanaf september 2026. Begin met een proefdraai."
    assert rondeblokken(fabriek.consulent(), date(2026, 10, 12)) == []


def test_de_knop_in_de_lijst_begint_de_proefdraai(http, anna, django_capture_on_commit_callbacks):
    jansen()
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = kies(http)
    assert "Proefdraai" in tekst(http.get(antwoord.url))
