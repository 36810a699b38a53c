"""The sealer's clock."""

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
