"""Walking the matrix: every address, every method, every kind of row, as one person. Answers what was wrong."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.test import Client as Http
from django.urls import URLPattern, reverse

from organisaties.rollen import mag
from tests.huis.test_wetten import bladeren
from tests.veiligheid.matrix import MATRIX, Rij
from tests.veiligheid.wereld import ONBEKEND, ROLLEN, Hoek, Wereld, bouw
from wmo_portal.lib import rls

INLOG = "/account/login/"
# Enough to see that the walk finds what is open.
EEN_PAAR = ("stopberichten:berichten", "stopberichten:bericht", "resultaat:termijnen")
# What a look may write: that there was a look, and that the session goes on.
MAG_SCHRIJVEN = ("logboek_%", "django_session", "pghistory_context")


@cache
def patronen() -> dict[str, URLPattern]:
    return dict(bladeren())


def adres(naam: str, rij: Rij, hoek: Hoek | None = None) -> str:
    """The address of a row about something of this corner; without corner, of something that does not exist."""
    over = hoek.rij.get(rij.over) if hoek and rij.over else None
    parameters = set(patronen()[naam].pattern.converters)
    pad = reverse(naam, kwargs=_waarden(over, parameters))
    return f"{pad}?{rij.vraag}" if rij.vraag else pad


def _waarden(over: Any, parameters: set[str]) -> dict[str, Any]:
    if over is None:
        onbekend = {
            "nummer": 0,
            "deel": "uitval",
            "gemeente": "1783",
            "code": "x",
            "agb": "x",
            "sleutel": "x",
        }
        return {param: onbekend.get(param, ONBEKEND) for param in parameters}
    if "nummer" in parameters and hasattr(over, "regio"):
        return {"code": over.regio.code, "nummer": over.pk}
    return {param: getattr(over, param) if hasattr(over, param) else over.pk for param in parameters}


def gewijzigd() -> dict[str, int]:
    """How many rows this transaction wrote, by table, outside the log: PostgreSQL counts them itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"
            " where not relname like any(%s)",
            [list(MAG_SCHRIJVEN)],
        )
        return dict(cursor.fetchall())


class Wandeling:
    """One person on his way along every address."""

    def __init__(self, wereld: Wereld, letter: str) -> None:
        self.wereld, self.letter = wereld, letter
        self.http = Http(raise_request_exception=False)
        self.streng = Http(raise_request_exception=False, enforce_csrf_checks=True)
        wie = wereld.mensen[ROLLEN[letter].value]
        self.http.force_login(wie)
        self.streng.force_login(wie)
        self.fout: list[str] = []
        self.teksten = 0

    def vreemd(self, rij: Rij) -> list[Hoek]:
        if not rij.over or rij.gedeeld:
            return []
        return [self.wereld.DE, self.wereld.WE] if self.letter == "A" else [self.wereld.DE]

    def vreemde_merken(self) -> list[str]:
        if self.letter == "B":
            return []  # lets people in; sees names of people and organisations, which carry marks too
        return [hoek.merk for hoek in self.vreemd(Rij("", over="x"))]

    def vraag(self, methode: str, pad: str, http: Http | None = None) -> Any:
        """One request, undone afterwards, so that each finds the same world."""
        (http or self.http).cookies.pop("messages", None)  # what an earlier deed said, and that is undone
        plek = transaction.savepoint()
        voor = gewijzigd() if methode == "get" else {}
        antwoord = getattr(http or self.http, methode)(pad)
        rls.zet(rls.SYSTEEM)
        na = (
            {tabel for tabel, n in gewijzigd().items() if n != voor.get(tabel, 0)} if methode == "get" else ()
        )
        transaction.savepoint_rollback(plek)
        if na:
            self.fout.append(f"GET {pad} als {self.letter} schreef in {sorted(na)}")
        self._ruik(antwoord, pad)
        return antwoord

    def _ruik(self, antwoord: Any, pad: str) -> None:
        inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
        tekst = inhoud.decode(errors="replace")
        self.teksten += len(tekst)
        for merk in self.vreemde_merken():
            if merk in tekst and merk not in pad:
                self.fout.append(f"{pad} als {self.letter} toont {merk}")

    def verwacht(self, wat: str, status: int, goed: bool | int) -> None:
        if not (goed if isinstance(goed, bool) else status == goed):
            self.fout.append(f"{wat} als {self.letter} gaf {status}")

    def loop(self, rijen: dict[str, Rij] = MATRIX) -> "Wandeling":
        for naam, rij in rijen.items():
            for methode in ("get", "post"):
                self.stap(naam, rij, methode)
        return self

    def loop_zonder_csrf(self) -> "Wandeling":
        for naam, rij in MATRIX.items():
            pad = adres(naam, rij, self.wereld.WL)
            self.verwacht(f"POST {naam} zonder csrf", self.vraag("post", pad, self.streng).status_code, 403)
        return self

    def stap(self, naam: str, rij: Rij, methode: str) -> None:
        eigen = adres(naam, rij, self.wereld.WL)
        status = self.vraag(methode, eigen).status_code
        wat = f"{methode.upper()} {naam}"
        if self.letter not in rij.rollen:
            self.verwacht(
                f"{wat} (rol mag niet)",
                status,
                status == 404 or self._verkeerde_methode(rij, methode, status),
            )
        elif methode[0].upper() not in rij.methoden:
            self.verwacht(f"{wat} (methode bestaat niet)", status, status == 405)
        elif self.letter in rij.verborgen or rij.eigenaar not in ("", self.letter):
            self.verwacht(f"{wat} (verborgen of van een ander)", status, status == 404)
            self._vreemde_rijen(naam, rij, methode)
        else:
            self.verwacht(f"{wat} (eigen)", status, status < 500 and status not in (403, 404, 405))
            self._vreemde_rijen(naam, rij, methode)

    @staticmethod
    def _verkeerde_methode(rij: Rij, methode: str, status: int) -> bool:
        return methode[0].upper() not in rij.methoden and status == 405

    def _vreemde_rijen(self, naam: str, rij: Rij, methode: str) -> None:
        """404 for a foreign row, and not to be told from the 404 of a row that is not there."""
        if not self.vreemd(rij):
            return
        onbekend = self.vraag(methode, adres(naam, rij))
        for hoek in self.vreemd(rij):
            antwoord = self.vraag(methode, adres(naam, rij, hoek))
            wat = f"{methode.upper()} {naam} (van {hoek.code})"
            self.verwacht(wat, antwoord.status_code, antwoord.status_code == 404)
            if _zonder_toeval(antwoord) != _zonder_toeval(onbekend):
                self.fout.append(f"{wat} als {self.letter}: anders dan een onbekend adres")


def _zonder_toeval(antwoord: Any) -> str:
    """The page without what differs by itself: the token of a form, the address that was asked for."""
    tekst = antwoord.content.decode()
    tekst = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", tekst)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|content="[A-Za-z0-9]{64}"', "", tekst)


def wandel(letter: str, rijen: dict[str, Rij] = MATRIX) -> Wandeling:
    return Wandeling(bouw(), letter).loop(rijen)


def voorstel(namen: set[str]) -> Iterator[str]:
    """The rows that fit these views as they are now, to read and paste."""
    alle = patronen()
    for naam in sorted(namen):
        view = alle[naam].callback
        rollen = rollen_van(view)
        methoden = "".join(m[0] for m in toegestaan(view) if m in ("GET", "POST"))
        over = ', "<over>"' if alle[naam].pattern.converters else ""
        yield f'    "{naam}": Rij("{rollen}", "{methoden}"{over}),'


def rollen_van(view: Any) -> str:
    """The letters of the roles that pass every `vereist` of a view: each asks for one of its rights."""
    lagen = set()
    while view is not None:
        lagen.add(tuple(getattr(view, "rechten", ())))
        view = getattr(view, "__wrapped__", None)
    return "".join(
        letter
        for letter, rol in ROLLEN.items()
        if all(not laag or any(mag(rol, recht) for recht in laag) for laag in lagen)
    )


def toegestaan(view: Any) -> tuple[str, ...]:
    """The methods that `require_http_methods` lets through, read from its closure."""
    while view is not None:
        for cel in getattr(view, "__closure__", None) or ():
            waarde = cel.cell_contents
            if (
                isinstance(waarde, list | tuple)
                and waarde
                and all(isinstance(x, str) and x.isupper() for x in waarde)
            ):
                return tuple(waarde)
        view = getattr(view, "__wrapped__", None)
    return ()
