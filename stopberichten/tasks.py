"""Jobs of this app, each level-triggered: it asks what is due and not done."""

from stopberichten.actions_toelichting_herinneren import herinner
from techniek.taak import taak
from wmo_portal.lib.tijd import nu, vandaag


@taak(name="stopberichten.tasks.herinner_toelichtingen")
def herinner_toelichtingen() -> str:
    """Old drafts, promised zorgplannen and missing halves: at most one mail a week per address."""
    return f"{herinner(op=nu(), vandaag=vandaag())} herinneringen over Toelichtingen klaargezet."
