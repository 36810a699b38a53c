"""Celery: wakes workers. The truth about what must be done is in PostgreSQL, so a lost message loses nothing."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init, worker_process_init
from django.db.backends.signals import connection_created

from wmo_portal.lib import wijken

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmo_portal.settings")

app = Celery("wmo_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Level-triggered: each entry asks "what is due and not done?", so a missed tick is caught up by the next.
app.conf.beat_schedule = {
    "mail versturen": {"task": "techniek.tasks.verstuur_mail", "schedule": 60.0},
    "documenten scannen": {"task": "beschikkingen.tasks.scan_documenten", "schedule": 30.0},
    "maandelijkse ronde": {"task": "resultaat.tasks.rondes_aan_de_beurt", "schedule": 300.0},
    "dagmail": {"task": "meldingen.tasks.dagmail", "schedule": crontab(minute="*/15")},
    "dossiers sluiten": {"task": "resultaat.tasks.dossiers_sluiten", "schedule": crontab(minute=20)},
    "rapporten maken": {"task": "rapportage.tasks.maak_rapporten", "schedule": 60.0},
    "logboek verzegelen": {"task": "logboek.tasks.verzegel", "schedule": 60.0},
    "logboek opruimen": {
        "task": "logboek.tasks.vernietig_oude_regels",
        "schedule": crontab(hour=3, minute=40),
    },
    "jaardelen maken": {"task": "techniek.tasks.jaardelen", "schedule": crontab(minute=50)},
    "logboek nalopen": {"task": "logboek.tasks.verzegel_alles", "schedule": crontab(hour=3, minute=10)},
}


@worker_process_init.connect  # type: ignore[untyped-decorator]  # celery ships no types
def _wijk_voor_mensen(**_: object) -> None:
    """In each process that works; its connections to the database are made after this."""
    wijken.wijk_als_proces()
    connection_created.connect(wijken.wijk_in_de_database, dispatch_uid="wmo_portal.celery")


@worker_init.connect  # type: ignore[untyped-decorator]  # celery ships no types
def _wijk_als_sessie(**_: object) -> None:
    wijken.wijk_als_sessie()


@worker_init.connect  # type: ignore[untyped-decorator]  # celery ships no types
def _weiger_te_veel_macht(**_: object) -> None:
    """The worker reads everybody's rows: never as a role that no wall holds."""
    from techniek.opstart import TeVeelMacht, bewaak

    try:
        bewaak()
    except TeVeelMacht as fout:
        # Celery logs what a receiver raises and goes on; it does not catch this one.
        raise SystemExit(str(fout)) from fout
