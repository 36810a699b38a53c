"""The one walk over a file: bytes -> tree (0) -> schema (1) -> message -> rules (2) -> verdict."""

from __future__ import annotations

from typing import Any

from iwmo.model import Bericht
from iwmo.ontleden import Geweerd, bestandsvorm, ontleed
from iwmo.oordeel import NIVEAU, BerichtAfgekeurd, Melding, Oordeel, Uitslag
from iwmo.register import soort_van
from iwmo.release import Berichtsoort
from iwmo.schema import herken, keur, onbekend
from iwmo.snel import snel

_Oordeel = snel(Oordeel)

_JAARTAL = (
    "Een datum in het bericht ligt buiten de jaren 1 tot en met 9999, of een getal begint met duizenden "
    "nullen. Verbeter dat en stuur het bericht opnieuw."
)


def _oordeel(
    uitslag: Uitslag,
    meldingen: list[Melding],
    soort: str | None = None,
    release: str | None = None,
    bericht: Bericht | None = None,
) -> Oordeel:
    if not meldingen:
        return _Oordeel(soort, release, NIVEAU[uitslag], uitslag, (), (), bericht)
    regels = {melding.regel for melding in meldingen} - {"XSD", "LEZEN", "OP192"}
    return Oordeel(soort, release, NIVEAU[uitslag], uitslag, tuple(sorted(regels)), tuple(meldingen), bericht)


def _ontleed(data: bytes) -> Oordeel | tuple[Any, Berichtsoort]:
    """A refusing verdict of level 0 or 1, or the tree and what it is."""
    try:
        root = ontleed(data)
    except Geweerd as fout:
        return _oordeel(fout.uitslag, [fout.melding])
    soort, nummer, release, gevonden = herken(root)
    if soort is None:
        return _oordeel("afgekeurd-schema", [onbekend(gevonden)], nummer, release)
    meldingen = keur(soort, root, data)
    return _oordeel("afgekeurd-schema", meldingen, soort.code, soort.release) if meldingen else (root, soort)


def _gelezen(data: bytes) -> Oordeel | Bericht:
    """A refusing verdict of level 0 or 1, or the message."""
    gevonden = _ontleed(data)
    if isinstance(gevonden, Oordeel):
        return gevonden
    root, soort = gevonden
    try:
        return soort.lezer(root, soort)
    except ValueError:
        melding = Melding("XSD", "Bericht", "datum of getal", "een jaar van 1 tot en met 9999", _JAARTAL)
        return _oordeel("afgekeurd-schema", [melding], soort.code, soort.release)


def controleer(data: bytes) -> Oordeel:
    """Judge one file on levels 1 and 2. Never raises on any bytes; `oordeel.bericht` is the message read."""
    bericht = _gelezen(data)
    if isinstance(bericht, Oordeel):
        return bericht
    meldingen = soort_van(bericht.release, bericht.soort).toetsing.meldingen(bericht)
    uitslag: Uitslag = "afgekeurd-inhoud" if meldingen else "akkoord"
    return _oordeel(uitslag, meldingen + bestandsvorm(data), bericht.soort, bericht.release, bericht)


def lees(data: bytes) -> Bericht:
    """The message in these bytes. Raises BerichtAfgekeurd when levels 0 or 1 refuse it; does not judge
    level 2, so that a retour with 0001 can still be made for it."""
    bericht = _gelezen(data)
    if isinstance(bericht, Oordeel):
        raise BerichtAfgekeurd(bericht)
    return bericht


def schrijf(bericht: Bericht) -> bytes:
    """The message as OP192 asks: UTF-8, no BOM, CR/LF. Raises BerichtAfgekeurd when the values do not make a
    valid message (nothing invalid ever leaves), KeyError for an unknown release or soort."""
    soort = soort_van(bericht.release, bericht.soort)
    try:
        data = soort.schrijver(bericht, soort)
    except UnicodeEncodeError:
        melding = Melding(
            "XSD", "Bericht", "teken", "leesbare tekens", "Een tekst heeft een onmogelijk teken."
        )
        raise BerichtAfgekeurd(
            _oordeel("niet-welgevormd", [melding], bericht.soort, bericht.release)
        ) from None
    # Held against level 1; reading the values back would tell nothing, they are the ones we wrote.
    afkeur = _ontleed(data)
    if isinstance(afkeur, Oordeel):
        raise BerichtAfgekeurd(afkeur)
    return data
