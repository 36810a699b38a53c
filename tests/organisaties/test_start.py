"""The start page: tiles speak of one thing in the singular, and stand in their order."""

import pytest

from organisaties.startblokken import Blok
from tests import fabriek

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("aantal", "tekst"),
    [(0, "Vragen van de gemeente"), (1, "Vraag van de gemeente"), (2, "Vragen van de gemeente")],
)
def test_een_tegel_telt_in_het_enkelvoud_als_er_een_is(http, monkeypatch, aantal, tekst):
    def blokken(gebruiker, vandaag):
        return [Blok("vragen van de gemeente", aantal, "/", "Beantwoord ze.", een="vraag van de gemeente")]

    monkeypatch.setattr("organisaties.startblokken.REGISTER", [blokken])
    http.force_login(fabriek.consulent())
    assert f">{tekst}<" in http.get("/").content.decode()
