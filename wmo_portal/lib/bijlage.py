"""A file made by the portal as the answer to a request: always taken along, never shown as a page.

The other headers (nosniff, no-store) come from the middleware, for every answer alike.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def als_bestand(inhoud: bytes | str, naam: str, mediatype: str) -> HttpResponse:
    """`naam` is made by us, never typed by somebody: it goes into the header as it is."""
    return HttpResponse(
        inhoud,
        content_type=mediatype,
        headers={"Content-Disposition": f'attachment; filename="{naam}"'},
    )
