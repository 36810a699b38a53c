"""The one walk over a file: bytes -> tree (0) -> schema (1) -> message -> rules (2) -> verdict."""

from __future__ import annotations

from iwmo.model import Bericht
from iwmo.ontleden import Geweerd, bestandsvorm, ontleed
from iwmo.oordeel import NIVEAU, BerichtAfgekeurd, Melding, Oordeel, Uitslag
from iwmo.register import soort_van
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


def _gelezen(data: bytes) -> tuple[Oordeel | None, Bericht | None]:
    """A refusing verdict of level 0 or 1, or the message."""
    try:
        root = ontleed(data)
    except Geweerd as fout:
        return _oordeel(fout.uitslag, [fout.melding]), None
    soort, nummer, release, gevonden = herken(root)
    if soort is None:
        return _oordeel("afgekeurd-schema", [onbekend(gevonden)], nummer, release), None
    meldingen = keur(soort, root, data)
    if not meldingen:
        try:
            return None, soort.lezer(root, soort)
        except ValueError:
            meldingen = [
                Melding("XSD", "Bericht", "datum of getal", "een jaar van 1 tot en met 9999", _JAARTAL)
            ]
    return _oordeel("afgekeurd-schema", meldingen, soort.code, soort.release), None


def controleer(data: bytes) -> Oordeel:
    """Judge one file on levels 1 and 2. Never raises on any bytes; `oordeel.bericht` is the message read."""
    afkeur, bericht = _gelezen(data)
    if afkeur is not None or bericht is None:
        assert afkeur is not None
        return afkeur
    meldingen = soort_van(bericht.release, bericht.soort).toetsing.meldingen(bericht)
    uitslag: Uitslag = "afgekeurd-inhoud" if meldingen else "akkoord"
    return _oordeel(uitslag, meldingen + bestandsvorm(data), bericht.soort, bericht.release, bericht)


def lees(data: bytes) -> Bericht:
    """The message in these bytes. Raises BerichtAfgekeurd when levels 0 or 1 refuse it; does not judge
    level 2, so that a retour with 0001 can still be made for it."""
    afkeur, bericht = _gelezen(data)
    if bericht is None:
        assert afkeur is not None
        raise BerichtAfgekeurd(afkeur)
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
    afkeur, _ = _gelezen(data)
    if afkeur is not None:
        raise BerichtAfgekeurd(afkeur)
    return data
