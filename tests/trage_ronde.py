"""A round in a process of its own that takes its time, so that whoever cuts it off does so in the middle."""


def trage_ronde(pauze: float) -> str:
    """Code after `django.setup()`: two stops a batch and a pause after each. It leaves `rondes` for what follows."""
    return f"""
import time
from resultaat.actions import ronde as rondes
rondes.PER_KEER = 2
echt = rondes._een_batch
def traag(ronde, bereik):
    uit = echt(ronde, bereik)
    time.sleep({pauze})
    return uit
rondes._een_batch = traag
"""
