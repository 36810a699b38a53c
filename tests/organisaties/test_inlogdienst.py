"""Logging in at the organisation's own identity provider: who comes in, and every lie that does not (issue 3.4)."""

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.actions_inloggen import bewaar_inlogdienst
from organisaties.enums import Rol
from organisaties.models import Gebruiker, Inlogdienst
from tests import fabriek
from tests.organisaties.idp import Inlogstub

pytestmark = pytest.mark.django_db
WACHTWOORD = "paard-batterij-nietje"
ACR = "urn:etoegang:core:assurance-class:loa3"


@pytest.fixture
def stub():
    dienst = Inlogstub()
    yield dienst
    dienst.stop()


@pytest.fixture
def marijke():
    wie = Gebruiker.objects.create_user("marijke@example.nl", WACHTWOORD, naam="Marijke", rol=Rol.CONSULENT)
    wie.gemeenten.set([fabriek.westland()])
    return wie


@pytest.fixture
def westland(stub, marijke):
    return fabriek.inlogdienst("westland", fabriek.westland(), uitgever=stub.adres, tweede_stap=ACR)


def heen(http, code="westland", vraag=""):
    """To the service; answers the address where the browser is sent."""
    antwoord = http.get(reverse("openid_connect_login", args=[code]) + vraag)
    assert antwoord.status_code == 302, antwoord.content.decode()
    return antwoord.url


def terug(http, query, code="westland"):
    return http.get(f"{reverse('openid_connect_callback', args=[code])}?{query}")


def log_in(http, stub, code="westland"):
    return terug(http, stub.keur_goed(heen(http, code)), code)


def binnen(http) -> bool:
    return http.get("/").status_code == 200


def geweigerd(antwoord) -> str:
    """The page of refusal, and the word for it in the log."""
    assert antwoord.status_code == 401
    assert "is niet gelukt" in antwoord.content.decode()
    return Gebeurtenis.objects.filter(actie="inloggen.mislukt").latest("pk").details["waarom"]


# --- The way in ---------------------------------------------------------------------------------------------------
@pytest.mark.tweede_factor
def test_marijke_komt_binnen_met_het_account_van_haar_werk(http, stub, westland, marijke):
    stub.claims = {"acr": ACR}
    antwoord = log_in(http, stub)
    assert (antwoord.status_code, antwoord.url) == (302, "/")
    assert binnen(http)
    assert http.get("/termijnen/").status_code == 200
    assert SocialAccount.objects.get(user=marijke).extra_data == {
        "id_token": {"sub": "persoon-1", "email": "marijke@example.nl"}
    }
    regels = list(Gebeurtenis.objects.order_by("pk").values_list("actie", "actor_naam", "details"))
    assert regels == [
        ("inlogdienst.gekoppeld", "Marijke", {"dienst": "westland"}),
        ("inloggen.gelukt", "Marijke", {"dienst": "westland", "tweede_stap": ACR}),
    ]
    marijke.refresh_from_db()
    assert marijke.check_password(WACHTWOORD)  # tying her account changes nothing else of it


def test_de_vraag_aan_de_dienst(http, stub, westland):
    """Code flow, PKCE with S256, nonce and state; of a visitor's own additions nothing."""
    adres = heen(http, vraag="?auth_params=nonce%3Dvast%26prompt%3Dnone&scope=alles&process=connect")
    vraag = {naam: w[0] for naam, w in parse_qs(urlsplit(adres).query).items()}
    assert adres.startswith(f"{stub.adres}/auth?")
    assert vraag["response_type"] == "code"
    assert set(vraag["scope"].split()) == {"openid", "email"}
    assert vraag["code_challenge_method"] == "S256"
    assert vraag["acr_values"] == ACR
    assert vraag["redirect_uri"].endswith("/account/organisatie/westland/terug/")
    assert len(vraag["nonce"]) >= 32
    assert len(vraag["state"]) >= 16
    assert "prompt" not in vraag
    tweede = parse_qs(urlsplit(heen(http)).query)
    assert tweede["nonce"][0] != vraag["nonce"]


def test_wie_is_gekoppeld_komt_ook_binnen_met_een_nieuw_adres_bij_de_dienst(http, stub, westland):
    log_in(http, stub)
    stub.claims = {"email": "m.jansen@example.nl"}
    log_in(ander := Http(), stub)
    assert binnen(ander)


def test_het_mailadres_mag_van_het_andere_loket_komen(http, stub, westland):
    stub.zonder = {"email"}
    stub.userinfo = {"sub": "persoon-1", "email": "marijke@example.nl"}
    log_in(http, stub)
    assert binnen(http)


def test_maar_niet_van_een_ander(http, stub, westland):
    stub.zonder = {"email"}
    stub.userinfo = {"sub": "persoon-2", "email": "marijke@example.nl"}
    assert geweigerd(log_in(http, stub)) == "ander persoon"


def test_op_de_inlogpagina_staat_de_dienst_en_een_die_uit_staat_niet(http, westland):
    pagina = http.get("/account/login/").content.decode()
    assert f'href="{reverse("openid_connect_login", args=["westland"])}"' in pagina
    Inlogdienst.objects.update(actief=False)
    assert "organisatie/westland" not in http.get("/account/login/").content.decode()
    assert http.get(reverse("openid_connect_login", args=["westland"])).status_code == 404
    assert http.get(reverse("openid_connect_callback", args=["westland"])).status_code == 404


# --- The second factor --------------------------------------------------------------------------------------------
@pytest.mark.tweede_factor
@pytest.mark.parametrize("claims", [{}, {"acr": "loa2"}, {"amr": ["pwd"]}, {"amr": "pwd"}])
def test_zonder_tweede_stap_bij_de_dienst_vraagt_het_portaal_er_een(http, stub, westland, claims):
    stub.claims = claims
    log_in(http, stub)
    assert http.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_wie_een_app_heeft_gekoppeld_geeft_de_code_als_de_dienst_niets_zegt(http, stub, westland, marijke):
    Authenticator.objects.create(user=marijke, type="totp", data={"secret": "x"})
    assert log_in(http, stub).url == reverse("mfa_authenticate")
    assert not binnen(http)
    stub.claims = {"acr": ACR}
    log_in(ander := Http(), stub)
    assert binnen(ander)


@pytest.mark.tweede_factor
def test_ook_het_middel_kan_de_tweede_stap_bewijzen(http, stub, westland):
    Inlogdienst.objects.update(tweede_stap="mfa")
    stub.claims = {"amr": ["pwd", "mfa"]}
    log_in(http, stub)
    assert binnen(http)


@pytest.mark.tweede_factor
def test_een_dienst_zonder_afspraak_staat_nergens_voor_in(http, stub, westland):
    Inlogdienst.objects.update(tweede_stap="")
    stub.claims = {"acr": ACR, "amr": ["mfa", ""]}
    log_in(http, stub)
    assert http.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_het_woord_van_de_dienst_geldt_niet_voor_een_later_wachtwoord(http, stub, westland):
    stub.claims = {"acr": ACR}
    log_in(http, stub)
    http.post("/account/logout/")
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert http.get("/").url == reverse("mfa_activate_totp")


@pytest.mark.tweede_factor
def test_de_tweede_stap_telt_alleen_uit_het_getekende_bewijs(http, stub, westland):
    stub.zonder = {"email"}
    stub.userinfo = {"sub": "persoon-1", "email": "marijke@example.nl", "acr": ACR}
    log_in(http, stub)
    assert http.get("/").url == reverse("mfa_activate_totp")


# --- Who is not let in --------------------------------------------------------------------------------------------
def test_er_komt_nooit_een_account_bij(http, stub, westland):
    stub.claims = {"email": "nieuw@example.nl"}
    voor = Gebruiker.objects.count()
    assert geweigerd(log_in(http, stub)) == "geen account"
    assert Gebruiker.objects.count() == voor
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "wie",
    [
        lambda: fabriek.consulent(fabriek.delft(), email="x@example.nl"),
        lambda: fabriek.consulent(fabriek.westland(), fabriek.delft(), email="x@example.nl"),
        lambda: fabriek.medewerker(email="x@example.nl"),
        lambda: fabriek.beheerder(email="x@example.nl"),
        lambda: fabriek.consulent(fabriek.westland(), email="x@example.nl", is_active=False),
    ],
    ids=["andere gemeente", "ook een andere gemeente", "aanbieder", "beheerder", "uitgezet"],
)
def test_wie_niet_van_deze_organisatie_is_komt_er_niet_in(http, stub, westland, wie):
    wie()
    stub.claims = {"email": "x@example.nl"}
    assert geweigerd(log_in(http, stub)) == "geen account"
    assert not binnen(http)
    assert not SocialAccount.objects.exists()


def test_wie_van_gemeente_verandert_komt_er_ook_gekoppeld_niet_meer_in(http, stub, westland, marijke):
    log_in(http, stub)
    marijke.gemeenten.set([fabriek.delft()])
    assert geweigerd(log_in(Http(), stub)) == "geen account"


def test_een_regionale_dienst_spreekt_voor_al_haar_gemeenten(http, stub, westland, marijke):
    marijke.gemeenten.set([fabriek.westland(), fabriek.delft()])
    westland.gemeenten.set([fabriek.westland(), fabriek.delft()])
    log_in(http, stub)
    assert binnen(http)


def test_een_oud_mailadres_bij_een_nieuwe_collega_opent_niets(http, stub, westland):
    log_in(http, stub)
    stub.claims = {"sub": "persoon-2"}
    assert geweigerd(log_in(Http(), stub)) == "geen account"


@pytest.mark.parametrize("geverifieerd", [False, "false"])
def test_een_adres_dat_niet_is_nagegaan_telt_niet(http, stub, westland, geverifieerd):
    stub.claims = {"email_verified": geverifieerd}
    assert geweigerd(log_in(http, stub)) == "e-mailadres"


@pytest.mark.parametrize("email", [None, "", ["marijke@example.nl"], {"a": 1}])
def test_zonder_leesbaar_adres_komt_niemand_binnen(http, stub, westland, email):
    stub.claims = {"email": email}
    assert log_in(http, stub).status_code == 401
    assert not SocialAccount.objects.exists()


# --- eHerkenning, through a broker that serves everybody -----------------------------------------------------------
@pytest.fixture
def linde(stub):
    wie = fabriek.medewerker(fabriek.aanbieder("De Linde"), email="lidia@example.nl", naam="Lidia")
    eis = {"eis_naam": "kvk", "eis_waarde": "90000001"}
    fabriek.inlogdienst("linde", aanbieder=wie.aanbieder, uitgever=stub.adres, tweede_stap=ACR, **eis)
    return wie


@pytest.mark.parametrize("kvk", ["90000001", ["90000000", "90000001"], 90000001])
def test_lidia_komt_binnen_met_eherkenning(http, stub, linde, kvk):
    stub.claims = {"email": "lidia@example.nl", "kvk": kvk, "acr": ACR}
    log_in(http, stub, "linde")
    assert binnen(http)


@pytest.mark.parametrize("kvk", ["90000002", None, ["90000002"], "900000011"])
def test_een_ander_bedrijf_bij_dezelfde_makelaar_niet(http, stub, linde, kvk):
    stub.claims = {"email": "lidia@example.nl", "kvk": kvk}
    assert geweigerd(log_in(http, stub, "linde")) == "organisatie"


def test_twee_aanbieders_bij_dezelfde_makelaar_komen_elk_bij_zichzelf(http, stub, linde):
    eik = fabriek.medewerker(fabriek.aanbieder("De Eik"), email="erik@example.nl")
    eis = {"eis_naam": "kvk", "eis_waarde": "90000002"}
    fabriek.inlogdienst("eik", aanbieder=eik.aanbieder, uitgever=stub.adres, **eis)
    stub.claims = {"email": "lidia@example.nl", "kvk": "90000001"}
    assert geweigerd(log_in(http, stub, "eik")) == "organisatie"
    stub.claims = {"email": "lidia@example.nl", "kvk": "90000002"}
    assert geweigerd(log_in(http, stub, "eik")) == "geen account"
    stub.claims = {"email": "erik@example.nl", "kvk": "90000002"}
    log_in(http, stub, "eik")
    assert binnen(http)


@pytest.mark.tweede_factor
def test_bij_een_gedeelde_makelaar_blijft_de_eigen_code_bij_de_eigen_dienst(http, stub, linde):
    """A log-in that waits for the second factor finds its own service back, not another with the same client id."""
    fabriek.inlogdienst("eik", aanbieder=fabriek.aanbieder("De Eik"), uitgever=stub.adres)
    Authenticator.objects.create(user=linde, type="totp", data={"secret": "x"})
    stub.claims = {"email": "lidia@example.nl", "kvk": "90000001"}
    assert log_in(http, stub, "linde").url == reverse("mfa_authenticate")
    assert http.get(reverse("mfa_authenticate")).status_code == 200


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


# --- What an attacker does with the browser -------------------------------------------------------------------------
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


# --- Only through the service ---------------------------------------------------------------------------------------
def test_waar_de_dienst_verplicht_is_opent_een_wachtwoord_niets(http, stub, westland):
    Inlogdienst.objects.update(verplicht=True)
    antwoord = http.post(
        "/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD}, follow=True
    )
    assert "U logt in via Inlogdienst westland" in antwoord.content.decode()
    assert not binnen(http)
    assert Gebeurtenis.objects.latest("pk").details == {"stap": "wachtwoord mag niet"}
    log_in(http, stub)
    assert binnen(http)


@pytest.mark.parametrize("velden", [{"verplicht": False}, {"actief": False}])
def test_en_anders_wel(http, westland, velden):
    Inlogdienst.objects.update(**{"verplicht": True, **velden})
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert binnen(http)


def test_wie_niet_van_die_dienst_is_houdt_zijn_wachtwoord(http, westland, marijke):
    Inlogdienst.objects.update(verplicht=True)
    marijke.gemeenten.set([fabriek.delft()])
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert binnen(http)


# --- The beheerder ---------------------------------------------------------------------------------------------------
INVUL = {
    "naam": "Gemeente Westland",
    "code": "westland",
    "uitgever": "https://inloggen.example.nl",
    "client_id": "portaal",
    "geheim": "heel-geheim-heel-geheim",
    "tweede_stap": ACR,
    "verplicht": "",
    "actief": "on",
}


@pytest.fixture
def bea(http):
    wie = fabriek.beheerder(naam="Bea")
    http.force_login(wie)
    return wie


def dien_in(http, bij="", **anders):
    pad = (
        reverse("organisaties:inlogdienst", args=[bij]) if bij else reverse("organisaties:inlogdienst-nieuw")
    )
    return http.post(pad, {naam: w for naam, w in {**INVUL, **anders}.items() if w != ""})


def test_bea_zet_een_dienst_klaar(http, bea):
    gemeente = fabriek.westland()
    assert dien_in(http, gemeenten=[gemeente.pk]).status_code == 302
    dienst = Inlogdienst.objects.get()
    assert (dienst.geheim, list(dienst.gemeenten.all())) == ("heel-geheim-heel-geheim", [gemeente])
    pagina = http.get(reverse("organisaties:inlogdienst", args=["westland"])).content.decode()
    assert "/account/organisatie/westland/terug/" in pagina
    assert "heel-geheim" not in pagina
    assert "Gemeente Westland" in http.get(reverse("organisaties:inrichting")).content.decode()
    regel = Gebeurtenis.objects.get(actie="inlogdienst.toegevoegd")
    assert regel.actor_naam == "Bea"
    assert "geheim" in regel.details["velden"]
    assert "heel-geheim" not in str(list(Gebeurtenis.objects.values()))


def test_het_geheim_staat_versleuteld_in_de_database(http, bea):
    dien_in(http, gemeenten=[fabriek.westland().pk])
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(d)::text, geheim_versleuteld from organisaties_inlogdienst d")
        tekst, ruw = cursor.fetchone()
    assert "heel-geheim" not in tekst
    assert b"heel-geheim" not in bytes(ruw)


def test_een_leeg_geheim_laat_het_oude_staan(http, bea):
    gemeente = fabriek.westland()
    dien_in(http, gemeenten=[gemeente.pk])
    assert dien_in(http, "westland", gemeenten=[gemeente.pk], geheim="", naam="Westland").status_code == 302
    dienst = Inlogdienst.objects.get()
    assert (dienst.geheim, dienst.naam) == ("heel-geheim-heel-geheim", "Westland")


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"uitgever": "http://inloggen.example.nl"}, "begint"),
        ({"uitgever": "https://inloggen.example.nl?x=1"}, "begint"),
        ({"geheim": ""}, "Vul het geheim in"),
        ({"eis_naam": "kvk"}, "allebei"),
        ({"code": "Met Spaties"}, "code"),
    ],
)
def test_wat_niet_kan_zegt_het_formulier(http, bea, anders, zin):
    antwoord = dien_in(http, gemeenten=[fabriek.westland().pk], **anders)
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Inlogdienst.objects.exists()


def test_voor_gemeenten_of_voor_een_aanbieder(http, bea):
    aanbieder = fabriek.aanbieder()
    assert "niet allebei" in dien_in(http).content.decode()
    allebei = dien_in(http, gemeenten=[fabriek.westland().pk], aanbieder=aanbieder.pk)
    assert "niet allebei" in allebei.content.decode()
    zonder_eis = dien_in(http, aanbieder=aanbieder.pk)
    assert "aan welk gegeven" in zonder_eis.content.decode()
    assert dien_in(http, aanbieder=aanbieder.pk, eis_naam="kvk", eis_waarde="90000001").status_code == 302


def test_de_code_verandert_niet(http, bea, stub, westland):
    antwoord = dien_in(http, "westland", gemeenten=[fabriek.westland().pk], code="anders")
    assert antwoord.status_code == 422
    assert Inlogdienst.objects.get().code == "westland"


def bewaar(dienst, **velden):
    vers = Inlogdienst.objects.get(pk=dienst.pk)
    return bewaar_inlogdienst(dienst=vers, velden=velden, gemeenten=vers.gemeenten.all(), door=None)


def test_een_andere_uitgever_maakt_iedereen_los(http, stub, westland):
    """The same mark at another service is another person."""
    log_in(http, stub)
    bewaar(westland, naam="Westland")
    assert SocialAccount.objects.count() == 1
    bewaar(westland, uitgever="https://nieuw.example.nl")
    assert not SocialAccount.objects.exists()


def test_een_dienst_die_uitgaat_zet_haar_mensen_eruit_en_anderen_niet(http, stub, westland):
    log_in(http, stub)
    ander = Http()
    ander.force_login(fabriek.consulent())
    bewaar(westland, actief=False)
    assert not binnen(http)
    assert binnen(ander)
    assert Session.objects.count() == 1


def test_opnieuw_uitnodigen_maakt_het_account_los(http, stub, westland, marijke):
    log_in(http, stub)
    beheer = Http()
    beheer.force_login(fabriek.beheerder())
    beheer.post(reverse("organisaties:gebruiker-opnieuw", args=[marijke.kenmerk]))
    stub.claims = {"sub": "persoon-2"}
    log_in(ander := Http(), stub)
    assert binnen(ander)


def test_niets_veranderd_is_geen_regel(westland):
    assert bewaar(westland, naam=westland.naam) == []
    assert not Gebeurtenis.objects.filter(actie__startswith="inlogdienst").exists()
