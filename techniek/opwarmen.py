"""What every web process would do at its first pages is done once, before the processes part (gunicorn.conf.py).

Templates and addresses are read lazily: the first visitor of a process waits most of a second for them, and each
process keeps a copy of its own. Read beforehand they are shared. Nothing here asks the database or the queue: a
connection may not be shared by processes.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.template import Engine
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver


def warm_op() -> None:
    """All addresses and our own templates; what exists now is never looked at for garbage, so that it stays shared."""
    get_resolver()._populate()  # what the first {% url %} does
    for naam in sjablonen():
        get_template(naam)
    gc.collect()
    gc.freeze()


def sjablonen() -> Iterator[str]:
    """Names of the templates that stand in this project, as a view asks for them."""
    for map_ in (*Engine.get_default().dirs, *get_app_template_dirs("templates")):
        pad = Path(str(map_))
        if pad.is_relative_to(settings.BASE_DIR) and ".venv" not in pad.parts:
            yield from (
                str(bestand.relative_to(pad)) for bestand in sorted(pad.rglob("*")) if bestand.is_file()
            )
