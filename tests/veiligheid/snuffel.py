"""The sniffer: no BSN of a test may leave through a log, a mail, an address, a file name, the broker or an error page.

It watches every test of the run (fixture `_snuffelaar` in tests/conftest.py). A story in which a BSN must show up
there marks itself `bsn_zichtbaar("waarom")`.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from celery.signals import before_task_publish
from django.core import mail
from django.test import Client as Http

from wmo_portal.lib.bsn import is_test_bsn, vind_bsns

FOUTPAGINAS = {403, 404, 413, 500}


def bsns(tekst: str) -> list[str]:
    """Valid numbers of the range that tests use: one number in eleven passes the 11-proef by chance."""
    return [nummer for nummer in vind_bsns(tekst) if is_test_bsn(nummer)]


class Oor(logging.Handler):
    """Hears each record as it was written, before any filter masks it."""

    def __init__(self, snuffelaar: "Snuffelaar") -> None:
        super().__init__(logging.DEBUG)
        self.snuffelaar = snuffelaar

    def emit(self, record: logging.LogRecord) -> None:
        fout = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        self.snuffelaar.ruik(f"log {record.name}", f"{record.getMessage()} {fout}")


class Snuffelaar:
    def __init__(self) -> None:
        self.vondsten: list[str] = []
        self.geroken = 0

    def ruik(self, waar: str, tekst: str) -> None:
        self.geroken += 1
        if bsns(tekst):
            self.vondsten.append(f"Een BSN in {waar}")

    def verzoek(self, oud: Any) -> Any:
        """Wraps `Client.request` of Django's test client."""

        def request(http: Http, **verzoek: Any) -> Any:
            pad = f"{verzoek.get('PATH_INFO', '')}?{verzoek.get('QUERY_STRING', '')}"
            self.ruik("het adres van een verzoek", pad)
            antwoord = oud(http, **verzoek)
            self._antwoord(antwoord)
            return antwoord

        return request

    def _antwoord(self, antwoord: Any) -> None:
        for kop, waarde in antwoord.items():
            self.ruik(f"de kop {kop} van een antwoord", str(waarde))
        if antwoord.status_code in FOUTPAGINAS and not antwoord.streaming:
            self.ruik(
                f"een pagina met status {antwoord.status_code}", antwoord.content.decode(errors="replace")
            )

    def taak(self, body: Any = None, headers: Any = None, **_: Any) -> None:
        self.ruik("een bericht aan de worker", f"{body!r} {headers!r}")

    def post(self) -> None:
        for brief in getattr(mail, "outbox", []):
            self.ruik("een mail", f"{brief.subject} {brief.body} {' '.join(brief.to)}")


@contextmanager
def snuffelend() -> Iterator[Snuffelaar]:
    snuffelaar = Snuffelaar()
    oor = Oor(snuffelaar)
    wortel = logging.getLogger()
    wortel.handlers.insert(0, oor)  # first: the handlers after it mask the record itself
    before_task_publish.connect(snuffelaar.taak)
    try:
        with mock.patch.object(Http, "request", snuffelaar.verzoek(Http.request)):
            yield snuffelaar
        snuffelaar.post()
    finally:
        before_task_publish.disconnect(snuffelaar.taak)
        wortel.removeHandler(oor)
