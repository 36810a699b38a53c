"""One's own page about the mail of the day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meldingen.actions import kies
from meldingen.forms import MeldingFormulier
from meldingen.queries import eerdere, keuze_van
from meldingen.register import bronnen_voor
from organisaties.enums import Rol
from organisaties.toegang import Verzoek
from wmo_portal.lib.tijd import nu


@require_http_methods(["GET", "POST"])
def meldingen(request: Verzoek) -> HttpResponse:
    wie = request.user
    form = MeldingFormulier(
        request.POST if request.method == "POST" else None,
        keuze=keuze_van(wie),
        bronnen=bronnen_voor(wie.rol),
    )
    if request.method == "POST" and form.is_valid():
        gekozen = form.cleaned_data
        kies(gebruiker=wie, uit=form.uit, dagen=gekozen["dagen"], vanaf_uur=gekozen["vanaf_uur"], op=nu())
        messages.success(request, "Uw keuze is bewaard. Die geldt vanaf de volgende mail.")
        return redirect("meldingen:meldingen")
    inhoud = {
        "form": form,
        "form_met_fouten": bool(form.errors),
        "eerdere": eerdere(wie),
        "is_aanbieder": wie.rol == Rol.AANBIEDER,
    }
    return render(request, "meldingen/meldingen.html", inhoud, status=422 if form.errors else 200)


meldingen.rechten = ()  # type: ignore[attr-defined]  # everybody who is logged in: it is one's own
