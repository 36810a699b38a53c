"""Where one is logged in: seen and ended by oneself, at most so many, and gone when the password changes."""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties import sessies
from tests.organisaties.inlogverhaal import WACHTWOORD, binnen

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"
)
PAGINA = "/mijn-sessies/"


def log_in(agent=FIREFOX, email="marijke@example.nl") -> Http:
    http = Http(headers={"user-agent": agent})
    http.post("/account/login/", {"login": email, "password": WACHTWOORD})
    assert binnen(http)
    return http


def kenmerk(http: Http) -> str:
    return sessies.kenmerk_van(http.session.session_key)


def bevestig(http: Http) -> None:
    http.post(reverse("account_reauthenticate"), {"password": WACHTWOORD})


def test_marijke_ziet_haar_telefoon_en_zet_hem_uit(marijke):
    kantoor, telefoon = log_in(), log_in(IPHONE)
    pagina = kantoor.get(PAGINA).content.decode()
    assert "Firefox op Windows" in pagina
    assert "Safari op iPhone" in pagina
    assert kantoor.session.session_key not in pagina
    assert telefoon.session.session_key not in pagina
    bevestig(kantoor)
    antwoord = kantoor.post(PAGINA, {"sessie": kenmerk(telefoon)}, follow=True)
    assert "1 sessie beëindigd" in antwoord.content.decode()
    assert not binnen(telefoon)
    assert binnen(kantoor)
    regel = Gebeurtenis.objects.get(actie="sessies.beeindigd")
    assert (regel.actor_naam, regel.details) == ("Marijke", {"aantal": 1})


def test_beeindigen_vraagt_eerst_het_wachtwoord_en_gaat_dan_door(marijke):
    """Whoever walks by an unlocked screen cannot throw the owner out."""
    kantoor, telefoon = log_in(), log_in(IPHONE)
    antwoord = kantoor.post(PAGINA)
    assert antwoord.url.startswith(reverse("account_reauthenticate"))
    assert binnen(telefoon)
    kantoor.post(antwoord.url, {"password": WACHTWOORD, "next": PAGINA})
    assert not binnen(telefoon)


def test_alle_andere_en_niet_die_van_een_ander(marijke):
    from organisaties.enums import Rol
    from organisaties.models import Gebruiker

    Gebruiker.objects.create_user("wim@example.nl", WACHTWOORD, naam="Wim", rol=Rol.CONSULENT)
    kantoor, telefoon, thuis, wim = log_in(), log_in(IPHONE), log_in(), log_in(email="wim@example.nl")
    bevestig(kantoor)
    kantoor.post(PAGINA, {"sessie": kenmerk(wim)})
    assert [binnen(wie) for wie in (kantoor, telefoon, thuis, wim)] == [True] * 4
    kantoor.post(PAGINA)
    assert [binnen(wie) for wie in (kantoor, telefoon, thuis, wim)] == [True, False, False, True]


def test_de_eigen_sessie_eindigt_hier_niet(marijke):
    kantoor = log_in()
    bevestig(kantoor)
    kantoor.post(PAGINA, {"sessie": kenmerk(kantoor)})
    assert binnen(kantoor)


def test_een_sessie_te_veel_beeindigt_de_oudste(marijke, settings):
    settings.SESSIES_HOOGSTENS = 3
    eerste, tweede, derde = [log_in() for _ in range(3)]
    for uren, wie in ((3, eerste), (1, tweede), (2, derde)):
        sessie = wie.session
        sessie["begonnen"] -= uren * 3600
        sessie.save()
    assert [binnen(wie) for wie in (eerste, tweede, derde)] == [True] * 3
    vierde = log_in()
    assert [binnen(wie) for wie in (eerste, tweede, derde, vierde)] == [False, True, True, True]


def test_een_nieuw_wachtwoord_ruimt_de_andere_sessies_op(marijke):
    kantoor = log_in()
    log_in(IPHONE)
    nieuw = "zeven-groene-lantaarns-buiten"
    velden = {"oldpassword": WACHTWOORD, "password1": nieuw, "password2": nieuw}
    kantoor.post(reverse("account_change_password"), velden)
    assert binnen(kantoor)
    assert Session.objects.count() == 1


def test_wat_een_kwartier_stil_was_staat_er_niet_meer(marijke):
    kantoor, telefoon = log_in(), log_in(IPHONE)
    for seconden, staat_er in ((14 * 60, True), (16 * 60, False)):
        sessie = telefoon.session
        sessie["laatst"] = int(datetime.now(UTC).timestamp()) - seconden
        sessie.save()
        assert ("iPhone" in kantoor.get(PAGINA).content.decode()) is staat_er


@pytest.mark.parametrize(
    ("agent", "naam"),
    [
        (FIREFOX, "Firefox op Windows"),
        (IPHONE, "Safari op iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge op Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome op Android",
        ),
        ("", "onbekende browser"),
        ("<script>alert(1)</script>", "onbekende browser"),
    ],
)
def test_een_browser_heeft_een_naam(agent, naam):
    assert sessies.herken(agent) == naam
