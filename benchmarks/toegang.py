"""python -m benchmarks.toegang --aantal 1000000: what the walls cost on a list of a municipality and on a report.

The same pages by turns with the walls and without. "Without" is: row level security stepped over (the role gets
BYPASSRLS for that turn) and no signed scope set at the start of the request. The filter of `visible_to` stays in both:
it is what the page is about, and without it the pages would not show the same. Whole pages through Django's test client,
as the role of the running portal. The promise: at most 1.25 times the page without walls.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.gegevens import Bron, Recept, gegevens, opties
from benchmarks.meten import Meting, Variant, meet, schrijf

DOEL = "at most 1.25 × the page without walls"
PAGINAS = {
    "dossiers": ("administratie", "resultaat:dossiers"),
    "uitval": ("contractmanager", "rapportage:uitval"),
}


def _bezoeker(rol: str) -> Any:
    """Somebody of one municipality, logged in; the first of that role in the set."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.test import Client as Http

    from organisaties.models import Gebruiker

    mensen = Gebruiker.objects.filter(rol=rol, is_active=True).order_by("pk")
    wie = next(w for w in mensen if len(w.gemeente_ids) == 1)
    TOTP.activate(wie, generate_totp_secret())
    http = Http(headers={"host": "localhost"})
    http.force_login(wie)
    return http


@contextmanager
def _baas(bron: Bron) -> Iterator[Callable[[str], None]]:
    """Statements as the superuser of this throw-away server."""
    import psycopg

    with psycopg.connect(
        host=str(bron.layout.sockets), user="postgres", dbname="postgres", autocommit=True
    ) as verbinding:

        def doe(opdracht: str) -> None:
            verbinding.execute(opdracht)

        yield doe


def _pagina(http: Any, adres: str) -> Callable[[], tuple[int, int]]:
    def vraag() -> tuple[int, int]:
        antwoord = http.get(adres)
        if antwoord.status_code != 200:
            raise SystemExit(f"{adres} gaf {antwoord.status_code}")
        tekst = antwoord.content.decode()
        return len(re.findall("<tr", tekst)), len(re.sub(r'value="[^"]*"|content="[^"]*"', "", tekst))

    return vraag


def _zet(doe: Callable[[str], None], rol: str, scope: Callable[..., None]) -> None:
    from wmo_portal.lib import rls

    doe(f"alter role wmo_app {rol}")
    setattr(rls, "zet", scope)  # noqa: B010  a plain assignment is refused by the type checker


def metingen(bron: Bron, beurten: int) -> list[Meting]:
    from django.urls import reverse

    from wmo_portal.lib import rls

    uit, echt = [], rls.zet
    with _baas(bron) as doe:
        for naam, (rol, adres) in PAGINAS.items():
            vraag = _pagina(_bezoeker(rol), reverse(adres))
            varianten = [
                Variant("zonder muren", vraag, lambda: _zet(doe, "bypassrls", lambda bereik: None)),
                Variant("met muren", vraag, lambda: _zet(doe, "nobypassrls", echt)),
            ]
            meting = meet(f"The page {naam}", varianten, beurten=beurten, doel=DOEL)
            _zet(doe, "nobypassrls", echt)
            rls.zet(rls.SYSTEEM)
            keer = meting.verhouding("met muren", "zonder muren")
            meting.regels.append(f"{keer:.2f} × ({'within' if keer <= 1.25 else 'NOT within'} 1.25).")
            uit.append(meting)
    return uit


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--beurten", type=int, default=30, help="verzoeken per pagina en per variant")
    keuzes = parser.parse_args()
    with gegevens(Recept(keuzes.aantal), keuzes.map) as bron:
        gemeten = metingen(bron, keuzes.beurten)
    schrijf("Access: both walls", gemeten, tekst=f"{keuzes.aantal} allocations.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
