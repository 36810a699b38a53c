"""Taking back a question or a document that came in the wrong dossier: nothing is deleted."""

import threading

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from beschikkingen.models import Document
from logboek.models import Gebeurtenis
from resultaat.actions.intrekken import IntrekFout, trek_evaluatie_in, trek_vraag_in
from resultaat.actions.vragen import AlBeantwoord, beantwoord_vraag, stel_vraag
from resultaat.models import Evaluatie, InformatieVraag
from resultaat.queries.termijnen import termijnen, venster
from resultaat.queries.werkvoorraad import tel
from resultaat.statussen import EvaluatieStatus
from resultaat.werksoorten import Werksoort
from tests import fabriek
from tests.resultaat.evaluatiehulp import dien_in, lopend
from tests.resultaat.samen import samen
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def vraag_over(evaluatie, wie) -> InformatieVraag:
    return stel_vraag(evaluatie=evaluatie, vraag="Wat is er veranderd?", door=wie, moment=nu())


def trek(vraag, wie, reden="Al telefonisch beantwoord."):
    return trek_vraag_in(vraag=vraag, reden=reden, door=wie, moment=nu())


def neem_terug(evaluatie, wie, reden="Hoort bij een andere cliënt."):
    return trek_evaluatie_in(evaluatie=evaluatie, reden=reden, door=wie, moment=nu())


# --- A question --------------------------------------------------------------------------------------------------------
def test_een_ingetrokken_vraag_wacht_op_niemand_en_het_document_weer_op_de_consulent(carla):
    evaluatie = dien_in(lopend())
    vraag = vraag_over(evaluatie, carla)
    assert (tel(carla, vandaag())[Werksoort.VRAAG], tel(carla, vandaag())[Werksoort.EVALUATIE]) == (1, 0)
    trek(vraag, carla)
    assert (tel(carla, vandaag())[Werksoort.VRAAG], tel(carla, vandaag())[Werksoort.EVALUATIE]) == (0, 1)
    regel = Gebeurtenis.objects.get(actie="vraag.intrekken")
    assert regel.actor_naam == "Carla"


def test_met_een_andere_vraag_open_blijft_het_document_wachten(carla):
    evaluatie = dien_in(lopend())
    eerste, _tweede = vraag_over(evaluatie, carla), vraag_over(evaluatie, carla)
    trek(eerste, carla)
    evaluatie.refresh_from_db()
    assert evaluatie.status == EvaluatieStatus.INFO_GEVRAAGD


def test_een_beantwoorde_vraag_trekt_niemand_meer_in_en_een_ingetrokken_beantwoordt_niemand(carla):
    evaluatie = dien_in(lopend())
    mens = fabriek.medewerker(evaluatie.aanbieder)
    vraag = vraag_over(evaluatie, carla)
    beantwoord_vraag(vraag=vraag, antwoord="Niets.", door=mens, moment=nu())
    with pytest.raises(IntrekFout, match="al beantwoord"):
        trek(vraag, carla)
    tweede = vraag_over(evaluatie, carla)
    trek(tweede, carla)
    with pytest.raises(AlBeantwoord):
        beantwoord_vraag(vraag=tweede, antwoord="Toch.", door=mens, moment=nu())
    with pytest.raises(IntrekFout, match="al ingetrokken"):
        trek(tweede, carla)


def test_zonder_reden_gebeurt_er_niets(carla):
    evaluatie = dien_in(lopend())
    vraag = vraag_over(evaluatie, carla)
    with pytest.raises(IntrekFout, match="Schrijf op waarom"):
        trek(vraag, carla, reden="  ")
    with pytest.raises(IntrekFout, match="Schrijf op waarom"):
        neem_terug(evaluatie, carla, reden="")
    with pytest.raises(IntegrityError, match="vraag_ingetrokken_drietal"), transaction.atomic():
        InformatieVraag.objects.update(ingetrokken_op=nu(), ingetrokken_door=carla)
    with pytest.raises(IntegrityError, match="evaluatie_ingetrokken_drietal"), transaction.atomic():
        Evaluatie.objects.update(ingetrokken_op=nu(), ingetrokken_door=carla)


# --- A document --------------------------------------------------------------------------------------------------------
def test_een_ingetrokken_document_telt_niet_en_de_termijn_staat_weer_open(carla):
    toewijzing = lopend(dagen=50)
    evaluatie = dien_in(toewijzing)
    vraag = vraag_over(evaluatie, carla)

    def open_termijn():
        van, tot = venster(vandaag())
        (t,) = termijnen(type(toewijzing).objects.filter(pk=toewijzing.pk), doel_van=van, doel_tot=tot)
        return t.reden is None

    assert not open_termijn()
    neem_terug(evaluatie, carla)
    assert open_termijn()
    vraag.refresh_from_db()
    assert vraag.ingetrokken_reden == "Het document is ingetrokken."
    aantallen = tel(carla, vandaag())
    assert (aantallen[Werksoort.EVALUATIE], aantallen[Werksoort.VRAAG], aantallen[Werksoort.AFLOPEND]) == (
        0,
        0,
        1,
    )
    assert Document.objects.filter(pk=evaluatie.document_id).exists()


def test_na_het_oordeel_wordt_gecorrigeerd_en_niet_ingetrokken(carla):
    evaluatie = dien_in(lopend())
    Evaluatie.objects.update(status=EvaluatieStatus.BEOORDEELD)
    with pytest.raises(IntrekFout, match="Corrigeer het oordeel"):
        neem_terug(evaluatie, carla)
    Evaluatie.objects.update(status=EvaluatieStatus.INGEDIEND)
    neem_terug(evaluatie, carla)
    with pytest.raises(IntrekFout, match="al ingetrokken"):
        neem_terug(evaluatie, carla)


# --- The screens -------------------------------------------------------------------------------------------------------
def test_de_consulent_trekt_een_vraag_in_en_de_aanbieder_leest_waarom(http, carla):
    evaluatie = dien_in(lopend())
    vraag = vraag_over(evaluatie, carla)
    http.force_login(carla)
    dossier = reverse("resultaat:dossier", args=[evaluatie.beschikking.kenmerk])
    intrekken_url = reverse("resultaat:vraag-intrekken", args=[vraag.kenmerk])
    assert intrekken_url in http.get(dossier).content.decode()
    assert "Wat is er veranderd?" in http.get(intrekken_url).content.decode()
    pagina = http.post(intrekken_url, {"reden": "Al gebeld."}, follow=True).content.decode()
    assert "Vraag ingetrokken" in pagina
    assert "Carla" in pagina
    http.force_login(fabriek.medewerker(evaluatie.aanbieder))
    pagina = http.get(dossier).content.decode()
    assert "Al gebeld." in pagina
    assert (
        "De gemeente heeft deze vraag ingetrokken"
        in http.get(reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk])).content.decode()
    )


def test_de_aanbieder_neemt_terug_wat_hij_verkeerd_instuurde(http):
    evaluatie = dien_in(lopend())
    mens = fabriek.medewerker(evaluatie.aanbieder, naam="Lidia")
    http.force_login(mens)
    dossier = reverse("resultaat:dossier", args=[evaluatie.beschikking.kenmerk])
    adres = reverse("resultaat:evaluatie-intrekken", args=[evaluatie.kenmerk])
    assert adres in http.get(dossier).content.decode()
    pagina = http.post(adres, {"reden": "Verkeerde cliënt."}, follow=True).content.decode()
    assert "Evaluatieformulier ingetrokken" in pagina
    assert "Verkeerde cliënt." in pagina
    assert "Lidia" in pagina
    assert adres not in pagina
    weer = http.get(adres).content.decode()
    assert "Intrekken kan niet meer" in weer


def test_wie_te_laat_is_houdt_zijn_tekst(http, carla):
    evaluatie = dien_in(lopend())
    vraag = vraag_over(evaluatie, carla)
    beantwoord_vraag(vraag=vraag, antwoord="Ja.", door=fabriek.medewerker(evaluatie.aanbieder), moment=nu())
    http.force_login(carla)
    pagina = http.post(
        reverse("resultaat:vraag-intrekken", args=[vraag.kenmerk]), {"reden": "Niet meer nodig."}
    ).content.decode()
    assert "intussen al beantwoord" in pagina
    assert "Niet meer nodig." in pagina


def test_een_andere_aanbieder_en_delft_komen_er_niet_bij(http, carla):
    evaluatie = dien_in(lopend())
    vraag = vraag_over(evaluatie, carla)
    for wie in (fabriek.medewerker(fabriek.aanbieder("De Eik")), fabriek.consulent(fabriek.delft())):
        http.force_login(wie)
        assert (
            http.post(reverse("resultaat:evaluatie-intrekken", args=[evaluatie.kenmerk])).status_code == 404
        )
        assert http.post(reverse("resultaat:vraag-intrekken", args=[vraag.kenmerk])).status_code == 404


# --- At once -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("met_voorwaarde", [True, False])
def test_intrekken_en_antwoorden_tegelijk_en_een_van_beide_telt(carla, monkeypatch, met_voorwaarde):
    """Negative control: without "only when it is open" both write, and the key of the table refuses the last."""
    evaluatie = dien_in(lopend())
    vraag = vraag_over(evaluatie, carla)
    mens = fabriek.medewerker(evaluatie.aanbieder)
    klaar = threading.Barrier(2, timeout=30)
    if not met_voorwaarde:
        soort = type(InformatieVraag.objects.all())
        monkeypatch.setattr(soort, "open", lambda self: self.all())

    def mijn():
        rij = InformatieVraag.objects.select_related(
            "evaluatie", "beschikking__client", "gesteld_door", "aanbieder"
        ).get(pk=vraag.pk)
        klaar.wait()
        return rij

    uit = samen(
        (carla, lambda: trek(mijn(), carla)),
        (mens, lambda: beantwoord_vraag(vraag=mijn(), antwoord="Ja.", door=mens, moment=nu())),
        vangt=(IntrekFout, AlBeantwoord, IntegrityError),
    )
    verliezers = {type(u).__name__ for u in uit} - {"InformatieVraag"}
    assert sum(isinstance(u, InformatieVraag) for u in uit) == 1
    assert verliezers <= ({"IntrekFout", "AlBeantwoord"} if met_voorwaarde else {"IntegrityError"})
