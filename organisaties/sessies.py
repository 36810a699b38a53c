"""Who is logged in, where. Sessions stand in the database, so whoever should be out is out at the next click.

What a session is about stands in its content and not in a column, so to find some of them each is read. That is also
how somebody is found who is still between the service of his organisation and our second factor.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

Inhoud = Mapping[str, Any]

ELDERS: Final = "tweede_stap_elders"
"""In a session, and on the request that logs in: the service by which the second factor was given."""
VIA: Final = "inlogdienst"
"""In a session: the service by which somebody came in."""
BIJ_DIENST: Final = "bij_dienst"
"""In a session: how that service calls this person and this session (`sub`, `sid`)."""
WAARMEE: Final = "waarmee"
"""In a session: which browser, for the person himself to know it by."""

_BROWSERS: Final = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMEN: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sessie:
    """One place where somebody is logged in, as he may see it himself."""

    kenmerk: str
    begonnen_op: datetime
    laatst_op: datetime
    waarmee: str
    via: str
    deze: bool


def eindig(hoort: Callable[[Inhoud], bool], *, behalve: str | None = None) -> int:
    """End every session to which this applies, except one; answers how many."""
    return _weg(sleutel for sleutel, inhoud in _lopend() if sleutel != behalve and hoort(inhoud))


def van(gebruiker_id: int) -> Callable[[Inhoud], bool]:
    return lambda inhoud: inhoud.get(SESSION_KEY) == str(gebruiker_id)


def via(codes: set[str]) -> Callable[[Inhoud], bool]:
    return lambda inhoud: inhoud.get(VIA) in codes


def bij_dienst(codes: set[str], *, sub: str, sid: str) -> Callable[[Inhoud], bool]:
    """By what the service calls the session; or by the person, if it names no session (Back-Channel Logout §2.7).

    A session that began without a `sid` ends with its person: the service cannot have meant another one.
    """

    def hoort(inhoud: Inhoud) -> bool:
        daar = inhoud.get(BIJ_DIENST) or {}
        zelfde_persoon = not sub or daar.get("sub") == sub
        zelfde_sessie = not sid or daar.get("sid") == sid or (bool(sub) and not daar.get("sid"))
        return inhoud.get(VIA) in codes and zelfde_persoon and zelfde_sessie

    return hoort


def lijst(gebruiker_id: int, *, deze: str | None, op: datetime) -> list[Sessie]:
    """Where this person is logged in now, this very session first, then the one that was used last."""
    rijen = [_als_sessie(sleutel, inhoud, deze=deze, op=op) for sleutel, inhoud in _van(gebruiker_id)]
    return sorted(filter(None, rijen), key=lambda s: (not s.deze, -s.laatst_op.timestamp()))


def eindig_eigen(gebruiker_id: int, *, kenmerk: str = "", behalve: str | None) -> int:
    """The one of this person with that mark; without a mark all of them. Never the one that asks."""
    return _weg(
        sleutel
        for sleutel, _ in _van(gebruiker_id)
        if sleutel != behalve and kenmerk in ("", kenmerk_van(sleutel))
    )


def houd_er(gebruiker_id: int, hoogstens: int, *, deze: str | None) -> int:
    """Who logs in at one place too many is logged out where he began longest ago (ASVS 7.1.2)."""
    andere = [
        (inhoud.get("begonnen", 0), sleutel) for sleutel, inhoud in _van(gebruiker_id) if sleutel != deze
    ]
    return _weg(sleutel for _, sleutel in sorted(andere, reverse=True)[hoogstens - 1 :])


def kenmerk_van(sleutel: str) -> str:
    """A mark for the page: whoever reads it there cannot make the cookie of it."""
    return hashlib.sha256(f"sessie|{sleutel}".encode()).hexdigest()[:32]


def herken(agent: str) -> str:
    """`Firefox op Windows`. Only for recognising; no decision rests on what a browser says of itself."""
    browser = next((naam for teken, naam in _BROWSERS if teken in agent), "")
    systeem = next((naam for teken, naam in _SYSTEMEN if re.search(rf"\b{teken}\b", agent)), "")
    return " op ".join(deel for deel in (browser or "onbekende browser", systeem) if deel)


def _lopend() -> Iterator[tuple[str, Inhoud]]:
    for rij in Session.objects.filter(expire_date__gt=Now()).iterator():
        yield rij.session_key, rij.get_decoded()


def _van(gebruiker_id: int) -> Iterator[tuple[str, Inhoud]]:
    hoort = van(gebruiker_id)
    return ((sleutel, inhoud) for sleutel, inhoud in _lopend() if hoort(inhoud))


def _weg(sleutels: Iterable[str]) -> int:
    weg = list(sleutels)
    Session.objects.filter(session_key__in=weg).delete()
    return len(weg)


def _als_sessie(sleutel: str, inhoud: Inhoud, *, deze: str | None, op: datetime) -> Sessie | None:
    """None when it was idle for so long that its next click ends at the log-in page."""
    begonnen = datetime.fromtimestamp(inhoud.get("begonnen", op.timestamp()), tz=UTC)
    laatst = datetime.fromtimestamp(inhoud.get("laatst", op.timestamp()), tz=UTC)
    if sleutel != deze and op - laatst > timedelta(minutes=settings.SESSIE_STIL_MINUTEN):
        return None
    return Sessie(
        kenmerk=kenmerk_van(sleutel),
        begonnen_op=begonnen,
        laatst_op=laatst,
        waarmee=inhoud.get(WAARMEE) or "onbekende browser",
        via=inhoud.get(VIA) or "",
        deze=sleutel == deze,
    )
