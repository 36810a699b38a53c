"""The Termijnradar: counts are the lists behind them, each person sees the own ones, nothing is missed."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from beschikkingen.enums import Leveringsvorm
from beschikkingen.models import Toewijzing
from logboek.models import Gebeurtenis
from organisaties.enums import Rol
from resultaat.models import Evaluatie, TermijnVrijstelling
from resultaat.queries.radar import Keus, radar
from tests import fabriek
from tests.resultaat.bladzijde import tekst

pytestmark = pytest.mark.django_db

VANDAAG = date(2026, 10, 12)  # a Monday
MOMENT = datetime(2026, 10, 12, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ACHT_WEKEN = timedelta(days=56)
LIJST, EXCEL = "resultaat:termijnen", "resultaat:termijnen-excel"


@pytest.fixture(autouse=True)
def _de_klok(monkeypatch):
    monkeypatch.setattr("resultaat.views.termijnen.vandaag", lambda: VANDAAG)
    monkeypatch.setattr("resultaat.views.termijnen.nu", lambda: MOMENT)


def termijn_op(dag: date, achternaam="Jansen", *, aan=None, gemeente=None, **client) -> Toewijzing:
    """Somebody whose document must be there on that day."""
    wie = fabriek.client(gemeente, achternaam=achternaam, **client)
    return fabriek.toewijzing(fabriek.beschikking(wie, eind=dag + ACHT_WEKEN), aan=aan)


def beeld(wie, **keus):
    return radar(wie, vandaag=VANDAAG, keus=Keus(**keus))


def pks(rijen) -> list[int]:
    return [t.pk for t in rijen]


def niet_nodig(t: Toewijzing) -> str:
    return reverse("resultaat:termijn-niet-nodig", kwargs={"kenmerk": t.kenmerk})


def test_gisteren_is_te_laat_vandaag_nog_op_tijd():
    gisteren, nu = termijn_op(VANDAAG - timedelta(days=1)), termijn_op(VANDAAG)
    gezien = beeld(fabriek.consulent())
    assert pks(gezien.te_laat) == [gisteren.pk]
    assert pks(gezien.weken[0].rijen) == [nu.pk]


def test_26_weken_vooruit_en_geen_dag_verder():
    laatste_zondag = VANDAAG + timedelta(weeks=26, days=-1)
    binnen, buiten = termijn_op(laatste_zondag), termijn_op(laatste_zondag + timedelta(days=1))
    gezien = beeld(fabriek.consulent())
    assert len(gezien.weken) == 26
    assert pks(gezien.open) == [binnen.pk]
    assert gezien.weken[25].aantal == 1
    assert buiten.pk not in pks(gezien.open)


def test_elke_dag_valt_in_precies_een_week():
    dagen = [VANDAAG + timedelta(days=n) for n in range(0, 26 * 7, 5)]
    for dag in dagen:
        termijn_op(dag)
    gezien = beeld(fabriek.consulent())
    in_weken = [t.pk for week in gezien.weken for t in week.rijen]
    assert len(in_weken) == len(set(in_weken)) == len(dagen)


def test_de_getallen_zijn_de_lengte_van_de_lijst_erachter(http):
    termijn_op(VANDAAG - timedelta(days=3))
    termijn_op(VANDAAG + timedelta(days=3))
    kort = fabriek.toewijzing(
        fabriek.beschikking(
            begin=date(2026, 10, 5), eind=date(2026, 11, 10), registratiedatum=date(2026, 10, 5)
        )
    )
    klaar = termijn_op(VANDAAG + timedelta(days=10))
    _evaluatie(klaar)
    http.force_login(fabriek.consulent())
    pagina = http.get(reverse(LIJST))
    assert {g["label"]: g["waarde"] for g in pagina.context["kengetallen"]} == {
        "te laat": 1,
        "nog te sturen": 3,
        "verkorte termijn": 1,
        "voldaan": 1,
    }
    for getal in pagina.context["kengetallen"]:
        lijst = http.get(reverse(LIJST) + getal["url"])
        assert len(lijst.context["rijen"]) == getal["waarde"], getal["label"]
    for week, url in pagina.context["weken"]:
        assert len(http.get(reverse(LIJST) + url).context["rijen"]) == week.aantal
    assert pks(beeld(fabriek.consulent(), soort="verkort").lijst) == [kort.pk]


def _evaluatie(t: Toewijzing) -> None:
    Evaluatie.objects.create(
        gemeente=t.gemeente,
        aanbieder=t.aanbieder,
        beschikking=t.beschikking,
        toewijzing=t,
        documentnaam="evaluatieformulier",
        ontvangen_datum=VANDAAG - timedelta(days=2),
        vervolg_nodig=True,
        reden="Er is nog hulp nodig.",
        ingediend_op=MOMENT,
        ingediend_door=fabriek.medewerker(t.aanbieder),
    )


def test_wie_klaar_gestopt_of_pgb_is_staat_niet_open():
    klaar, gestopt, pgb = (termijn_op(VANDAAG + timedelta(days=n)) for n in (1, 2, 3))
    _evaluatie(klaar)
    fabriek.stop(gestopt, "21", VANDAAG - timedelta(days=1))
    Toewijzing.objects.filter(pk=pgb.pk).update(leveringsvorm=Leveringsvorm.PGB)
    gezien = beeld(fabriek.consulent())
    assert gezien.open == ()
    assert pks(gezien.voldaan) == [klaar.pk]


def test_filter_op_aanbieder_en_gemeente_staat_in_de_url(http):
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    van_linde, van_eik = termijn_op(VANDAAG, aan=linde), termijn_op(VANDAAG, aan=eik)
    in_delft = termijn_op(VANDAAG, aan=eik, gemeente=fabriek.delft())
    wie = fabriek.consulent(fabriek.westland(), fabriek.delft())
    assert pks(beeld(wie, aanbieder=str(eik.pk)).open) == [van_eik.pk, in_delft.pk]
    assert pks(beeld(wie, aanbieder=str(eik.pk), gemeente=str(in_delft.gemeente_id)).open) == [in_delft.pk]
    http.force_login(wie)
    pagina = http.get(reverse(LIJST), {"aanbieder": linde.pk})
    assert [r["t"].pk for r in pagina.context["rijen"]] == [van_linde.pk]
    assert f"aanbieder={linde.pk}" in pagina.context["kengetallen"][0]["url"]


def test_onzin_in_de_url_is_een_pagina_die_er_niet_is(http):
    http.force_login(fabriek.consulent())
    for vraag in ("?soort=x", "?vanaf=-1", "?vanaf=abc", "?vanaf=99999999"):
        assert http.get(reverse(LIJST) + vraag).status_code == 404
    assert http.get(reverse(LIJST) + "?aanbieder=x&gemeente=y&week=z").status_code == 200


# --- Who sees what ----------------------------------------------------------------------------------------------------
def test_de_aanbieder_ziet_alleen_zijn_eigen_clienten(http):
    linde = fabriek.aanbieder("De Linde")
    termijn_op(VANDAAG, "Jansen", aan=linde)
    termijn_op(VANDAAG, "Visser", aan=fabriek.aanbieder("De Eik"))
    http.force_login(fabriek.medewerker(linde))
    pagina = tekst(http.get(reverse(LIJST)))
    assert "Jansen" in pagina
    assert "Visser" not in pagina
    assert "De Eik" not in pagina
    assert "evaluatieformulier" in pagina


def test_de_consulent_van_delft_ziet_westland_niet(http):
    termijn_op(VANDAAG, "Jansen")
    http.force_login(fabriek.consulent(fabriek.delft()))
    pagina = tekst(http.get(reverse(LIJST)))
    assert "Jansen" not in pagina
    assert "Westland" not in pagina
    assert "Hier staat niets" in pagina


def test_de_contractmanager_ziet_termijnen_zonder_namen_en_dat_is_geen_inzage(http):
    t = termijn_op(VANDAAG, "Jansen")
    http.force_login(fabriek.contractmanager())
    pagina = tekst(http.get(reverse(LIJST)))
    assert str(t.toewijzingnummer) in pagina
    assert "Jansen" not in pagina
    assert not Gebeurtenis.objects.filter(actie="lijst.zien").exists()


def test_de_beheerder_vindt_de_pagina_niet(http):
    http.force_login(fabriek.beheerder())
    assert http.get(reverse(LIJST)).status_code == 404


def test_een_afgeschermde_client_telt_mee_zonder_naam(http):
    termijn_op(VANDAAG, "Geheim", afgeschermd=True)
    http.force_login(fabriek.consulent())
    antwoord = http.get(reverse(LIJST))
    assert len(antwoord.context["rijen"]) == 1
    assert "Geheim" not in tekst(antwoord)
    assert "Afgeschermde cliënt" in tekst(antwoord)


def test_wie_op_het_scherm_stond_staat_in_het_logboek(http):
    t = termijn_op(VANDAAG)
    karin = fabriek.consulent()
    http.force_login(karin)
    http.get(reverse(LIJST))
    regel = Gebeurtenis.objects.get(actie="lijst.zien")
    assert (regel.actor_id, regel.object_kenmerk) == (karin.pk, str(t.kenmerk))


# Session, user, municipalities for scope, scope; three ways in, exemptions; of whom; who was seen. Then the page asks for
# municipalities and organisation; the file logs the export and asks for the scope once more.
@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(("adres", "vragen"), [(LIJST, 12), (EXCEL, 12)])
def test_het_aantal_vragen_hangt_niet_van_de_rijen_af(http, aantal, adres, vragen, django_assert_num_queries):
    for n in range(aantal):
        termijn_op(VANDAAG + timedelta(days=n))
    http.force_login(fabriek.consulent())
    http.get(reverse(adres))
    with django_assert_num_queries(vragen):
        http.get(reverse(adres))


# --- As Excel (U7) ----------------------------------------------------------------------------------------------------
def boek(http, wie, **keus):
    """The two sheets as lists of values, the first of the deadlines with its header."""
    http.force_login(wie)
    gelezen = load_workbook(io.BytesIO(http.get(reverse(EXCEL), keus).content))
    return tuple(
        [[cel.value for cel in rij] for rij in gelezen[naam]] for naam in ("Termijnen", "Toelichting")
    )


def test_alle_termijnen_van_de_keuze_gaan_mee_en_niet_alleen_de_bladzijde(http, monkeypatch):
    monkeypatch.setattr("resultaat.queries.radar.PER_PAGINA", 2)
    laat = termijn_op(VANDAAG - timedelta(days=1), "Visser")
    later = [termijn_op(VANDAAG + timedelta(weeks=n)) for n in (1, 12, 25)]
    karin = fabriek.consulent()
    rijen, over = boek(http, karin)
    kop = rijen[0]
    assert [rij[kop.index("Toewijzingnummer")] for rij in rijen[1:]] == [
        str(t.toewijzingnummer) for t in (laat, *later)
    ]
    eerste = dict(zip(kop, rijen[1], strict=True))
    assert eerste["Uiterste dag"] == datetime(2026, 10, 11)
    assert (eerste["Stand"], eerste["Verkorte termijn"], eerste["Waarvoor"]) == ("te laat", "Nee", "einde")
    assert eerste["Cliënt"].endswith("Visser")
    assert dict(over[1:])["Aantal"] == "4"
    te_laat, over = boek(http, karin, soort="te_laat")
    assert len(te_laat) == 2
    assert dict(over[1:])["Keuze"] == "Te laat"


def test_het_bestand_zegt_welke_keuze_erin_zit(http):
    eik = fabriek.aanbieder("De Eik")
    termijn_op(VANDAAG, aan=eik)
    termijn_op(VANDAAG + timedelta(weeks=1), aan=eik)
    termijn_op(VANDAAG, aan=fabriek.aanbieder("De Linde"))
    rijen, over = boek(http, fabriek.consulent(), aanbieder=eik.pk, week="2026-43", van="niemand")
    assert [rij[rijen[0].index("Uiterste dag")] for rij in rijen[1:]] == [datetime(2026, 10, 19)]
    zinnen = dict(over[1:])
    assert zinnen["Keuze"] == "Nog te sturen, week 43 van 2026"
    assert (zinnen["Aanbieder"], zinnen["Behandelaar"]) == ("De Eik", "Zonder behandelaar")


def test_een_leeg_bestand_zegt_dat_het_leeg_is(http):
    rijen, over = boek(http, fabriek.consulent())
    assert len(rijen) == 1
    assert dict(over[1:])["Aantal"] == "0"


def test_een_naam_die_een_formule_lijkt_blijft_tekst(http):
    termijn_op(VANDAAG, '=HYPERLINK("x")')
    http.force_login(fabriek.consulent())
    blad = load_workbook(io.BytesIO(http.get(reverse(EXCEL)).content))["Termijnen"]
    assert blad["A2"].data_type != "f"
    assert "HYPERLINK" in blad["A2"].value
    assert blad["B2"].data_type == "s"  # a number that identifies is no number


def test_de_aanbieder_krijgt_alleen_de_zijne_en_geen_behandelaar(http):
    linde = fabriek.aanbieder("De Linde")
    termijn_op(VANDAAG, "Jansen", aan=linde)
    termijn_op(VANDAAG, "Visser", aan=fabriek.aanbieder("De Eik"))
    termijn_op(VANDAAG, "Geheim", aan=linde, afgeschermd=True)
    rijen, _ = boek(http, fabriek.medewerker(linde))
    alles = str(rijen)
    assert len(rijen) == 3
    assert "Jansen" in alles
    assert "Afgeschermde cliënt" in alles
    for vreemd in ("Visser", "De Eik", "Geheim", "Behandelaar"):
        assert vreemd not in alles


def test_de_contractmanager_krijgt_geen_namen(http):
    termijn_op(VANDAAG, "Jansen")
    rijen, over = boek(http, fabriek.contractmanager())
    assert "Cliënt" not in rijen[0]
    assert "Jansen" not in str(rijen)
    assert "persoonsgegevens" not in str(over)
    assert not Gebeurtenis.objects.filter(actie="lijst.zien").exists()


def test_wie_erin_staat_en_dat_het_meeging_staat_in_het_logboek(http):
    t = termijn_op(VANDAAG)
    karin = fabriek.consulent()
    boek(http, karin, aanbieder=t.aanbieder_id)
    gezien = Gebeurtenis.objects.get(actie="lijst.zien")
    assert (gezien.object_kenmerk, gezien.details) == (str(t.kenmerk), {"scherm": "export termijnen"})
    mee = Gebeurtenis.objects.get(actie="termijnen.exporteren")
    assert (mee.actor_id, mee.gemeente_id) == (karin.pk, t.gemeente_id)
    assert mee.details == {"rijen": 1, "keuze": f"?aanbieder={t.aanbieder_id}"}


# --- Not needed (R61) -------------------------------------------------------------------------------------------------
def test_karin_legt_vast_dat_het_document_niet_nodig_is(http):
    t = termijn_op(VANDAAG + timedelta(days=5))
    karin = fabriek.consulent()
    http.force_login(karin)
    assert "Document niet nodig" in tekst(http.get(reverse(LIJST)))
    assert "uiterlijk 17-10-2026" in tekst(http.get(niet_nodig(t)))
    leeg = http.post(niet_nodig(t), {"reden": ""})
    assert "<title>Fout: " in leeg.content.decode()
    assert http.post(niet_nodig(t), {"reden": "Mevrouw verhuist."}).status_code == 302
    vrij = TermijnVrijstelling.objects.get()
    assert (vrij.reden, vrij.vastgelegd_door, vrij.termijn_datum) == (
        "Mevrouw verhuist.",
        karin,
        date(2026, 10, 17),
    )
    assert pks(beeld(karin).voldaan) == [t.pk]
    assert "Er staat geen termijn open" in tekst(http.get(niet_nodig(t)))


@pytest.mark.parametrize("rol", [Rol.AANBIEDER, Rol.ADMINISTRATIE, Rol.CONTRACTMANAGER, Rol.BEHEERDER])
def test_alleen_de_consulent_mag_dat(http, rol):
    t = termijn_op(VANDAAG)
    eigen = {"aanbieder": t.aanbieder} if rol is Rol.AANBIEDER else {}
    http.force_login(fabriek.gebruiker(rol, fabriek.westland(), **eigen))
    assert http.get(niet_nodig(t)).status_code == 404
    assert http.post(niet_nodig(t), {"reden": "x"}).status_code == 404


def test_en_niet_die_van_een_andere_gemeente(http):
    t = termijn_op(VANDAAG)
    http.force_login(fabriek.consulent(fabriek.delft()))
    assert http.post(niet_nodig(t), {"reden": "x"}).status_code == 404
    assert not TermijnVrijstelling.objects.exists()
