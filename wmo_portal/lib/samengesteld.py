"""Composite foreign keys: a row of one municipality can never point at a row of another.

Django's own ForeignKey checks one column. Foreign-key checks bypass row level security, so a plain key would
accept a foreign row. We therefore switch the plain constraint off (`db_constraint=False`, see `verwijzing`) and
put a composite one in `Meta.constraints`:

    SamengesteldeSleutel(kolommen=("client", "gemeente"), naar="beschikkingen.Client", name="...")

It refers to the same column names in the target, which needs a unique constraint on (id, gemeente).
"""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement
from django.db.models.constraints import BaseConstraint


def verwijzing(naar: str, **opties: Any) -> Any:
    """A ForeignKey whose constraint in the database is a composite one in Meta.constraints."""
    opties.setdefault("on_delete", models.PROTECT)
    return models.ForeignKey(naar, db_constraint=False, **opties)


class SamengesteldeSleutel(BaseConstraint):
    """FOREIGN KEY (<veld>_id, <mee>…) REFERENCES naar (id, <mee>…), deferred to the end of the transaction."""

    def __init__(self, *, veld: str, mee: tuple[str, ...] | list[str], naar: str, name: str) -> None:
        super().__init__(name=name)
        self.veld, self.mee, self.naar = veld, tuple(mee), naar

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        doel = model._meta.apps.get_model(self.naar)
        hier = [model._meta.get_field(naam).column for naam in (self.veld, *self.mee)]
        daar = ["id", *(doel._meta.get_field(naam).column for naam in self.mee)]
        q = schema_editor.quote_name
        return (
            f"CONSTRAINT {q(self.name)} FOREIGN KEY ({', '.join(map(q, hier))}) "
            f"REFERENCES {q(doel._meta.db_table)} ({', '.join(map(q, daar))}) DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            "ALTER TABLE %(tabel)s ADD %(wat)s",
            tabel=schema_editor.quote_name(model._meta.db_table),
            wat=self.constraint_sql(model, schema_editor),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            "ALTER TABLE %(tabel)s DROP CONSTRAINT %(naam)s",
            tabel=schema_editor.quote_name(model._meta.db_table),
            naam=schema_editor.quote_name(self.name),
        )

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database: the check belongs to the end of the transaction."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        pad, args, kwargs = super().deconstruct()
        return pad, tuple(args), {**kwargs, "veld": self.veld, "mee": self.mee, "naar": self.naar}

    def __eq__(self, ander: object) -> bool:
        return isinstance(ander, SamengesteldeSleutel) and self.deconstruct() == ander.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.veld, self.mee, self.naar))
