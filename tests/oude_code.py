"""`python -m tests.oude_code <commit>`: does the code of that commit still work on the schema of today? (F21)

During an upgrade the old web and worker run on for a while beside the new ones, on a database that was migrated
already. Throw-away servers, migrated by the code that stands here; then the old code, from a git worktree, fills the
demo, receives messages, shows pages and seals the log, as wmo_app; and the new code reads back what it wrote.
By hand before a release (docs/productie.md): it takes a minute or two and needs the git history.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from wmo_portal.embedded.children import say
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


def draai(wat: str, woorden: tuple[str, ...], *, cwd: Path, omgeving: Mapping[str, str]) -> None:
    """Raises SystemExit with what it said."""
    klaar = subprocess.run(
        woorden, cwd=cwd, env=dict(omgeving), capture_output=True, text=True, errors="replace", check=False
    )
    laatste = [regel for regel in klaar.stdout.splitlines() if regel.strip()][-2:]
    say(f"{wat}: {'goed' if klaar.returncode == 0 else 'MIS'}. {' '.join(laatste)}")
    if klaar.returncode:
        raise SystemExit(f"{klaar.stdout[-3000:]}\n{klaar.stderr[-6000:]}")


def beproef(commit: str, boom: Path) -> None:
    """The old code in `boom`, the new code here, one database."""
    with throwaway_servers() as (layout, servers):
        basis = {
            "PATH": "/usr/bin:/bin", "HOME": str(layout.map), "DJANGO_SETTINGS_MODULE": "wmo_portal.settings",
            **servers, "WMO_EMBEDDED": "1", "WMO_DEMO": "1",
            "WMO_STATIC_OPSLAG": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }  # fmt: skip
        app = {**basis, "DATABASE_URL": servers["DATABASE_APP_URL"]}
        eigenaar = {**basis, "WMO_DB_ROL": "eigenaar"}
        draai("nieuw: inrichten", (*MANAGE, "inrichten", "-v", "0"), cwd=BASE, omgeving=eigenaar)
        draai(f"oud ({commit}): demo laden, berichten ontvangen", (*MANAGE, "demo"), cwd=boom, omgeving=app)
        draai(f"oud ({commit}): pagina's", (sys.executable, "-c", PAGINAS), cwd=boom, omgeving=app)
        draai("nieuw: pagina's", (sys.executable, "-c", PAGINAS), cwd=BASE, omgeving=app)
        draai("nieuw: logboek nalopen", (*MANAGE, "logboek_controle"), cwd=BASE, omgeving=app)
        los = str(layout.map / "demo-berichten" / "om-te-proberen")
        draai(f"oud ({commit}): losse berichten", (*MANAGE, "lees_berichten", los), cwd=boom, omgeving=app)
        draai("nieuw: dezelfde nog eens", (*MANAGE, "lees_berichten", los), cwd=BASE, omgeving=app)


def main() -> None:
    vraag = argparse.ArgumentParser(description=__doc__)
    vraag.add_argument("commit", help="de versie die nu draait")
    commit = vraag.parse_args().commit
    boom = Path(tempfile.mkdtemp(prefix="oude-code-")) / "boom"
    git = shutil.which("git") or "git"
    subprocess.run([git, "worktree", "add", "--quiet", "--detach", str(boom), commit], cwd=BASE, check=True)
    try:
        beproef(commit, boom)
    finally:
        subprocess.run([git, "worktree", "remove", "--force", str(boom)], cwd=BASE, check=False)
        shutil.rmtree(boom.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
