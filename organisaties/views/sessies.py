"""Where one is logged in oneself, and ending that from here (ASVS 7.5.2)."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from organisaties.actions_inloggen import beeindig_eigen_sessies
from organisaties.sessies import lijst
from organisaties.toegang import Verzoek
from wmo_portal.lib.tijd import nu


@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth ships no types
@require_http_methods(["GET", "POST"])
def sessies(request: Verzoek) -> HttpResponse:
    """The list; a POST ends one session, or all but this one. Ending asks for the password or the code again."""
    deze = request.session.session_key
    if request.method == "POST":
        aantal = beeindig_eigen_sessies(
            door=request.user, kenmerk=str(request.POST.get("sessie", "")), behalve=deze
        )
        messages.success(request, f"{aantal} sessie{'' if aantal == 1 else 's'} beëindigd.")
        return redirect("organisaties:sessies")
    rijen = lijst(request.user.pk, deze=deze, op=nu())
    return render(request, "organisaties/sessies.html", {"rijen": rijen, "andere": len(rijen) > 1})
