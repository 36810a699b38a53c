"""The door to a view: a right from the table `rollen`, or 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from organisaties.models import Gebruiker
from organisaties.rollen import Mag

View = Callable[..., HttpResponse]


class Verzoek(HttpRequest):
    """A request of somebody who is logged in: what every view behind `vereist` gets. For the type checker."""

    user: Gebruiker


def vereist(*rechten: Mag) -> Callable[[View], View]:
    """Decorator: one of these rights is needed. Who has none is told the page does not exist."""

    def maak(view: View) -> View:
        @wraps(view)
        def met_recht(request: Verzoek, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.mag(recht) for recht in rechten):
                raise Http404
            return view(request, *args, **kwargs)

        met_recht.rechten = rechten  # type: ignore[attr-defined]  # read by the access matrix
        return met_recht

    return maak
