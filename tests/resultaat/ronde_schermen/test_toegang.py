"""The pages of the round are for administratie of its municipality; others find nothing, and looking changes nothing."""

import pytest
from django.urls import reverse

from organisaties.enums import Rol
from resultaat.models import Resultaat, Ronde
from stopberichten.models import Stop
from tests import fabriek
from tests.resultaat.ronde_schermen.hulp import adres, draai, jansen, stop_adres, zonder_formulier

pytestmark = pytest.mark.django_db


ROLLEN_ZONDER = [Rol.CONSULENT, Rol.AANBIEDER, Rol.CONTRACTMANAGER, Rol.BEHEERDER]


def alle_paginas(ronde: Ronde, stop: Stop) -> list[tuple[str, str]]:
    return [
        ("get", reverse("resultaat:rondes")),
        ("get", adres("ronde", ronde)),
        ("get", adres("ronde-voortgang", ronde)),
        ("post", adres("ronde-uitvoeren", ronde)),
        ("get", adres("ronde-terugdraaien", ronde)),
        ("post", adres("ronde-terugdraaien", ronde)),
        ("get", adres("ronde-export", ronde)),
        ("get", reverse("resultaat:ontbrekende-formulieren")),
        ("get", stop_adres(stop)),
        ("post", stop_adres(stop)),
    ]


@pytest.mark.parametrize("rol", ROLLEN_ZONDER)
def test_een_andere_rol_vindt_deze_paginas_niet(http, rol):
    stop = zonder_formulier(20)
    ronde = draai()
    eigen = {"aanbieder": stop.aanbieder} if rol is Rol.AANBIEDER else {}
    http.force_login(fabriek.gebruiker(rol, fabriek.westland(), **eigen))
    for methode, url in alle_paginas(ronde, stop):
        assert getattr(http, methode)(url, {"reden": "x"}).status_code == 404, url
    stop.refresh_from_db()
    ronde.refresh_from_db()
    assert (stop.zonder_formulier_op, ronde.status) == (None, "klaar")


def test_de_administratie_van_delft_vindt_de_ronde_van_westland_niet(http):
    stop = zonder_formulier(20)
    ronde = draai()
    http.force_login(fabriek.administratie(fabriek.delft()))
    eigen = {reverse("resultaat:rondes"), reverse("resultaat:ontbrekende-formulieren")}
    for methode, url in alle_paginas(ronde, stop):
        antwoord = getattr(http, methode)(url, {"reden": "x"})
        assert antwoord.status_code == (200 if url in eigen else 404), url
        assert "Westland" not in antwoord.content.decode()


def test_wie_niet_is_ingelogd_gaat_naar_de_inlogpagina(http):
    stop = zonder_formulier(20)
    for methode, url in alle_paginas(draai(), stop):
        assert getattr(http, methode)(url).status_code == 302, url


def test_een_ronde_verandert_niets_bij_kijken(http, anna):
    jansen()
    ronde = draai()
    ervoor = (Resultaat.objects.count(), Ronde.objects.values().get())
    for methode, url in alle_paginas(ronde, zonder_formulier(20)):
        if methode == "get":
            http.get(url)
    assert http.get(adres("ronde-uitvoeren", ronde)).status_code == 405
    assert (Resultaat.objects.count(), Ronde.objects.values().get()) == ervoor
