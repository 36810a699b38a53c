"""Leaving at the identity provider ends what began by it (Back-Channel Logout 1.0), and leaving here can end that."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client as Http
from django.urls import reverse

from logboek.models import Gebeurtenis
from organisaties.afmelden import GEBEURTENIS, VERS
from organisaties.models import Inlogdienst
from tests import fabriek
from tests.organisaties.inlogverhaal import WACHTWOORD, binnen, log_in

pytestmark = pytest.mark.django_db


def meld_af(token, code="westland"):
    """The service calls: no session, no cookie, no csrf token."""
    dienst = Http(enforce_csrf_checks=True)
    velden = {"logout_token": token} if token is not None else {}
    return dienst.post(reverse("inlogdienst-afgemeld", args=[code]), velden)


def geweigerd_omdat(antwoord) -> str:
    """400 with the word, the same word in the log."""
    assert antwoord.status_code == 400
    assert antwoord.json()["error"] == "invalid_request"
    regel = Gebeurtenis.objects.filter(actie="inlogdienst.afmelding_geweigerd").latest("pk")
    assert regel.details == {"dienst": "westland", "waarom": antwoord.json()["error_description"]}
    return regel.details["waarom"]


def ingelogd(stub, *, sid="", code="westland") -> Http:
    stub.claims = {**stub.claims, **({"sid": sid} if sid else {})}
    log_in(http := Http(), stub, code)
    assert binnen(http)
    return http


# --- It ends -------------------------------------------------------------------------------------------------------
def test_wie_bij_zijn_werk_uitlogt_is_hier_bij_de_volgende_klik_uit(stub, westland):
    marijke = ingelogd(stub)
    antwoord = meld_af(stub.afmelding())
    assert (antwoord.status_code, antwoord.content) == (200, b"")
    assert antwoord["Cache-Control"] == "no-store"
    assert not binnen(marijke)
    regel = Gebeurtenis.objects.latest("pk")
    assert (regel.actie, regel.details) == ("inlogdienst.afgemeld", {"dienst": "westland", "sessies": 1})


def test_anderen_blijven_binnen(stub, westland, marijke):
    """Another person of the service; the same person, with a password; and who logs in afterwards."""
    fabriek.consulent(fabriek.westland(), email="wim@example.nl")
    stub.claims = {"sub": "persoon-2", "email": "wim@example.nl"}
    wim = ingelogd(stub)
    met_wachtwoord = Http()
    met_wachtwoord.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    meld_af(stub.afmelding())
    assert binnen(wim)
    assert binnen(met_wachtwoord)
    stub.claims = {}
    assert binnen(ingelogd(stub))


def test_een_sessie_van_iemand_gaat_uit_en_zijn_andere_niet(stub, westland):
    kantoor, thuis = ingelogd(stub, sid="s-kantoor"), ingelogd(stub, sid="s-thuis")
    assert meld_af(stub.afmelding(sid="s-kantoor")).status_code == 200
    assert not binnen(kantoor)
    assert binnen(thuis)
    assert meld_af(stub.afmelding(zonder="sub", sid="s-thuis")).status_code == 200
    assert not binnen(thuis)


def test_zonder_sid_gaan_ze_allemaal_uit(stub, westland):
    kantoor, thuis = ingelogd(stub, sid="s-kantoor"), ingelogd(stub)
    meld_af(stub.afmelding())
    assert not binnen(kantoor)
    assert not binnen(thuis)


def test_een_sid_hoort_bij_een_persoon(stub, westland):
    """A service may count its sessions per person: the same mark with somebody else is another session."""
    marijke = ingelogd(stub, sid="1")
    meld_af(stub.afmelding(sub="persoon-2", sid="1"))
    assert binnen(marijke)


def test_een_sessie_die_begon_zonder_sid_eindigt_met_haar_persoon(stub, westland):
    marijke = ingelogd(stub)
    meld_af(stub.afmelding(zonder="sub", sid="s-1"))
    assert binnen(marijke)  # nothing says that this was hers
    meld_af(stub.afmelding(sid="s-1"))
    assert not binnen(marijke)


def _code(geheim: str) -> str:
    return format_hotp_value(hotp_value(geheim, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.tweede_factor
def test_ook_wie_hier_de_tweede_stap_gaf_is_eruit(stub, westland, marijke):
    """Between the service and our own second factor lies another request; the tie with the service survives it."""
    TOTP.activate(marijke, geheim := "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    log_in(http := Http(), stub)
    assert http.post(reverse("mfa_authenticate"), {"code": _code(geheim)}).status_code == 302
    assert binnen(http)
    meld_af(stub.afmelding())
    assert not binnen(http)


@pytest.mark.tweede_factor
def test_ook_wie_nog_bij_de_tweede_stap_staat(stub, westland, marijke):
    TOTP.activate(marijke, geheim := "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    log_in(http := Http(), stub)
    meld_af(stub.afmelding())
    http.post(reverse("mfa_authenticate"), {"code": _code(geheim)})
    assert not binnen(http)


def test_een_makelaar_spreekt_voor_al_zijn_organisaties_hier(stub, westland):
    """One client at the broker, one address there, two organisations here; a third has a client of its own."""
    for naam, client in (("eik", "portaal"), ("linde", "ander-client")):
        wie = fabriek.medewerker(fabriek.aanbieder(naam), email=f"{naam}@example.nl")
        fabriek.inlogdienst(naam, aanbieder=wie.aanbieder, uitgever=stub.adres, client_id=client)
    stub.claims = {"email": "eik@example.nl"}
    eik = ingelogd(stub, code="eik")
    stub.claims = {"email": "linde@example.nl"}
    linde = ingelogd(stub, code="linde")
    assert meld_af(stub.afmelding()).status_code == 200
    assert not binnen(eik)
    assert binnen(linde)


def test_niemand_om_uit_te_loggen_is_geen_fout(stub, westland):
    assert meld_af(stub.afmelding(sub="onbekend")).status_code == 200


# --- What is not believed --------------------------------------------------------------------------------------------
LEUGENS = [
    ({"iss": "https://iemand-anders.example.nl"}, "uitgever"),
    ({"aud": "een-ander-portaal"}, "InvalidAudienceError"),
    ({"aud": ["portaal", "een-ander-portaal"]}, "ook voor een ander"),
    ({"exp": 1}, "ExpiredSignatureError"),
    ({"iat": "gisteren"}, "onleesbaar antwoord (ValueError)"),
    ({"nonce": "n"}, "nonce"),
    ({"nonce": ""}, "nonce"),
    ({"events": {"http://schemas.openid.net/event/iets-anders": {}}}, "gebeurtenis"),
    ({"events": {GEBEURTENIS: "ja"}}, "gebeurtenis"),
    ({"events": [GEBEURTENIS]}, "onleesbaar antwoord (AttributeError)"),
    ({"sub": ""}, "wie"),
    ({"sub": ["persoon-1"]}, "wie"),
    ({"sid": 7}, "wie"),
    ({"jti": 7}, "wie"),
    ({"jti": ""}, "al gehad"),
    ({"typ": "at+jwt"}, "soort"),
    ({"zonder": "iss"}, "uitgever"),
    ({"zonder": "aud"}, "MissingRequiredClaimError"),
    ({"zonder": "iat"}, "onleesbaar antwoord (KeyError)"),
    ({"zonder": "exp"}, "MissingRequiredClaimError"),
    ({"zonder": "jti"}, "MissingRequiredClaimError"),
    ({"zonder": "events"}, "gebeurtenis"),
    ({"zonder": "sub"}, "wie"),
]
"""What is wrong with a logout token, and the word for it. One log-in serves them all: none of them ends it."""


def test_een_afmelding_die_niet_klopt_beeindigt_niets(stub, westland):
    marijke, nu = ingelogd(stub), int(time.time())
    oud = [({"iat": nu - VERS - 5}, "oud"), ({"iat": nu + VERS + 60, "exp": nu + VERS + 90}, "oud")]
    for anders, waarom in LEUGENS + oud:
        assert geweigerd_omdat(meld_af(stub.afmelding(**anders))) == waarom, anders
        assert binnen(marijke), anders


@pytest.mark.parametrize("typ", ["logout+jwt", "JWT", "application/logout+jwt"])
def test_een_net_geldige_afmelding_telt(stub, westland, typ):
    """The other side of the lines above: nearly too old, running out just now, the other ways to name its kind."""
    marijke = ingelogd(stub)
    nu = int(time.time())
    token = stub.afmelding(iat=nu - VERS + 60, exp=nu - 30, typ=typ, aud=["portaal"])
    assert meld_af(token).status_code == 200
    assert not binnen(marijke)


def test_een_afmelding_met_de_handtekening_van_een_ander(stub, westland):
    marijke = ingelogd(stub)
    stub.ondertekent = stub.vreemd
    assert geweigerd_omdat(meld_af(stub.afmelding())) == "InvalidSignatureError"
    assert binnen(marijke)


@pytest.mark.parametrize("algoritme", ["none", "HS256"])
def test_een_afmelding_zonder_echte_handtekening(stub, westland, algoritme):
    marijke = ingelogd(stub)
    stub.algoritme = algoritme
    stub.ondertekent = None if algoritme == "none" else "portaal-portaal-portaal-portaal-portaal"
    assert geweigerd_omdat(meld_af(stub.afmelding())) == "InvalidAlgorithmError"
    assert binnen(marijke)


def test_een_inlogbewijs_is_geen_afmelding(stub, westland):
    """Whoever caught an id token cannot log its person out with it."""
    marijke = ingelogd(stub)
    bewijs = stub.afmelding(zonder="events", nonce="n", typ="JWT")
    assert geweigerd_omdat(meld_af(bewijs)) == "nonce"
    assert geweigerd_omdat(meld_af(stub.afmelding(zonder="events"))) == "gebeurtenis"
    assert binnen(marijke)


def test_dezelfde_afmelding_telt_een_keer(stub, westland):
    ingelogd(stub)
    token = stub.afmelding()
    assert meld_af(token).status_code == 200
    marijke = ingelogd(stub)
    assert geweigerd_omdat(meld_af(token)) == "al gehad"
    assert binnen(marijke)
    assert meld_af(stub.afmelding()).status_code == 200


def test_een_afmelding_die_mislukt_mag_nog_een_keer(stub, westland, monkeypatch):
    """What was remembered and what was done are one transaction."""
    from organisaties import afmelden

    marijke, token = ingelogd(stub), stub.afmelding()

    def kapot(**_):
        raise RuntimeError

    with monkeypatch.context() as even:
        even.setattr(afmelden, "meld_af", kapot)
        with pytest.raises(RuntimeError):
            meld_af(token)
    assert meld_af(token).status_code == 200
    assert not binnen(marijke)


@pytest.mark.parametrize("token", [None, "", "geen.token", "a.b.c", "x" * 20_000])
def test_onzin_wordt_geweigerd_zonder_de_dienst_te_bellen(stub, westland, token):
    assert geweigerd_omdat(meld_af(token))
    assert stub.gevraagd == []


def test_wat_zichtbaar_niet_klopt_kost_de_dienst_niets(stub, westland):
    meld_af(stub.afmelding(iss="https://iemand-anders.example.nl"))
    assert stub.gevraagd == []
    meld_af(stub.afmelding())
    assert "/jwks" in stub.gevraagd  # the negative control


def test_wie_blijft_bellen_moet_wachten(stub, westland, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "afmelden": "2/m/ip"}
    assert [meld_af("onzin").status_code for _ in range(3)] == [400, 400, 429]


@pytest.mark.parametrize("hoe", ["uit", "onbekend"])
def test_een_dienst_die_hier_niet_aan_staat_heeft_geen_adres(stub, westland, hoe):
    Inlogdienst.objects.filter(code="westland").update(actief=hoe != "uit")
    assert meld_af(stub.afmelding(), "westland" if hoe == "uit" else "delft").status_code == 404


def test_een_andere_dienst_beeindigt_mijn_sessie_niet(stub, westland):
    """Delft has its own service: with its own true signature it cannot log out Marijke of Westland."""
    marijke = ingelogd(stub)
    fabriek.inlogdienst("delft", fabriek.delft(), uitgever="https://delft.example.nl")
    assert meld_af(stub.afmelding(), "delft").status_code == 400
    Inlogdienst.objects.filter(code="delft").update(uitgever=stub.adres, client_id="van-delft")
    assert meld_af(stub.afmelding(aud="van-delft"), "delft").status_code == 200
    assert binnen(marijke)


def test_het_adres_kent_alleen_post(http, westland):
    assert http.get(reverse("inlogdienst-afgemeld", args=["westland"])).status_code == 405


# --- The other way round ---------------------------------------------------------------------------------------------
def test_na_uitloggen_staat_er_dat_men_daar_nog_is_ingelogd(stub, westland):
    marijke = ingelogd(stub)
    antwoord = marijke.post("/account/logout/", follow=True)
    assert not binnen(marijke)
    assert "bent u nog ingelogd" in antwoord.content.decode()
    weg = marijke.get(reverse("inlogdienst-uit", args=["westland"]))
    vraag = {naam: w[0] for naam, w in parse_qs(urlsplit(weg.url).query).items()}
    assert weg.url.startswith(f"{stub.adres}/uit?")
    assert vraag["client_id"] == "portaal"
    assert vraag["post_logout_redirect_uri"].endswith("/account/organisatie/westland/uitgelogd/")
    assert "id_token_hint" not in vraag
    terug = marijke.get(reverse("inlogdienst-uitgelogd", args=["westland"]), {"state": vraag["state"]})
    assert "bij het Wmo-portaal en bij" in terug.content.decode()
    verzonnen = marijke.get(reverse("inlogdienst-uitgelogd", args=["westland"]), {"state": "verzonnen"})
    assert "bent u nog ingelogd" in verzonnen.content.decode()


def test_wie_met_een_wachtwoord_binnenkwam_komt_op_de_inlogpagina(http, westland, marijke):
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    assert http.post("/account/logout/").url == "/"


def test_wie_na_de_dienst_een_wachtwoord_gaf_heeft_met_de_dienst_niets_meer(stub, westland):
    http = ingelogd(stub)
    http.post("/account/logout/")
    http.post("/account/login/", {"login": "marijke@example.nl", "password": WACHTWOORD})
    meld_af(stub.afmelding())
    assert binnen(http)


@pytest.mark.parametrize("adres", [None, "http://inloggen.example.nl/uit", "javascript:alert(1)"])
def test_een_dienst_zonder_veilig_adres_om_uit_te_loggen(http, stub, westland, adres):
    stub.ontdekking = {"end_session_endpoint": adres}
    antwoord = http.get(reverse("inlogdienst-uit", args=["westland"]))
    assert antwoord.status_code == 200
    assert "kan niet vanaf hier" in antwoord.content.decode()


def test_een_dienst_die_dan_niet_antwoordt(http, stub, westland):
    Inlogdienst.objects.update(uitgever="http://127.0.0.1:9")
    assert "kan niet vanaf hier" in http.get(reverse("inlogdienst-uit", args=["westland"])).content.decode()


@pytest.mark.tweede_factor
def test_een_dienst_die_uitgaat_zet_ook_uit_wie_hier_de_tweede_stap_gaf(stub, westland, marijke):
    from organisaties.actions_inloggen import bewaar_inlogdienst

    TOTP.activate(marijke, geheim := "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    log_in(http := Http(), stub)
    http.post(reverse("mfa_authenticate"), {"code": _code(geheim)})
    assert binnen(http)
    assert Authenticator.objects.filter(user=marijke, last_used_at__isnull=False).exists()
    vers = Inlogdienst.objects.get()
    bewaar_inlogdienst(dienst=vers, velden={"actief": False}, gemeenten=vers.gemeenten.all(), door=None)
    assert not binnen(http)
