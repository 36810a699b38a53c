"""What runs by the clock or when a screen asks for it. Truth is in PostgreSQL: a lost message loses nothing (D5)."""

from __future__ import annotations

import logging
from collections.abc import Callable

from resultaat.actions.afsluiten import sluit_afgelopen
from resultaat.actions.ronde import POGINGEN_HOOGSTENS, RondeIsBezig, Uitslag, ga_door, voer_ronde_uit
from resultaat.models import Ronde
from resultaat.queries.ronde import onafgemaakt
from resultaat.queries.rondes_te_doen import aan_de_beurt
from techniek.taak import taak
from wmo_portal.lib.tijd import nu, vandaag

log = logging.getLogger(__name__)


@taak(name="resultaat.tasks.ronde")
def ronde(kenmerk: str) -> str:
    """One round that a screen began. When another worker is at it, that one finishes it."""
    try:
        return ga_door(ronde=Ronde.objects.select_related("gemeente").get(kenmerk=kenmerk), moment=nu()).zin
    except RondeIsBezig as bezig:
        return str(bezig)


@taak(name="resultaat.tasks.rondes_aan_de_beurt")
def rondes_aan_de_beurt() -> str:
    """Every few minutes: finish what was interrupted, begin what is due, all missed months, oldest first.

    One municipality that fails does not hold up the others; its round says what went wrong.
    """
    zinnen = []
    for begonnen in onafgemaakt(pogingen_hoogstens=POGINGEN_HOOGSTENS):
        zinnen.append(_probeer(lambda r=begonnen: ga_door(ronde=r, moment=nu())))  # type: ignore[misc]  # bound now
    for gemeente, maand in aan_de_beurt(vandaag()):
        zinnen.append(
            _probeer(
                lambda g=gemeente, m=maand: voer_ronde_uit(  # type: ignore[misc]  # bound now
                    gemeente=g, maand=m, proef=False, door=None, moment=nu()
                )
            )
        )
    return " ".join(zinnen) or "Er was geen ronde aan de beurt."


def _probeer(doe: Callable[[], Uitslag]) -> str:
    try:
        return doe().zin
    except RondeIsBezig as bezig:
        return str(bezig)
    except Exception as fout:
        log.exception("Een ronde stopte met een fout.")
        return f"Een ronde stopte met een fout ({type(fout).__name__})."


@taak(name="resultaat.tasks.dossiers_sluiten")
def dossiers_sluiten() -> str:
    """Close what was judged before its care ended, now that it has (R34); level-triggered, so an outage is caught up."""
    moment = nu()
    return f"{sluit_afgelopen(vandaag=vandaag(), moment=moment)} dossiers gesloten."
