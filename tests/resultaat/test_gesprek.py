"""The talk about the evaluation: written down once, kept from the provider, and it plans the next one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beschikkingen.models import Monitoringsmoment
from resultaat.actions.gesprek import Deelnemer, GesprekFout, leg_gesprek_vast
from resultaat.models import Gesprek
from tests import fabriek
from wmo_portal.lib.tijd import nu, vandaag

pytestmark = pytest.mark.django_db


def gesprek(b, **velden):
    velden = {
        "datum": vandaag(),
        "deelnemers": list(Deelnemer),
        "verslag": "Trede 1 is genoeg.",
        "volgend_moment_datum": None,
        **velden,
    }
    return leg_gesprek_vast(beschikking=b, door=fabriek.consulent(), moment=nu(), **velden)


def test_het_gesprek_hoort_bij_het_open_moment_en_onthoudt_het_volgende(http):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    moment = fabriek.monitoringsmoment(b, vandaag())
    http.force_login(fabriek.consulent())
    volgend = vandaag() + timedelta(days=180)
    antwoord = http.post(
        reverse("resultaat:gesprek", args=[b.kenmerk]),
        {
            "datum": f"{vandaag():%d-%m-%Y}",
            "deelnemers": ["client", "consulent"],
            "verslag": "Goed gegaan.",
            "volgend_moment": f"{volgend:%d-%m-%Y}",
        },
    )
    assert antwoord.status_code == 302
    rij = Gesprek.objects.get()
    assert (rij.monitoringsmoment, rij.volgend_moment_datum) == (moment, volgend)
    assert rij.deelnemers == ["client", "consulent"]
    assert Monitoringsmoment.objects.open().get() == moment


def test_zonder_open_moment_begint_het_afgesproken_moment_meteen():
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    gesprek(b, volgend_moment_datum=vandaag() + timedelta(days=90))
    assert Monitoringsmoment.objects.open().get().datum == vandaag() + timedelta(days=90)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"datum": vandaag() + timedelta(days=1)}, "nog niet geweest"),
        ({"deelnemers": []}, "wie er bij het gesprek waren"),
        ({"verslag": ""}, "wat er is afgesproken"),
        ({"volgend_moment_datum": vandaag()}, "hoort na"),
    ],
)
def test_een_gesprek_klopt_of_wordt_niet_vastgelegd(velden, zin):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    with pytest.raises(GesprekFout, match=zin):
        gesprek(b, **velden)
    assert not Gesprek.objects.exists()


def test_de_aanbieder_leest_het_verslag_niet(http):
    b = fabriek.beschikking(begin=vandaag() - timedelta(days=200), eind=None)
    toewijzing = fabriek.toewijzing(b)
    gesprek(b, verslag="Vertrouwelijk besproken.")
    adres = reverse("resultaat:dossier", args=[b.kenmerk])
    http.force_login(fabriek.consulent())
    assert "Vertrouwelijk besproken." in http.get(adres).content.decode()
    http.force_login(fabriek.medewerker(toewijzing.aanbieder))
    assert "Vertrouwelijk besproken." not in http.get(adres).content.decode()
