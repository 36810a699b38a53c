"""A stored file as an answer to the browser: always as a download, never shown inside the portal."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from beschikkingen.documenten import Download


def als_bijlage(download: Download) -> HttpResponse:
    """Attachment, no sniffing, and a sandbox in case a browser shows it after all (veiligheid D6, D8)."""
    naam = content_disposition_header(as_attachment=True, filename=download.document.naam)
    return HttpResponse(
        download.inhoud,
        content_type=download.document.mediatype,
        headers={
            "Content-Disposition": naam or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
