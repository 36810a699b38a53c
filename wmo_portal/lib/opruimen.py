"""Python's collector, told to wait while many objects are made that hold no circles.

What nobody holds any more is freed at once, by counting. The collector looks for circles of objects that hold each
other, again and again through all that is alive: of receiving messages that was a tenth, and it found nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pas_later() -> Iterator[None]:
    """For a bounded amount of work: until this ends no circle is freed, in any thread. Whoever finds the collector at
    work sets it to work again, so it cannot stay away."""
    werkte = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if werkte:
            gc.enable()
