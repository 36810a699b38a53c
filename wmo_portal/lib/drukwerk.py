"""HTML to PDF/UA-1, by WeasyPrint, without reaching for anything outside the project.

WeasyPrint is imported at the first PDF (about a second and 60 MB), never when this module is: call it from a
Celery task. It needs Pango on the machine; without it `beschikbaar()` is False and GEEN_PANGO says what to do.
Fonts are unpacked once per process. Costs about 0.7 ms per table cell and 7 MB per page, hence the limit on cells.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import io
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from wmo_portal.lib.opruimen import pas_later

STATISCH = Path(__file__).resolve().parents[2] / "static"
MAX_CELLEN = 8_000  # some twenty pages
_SCHEMA = "drukwerk:"
_STIJL = STATISCH / "css" / "drukwerk.css"
_VASTE_BESTANDEN = tuple(
    f"fonts/noto-sans-{deel}-{dikte}-normal.woff2" for deel in ("latin", "latin-ext") for dikte in (400, 700)
)
_TYPEN = {".woff2": "font/woff2", ".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"}
_BIBLIOTHEKEN = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
)
GEEN_PANGO = (
    "Een PDF maken kan op deze server nog niet: de bibliotheek Pango ontbreekt. De beheerder zet haar erop met "
    "“apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0”. "
    "Tot die tijd kunt u de pagina afdrukken vanuit uw browser."
)
_VREEMD_ADRES = "De PDF is niet gemaakt: de tekst verwijst naar een bestand dat er niet in mag. Meld dit aan de beheerder."
_tijdslot = threading.Lock()


class DrukwerkFout(Exception):
    """The PDF was not made; the message is a Dutch sentence."""


class PangoOntbreekt(DrukwerkFout):
    """This machine lacks the library that lays out text."""


class TeGroot(DrukwerkFout):
    """More table than a PDF should hold."""


@lru_cache(maxsize=1)
def beschikbaar() -> bool:
    """Whether this machine can make a PDF; looks for the libraries without importing WeasyPrint."""
    return all(any(_laadt(naam) for naam in namen) for namen in _BIBLIOTHEKEN)


def _laadt(naam: str) -> bool:
    try:
        ctypes.CDLL(naam)
    except OSError:
        return False
    return True


def pdf(
    inhoud: str,
    *,
    titel: str,
    gemaakt_op: dt.datetime,
    maker: str = "",
    taal: str = "nl",
    bestanden: Mapping[str, bytes] | None = None,
    max_cellen: int = MAX_CELLEN,
) -> bytes:
    """A tagged PDF of a piece of HTML (what stands inside body, escaped by the caller).

    `bestanden` are pictures of the caller, used as `<img src="drukwerk:logo.png" alt="…">`; every other
    address stops the rendering. The same input gives the same bytes. Raises DrukwerkFout.
    """
    if not beschikbaar():
        raise PangoOntbreekt(GEEN_PANGO)
    cellen = inhoud.count("<td") + inhoud.count("<th")
    if cellen > max_cellen:
        raise TeGroot(
            f"Dit rapport heeft {cellen} tabelcellen; in een PDF passen er {max_cellen}. "
            "Kies een kleiner deel, of download het als Excel-bestand."
        )
    return _maak(_document(inhoud, titel, gemaakt_op, maker, taal), bestanden or {}, gemaakt_op)


def _document(inhoud: str, titel: str, gemaakt_op: dt.datetime, maker: str, taal: str) -> str:
    op = escape(gemaakt_op.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    auteur = f'<meta name="author" content="{escape(maker)}">' if maker else ""
    return (
        f'<!doctype html><html lang="{escape(taal)}"><head><meta charset="utf-8"><title>{escape(titel)}</title>'
        f'{auteur}<meta name="dcterms.created" content="{op}"><meta name="dcterms.modified" content="{op}">'
        f"</head><body>{inhoud}</body></html>"
    )


def _maak(html: str, bestanden: Mapping[str, bytes], gemaakt_op: dt.datetime) -> bytes:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    ophaler, letters = _ophaler(bestanden), FontConfiguration()
    stijl = weasyprint.CSS(string=_STIJL.read_text("utf-8"), url_fetcher=ophaler, font_config=letters)
    try:
        with _vaste_tijd(gemaakt_op), pas_later():
            uit = weasyprint.HTML(string=html, url_fetcher=ophaler).write_pdf(
                stylesheets=[stijl], font_config=letters, finisher=_maak_koppen_af, pdf_variant="pdf/ua-1"
            )
    except FatalURLFetchingError as fout:
        raise DrukwerkFout(_VREEMD_ADRES) from fout
    if ophaler.geweigerd:  # inside an SVG the error itself is swallowed
        raise DrukwerkFout(_VREEMD_ADRES)
    return bytes(uit)


def _ophaler(bestanden: Mapping[str, bytes]) -> Any:
    """A fetcher that knows our own files by name and refuses everything else: file, http and data too."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Ophaler(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type hints
        geweigerd = 0

        def fetch(self, url: str, headers: Any = None) -> Any:
            naam = url.removeprefix(_SCHEMA)
            type_ = _TYPEN.get(Path(naam).suffix)
            mag = url.startswith(_SCHEMA) and (naam in _VASTE_BESTANDEN or naam in bestanden)
            if not mag or type_ is None:
                self.geweigerd += 1
                raise ValueError("Dit adres staat niet op de lijst.")
            inhoud = _letters(naam) if naam in _VASTE_BESTANDEN else bestanden[naam]
            return URLFetcherResponse(url, inhoud, {"Content-Type": type_})

    return Ophaler(fail_on_errors=True)


@lru_cache(maxsize=len(_VASTE_BESTANDEN))
def _letters(naam: str) -> bytes:
    """A font of ours, unpacked: WeasyPrint knows it by its contents, and would unpack it anew for every document."""
    from fontTools.ttLib import woff2  # type: ignore[import-untyped]  # comes with WeasyPrint, untyped

    uit = io.BytesIO()
    woff2.decompress(io.BytesIO((STATISCH / naam).read_bytes()), uit)
    return uit.getvalue()


def _maak_koppen_af(document: Any, pdf_: Any) -> None:
    """Give each TH its Scope, which WeasyPrint leaves out: some readers look nowhere else."""
    for pagina in document.pages:
        for vak in pagina._page_box.descendants():
            merk = getattr(vak, "mark", None)
            if vak.element_tag == "th" and merk is not None:
                rij = vak.element.attrib.get("scope") in ("row", "rowgroup")
                merk["A"]["Scope"] = "/Row" if rij else "/Column"


@contextmanager
def _vaste_tijd(op: dt.datetime) -> Iterator[None]:
    """fontTools, which shrinks fonts where HarfBuzz-Subset is missing, writes the time into them."""
    with _tijdslot:
        vorige = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = str(int(op.timestamp()))
        try:
            yield
        finally:
            if vorige is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = vorige
