"""python -m iwmo.v3_2.maak_schema: write xsd/ anew after a change in elementen.json."""

import sys
from pathlib import Path

from iwmo.schemamaker import maak

if __name__ == "__main__":
    for pad in maak(Path(__file__).parent):
        sys.stdout.write(f"{pad.name}\n")
