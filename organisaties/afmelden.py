"""The word of a log-in service that somebody is logged out there (OpenID Connect Back-Channel Logout 1.0).

Everybody can call that address, so what costs nothing is looked at first: a token that could never be right makes us
fetch no keys. A token counts once, and only when it is fresh, so that we need not remember for long which ones we had.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import jwt
from django.core.cache import cache
from django.db import transaction

from organisaties.actions_inloggen import meld_af
from organisaties.oidc import SPELING, Inlogadapter, Inlogfout, leest

GEBEURTENIS: Final = "http://schemas.openid.net/event/backchannel-logout"
LANGST: Final = 10_000
"""Characters of a token; real ones have a thousand."""
VERS: Final = 600
"""Seconds after which a token is too old, whatever it says itself (§2.4 advises two minutes at most)."""
SOORTEN: Final = (None, "jwt", "logout+jwt", "application/logout+jwt")


@dataclass(frozen=True, slots=True)
class Afmelding:
    """Who was logged out there: a person, one session of his, or both."""

    sub: str
    sid: str
    jti: str


@leest
def lees(adapter: Inlogadapter, token: str, *, op: float) -> Afmelding:
    """What the token says, after every check of §2.6; raises Inlogfout with the word for the log."""
    if not token or len(token) > LANGST:
        raise Inlogfout("geen token")
    afmelding = _inhoud(adapter, token, op=op)
    adapter.getekend(token, vereist=("jti", "events"))
    return afmelding


def _inhoud(adapter: Inlogadapter, token: str, *, op: float) -> Afmelding:
    """Before the signature: what it claims to be. The same bytes are proven afterwards."""
    try:
        kop = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as fout:
        raise Inlogfout(type(fout).__name__) from fout
    if claims.get("iss") != adapter.dienst.uitgever:
        raise Inlogfout("uitgever")
    if (kop.get("typ") or "jwt").lower() not in SOORTEN:
        raise Inlogfout("soort")
    if "nonce" in claims:
        raise Inlogfout("nonce")  # an id token, offered as a logout token
    if not isinstance(claims.get("events", {}).get(GEBEURTENIS), dict):
        raise Inlogfout("gebeurtenis")
    if abs(op - int(claims["iat"])) > VERS:
        raise Inlogfout("oud")
    return _van(claims)


def _van(claims: dict[str, Any]) -> Afmelding:
    sub, sid, jti = (claims.get(naam, "") for naam in ("sub", "sid", "jti"))
    if not all(isinstance(deel, str) for deel in (sub, sid, jti)) or not (sub or sid):
        raise Inlogfout("wie")
    return Afmelding(sub=sub, sid=sid, jti=jti)


@transaction.atomic
def voer_uit(adapter: Inlogadapter, afmelding: Afmelding) -> int:
    """End the sessions, once for each token: who sends it again gets a refusal. Both or neither."""
    if not afmelding.jti or not cache.add(_onthoud(adapter, afmelding), 1, timeout=2 * VERS + 2 * SPELING):
        raise Inlogfout("al gehad")
    return meld_af(dienst=adapter.dienst, sub=afmelding.sub, sid=afmelding.sid)


def _onthoud(adapter: Inlogadapter, afmelding: Afmelding) -> str:
    """By service and client, as the mark is theirs; hashed, as it may be long and be anything."""
    wie = f"{adapter.dienst.uitgever}|{adapter.dienst.client_id}|{afmelding.jti}"
    return f"afmelding:{hashlib.sha256(wie.encode()).hexdigest()}"
