"""The portal is read once before its web processes part: all is there, and nothing that they may not share."""

import os
import subprocess
import sys

from django.conf import settings

from techniek.opwarmen import sjablonen

PROEF = """
import threading
import wmo_portal.wsgi
from techniek.opwarmen import sjablonen
from django.db import connections
from django.template import engines
laders = engines["django"].engine.template_loaders
gelezen = {getattr(s, "name", "") for lader in laders for s in lader.get_template_cache.values()}
print([naam for naam in sjablonen() if naam not in gelezen])
print([v.alias for v in connections.all() if v.connection is not None], threading.active_count())
"""


def test_voor_de_processen_uiteengaan_is_alles_gelezen_en_staat_er_geen_verbinding_open():
    """Neither a connection nor a thread survives that: two processes would talk through one."""
    klaar = subprocess.run(
        [sys.executable, "-c", PROEF],
        env=os.environ,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert klaar.stdout.splitlines() == ["[]", "[] 1"]


def test_alleen_onze_eigen_sjablonen_worden_gelezen_en_van_elke_app():
    namen = set(sjablonen())
    assert {"base.html", "organisaties/start.html", "resultaat/werkvoorraad.html"} <= namen
    assert not {naam for naam in namen if naam.startswith(("admin/", "registration/"))}
