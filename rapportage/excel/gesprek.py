"""The quarterly talk as a workbook, from the same object as page and PDF (R104, M13): nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from rapportage.definities import RESULTAAT_DEFINITIES, UITVAL_DEFINITIES
from rapportage.excel.resultaat import TELLING, telling
from rapportage.excel.uitval import ZONDER_LIJST, uitvalblad
from rapportage.kwaliteit import PUNTEN
from rapportage.opgave_regels import ASSEN
from rapportage.queries.gesprek import Gesprek
from rapportage.tabellen import per_gemeente
from rapportage.verantwoording import Kop, definitieregels, verantwoording
from wmo_portal.lib.tabelblad import Boek, Kolom
from wmo_portal.lib.tabelblad.cellen import Waarde

Regels = Iterable[list[Waarde]]
_CLIENT: Final = Kolom("Cliënt", "identificatie", 14)


def werkboek(gesprek: Gesprek, kop: Kop, *, met_clienten: bool) -> bytes:
    """`met_clienten` is a right of its own (U30); without it the sheets by mark are left out."""
    boek = Boek(titel=kop.titel, gemaakt_op=kop.gemaakt_op, maker=kop.maker)
    _cijferbladen(boek, gesprek)
    _opgavebladen(boek, gesprek)
    boek.blad(
        "Acties",
        [
            Kolom("Actie", "tekst", 60),
            Kolom("Wie", "tekst", 24),
            Kolom("Uiterlijk", "datum", 12),
            Kolom("Uit kwartaal", "tekst", 14),
            Kolom("Gedaan op", "tijdstip", 18),
            Kolom("Gemeld door", "tekst", 24),
        ],
        _acties(gesprek),
    )
    if met_clienten:
        _clientbladen(boek, gesprek)
    boek.toelichting(_toelichting(gesprek, kop, met_clienten=met_clienten))
    return boek.bytes()


def _cijferbladen(boek: Boek, gesprek: Gesprek) -> None:
    uitvalblad(boek, per_gemeente(gesprek.uitval), gesprek.uitval.keuze.periode)
    boek.blad(
        "Uitval per kwartaal",
        [
            Kolom("Kwartaal", "tekst", 14),
            Kolom("Cliënten", "getal", 12),
            Kolom("Uitval", "getal", 12),
            Kolom("Uitval (% van alle cliënten)", "percentage", 16),
            Kolom("Herkomst", "tekst", 24),
        ],
        (
            [str(k.kwartaal), v.totaal, v.uitval, _deel(v.uitval_aandeel), k.herkomst]
            for k in gesprek.verloop
            for v in [k.verdeling]
        ),
    )
    boek.blad("Resultaat behaald", TELLING, [telling(gesprek.resultaat.totaal)])
    boek.blad(
        "Kwaliteit stopberichten",
        [
            Kolom("Punt", "tekst", 24),
            Kolom("Wat het betekent", "tekst", 70),
            Kolom("In orde", "getal", 12),
            Kolom("Beoordeeld", "getal", 12),
            Kolom("Aandeel", "percentage", 12),
        ],
        (
            [*PUNTEN[punt], score.goed, score.beoordeeld, _deel(score.aandeel)]
            for punt, score in gesprek.kwaliteit.scores.items()
        ),
    )


def _opgavebladen(boek: Boek, gesprek: Gesprek) -> None:
    """What the provider sent; without a kwartaalopgave there are no such sheets, and the Toelichting says so."""
    if gesprek.beeld is None:
        return
    boek.blad(
        "Beleidsdoelen",
        [
            Kolom("Doel", "tekst", 60),
            *(Kolom(f"{as_.capitalize()} {w}", "getal", 14) for as_ in ASSEN for w in ("eerder", "nu")),
            Kolom("Toelichting", "tekst", 70),
        ],
        (
            [doel.tekst, *(score for _, toen, nu, _ in doel.assen for score in (toen, nu)), doel.toelichting]
            for doel in gesprek.doelen
        ),
    )
    boek.blad(
        "Toelichting aanbieder",
        [Kolom("Over", "tekst", 40), Kolom("Aantal", "getal", 10), Kolom("Tekst", "tekst", 90)],
        _teksten(gesprek),
    )


def _teksten(gesprek: Gesprek) -> Regels:
    beeld = gesprek.beeld or {}
    for t in beeld["uitval"]["toelichtingen"]:
        if t["aantal"]:
            yield [t["categorie"], t["aantal"], t["tekst"]]
    if opmerking := beeld["uitval"]["opmerking"]["tekst"]:
        yield ["Nadere toelichting", None, opmerking]
    ervaring = beeld["ervaring"]
    yield [ervaring["vraag"], None, ervaring["gevraagd"]]
    for a in ervaring["antwoorden"]:
        yield [a["vraag"], None, a["antwoord"]]


def _acties(gesprek: Gesprek) -> Regels:
    for a in gesprek.acties:
        door = a.gedaan_door.naam if a.gedaan_door else None
        yield [a.tekst, a.wie, a.uiterlijk_datum, a.gesprek.kwartaal, a.gedaan_op, door]


def _clientbladen(boek: Boek, gesprek: Gesprek) -> None:
    boek.blad(
        "Berichten met aandacht",
        [_CLIENT, Kolom("Einddatum", "datum", 12), Kolom("Punt", "tekst", 24), Kolom("Wat er is", "tekst", 90)],
        (
            [rij.merk, rij.feit.einddatum, PUNTEN[punt][0], zin]
            for rij in gesprek.aandacht
            for punt, zin in rij.punten
        ),
    )  # fmt: skip
    boek.blad(
        "Tegenspraken",
        [_CLIENT, Kolom("Tegenspraak", "tekst", 110)],
        ([t.merk, zin] for t in gesprek.tegenspraken for zin in t.zinnen),
    )


def _toelichting(gesprek: Gesprek, kop: Kop, *, met_clienten: bool) -> Iterable[tuple[str, Waarde]]:
    rij, indiening = gesprek.rij, gesprek.indiening
    yield from verantwoording(kop, gesprek.uitval)
    yield (
        "Stand van het kwartaal",
        "Vastgesteld." if gesprek.vast else "Nog niet vastgesteld: de uitvalcijfers kunnen nog veranderen.",
    )
    yield (
        "Kwartaalopgave",
        f"Ingediend door {indiening.ingediend_door.naam} op {indiening.ingediend_op:%d-%m-%Y}."
        if indiening
        else "De aanbieder heeft over dit kwartaal nog niets ingediend.",
    )
    yield (
        "Datum van het gesprek",
        f"{rij.gespreksdatum:%d-%m-%Y}" if rij.gespreksdatum else "Nog niet ingevuld.",
    )
    yield ("Verslag", rij.verslag or "Nog niet geschreven.")
    if not met_clienten:
        yield ("Cliënten", ZONDER_LIJST)
    yield from definitieregels(UITVAL_DEFINITIES)
    yield from definitieregels(RESULTAAT_DEFINITIES)


def _deel(procent: Waarde) -> Waarde:
    return procent / 100 if isinstance(procent, Decimal) else None
