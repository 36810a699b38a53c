"""The kwartaalopgave while De Linde types: everything is kept, and two tabs never overwrite each other."""

import uuid

import pytest

from logboek.models import Gebeurtenis
from rapportage.enums_opgave import Deel
from rapportage.models import (
    BeleidsdoelScore,
    Clientervaring,
    OpgaveUitval,
)
from rapportage.queries.opgave import concept
from tests import fabriek
from tests.rapportage.opgavehulp import (
    ERVARING,
    ingediend,
    linde_begint,
    url,
)

pytestmark = pytest.mark.django_db


# --- Saving while typing -------------------------------------------------------------------------------------------
def test_typing_is_kept_and_survives_another_session(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    scherm = str(uuid.uuid4())
    adres = url("opgave-bewaar", opgave, "doelen")
    lang = "👩\r\n" * 160
    for tekst in ("eerst", lang):
        antwoord = http.post(
            adres, {"versie": "1", "scherm": scherm, "blijvend-toelichting": tekst, "blijvend-ambitie": "4"},
            headers={"X-Bewaren": "1"},
        )  # fmt: skip
        assert antwoord.status_code == 200
    http.logout()
    http.force_login(fabriek.medewerker(wie.aanbieder))
    pagina = http.get(url("opgave-deel", opgave, "doelen")).content.decode()
    assert pagina.count("👩") == 160
    score = BeleidsdoelScore.objects.get()
    assert (score.ambitie, score.toelichting) == (4, lang.replace("\r\n", "\n"))
    assert any("20 tekens te veel" in b.zin for b in concept(opgave, wie).bezwaren[Deel.DOELEN])
    assert Gebeurtenis.objects.filter(actie="opgave.bewaard").count() == 1


def test_two_tabs_collide_in_one_part_and_not_in_two(http):
    opgave, wie = linde_begint()
    http.force_login(wie)
    een, twee = str(uuid.uuid4()), str(uuid.uuid4())
    ervaring = url("opgave-bewaar", opgave, "ervaring")
    assert http.post(ervaring, {"versie": "1", "scherm": een, "hoe": "Panel"}).status_code == 200
    assert (
        http.post(url("opgave-bewaar", opgave, "doelen"), {"versie": "1", "scherm": twee}).status_code == 200
    )
    assert http.post(ervaring, {"versie": "1", "scherm": twee, "hoe": "Enquête"}).status_code == 409
    pagina = http.post(
        url("opgave-deel", opgave, "ervaring"), {"versie": "1", "scherm": twee, "hoe": "Enquête"}
    )
    assert pagina.status_code == 409
    assert "Panel" in pagina.content.decode()
    assert "Enquête" in pagina.content.decode()
    assert Clientervaring.objects.get().hoe == "Panel"


def test_only_the_fields_of_the_part_can_be_posted(http):
    """Mass assignment: status, owner and numbers of the messages are not for a form to set."""
    opgave, wie = linde_begint()
    ander = fabriek.aanbieder("De Eik")
    http.force_login(wie)
    for deel in Deel:
        http.post(
            url("opgave-bewaar", opgave, deel),
            {"versie": "1", "status": "vastgesteld", "aanbieder": ander.pk, "aanbieder_id": ander.pk,
             "overgenomen": "hoe", "ingediend_op": "2026-10-01", "maatwerk-9999-01": "5", "vinkjes": "1",
             "geen-9999": "on", "gevraagd": "misschien", "blijvend-ambitie": "7", "verzonnen-ambitie": "1"},
        )  # fmt: skip
    opgave.refresh_from_db()
    assert (opgave.status, opgave.aanbieder_id, opgave.ingediend_op) == ("concept", wie.aanbieder_id, None)
    assert not OpgaveUitval.objects.exists()
    assert not BeleidsdoelScore.objects.exists()
    assert not Clientervaring.objects.filter(gevraagd__isnull=False).exists()


def test_after_sending_nothing_can_be_written(http):
    opgave, wie = ingediend()
    http.force_login(wie)
    assert http.post(url("opgave-bewaar", opgave, "ervaring"), {"versie": "2", "hoe": "x"}).status_code == 409
    assert http.get(url("opgave-deel", opgave, "ervaring")).status_code == 302
    assert Clientervaring.objects.get().hoe == ERVARING["hoe"]
