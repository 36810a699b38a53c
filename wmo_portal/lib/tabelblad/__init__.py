"""Spreadsheets out and in: workbooks that Excel users can count with, uploads that cannot hurt.

Out: real numbers and dates, identifiers as text, and whatever a person typed stays text. In: xlsx and csv,
with every refusal as a Dutch sentence.
"""

from wmo_portal.lib.tabelblad.boek import Blad, Boek, Controle, schrijf_lijst
from wmo_portal.lib.tabelblad.cellen import Kolom, Soort
from wmo_portal.lib.tabelblad.lezen import Ingelezen, IngelezenRij, VerwachteKolom, lees_blad
from wmo_portal.lib.tabelblad.openen import BestandGeweigerd

__all__ = [
    "BestandGeweigerd",
    "Blad",
    "Boek",
    "Controle",
    "Ingelezen",
    "IngelezenRij",
    "Kolom",
    "Soort",
    "VerwachteKolom",
    "lees_blad",
    "schrijf_lijst",
]
