"""The one mail a day, by the clock: level-triggered, so a missed tick is caught up by the next."""

from meldingen.actions import ruim_op, verstuur
from techniek.taak import taak
from wmo_portal.lib.tijd import nu, vandaag


class NietAlles(Exception):
    """Some kinds or recipients failed; the others have their mail. The message says which."""


@taak(name="meldingen.tasks.dagmail")
def dagmail() -> str:
    """Tell everybody what is due. May run as often as you like."""
    moment = nu()
    uitslag = verstuur(vandaag=vandaag(), moment=moment)
    ruim_op(moment=moment)
    if uitslag.fouten:
        raise NietAlles(uitslag.zin)
    return uitslag.zin
