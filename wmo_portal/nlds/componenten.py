"""The components in `templates/componenten/` and the parameters each of them takes.

One row a component; the comment at the top of its template says what each parameter means, and a test
holds the two together. `inhoud` is what stands between `{% component %}` and `{% endcomponent %}`;
`vakken` are the named parts that `{% vul "naam" %}` fills.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Component:
    verplicht: frozenset[str]
    vrij: frozenset[str]
    vakken: frozenset[str]

    def bezwaren(self, gegeven: set[str]) -> list[str]:
        """What is wrong with this set of parameter names, as sentences; empty when all is well."""
        ontbreekt = sorted(self.verplicht - gegeven)
        onbekend = sorted(gegeven - self.verplicht - self.vrij)
        zinnen = [f"'{naam}' ontbreekt" for naam in ontbreekt]
        return zinnen + [f"'{naam}' bestaat niet (wel: {', '.join(self.alles())})" for naam in onbekend]

    def alles(self) -> list[str]:
        return sorted(self.verplicht | self.vrij)


def _component(verplicht: str = "", vrij: str = "", vakken: str = "") -> Component:
    return Component(frozenset(verplicht.split()), frozenset(vrij.split()), frozenset(vakken.split()))


COMPONENTEN: dict[str, Component] = {
    "advies": _component("uitkomst reden", "bron citaat soort niveau"),
    "badge": _component("tekst", "soort"),
    "bestand": _component("naam url", "soort grootte toelichting"),
    "bsn": _component("gemaskeerd", "url bsn van melding"),
    "conflict": _component("regels", "titel door op", "acties"),
    "definitielijst": _component("", "regels smal"),
    "filterbalk": _component("form", "wissen_url titel knop"),
    "geblokkeerd": _component("tekst reden"),
    "grafiek": _component("titel", "samenvatting bron", "beeld tabel"),
    "kengetal": _component("label waarde", "url toelichting soort definitie"),
    "knop": _component("tekst", "soort url naam waarde formulier reden context"),
    "leeg": _component("titel", "tekst", "actie"),
    "melding": _component("", "soort titel tekst rol niveau"),
    "paginering": _component("", "vorige_url volgende_url tekst label"),
    "paneel": _component("titel", "niveau id soort", "actie"),
    "stappen": _component("stappen", "label"),
    "tabel": _component(
        "bijschrift aantal",
        "leeg_titel leeg_tekst toetsen vinkjes breed stapel verborgen_bijschrift",
        "kop rijen voet leeg_actie",
    ),
    "tabs": _component("tabs label"),
    "tijdlijn": _component("gebeurtenissen", "label leeg_tekst"),
    "uitleg": _component("titel", "open"),
    "voortgang": _component("label gedaan totaal", "url tekst klaar seconden"),
}
