"""Ring the worker that makes reports. When the bell does not work, the clock finds the report a minute later."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from kombu.exceptions import OperationalError

from rapportage.tasks import maak_rapporten


def bel_de_maker() -> None:
    """After the commit, so that the worker finds the row."""
    transaction.on_commit(_bel, robust=True)


def _bel() -> None:
    with suppress(OperationalError):
        maak_rapporten.apply_async(retry=False)
