"""Who gets no reminder, or no longer: what cancels one, and what does not."""

from datetime import date

import pytest

from beschikkingen.enums import Leveringsvorm, SoortBeschikking
from beschikkingen.models import Toewijzing
from resultaat.actions.vrijstelling import VrijstellingFout, stel_vrij
from resultaat.models import Herinnering
from stopberichten.enums import ToelichtingSoort, ToelichtingStatus
from stopberichten.models import Stop
from tests import fabriek
from tests.resultaat.herinneringhulp import DAG, EIND, dateer_wijziging, draai, evaluatie, op

pytestmark = pytest.mark.django_db


def test_pgb_krijgt_geen_herinnering(jansen):
    Toewijzing.objects.update(leveringsvorm=Leveringsvorm.PGB)
    assert draai(date(2026, 10, 8)).mails == 0


@pytest.mark.parametrize("reden", ["21", "23", "02", "19"])
def test_eerder_gestopt_is_geen_herinnering_meer(jansen, reden):
    fabriek.stop(jansen, reden, date(2026, 10, 1))
    assert draai(date(2026, 10, 8)).mails == 0


def test_tijdelijk_gestopt_en_ingetrokken_stops_houden_niets_tegen(jansen):
    fabriek.stop(jansen, "20", date(2026, 10, 1))
    fout = fabriek.stop(jansen, "21", date(2026, 10, 1))
    Stop.objects.filter(pk=fout.pk).update(ingetrokken_op=op(date(2026, 10, 2)), ingetrokken_in=fout.bericht)
    assert draai(date(2026, 10, 8)).mails == 1


def test_gestopt_en_opnieuw_gestart_wordt_weer_herinnerd(jansen):
    fabriek.stop(jansen, "21", date(2026, 8, 1))
    assert draai(date(2026, 10, 8)).mails == 0
    fabriek.start(jansen, date(2026, 9, 1))
    assert draai(date(2026, 10, 8)).mails == 1


def test_een_ontvangen_document_stopt_de_herinneringen(jansen):
    evaluatie(jansen, date(2026, 10, 20))
    assert draai(date(2026, 10, 22)).mails == 0


def test_een_ingetrokken_document_niet(jansen):
    evaluatie(jansen, date(2026, 10, 20), status="ingetrokken")
    assert draai(date(2026, 10, 22)).mails == 1


def test_een_document_over_een_eerder_einde_telt_niet_voor_het_nieuwe(jansen):
    """Received in April for an end in June; then the end moved to December (a 301 of 1 July)."""
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=date(2026, 6, 30))
    evaluatie(jansen, date(2026, 4, 20))
    assert draai(date(2026, 5, 5)).mails == 0
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=EIND)
    dateer_wijziging(jansen, date(2026, 7, 1))
    assert draai(date(2026, 10, 8)).mails == 1


@pytest.mark.parametrize(
    ("velden", "mails"),
    [
        ({}, 0),
        ({"status": ToelichtingStatus.CONCEPT}, 1),
        ({"status": ToelichtingStatus.INGETROKKEN}, 1),
        ({"soort": ToelichtingSoort.WIJZIGING}, 1),
    ],
)
def test_een_gemelde_uitstroom_voldoet_een_concept_of_wijziging_niet(jansen, velden, mails):
    fabriek.formulier(
        jansen, door=fabriek.medewerker(jansen.aanbieder, is_active=False), op=op(date(2026, 10, 1)), **velden
    )
    assert draai(date(2026, 10, 8)).mails == mails


def test_een_vrijstelling_geldt_voor_deze_termijn_en_niet_na_een_nieuwe_einddatum(jansen):
    karin = fabriek.consulent()
    with pytest.raises(VrijstellingFout, match="waarom"):
        stel_vrij(toewijzing=jansen, termijn_datum=date(2026, 11, 5), reden=" ", door=karin, moment=op(EIND))
    wat = {
        "toewijzing": jansen,
        "termijn_datum": date(2026, 11, 5),
        "door": karin,
        "moment": op(date(2026, 10, 1)),
    }
    een, twee = stel_vrij(reden="Mevrouw verhuist.", **wat), stel_vrij(reden="Nog eens.", **wat)
    assert (een, twee.reden) == (twee, "Mevrouw verhuist.")
    assert draai(date(2026, 10, 8)).mails == 0
    Toewijzing.objects.filter(pk=jansen.pk).update(einddatum=EIND + 28 * DAG)
    dateer_wijziging(jansen, date(2026, 10, 9))
    assert draai(date(2026, 11, 5)).mails == 1


def test_een_tussenstap_krijgt_geen_herinnering_de_laatste_stap_wel():
    b = fabriek.beschikking(eind=EIND, soort=SoortBeschikking.GETRAPT)
    tussen = fabriek.toewijzing(b, einddatum=date(2026, 9, 30))
    laatste = fabriek.toewijzing(b, ingangsdatum=date(2026, 10, 1), trede=fabriek.trede(1))
    fabriek.medewerker(tussen.aanbieder)
    assert [draai(dag).mails for dag in (date(2026, 7, 8), date(2026, 8, 5), date(2026, 10, 8))] == [0, 0, 1]
    assert set(Herinnering.objects.values_list("toewijzing", flat=True)) == {laatste.pk}


def test_stappen_binnen_een_toewijzing_hebben_alleen_het_einde():
    b = fabriek.beschikking(eind=EIND, soort=SoortBeschikking.GETRAPT)
    t = fabriek.toewijzing(b)
    fabriek.stap(t, 1, 3, date(2026, 1, 1), date(2026, 9, 30))
    fabriek.stap(t, 2, 1, date(2026, 10, 1), EIND)
    fabriek.medewerker(t.aanbieder)
    assert [draai(dag).mails for dag in (date(2026, 7, 8), date(2026, 8, 5), date(2026, 10, 8))] == [0, 0, 1]
