"""Reports that a worker makes. WeasyPrint is imported here and nowhere in a web process (prestaties §5)."""

from __future__ import annotations

from collections.abc import Callable

from organisaties.rollen import Mag
from rapportage.actions import rapporten
from rapportage.actions.kwartaalrapporten import plan_kwartaalrapporten
from rapportage.forms import Rapportfilter, Resultaatfilter, lees_rapport, verloop_van
from rapportage.models import Rapport
from rapportage.overzicht import Uitval
from rapportage.pdf.gesprek import document as gespreksdocument
from rapportage.pdf.opgave import document as opgavedocument
from rapportage.pdf.resultaat import document as resultaatdocument
from rapportage.pdf.uitval import document
from rapportage.queries.gesprek import gesprek_van, gesprekken
from rapportage.queries.opgave import verzonden
from rapportage.queries.uitval import uitval
from rapportage.queries.vaststelkop import vaststelkop
from rapportage.queries.vaststelling import als_uitval, vaststellingen
from rapportage.statussen import Rapportsoort
from rapportage.verantwoording import Kop
from techniek.taak import taak
from wmo_portal.lib import rls
from wmo_portal.lib.drukwerk import DrukwerkFout
from wmo_portal.lib.tijd import dag_van, nu

STUK = "Het rapport is niet gemaakt door een fout in het portaal. Probeer het opnieuw, of meld dit aan de beheerder."
FILTER_WEG = "Een van de gekozen filters bestaat niet meer. Kies opnieuw en vraag het rapport nog eens aan."


class NietTeMaken(ValueError):
    """Why this report cannot be made, as a Dutch sentence."""


@taak(name="rapportage.tasks.maak_rapporten")
def maak_rapporten() -> str:
    """Plan the quarterly ones, make every report that waits, oldest first, and empty the expired ones.

    May run as often as you like.
    """
    gepland = plan_kwartaalrapporten(op=nu())
    gemaakt = sum(
        1 for rapport in _wachtend() if rapporten.neem_op(rapport=rapport, op=nu()) and _maak(rapport)
    )
    verlopen = rapporten.ruim_op(op=nu())
    return f"{gepland} kwartaalrapporten gepland, {gemaakt} rapporten gemaakt, {verlopen} verlopen."


def _wachtend() -> list[Rapport]:
    return list(Rapport.objects.wachtend().select_related("aanvrager").order_by("aangevraagd_op", "pk"))


def _maak(rapport: Rapport) -> bool:
    """Whatever goes wrong with one report is said on its line and does not stop the others."""
    wie = rapport.aanvrager
    try:
        with rls.binnen(wie.bereik):
            regels, druk_af = _inhoud(rapport)
        inhoud = druk_af()
    except (NietTeMaken, DrukwerkFout) as fout:
        rapporten.zeg_waarom_niet(rapport=rapport, zin=str(fout), op=nu(), door=wie)
        return False
    except Exception:
        rapporten.zeg_waarom_niet(rapport=rapport, zin=STUK, op=nu(), door=wie)
        raise
    rapporten.lever(rapport=rapport, inhoud=inhoud, regels=regels, op=nu(), door=wie)
    return True


def _inhoud(rapport: Rapport) -> tuple[int, Callable[[], bytes]]:
    """How many clients the report is about, and what prints it."""
    maker = {
        Rapportsoort.OPGAVE: _opgave,
        Rapportsoort.RESULTAAT: _resultaat,
        Rapportsoort.GESPREK: _gesprek,
    }.get(Rapportsoort(rapport.soort))
    if maker:
        return maker(rapport)
    gevonden, kop = _cijfers(rapport)
    return len(gevonden.regels), lambda: document(gevonden, kop)


def _opgave(rapport: Rapport) -> tuple[int, Callable[[], bytes]]:
    """What was sent, for its provider and for the contract manager who may read it."""
    indiening = verzonden(rapport.aanvrager, rapport.filters["kenmerk"], rapport.filters["volgnummer"])
    if indiening is None:
        raise NietTeMaken("U hebt geen toegang meer tot deze kwartaalopgave.")
    beeld, kop = (
        indiening.inhoud,
        Kop(rapport.titel, indiening.ingediend_door.naam, indiening.ingediend_op, zegel=indiening.sha256),
    )
    return len(beeld["uitval"]["clienten"]), lambda: opgavedocument(beeld, kop)


def _mag_nog(rapport: Rapport) -> None:
    if not rapport.aanvrager.mag(Mag.EXPORTEREN):
        raise NietTeMaken("U mag geen rapporten meer maken. Vraag de beheerder om het recht.")


def _resultaat(rapport: Rapport) -> tuple[int, Callable[[], bytes]]:
    _mag_nog(rapport)
    filter_ = Resultaatfilter(
        rapport.filters, lezer=rapport.aanvrager, vandaag=dag_van(rapport.aangevraagd_op)
    )
    if not filter_.is_valid():
        raise NietTeMaken(FILTER_WEG)
    gevonden = lees_rapport(rapport.aanvrager, filter_)
    verloop = verloop_van(filter_, gevonden)
    kop = Kop(rapport.titel, rapport.aanvrager.naam, rapport.aangevraagd_op, filter_.in_woorden())
    return len(gevonden.oordelen), lambda: resultaatdocument(gevonden, kop, verloop)


def _gesprek(rapport: Rapport) -> tuple[int, Callable[[], bytes]]:
    """As it stands now: figures, notes and actions."""
    _mag_nog(rapport)
    rij = gesprekken(rapport.aanvrager).filter(kenmerk=rapport.filters["kenmerk"]).first()
    if rij is None:
        raise NietTeMaken("U hebt geen toegang meer tot dit kwartaalgesprek.")
    try:
        gesprek = gesprek_van(rapport.aanvrager, rij, dag_van(rapport.aangevraagd_op))
    except ValueError as fout:
        raise NietTeMaken(f"Het kwartaal is niet te tellen: {fout}.") from fout
    zegel = gesprek.vast.sha256 if gesprek.vast else ""
    kop = Kop(rapport.titel, rapport.aanvrager.naam, rapport.aangevraagd_op, zegel=zegel)
    return gesprek.uitval.totaal.totaal, lambda: gespreksdocument(gesprek, kop)


def _cijfers(rapport: Rapport) -> tuple[Uitval, Kop]:
    _mag_nog(rapport)
    if rapport.soort == Rapportsoort.VASTSTELLING:
        return _vastgesteld(rapport)
    return _uitval(rapport)


def _uitval(rapport: Rapport) -> tuple[Uitval, Kop]:
    filter_ = Rapportfilter(rapport.filters, lezer=rapport.aanvrager, vandaag=dag_van(rapport.aangevraagd_op))
    if not filter_.is_valid():
        raise NietTeMaken(FILTER_WEG)
    try:
        gevonden = uitval(rapport.aanvrager, filter_.keuze())
    except ValueError as fout:
        raise NietTeMaken(f"Het rapport is niet te tellen: {fout}.") from fout
    kop = Kop(rapport.titel, rapport.aanvrager.naam, rapport.aangevraagd_op, filter_.in_woorden())
    return gevonden, kop


def _vastgesteld(rapport: Rapport) -> tuple[Uitval, Kop]:
    vast = vaststellingen(rapport.aanvrager).filter(kenmerk=rapport.filters["kenmerk"]).first()
    if vast is None:
        raise NietTeMaken("U hebt geen toegang meer tot deze vaststelling.")
    return als_uitval(rapport.aanvrager, vast), vaststelkop(vast)
