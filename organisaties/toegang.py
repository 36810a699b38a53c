"""The door to a view: a right from the table `rollen`, or 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from logboek.actions import leg_vast
from logboek.models import Gebeurtenis
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
                _noteer_weigering(request, rechten)
                raise Http404
            return view(request, *args, **kwargs)

        met_recht.rechten = rechten  # type: ignore[attr-defined]  # read by the access matrix
        return met_recht

    return maak


def _noteer_weigering(request: Verzoek, rechten: tuple[Mag, ...]) -> None:
    """Somebody tried a page that is not for his role: by hand, for no menu shows it to him (ASVS 16.3.2)."""
    leg_vast(
        actie="toegang.geweigerd",
        door=request.user,
        object_soort="pagina",
        aanbieder_id=request.user.aanbieder_id,
        doel="toegang",
        resultaat=Gebeurtenis.Resultaat.GEWEIGERD,
        details={
            "recht": sorted(rechten),
            "pagina": request.resolver_match.view_name if request.resolver_match else "",
        },
    )
