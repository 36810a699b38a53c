"""Charts as SVG text: the same string goes into the page (strict CSP) and into the PDF.

Presentation attributes only, no style attribute, no script. Text and axes take currentColor, so they follow
the page in forced colours and dark print. Each number is printed with the code of its series, each series
has its own lightness or hatching: nothing rests on colour. Every text is escaped here; the caller decides
whether to trust the result. The table with the same numbers belongs beside every chart.
"""

from wmo_portal.lib.grafiek.balken import Rij, balken, gestapelde_balken, paren
from wmo_portal.lib.grafiek.verloop import kolommen, verloop

__all__ = ["Rij", "balken", "gestapelde_balken", "kolommen", "paren", "verloop"]
