"""§2. Beschikking zonder einddatum: monitoringsmoment, gesprek, en per resultaatgebied een oordeel."""

import pytest
from django.urls import reverse

from beschikkingen.models import Monitoringsmoment
from resultaat.models import Gesprek, Resultaat
from tests import fabriek
from tests.verhalen.mensen import (
    als,
    anna,
    dossier_van,
    fatma,
    jansen,
    over,
    registreer,
    scherm,
    stuur_evaluatie,
    werk,
)

pytestmark = pytest.mark.django_db


def twee_gebieden():
    financien = jansen(None, zwaarte=3)
    huisvesting = fabriek.toewijzing(
        financien.beschikking, aan=financien.aanbieder, gebied_naam="Huisvesting", trede=fabriek.trede(2)
    )
    moment = fabriek.monitoringsmoment(financien.beschikking, over(20))
    return financien, huisvesting, moment


def test_document_gesprek_oordeel_per_gebied_en_een_volgend_moment():
    consulent, zorg = anna(), fatma()
    financien, huisvesting, moment = twee_gebieden()
    plek = f"monitoring-{moment.datum:%Y-%m-%d}"
    assert werk(consulent) == ["monitoring"]

    # De aanbieder stuurt 8 weken vooraf het evaluatieformulier.
    stuur_evaluatie(zorg, financien, behaald=True, zwaarte=2, reden="Kan lichter.")
    assert werk(consulent) == ["evaluatie"]

    # Er vindt een gesprek plaats met cliënt, aanbieder en consulent.
    adres = reverse("resultaat:gesprek", args=[financien.beschikking.kenmerk])
    gegevens = {
        "datum": f"{over(0):%d-%m-%Y}",
        "deelnemers": ["client", "aanbieder", "consulent"],
        "verslag": "Financiën kan lichter, huisvesting is klaar.",
        "volgend_moment": f"{over(200):%d-%m-%Y}",
    }
    assert als(consulent).post(adres, gegevens).status_code == 302
    assert Gesprek.objects.get().monitoringsmoment == moment

    # De consulent bepaalt welke trede nog nodig is en of het resultaat van dat gebied is behaald.
    assert "§2" in scherm(consulent, financien)
    een = registreer(
        consulent,
        financien,
        plek,
        uitkomst="ja",
        vervolg="volgend_monitoringsmoment",
        trede_nu=str(fabriek.trede(2).pk),
    )
    assert (een.paragraaf, een.monitoringsmoment, een.trede_naar) == ("2", moment, fabriek.trede(2))
    moment.refresh_from_db()
    assert moment.afgerond_op is None

    # Huisvesting hoeft niet meer; daarmee is het moment rond en begint het volgende.
    registreer(consulent, huisvesting, plek, uitkomst="ja", vervolg="sluiten", trede_nu="uitstroom")
    moment.refresh_from_db()
    huisvesting.refresh_from_db()
    assert moment.afgerond_op
    assert huisvesting.status == "gesloten"
    assert Monitoringsmoment.objects.open().get().datum == over(200)
    assert dossier_van(financien).status == "lopend"
    assert werk(consulent) == []


def test_is_er_nergens_meer_ondersteuning_nodig_dan_sluit_het_dossier():
    consulent = anna()
    financien, huisvesting, moment = twee_gebieden()
    plek = f"monitoring-{moment.datum:%Y-%m-%d}"
    for toewijzing in (financien, huisvesting):
        registreer(consulent, toewijzing, plek, uitkomst="ja", vervolg="sluiten", trede_nu="uitstroom")
    assert dossier_van(financien).status == "gesloten"
    assert not Monitoringsmoment.objects.open().exists()


def test_zonder_afspraak_over_het_volgende_moment_vergeet_het_portaal_de_client_niet():
    consulent = anna()
    toewijzing = jansen(None)
    moment = fabriek.monitoringsmoment(toewijzing.beschikking, over(5))
    registreer(
        consulent,
        toewijzing,
        f"monitoring-{moment.datum:%Y-%m-%d}",
        uitkomst="ja",
        vervolg="volgend_monitoringsmoment",
        trede_nu=str(fabriek.trede(2).pk),
    )
    assert Resultaat.objects.count() == 1
    assert werk(consulent) == ["zonder_moment"]
