"""Lies of the identity provider, of who stands between, and of who holds the browser."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client as Http
from django.urls import reverse

from organisaties.models import Gebruiker, Inlogdienst
from tests import fabriek
from tests.organisaties.inlogverhaal import binnen, geweigerd, heen, log_in, terug

pytestmark = pytest.mark.django_db


# --- Lies of the service, and of who stands between ----------------------------------------------------------------
@pytest.mark.parametrize(
    ("claims", "waarom"),
    [
        ({"iss": "https://iemand-anders.example.nl"}, "InvalidIssuerError"),
        ({"aud": "een-ander-portaal"}, "InvalidAudienceError"),
        ({"aud": ["portaal", "een-ander-portaal"]}, "ook voor een ander"),
        ({"exp": 1}, "ExpiredSignatureError"),
        ({"iat": 4_000_000_000}, "ImmatureSignatureError"),
        ({"nonce": "van-een-andere-keer"}, "nonce"),
        ({"sub": ""}, "onleesbaar antwoord (ValueError)"),
    ],
)
def test_een_bewijs_dat_niet_klopt_opent_niets(http, stub, westland, claims, waarom):
    stub.claims = claims
    assert geweigerd(log_in(http, stub)) == waarom
    assert not binnen(http)


@pytest.mark.parametrize("claim", ["nonce", "exp", "iat", "sub", "aud", "iss"])
def test_wat_in_het_bewijs_hoort_mag_niet_ontbreken(http, stub, westland, claim):
    stub.zonder = {claim}
    assert geweigerd(log_in(http, stub)) == "MissingRequiredClaimError"


def test_een_bewijs_met_een_andere_handtekening_opent_niets(http, stub, westland):
    stub.ondertekent = stub.vreemd
    assert geweigerd(log_in(http, stub)) == "InvalidSignatureError"


def test_een_bewijs_met_een_onbekende_sleutel_opent_niets(http, stub, westland):
    stub.kid = "k2"
    assert geweigerd(log_in(http, stub)) == "sleutel"


@pytest.mark.parametrize("algoritme", ["none", "HS256"])
def test_een_bewijs_zonder_echte_handtekening_opent_niets(http, stub, westland, algoritme):
    """`none`, and the client secret or the public key used as if it were shared."""
    stub.algoritme = algoritme
    stub.ondertekent = None if algoritme == "none" else "portaal-portaal-portaal-portaal-portaal"
    assert geweigerd(log_in(http, stub)) == "InvalidAlgorithmError"


def test_de_negatieve_controle_van_de_handtekening():
    """Without a check of the signature the same token would be read without a word."""
    bewijs = jwt.encode({"sub": "x"}, "portaal-portaal-portaal-portaal-portaal", algorithm="HS256")
    assert jwt.decode(bewijs, options={"verify_signature": False}) == {"sub": "x"}


@pytest.mark.parametrize(
    ("ontdekking", "waarom"),
    [
        ({"issuer": "https://iemand-anders.example.nl"}, "uitgever"),
        ({"token_endpoint": "http://inloggen.example.nl/token"}, "adres"),
        ({"jwks_uri": "file:///etc/passwd"}, "adres"),
        ({"authorization_endpoint": None}, "adres"),
    ],
)
def test_een_dienst_die_zich_anders_voordoet_wordt_niet_bezocht(http, stub, westland, ontdekking, waarom):
    stub.ontdekking = ontdekking
    assert geweigerd(http.get(reverse("openid_connect_login", args=["westland"]))) == waarom


@pytest.mark.parametrize(
    ("pad", "rauw"),
    [
        ("/.well-known/openid-configuration", (200, b"geen json")),
        ("/.well-known/openid-configuration", (500, b"")),
        ("/.well-known/openid-configuration", (200, b"[]")),
        ("/.well-known/openid-configuration", (302, b"http://169.254.169.254/")),
        ("/token", (200, b"[]")),
        ("/token", (200, b'{"access_token": "x"}')),
        ("/token", (200, b'{"access_token": "x", "id_token": "a.b.c"}')),
        ("/token", (200, b'{"access_token": "x", "expires_in": "x"}')),
        ("/token", (302, b"http://169.254.169.254/")),
        ("/jwks", (200, b"{}")),
        ("/jwks", (200, b'{"keys": [1]}')),
        ("/jwks", (404, b"{}")),
    ],
)
def test_een_kapotte_dienst_is_een_weigering_en_geen_storing(http, stub, westland, pad, rauw):
    goed = stub.keur_goed(heen(http))
    stub.rauw = {pad: rauw}
    assert terug(http, goed).status_code == 401
    assert not binnen(http)


def test_een_dienst_die_niet_antwoordt(http, stub, westland):
    Inlogdienst.objects.update(uitgever="http://127.0.0.1:9")
    antwoord = http.get(reverse("openid_connect_login", args=["westland"]))
    assert geweigerd(antwoord) == "ConnectionError"


# --- What an attacker does with the browser ------------------------------------------------------------------------
def test_een_code_van_een_ander_past_niet_in_mijn_browser(stub, westland):
    """Log-in CSRF: the attacker's answer in the browser of the victim has no state there."""
    aanvaller, slachtoffer = Http(), Http()
    antwoord = stub.keur_goed(heen(aanvaller))
    heen(slachtoffer)
    assert terug(slachtoffer, antwoord).status_code == 401
    assert not binnen(slachtoffer)


def test_een_gestolen_code_past_niet_bij_een_ander_begin(stub, westland):
    """PKCE: the code of one beginning is worth nothing with the state of another."""
    dief, marijke = Http(), Http()
    gestolen = parse_qs(stub.keur_goed(heen(marijke)))["code"][0]
    state = parse_qs(urlsplit(heen(dief)).query)["state"][0]
    assert terug(dief, f"code={gestolen}&state={state}").status_code == 401
    assert not binnen(dief)


def test_een_antwoord_werkt_een_keer(http, stub, westland):
    antwoord = stub.keur_goed(heen(http))
    terug(http, antwoord)
    http.post("/account/logout/")
    assert terug(http, antwoord).status_code == 401
    assert not binnen(http)


def test_een_antwoord_voor_de_ene_dienst_past_niet_bij_de_andere(http, stub, westland):
    fabriek.inlogdienst("delft", fabriek.delft(), uitgever=stub.adres)
    antwoord = stub.keur_goed(heen(http, "delft"))
    assert terug(http, antwoord, "westland").status_code == 401


def test_een_antwoord_met_een_andere_uitgever_erin_wordt_geweigerd(http, stub, westland):
    antwoord = stub.keur_goed(heen(http)) + "&iss=https%3A%2F%2Fiemand-anders.example.nl"
    assert geweigerd(terug(http, antwoord)) == "antwoord van een ander"


@pytest.mark.parametrize("vraag", ["error=access_denied", "error=server_error", "", "code=x&state=y"])
def test_wie_zonder_goed_antwoord_terugkomt_ziet_een_bladzijde_met_uitleg(http, westland, vraag):
    assert terug(http, vraag).status_code == 401


def test_verbinden_vanuit_een_open_sessie_kan_niet(http, stub, westland, marijke):
    """allauth can tie a service's account to whoever is logged in; here that would be a way round everything."""
    delft = fabriek.consulent(fabriek.delft())
    http.force_login(delft)
    antwoord = stub.keur_goed(heen(http, vraag="?process=connect"))
    terug(http, antwoord)
    assert set(SocialAccount.objects.values_list("user__naam", flat=True)) == {"Marijke"}
    assert http.get("/").wsgi_request.user == marijke


@pytest.mark.parametrize("pad", ["/account/sociaal/", "/account/sociaal/signup/", "/account/signup/"])
def test_andere_deuren_van_allauth_zijn_er_niet(http, stub, westland, pad):
    log_in(http, stub)
    assert http.post(pad).status_code in (302, 404)
    assert Gebruiker.objects.count() == 1
