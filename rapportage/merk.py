"""The mark under which a client stands in a report: short, stable, and no way back to the person (R106).

The keyed hash itself is made where the key is (`queries.sleutels`); this module only makes it readable.
"""

from __future__ import annotations

from typing import Final

_TEKENS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0/O, 1/I/L: a mark is read aloud in a quarterly talk."""
_LENGTE: Final = 8
AFGESCHERMD: Final = "afgeschermd"
AFGESCHERMD_ZIN: Final = "Afgeschermde cliënt: telt mee, maar staat zonder gegevens in de lijst."
"""R112: counted in figures, absent from lists. The row stays, so that the list is as long as its figure."""


def merk(sleutel: str) -> str:
    """`7KQF-2M4X` for a hexadecimal hash of at least ten bytes; some 40 bits, so chance twins are rare."""
    getal = int(sleutel[:20], 16)
    tekens = []
    for _ in range(_LENGTE):
        getal, rest = divmod(getal, len(_TEKENS))
        tekens.append(_TEKENS[rest])
    return f"{''.join(tekens[:4])}-{''.join(tekens[4:])}"
