"""The answer to a change request of a provider: a decision with its explanation, never taken blindly (R58)."""

import pytest
from django.urls import reverse

from meldingen import actions as dagmail
from resultaat.actions.evaluatie import (
    Besluit,
    EvaluatieFout,
    VerzoekGewijzigd,
    beslis_op_verzoek,
)
from stopberichten.models import Toelichting
from techniek.models import Mail
from tests import fabriek
from tests.resultaat.evaluatiehulp import lopend
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def verzoek():
    return fabriek.formulier(lopend(200), soort="wijziging", behaald=False)


def beslis(toelichting, versie=None, besluit=Besluit.TOEGEKEND, tekst="Akkoord tot 1 juli.", door=None):
    return beslis_op_verzoek(
        toelichting=toelichting,
        versie=toelichting.versie if versie is None else versie,
        besluit=besluit,
        tekst=tekst,
        door=door or fabriek.consulent(),
        moment=nu(),
    )


def test_het_besluit_en_de_uitleg_komen_bij_de_aanbieder(http):
    vorm = verzoek()
    http.force_login(fabriek.consulent())
    antwoord = http.post(
        reverse("resultaat:toelichting-beoordelen", args=[vorm.kenmerk]),
        {"versie": vorm.versie, "besluit": "afgewezen", "tekst": "Afschalen kan wel."},
    )
    assert antwoord.status_code == 302
    vorm.refresh_from_db()
    assert (vorm.status, vorm.besluit, vorm.versie) == ("afgehandeld", "afgewezen", 2)
    http.force_login(fabriek.medewerker(vorm.aanbieder))
    dossier = http.get(reverse("resultaat:dossier", args=[vorm.beschikking.kenmerk])).content.decode()
    assert "Afschalen kan wel." in dossier
    dagmail.verstuur(vandaag=vandaag(), moment=nu())
    for mail in Mail.objects.all():
        assert "nam een besluit op een verzoek om wijziging van u" in mail.tekst


def test_een_besluit_heeft_uitleg():
    with pytest.raises(EvaluatieFout, match="De aanbieder leest deze tekst"):
        beslis(verzoek(), tekst="")


def test_twee_besluiten_en_de_tweede_ziet_beide_teksten(http):
    vorm = verzoek()
    beslis(vorm, door=fabriek.consulent(naam="Bert"))
    http.force_login(fabriek.consulent())
    antwoord = http.post(
        reverse("resultaat:toelichting-beoordelen", args=[vorm.kenmerk]),
        {"versie": 1, "besluit": "afgewezen", "tekst": "Van Anna."},
    )
    pagina = antwoord.content.decode()
    assert (antwoord.status_code, "Van Anna." in pagina, "Akkoord tot 1 juli." in pagina) == (409, True, True)
    assert Toelichting.objects.get().besluit == "toegekend"


def test_een_formulier_dat_intussen_veranderde_wordt_niet_blind_besloten():
    vorm = verzoek()
    Toelichting.objects.update(versie=2)
    with pytest.raises(VerzoekGewijzigd):
        beslis(vorm, versie=1)
