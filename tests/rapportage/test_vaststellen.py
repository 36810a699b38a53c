"""A frozen quarter stays as it was; what came in later is named client by client (M3, U17)."""

import uuid
from datetime import date, datetime

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.models import Gemeente
from organisaties.startblokken import blokken_voor
from rapportage.actions.vaststellen import VaststelFout, stel_vast
from rapportage.excel.uitval import werkboek
from rapportage.models import Vaststelling, VaststellingRegel
from rapportage.pdf.uitval import document
from rapportage.queries.vaststelkop import vaststelkop
from rapportage.queries.vaststelling import GEEN_BERICHT, als_uitval, sinds, zegel_klopt
from rapportage.verantwoording import verantwoording
from rapportage.verschil import Soort
from stopberichten.models import Levering, Stop
from tests import fabriek
from tests.rapportage.doorklikken import links, volg_elk_getal
from tests.rapportage.test_rapporten import met_pango
from tests.rapportage.test_uitval import aantallen, zorg
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Kwartaal
from wmo_portal.lib.tijd import AMSTERDAM

pytestmark = pytest.mark.django_db

K3 = Kwartaal(2026, 3)
OP = datetime(2026, 10, 5, 9, 0, tzinfo=AMSTERDAM)
LATER = datetime(2026, 10, 20, 9, 0, tzinfo=AMSTERDAM)
EERDER = datetime(2026, 9, 1, 9, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def manager():
    return fabriek.contractmanager()


def stel(manager, **velden):
    return stel_vast(**{"regio": fabriek.regio(), "kwartaal": K3, "door": manager, "op": OP, **velden})


def test_later_messages_never_change_a_frozen_quarter(manager):
    toewijzing = zorg("De Wit")
    zorg("Yilmaz", code="21")
    vast = stel(manager)
    voor = als_uitval(manager, vast)
    eerste = werkboek(voor, vaststelkop(vast), met_clienten=True)
    stop = fabriek.stop(toewijzing, "22", date(2026, 9, 1), ontvangen_op=LATER)
    Stop.objects.filter(pk=stop.pk).update(levering=toewijzing_start(toewijzing))
    na = als_uitval(manager, Vaststelling.objects.get(pk=vast.pk))
    assert na == voor
    assert zegel_klopt(vast, na)
    assert werkboek(na, vaststelkop(vast), met_clienten=True) == eerste
    nu, gevonden = sinds(manager, vast, na)
    assert aantallen(nu) == {"03": 1, "04": 1}
    (een,) = gevonden
    assert een.verschil.soort is Soort.VERSCHOVEN
    assert een.gebeurtenissen == ("Stopbericht met code 22 per 01-09-2026 ontvangen op 20-10-2026.",)


@met_pango
def test_the_pdf_of_a_frozen_quarter_comes_out_byte_for_byte_the_same(manager):
    toewijzing = zorg("De Wit")
    zorg("Yilmaz", code="21")
    vast = stel(manager)
    eerste = document(als_uitval(manager, vast), vaststelkop(vast))
    stop = fabriek.stop(toewijzing, "22", date(2026, 9, 1), ontvangen_op=LATER)
    Stop.objects.filter(pk=stop.pk).update(levering=toewijzing_start(toewijzing))
    Gemeente.objects.filter(pk=toewijzing.gemeente_id).update(naam="Nieuw Westland")
    vast = Vaststelling.objects.get(pk=vast.pk)
    assert document(als_uitval(manager, vast), vaststelkop(vast)) == eerste
    nu, _ = sinds(manager, vast, als_uitval(manager, vast))
    assert document(nu, vaststelkop(vast)) != eerste, "the control: other figures are another file"


def toewijzing_start(toewijzing):
    return Levering.objects.get(toewijzing=toewijzing)


def test_a_withdrawn_stop_is_named_as_the_event(manager):
    toewijzing = zorg("De Wit")
    stop = fabriek.stop(
        toewijzing, "21", date(2026, 8, 1), levering=toewijzing_start(toewijzing), ontvangen_op=EERDER
    )
    vast = stel(manager)
    Stop.objects.filter(pk=stop.pk).update(ingetrokken_op=LATER, ingetrokken_in=stop.bericht)
    _, (een,) = sinds(manager, vast, als_uitval(manager, vast))
    assert een.gebeurtenissen == ("Stopbericht met code 21 per 01-08-2026 ingetrokken op 20-10-2026.",)
    assert (een.verschil.toen.telling.categorie, een.verschil.nu.telling.categorie) == ("03", "nog_in_zorg")


def test_who_vanishes_and_who_comes_is_named_too(manager):
    weg = zorg("De Wit")
    vast = stel(manager)
    type(weg).objects.filter(pk=weg.pk).update(status="verwijderd")
    zorg("Nieuw")
    _, gevonden = sinds(manager, vast, als_uitval(manager, vast))
    assert {g.verschil.soort for g in gevonden} == {Soort.ERAF, Soort.ERBIJ}
    assert any(g.gebeurtenissen == (GEEN_BERICHT,) for g in gevonden)


def test_nothing_happened_nothing_differs(manager):
    zorg("De Wit", code="19")
    vast = stel(manager)
    assert sinds(manager, vast, als_uitval(manager, vast))[1] == []


def test_names_stay_as_they_were(manager):
    zorg("De Wit")
    vast = stel(manager)
    Gemeente.objects.update(naam="Andersland")
    assert [n.naam for n in als_uitval(manager, vast).gemeenten] == ["Westland"]


@pytest.mark.parametrize("tabel", ["vaststelling", "vaststellingregel", "vaststellingcijfers"])
@pytest.mark.parametrize("daad", ["update rapportage_{} set id = id", "delete from rapportage_{}"])
def test_the_database_refuses_to_change_a_frozen_row(manager, tabel, daad):
    zorg("De Wit")
    stel(manager)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        voer_uit(daad.format(tabel))


def voer_uit(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_somebody_who_tampers_breaks_the_seal(manager):
    zorg("De Wit", code="21")
    vast = stel(manager)
    with pgtrigger.ignore("rapportage.VaststellingRegel:vaststellingregel_blijft"):
        VaststellingRegel.objects.update(categorie="01")
    assert not zegel_klopt(vast, als_uitval(manager, vast))


def test_no_name_and_no_number_of_a_client_is_kept(manager):
    zorg("Canarie", code="21")
    vast = stel(manager)
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from rapportage_vaststellingregel r")
        tekst = cursor.fetchone()[0]
    assert "Canarie" not in tekst
    assert "client" not in tekst
    assert len(vast.sha256) == 64


@pytest.mark.parametrize(
    ("op", "mag"),
    [
        (datetime(2026, 9, 30, 23, 0, tzinfo=AMSTERDAM), False),
        (datetime(2026, 10, 1, 0, 1, tzinfo=AMSTERDAM), True),
    ],
)
def test_a_quarter_is_frozen_when_it_is_over(manager, op, mag):
    if mag:
        assert stel(manager, op=op).versie == 1
    else:
        with pytest.raises(VaststelFout, match="loopt nog"):
            stel(manager, op=op)


def test_a_second_version_needs_a_reason_and_leaves_the_first(manager):
    zorg("De Wit")
    eerste = stel(manager)
    with pytest.raises(VaststelFout, match="al vastgesteld"):
        stel(manager)
    tweede = stel(manager, reden="Correctie van de aanbieder.")
    assert (eerste.versie, tweede.versie) == (1, 2)
    assert VaststellingRegel.objects.filter(vaststelling=eerste).count() == 1


def test_who_does_not_see_every_municipality_cannot_freeze_the_region():
    fabriek.delft()
    with pytest.raises(VaststelFout, match="Delft"):
        stel(fabriek.contractmanager(fabriek.westland()))


def test_the_walls_around_a_frozen_quarter(manager):
    delft = fabriek.delft()
    allebei = fabriek.contractmanager(fabriek.westland(), delft)
    zorg("De Wit")
    stel(allebei)
    assert Vaststelling.objects.visible_to(allebei).count() == 1
    assert Vaststelling.objects.visible_to(manager).count() == 0
    rls.zet(rls.Werkbereik(gemeenten=(delft.pk,)))
    assert Vaststelling.objects.count() == VaststellingRegel.objects.count() == 0
    rls.zet(allebei.bereik)
    assert Vaststelling.objects.count() == VaststellingRegel.objects.count() == 1


# --- Screens -----------------------------------------------------------------------------------------------------
@pytest.fixture
def scherm(http, manager, monkeypatch):
    monkeypatch.setattr("rapportage.views.vaststellen.vandaag", lambda: OP.date())
    monkeypatch.setattr("rapportage.views.vaststellen.nu", lambda: OP)
    http.force_login(manager)
    return http


NIEUW = "/vaststellingen/nieuw/?regio=h5&kwartaal=2026-K3"


def test_freezing_from_the_screen_once_however_often_you_click(scherm, manager):
    zorg("De Wit", code="21")
    assert "3e kwartaal 2026" in scherm.get(reverse("rapportage:vaststellingen")).content.decode()
    assert [b.aantal for b in blokken_voor(manager, OP.date()) if "vast te stellen" in b.label] == [1]
    klik = {"versie": "1", "eenmalig": str(uuid.uuid4())}
    eerste, tweede = (scherm.post(NIEUW, klik) for _ in range(2))
    assert eerste.url == tweede.url
    assert Vaststelling.objects.count() == 1
    pagina = scherm.get(eerste.url).content.decode()
    assert "Het zegel over deze cijfers klopt" in pagina
    assert Gebeurtenis.objects.filter(actie="kwartaal.vastgesteld").count() == 1
    assert [b.aantal for b in blokken_voor(manager, OP.date()) if "vast te stellen" in b.label] == [0]


def test_what_cannot_change_any_more_is_not_asked(scherm, manager):
    """Code 37 without a follow-up: to look after until the quarter is frozen."""
    zorg("De Wit", code="37")
    vooraf = scherm.get(NIEUW).content.decode()
    vast = stel(manager)
    daarna = scherm.get(reverse("rapportage:vaststelling", args=[vast.kenmerk])).content.decode()
    vraag = (
        "1 cliënt met stopcode 37 zonder vervolg: kijk na of de hulp doorgaat voor u het kwartaal vaststelt."
    )
    assert (vraag in vooraf, "voor u het kwartaal vaststelt" in daarna) == (True, False)
    zin = "1 cliënt met stopcode 37 zonder vervolg op het moment van vaststellen."
    assert daarna.count(zin) == 2
    assert zin in str(verantwoording(vaststelkop(vast), als_uitval(manager, vast)))


def test_who_comes_second_hears_so_and_can_go_on_with_a_reason(scherm, manager):
    zorg("De Wit")
    stel(manager)
    antwoord = scherm.post(NIEUW, {"versie": "1", "eenmalig": str(uuid.uuid4())})
    assert "intussen vastgesteld" in antwoord.content.decode()
    zonder = scherm.post(NIEUW, {"versie": "2", "eenmalig": str(uuid.uuid4()), "reden": ""})
    assert "Waarom is een nieuwe versie nodig" in zonder.content.decode()
    assert (
        scherm.post(NIEUW, {"versie": "2", "eenmalig": str(uuid.uuid4()), "reden": "Correctie."}).status_code
        == 302
    )


def test_the_difference_shows_marks_and_is_logged(scherm, manager):
    toewijzing = zorg("Canarie")
    vast = stel(manager)
    fabriek.stop(
        toewijzing, "21", date(2026, 9, 1), levering=toewijzing_start(toewijzing), ontvangen_op=LATER
    )
    tekst = scherm.get(reverse("rapportage:vaststelling-verschil", args=[vast.kenmerk])).content.decode()
    assert "Telt nu in een andere categorie" in tekst
    assert "ontvangen op 20-10-2026" in tekst
    assert "Canarie" not in tekst
    assert Gebeurtenis.objects.get(actie="vaststelling.clienten_bekeken").details["aantal"] == 1


def test_each_frozen_number_opens_its_clients_as_they_were_counted_then(scherm, manager):
    toewijzing = zorg("Canarie", code="21")
    zorg("Yilmaz")
    vast = stel(manager)
    pagina = scherm.get(reverse("rapportage:vaststelling", args=[vast.kenmerk]))
    lijst = reverse("rapportage:vaststelling-clienten", args=[vast.kenmerk])
    voor = links(pagina, lijst)
    Stop.objects.filter(toewijzing=toewijzing).delete()
    assert volg_elk_getal(scherm, pagina, lijst) > 5
    assert links(scherm.get(reverse("rapportage:vaststelling", args=[vast.kenmerk])), lijst) == voor
    regel = Gebeurtenis.objects.filter(actie="vaststelling.clienten_bekeken").first()
    assert regel.details["cel"]["kenmerk"] == str(vast.kenmerk)


@pytest.mark.parametrize(
    "naam", ["vaststelling", "vaststelling-clienten", "vaststelling-verschil", "vaststelling-excel"]
)
@pytest.mark.parametrize("maak", [fabriek.consulent, fabriek.medewerker, fabriek.beheerder, fabriek.delft])
def test_strangers_are_told_it_does_not_exist(http, manager, naam, maak):
    zorg("De Wit")
    vast = stel(manager)
    wie = fabriek.contractmanager(fabriek.delft()) if maak is fabriek.delft else maak()
    http.force_login(wie)
    assert http.get(reverse(f"rapportage:{naam}", args=[vast.kenmerk])).status_code == 404


def test_a_region_of_others_cannot_be_chosen(scherm):
    fabriek.regio("mh", "Maastricht-Heuvelland")
    assert scherm.get("/vaststellingen/nieuw/?regio=mh&kwartaal=2026-K3").status_code == 404


def test_the_excel_of_a_frozen_quarter_downloads(scherm, manager):
    zorg("De Wit")
    vast = stel(manager)
    antwoord = scherm.get(reverse("rapportage:vaststelling-excel", args=[vast.kenmerk]))
    assert (
        antwoord["Content-Disposition"]
        == 'attachment; filename="uitval-h5-3e-kwartaal-2026-vastgesteld.xlsx"'
    )
