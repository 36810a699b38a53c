"""What becomes of forms that were opened on the old code when the new code gets them (F21).

For `python -m tests.oude_code`, after tests/wisselformulieren.py. Each must be accepted, and then its mark is in the
database; or refused with the mark still on the page, a sentence that says why, and somebody who was there before. All
else is a fault: something lost, or something that the old code would have taken.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml import html

from tests.wisselformulieren import Antwoord, Formulier

VERVOLGENS = (301, 302, 303)
# What a page says that took nothing of it: the forms, the page of two people at once, and who asked too much.
WEIGERING = re.compile(
    r'data-foutoverzicht|class="[^"]*wmo-(?:conflict|veldfout|melding--(?:fout|waarschuwing))'
)


@dataclass(slots=True)
class Uitslag:
    aangenomen: list[Formulier] = field(default_factory=list)
    geweigerd: list[tuple[Formulier, str]] = field(default_factory=list)
    fouten: list[str] = field(default_factory=list)

    @property
    def zonder_reden(self) -> list[str]:
        """Refused while nobody sent the same form before: either the upgrade did that, or the walk typed nonsense."""
        eerder = {formulier.actie for formulier in self.aangenomen}
        return [f"{f.naam} geweigerd: {zin}" for f, zin in self.geweigerd if f.actie not in eerder]

    def zinnen(self) -> Iterator[str]:
        """What became of each of them."""
        yield (
            f"{len(self.aangenomen)} formulieren van de oude bladzijde aangenomen, {len(self.geweigerd)} geweigerd met "
            f"een zin en met alles erin, {len(self.fouten)} fouten"
        )
        yield from (f"  aangenomen: {formulier.naam}" for formulier in self.aangenomen)
        yield from (f"  geweigerd: {formulier.naam}: {zin}" for formulier, zin in self.geweigerd)


def verstuur(formulieren: Iterable[Formulier], poort: int) -> Uitslag:
    uit = Uitslag()
    for formulier in formulieren:
        lichaam, soort = formulier.lichaam()
        antwoord = formulier.mens.vraag(poort, formulier.actie, lichaam, soort)
        oordeel = beoordeel(formulier, antwoord)
        if oordeel == "aangenomen" and (mis := _volgt(formulier, antwoord, poort)):
            oordeel = mis
        if oordeel == "aangenomen":
            uit.aangenomen.append(formulier)
        elif oordeel == "geweigerd":
            uit.geweigerd.append((formulier, waarom(antwoord)))
        else:
            uit.fouten.append(f"{formulier.naam}: {oordeel}")
    return uit


def waarom(antwoord: Antwoord) -> str:
    """What the page says that refused: the summary of what is wrong, or else the sentences at the fields."""
    boom: Any = html.fromstring(antwoord.tekst)
    gezegd = boom.xpath("//*[@data-foutoverzicht]") or boom.xpath("//*[contains(@class, 'wmo-veldfout')]")
    return " ".join(" ".join(deel.text_content().split()) for deel in gezegd)


def beoordeel(formulier: Formulier, antwoord: Antwoord) -> str:
    """`aangenomen`, `geweigerd`, or what is wrong with the answer."""
    if antwoord.status in VERVOLGENS:
        return "uitgelogd" if "/account/" in antwoord.naar else "aangenomen"
    if antwoord.status not in {200, 409, 422, 429}:
        return f"{antwoord.status} {antwoord.tekst[:120]}"
    if antwoord.tekst.count(formulier.merk) < formulier.getypt:
        return "niet alles wat getypt was staat er nog"
    return "geweigerd" if WEIGERING.search(antwoord.tekst) else "een bladzijde die niet zegt wat er mis is"


def _volgt(formulier: Formulier, antwoord: Antwoord, poort: int) -> str:
    verder = formulier.mens.vraag(poort, urljoin(formulier.actie, antwoord.naar))
    return "" if verder.status in {200, *VERVOLGENS} else f"daarna {verder.status} op {antwoord.naar}"


def kwijt(uitslag: Uitslag, teksten: str) -> list[str]:
    """Of what was accepted, what is nowhere in the texts of the database (`BEWAARD`)."""
    return [
        f"{f.naam}: aangenomen, en nergens bewaard"
        for f in uitslag.aangenomen
        if f.getypt and f.merk not in teksten
    ]


BEWAARD = """
import django
django.setup()
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.db.models.functions import Cast
from wmo_portal.lib import rls
with rls.binnen(rls.SYSTEEM):
    for model in (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy):
        for veld in model._meta.concrete_fields:
            if isinstance(veld, (CharField, TextField, JSONField)):
                rijen = model._base_manager.annotate(als_tekst=Cast(veld.name, TextField()))
                for tekst in rijen.filter(als_tekst__contains="wissel-").values_list("als_tekst", flat=True):
                    print(tekst)
"""
