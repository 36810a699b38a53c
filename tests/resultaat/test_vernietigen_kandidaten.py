"""Which dossiers may be destroyed, and what stands in the way of the others."""

import re
from datetime import date, timedelta

import pytest

from beschikkingen.enums import BeschikkingStatus
from beschikkingen.models import Beschikking, Client
from resultaat.actions.vernietigen import VernietigFout, keur_goed, trek_in
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.queries.vernietigen import kandidaten
from resultaat.statussen import EvaluatieStatus, VernietigStatus
from resultaat.vernietigregels import Blokkade
from stopberichten.models import Stop, Toelichting
from tests import fabriek
from tests.resultaat.archiefhulp import (
    oud_dossier,
    verstrijk,
)
from tests.resultaat.vernietighulp import blokkades, goed, voorstel
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def test_een_gewoon_oud_dossier_kan_weg():
    assert blokkades(oud_dossier().client) == ()


@pytest.mark.parametrize(
    ("dag", "staat_erop"),
    [(date(2023, 11, 30), True), (None, False), (0, False), (-1, True)],
)
def test_op_de_lijst_vanaf_de_dag_na_de_termijn(dag, staat_erop):
    """0 is today: the term runs up to and including that day."""
    weg = oud_dossier().client
    tot = vandaag() + timedelta(days=dag) if isinstance(dag, int) else dag
    Beschikking.objects.update(vernietigen_na_datum=tot or vandaag() + timedelta(days=400))
    alle, _ = kandidaten(fabriek.administratie(), vandaag())
    assert [k.client.pk for k in alle] == ([weg.pk] if staat_erop else [])


def test_zonder_dag_op_het_dossier_telt_de_termijn_van_de_gemeente():
    """Withdrawn, so never closed: its end and the municipality's years say until when."""
    weg = oud_dossier().client
    Beschikking.objects.update(
        status=BeschikkingStatus.INGETROKKEN, gesloten_op=None, gesloten_door=None, vernietigen_na_datum=None
    )
    alle, _ = kandidaten(fabriek.administratie(), vandaag())
    assert [(k.client.pk, k.termijn_tot) for k in alle] == [(weg.pk, date(2023, 11, 30))]
    weg.gemeente.bewaartermijn_jaren = 20
    weg.gemeente.save()
    assert kandidaten(fabriek.administratie(), vandaag())[0] == []


def _lopend(weg):
    fabriek.beschikking(weg)


def _later(weg):
    Beschikking.objects.filter(pk=fabriek.beschikking(weg).pk).update(
        status=BeschikkingStatus.GESLOTEN,
        gesloten_op=nu(),
        vernietigen_na_datum=vandaag() + timedelta(days=1),
    )


def _vraag(weg):
    InformatieVraag.objects.filter(beschikking__client=weg).update(
        antwoord="", beantwoord_op=None, beantwoord_door=None
    )


def _evaluatie(weg):
    Evaluatie.objects.filter(beschikking__client=weg).update(status=EvaluatieStatus.INGEDIEND)


def _verzoek(weg):
    Toelichting.objects.filter(client=weg, nummer__isnull=False).update(status="in_behandeling")


def _stop(weg):
    Stop.objects.filter(client=weg).update(verwerkt_op=None)


def _tegenspraak(weg):
    """Code 19 received lately, and judged otherwise: a contradiction that is still to be solved."""
    from resultaat.models import Resultaat

    Stop.objects.filter(client=weg).update(ontvangen_op=nu())
    Resultaat.objects.filter(toewijzing__client=weg, actueel=True).update(uitkomst="nee_client")


def _voorgesteld(weg):
    voorstel(fabriek.administratie(), weg)


@pytest.mark.parametrize(
    ("maak", "waarom"),
    [
        (_lopend, Blokkade.LOPEND),
        (_later, Blokkade.LATER),
        (_vraag, Blokkade.VRAAG),
        (_evaluatie, Blokkade.EVALUATIE),
        (_verzoek, Blokkade.VERZOEK),
        (_stop, Blokkade.STOP),
        (_tegenspraak, Blokkade.TEGENSPRAAK),
        (_voorgesteld, Blokkade.VOORGESTELD),
    ],
)
def test_wat_in_de_weg_staat_staat_erbij_en_voorstellen_kan_niet(maak, waarom, ad):
    weg = oud_dossier().client
    maak(weg)
    assert waarom in blokkades(weg)
    with pytest.raises(VernietigFout, match=re.escape(blokkades(weg)[0].label)):
        voorstel(ad, weg)


def test_wie_na_het_voorstel_een_vraag_kreeg_blijft_en_de_ander_gaat(ad, carla):
    weg, blijft = oud_dossier("Zwaluwenburg").client, oud_dossier("Leeuwerikhof").client
    lijst = voorstel(ad, weg, blijft)
    _vraag(blijft)
    verstrijk(lijst, 15)
    klaar = goed(lijst, carla)
    assert (klaar.verklaring["clienten"], klaar.verklaring["bleven"]) == (1, {"vraag": 1})
    assert [c.achternaam for c in Client.objects.all()] == ["Leeuwerikhof"]


def test_wie_niets_kan_vernietigen_hoort_dat_en_de_lijst_blijft_voorgesteld(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    _lopend(weg)
    verstrijk(lijst, 15)
    with pytest.raises(VernietigFout, match="Geen van de cliënten"):
        goed(lijst, carla)
    lijst.refresh_from_db()
    assert lijst.status == VernietigStatus.VOORGESTELD


def test_een_ingetrokken_lijst_laat_ieder_staan_en_kan_niet_meer_goed(ad, carla):
    weg = oud_dossier().client
    lijst = voorstel(ad, weg)
    with rls.binnen(carla.bereik):
        trek_in(lijst=lijst, reden="Er loopt nog een klacht.", door=carla, moment=nu())
    lijst.refresh_from_db()
    with pytest.raises(VernietigFout, match="al ingetrokken"):
        goed(lijst, carla)
    assert blokkades(weg) == ()


def test_delft_ziet_en_vernietigt_niets_van_westland(ad):
    weg, dora = oud_dossier().client, fabriek.administratie(fabriek.delft())
    assert kandidaten(dora, vandaag())[0] == []
    lijst = voorstel(ad, weg)
    verstrijk(lijst, 15)
    with rls.binnen(dora.bereik), pytest.raises(VernietigFout):
        keur_goed(lijst=lijst, door=dora, vandaag=vandaag(), moment=nu())
    assert Client.objects.filter(pk=weg.pk).exists()


def test_dezelfde_mens_in_delft_blijft_daar(ad, carla):
    weg = oud_dossier()
    in_delft = oud_dossier("Zwaluwenburg", gemeente=fabriek.delft(), bsn=weg.bsn)
    lijst = voorstel(ad, weg.client)
    verstrijk(lijst, 15)
    goed(lijst, carla)
    assert [c.pk for c in Client.objects.all()] == [in_delft.client.pk]
    assert in_delft.client.beschikkingen.get().documenten.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_lijst_kost_evenveel_vragen_hoeveel_er_ook_op_staan(aantal, django_assert_num_queries):
    for n in range(aantal):
        oud_dossier(f"Vogel{n}")
    ad = fabriek.administratie()
    ad.gemeente_ids  # noqa: B018  # read once per request
    with django_assert_num_queries(3):
        assert len(kandidaten(ad, vandaag())[0]) == aantal
