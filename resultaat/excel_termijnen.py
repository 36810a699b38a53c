"""The deadlines of the page Termijnen as a workbook: every row of the choice, not only one page of it (U7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from resultaat.queries.radar import Radar, naam_van
from resultaat.queries.termijnen import VOORUIT_WEKEN, OpenTermijn
from resultaat.queries.werkvoorraad import Behandeling
from wmo_portal.lib.tabelblad import Boek, Kolom
from wmo_portal.lib.tabelblad.cellen import Waarde

_CLIENT = Kolom("Cliënt", "tekst", 26)
_BEHANDELAAR = Kolom("Behandelaar", "tekst", 22)
_KOLOMMEN = (
    Kolom("Toewijzingnummer", "identificatie", 18),
    Kolom("Resultaatgebied", "tekst", 28),
    Kolom("Aanbieder", "tekst", 28),
    Kolom("Gemeente", "tekst", 18),
    Kolom("Document", "tekst", 20),
    Kolom("Uiterste dag", "datum", 14),
    Kolom("Stand", "tekst", 30),
    Kolom("Verkorte termijn", "tekst", 12),
    Kolom("Einde of moment", "datum", 14),
    Kolom("Waarvoor", "tekst", 20),
)
_LET_OP: tuple[tuple[str, Waarde], ...] = (
    ("Let op", "Dit bestand bevat persoonsgegevens. Verwijder het als u het niet meer nodig hebt."),
)


def werkboek(
    beeld: Radar,
    rijen: Iterable[OpenTermijn],
    *,
    met_namen: bool,
    met_behandelaar: bool,
    gemaakt_op: datetime,
    door: str,
) -> bytes:
    """`rijen`: the list of `beeld`, with what is said of whom. `met_namen`: for who may see dossiers; who handles one
    is for the municipality."""
    boek = Boek(titel="Termijnen", gemaakt_op=gemaakt_op, maker=door)
    kolommen = (_CLIENT,) * met_namen + _KOLOMMEN + (_BEHANDELAAR,) * met_behandelaar
    regels = (_regel(t, beeld, met_namen=met_namen, met_behandelaar=met_behandelaar) for t in rijen)
    boek.lijst("Termijnen", kolommen, regels)
    boek.toelichting(
        [*_keuze(beeld), ("Gemaakt op", gemaakt_op), ("Gemaakt door", door), *_LET_OP * met_namen]
    )
    return boek.bytes()


def _regel(t: OpenTermijn, beeld: Radar, *, met_namen: bool, met_behandelaar: bool) -> tuple[Waarde, ...]:
    rij = t.rij
    vast: tuple[Waarde, ...] = (
        str(rij["toewijzingnummer"] or ""),
        rij["resultaatgebied__naam"],
        rij["aanbieder_naam"],
        rij["gemeente__naam"],
        rij["gemeente__evaluatiedocument"],
        t.termijn.datum,
        _stand(t, beeld),
        t.termijn.verkort,
        t.termijn.doel,
        "monitoringsmoment" if rij["monitoringsmoment_id"] else "einde",
    )
    wie = rij["client__behandelaar__naam"] or "niemand"
    return (naam_van(t),) * met_namen + vast + (wie,) * met_behandelaar


def _stand(t: OpenTermijn, beeld: Radar) -> str:
    if t.reden is not None:
        return f"voldaan: {t.reden}"
    return "te laat" if t.termijn.datum < beeld.vandaag else "nog te sturen"


def _keuze(beeld: Radar) -> Iterator[tuple[str, Waarde]]:
    """What was chosen on the page, so that a file says of itself what is not in it."""
    keus = beeld.keus
    yield (
        "Wat dit is",
        (
            f"Wat aanbieders moeten sturen, uiterlijk 8 weken voor het einde van een beschikking of voor een "
            f"monitoringsmoment. Tot {VOORUIT_WEKEN} weken vooruit."
        ),
    )
    yield "Stand op", beeld.vandaag
    yield "Keuze", beeld.kop
    yield "Aantal", len(beeld.lijst)
    for label, gekozen, namen in (
        ("Aanbieder", keus.aanbieder, beeld.aanbieders),
        ("Gemeente", keus.gemeente, beeld.gemeenten),
    ):
        if gekozen:
            yield label, next((naam for pk, naam in namen if str(pk) == gekozen), "een die er niet bij staat")
    if keus.van:
        yield "Behandelaar", Behandeling(keus.van).label
