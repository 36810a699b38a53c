"""Forty sessions over HTTP, and who they are: each answer is judged and counted, a client of somebody else is a leak."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.belasting.gedrag import PAGINAS, Velden, Werkdag
from benchmarks.gegevens import Bron

PER_ROL: Final = 8
MERK: Final = re.compile(rb"Merk(\d+)x")
KENMERK: Final = re.compile(r"[0-9a-f-]{36}")


@dataclass(slots=True)
class Telling:
    """What all sessions saw."""

    tijden: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    fouten: list[str] = field(default_factory=list)
    vreemd: list[str] = field(default_factory=list)
    slot: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class Mens:
    """One session."""

    naam: str
    rol: str
    koekjes: str
    csrf: str
    eigen: frozenset[int]
    poort: int
    telling: Telling
    meetelt: Callable[[], bool]

    def vraag(self, adres: str, velden: Velden | None) -> str:
        """Ask, judge and count; the text of the page."""
        lichaam = None if velden is None else urlencode([*velden, ("csrfmiddlewaretoken", self.csrf)])
        soort = f"{self.rol} {'' if velden is None else 'POST '}{KENMERK.sub('…', adres)}"
        koppen = {"Cookie": self.koekjes, "Host": "localhost"}
        if lichaam is not None:
            koppen["Content-Type"] = "application/x-www-form-urlencoded"
        van = time.perf_counter()
        try:
            lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
            lijn.request("GET" if lichaam is None else "POST", adres, lichaam, koppen)
            antwoord = lijn.getresponse()
            inhoud, status = antwoord.read(), antwoord.status
            lijn.close()
        except OSError as fout:
            inhoud, status = b"", 599
            adres += f" ({type(fout).__name__})"
        self._tel(soort, adres, status, inhoud, time.perf_counter() - van)
        return inhoud.decode("utf-8", "replace")

    def _tel(self, soort: str, adres: str, status: int, inhoud: bytes, duur: float) -> None:
        vreemd = {int(merk) for merk in MERK.findall(inhoud)} - self.eigen
        with self.telling.slot:
            if self.meetelt():
                self.telling.tijden[soort].append(duur)
            if status >= 400:
                self.telling.fouten.append(f"{self.rol} {adres}: {status}")
            if vreemd:
                self.telling.vreemd.append(f"{self.naam} op {adres}: {len(vreemd)} vreemde merken")


def merk_clienten(bron: Bron) -> None:
    """Every client bears a mark in his name, by which a page that shows him betrays itself."""
    with bron.als_beheerder() as baas:
        baas.execute("set session_replication_role = replica")
        baas.execute(
            "update beschikkingen_client set achternaam = 'Merk' || id || 'x', zoeknaam = 'merk' || id || 'x'"
        )
        baas.execute("vacuum analyze beschikkingen_client")


def mensen(poort: int, telling: Telling, meetelt: Callable[[], bool]) -> list[Werkdag]:
    """Eight of each role, logged in, each with a day of work of his own."""
    from organisaties.enums import Rol
    from organisaties.models import Gebruiker

    uit = []
    for rol in PAGINAS:
        kandidaten = list(Gebruiker.objects.filter(rol=Rol(rol), is_active=True).order_by("pk")[:PER_ROL])
        if not kandidaten:
            raise SystemExit(f"De gegevensset heeft niemand met de rol {rol}.")
        for n in range(PER_ROL):
            wie, csrf = kandidaten[n % len(kandidaten)], f"{n:032d}"
            koekjes = _ingelogd(wie, csrf)
            mens = Mens(f"{rol} {n}", rol, koekjes, csrf, _eigen(wie), poort, telling, meetelt)
            uit.append(Werkdag(rol, random.Random(f"{rol}{n}"), mens.vraag))
    return uit


def _ingelogd(wie: Any, csrf: str) -> str:
    """The cookies of a session with a second factor; two sessions of one person have one factor."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.conf import settings
    from django.test import Client as Http

    if not Authenticator.objects.filter(user=wie).exists():
        TOTP.activate(wie, generate_totp_secret())
    web = Http()
    web.force_login(wie)
    naam = settings.SESSION_COOKIE_NAME
    return f"{naam}={web.cookies[naam].value}; {settings.CSRF_COOKIE_NAME}={csrf}"


def _eigen(wie: Any) -> frozenset[int]:
    """The clients this person may see, asked without the walls: from the tables themselves."""
    from beschikkingen.models import Client, Toewijzing

    if wie.aanbieder_id:
        rijen = Toewijzing.objects.filter(aanbieder_id=wie.aanbieder_id).values_list("client_id", flat=True)
        return frozenset(rijen)
    if not wie.bereik.gemeenten:
        return frozenset()
    return frozenset(Client.objects.filter(gemeente_id__in=wie.bereik.gemeenten).values_list("pk", flat=True))
