"""Who exists in the demo: providers, people with a log-in, names. Nobody here is real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from organisaties.demo import DOMEIN, WACHTWOORD
from organisaties.enums import Rol

__all__ = ["AANBIEDERS", "PERSONEN", "WACHTWOORD", "Aanbiedergegevens", "Persoon"]
ZAAD: Final = 1783


@dataclass(frozen=True, slots=True)
class Aanbiedergegevens:
    agb: str
    naam: str
    email: str
    regios: tuple[str, ...]


AANBIEDERS: Final = (
    Aanbiedergegevens("75000001", "Verzonnen Zorggroep De Linde", "post@delinde.example", ("h5",)),
    Aanbiedergegevens("75000002", "Stichting Het Verzonnen Anker", "info@anker.example", ("h5",)),
    Aanbiedergegevens("75000003", "Denkbeeldig Thuis", "zorg@denkbeeldigthuis.example", ("h5",)),
    Aanbiedergegevens("75000004", "Voorbeeldzorg Kompas", "kompas@voorbeeldzorg.example", ("h5", "mh")),
    Aanbiedergegevens("75000005", "Fictieve Begeleiding Zilverberk", "hallo@zilverberk.example", ("h5",)),
    Aanbiedergegevens("75000006", "Verzonnen Heuvelzorg", "post@heuvelzorg.example", ("mh",)),
    Aanbiedergegevens("75000007", "Stichting De Denkbeeldige Brug", "info@debrug.example", ("mh",)),
    Aanbiedergegevens("75000008", "Voorbeeldhuis Maasoever", "zorg@maasoever.example", ("mh",)),
)


@dataclass(frozen=True, slots=True)
class Persoon:
    """Somebody with a log-in; `gemeenten` are CBS codes, `agb` is the provider of an aanbieder."""

    sleutel: str
    rol: Rol
    naam: str
    functie: str
    gemeenten: tuple[str, ...] = ()
    agb: str = ""
    op_inlogscherm: bool = True

    @property
    def email(self) -> str:
        return f"{self.sleutel}@{DOMEIN}"


H5: Final = ("1783", "0503", "1916", "1842", "0603")
MH: Final = ("1903", "1729", "0935", "0938", "0981", "0994")
HEUVELLAND: Final = ("1903", "1729", "0938", "0981", "0994")

PERSONEN: Final = (
    Persoon("consulent.westland", Rol.CONSULENT, "Marijke van Duijn", "Wmo-consulent", ("1783",)),
    Persoon("consulent.delft", Rol.CONSULENT, "Samir Benali", "Wmo-consulent", ("0503",)),
    Persoon("consulent.h5", Rol.CONSULENT, "Ingrid Postma", "Wmo-consulent", ("1916", "1842", "0603")),
    Persoon("administratie.h5", Rol.ADMINISTRATIE, "Gerda Hoekstra", "Administratief medewerker", H5),
    Persoon("contractmanager.h5", Rol.CONTRACTMANAGER, "Peter Zwinkels", "Contractmanager", H5),
    Persoon("aanbieder.linde", Rol.AANBIEDER, "Fatma Yildirim", "Teamleider", agb="75000001"),
    Persoon("aanbieder.kompas", Rol.AANBIEDER, "Bas Noordermeer", "Zorgadministrateur", agb="75000004"),
    Persoon("consulent.maastricht", Rol.CONSULENT, "Lieke Janssen", "Wmo-consulent", ("0935",)),
    Persoon("consulent.heuvelland", Rol.CONSULENT, "Guus Frissen", "Wmo-consulent", HEUVELLAND),
    Persoon("administratie.mh", Rol.ADMINISTRATIE, "Yvonne Habets", "Administratief medewerker", MH),
    Persoon("contractmanager.mh", Rol.CONTRACTMANAGER, "Roel Schreurs", "Contractmanager", MH),
    Persoon("aanbieder.heuvelzorg", Rol.AANBIEDER, "Manon Vroemen", "Kwaliteitsmedewerker", agb="75000006"),
    Persoon("beheerder", Rol.BEHEERDER, "Tessa Oudshoorn", "Functioneel beheerder"),
    # Somebody to give a dossier to.
    Persoon(
        "collega.westland", Rol.CONSULENT, "Hanna Verburg", "Wmo-consulent", ("1783",), op_inlogscherm=False
    ),
    Persoon(
        "collega.maastricht", Rol.CONSULENT, "Wim Lemmens", "Wmo-consulent", ("0935",), op_inlogscherm=False
    ),
    # Behind the scenes: they wrote what stands in the dossiers of the other providers.
    Persoon(
        "aanbieder.anker", Rol.AANBIEDER, "Joost Verhulst", "Begeleider", agb="75000002", op_inlogscherm=False
    ),
    Persoon(
        "aanbieder.thuis", Rol.AANBIEDER, "Wendy de Rijk", "Begeleider", agb="75000003", op_inlogscherm=False
    ),
    Persoon(
        "aanbieder.zilverberk", Rol.AANBIEDER, "Koen Blom", "Begeleider", agb="75000005", op_inlogscherm=False
    ),
    Persoon(
        "aanbieder.brug", Rol.AANBIEDER, "Ans Pluijmen", "Begeleider", agb="75000007", op_inlogscherm=False
    ),
    Persoon(
        "aanbieder.maasoever",
        Rol.AANBIEDER,
        "Dirk Cuijpers",
        "Begeleider",
        agb="75000008",
        op_inlogscherm=False,
    ),
)

AANTALLEN: Final = {
    "1783": 75,
    "0503": 60,
    "1916": 40,
    "1842": 30,
    "0603": 45,
    "0935": 60,
    "1903": 20,
    "1729": 16,
    "0938": 20,
    "0981": 14,
    "0994": 20,
}
"""Clients per municipality: 400 in all."""

LANG_GELEDEN: Final = {"1783": (400, 30, -30), "0935": (60,)}
"""Clients besides those: how many days ago the retention term of their only dossier was over."""


def behandelaar_van(gemeente: str, bsn: str) -> Persoon | None:
    """Most dossiers are of the first consulent, some of a colleague, some of nobody yet."""
    eigen = [p for p in PERSONEN if p.rol is Rol.CONSULENT and gemeente in p.gemeenten]
    wie: tuple[Persoon | None, ...] = (eigen[0], eigen[0], eigen[0], eigen[-1], None)
    return wie[int(bsn) % len(wie)]


_NAMEN: Final = (
    "|Aerts, |Bakker, van den|Berg, de|Boer, |Bos, |Brouwer, de|Bruin, |Dekker, van|Dijk, |Dijkstra, van|Dongen, "
    "van der|Ende, |Evers, |Franken, |Geurts, de|Graaf, de|Groot, |Haak, van den|Heuvel, |Hendriks, |Hoogland, "
    "|Huisman, |Jacobs, |Jansen, de|Jong, |Kaya, |Kerkhof, |Koster, |Kuipers, van|Leeuwen, |Lemmens, van der|Linden, "
    "|Maas, |Martens, van der|Meer, |Meijer, |Mertens, |Moerman, |Mulder, |Nijland, |Oosterhuis, |Öztürk, |Peeters, "
    "van der|Plas, |Post, |Prins, |Quaedvlieg, |Ramdin, |Reijnders, |Rietveld, |Roelofs, |Ruijter, |Sanders, "
    "|Schouten, |Sewgobind, |Slagter, |Smeets, |Smit, ten|Broeke, |Terpstra, |Timmermans, |Tuinstra, |Valk, "
    "van de|Velde, |Verbeek, |Verhoeven, |Vermeulen, |Visser, |Vos, de|Vries, van der|Wal, |Willems, de|Wit, |Wolters, "
    "|Yılmaz, |Zandstra, van der|Zwan, |Zonneveld, |El Idrissi, |Chahid, |Nowak, |Hofstra"
)
ACHTERNAMEN: Final = tuple((v, a) for v, _, a in (naam.partition("|") for naam in _NAMEN.split(", ")))
"""Pairs of voorvoegsel and achternaam."""
VOORNAMEN: Final = (
    "Anna", "Bram", "Cornelia", "Dirk", "Elisabeth", "Frits", "Geertruida", "Hendrik", "Ilse", "Johanna", "Kees",
    "Leonie", "Maria", "Niels", "Olga", "Pieter", "Rachid", "Sofie", "Theodora", "Ursula", "Victor", "Wilhelmina",
    "Yasmina", "Zehra", "Adriaan", "Bep", "Christiaan", "Dina", "Emre", "Fenna",
)  # fmt: skip
