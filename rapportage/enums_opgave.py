"""The closed lists of the kwartaalopgave (format Maastricht-Heuvelland, MH; R74-R105)."""

from __future__ import annotations

from wmo_portal.lib.keuzes import Keuze


class OpgaveStatus(Keuze):
    """Where an opgave stands. "Not begun" is the absence of a row and never counts as sent (R75)."""

    CONCEPT = "concept", "Concept"
    INGEDIEND = "ingediend", "Ingediend"
    VRAGEN = "vragen", "Vragen van de gemeente"
    OPNIEUW = "opnieuw", "Opnieuw ingediend"
    VASTGESTELD = "vastgesteld", "Vastgesteld"


class Deel(Keuze):
    """The three parts of the format, each saved by itself."""

    UITVAL = "uitval", "Uitval"
    ERVARING = "ervaring", "Cliëntervaring"
    DOELEN = "doelen", "Beleidsdoelen"


class Uitvalsoort(Keuze):
    """Two lines per municipality: with an allocation, and without (R82)."""

    MAATWERK = "maatwerk", "Maatwerkvoorziening"
    ALGEMEEN = "algemeen", "Algemene voorziening"


NIET_MEE = "niet_mee"
"""A correction that takes a client out of the count; the other answers are the six categories."""
