"""The change log: what a row was before each change, kept by statement triggers, so bulk and raw SQL count too.

The former rows stand in `<model>event`; with the row itself they are the whole history (veiligheid D3).
"""

from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def volg(model: M) -> M:
    """Class decorator: keep the old row at every UPDATE and DELETE."""
    spoor = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pghistory.Statement),
        pghistory.DeleteEvent(row=pghistory.Old, level=pghistory.Statement),
        obj_field=pghistory.ObjForeignKey(
            null=True, related_name="geschiedenis", db_constraint=False, db_index=True
        ),
    )
    verrijkt: M = spoor(model)
    return verrijkt
