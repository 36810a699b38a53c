"""Paging through a list that was counted: where a page begins, and the addresses beside it.

For lists in which rows do not come and go while somebody reads; the others page by key (`templates/componenten/
paginering.html` shows both).
"""

from urllib.parse import urlencode

from django.http import QueryDict


def vanaf(vraag: QueryDict, aantal: int) -> int:
    """Where the page of a list begins; nonsense is the beginning."""
    tekst = vraag.get("vanaf", "")
    begin = int(tekst) if tekst.isdecimal() and len(tekst) < 8 else 0
    return begin if begin < aantal else 0


def blader(vraag: QueryDict, begin: int, aantal: int, per_pagina: int) -> dict[str, str]:
    """The addresses of the pages before and after this one; empty when there is none."""
    eind = min(begin + per_pagina, aantal)
    vast = [(naam, waarde) for naam, waarde in vraag.items() if naam != "vanaf"]

    def ga(naar: int) -> str:
        return f"?{urlencode([*vast, ('vanaf', str(naar))])}"

    return {
        "vorige_url": ga(max(begin - per_pagina, 0)) if begin else "",
        "volgende_url": ga(eind) if eind < aantal else "",
        "bladeren": f"{begin + 1} tot en met {eind} van {aantal}",
    }
