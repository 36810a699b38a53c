"""Broken messages without end: only orderly verdicts may leave the library.

python -m tests.iwmo.fuzz --minuten 10 [--zaad 1]   prints what it did; exit 1 and the case on a find.
The same `verminkt` and `keur` run for a few hundred messages in every test run.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from typing import Final, get_args

import iwmo
from iwmo.envelop import (
    ArchiefGeweigerd,
    EnvelopGeweigerd,
    Partij,
    maak_di01,
    maak_zip,
    open_envelop,
    uit_zip,
)
from iwmo.oordeel import Uitslag
from tests.iwmo.bouw import TEKSTEN, als_bytes

BASIS: Final = [als_bytes(tekst) for tekst in TEKSTEN.values()]
BSN: Final = "999901102"
UITSLAGEN: Final = frozenset(get_args(Uitslag))
# What a hostile or careless sender puts in a message.
BROKKEN: Final = [
    b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>", b"&x;", b"&lt;", b"&#0;", b"&#x110000;",
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?pi", b"?>", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\xc0\x80",
    b"\xed\xa0\x80", b"\xe2\x80\xae", b"<", b">", b"/>", b"</", b"'", b'"', b"=", b" xmlns='http://x'",
    b" xsi:nil='true' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'", b" xsi:type='i:CDT_Naam'",
    b" xsi:schemaLocation='a /etc/hostname' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'",
    b"-1", b"0", b"99999999999999999999", b"1e9", b"NaN", b"0000-00-00", b"9999-12-31", b"10000-01-01",
    b"-0001-01-01", b"2025-02-29", b"24:00:00", b"999901102", b"000000000", b"03", b"13", b"3", b"9",
    b"encoding='UTF-7'", b"encoding='utf-16'", b"<?xml version='1.1'?>", b"A" * 300, b"<a>" * 300,
    b"wmo301", b"wmo307", b"3_2", b"3_1", b"ijw", b"\r", b"\n", b"\t", b"\xf0\x9f\x98\x80",
]  # fmt: skip


def _stuk(data: bytes, kans: random.Random) -> tuple[int, int]:
    begin = kans.randrange(len(data) + 1)
    return begin, min(len(data), begin + kans.choice((1, 1, 2, 8, 40, 300)))


def _knip(data: bytes, kans: random.Random) -> bytes:
    begin, einde = _stuk(data, kans)
    return data[:begin] + data[einde:]


def _herhaal(data: bytes, kans: random.Random) -> bytes:
    begin, einde = _stuk(data, kans)
    return data[:einde] + data[begin:einde] * kans.choice((1, 2, 30)) + data[einde:]


def _kantel(data: bytes, kans: random.Random) -> bytes:
    plek = kans.randrange(len(data) or 1)
    return data[:plek] + bytes([kans.randrange(256)]) + data[plek + 1 :]


def _steek(data: bytes, kans: random.Random) -> bytes:
    plek = kans.randrange(len(data) + 1)
    return data[:plek] + kans.choice(BROKKEN) + data[plek:]


def _ruil(data: bytes, kans: random.Random) -> bytes:
    """One value for another, leaving the markup whole: this reaches the rules."""
    plekken = [plek for plek in range(len(data)) if data[plek : plek + 1] == b">"]
    if not plekken:
        return data
    begin = kans.choice(plekken) + 1
    einde = data.find(b"<", begin)
    return data if einde < 0 else data[:begin] + kans.choice(BROKKEN) + data[einde:]


WAARDEN: Final = [
    b"2025-03-14", b"2025-03-15", b"1900-01-01", b"1905-03-13", b"2020-12-31", b"2021-01-01", b"2024-09-04",
    b"1", b"2", b"3", b"4", b"6", b"9", b"01", b"02", b"04", b"07", b"11", b"13", b"14", b"20", b"83", b"NL",
    b"BE", b"70010", b"999999999", b"999901114", b"999901103", b"02A05", b"6211 AB",
]  # fmt: skip


def _waarde(data: bytes, kans: random.Random) -> bytes:
    """A plausible value on a line with one: mostly valid for the schema, so that the rules get their turn."""
    regels = data.split(b"\r\n")
    bladen = [plek for plek, regel in enumerate(regels) if regel.count(b"<") == 2]
    if not bladen:
        return data
    plek = kans.choice(bladen)
    begin, einde = regels[plek].find(b">") + 1, regels[plek].rfind(b"<")
    even_lang = [waarde for waarde in WAARDEN if len(waarde) == einde - begin] or WAARDEN
    regels[plek] = regels[plek][:begin] + kans.choice(even_lang) + regels[plek][einde:]
    return b"\r\n".join(regels)


def _regel(data: bytes, kans: random.Random) -> bytes:
    """A line left out or written twice: mostly one element."""
    regels = data.split(b"\r\n")
    plek = kans.randrange(len(regels))
    return b"\r\n".join(regels[:plek] + regels[plek : plek + 1] * kans.choice((0, 0, 2)) + regels[plek + 1 :])


def _plak(data: bytes, kans: random.Random) -> bytes:
    ander = kans.choice(BASIS)
    return data[: kans.randrange(len(data) + 1)] + ander[kans.randrange(len(ander)) :]


def _hertaal(data: bytes, kans: random.Random) -> bytes:
    taal = kans.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp037"))
    return data.decode("utf-8", "replace").encode(taal, "replace")


INGREPEN: Final = [_knip, _herhaal, _kantel, _steek, _ruil, _waarde, _regel, _plak, _hertaal]
ZWAARTE: Final = [3, 2, 3, 3, 10, 40, 12, 1, 1]


def _pakketten() -> list[bytes]:
    """An envelope, and a zip of every message."""
    partijen = Partij("65001234", "pakket"), Partij("0935", "portaal")
    nummer, moment = "9c0f7b90-5c69-41e5-a837-0800200c9a66", datetime(2025, 3, 14)
    bericht = als_bytes(TEKSTEN["307"])
    envelop = maak_di01(
        bericht, zender=partijen[0], ontvanger=partijen[1], referentienummer=nummer, tijdstip=moment
    )
    return [envelop, maak_zip((f"{nummer}.xml", data) for nummer, data in enumerate(BASIS))]


PAKKETTEN: Final = _pakketten()


def verminkt_pakket(kans: random.Random) -> bytes:
    data = kans.choice(PAKKETTEN)
    for _ in range(kans.choice((1, 2, 4))):
        data = kans.choice((_knip, _herhaal, _kantel, _kantel, _steek))(data, kans)
    return data


def verminkt(kans: random.Random) -> bytes:
    """A valid message after one to five blows."""
    data = kans.choice(BASIS)
    for _ in range(kans.choice((1, 1, 1, 2, 3, 5))):
        data = kans.choices(INGREPEN, ZWAARTE)[0](data, kans)[:200_000]
    return data


def keur(data: bytes) -> str:
    """The verdict, after everything that must hold of any verdict. Raises AssertionError or worse on a find."""
    oordeel = iwmo.controleer(data)
    assert oordeel.oordeel in UITSLAGEN
    tekst = json.dumps(oordeel.als_json())
    assert BSN not in tekst, "a BSN in a finding"
    assert (oordeel.oordeel == "akkoord") <= (not oordeel.regels)
    assert (oordeel.bericht is not None) == (oordeel.niveau == 2)
    if oordeel.oordeel != "akkoord":
        assert oordeel.meldingen
        assert all(melding.tekst and melding.regel for melding in oordeel.meldingen)
    if oordeel.bericht is not None:
        _keur_vervolg(oordeel.bericht)
    _keur_verpakking(data)
    return oordeel.oordeel


def _keur_vervolg(bericht: iwmo.Bericht) -> None:
    """Whatever was read can be written and answered."""
    assert iwmo.lees(iwmo.schrijf(bericht)) == bericht
    if bericht.soort in ("301", "305", "307"):
        retour = iwmo.retour(bericht, identificatie="1", dagtekening=date(2025, 1, 1), client_codes=())
        assert iwmo.controleer(iwmo.schrijf(retour)).akkoord


def _keur_verpakking(data: bytes) -> None:
    """The same bytes offered as an envelope and as a zip: opened, or refused with a sentence."""
    with suppress(EnvelopGeweigerd):
        open_envelop(data)
    with suppress(ArchiefGeweigerd):
        list(uit_zip(data))


def main() -> int:
    opties = argparse.ArgumentParser()
    opties.add_argument("--minuten", type=float, default=10)
    opties.add_argument("--zaad", type=int, default=1)
    gekozen = opties.parse_args()
    kans = random.Random(gekozen.zaad)
    einde = time.monotonic() + gekozen.minuten * 60
    telling: Counter[str] = Counter()
    while time.monotonic() < einde:
        data = verminkt_pakket(kans) if kans.random() < 0.1 else verminkt(kans)
        try:
            telling[keur(data)] += 1
        except Exception as fout:
            sys.stdout.write(f"gevonden na {telling.total()}: {fout!r}\n{data!r}\n")
            return 1
    sys.stdout.write(f"{telling.total()} berichten, zaad {gekozen.zaad}: {dict(telling.most_common())}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
