"""python -m benchmarks.berichten: what judging a message costs beside the bare minimum, in one run.

Time is that of this process only, so that a busy machine counts less. Bare: lxml parse + schema validation,
and nothing is done with the result. Ours: iwmo.controleer, which also refuses what is dangerous, reads the
message into values and applies every rule of level 2. The two take turns on the same files; the ratio is of the
medians of the turns. The promise: at most 3 times the bare cost, and memory that does not grow with the number
of files.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

import iwmo
from iwmo.register import releases

_LEVERING = {"305": "StartProduct", "307": "StopProduct"}
_SJABLOON = """<?xml version="1.0" encoding="UTF-8"?>
<w:Bericht xmlns:i="http://www.istandaarden.nl/iwmo/3_2/basisschema/schema" xmlns:w="{ruimte}">
<w:Header><w:BerichtCode>{code}</w:BerichtCode><w:BerichtVersie>3</w:BerichtVersie>
<w:BerichtSubversie>2</w:BerichtSubversie><w:Afzender>{van}</w:Afzender><w:Ontvanger>{naar}</w:Ontvanger>
<w:BerichtIdentificatie><i:Identificatie>B{n}</i:Identificatie><i:Dagtekening>2025-03-14</i:Dagtekening>
</w:BerichtIdentificatie><w:XsdVersie><i:BasisschemaXsdVersie>1.0.0</i:BasisschemaXsdVersie>
<i:BerichtXsdVersie>1.0.0</i:BerichtXsdVersie></w:XsdVersie></w:Header>
<w:Client><w:Bsn>999901102</w:Bsn><w:Geboortedatum><i:Datum>1948-11-01</i:Datum></w:Geboortedatum>
<w:Geslacht>2</w:Geslacht><w:Naam><i:Geslachtsnaam><i:Achternaam>Bloemendaal</i:Achternaam>
<i:Voorvoegsel>van</i:Voorvoegsel></i:Geslachtsnaam><i:Voornamen>Fenna</i:Voornamen>
<i:Voorletters>F</i:Voorletters>{gebruik}</w:Naam>
{client}</w:Client></w:Bericht>
"""
_CONTACT = """<w:Contactgegevens><w:Contact><w:Soort>01</w:Soort><w:Adres><i:Huis>
<i:Huisnummer>17</i:Huisnummer></i:Huis><i:Postcode>6211AB</i:Postcode>
<i:Straatnaam>Kleine Looiersgang</i:Straatnaam><i:Plaatsnaam>Maastricht</i:Plaatsnaam>
<i:LandCode>NL</i:LandCode></w:Adres><w:Telefoon><i:Telefoon01><i:Telefoonnummer>0432100000</i:Telefoonnummer>
<i:Landnummer>0031</i:Landnummer></i:Telefoon01></w:Telefoon></w:Contact></w:Contactgegevens>
"""


def _product(soort: str, nummer: int) -> str:
    naam = _LEVERING.get(soort, "ToegewezenProduct")
    kop = (
        f"<w:{naam}><w:ToewijzingNummer>{nummer}</w:ToewijzingNummer>\n<w:Product><i:Categorie>02</i:Categorie>"
        f"<i:Code>{nummer % 90000:05d}</i:Code></w:Product>\n"
    )
    binnen = {
        "301": "<w:Toewijzingsdatum>2025-03-10</w:Toewijzingsdatum>"
        "<w:Toewijzingstijd>09:30:00</w:Toewijzingstijd>\n<w:Ingangsdatum>2025-04-01</w:Ingangsdatum>"
        "<w:Einddatum>2026-03-31</w:Einddatum>\n<w:Omvang><i:Volume>180</i:Volume><i:Eenheid>01</i:Eenheid>"
        "<i:Frequentie>4</i:Frequentie></w:Omvang>",
        "305": "<w:ToewijzingIngangsdatum>2025-01-06</w:ToewijzingIngangsdatum>\n"
        "<w:Begindatum>2025-03-10</w:Begindatum><w:StatusAanlevering>1</w:StatusAanlevering>",
        "307": "<w:ToewijzingIngangsdatum>2024-09-02</w:ToewijzingIngangsdatum>\n"
        "<w:Begindatum>2024-09-05</w:Begindatum><w:RedenBeeindiging>19</w:RedenBeeindiging>\n"
        "<w:Einddatum>2025-03-12</w:Einddatum><w:StatusAanlevering>1</w:StatusAanlevering>",
    }[soort]
    return f"{kop}{binnen}</w:{naam}>\n"


def bericht(soort: str, nummer: int) -> bytes:
    """A valid message with one to three products, as most are."""
    tabel = releases()["3.2"].soorten[soort]
    lijst = _LEVERING.get(soort, "ToegewezenProduct").replace("Product", "Producten")
    producten = "".join(_product(soort, nummer * 3 + volg) for volg in range(1 + nummer % 3))
    toewijzing = soort == "301"
    van, naar = ("0935", "65001234") if toewijzing else ("65001234", "0935")
    tekst = _SJABLOON.format(
        ruimte=tabel.naamruimte,
        code=tabel.berichtcode,
        van=van,
        naar=naar,
        n=nummer,
        gebruik="<i:NaamGebruik>1</i:NaamGebruik>" if toewijzing else "",
        client=f"{_CONTACT if toewijzing else ''}<w:{lijst}>\n{producten}</w:{lijst}>\n",
    )
    return tekst.replace("\n", "\r\n").encode("utf-8")


def _kaal(soort: str) -> Callable[[bytes], None]:
    schema = etree.XMLSchema(etree.parse(str(releases()["3.2"].soorten[soort].xsd)))
    parser = etree.XMLParser()

    def lees(data: bytes) -> None:
        assert schema.validate(etree.fromstring(data, parser))

    return lees


def _ons(data: bytes) -> None:
    assert iwmo.controleer(data).akkoord


def _duur(functie: Callable[[bytes], None], berichten: list[bytes]) -> float:
    begin = time.process_time()
    for data in berichten:
        functie(data)
    return (time.process_time() - begin) / len(berichten) * 1e6


def meet(soort: str, aantal: int, beurten: int) -> tuple[float, float]:
    """(bare, ours) in microseconds a message: medians of turns that alternate."""
    berichten = [bericht(soort, nummer) for nummer in range(aantal)]
    kaal = _kaal(soort)
    _duur(kaal, berichten), _duur(_ons, berichten)
    paren = [(_duur(kaal, berichten), _duur(_ons, berichten)) for _ in range(beurten)]
    return statistics.median(paar[0] for paar in paren), statistics.median(paar[1] for paar in paren)


def _geheugen() -> int:
    """Peak memory of this process so far, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def geheugenverloop(aantal: int, stappen: int) -> Iterator[tuple[int, int]]:
    """(files judged, peak memory in kB): different files, one at a time, as a folder of them is."""
    for stap in range(1, stappen + 1):
        for nummer in range(aantal * (stap - 1) // stappen, aantal * stap // stappen):
            _ons(bericht(("305", "307", "301")[nummer % 3], nummer))
        yield aantal * stap // stappen, _geheugen()


def _wacht(kind: subprocess.Popen[bytes]) -> tuple[int, int]:
    """(exit code, peak memory in kB) of this one child."""
    _, stand, gebruik = os.wait4(kind.pid, 0)
    return os.waitstatus_to_exitcode(stand), gebruik.ru_maxrss


def map_vol_bestanden(aantal: int) -> Iterator[tuple[int, int]]:
    """(files in the folder, peak memory in kB of `python -m iwmo controleer` on that folder): a tenth, then all."""
    with tempfile.TemporaryDirectory() as naam:
        klaar = 0
        for tot in (aantal // 10, aantal):
            for nummer in range(klaar, tot):
                data = bericht(("305", "307", "301")[nummer % 3], nummer)
                (Path(naam) / f"{nummer:07d}.xml").write_bytes(data)
            klaar = tot
            opdracht = [sys.executable, "-m", "iwmo", "controleer", naam, "--json"]
            code, kilobytes = _wacht(subprocess.Popen(opdracht, stdout=subprocess.DEVNULL))
            if code:
                raise SystemExit(f"controleer stopte met {code}")
            yield tot, kilobytes


def _eigen_bestanden(map_: Path) -> None:
    """The same comparison over files of one's own, such as the published examples."""
    for pad in sorted(map_.glob("*.xml")):
        data = pad.read_bytes()
        kaal = _kaal(iwmo.lees(data).soort)
        paren = [(_duur(kaal, [data] * 100), _duur(_ons, [data] * 100)) for _ in range(40)]
        druk(pad.name, statistics.median(a for a, _ in paren), statistics.median(b for _, b in paren))


def druk(naam: str, kaal: float, ons: float) -> None:
    sys.stdout.write(f"{naam:<14} kaal {kaal:7.1f} µs   iwmo {ons:7.1f} µs   {ons / kaal:5.2f} x\n")


def main() -> None:
    opties = argparse.ArgumentParser(description=__doc__)
    opties.add_argument("--aantal", type=int, default=120, help="berichten per soort")
    opties.add_argument("--beurten", type=int, default=60)
    opties.add_argument("--geheugen", type=int, default=100_000, help="bestanden voor het geheugenverloop")
    opties.add_argument("--bestanden", type=int, default=0, help="ook een map met zoveel bestanden (100000)")
    opties.add_argument("--map", type=Path, help="meet ook over eigen bestanden")
    gekozen = opties.parse_args()
    totaal_kaal = totaal_ons = 0.0
    for soort in ("305", "307", "301"):
        kaal, ons = meet(soort, gekozen.aantal, gekozen.beurten)
        totaal_kaal, totaal_ons = totaal_kaal + kaal, totaal_ons + ons
        druk(soort, kaal, ons)
    druk("samen", totaal_kaal, totaal_ons)
    if gekozen.map:
        _eigen_bestanden(gekozen.map)
    for aantal, kilobytes in geheugenverloop(gekozen.geheugen, 5):
        sys.stdout.write(f"geheugen na {aantal:>7} berichten: {kilobytes / 1024:6.1f} MB\n")
    for aantal, kilobytes in map_vol_bestanden(gekozen.bestanden) if gekozen.bestanden else ():
        sys.stdout.write(f"controleer op een map met {aantal:>7} bestanden: {kilobytes / 1024:6.1f} MB\n")


if __name__ == "__main__":
    main()
