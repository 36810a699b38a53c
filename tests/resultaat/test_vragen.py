"""After the document came in, questions go and answers come; both stand in the dossier, and nobody's text is lost."""

import threading
from functools import partial

import pytest
from django.urls import reverse

from meldingen import actions as dagmail
from resultaat.actions.vragen import AlBeantwoord, VraagFout, beantwoord_vraag, stel_vraag
from resultaat.models import Evaluatie, InformatieVraag
from techniek.models import Mail
from tests import fabriek
from tests.resultaat.evaluatiehulp import dien_in, lopend
from tests.resultaat.samen import samen
from wmo_portal.lib.bsn import vind_bsns
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def test_vraag_en_antwoord_staan_gedateerd_in_het_dossier_van_beiden(http):
    evaluatie = dien_in(lopend())
    anna, fatma = fabriek.consulent(naam="Anna"), fabriek.medewerker(evaluatie.aanbieder, naam="Fatma")
    http.force_login(anna)
    http.post(reverse("resultaat:vraag-stellen", args=[evaluatie.kenmerk]), {"vraag": "Lukt het zelf?"})
    vraag = InformatieVraag.objects.get()
    evaluatie.refresh_from_db()
    assert (vraag.gesteld_door, evaluatie.status) == (anna, "info_gevraagd")

    dossier = reverse("resultaat:dossier", args=[evaluatie.beschikking.kenmerk])
    http.force_login(fatma)
    adres = reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk])
    assert "Lukt het zelf?" in http.get(dossier).content.decode()
    assert adres in http.get(reverse("resultaat:mijn-clienten") + "?doen=vraag").content.decode()
    http.post(adres, {"antwoord": "Ja, met een lijstje."})
    vraag.refresh_from_db()
    evaluatie.refresh_from_db()
    assert (vraag.beantwoord_door, evaluatie.status) == (fatma, "ingediend")
    for wie in (anna, fatma):
        http.force_login(wie)
        assert "Ja, met een lijstje." in http.get(dossier).content.decode()


def test_de_mails_zeggen_dat_er_iets_is_en_niets_over_wie():
    toewijzing = lopend()
    evaluatie = dien_in(toewijzing)
    fatma = fabriek.medewerker(toewijzing.aanbieder)
    vraag = stel_vraag(
        evaluatie=evaluatie, vraag="Over mevrouw Jansen?", door=fabriek.consulent(), moment=nu()
    )
    dagmail.verstuur(vandaag=vandaag(), moment=nu())
    beantwoord_vraag(vraag=vraag, antwoord="Jansen redt het.", door=fatma, moment=nu())
    dagmail.verstuur(vandaag=vandaag(), moment=nu())
    mails = list(Mail.objects.order_by("aangemaakt_op"))
    assert {mail.aan for mail in mails} >= {fatma.email, vraag.gesteld_door.email}
    for mail in mails:
        tekst = mail.onderwerp + mail.tekst
        assert "Jansen" not in tekst
        assert toewijzing.beschikking.nummer not in tekst
        assert not vind_bsns(tekst)
        assert "http" in tekst


def test_een_vraag_en_een_antwoord_hebben_tekst():
    evaluatie = dien_in(lopend())
    with pytest.raises(VraagFout):
        stel_vraag(evaluatie=evaluatie, vraag=" ", door=fabriek.consulent(), moment=nu())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    with pytest.raises(VraagFout):
        beantwoord_vraag(vraag=vraag, antwoord="", door=fabriek.medewerker(evaluatie.aanbieder), moment=nu())


def test_na_het_oordeel_is_er_niets_meer_te_vragen():
    evaluatie = dien_in(lopend())
    Evaluatie.objects.update(status="beoordeeld")
    evaluatie.refresh_from_db()
    with pytest.raises(VraagFout, match="al geregistreerd"):
        stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())


def test_twee_vragen_open_dan_komt_zij_pas_na_het_tweede_antwoord_terug():
    evaluatie = dien_in(lopend())
    fatma = fabriek.medewerker(evaluatie.aanbieder)
    vragen = [
        stel_vraag(evaluatie=evaluatie, vraag=v, door=fabriek.consulent(), moment=nu()) for v in ("A?", "B?")
    ]
    for vraag, stand in zip(vragen, ("info_gevraagd", "ingediend"), strict=True):
        beantwoord_vraag(vraag=vraag, antwoord="Ja.", door=fatma, moment=nu())
        evaluatie.refresh_from_db()
        assert evaluatie.status == stand


def test_een_collega_was_eerder_en_beide_antwoorden_staan_er(http):
    evaluatie = dien_in(lopend())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    beantwoord_vraag(
        vraag=vraag, antwoord="Van Ali.", door=fabriek.medewerker(evaluatie.aanbieder), moment=nu()
    )
    http.force_login(fabriek.medewerker(evaluatie.aanbieder))
    antwoord = http.post(
        reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk]), {"antwoord": "Van Bea."}
    )
    pagina = antwoord.content.decode()
    assert (antwoord.status_code, "Van Ali." in pagina, "Van Bea." in pagina) == (409, True, True)
    vraag.refresh_from_db()
    assert vraag.antwoord == "Van Ali."


def test_wie_niet_mag_beoordelen_stelt_geen_vraag_en_een_vreemde_leest_er_geen(http):
    evaluatie = dien_in(lopend())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    stellen = reverse("resultaat:vraag-stellen", args=[evaluatie.kenmerk])
    beantwoorden = reverse("resultaat:vraag-beantwoorden", args=[vraag.kenmerk])
    for wie, adres in (
        (fabriek.medewerker(evaluatie.aanbieder), stellen),
        (fabriek.administratie(), stellen),
        (fabriek.consulent(fabriek.delft()), stellen),
        (fabriek.medewerker(fabriek.aanbieder("De Eik")), beantwoorden),
        (fabriek.consulent(), beantwoorden),
    ):
        http.force_login(wie)
        assert http.get(adres).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_twee_antwoorden_tegelijk_en_een_wint():
    """On two connections. The control is `test_een_collega_was_eerder…`: there the first is already in."""
    evaluatie = dien_in(lopend())
    vraag = stel_vraag(evaluatie=evaluatie, vraag="Hoe?", door=fabriek.consulent(), moment=nu())
    mensen = [fabriek.medewerker(evaluatie.aanbieder) for _ in range(2)]
    gelezen = threading.Barrier(2, timeout=20)

    def doe(wie):
        eigen = InformatieVraag.objects.get(pk=vraag.pk)
        gelezen.wait()
        return beantwoord_vraag(vraag=eigen, antwoord=f"Van {wie.naam}.", door=wie, moment=nu())

    uitkomst = samen(*((wie, partial(doe, wie)) for wie in mensen), vangt=(AlBeantwoord,))
    assert sorted(type(u).__name__ for u in uitkomst) == ["AlBeantwoord", "InformatieVraag"]
