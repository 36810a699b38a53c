"""The base of every Celery task: the system's scope for the second wall, one operation id, a heartbeat."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from celery import shared_task

from techniek.actions import hartslag
from wmo_portal.lib import rls
from wmo_portal.lib.operatie import operatie


def taak(**opties: Any) -> Callable[[Callable[..., str]], Any]:
    """Decorator for a task: a function that returns one Dutch sentence about what it did."""

    def maak(doe: Callable[..., str]) -> Any:
        @wraps(doe)
        def uitvoeren(*args: Any, **kwargs: Any) -> str:
            operatie.set(uuid.uuid4())
            with rls.binnen(rls.SYSTEEM), hartslag(doe.__name__) as bericht:
                zin = doe(*args, **kwargs)
                bericht.append(zin)
                return zin

        return shared_task(**opties)(uitvoeren)

    return maak
