"""What must be entered in the municipality's own system: once, in a list that can be fetched again."""

import csv
import io
import threading
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking
from logboek.models import Gebeurtenis
from resultaat.actions import suite
from resultaat.actions.suite import SuiteFout, maak_lijst, meld_overgenomen
from resultaat.enums import Suitesoort, Uitkomst, Vervolg
from resultaat.models import Resultaat, SuiteLijst, SuiteRegel
from resultaat.queries.suite import eerste_invoer, open_invoer, regels, tel_open
from tests import fabriek
from tests.resultaat.samen import samen
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def oordeel(t=None, uitkomst=Uitkomst.JA, **velden) -> Resultaat:
    t = t or fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Jansen")))
    return Resultaat.objects.create(
        gemeente=t.gemeente, aanbieder=t.aanbieder, toewijzing=t, uitkomst=uitkomst, paragraaf="1B",
        vervolg=Vervolg.NIEUWE_BESCHIKKING, resultaatdatum=vandaag(), geregistreerd_op=nu(),
        geregistreerd_door=fabriek.consulent(t.gemeente), toelichting="Zie gesprek.", **velden,
    )  # fmt: skip


def sluit(b):
    Beschikking.objects.filter(pk=b.pk).update(status=BeschikkingStatus.GESLOTEN, gesloten_op=nu())


def heropen(b):
    Beschikking.objects.filter(pk=b.pk).update(status=BeschikkingStatus.LOPEND, gesloten_op=None)


def corrigeer(eerste: Resultaat, uitkomst: Uitkomst) -> Resultaat:
    Resultaat.objects.filter(pk=eerste.pk).update(actueel=False)
    return oordeel(eerste.toewijzing, uitkomst, voorganger=eerste, correctie_reden="Was een vergissing.")


def trek_in(r: Resultaat) -> None:
    Resultaat.objects.filter(pk=r.pk).update(
        actueel=False, ingetrokken_op=nu(), ingetrokken_door=fabriek.consulent()
    )


def lijst(ad) -> SuiteLijst:
    return maak_lijst(gemeente=fabriek.westland(), door=ad, moment=nu())


def zinnen(ad) -> list[str]:
    return [r.invoer for r in open_invoer(ad, fabriek.westland())[0]]


def test_een_oordeel_staat_er_met_wat_er_in_suite_moet(ad):
    oordeel(uitkomst=Uitkomst.NEE_CLIENT, redenen=["meer_tijd"])
    assert zinnen(ad) == [
        "Resultaat behaald: Nee, reden cliënt. Reden: meer_tijd. Er komt een nieuwe beschikking."
    ]


def test_wat_in_een_lijst_staat_komt_nooit_in_een_volgende(ad):
    oordeel()
    eerste = lijst(ad)
    assert (eerste.nummer, eerste.aantal, zinnen(ad)) == (1, 1, [])
    with pytest.raises(SuiteFout, match="niets nieuws"):
        lijst(ad)
    oordeel()
    assert lijst(ad).nummer == 2


def test_een_correctie_is_een_nieuwe_regel_die_zegt_wat_het_was(ad):
    eerste = oordeel()
    lijst(ad)
    corrigeer(eerste, Uitkomst.NEE_NEUTRAAL)
    (zin,) = zinnen(ad)
    assert zin.startswith("Correctie, was: Ja. Resultaat behaald: Nee, reden neutraal.")


def test_gecorrigeerd_voor_het_in_een_lijst_kwam_is_een_regel(ad):
    corrigeer(oordeel(), Uitkomst.NEE_NEUTRAAL)
    assert len(zinnen(ad)) == 1


@pytest.mark.parametrize("al_in_lijst", [True, False])
def test_ingetrokken_moet_weg_als_het_er_al_in_stond(ad, al_in_lijst):
    r = oordeel()
    if al_in_lijst:
        lijst(ad)
    trek_in(r)
    assert zinnen(ad) == (
        ["Haal weg: resultaat behaald Ja. Het oordeel is ingetrokken."] if al_in_lijst else []
    )
    if al_in_lijst:
        lijst(ad)
        assert zinnen(ad) == []


def test_een_dossier_dat_sluit_heropent_en_weer_sluit_is_drie_keer_een_regel(ad):
    b = fabriek.toewijzing().beschikking
    gemeld = []
    for doe in (sluit, heropen, sluit):
        doe(b)
        gemeld += zinnen(ad)
        lijst(ad)
        assert zinnen(ad) == []
    assert gemeld == [
        "Dossier sluiten.",
        "Dossier heropenen: het loopt toch door.",
        "Dossier sluiten.",
    ]


def test_gesloten_en_weer_heropend_voor_iemand_keek_is_geen_regel(ad):
    b = fabriek.toewijzing().beschikking
    sluit(b)
    heropen(b)
    assert zinnen(ad) == []


def test_per_client_bij_elkaar_en_het_oordeel_voor_het_sluiten(ad):
    zwart = oordeel(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Zwart"))))
    blauw = oordeel(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Blauw"))))
    sluit(zwart.toewijzing.beschikking)
    sluit(blauw.toewijzing.beschikking)
    gevonden, meer = open_invoer(ad, fabriek.westland())
    assert [(r.naam, r.soort) for r in gevonden] == [
        ("Blauw", Suitesoort.OORDEEL),
        ("Blauw", Suitesoort.GESLOTEN),
        ("Zwart", Suitesoort.OORDEEL),
        ("Zwart", Suitesoort.GESLOTEN),
    ]
    assert (meer, tel_open(ad, fabriek.westland())) == (False, 4)


@pytest.mark.parametrize("aantal", [1, 3])
def test_evenveel_vragen_aan_de_database_hoeveel_regels_er_ook_zijn(ad, aantal, django_assert_num_queries):
    for n in range(aantal):
        sluit(
            oordeel(
                fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=f"J{n}")))
            ).toewijzing.beschikking
        )
    gemeente = fabriek.westland()
    ad.gemeente_ids  # noqa: B018  # read once per request
    with django_assert_num_queries(5):
        assert len(open_invoer(ad, gemeente)[0]) == 2 * aantal


def test_de_eerste_regels_zijn_die_van_de_hele_lijst(ad, monkeypatch, django_assert_num_queries):
    """The page and the list it makes: the same lines, of all four kinds, in the same order."""
    trek_in_later, heropen_later = (
        oordeel(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=naam)))) for naam in "QA"
    )
    sluit(heropen_later.toewijzing.beschikking)
    lijst(ad)
    trek_in(trek_in_later)
    heropen(heropen_later.toewijzing.beschikking)
    for naam in ("Mol", "Bos", "Zwart"):
        sluit(
            oordeel(
                fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=naam)))
            ).toewijzing.beschikking
        )
    gemeente = fabriek.westland()
    alles, _ = open_invoer(ad, gemeente)
    assert {regel.soort for regel in alles} == set(Suitesoort)
    for zoveel in (0, 1, 5, len(alles), 100):
        assert eerste_invoer(ad, gemeente, zoveel) == (alles[:zoveel], len(alles), False)
    with django_assert_num_queries(7):
        eerste_invoer(ad, gemeente, 5)
    monkeypatch.setattr("resultaat.queries.suite.HOOGSTENS", 4)
    samen_ = open_invoer(ad, gemeente)
    assert eerste_invoer(ad, gemeente, 100) == (samen_[0], 4, samen_[1])
    assert samen_[1]


def test_delft_ziet_niets_van_westland(ad):
    oordeel()
    dora = fabriek.administratie(fabriek.delft())
    assert open_invoer(dora, fabriek.delft())[0] == []
    assert open_invoer(dora, fabriek.westland())[0] == []
    eerste = lijst(ad)
    rls.zet(dora.bereik)
    assert not SuiteRegel.objects.exists()
    assert not SuiteLijst.objects.filter(pk=eerste.pk).exists()


def test_dezelfde_regel_kan_niet_in_twee_lijsten_ook_niet_buiten_de_actie_om(ad):
    oordeel()
    lijst(ad)
    regel = SuiteRegel.objects.get()
    regel.pk = None
    with pytest.raises(IntegrityError, match="suiteregel_nooit_twee_keer"), transaction.atomic():
        regel.save()


def test_overgenomen_melden_kan_een_keer_en_de_tweede_hoort_wie_het_was(ad):
    oordeel()
    eerste = lijst(ad)
    meld_overgenomen(lijst=eerste, door=ad, moment=nu())
    with pytest.raises(SuiteFout, match="Ad meldde al"):
        meld_overgenomen(lijst=eerste, door=fabriek.administratie(naam="Bo"), moment=nu())


# --- The screens -------------------------------------------------------------------------------------------------------
def rijen_van(antwoord) -> list[tuple]:
    blad = load_workbook(io.BytesIO(antwoord.content))["In te voeren"]
    return list(blad.iter_rows(values_only=True))


@pytest.mark.bsn_zichtbaar("the file is for entering it")
def test_van_scherm_naar_excel_en_csv_en_nog_een_keer(http, ad):
    r = oordeel()
    http.force_login(ad)
    assert "Resultaat behaald: Ja." in http.get(reverse("resultaat:suite")).content.decode()
    pagina = http.post(reverse("resultaat:suite-maken"), {"gemeente": "1783"}, follow=True).content.decode()
    assert "Lijst 1 staat klaar" in pagina
    assert "Download (Excel)" in pagina
    gemaakt = SuiteLijst.objects.get()
    excel = http.get(reverse("resultaat:suite-excel", args=[gemaakt.kenmerk]))
    kop, regel = [rij for rij in rijen_van(excel) if rij[0]][-2:]
    assert kop[0] == "BSN"
    assert regel[2] == r.toewijzing.beschikking.nummer
    assert regel[7].startswith("Resultaat behaald: Ja.")
    rest = http.get(reverse("resultaat:suite-csv", args=[gemaakt.kenmerk])).content.decode("utf-8-sig")
    (als_csv,) = csv.DictReader(io.StringIO(rest), delimiter=";")
    assert als_csv["In te voeren in Suite"] == regel[7]
    assert als_csv["Stand"] == "Nog niet als overgenomen gemeld."

    pagina = http.post(
        reverse("resultaat:suite-overgenomen", args=[gemaakt.kenmerk]), follow=True
    ).content.decode()
    assert "Download opnieuw (Excel)" in pagina
    weer = http.get(reverse("resultaat:suite-csv", args=[gemaakt.kenmerk])).content.decode("utf-8-sig")
    (als_csv,) = csv.DictReader(io.StringIO(weer), delimiter=";")
    assert als_csv["Stand"].endswith("Voer deze lijst niet nog eens in.")
    assert Gebeurtenis.objects.filter(actie="suite.exporteren").count() == 3
    assert not open_invoer(ad, fabriek.westland())[0]


def test_de_lijst_blijft_zeggen_wat_er_stond_ook_na_een_correctie(ad):
    eerste = oordeel()
    gemaakt = lijst(ad)
    corrigeer(eerste, Uitkomst.NEE_NEUTRAAL)
    assert [r.invoer for r in regels(ad, gemaakt)] == [
        "Resultaat behaald: Ja. Er komt een nieuwe beschikking."
    ]


def test_een_naam_die_op_een_formule_lijkt_blijft_tekst_in_de_csv(http, ad):
    oordeel(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="=1+1"))))
    http.force_login(ad)
    rest = http.get(reverse("resultaat:suite-csv", args=[lijst(ad).kenmerk])).content.decode("utf-8-sig")
    (rij,) = csv.DictReader(io.StringIO(rest), delimiter=";")
    assert rij["Cliënt"] == "'=1+1"


def test_van_een_afgeschermde_client_geen_naam_en_geen_bsn(http, ad):
    oordeel(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam="Geheim", afgeschermd=True))))
    http.force_login(ad)
    rest = http.get(reverse("resultaat:suite-csv", args=[lijst(ad).kenmerk])).content.decode("utf-8-sig")
    (rij,) = csv.DictReader(io.StringIO(rest), delimiter=";")
    assert (rij["BSN"], rij["Cliënt"]) == ("", "Afgeschermde cliënt")
    assert rij["Beschikking"]


# --- At once -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("met_slot", [True, False])
def test_twee_collegas_maken_tegelijk_een_lijst_en_niets_komt_er_dubbel_in(ad, monkeypatch, met_slot):
    """Negative control: without the lock both find the same, and only the key of the database stops the second."""
    for n in range(3):
        oordeel(fabriek.toewijzing(fabriek.beschikking(fabriek.client(achternaam=f"J{n}"))))
    gelezen, echt = threading.Barrier(2, timeout=30), suite.open_invoer
    mensen = [ad, fabriek.administratie(naam="Bo")]
    gemeente = fabriek.westland()
    if not met_slot:
        monkeypatch.setattr(suite, "_een_tegelijk", lambda gemeente: None)

        def eerst_allebei_kijken(*args):
            gevonden = echt(*args)
            gelezen.wait()
            return gevonden

        monkeypatch.setattr(suite, "open_invoer", eerst_allebei_kijken)

    def doe(wie):
        if met_slot:
            gelezen.wait()
        return maak_lijst(gemeente=gemeente, door=wie, moment=nu()).aantal

    uit = samen(*((wie, partial(doe, wie)) for wie in mensen), vangt=(SuiteFout, IntegrityError))
    verliezer = SuiteFout if met_slot else IntegrityError
    assert sorted(type(u).__name__ for u in uit) == sorted([verliezer.__name__, "int"])
    assert SuiteRegel.objects.count() == 3
