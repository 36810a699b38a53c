"""Where browsers tell that they stopped something on a page of ours (report-uri of the content security policy).

Anybody can send this, so it is small, few, and ends as one line in the log of the server. Of what was sent only three
things are kept, each cut to what it may be: the rule, where the thing came from, and on which page.
"""

from __future__ import annotations

import json
import logging
from typing import Any, Final
from urllib.parse import quote, urlsplit

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

HOOGSTENS: Final = 8_192
SOORTEN: Final = {"application/csp-report", "application/json"}
LENGTE: Final = 120
logger = logging.getLogger(__name__)


# A browser calls by itself, without a cookie of ours: there is nothing that somebody else could make it do.
@csrf_exempt
@login_not_required
@require_POST
def melding(request: HttpRequest) -> HttpResponse:
    """204 whatever was in it: who makes reports up learns nothing."""
    gelezen = _lees(request) if ratelimit.consume(request, action="csp") else None
    if gelezen:
        logger.warning(
            "Inhoudsbeleid: %s hield %s tegen op %s",
            _woord(gelezen.get("effective-directive") or gelezen.get("violated-directive")),
            _herkomst(gelezen.get("blocked-uri")),
            _deel(urlsplit(_tekst(gelezen.get("document-uri"))).path),
        )
    return HttpResponse(status=204)


def _lees(request: HttpRequest) -> dict[str, Any] | None:
    grootte = str(request.META.get("CONTENT_LENGTH") or "")
    if request.content_type not in SOORTEN or not grootte.isdecimal() or int(grootte) > HOOGSTENS:
        return None
    try:
        gelezen = json.loads(request.body)["csp-report"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return gelezen if isinstance(gelezen, dict) else None


def _tekst(waarde: object) -> str:
    return waarde if isinstance(waarde, str) else ""


def _woord(waarde: object) -> str:
    """The name of a rule, without what the rule allows."""
    return _deel(_tekst(waarde).split(" ")[0])


def _herkomst(waarde: object) -> str:
    """A host, or a word like `inline`: never a whole address, which may hold what somebody typed."""
    try:
        return _deel(urlsplit(_tekst(waarde)).netloc.rpartition("@")[2] or _tekst(waarde).split(":")[0])
    except ValueError:
        return "onbekend"


def _deel(tekst: str) -> str:
    """On one line and short."""
    return quote(tekst[:LENGTE], safe="/:.-_*") or "onbekend"
