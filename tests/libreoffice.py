"""LibreOffice without a screen, to see our workbooks as another program sees them.

One profile folder per test run, where formulas are always calculated anew: what comes back was worked out by
LibreOffice and not copied from what our own writer left in the cell. Starting costs some seconds the first time and
about one after that, so a test converts a few files at once.

    def test_x(libreoffice):
        inhoud = libreoffice.zet_om(inhoud)                 # opened, calculated and saved as xlsx by LibreOffice
        waarden = openpyxl.load_workbook(io.BytesIO(inhoud), data_only=True)
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ONTBREEKT = (
    "LibreOffice ontbreekt (soffice): sudo apt-get install -y --no-install-recommends libreoffice-calc-nogui"
)
SECONDEN = 120
FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}  # comma, quotes, UTF-8
# 0 is "always"; the default trusts the value that stands in the file when it says it comes from Excel.
ALTIJD_REKENEN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode"><value>0</value></prop></item>
</oor:items>
"""


def vind_soffice() -> str | None:
    """Where the program stands; WMO_SOFFICE says so when it is not on the path."""
    return os.environ.get("WMO_SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")


@dataclass
class LibreOffice:
    programma: str
    map_: Path

    def __post_init__(self) -> None:
        gebruiker = self.map_ / "profiel" / "user"
        gebruiker.mkdir(parents=True, exist_ok=True)
        (gebruiker / "registrymodifications.xcu").write_text(ALTIJD_REKENEN)
        self.keren = 0

    def zet_om(self, inhoud: bytes, *, van: str = "xlsx", naar: str = "xlsx") -> bytes:
        """Open this file and save it as another kind."""
        return self.zet_alle_om([inhoud], van=van, naar=naar)[0]

    def zet_alle_om(self, inhouden: Sequence[bytes], *, van: str = "xlsx", naar: str = "xlsx") -> list[bytes]:
        """Several in one start of the program."""
        self.keren += 1
        uit = self.map_ / f"uit{self.keren}"
        bronnen = []
        for nummer, inhoud in enumerate(inhouden):
            bron = self.map_ / f"in{self.keren}-{nummer}.{van}"
            bron.write_bytes(inhoud)
            bronnen.append(bron)
        gezegd = self._draai(
            "--convert-to", FILTERS.get(naar, naar), "--outdir", str(uit), *map(str, bronnen)
        )
        doelen = [uit / f"{bron.stem}.{naar}" for bron in bronnen]
        assert all(doel.exists() for doel in doelen), f"LibreOffice maakte niet alle bestanden: {gezegd}"
        return [doel.read_bytes() for doel in doelen]

    def _draai(self, *woorden: str) -> str:
        """What the program said. It starts children, so when it hangs its whole group goes."""
        proces = subprocess.Popen(
            [
                self.programma,
                f"-env:UserInstallation={(self.map_ / 'profiel').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                *woorden,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(self.map_), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            uit, _ = proces.communicate(timeout=SECONDEN)
        except BaseException:
            os.killpg(proces.pid, signal.SIGKILL)
            proces.communicate()
            raise
        return uit.decode(errors="replace")
