"""Part 1, client by client: who is behind a number, confirm or correct, and the reconciliation both sides see (M7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from organisaties.rollen import Mag
from organisaties.toegang import Verzoek, vereist
from rapportage.actions.inzage import leg_inzage_vast
from rapportage.actions.opgave import KanNiet, NietCompleet, corrigeer
from rapportage.enums import Categorie
from rapportage.enums_opgave import NIET_MEE, Deel, OpgaveStatus
from rapportage.forms_opgave import ClientFormulier
from rapportage.models import Kwartaalopgave
from rapportage.opgave_regels import bewerkbaar
from rapportage.opgave_uitval import Afstemregel, naam_van
from rapportage.overzicht import Naam, Uitval
from rapportage.queries.opgave import keuze_van, namen_van, uitvaldeel
from rapportage.queries.uitval import uitval
from rapportage.views.opgave import kruimels, zoek
from wmo_portal.lib.tijd import nu


def _gemeente(gemeenten: tuple[Naam, ...], code: str) -> Naam:
    gevonden = next((naam for naam in gemeenten if naam.code == code), None)
    if gevonden is None:
        raise Http404
    return gevonden


def _log(request: Verzoek, opgave: Kwartaalopgave, wat: str, merken: list[str], gemeente: int | None) -> None:
    leg_inzage_vast(
        door=request.user,
        soort="kwartaalopgave",
        cel={"opgave": str(opgave.kenmerk), "wat": wat},
        merken=merken,
        gemeente_id=gemeente,
    )


@vereist(Mag.OPGAVE_INDIENEN)
@require_GET
def clienten(request: Verzoek, kenmerk: uuid.UUID, gemeente: str) -> HttpResponse:
    """Exactly the clients of one number, or everybody of the municipality, by name for their own provider."""
    opgave = zoek(request, kenmerk)
    deel = uitvaldeel(opgave, request.user)
    naam, categorie = _gemeente(deel.gemeenten, gemeente), request.GET.get("categorie", "")
    if categorie not in ("", NIET_MEE, *Categorie.codes()):
        raise Http404
    regels = deel.clienten(naam.pk, categorie)
    _log(request, opgave, f"{gemeente} {categorie}".strip(), [regel.merk for regel in regels], naam.pk)
    namen = namen_van((regel.client_id for regel in regels), request.user)
    rijen = sorted(
        ((regel, namen.get(regel.client_id, regel.merk)) for regel in regels),
        key=lambda rij: (rij[0].opgave, rij[1]),
    )
    hier = f"{naam.naam}{f', {naam_van(categorie)}' if categorie else ''}"
    inhoud = {
        "opgave": opgave,
        "gemeente": naam,
        "hier": hier,
        "rijen": rijen,
        "bij": request.GET.get("bij", ""),
        "mag_schrijven": bewerkbaar(OpgaveStatus(opgave.status)),
        "alle_url": reverse("rapportage:opgave-clienten", args=[kenmerk, gemeente]) if categorie else "",
        "kruimels": kruimels(opgave, _naar_uitval(opgave), (hier, "")),
    }
    return render(request, "rapportage/opgave_clienten.html", inhoud)


def _naar_uitval(opgave: Kwartaalopgave) -> tuple[str, str]:
    return ("Uitval", reverse("rapportage:opgave-deel", args=[opgave.kenmerk, Deel.UITVAL]))


@vereist(Mag.OPGAVE_INDIENEN)
@require_http_methods(["GET", "POST"])
def client(request: Verzoek, kenmerk: uuid.UUID, gemeente: str, sleutel: str) -> HttpResponse:
    """One client: confirm, or count otherwise with a reason."""
    opgave = zoek(request, kenmerk)
    deel = uitvaldeel(opgave, request.user)
    naam = _gemeente(deel.gemeenten, gemeente)
    regel = next((r for r in deel.regels if (r.gemeente_id, r.sleutel) == (naam.pk, sleutel)), None)
    if regel is None:
        raise Http404
    terug = reverse("rapportage:opgave-clienten", args=[kenmerk, gemeente])
    form = ClientFormulier(request.POST or None, regel=regel)
    if request.method == "POST" and form.is_valid() and _corrigeer(request, opgave, regel, form):
        return redirect(f"{terug}?bij={sleutel}")
    _log(request, opgave, "client", [regel.merk], naam.pk)
    inhoud = {
        "opgave": opgave,
        "regel": regel,
        "naam": namen_van([regel.client_id], request.user).get(regel.client_id, regel.merk),
        "gemeente": naam,
        "form": form,
        "kruimels": kruimels(opgave, _naar_uitval(opgave), (naam.naam, terug), ("Cliënt", "")),
    }
    return render(request, "rapportage/opgave_client.html", inhoud, status=422 if form.errors else 200)


def _corrigeer(request: Verzoek, opgave: Kwartaalopgave, regel: Afstemregel, form: ClientFormulier) -> bool:
    gekozen = form.cleaned_data
    try:
        anders = corrigeer(
            opgave=opgave,
            regel=regel,
            wordt=gekozen["wordt"],
            reden=gekozen["reden"],
            door=request.user,
            op=nu(),
        )
    except NietCompleet as fout:
        for bezwaar in fout.bezwaren:
            form.add_error(bezwaar.veld, bezwaar.zin)
        return False
    except KanNiet as fout:
        form.add_error(None, str(fout))
        return False
    if anders:
        messages.success(request, f"U telt deze cliënt nu als: {naam_van(gekozen['wordt'])}.")
    else:
        messages.success(request, "U telt deze cliënt zoals het berichtenverkeer.")
    return True


# --- Reconciliation, for both sides -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Vergelijk:
    """One client in the sent opgave beside the messages as they are now."""

    gemeente: str
    merk: str
    berichten: str
    toen: str
    opgave: str
    reden: str
    verschil: bool
    later: bool
    """The messages changed after it was sent."""


@vereist(Mag.OPGAVE_INDIENEN, Mag.OPGAVE_BEOORDELEN)
@require_GET
def afstemming(request: Verzoek, kenmerk: uuid.UUID) -> HttpResponse:
    """Berichtenverkeer / opgave / verschil per client, the same for provider and contract manager."""
    opgave = zoek(request, kenmerk)
    indiening = opgave.verzonden.first()
    if indiening is None:
        raise Http404
    nu_ = uitval(request.user, keuze_van(opgave))
    rijen = _vergelijk(indiening.inhoud["uitval"]["clienten"], nu_)
    getoond = rijen if request.GET.get("alle") else [rij for rij in rijen if rij.verschil or rij.later]
    _log(request, opgave, "afstemming", [rij.merk for rij in getoond], None)
    inhoud: dict[str, Any] = {
        "opgave": opgave,
        "indiening": indiening,
        "rijen": getoond,
        "aantal": len(rijen),
        "verschillen": sum(rij.verschil for rij in rijen),
        "alle": bool(request.GET.get("alle")),
        "cellen": indiening.inhoud["uitval"]["celverschillen"],
        "aanbieder": bool(request.user.aanbieder_id),
    }
    return render(request, "rapportage/opgave_afstemming.html", inhoud)


def _vergelijk(toen: list[list[str]], nu_: Uitval) -> list[Vergelijk]:
    namen = {naam.code: naam for naam in nu_.gemeenten}
    nu_per = {(regel.gemeente_id, regel.sleutel): regel for regel in nu_.regels}
    rijen = []
    for code, sleutel, berichten, opgave, reden in toen:
        naam = namen.get(code)
        regel = nu_per.pop((naam.pk if naam else 0, sleutel), None)
        rijen.append(_een_vergelijk(naam.naam if naam else code, regel, berichten, opgave, reden))
    nieuw = [regel for regel in nu_per.values() if regel.telling.telt_mee]
    rijen += [_een_vergelijk(nu_.naam_gemeente(r.gemeente_id), r, NIET_MEE, NIET_MEE, "") for r in nieuw]
    return sorted(rijen, key=lambda rij: (not rij.verschil, rij.gemeente, rij.merk))


def _een_vergelijk(gemeente: str, regel: Any, toen: str, opgave: str, reden: str) -> Vergelijk:
    nu_ = (regel.telling.categorie or NIET_MEE) if regel else NIET_MEE
    geheim = regel is not None and regel.afgeschermd
    return Vergelijk(
        gemeente=gemeente,
        merk="afgeschermd" if geheim else regel.merk if regel else "onbekend",
        berichten=naam_van(nu_),
        toen=naam_van(toen),
        opgave=naam_van(opgave),
        reden="" if geheim else reden,
        verschil=nu_ != opgave,
        later=nu_ != toen,
    )
