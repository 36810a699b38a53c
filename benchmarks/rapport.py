"""python -m benchmarks.rapport: the uitval report beside the bare SQL aggregate, and a long workbook beside bare openpyxl.

Uitval: all allocations of the data set as one region, in the third quarter of 2026; `regio` is one real region of six
municipalities among all the others. Bare is the least that can be
called uitval: one statement by hand, one code per client, no pgb, no waiting list, no follow-up, no mapping, no names.
It runs on the same server, as the same role and behind the same walls. Naive is the rule of `tellingen` over every
client in Python: the oracle, whose figures must be ours. At a million that takes minutes: `--zonder-naief` leaves it out.

Open quarter (P4b): the running quarter, counted anew, beside a sequential scan of what it reads. Frozen quarter (P4,
`benchmarks.bevroren`): what its page reads, beside the same figures grouped by PostgreSQL and by duckdb where that is
installed; `gesloten` is a real region, `groei` all clients of the data set in one quarter and three times as many.

Workbook: the clients of the report as a sheet, beside openpyxl's own write-only mode with the same cells. Long list:
twelve columns with formats, frozen header and filter, beside openpyxl in that mode and beside csv (`benchmarks.tabel`).
PDF: the quarterly report of a region of six municipalities as PDF/UA, beside the same HTML through bare WeasyPrint.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import tabel
from benchmarks.bevroren import gesloten, groei
from benchmarks.gegevens import Recept, gegevens, opties
from benchmarks.kwartaal import KWARTAAL, open_kwartaal
from benchmarks.meten import Meting, Variant, in_kind, meet, piekgeheugen, schrijf
from wmo_portal.lib import drukwerk

KAAL = """
select gemeente_id, antwoord, count(*) from (
    select t.gemeente_id, t.aanbieder_id, t.client_id,
           case when bool_or(s.levering_id is null) then 0
                else max((s.einddatum - date '0001-01-01') * 100 + s.reden::int) %% 100 end as antwoord
      from beschikkingen_toewijzing t
      join stopberichten_levering l on l.toewijzing_id = t.id and l.ingetrokken_op is null
                                   and l.begindatum <= %(laatste)s
      left join stopberichten_stop s on s.levering_id = l.id and s.ingetrokken_op is null
                                    and s.reden <> '20' and s.einddatum <= %(laatste)s
     where t.status <> 'verwijderd' and t.gemeente_id = any(%(gemeenten)s)
     group by 1, 2, 3) per_client
 group by 1, 2
"""
RIJEN = 100_000
MIB = 1024**2


def _gemeenten(regio: str) -> tuple[int, ...]:
    """Of that region; without one, all there are."""
    from organisaties.models import Gemeente

    waar = {"regio__code": regio} if regio else {}
    return tuple(Gemeente.objects.filter(**waar).order_by("pk").values_list("pk", flat=True))


def uitval(bron_aantal: int, *, naief: bool, regio: str = "") -> Meting:
    """The database's count beside the bare aggregate; memory of this process for each."""
    from django.db import connection

    from rapportage.overzicht import Keuze
    from rapportage.queries.lezers import RegioLezer
    from rapportage.queries.telling import cijfers
    from rapportage.queries.uitval import uitval as tel_in_python
    from wmo_portal.lib.perioden import Kwartaal

    lezer = RegioLezer(_gemeenten(regio))
    periode = Kwartaal(*KWARTAAL).periode

    def kaal() -> int:
        with connection.cursor() as cursor:
            cursor.execute(KAAL, {"laatste": periode.laatste, "gemeenten": list(lezer.gemeente_ids)})
            return sum(n for _, _, n in cursor.fetchall())

    def ons() -> tuple[Any, ...]:
        gevonden = cijfers(lezer, Keuze(periode))
        return _figuren(gevonden), gevonden.personen

    def python() -> tuple[Any, ...]:
        gevonden = tel_in_python(lezer, Keuze(periode))
        return _figuren(gevonden), gevonden.personen

    voor = piekgeheugen()
    ons()
    met_ons = piekgeheugen()
    varianten = [Variant("bare SQL aggregate", kaal, los=True), Variant("portal", ons)]
    if naief:
        varianten.append(Variant("naive: every client in Python", python))
    meting = meet(
        f"Uitval of one quarter over {'one region of ' if regio else ''}{bron_aantal} allocations",
        varianten,
        beurten=7 if not naief else 5,
        doel="at most 1.5 × the bare SQL aggregate",
    )
    meting.regels += [
        f"Clients counted by the bare statement: {kaal()}; by the report: {sum(ons()[0][0].values())}.",
        f"Memory of the process on top of Django ({voor / MIB:.0f} MiB): portal {(met_ons - voor) / MIB:.0f} MiB"
        + (f", naive {(piekgeheugen() - voor) / MIB:.0f} MiB." if naief else "."),
    ]
    return meting


def _figuren(gevonden: Any) -> tuple[Any, ...]:
    """Every figure of the report, comparable."""
    per = {
        (pk, categorie): n
        for pk, verdeling in (
            *gevonden.per_gemeente.items(),
            *((-pk, v) for pk, v in gevonden.per_aanbieder.items()),
        )
        for categorie, n in verdeling.aantallen.items()
    }
    telling = Counter({c.value: n for c, n in gevonden.totaal.aantallen.items()})
    return telling, per, gevonden.aantal_buiten, gevonden.aantal_afgeleid, gevonden.aantal_na_te_kijken


def _rapport(aantal: int) -> Any:
    """A report with so many clients, without a database."""
    from beschikkingen.enums import Leveringsvorm
    from rapportage.bron import Bron, Mens, Toegewezen
    from rapportage.categorieen import STANDAARD
    from rapportage.overzicht import Keuze, Los, Naam
    from rapportage.tellingen import Einde
    from stopberichten.enums import RedenBeeindiging
    from wmo_portal.lib.perioden import Kwartaal

    codes = [RedenBeeindiging(code) for code in ("19", "21", "22", "23", "02")]
    kwartaal = Kwartaal(*KWARTAAL)

    def mens(n: int) -> Mens:
        einden = () if n % 2 else (Einde(codes[n % 5], kwartaal.eerste + dt.timedelta(days=n % 90)),)
        zorg = Toegewezen(n, 100 + n % 40, n, n, Leveringsvorm.ZIN, False, ((dt.date(2026, 1, 1), einden),))
        return Mens(100 + n % 40, 1 + n % 6, n, f"{n * 2654435761 % 2**128:032x}", False, (zorg,))

    bron = Bron(
        mensen=tuple(mens(n) for n in range(aantal)),
        gemeenten=tuple(Naam(n, f"{n:04d}", f"Gemeente {n}") for n in range(1, 7)),
        aanbieders=tuple(Naam(n, f"{n:08d}", f"Zorggroep {n}") for n in range(100, 140)),
        regio_van=dict.fromkeys(range(1, 7), 1),
        afspraken={1: STANDAARD},
        opvolgers={},
        los=Los(),
    )
    return bron.uitval(Keuze(kwartaal.periode))


OP = dt.datetime(2026, 10, 5, 9, 0, tzinfo=dt.UTC)


def _ons(gevonden: Any) -> int:
    from rapportage.excel.uitval import werkboek
    from rapportage.verantwoording import Kop

    return len(werkboek(gevonden, Kop("Uitval", "R. Schreurs", OP), met_clienten=True))


def _kaal(gevonden: Any) -> int:
    """openpyxl as its manual says for long sheets; no styles, no other sheets, no explanation, no checks."""
    from openpyxl import Workbook

    from rapportage.tabellen import clientrijen

    boek = Workbook(write_only=True)
    blad = boek.create_sheet("Cliënten")
    blad.append(["Cliënt", "Gemeente", "Aanbieder", "Categorie", "Waarom", "Nakijken"])
    for rij in clientrijen(gevonden, gevonden.geteld):
        blad.append(
            [rij.merk, rij.gemeente, rij.aanbieder, rij.categorie, rij.zin, "ja" if rij.nakijken else ""]
        )
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as doel:
        boek.save(doel.name)
        return Path(doel.name).stat().st_size


def zet_op() -> None:
    import django
    from django.conf import settings

    if not settings.configured:
        django.setup()


def kind(hoe: str, aantal: int) -> int:
    """In a process of its own, for its memory."""
    zet_op()
    gevonden = _rapport(aantal)
    voor = piekgeheugen()
    if hoe != "niets":
        {"ons": _ons, "kaal": _kaal}[hoe](gevonden)
    return voor


def werkboek(aantal: int) -> Meting:
    gevonden = _rapport(aantal)
    meting = meet(
        f"Workbook with the clients of the report: {aantal} rows",
        [
            Variant("bare openpyxl write-only", lambda: _kaal(gevonden), los=True),
            Variant("portal: tables, chart, checks, explanation", lambda: _ons(gevonden), los=True),
        ],
        beurten=3,
        doel="at most 1.3 × bare openpyxl write-only",
    )
    for naam, hoe in (("bare openpyxl", "kaal"), ("portal", "ons")):
        voor, piek = in_kind(kind, hoe, aantal)
        meting.regels.append(
            f"Memory of {naam} on top of the rows ({voor / MIB:.0f} MiB): {(piek - voor) / MIB:.0f} MiB."
        )
    return meting


def lijst(aantal: int) -> Meting:
    """P5. Rows are made before; memory is measured with rows that are made while they are written."""
    rijen = list(tabel.rijen(aantal))
    namen = {
        "openpyxl write-only, with formats": "openpyxl",
        "openpyxl write-only, bare": "kaal",
        "csv": "csv",
        "portal: formats, frozen header, filter": "ons",
    }
    meting = meet(
        f"Long list: {aantal} rows of 12 columns",
        [Variant(naam, partial(_lijst, hoe, rijen), los=True) for naam, hoe in namen.items()],
        beurten=3,
        doel="at least 12 × as fast as openpyxl write-only; at most 1.2 × csv; at most 64 MiB, flat to a million",
    )
    ons, los, csv = (rij.mediaan for rij in (meting.rijen[3], meting.rijen[0], meting.rijen[2]))
    meting.regels.append(
        f"Portal: {los / ons:.1f} × as fast as openpyxl with formats; {ons / csv:.2f} × csv."
    )
    for naam, hoe, rijental in (
        *((naam, hoe, aantal) for naam, hoe in namen.items()),
        (f"portal, {10 * aantal} rows", "ons", 10 * aantal),
    ):
        (voor, groot), piek = in_kind(tabel.kind, hoe, rijental)
        meting.regels.append(
            f"{naam}: file {groot / MIB:.1f} MiB; memory of the whole process {piek / MIB:.0f} MiB"
            f" (before writing {voor / MIB:.0f} MiB)."
        )
    return meting


def _lijst(hoe: str, rijen: list[tuple[Any, ...]]) -> int:
    return tabel.schrijf(hoe, iter(rijen))


def pdf() -> Meting:
    """P5b: the report as it goes to people, beside the same HTML and style without tags, header scopes and checks."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    from rapportage.pdf.uitval import document
    from rapportage.verantwoording import Kop

    gevonden = _rapport(2_000)
    kop = Kop("Uitval", "R. Schreurs", OP)
    html = _html_van(lambda: document(gevonden, kop))

    def kaal() -> int:
        ophaler, letters = drukwerk._ophaler({}), FontConfiguration()
        stijl = weasyprint.CSS(
            string=drukwerk._STIJL.read_text("utf-8"), url_fetcher=ophaler, font_config=letters
        )
        return len(weasyprint.HTML(string=html).write_pdf(stylesheets=[stijl], font_config=letters))

    return meet(
        "Quarterly report of a region as PDF",
        [
            Variant("bare WeasyPrint, same HTML and style", kaal, los=True),
            Variant(
                "portal: PDF/UA-1, header scopes, own addresses only",
                lambda: len(document(gevonden, kop)),
                los=True,
            ),
        ],
        doel="at most 1.3 × the same HTML plain in WeasyPrint",
    )


def _html_van(maak: Callable[[], bytes]) -> str:
    """The page as it is handed to WeasyPrint."""
    with patch.object(drukwerk, "_maak", wraps=drukwerk._maak) as gezien:
        maak()
    return str(gezien.call_args.args[0])


DELEN = {
    "uitval": "P4b uitval, live",
    "regio": "P4b uitval of one region, live",
    "open": "P4b open quarter",
    "gesloten": "P4 frozen quarter",
    "groei": "P4 frozen quarter, everybody in it",
    "werkboek": "P5 workbook of a report",
    "lijst": "P5 long list",
    "pdf": "P5b PDF",
}


PER_AANTAL = ("uitval", "regio", "open", "gesloten", "groei")


def main() -> int:
    parser = opties(__doc__)
    parser.add_argument("--zonder-naief", action="store_true", help="de telling in Python overslaan")
    parser.add_argument("--rijen", type=int, default=RIJEN, help="rijen in het werkboek en de lijst")
    parser.add_argument("--deel", choices=DELEN, action="append", help="alleen dit deel; mag vaker")
    keuzes = parser.parse_args()
    doe: dict[str, Callable[[], Meting | list[Meting]]] = {
        "uitval": lambda: uitval(keuzes.aantal, naief=not keuzes.zonder_naief),
        "regio": lambda: uitval(keuzes.aantal, naief=not keuzes.zonder_naief, regio="r01"),
        "open": lambda: open_kwartaal(keuzes.aantal),
        "gesloten": lambda: gesloten(keuzes.aantal),
        "groei": lambda: groei(bron),
        "werkboek": lambda: werkboek(keuzes.rijen),
        "lijst": lambda: lijst(keuzes.rijen),
        "pdf": pdf,
    }
    with gegevens(Recept(keuzes.aantal), keuzes.map) as bron:
        for deel in keuzes.deel or DELEN:
            gemeten = doe[deel]()
            metingen = gemeten if isinstance(gemeten, list) else [gemeten]
            schrijf(DELEN[deel] + (f", {keuzes.aantal:,}" if deel in PER_AANTAL else ""), metingen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
