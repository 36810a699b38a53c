"""People who go on asking for pages while something happens to the servers behind them, and who count what they got.

For `python -m tests.oude_code`: they know which servers there are at this moment, as a load balancer does.
"""

import http.client
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from wmo_portal.embedded.children import say

GEDULD = 180.0


@dataclass
class Telling:
    """What was asked of one server in one phase."""

    goed: int = 0
    langste: float = 0.0
    fouten: list[str] = field(default_factory=list)

    def zin(self, naam: str) -> str:
        return f"{naam}: {self.goed} bladzijden, langste {self.langste:.1f} s, {len(self.fouten)} fouten"


class Bezoekers:
    """A thread for each cookie, going round its pages on every server there is."""

    def __init__(self, adressen: Mapping[str, Sequence[str]]) -> None:
        self.servers: dict[str, int] = {}
        self.tellingen: dict[tuple[str, str], Telling] = {}
        self.fase = ""
        self._slot, self._klaar = threading.Lock(), threading.Event()
        self._draden = [threading.Thread(target=self._loop, args=rest) for rest in adressen.items()]

    @contextmanager
    def aan_het_werk(self) -> Iterator[None]:
        for draad in self._draden:
            draad.start()
        try:
            yield
        finally:
            self.ga_weg()

    def ga_weg(self) -> None:
        """Everybody has the page he asked for last, and asks no more."""
        self._klaar.set()
        for draad in self._draden:
            draad.join()

    @contextmanager
    def tijdens(self, fase: str, *, minstens: int = 10) -> Iterator[None]:
        """A phase lasts as long as what is done in it, and until every server in it answered so many pages."""
        self.fase = fase
        yield
        servers, begin = list(self.servers), time.monotonic()
        while any(self._telling(fase, naam).goed < minstens for naam in servers):
            if time.monotonic() - begin > GEDULD or self.fouten:
                break
            self._klaar.wait(0.1)
        for naam in servers:
            say(f"  {fase}; {self._telling(fase, naam).zin(naam)}")

    @property
    def fouten(self) -> list[str]:
        with self._slot:
            return [f"{fase}, {naam}: {f}" for (fase, naam), t in self.tellingen.items() for f in t.fouten]

    def _telling(self, fase: str, naam: str) -> Telling:
        with self._slot:
            return self.tellingen.setdefault((fase, naam), Telling())

    def _loop(self, cookie: str, adressen: Sequence[str]) -> None:
        while not self._klaar.is_set():
            for adres in adressen:
                for naam, poort in list(self.servers.items()):
                    self._vraag(naam, poort, adres, cookie)
            self._klaar.wait(0.01)

    def _vraag(self, naam: str, poort: int, adres: str, cookie: str) -> None:
        telling, begin = self._telling(self.fase, naam), time.monotonic()
        fout = _haal(poort, adres, cookie)
        duur = time.monotonic() - begin
        with self._slot:
            telling.langste = max(telling.langste, duur)
            telling.goed += not fout
            telling.fouten += [f"{adres} {fout}"] if fout else []


def _haal(poort: int, adres: str, cookie: str) -> str:
    """What was wrong with the answer; empty for a page."""
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=60)
    try:
        verbinding.request("GET", adres, headers={"Cookie": cookie})
        antwoord = verbinding.getresponse()
        antwoord.read()
        return "" if antwoord.status == 200 else f"{antwoord.status} {antwoord.headers.get('Location', '')}"
    except OSError as fout:
        return f"{type(fout).__name__}: {fout}"
    finally:
        verbinding.close()
