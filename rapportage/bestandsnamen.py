"""Names of files that are handed out. Pure."""

from __future__ import annotations

import re

from wmo_portal.lib.tekst import zoeksleutel


def bestandsnaam(*delen: str, soort: str) -> str:
    """`uitval-maastricht-heuvelland-2026-k3.xlsx`: letters, digits and dashes, whatever the parts hold."""
    kaal = (re.sub(r"[^a-z0-9]+", "-", zoeksleutel(deel)).strip("-") for deel in delen)
    return f"{'-'.join(deel for deel in kaal if deel)}.{soort}"
