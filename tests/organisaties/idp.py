"""A small identity provider on this machine: real HTTP, real signatures, and every lie a test asks for."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

GEHEIM = "een-geheim-van-de-dienst"


@cache
def _sleutels() -> tuple[rsa.RSAPrivateKey, rsa.RSAPrivateKey]:
    """Its own key and somebody else's; made once, for that takes long."""
    return tuple(rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Inlogstub:
    """`claims` and `leugens` change what it says; `codes` remembers what it was asked for each code."""

    def __init__(self) -> None:
        self.sleutel, self.vreemd = _sleutels()
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.zonder: set[str] = set()
        self.ondertekent, self.algoritme, self.kid = self.sleutel, "RS256", "k1"
        self.ontdekking: dict[str, Any] = {}
        self.rauw: dict[str, tuple[int, bytes]] = {}
        self.gevraagd: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._maak_deur())
        self.adres = f"http://127.0.0.1:{self.server.server_port}"
        # It looks this often whether it may stop, which every test waits for.
        self.draad = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.draad.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.draad.join()

    # --- What the person does at the service: log in there, and be sent back ---
    def keur_goed(self, adres: str) -> str:
        """The query string with which the browser comes back."""
        vraag = {naam: w[0] for naam, w in parse_qs(urlsplit(adres).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = vraag
        return urlencode({"code": code, "state": vraag["state"]})

    # --- What it tells the portal by itself ---
    def afmelding(self, *, zonder: str = "", typ: str = "logout+jwt", **anders: Any) -> str:
        """A logout token about `persoon-1`, with every lie a test asks for."""
        nu = int(time.time())
        claims = {
            "iss": self.adres,
            "aud": "portaal",
            "sub": "persoon-1",
            "iat": nu,
            "exp": nu + 120,
            "jti": token_hex(8),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            **anders,
        }
        claims.pop(zonder, None)
        kop = {"kid": self.kid, "typ": typ}
        return jwt.encode(claims, self.ondertekent, algorithm=self.algoritme, headers=kop)

    # --- What it answers to the portal ---
    def antwoord(self, pad: str, velden: dict[str, str]) -> tuple[int, bytes]:
        self.gevraagd.append(pad)
        if pad in self.rauw:
            return self.rauw[pad]
        wat = {
            "/.well-known/openid-configuration": self._ontdek,
            "/jwks": self._sleutels,
            "/userinfo": lambda _: (200, self.userinfo),
            "/token": self._token,
        }
        status, inhoud = wat[pad](velden)
        return status, json.dumps(inhoud).encode()

    def _ontdek(self, _: dict[str, str]) -> tuple[int, dict[str, Any]]:
        eigen = {
            "issuer": self.adres,
            "authorization_endpoint": f"{self.adres}/auth",
            "token_endpoint": f"{self.adres}/token",
            "jwks_uri": f"{self.adres}/jwks",
            "userinfo_endpoint": f"{self.adres}/userinfo",
            "end_session_endpoint": f"{self.adres}/uit",
        }
        return 200, {**eigen, **self.ontdekking}

    def _sleutels(self, _: dict[str, str]) -> tuple[int, dict[str, Any]]:
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.sleutel.public_key()))
        return 200, {"keys": [{**jwk, "kid": "k1", "use": "sig", "alg": "RS256"}]}

    def _token(self, velden: dict[str, str]) -> tuple[int, dict[str, Any]]:
        vraag = self.codes.pop(velden.get("code", ""), None)
        if vraag is None or velden.get("client_secret") != GEHEIM or not _pkce_klopt(vraag, velden):
            return 400, {"error": "invalid_grant"}
        nu = int(time.time())
        claims = {
            "iss": self.adres,
            "aud": vraag["client_id"],
            "sub": "persoon-1",
            "email": "marijke@example.nl",
            "nonce": vraag["nonce"],
            "iat": nu,
            "exp": nu + 300,
            **self.claims,
        }
        claims = {naam: w for naam, w in claims.items() if naam not in self.zonder}
        bewijs = jwt.encode(claims, self.ondertekent, algorithm=self.algoritme, headers={"kid": self.kid})
        return 200, {"access_token": "toegang", "token_type": "Bearer", "expires_in": 300, "id_token": bewijs}

    def _maak_deur(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Deur(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._geef({})

            def do_POST(self) -> None:
                lengte = int(self.headers.get("content-length", 0))
                velden = parse_qs(self.rfile.read(lengte).decode())
                self._geef({naam: w[0] for naam, w in velden.items()})

            def _geef(self, velden: dict[str, str]) -> None:
                status, inhoud = stub.antwoord(urlsplit(self.path).path, velden)
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("location", inhoud.decode())
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(inhoud)))
                self.end_headers()
                self.wfile.write(inhoud)

            def log_message(self, *args: Any) -> None:
                pass

        return Deur


def _pkce_klopt(vraag: dict[str, str], velden: dict[str, str]) -> bool:
    hash_ = hashlib.sha256(velden.get("code_verifier", "").encode()).digest()
    gemaakt = base64.urlsafe_b64encode(hash_).rstrip(b"=").decode()
    return vraag.get("code_challenge_method") == "S256" and vraag.get("code_challenge") == gemaakt
