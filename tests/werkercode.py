"""What the processes of `tests/oude_werker.py` run: each of these texts is a program of the old code, or of the new."""

import inspect

from tests.werkerproef import MAILS, STOPS, zet_post_klaar

OM_TE_DOEN = (
    "techniek.tasks.verstuur_mail",
    "resultaat.tasks.rondes_aan_de_beurt",
    "rapportage.tasks.maak_rapporten",
)

# The old code makes the work: the papers of a round by the clock and of one that a screen begins, reports, letters.
ZAAI = f"""
import django
django.setup()
from datetime import timedelta
from rapportage.actions.rapporten import vraag_aan
from rapportage.statussen import Rapportsoort
from techniek.actions import zet_mail_klaar
from tests import fabriek
from tests.resultaat.test_ronde_afbreken import EIND, papieren
from wmo_portal.lib import rls
from wmo_portal.lib.tijd import nu
MAILS = {MAILS}
{inspect.getsource(zet_post_klaar)}
with rls.binnen(rls.SYSTEEM):
    zet_post_klaar()
    fabriek.westland(ronde_automatisch=True)
    papieren({STOPS})
    toewijzing = fabriek.toewijzing(fabriek.beschikking(fabriek.client(fabriek.delft()), eind=EIND))
    fabriek.formulier(toewijzing)
    fabriek.stop(toewijzing)
    noor = fabriek.contractmanager()
    for naam in ("eerste", "tweede"):
        vraag_aan(soort=Rapportsoort.UITVAL, titel=naam, filters={{"kwartaal": "2026-K3"}}, bestandsnaam=naam + ".pdf",
                  door=noor, op=fabriek.nu())
"""
SCHERM = """
import django
django.setup()
from resultaat.actions.ronde import begin_ronde
from resultaat.tasks import ronde as taak
from tests import fabriek
from tests.resultaat.test_ronde_afbreken import SEPTEMBER
from wmo_portal.lib import rls
with rls.binnen(rls.SYSTEEM):
    ronde = begin_ronde(gemeente=fabriek.delft(), maand=SEPTEMBER, proef=False, door=None, moment=fabriek.nu())
    taak.apply_async(args=[str(ronde.kenmerk)], retry=False)
"""
BEL = """
import json, sys
import django
django.setup()
from wmo_portal.celery import app
taken = sys.argv[1:] or [regel["task"] for regel in app.conf.beat_schedule.values()]
for naam in taken:
    app.send_task(naam)
print(json.dumps(taken))
"""
# Three batches of a round, two letters and a printed report; then a gate for each. Behind the gates of the letters and
# of the round is another one: in the middle of a letter, and three batches further.
OUDE_WERKER = """
import sys, time
from itertools import count
from io import StringIO
from pathlib import Path
import django
django.setup()
from techniek import tasks as post
from rapportage.actions import rapporten
from resultaat.actions import ronde as rondes
from wmo_portal.celery import app

def hek(naam):
    (Path(sys.argv[1]) / f"{naam}.bereikt").touch()
    while not (Path(sys.argv[1]) / f"{naam}.open").exists():
        time.sleep(0.02)

def met_hekken(doe, hekken):
    keer = count(1)
    def gehekt(*args, **kwargs):
        naam = hekken.get(next(keer))
        if naam:
            hek(naam)
        return doe(*args, **kwargs)
    return gehekt

rondes.PER_KEER = 2
rondes._een_batch = met_hekken(rondes._een_batch, {4: "ronde", 7: "ronde verder"})
post._verstuur_een = met_hekken(post._verstuur_een, {3: "mail"})
post._post = met_hekken(post._post, {3: "midden in een mail"})
rapporten.lever = met_hekken(rapporten.lever, {1: "rapport"})
app.worker_main(["worker", "--concurrency", "3", "--loglevel", "INFO"])
"""
NIEUWE_WERKER = ("-m", "celery", "--app", "wmo_portal", "worker", "--concurrency", "2", "--loglevel", "INFO")
# The negative control: nobody looks who has it already.
ZONDER_SLOTEN = """
import django
django.setup()
from rapportage.actions import rapporten
from techniek.models import Mail
from wmo_portal.celery import app
rapporten.neem_op = lambda rapport, op: True
Mail.objects.select_for_update = lambda **_: Mail.objects.all()
app.worker_main(["worker", "--concurrency", "2", "--loglevel", "INFO"])
"""
