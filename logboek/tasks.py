"""The sealer's clock."""

from django.conf import settings

from logboek import verzegelen
from techniek.taak import taak
from wmo_portal.lib.tijd import nu


@taak(name="logboek.tasks.verzegel")
def verzegel() -> str:
    return f"{verzegelen.verzegel(op=nu())} regels verzegeld."


@taak(name="logboek.tasks.verzegel_alles")
def verzegel_alles() -> str:
    """Once a night over the whole log, for a line that committed very late."""
    return f"{verzegelen.verzegel(op=nu(), alles=True)} late regels verzegeld."


@taak(name="logboek.tasks.vernietig_oude_regels")
def vernietig_oude_regels() -> str:
    """Once a night: the index of a client stands in the log as long as the log's own term, and no longer (R110)."""
    weg = verzegelen.vernietig_oude_jaren(jaren=settings.LOGTERMIJN_JAREN)
    aantal = verzegelen.vernietig_oude_regels(jaren=settings.LOGTERMIJN_JAREN)
    jaren = f" In een keer weg: {', '.join(map(str, weg))}." if weg else ""
    return f"{aantal} regels na {settings.LOGTERMIJN_JAREN} jaar vernietigd.{jaren}"
