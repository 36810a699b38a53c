"""A message as a tree of names and contents, and that tree as lines of XML."""

from __future__ import annotations

from datetime import date

# A tree is (element name, content); content is text, a list of trees, or None for "absent".
Inhoud = str | int | date | list["Boom"] | None
Boom = tuple[str, Inhoud]


def ontsnapt(tekst: str) -> str:
    """Text content. A line end becomes CR/LF, which every parser reads back as one LF; a lone CR survives
    only as a reference."""
    tekst = tekst.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return tekst.replace("\r", "&#13;").replace("\n", "\r\n")


class Schrijver:
    """Lines of XML; the prefix of an element follows from where its type is declared."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.regels: list[str] = []

    def element(self, boom: Boom, diepte: int, prefix: str) -> None:
        naam, inhoud = boom
        if inhoud is None:
            return
        inspringing = "\t" * diepte
        if not isinstance(inhoud, list):
            waarde = ontsnapt(inhoud.isoformat() if isinstance(inhoud, date) else str(inhoud))
            self.regels.append(f"{inspringing}<{prefix}:{naam}>{waarde}</{prefix}:{naam}>")
            return
        self.regels.append(f"{inspringing}<{prefix}:{naam}>")
        binnen = "iwmo" if naam in _BASISELEMENTEN else prefix
        for kind in inhoud:
            self.element(kind, diepte + 1, binnen)
        self.regels.append(f"{inspringing}</{prefix}:{naam}>")


# Elements of the message itself whose children are declared in the basisschema (composite types).
_BASISELEMENTEN = frozenset(
    ("BerichtIdentificatie", "XsdVersie", "XsdVersieRetour", "Geboortedatum", "Naam", "Communicatie",
     "Adres", "Telefoon", "Periode", "Product", "Omvang")
)  # fmt: skip
