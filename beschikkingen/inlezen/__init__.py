"""Reading decisions out of a Suite export (xlsx or csv): columns, rows, and what they would change.

`kolommen` is the table of what may stand in the file, `keuren` judges one row after another, `vergelijken` holds
the good rows against what the portal knows. Nothing here writes; `beschikkingen.actions` does.
"""

from beschikkingen.inlezen import werkboek
from beschikkingen.inlezen.keuren import Keuzelijsten, Regel, Rijfout, keur_bestand, keuzelijsten
from beschikkingen.inlezen.kolommen import KOLOMMEN, MAX_RIJEN
from beschikkingen.inlezen.vergelijken import Plan, maak_plan

__all__ = [
    "KOLOMMEN",
    "MAX_RIJEN",
    "Keuzelijsten",
    "Plan",
    "Regel",
    "Rijfout",
    "keur_bestand",
    "keuzelijsten",
    "maak_plan",
    "werkboek",
]
