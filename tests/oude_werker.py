"""The worker during an upgrade (F21): the old code is in the middle of its work when the new code takes over.

Part of `python -m tests.oude_code`, which gives it throw-away servers. A worker of the old code is in a round, in a
report that is printed and not yet delivered, and in its mail, when the new code migrates the database. It works on on
the new schema, into the middle of a mail and three batches further. Then the old code queues every task it knows, the
worker of the new code starts and reads them, and the old one is stopped:

- `warm`: with SIGTERM. It finishes what it has and goes.
- `gedood`: with SIGKILL, it and its children. What it had in hand is for the new one.
- `controle`: as warm, while the new worker ignores who has a mail or a report already. It must be seen.

In the end every round is as one that was left alone, every letter left once, every report was made once, and the chain
of the log is whole. Nothing here depends on who is faster: the old worker waits at each gate until it is opened.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from datetime import timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.models import F

from logboek.models import Gebeurtenis
from organisaties.models import Gemeente
from rapportage.actions.rapporten import TE_LANG, geef
from rapportage.models import Rapport
from rapportage.statussen import RapportStatus
from resultaat.actions.ronde import voer_ronde_uit
from resultaat.models import Resultaat, Ronde
from resultaat.statussen import RondeStatus
from techniek.models import Mail
from tests.resultaat.test_ronde_afbreken import _maak_ongedaan, klopt_onderweg
from tests.werkercode import BEL, NIEUWE_WERKER, OM_TE_DOEN, OUDE_WERKER, SCHERM, ZAAI, ZONDER_SLOTEN
from tests.werkerproef import (
    alle_post_weg,
    bel,
    eindig,
    eindstand,
    rij_leeg,
    tot,
    verkeerd_bezorgd,
    verstuurd,
)
from wmo_portal.embedded.children import say
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.lib import rls
from wmo_portal.lib.perioden import Maand
from wmo_portal.lib.tijd import nu

BASE = Path(__file__).resolve().parent.parent


class Proef:
    """One upgrade, with the servers that the environment leads to."""

    def __init__(self, boom: Path, hoe: str, stapel: ExitStack) -> None:
        self.boom, self.hoe, self.stapel = boom, hoe, stapel
        self.layout = Layout(Path(os.environ["WMO_MAP"]))
        self.hekken = self.layout.map / "hekken"
        self.hekken.mkdir()
        self.eigenaar = dict(os.environ)
        self.app = {**os.environ, "DATABASE_URL": os.environ["DATABASE_APP_URL"]}
        self.app.pop("WMO_DB_ROL", None)

    def oud(self, *woorden: str) -> str:
        """What the old code said, as owner of the database."""
        klaar = subprocess.run(
            (sys.executable, *woorden),
            cwd=self.boom,
            env=self.eigenaar,
            capture_output=True,
            text=True,
            check=False,
        )
        if klaar.returncode:
            raise SystemExit(klaar.stderr[-4000:])
        return klaar.stdout.strip()

    def werker(self, naam: str, woorden: tuple[str, ...], boom: Path) -> subprocess.Popen[bytes]:
        with self.log(naam).open("wb") as uit:
            proces = subprocess.Popen(
                (sys.executable, *woorden),
                cwd=boom,
                env=self.app,
                stdout=uit,
                stderr=uit,
                start_new_session=True,
            )
        self.stapel.callback(eindig, proces)
        return proces

    def log(self, naam: str) -> Path:
        return self.layout.map / f"{naam}.log"

    def gedaan(self, naam: str) -> list[str]:
        """The tasks that this worker finished."""
        regels = self.log(naam).read_text("utf-8", "replace").splitlines()
        return [
            r.split("Task ", 1)[1].split("[", 1)[0] for r in regels if "Task " in r and " succeeded in " in r
        ]

    def bij(self, *hekken: str) -> None:
        for hek in hekken:
            tot(f"de oude werker staat bij het hek ‘{hek}’", (self.hekken / f"{hek}.bereikt").exists)

    def open(self, *hekken: str) -> None:
        for hek in hekken:
            (self.hekken / f"{hek}.open").touch()


def beproef(proef: Proef) -> None:
    proef.oud("manage.py", "inrichten", "-v", "0")
    proef.oud("-c", ZAAI)
    oude = proef.werker("oud", ("-c", OUDE_WERKER, str(proef.hekken)), proef.boom)
    proef.oud("-c", BEL, *OM_TE_DOEN)
    proef.bij("ronde", "mail", "rapport")
    call_command("inrichten", verbosity=0, stdout=StringIO())
    rls.zet(rls.SYSTEEM)
    say("de nieuwe code heeft gemigreerd, met de oude werker midden in een ronde, de post en een rapport")
    proef.open("ronde", "mail")
    proef.bij("ronde verder", "midden in een mail")
    proef.oud("-c", SCHERM)
    gevraagd = {"resultaat.tasks.ronde", *json.loads(proef.oud("-c", BEL))}
    nieuw = ("-c", ZONDER_SLOTEN) if proef.hoe == "controle" else NIEUWE_WERKER
    proef.werker("nieuw", nieuw, BASE)
    tot("de nieuwe werker is bezig met wat de oude code vroeg", lambda: nieuw_is_bezig(proef, gevraagd))
    {"warm": stop_warm, "gedood": dood, "controle": stop_warm}[proef.hoe](proef, oude)
    tot("alles is gedaan", alles_gedaan, lambda: bel(*OM_TE_DOEN, "logboek.tasks.verzegel"))
    tot("de rij is leeg", lambda: rij_leeg(proef.layout))
    oordeel(proef)


def nieuw_is_bezig(proef: Proef, gevraagd: set[str]) -> bool:
    if proef.hoe == "controle":  # it did what the old one has in hand, and waits to say so
        gemaakt = Rapport.objects.filter(titel="eerste", status=RapportStatus.KLAAR).exists()
        return gemaakt and "Subject: Brief 2" in verstuurd(proef.layout)
    return gevraagd <= set(proef.gedaan("nieuw"))


def stop_warm(proef: Proef, oude: subprocess.Popen[bytes]) -> None:
    """SIGTERM first, and only then the gates: it is stopped in the middle of all three."""
    oude.terminate()
    tot("de oude werker weet dat hij moet stoppen", lambda: "Warm shutdown" in proef.log("oud").read_text())
    proef.open("ronde verder", "midden in een mail", "rapport")
    tot("de oude werker is klaar en weg", lambda: oude.poll() is not None)
    assert oude.returncode == 0, oude.returncode
    assert sorted(proef.gedaan("oud")) == sorted(OM_TE_DOEN), proef.gedaan("oud")


def dood(proef: Proef, oude: subprocess.Popen[bytes]) -> None:
    """SIGKILL. A report that was in hand waits until it is sure that nobody has it: here the clock is put forward."""
    os.killpg(oude.pid, signal.SIGKILL)
    oude.wait()
    assert proef.gedaan("oud") == []
    al = proef.gedaan("nieuw").count("rapportage.tasks.maak_rapporten")
    bel("rapportage.tasks.maak_rapporten")
    tot(
        "de nieuwe werker keek naar de rapporten",
        lambda: proef.gedaan("nieuw").count("rapportage.tasks.maak_rapporten") > al,
    )
    bezig = Rapport.objects.filter(titel="eerste", status=RapportStatus.BEZIG)
    assert bezig.exists(), "nobody may take it up before it is sure that its worker has gone"
    bezig.update(begonnen_op=F("begonnen_op") - TE_LANG - timedelta(minutes=1))
    say(
        f"het rapport dat de gedode werker had, wacht {TE_LANG.seconds // 60} minuten; de klok is vooruit gezet"
    )


def alles_gedaan() -> bool:
    open_rapporten = Rapport.objects.exclude(status=RapportStatus.KLAAR)
    return (
        not (open_rapporten.exists() or Ronde.objects.exclude(status=RondeStatus.KLAAR).exists())
        and alle_post_weg()
    )


def verkeerd_gemaakt() -> list[str]:
    """The reports that were not made exactly once, each as a sentence; every file opens with what it was sealed with."""
    uit = []
    for rapport in Rapport.objects.select_related("aanvrager").order_by("titel"):
        keer = Gebeurtenis.objects.filter(actie="rapport.gemaakt", object_kenmerk=rapport.kenmerk).count()
        if keer != 1 or not geef(rapport=rapport, door=rapport.aanvrager).startswith(b"%PDF"):
            uit.append(f"Rapport ‘{rapport.titel}’: {keer} keer gemaakt")
    return uit


def oordeel(proef: Proef) -> None:
    dubbel = verkeerd_bezorgd(proef.layout) + verkeerd_gemaakt()
    if proef.hoe == "controle":
        assert {"Brief", "Rapport"} <= {zin.split()[0] for zin in dubbel}, dubbel
        say(f"Zonder sloten ziet de proef het, {len(dubbel)} keer: {dubbel[0]}; {dubbel[-1]}.")
        return
    assert not dubbel, dubbel
    klopt_onderweg()
    call_command("logboek_controle")
    rls.zet(rls.SYSTEEM)
    gevallen, resultaten = eindstand(), Resultaat.objects.count()
    assert gevallen == met_rust_gelaten(), "the end differs from that of rounds that were left alone"
    say(
        f"{resultaten} resultaten als in rondes die met rust gelaten zijn; {Mail.objects.count()} mails en "
        f"{Rapport.objects.count()} rapporten elk een keer; het logboek klopt."
    )


def met_rust_gelaten() -> tuple[object, ...]:
    """The end of the same rounds, by the new code alone."""
    maanden = list(Ronde.objects.values_list("gemeente_id", "maand"))
    _maak_ongedaan()
    for gemeente, maand in maanden:
        voer_ronde_uit(
            gemeente=Gemeente.objects.get(pk=gemeente),
            maand=Maand.van(maand),
            proef=False,
            door=None,
            moment=nu(),
        )
    connection.close()
    rls.zet(rls.SYSTEEM)
    return eindstand()


def main(boom: str, hoe: str) -> None:
    with ExitStack() as stapel:
        beproef(Proef(Path(boom), hoe, stapel))
