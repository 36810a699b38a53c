"""The sniffer of BSNs smells what it must smell, and the portal gives it nothing (threat 28)."""

import logging

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client as Http

from tests import fabriek
from tests.veiligheid.snuffel import snuffelend

pytestmark = pytest.mark.bsn_zichtbaar("the sniffer itself is tried here")
BSN = "999900006"


def test_in_een_logregel():
    with snuffelend() as neus:
        logging.getLogger("zomaar").warning("cliënt %s niet gevonden", BSN)
    assert neus.vondsten == ["Een BSN in log zomaar"]


def test_in_een_traceback():
    with snuffelend() as neus:
        try:
            raise ValueError(f"Failing row contains (1, {BSN})")
        except ValueError:
            logging.getLogger("zomaar").exception("mis")
    assert neus.vondsten == ["Een BSN in log zomaar"]


def test_in_een_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    with snuffelend() as neus:
        mail.send_mail("Onderwerp", f"Over {BSN}", "van@example.nl", ["aan@example.nl"])
    mail.outbox = []
    assert neus.vondsten == ["Een BSN in een mail"]


def test_in_een_bericht_aan_de_worker():
    from celery.signals import before_task_publish

    with snuffelend() as neus:
        before_task_publish.send("taak", body=([BSN], {}, {}), headers={})
    assert neus.vondsten == ["Een BSN in een bericht aan de worker"]


@pytest.mark.django_db
def test_in_een_adres():
    with snuffelend() as neus:
        Http().get("/healthz", {"zoek": BSN})
    assert neus.vondsten == ["Een BSN in het adres van een verzoek"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("antwoord", "waar"),
    [
        (
            HttpResponse(status=302, headers={"Location": f"/zoeken/?bsn={BSN}"}),
            "de kop Location van een antwoord",
        ),
        (
            HttpResponse(headers={"Content-Disposition": f'attachment; filename="{BSN}.pdf"'}),
            "de kop Content-Disposition van een antwoord",
        ),
        (HttpResponse(f"rij ({BSN})", status=500), "een pagina met status 500"),
    ],
)
def test_in_een_antwoord(antwoord, waar, monkeypatch):
    from django.test.client import ClientHandler

    monkeypatch.setattr(ClientHandler, "get_response", lambda self, request: antwoord)
    with snuffelend() as neus:
        Http(raise_request_exception=False).get("/healthz")
    assert f"Een BSN in {waar}" in neus.vondsten


def test_een_ander_getal_van_negen_cijfers_is_geen_vondst():
    with snuffelend() as neus:
        logging.getLogger("zomaar").warning("bericht 123456789, toewijzing 300000001")
    assert neus.vondsten == []
    assert neus.geroken == 1


@pytest.mark.django_db
def test_zoeken_op_bsn_laat_geen_spoor(http):
    """The control the other way: a search by BSN, found and not found, gives the sniffer nothing."""
    client = fabriek.client(bsn=BSN)
    http.force_login(fabriek.consulent(client.gemeente))
    with snuffelend() as neus:
        for wat in (BSN, fabriek.test_bsns()[55]):
            assert http.post("/zoeken/", {"zoek": wat}).status_code == 200
    assert neus.vondsten == []
    assert neus.geroken > 4
