"""Pages that belong to no app: alive, ready, how to report a leak, stay logged in, how accessible it is."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from wmo_portal.lib.tijd import nu


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("goed", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, is migrated, and we are not somebody who can climb over the wall."""
    from techniek.queries import gereed

    stand = gereed(MigrationExecutor(connection))
    return JsonResponse(stand, status=200 if all(stand.values()) else 503)


@login_not_required
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The operator sets WMO_CONTACT."""
    vervalt = nu().replace(year=nu().year + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    regels = [
        f"Contact: mailto:{settings.FOUTEN_NAAR}",
        f"Expires: {vervalt.isoformat()}",
        "Preferred-Languages: nl, en",
    ]
    return HttpResponse("\n".join(regels) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """The accessibility statement; whoever cannot log in must be able to read it."""
    return render(request, "toegankelijkheid.html", {"contact": settings.FOUTEN_NAAR})


@login_not_required
@require_http_methods(["GET", "POST"])
def blijf(request: HttpRequest) -> HttpResponse:
    """How long this session still lasts; POST is the button "blijf ingelogd" of the warning.

    Looking is no activity (the middleware leaves this address out), or the warning would keep itself away.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"over": 0}, status=401)
    nu_ = int(nu().timestamp())
    if request.method == "POST":
        request.session["laatst"] = nu_
    stil = nu_ - int(request.session.get("laatst", nu_))
    return JsonResponse(
        {"over": max(settings.SESSIE_STIL_MINUTEN * 60 - stil, 0), "csrf": get_token(request)}
    )
