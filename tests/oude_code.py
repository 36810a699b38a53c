"""`python -m tests.oude_code <commit>`: from the code of that commit to that of today without anybody noticing (F21).

Throw-away servers, filled by the old code (from a git worktree): demo, messages, its own web server. People of five
roles ask for pages all the time and go on doing so while the new code migrates the database, while the old code
receives messages on the new schema, while old and new serve side by side, and when the old has gone. Every answer that
is no page is counted, and one is too many. Forms that were opened on the old code are sent to the new one, and nothing
that was typed gets lost. Then the new code reads back what the old wrote, and checks the whole log.

The worker has a trial of its own (tests/oude_werker.py): in the middle of its work it is relieved by the new one, three
times over, each time with servers of its own.

By hand before a release (docs/productie.md): it takes a few minutes and needs the git history.
"""

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bezoekers import GEDULD, Bezoekers
from tests.wisselformulieren import Formulier, open_formulieren
from tests.wisseloordeel import BEWAARD, kwijt, verstuur
from wmo_portal.embedded.children import say
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.servers import throwaway_servers

BASE = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, "manage.py")
PAGINAS = """
import json, subprocess, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings
from logboek.models import Gebeurtenis
from logboek.tasks import verzegel
from organisaties.models import Gebruiker
from wmo_portal.lib import rls
with rls.binnen(rls.SYSTEEM):
    mensen = {str(g.rol): g for g in Gebruiker.objects.filter(is_active=True)}
    regels = Gebeurtenis.objects.count()
goed = 0
with override_settings(ALLOWED_HOSTS=["*"]):
    for rol, adressen in {
        "consulent": ["/", "/werkvoorraad/", "/dossiers/"],
        "administratie": ["/", "/berichten/", "/rondes/"],
        "contractmanager": ["/", "/uitval/"],
        "aanbieder": ["/", "/toelichtingen/"],
    }.items():
        http = Client()
        http.force_login(mensen[rol])
        for adres in adressen:
            antwoord = http.get(adres, follow=True)
            if antwoord.status_code != 200:
                sys.exit(f"{rol} kreeg {antwoord.status_code} op {adres}")
            goed += 1
print(f"{goed} pagina's antwoorden; {regels} regels in het logboek; {verzegel.run()}")
"""


# Who is logged in: role, cookie and pages, in JSON.
INGELOGD = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
from organisaties.models import Gebruiker
from wmo_portal.lib import rls
PAGINAS = {
    "consulent": ["/werkvoorraad/", "/dossiers/"],
    "administratie": ["/berichten/", "/rondes/"],
    "contractmanager": ["/uitval/"],
    "aanbieder": ["/toelichtingen/"],
    "beheerder": ["/"],
}
with rls.binnen(rls.SYSTEEM):
    mensen = {str(g.rol): g for g in Gebruiker.objects.filter(is_active=True)}
    uit = []
    for rol, adressen in PAGINAS.items():
        http = Client()
        http.force_login(mensen[rol])
        naam = settings.SESSION_COOKIE_NAME
        uit.append((rol, f"{naam}={http.cookies[naam].value}", adressen))
print(json.dumps(uit))
"""


WERKER = "import sys, django; django.setup(); from tests.oude_werker import main; main(*sys.argv[1:])"
HOE = ("warm", "gedood", "controle")


def omgeving(layout: Layout, servers: Mapping[str, str]) -> dict[str, str]:
    """What every process of a trial is told; the rest of the machine is no part of it."""
    return {
        "PATH": "/usr/bin:/bin", "HOME": str(layout.map), "DJANGO_SETTINGS_MODULE": "wmo_portal.settings",
        **servers, "WMO_EMBEDDED": "1", "WMO_DEMO": "1",
        "WMO_STATIC_OPSLAG": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }  # fmt: skip


def draai(wat: str, woorden: tuple[str, ...], *, cwd: Path, env: Mapping[str, str]) -> str:
    """What it said. Raises SystemExit with that."""
    klaar = subprocess.run(
        woorden, cwd=cwd, env=dict(env), capture_output=True, text=True, errors="replace", check=False
    )
    regels = [regel for regel in klaar.stdout.splitlines() if regel.strip()]
    laatste = "" if woorden[-1] in {INGELOGD, BEWAARD} else " ".join(regels[-2:])[:200]
    say(f"{wat}: {'goed' if klaar.returncode == 0 else 'MIS'}. {laatste}")
    if klaar.returncode:
        raise SystemExit(f"{klaar.stdout[-3000:]}\n{klaar.stderr[-6000:]}")
    return klaar.stdout


@contextmanager
def web(boom: Path, omgeving: Mapping[str, str], uitvoer: Path) -> Iterator[int]:
    """The web server of that code; its port, as soon as it is ready."""
    with socket.socket() as los:
        los.bind(("127.0.0.1", 0))
        poort = int(los.getsockname()[1])
    woorden = (
        sys.executable,
        "-m",
        "gunicorn",
        "wmo_portal.wsgi:application",
        "--workers",
        "2",
        "--timeout",
        "120",
    )
    with uitvoer.open("wb") as log:
        proces = subprocess.Popen(
            (*woorden, "--bind", f"127.0.0.1:{poort}"), cwd=boom, env=dict(omgeving), stdout=log, stderr=log
        )
    try:
        _wacht_tot_hij_antwoordt(proces, poort, uitvoer)
        yield poort
    finally:
        proces.terminate()
        proces.wait()


def _wacht_tot_hij_antwoordt(proces: subprocess.Popen[bytes], poort: int, uitvoer: Path) -> None:
    begin = time.monotonic()
    while proces.poll() is None and time.monotonic() < begin + GEDULD:
        with suppress(OSError):
            if urllib.request.urlopen(f"http://127.0.0.1:{poort}/readyz", timeout=10).status == 200:
                return
        time.sleep(0.2)
    raise SystemExit(f"De webserver begon niet.\n{uitvoer.read_text('utf-8', 'replace')[-3000:]}")


def beproef(commit: str, boom: Path) -> None:
    """The old code in `boom`, the new code here, one database."""
    with throwaway_servers() as (layout, servers):
        basis = omgeving(layout, servers)
        app = {**basis, "DATABASE_URL": servers["DATABASE_APP_URL"]}
        eigenaar = {**basis, "WMO_DB_ROL": "eigenaar"}
        oud = f"oud ({commit})"
        draai(f"{oud}: inrichten", (*MANAGE, "inrichten", "-v", "0"), cwd=boom, env=eigenaar)
        draai(f"{oud}: demo laden, berichten ontvangen", (*MANAGE, "demo"), cwd=boom, env=app)
        los = (*MANAGE, "lees_berichten", str(layout.map / "demo-berichten" / "om-te-proberen"))
        with web(boom, app, layout.map / "oud.log") as poort:
            wie = draai(f"{oud}: inloggen", (sys.executable, "-c", INGELOGD), cwd=boom, env=app)
            mensen = json.loads(wie.splitlines()[-1])
            formulieren = open_formulieren(mensen, poort)
            say(f"{oud}: {len(formulieren)} formulieren geopend en ingevuld")
            bezoekers = Bezoekers({koekje: adressen for _, koekje, adressen in mensen})
            bezoekers.servers = {oud: poort}
            with bezoekers.aan_het_werk():
                with bezoekers.tijdens("voor het begin"):
                    pass
                with bezoekers.tijdens("terwijl er gemigreerd wordt"):
                    draai("nieuw: inrichten", (*MANAGE, "inrichten", "-v", "0"), cwd=BASE, env=eigenaar)
                with bezoekers.tijdens("terwijl de oude code berichten ontvangt"):
                    draai(f"{oud}: losse berichten", los, cwd=boom, env=app)
                mis = _wissel(bezoekers, formulieren, app, layout.map / "nieuw.log")
        draai(f"{oud}: pagina's", (sys.executable, "-c", PAGINAS), cwd=boom, env=app)
        draai("nieuw: pagina's", (sys.executable, "-c", PAGINAS), cwd=BASE, env=app)
        draai("nieuw: dezelfde berichten nog eens", los, cwd=BASE, env=app)
        draai("nieuw: logboek nalopen", (*MANAGE, "logboek_controle"), cwd=BASE, env=app)
    if bezoekers.fouten or mis:
        raise SystemExit(
            "\n".join([f"{len(bezoekers.fouten)} keer geen bladzijde:", *bezoekers.fouten[:20], *mis])
        )


def _wissel(
    bezoekers: Bezoekers, formulieren: list[Formulier], app: Mapping[str, str], uitvoer: Path
) -> list[str]:
    """The new web server beside the old one, and then alone: people are led away from the old one first."""
    with web(BASE, app, uitvoer) as nieuw:
        bezoekers.servers = {**bezoekers.servers, "nieuw": nieuw}
        with bezoekers.tijdens("oud en nieuw naast elkaar"):
            pass
        bezoekers.servers = {"nieuw": nieuw}
        with bezoekers.tijdens("alleen nieuw"):
            pass
        bezoekers.ga_weg()
        return _verstuur(formulieren, nieuw, app)


def _verstuur(formulieren: list[Formulier], poort: int, app: Mapping[str, str]) -> list[str]:
    """What went wrong with the forms that were opened on the old code."""
    uitslag = verstuur(formulieren, poort)
    for zin in uitslag.zinnen():
        say(f"nieuw: {zin}")
    eigenaar = {**app, "WMO_DB_ROL": "eigenaar"}
    gevonden = draai(
        "nieuw: wat getypt was terugzoeken", (sys.executable, "-c", BEWAARD), cwd=BASE, env=eigenaar
    )
    return uitslag.fouten + uitslag.zonder_reden + kwijt(uitslag, gevonden)


def beproef_werker(boom: Path, hoe: str) -> None:
    say(f"--- werker, {hoe}")
    with throwaway_servers() as (layout, servers):
        eigenaar = {**omgeving(layout, servers), "WMO_DEMO": "0", "WMO_DB_ROL": "eigenaar"}
        subprocess.run((sys.executable, "-c", WERKER, str(boom), hoe), cwd=BASE, env=eigenaar, check=True)


def main() -> None:
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("commit", help="de versie die nu draait")
    vraag.add_argument("--alleen", choices=("mensen", "werker"), help="een van de twee delen")
    keuze = vraag.parse_args()
    commit = keuze.commit
    boom = Path(tempfile.mkdtemp(prefix="oude-code-")) / "boom"
    git = shutil.which("git") or "git"
    subprocess.run([git, "worktree", "add", "--quiet", "--detach", str(boom), commit], cwd=BASE, check=True)
    try:
        for hoe in HOE if keuze.alleen != "mensen" else ():
            beproef_werker(boom, hoe)
        if keuze.alleen != "werker":
            beproef(commit, boom)
    finally:
        subprocess.run([git, "worktree", "remove", "--force", str(boom)], cwd=BASE, check=False)
        shutil.rmtree(boom.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
