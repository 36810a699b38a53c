"""The scope never stays behind on a connection (threat 5)."""

import threading

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.test import Client as Http

from beschikkingen.models import Client
from organisaties import middleware
from organisaties.enums import Rol
from tests import fabriek
from wmo_portal.lib import rls

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _zoals_in_het_echt(monkeypatch):
    """The other tests look at rows between two requests; here a request leaves nothing."""
    monkeypatch.setattr(rls, "NA_AFLOOP", None)


def mensen(aantal: int = 4):
    gemeenten = [fabriek.westland(), fabriek.delft()]
    uit = []
    for nummer in range(aantal):
        gemeente = gemeenten[nummer % 2]
        client = fabriek.client(gemeente, achternaam=f"Merk{gemeente.code}x{nummer}")
        fabriek.toewijzing(fabriek.beschikking(client))
        http = Http()
        http.force_login(fabriek.gebruiker(Rol.ADMINISTRATIE, gemeente))
        uit.append((http, gemeente.code, "0503" if gemeente.code == "1783" else "1783"))
    return uit


def wandel(http, eigen: str, vreemd: str, keer: int, fout: list[str]) -> None:
    for _ in range(keer):
        tekst = http.post("/zoeken/", {"zoek": "Merk"}).content.decode()
        if f"Merk{eigen}" not in tekst:
            fout.append("leeg")
        if f"Merk{vreemd}" in tekst:
            fout.append("lek")


@pytest.mark.usefixtures("_zoals_in_het_echt")
def test_honderd_verzoeken_door_elkaar_zien_elk_het_hunne():
    """One connection, people of two municipalities in turn, and four threads with connections of their own."""
    wie, fout = mensen(), []
    for _ in range(6):
        for http, eigen, vreemd in wie:
            wandel(http, eigen, vreemd, 1, fout)

    def draad(http, eigen, vreemd) -> None:
        wandel(http, eigen, vreemd, 20, fout)
        connections.close_all()

    draden = [threading.Thread(target=draad, args=persoon) for persoon in wie]
    for een in draden:
        een.start()
    for een in draden:
        een.join()
    assert fout == []


@pytest.mark.usefixtures("_zoals_in_het_echt")
def test_na_een_verzoek_draagt_de_verbinding_niets_meer():
    ((http, *_),) = mensen(1)
    http.post("/zoeken/", {"zoek": "Merk"})
    with pytest.raises(ProgrammingError, match="geen werkbereik"), transaction.atomic():
        list(Client.objects.all())
    rls.zet(rls.SYSTEEM)


@pytest.mark.usefixtures("_zoals_in_het_echt")
def test_zonder_opruimen_bleef_het_hangen(monkeypatch):
    """The negative control: without the end of the request the next one on this connection would still see rows."""
    ((http, *_),) = mensen(1)
    monkeypatch.setattr(rls, "wis", lambda: None)
    http.post("/zoeken/", {"zoek": "Merk"})
    assert Client.objects.exists()


@pytest.mark.usefixtures("_zoals_in_het_echt")
def test_een_bezoeker_zonder_inlog_erft_niets_van_een_afgebroken_verzoek():
    """A worker that was cut off halfway never came to the end of its request."""
    mensen(1)
    rls.zet(rls.SYSTEEM)
    gezien = []
    from django.http import HttpRequest, HttpResponse

    def view(request: HttpRequest) -> HttpResponse:
        gezien.append(rls.huidige_regel())
        return HttpResponse()

    verzoek = HttpRequest()
    from django.contrib.auth.models import AnonymousUser

    verzoek.user = AnonymousUser()
    middleware.werkbereik(view)(verzoek)
    assert gezien == [""]
    rls.zet(rls.SYSTEEM)


@pytest.mark.usefixtures("_zoals_in_het_echt")
def test_ook_na_een_fout_in_een_bladzijde_is_het_weg(monkeypatch):
    ((http, *_),) = mensen(1)
    http.raise_request_exception = False
    from beschikkingen import actions

    def stuk(**_):
        raise RuntimeError("stuk")

    monkeypatch.setattr(actions, "zoek_clienten", stuk)
    assert http.post("/zoeken/", {"zoek": "Merk"}).status_code == 500
    assert rls.huidige_regel() == ""
    assert connection.connection is not None
    rls.zet(rls.SYSTEEM)
