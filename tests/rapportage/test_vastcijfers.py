"""The numbers kept with a frozen quarter are those of its clients, and of before it was frozen; who changes one is found."""

import io
from datetime import datetime

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logboek.models import Gebeurtenis
from rapportage.actions.vaststellen import stel_vast
from rapportage.models import Vaststelling, VaststellingCijfers, VaststellingRegel
from rapportage.overzicht import Keuze
from rapportage.queries.telling import cijfers
from rapportage.queries.vaststelling import als_cijfers, als_uitval, cijferzegel, tel_na
from rapportage.tabellen import per_aanbieder, per_gemeente
from rapportage.vastcijfers import Zegelstand, als_inhoud
from rapportage.verantwoording import opmerkingen
from tests import fabriek
from tests.rapportage.test_telling import _Terug, mens, plaatsen, schrijf  # noqa: F401 - `plaatsen` is a fixture
from tests.rapportage.test_uitval import zorg
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

K3 = Kwartaal(2026, 3)
OP = datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def manager():
    return fabriek.contractmanager(fabriek.westland(), fabriek.delft())


def stel(manager):
    vast = stel_vast(regio=fabriek.regio(), kwartaal=K3, door=manager, op=OP)
    return Vaststelling.objects.select_related("regio", "vastgesteld_door").get(pk=vast.pk)


def zelfde(een, ander):
    """Every number that a page, a workbook or a PDF shows."""
    assert per_gemeente(een) == per_gemeente(ander)
    assert per_aanbieder(een) == per_aanbieder(ander)
    assert opmerkingen(een) == opmerkingen(ander)
    assert (een.totaal, een.personen, een.los, een.keuze) == (
        ander.totaal,
        ander.personen,
        ander.los,
        ander.keuze,
    )
    assert (een.aantal_buiten, een.aantal_afgeleid, een.aantal_na_te_kijken) == (
        ander.aantal_buiten,
        ander.aantal_afgeleid,
        ander.aantal_na_te_kijken,
    )


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(mens, max_size=5))
def test_each_number_is_that_of_the_clients_and_of_before_freezing(plaatsen, mensen):  # noqa: F811
    try:
        with transaction.atomic():
            schrijf(mensen, plaatsen)
            wie = fabriek.contractmanager(*plaatsen[0])
            ervoor = cijfers(wie, Keuze(K3.periode, regio_id=fabriek.regio().pk))
            vast = stel(wie)
            bewaard, stand = als_cijfers(wie, vast)
            geteld, alles = tel_na(wie, vast)
            assert (stand, alles) == (Zegelstand.CIJFERS, Zegelstand.ALLES)
            zelfde(bewaard, geteld)
            zelfde(bewaard, ervoor)
            assert als_inhoud(bewaard) == als_inhoud(geteld) == als_inhoud(ervoor)
            raise _Terug
    except _Terug:
        pass


def test_who_has_care_from_two_providers_counts_with_both_and_is_one_person(manager):
    """In both municipalities somebody; adding up providers would say three people."""
    linde, eik = fabriek.aanbieder("De Linde"), fabriek.aanbieder("De Eik")
    bij_linde = zorg("De Wit", aan=linde, code="19")
    bij_eik = fabriek.toewijzing(fabriek.beschikking(bij_linde.client), aan=eik)
    fabriek.start(bij_eik)
    zorg("Yilmaz", aan=eik, gemeente=fabriek.delft())
    bewaard, _ = als_cijfers(manager, stel(manager))
    assert {naam.naam: bewaard.per_aanbieder[naam.pk].totaal for naam in bewaard.aanbieders} == {
        "De Linde": 1,
        "De Eik": 2,
    }
    assert {naam.naam: bewaard.per_gemeente[naam.pk].totaal for naam in bewaard.gemeenten} == {
        "Delft": 1,
        "Westland": 2,
    }
    assert (bewaard.totaal.totaal, bewaard.personen) == (3, 2)


# --- Tampering ---------------------------------------------------------------------------------------------------
def vervals(vast, *, met_zegel=False):
    """As somebody with every right on the server could: one client from uitval to volgens plan."""
    rij = VaststellingCijfers.objects.get(vaststelling=vast)
    for eigenaar in (*rij.inhoud["gemeenten"], *rij.inhoud["aanbieders"]):
        if eigenaar[3]:
            eigenaar[1], eigenaar[3] = eigenaar[1] + eigenaar[3], 0
    if met_zegel:
        rij.sha256 = cijferzegel(vast, rij.inhoud)
    with pgtrigger.ignore("rapportage.VaststellingCijfers:vaststellingcijfers_blijft"):
        rij.save()


def pagina(http, vast, vraag=""):
    return http.get(reverse("rapportage:vaststelling", args=[vast.kenmerk]) + vraag).content.decode()


@pytest.fixture
def vast(manager, http):
    zorg("De Wit", code="21")
    http.force_login(manager)
    return stel(manager)


def test_a_changed_number_is_not_shown_and_is_said(http, manager, vast):
    assert "Het zegel over deze cijfers klopt." in pagina(http, vast), "the control"
    vervals(vast)
    tekst = pagina(http, vast)
    assert "Het zegel klopt niet" in tekst
    gevonden, stand = als_cijfers(manager, vast)
    assert (gevonden.totaal.uitval, stand) == (1, Zegelstand.STUK)
    with pytest.raises(CommandError, match="2026-K3, versie 1"):
        call_command("vaststelling_controle")


def test_a_changed_number_under_a_new_seal_is_found_by_counting_again(http, manager, vast):
    """A seal is no secret: who writes numbers can write the seal too. Then only the clients tell."""
    vervals(vast, met_zegel=True)
    assert als_cijfers(manager, vast)[1] is Zegelstand.CIJFERS
    assert "Het zegel klopt niet" in pagina(http, vast, "?alles=ja")
    with pytest.raises(CommandError, match="passen niet bij hun zegel"):
        call_command("vaststelling_controle")


def test_a_changed_client_is_found_by_counting_again(http, vast):
    assert "er is sindsdien niets aan veranderd" in pagina(http, vast, "?alles=ja"), "the control"
    with pgtrigger.ignore("rapportage.VaststellingRegel:vaststellingregel_blijft"):
        VaststellingRegel.objects.update(zin="Beëindigd.")
    assert "Het zegel klopt niet" in pagina(http, vast, "?alles=ja")
    with pytest.raises(CommandError, match="2026-K3"):
        call_command("vaststelling_controle")


@pytest.mark.parametrize("wat", ["namen", "los", "afspraken"])
def test_what_stands_beside_the_numbers_is_under_their_seal_too(manager, vast, wat):
    anders = {"namen": {**vast.namen, "gemeenten": [[*rij[:2], "Andersland"] for rij in vast.namen["gemeenten"]]},
              "los": {"stops": 3}, "afspraken": vast.afspraken[:-1]}  # fmt: skip
    with pgtrigger.ignore("rapportage.Vaststelling:vaststelling_blijft"):
        Vaststelling.objects.filter(pk=vast.pk).update(**{wat: anders[wat]})
    assert als_cijfers(manager, Vaststelling.objects.get(pk=vast.pk))[1] is Zegelstand.STUK


# --- Walls, and a quarter from before there were numbers ---------------------------------------------------------
def test_the_wall_is_that_of_the_quarter(manager, vast):
    assert VaststellingCijfers.objects.visible_to(manager).count() == 1
    assert VaststellingCijfers.objects.visible_to(fabriek.contractmanager(fabriek.delft())).count() == 0
    assert VaststellingCijfers.objects.visible_to(fabriek.medewerker()).count() == 0
    rls.zet(rls.Werkbereik(gemeenten=(fabriek.delft().pk,)))
    assert VaststellingCijfers.objects.count() == 0
    rls.zet(manager.bereik)
    assert VaststellingCijfers.objects.count() == 1


@pytest.fixture
def van_voor(vast):
    """Frozen by a release that kept no numbers."""
    with pgtrigger.ignore("rapportage.VaststellingCijfers:vaststellingcijfers_blijft"):
        VaststellingCijfers.objects.filter(vaststelling=vast).delete()
    return Vaststelling.objects.get(pk=vast.pk)


def test_without_numbers_the_page_counts_the_clients_as_it_did(http, manager, van_voor):
    assert "er is sindsdien niets aan veranderd" in pagina(http, van_voor)
    zelfde(als_cijfers(manager, van_voor)[0], als_uitval(manager, van_voor))


def test_the_command_keeps_the_numbers_once_and_says_so(manager, van_voor):
    uit = io.StringIO()
    for _ in range(2):
        call_command("vaststelling_controle", stdout=uit)
    assert uit.getvalue() == "1 vaststellingen nageteld; alle zegels kloppen.\n" * 2
    assert als_cijfers(manager, van_voor)[1] is Zegelstand.CIJFERS
    assert Gebeurtenis.objects.filter(actie="kwartaal.cijfers_bewaard").count() == 1


def test_numbers_are_not_kept_of_a_quarter_that_was_tampered_with(van_voor):
    with pgtrigger.ignore("rapportage.VaststellingRegel:vaststellingregel_blijft"):
        VaststellingRegel.objects.update(categorie="01")
    with pytest.raises(CommandError):
        call_command("vaststelling_controle")
    assert not VaststellingCijfers.objects.exists()


QUERIES = 8


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_page_reads_no_client_and_takes_a_fixed_number_of_queries(http, manager, aantal):
    for n in range(aantal):
        zorg(f"Client {n}", code="19")
    vast = stel(manager)
    http.force_login(manager)
    pagina(http, vast)
    with CaptureQueriesContext(connection) as gezien:
        pagina(http, vast)
    sql = [vraag["sql"] for vraag in gezien.captured_queries]
    assert not [een for een in sql if "rapportage_vaststellingregel" in een]
    assert len(sql) == QUERIES
    with CaptureQueriesContext(connection) as gezien:
        pagina(http, vast, "?alles=ja")
    assert [een for een in gezien.captured_queries if "rapportage_vaststellingregel" in een["sql"]], (
        "the control"
    )
