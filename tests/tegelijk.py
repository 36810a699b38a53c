"""Five at the same moment, and the same with the defence taken away: what the tests of mails sent once share."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

from tests.als_app import als_app
from wmo_portal.lib import rls

AANTAL = 5


def vijf_tegelijk(monkeypatch: Any, module: Any, lezer: str, doe: Callable[[], Any]) -> None:
    """`doe` five times at once; nobody goes on from `module.lezer` before all five have read."""
    gelezen, echt = threading.Barrier(AANTAL, timeout=60), getattr(module, lezer)

    def lees_en_wacht(*wat: Any) -> Any:
        uit = echt(*wat)
        gelezen.wait()
        return uit

    def een() -> None:
        try:
            with als_app():
                rls.zet(rls.SYSTEEM)
                doe()
        finally:
            connection.close()

    monkeypatch.setattr(module, lezer, lees_en_wacht)
    draden = [threading.Thread(target=een) for _ in range(AANTAL)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()


@contextmanager
def zonder_sloten(
    monkeypatch: Any, *, module: Any, sql: str, mailer: Any, model: type[models.Model], slot: str
) -> Iterator[None]:
    """Negative control: the statement `sql` of `module` takes what is taken, the unique `slot` is gone, and each thread
    has a mail key of its own. The rows that the race made are thrown away, so that the constraint can come back."""
    (eenmaal,) = (c for c in model._meta.constraints if c.name == slot)
    assert isinstance(eenmaal, models.UniqueConstraint)
    velden = [model._meta.get_field(veld).column for veld in eenmaal.fields]  # type: ignore[union-attr]  # real columns
    conflict = f"on conflict ({', '.join(velden)}) do nothing"
    zin = getattr(module, sql)
    assert conflict in zin
    echt = mailer.zet_mail_klaar
    monkeypatch.setattr(module, sql, zin.replace(conflict, ""))
    monkeypatch.setattr(
        mailer,
        "zet_mail_klaar",
        lambda **w: echt(**{**w, "sleutel": f"{w['sleutel']}:{threading.get_ident()}"}),
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, eenmaal)
    try:
        yield
    finally:
        model._default_manager.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(model, eenmaal)
