"""iWmo 3.2, in force since 3 April 2023: its tables, schemas and level-2 rules."""

from __future__ import annotations

from pathlib import Path

from iwmo.lezen import naar_bericht
from iwmo.release import uit_map
from iwmo.schrijven import naar_xml
from iwmo.v3_2 import regels_client, regels_contact, regels_levering, regels_toewijzing
from iwmo.v3_2.regelset import SET

__all__ = ["RELEASE", "regels_client", "regels_contact", "regels_levering", "regels_toewijzing"]

RELEASE = uit_map(Path(__file__).parent, regels=SET.alle(), lezer=naar_bericht, schrijver=naar_xml)
