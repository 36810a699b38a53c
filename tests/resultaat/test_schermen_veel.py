"""Worklist and radar with 1, 3 and 500 of each kind: the same questions to the database, and the counts are right."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from beschikkingen.enums import SoortBeschikking
from beschikkingen.kluis import zet_bsn
from beschikkingen.models import Beschikking, Client, Monitoringsmoment, Toewijzing
from resultaat.enums import Verdict
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.queries.werkvoorraad import PER_PAGINA, Filter, werkvoorraad
from resultaat.werksoorten import Werksoort
from stopberichten.enums import Berichtstatus, Kanaal, ToelichtingSoort
from stopberichten.models import Bericht, Stop, Toelichting, ToelichtingRegel
from tests import fabriek
from tests.als_app import als_eigenaar
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db
SOORTEN = (
    Werksoort.AFLOPEND, Werksoort.EVALUATIE, Werksoort.MONITORING, Werksoort.STOP, Werksoort.VERZOEK, Werksoort.VRAAG,
    Werksoort.ZONDER_MOMENT,
)  # fmt: skip


def _toewijzingen(aantal: int, soort: str) -> list[Toewijzing]:
    """In bulk: 500 of each kind one by one would take longer than all other tests of this page."""
    westland, linde = fabriek.westland(), fabriek.aanbieder()
    gebied, trede = fabriek.gebied(), fabriek.trede(3)
    eind = None if soort == "zonder" else vandaag() + timedelta(days=30)
    clienten = []
    for n in range(aantal):
        client = Client(gemeente=westland, achternaam=f"{soort}{n}", zoeknaam=f"{soort}{n}")
        zet_bsn(client, fabriek.volgend_bsn())
        clienten.append(client)
    Client.objects.bulk_create(clienten)
    beschikkingen = Beschikking.objects.bulk_create(
        Beschikking(
            gemeente=westland, client=client, nummer=f"{soort}-{n}", ingangsdatum=vandaag() - timedelta(days=300),
            soort=SoortBeschikking.MET_EINDDATUM if eind else SoortBeschikking.ZONDER_EINDDATUM, einddatum=eind,
            registratiedatum=vandaag() - timedelta(days=300),
        )
        for n, client in enumerate(clienten)
    )  # fmt: skip
    eerste = Toewijzing.objects.count() + 1
    return Toewijzing.objects.bulk_create(
        Toewijzing(
            gemeente=westland, aanbieder=linde, client=b.client, beschikking=b, toewijzingnummer=eerste + n,
            resultaatgebied=gebied, trede=trede, ingangsdatum=b.ingangsdatum, einddatum=eind,
        )
        for n, b in enumerate(beschikkingen)
    )  # fmt: skip


def veel(aantal: int, wie) -> None:
    """So many of each kind of work, none of them the same client."""
    mens = fabriek.medewerker()
    _toewijzingen(aantal, "aflopend")
    for soort, maak in (
        ("evaluatie", _evaluaties),
        ("vraag", _vragen),
        ("stop", _stops),
        ("verzoek", _verzoeken),
    ):
        maak(_toewijzingen(aantal, soort), wie, mens)
    bewaakt = _toewijzingen(2 * aantal, "zonder")
    Monitoringsmoment.objects.bulk_create(
        Monitoringsmoment(
            gemeente=t.gemeente, beschikking=t.beschikking, datum=vandaag() + timedelta(days=10)
        )
        for t in bewaakt[:aantal]
    )
    with als_eigenaar(), connection.cursor() as cursor:
        cursor.execute("analyze")  # as the server does by itself after a bulk load


def _evaluaties(rijen, wie, mens, status="ingediend"):
    return Evaluatie.objects.bulk_create(
        Evaluatie(
            gemeente=t.gemeente, aanbieder=t.aanbieder, beschikking=t.beschikking, toewijzing=t, documentnaam="zorgplan",
            ontvangen_datum=vandaag(), vervolg_nodig=True, reden="Nodig.", ingediend_op=nu(), ingediend_door=mens,
            status=status,
        )
        for t in rijen
    )  # fmt: skip


def _vragen(rijen, wie, mens):
    InformatieVraag.objects.bulk_create(
        InformatieVraag(
            gemeente=e.gemeente, aanbieder=e.aanbieder, beschikking=e.beschikking, evaluatie=e, vraag="Wat nu?",
            gesteld_op=nu(), gesteld_door=wie,
        )
        for e in _evaluaties(rijen, wie, mens, "info_gevraagd")
    )  # fmt: skip


def _stops(rijen, wie, mens):
    berichten = Bericht.objects.bulk_create(
        Bericht(
            gemeente=t.gemeente, aanbieder=t.aanbieder, soort="307", afzender=t.aanbieder.agb, ontvanger="1783",
            identificatie=f"S{t.pk}", kanaal=Kanaal.UPLOAD, inhoud=b"", ontvangen_op=nu(), status=Berichtstatus.GEACCEPTEERD,
        )
        for t in rijen
    )  # fmt: skip
    Stop.objects.bulk_create(
        Stop(
            gemeente=t.gemeente, aanbieder=t.aanbieder, bericht=b, volgnummer=1, client=t.client, toewijzing=t,
            bsn_index=t.client.bsn_index, toewijzingnummer=t.toewijzingnummer, begindatum=t.ingangsdatum, reden="23",
            einddatum=vandaag(), ontvangen_op=nu(), oordeel=Verdict.NAAR_CONSULENT,
        )
        for t, b in zip(rijen, berichten, strict=True)
    )  # fmt: skip


def _verzoeken(rijen, wie, mens):
    # Announced with an evaluation that was judged: only the request itself waits.
    _evaluaties(rijen, wie, mens, "info_gevraagd")
    vormen = Toelichting.objects.bulk_create(
        Toelichting(
            nummer=f"V-{uuid.uuid4().hex[:12]}", gemeente=t.gemeente, aanbieder=t.aanbieder, client=t.client,
            beschikking=t.beschikking, status="ingediend", aangemaakt_op=nu(), aangemaakt_door=mens, bewaard_op=nu(),
            ingediend_op=nu(), ingediend_door=mens,
        )
        for t in rijen
    )  # fmt: skip
    ToelichtingRegel.objects.bulk_create(
        ToelichtingRegel(
            gemeente=t.gemeente,
            aanbieder=t.aanbieder,
            toelichting=v,
            toewijzing=t,
            soort=ToelichtingSoort.WIJZIGING,
        )
        for t, v in zip(rijen, vormen, strict=True)
    )


@pytest.mark.parametrize("aantal", [1, 3, 500])
@pytest.mark.parametrize("adres", ["werkvoorraad", "werkvoorraad, mijn", "termijnen"])
def test_evenveel_vragen_en_juiste_aantallen(http, django_assert_num_queries, aantal, adres):
    wie = fabriek.consulent()
    veel(aantal, wie)
    http.force_login(wie)
    pagina = reverse("resultaat:termijnen" if adres == "termijnen" else "resultaat:werkvoorraad")
    vraag = {"van": "mijn"} if adres.endswith("mijn") else {}
    if vraag:
        Client.objects.update(behandelaar=wie)
    http.get(pagina, vraag)  # what is looked up once per process
    with django_assert_num_queries(12):
        antwoord = http.get(pagina, vraag)
    if adres != "werkvoorraad":
        assert antwoord.status_code == 200
        return
    voorraad = werkvoorraad(wie, vandaag())
    assert {soort: n for soort, n in voorraad.aantallen.items() if n} == dict.fromkeys(SOORTEN, aantal)
    assert len(voorraad.rijen) == min(PER_PAGINA, 7 * aantal)


def test_bladeren_door_vijfhonderd_slaat_niemand_over():
    wie = fabriek.consulent()
    _toewijzingen(500, "aflopend")
    gezien, na = [], None
    while True:
        voorraad = werkvoorraad(wie, vandaag(), filter_=Filter(soort=Werksoort.AFLOPEND), na=na)
        gezien += [rij.plaats.kenmerk for rij in voorraad.rijen]
        if (na := voorraad.volgende) is None:
            break
    assert len(gezien) == len(set(gezien)) == 500
