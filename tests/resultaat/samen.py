"""Two people at the same moment: each in a thread with a connection and a scope of its own, as the running portal."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from organisaties.models import Gebruiker
from tests.als_app import als_app
from wmo_portal.lib import rls


def samen(*wie_wat: tuple[Gebruiker, Callable[[], Any]], vangt: tuple[type[Exception], ...]) -> list[Any]:
    """What each got, in the order in which they were ready: an answer, or the exception of `vangt`."""
    uit: list[Any] = []

    def doe(wie: Gebruiker, wat: Callable[[], Any]) -> None:
        try:
            with als_app(), rls.binnen(wie.bereik):
                uit.append(wat())
        except vangt as fout:
            uit.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe, args=paar) for paar in wie_wat]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(60)
    return uit
