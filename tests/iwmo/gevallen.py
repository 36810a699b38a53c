"""Every own test message with its verdict: derived from the element tables and the wording of the rules."""

from __future__ import annotations

from collections.abc import Iterator

from tests.iwmo import gevallen_inhoud as inhoud
from tests.iwmo.bouw import dubbel, erna, naar_eind, weg, zet
from tests.iwmo.geval import Geval
from tests.iwmo.structuur import TABELLEN
from tests.iwmo.velden import RIJEN, TYPEN


def _uitslag(teken: str) -> tuple[str, tuple[str, ...]]:
    if teken == "S":
        return "afgekeurd-schema", ()
    return ("akkoord", ()) if teken == "-" else ("afgekeurd-inhoud", tuple(teken.split(",")))


def _rijen(soort: str) -> list[tuple[str, str, str]]:
    return [tuple(regel.split()) for regel in TABELLEN[soort].split("\n") if regel]


def structuurgevallen() -> Iterator[Geval]:
    """Each element left out, written twice, moved behind its siblings, and (a value) left empty."""
    for soort in TABELLEN:
        rijen = _rijen(soort)
        ouders = {pad.rpartition("/")[0] for pad, _, _ in rijen}
        for pad, zonder, tweemaal in rijen:
            yield Geval(f"{soort} zonder {pad}", soort, (weg(pad),), *_uitslag(zonder))
            yield Geval(f"{soort} dubbel {pad}", soort, (dubbel(pad),), *_uitslag(tweemaal))
            blad = pad not in ouders and not pad.endswith(("Codes", "]", "Relatie", "Client"))
            if blad and not pad.endswith(_MAPPEN) and pad not in _SAMENGESTELD:
                regels = _VASTE_REGEL.get(pad, ())
                yield Geval(f"{soort} leeg {pad}", soort, (zet(pad, ""),), "afgekeurd-schema", regels)
            vreemd = erna(pad, "<w:Zelfbedacht>1</w:Zelfbedacht>")
            yield Geval(f"{soort} iets onbekends na {pad}", soort, (vreemd,), "afgekeurd-schema")


_MAPPEN = ("Producten", "Contactgegevens", "Relaties", "/Contact", "Periode")
_VASTE_REGEL = {"Header/BerichtVersie": ("CS025",), "Header/BerichtSubversie": ("CS015",)}
_SAMENGESTELD = frozenset(
    (
        "Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang",
        "Client/ToegewezenProducten/ToegewezenProduct[2]/Product",
        "Client/StartProducten/StartProduct[1]/Product",
        "Client/Contactgegevens/Contact[2]/Telefoon",
    )
)


def volgordegevallen() -> Iterator[Geval]:
    """The first of each sequence moved to its end."""
    for soort, pad in (
        ("301", "Header"),
        ("301", "Header/BerichtCode"),
        ("301", "Header/BerichtIdentificatie/Identificatie"),
        ("301", "Header/XsdVersie/BasisschemaXsdVersie"),
        ("301", "Client/Bsn"),
        ("301", "Client/Naam/Geslachtsnaam"),
        ("301", "Client/Naam/Geslachtsnaam/Achternaam"),
        ("301", "Client/Communicatie/Vorm"),
        ("301", "Client/Relaties"),
        ("301", "Client/Relaties/Relatie/Nummer"),
        ("301", "Client/Contactgegevens/Contact[1]/Soort"),
        ("301", "Client/Contactgegevens/Contact[1]/Adres/Huis"),
        ("301", "Client/Contactgegevens/Contact[1]/Adres/Huis/Huisnummer"),
        ("301", "Client/Contactgegevens/Contact[1]/Telefoon/Telefoon01"),
        ("301", "Client/Contactgegevens/Contact[2]/Periode/Begindatum"),
        ("301", "Client/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer"),
        ("301", "Client/ToegewezenProducten/ToegewezenProduct[1]/Product/Categorie"),
        ("301", "Client/ToegewezenProducten/ToegewezenProduct[1]/Omvang/Volume"),
        ("305", "Header"),
        ("305", "Client/Bsn"),
        ("305", "Client/StartProducten/StartProduct[1]/ToewijzingNummer"),
        ("305", "Client/StartProducten/StartProduct[1]/Product"),
        ("307", "Client/Geboortedatum/Datum"),
        ("307", "Client/StopProducten/StopProduct[1]/ToewijzingNummer"),
        ("307", "Client/StopProducten/StopProduct[1]/Begindatum"),
        ("307", "Client/StopProducten/StopProduct[1]/RedenBeeindiging"),
        ("308", "Header/IdentificatieRetour"),
        ("308", "Header/XsltVersie"),
        ("308", "Client/StopProducten/StopProduct[1]/StatusAanlevering"),
    ):
        yield Geval(f"{soort} achteraan {pad}", soort, (naar_eind(pad),), "afgekeurd-schema")
    for soort, pad in (
        ("301", "Client/Contactgegevens/Contact[1]"),
        ("301", "Client/ToegewezenProducten/ToegewezenProduct[1]"),
        ("305", "Client/StartProducten/StartProduct[1]"),
        ("307", "Client/StopProducten/StopProduct[1]"),
    ):
        yield Geval(f"{soort} andere volgorde van {pad}", soort, (naar_eind(pad),), "akkoord")


def veldgevallen() -> Iterator[Geval]:
    for soorten, pad, typenaam in RIJEN:
        goed, fout = TYPEN[typenaam]
        for soort in soorten.split():
            for waarde in goed:
                yield Geval(f"{soort} {pad} = {waarde[:20]!r}", soort, (zet(pad, waarde),), "akkoord")
            for waarde in fout:
                naam = f"{soort} {pad} = {waarde[:20]!r} ({len(waarde)})"
                yield Geval(naam, soort, (zet(pad, waarde),), "afgekeurd-schema")


def versiegevallen() -> Iterator[Geval]:
    """BerichtCode, BerichtVersie and BerichtSubversie are fixed; the last two have a rule number."""
    codes = {"301": "414", "302": "415", "305": "418", "306": "419", "307": "420", "308": "421"}
    for soort, eigen in codes.items():
        for code in [*codes.values(), "436", "0420", ""]:
            uitslag = "akkoord" if code == eigen else "afgekeurd-schema"
            yield Geval(f"{soort} code {code}", soort, (zet("Header/BerichtCode", code),), uitslag)
        for veld, regel, fout in (
            ("BerichtVersie", "CS025", ("2", "4", "03", "100", "drie")),
            ("BerichtSubversie", "CS015", ("0", "1", "3", "02", "x")),
        ):
            for waarde in fout:
                bewerking = (zet(f"Header/{veld}", waarde),)
                yield Geval(f"{soort} {veld} {waarde}", soort, bewerking, "afgekeurd-schema", (regel,))


def alle() -> list[Geval]:
    bronnen = (
        structuurgevallen, volgordegevallen, veldgevallen, versiegevallen, inhoud.clientgevallen, inhoud.leveringsgevallen,
        inhoud.contactgevallen, inhoud.naamgevallen, inhoud.toewijzingsgevallen, inhoud.stapelgevallen, inhoud.randgevallen,
    )  # fmt: skip
    return [geval for bron in bronnen for geval in bron()]
