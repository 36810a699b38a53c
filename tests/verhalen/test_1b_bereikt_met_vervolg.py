"""§1B. De resultaten zijn bereikt, maar er is vervolgondersteuning nodig."""

import pytest
from django.urls import reverse

from resultaat.actions.afsluiten import sluit_afgelopen
from resultaat.models import Evaluatie, InformatieVraag, Resultaat
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
from wmo_portal.lib.tijd import nu

pytestmark = pytest.mark.django_db


def test_van_evaluatieformulier_tot_nieuwe_beschikking():
    consulent, zorg = anna(), fatma()
    toewijzing = jansen(over(60), zwaarte=3)

    # De zorgaanbieder stuurt uiterlijk 8 weken vooraf het evaluatieformulier, met de reden voor vervolg.
    stuur_evaluatie(zorg, toewijzing, behaald=True, zwaarte=2, reden="De post is nog lastig.")
    assert werk(consulent) == ["evaluatie"]

    # Afschalen volgens plan: het advies is behaald.
    pagina = scherm(consulent, toewijzing)
    assert "Advies: behaald" in pagina
    assert "De post is nog lastig." in pagina

    # De consulent voert op dat het resultaat bereikt is.
    resultaat = registreer(
        consulent, toewijzing, uitkomst="ja", vervolg="nieuwe_beschikking", trede_nu=str(fabriek.trede(2).pk)
    )
    assert (resultaat.paragraaf, resultaat.uitkomst, resultaat.evaluatie) == (
        "1B",
        "ja",
        Evaluatie.objects.get(),
    )
    assert werk(consulent) == []

    # Er wordt een nieuwe beschikking afgegeven, gekoppeld aan de oude.
    nieuw = fabriek.beschikking(toewijzing.client, begin=over(61), eind=over(400))
    fabriek.toewijzing(nieuw, trede=fabriek.trede(2))
    adres = reverse("resultaat:vervolg-koppelen", args=[toewijzing.beschikking.kenmerk])
    als(consulent).post(adres, {"vervolg": str(nieuw.kenmerk)})
    nieuw.refresh_from_db()
    assert nieuw.voorganger == toewijzing.beschikking

    # De oude loopt tot haar laatste dag en gaat dan dicht.
    assert dossier_van(toewijzing).status == "lopend"
    sluit_afgelopen(vandaag=over(60), moment=nu())
    assert dossier_van(toewijzing).status == "gesloten"


def test_bij_twijfel_vraagt_de_consulent_aanvullende_informatie():
    consulent, zorg = anna(), fatma()
    toewijzing = jansen(over(60))
    stuur_evaluatie(zorg, toewijzing, behaald=True, zwaarte=2, reden="Nog wat hulp.")
    evaluatie = Evaluatie.objects.get()
    als(consulent).post(
        reverse("resultaat:vraag-stellen", args=[evaluatie.kenmerk]), {"vraag": "Waarbij precies?"}
    )
    assert werk(consulent) == ["vraag"]
    vraag = InformatieVraag.objects.get()
    als(zorg).post(
        reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk]), {"antwoord": "Bij de belasting."}
    )
    assert werk(consulent) == ["evaluatie"]
    assert "Bij de belasting." in scherm(consulent, toewijzing)


def test_dezelfde_trede_bij_langdurige_ondersteuning_is_ook_behaald():
    consulent = anna()
    toewijzing = jansen(over(50), zwaarte=3, perspectief="langdurig")
    stuur_evaluatie(fatma(), toewijzing, behaald=True, zwaarte=3, reden="Stabiel.")
    assert "Advies: behaald" in scherm(consulent, toewijzing)


def test_zonder_reden_komt_het_document_niet_binnen():
    toewijzing = jansen(over(60))
    with pytest.raises(AssertionError, match="Vul ‘Reden’ in"):
        stuur_evaluatie(fatma(), toewijzing, behaald=True, zwaarte=2, reden=" ")
    assert not Evaluatie.objects.exists()
    assert not Resultaat.objects.exists()
