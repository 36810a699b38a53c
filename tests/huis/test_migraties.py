"""Old and new code run side by side during an upgrade (F21): a migration adds, and takes away one release later.

Read from the migrations themselves, without a database. What must break the rule says so in its own words:
`oude_code = "why the release before this one does not mind"`, an attribute of the migration.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

WEG = (migrations.RemoveField, migrations.DeleteModel, migrations.RenameField, migrations.RenameModel,
       migrations.AlterModelTable)  # fmt: skip
SQL_WEG = re.compile(
    r"\b(drop\s+(table|column|view|schema)|rename\s+(to|column)|set\s+not\s+null"
    r"|alter\s+column\s+\S+\s+(set\s+data\s+)?type|truncate)\b",
    re.I,
)
VOOR_DE_EERSTE_UITGAVE = {
    ("organisaties", "0002_opmerking"),
    ("organisaties", "0003_bedenktijd"),
    ("organisaties", "0005_nummer_verplicht"),
}
"""Part of the first release, so nobody runs the code of before them. Nothing is ever added here."""
EIGEN = tuple(
    app.label for app in apps.get_app_configs() if app.path.startswith(str(settings.BASE_DIR / app.label))
)


def bezwaren(operatie: Operation, app: str, staat: ProjectState) -> Iterator[str]:
    """What the code of the former release would stumble over, as a sentence each."""
    if isinstance(operatie, migrations.SeparateDatabaseAndState):
        for deel in operatie.database_operations:
            yield from bezwaren(deel, app, staat)
    elif isinstance(operatie, WEG):
        yield f"{type(operatie).__name__}: de oude code leest of schrijft dit nog."
    elif isinstance(operatie, migrations.AddField):
        yield from _erbij(operatie)
    elif isinstance(operatie, migrations.AlterField):
        yield from _anders(operatie, staat.models[app, operatie.model_name_lower].fields[operatie.name])
    elif isinstance(operatie, migrations.RunSQL):
        yield from (f"RunSQL: ‘{gevonden.group(0)}’." for gevonden in SQL_WEG.finditer(_sql(operatie)))


def _sql(operatie: migrations.RunSQL) -> str:
    tekst = operatie.sql if isinstance(operatie.sql, str) else "\n".join(map(str, operatie.sql))
    zonder_opmerking = re.sub(r"--.*", "", tekst)
    # What a function does later is no change of the schema now.
    return re.sub(r"\$(\w*)\$.*?\$\1\$", "", zonder_opmerking, flags=re.S)


def _erbij(operatie: migrations.AddField) -> Iterator[str]:
    veld: Any = operatie.field
    if not (veld.null or veld.many_to_many or veld.db_default is not models.NOT_PROVIDED):
        yield f"{operatie.model_name}.{operatie.name}: verplicht zonder db_default; de oude code vult het niet."


def _anders(operatie: migrations.AlterField, was: Any) -> Iterator[str]:
    wordt: Any = operatie.field
    plaats = f"{operatie.model_name}.{operatie.name}"
    if was.null and not wordt.null:
        yield f"{plaats}: wordt verplicht; de oude code laat het nog leeg."
    if was.get_internal_type() != wordt.get_internal_type():
        yield f"{plaats}: wordt een {wordt.get_internal_type()}."
    if (was.max_length or 0) > (wordt.max_length or 10**9):
        yield f"{plaats}: wordt korter."


def nieuwe_migraties() -> list[tuple[str, str]]:
    """All but those that make an app's first tables."""
    lader = MigrationLoader(None)
    return sorted(
        sleutel
        for sleutel, migratie in lader.disk_migrations.items()
        if sleutel[0] in EIGEN
        and not migratie.initial
        and not sleutel[1].startswith("0001")
        and sleutel not in VOOR_DE_EERSTE_UITGAVE
    )


@pytest.mark.parametrize(("app", "naam"), nieuwe_migraties(), ids=lambda deel: deel)
def test_een_migratie_laat_de_vorige_uitgave_werken(app, naam):
    lader = MigrationLoader(None)
    migratie = lader.disk_migrations[app, naam]
    staat = lader.project_state((app, naam), at_end=False)
    gezegd = []
    for operatie in migratie.operations:
        gezegd += bezwaren(operatie, app, staat)
        operatie.state_forwards(app, staat)
    reden = getattr(migratie, "oude_code", "")
    assert not gezegd or reden, "\n".join([*gezegd, "Voeg eerst toe en haal een uitgave later weg."])
    assert gezegd or not reden, "Hier breekt niets: haal oude_code weg."


def test_elke_app_wordt_nagekeken():
    assert set(EIGEN) >= {
        "techniek",
        "logboek",
        "organisaties",
        "beschikkingen",
        "stopberichten",
        "resultaat",
        "rapportage",
    }
    assert ("logboek", "0006_per_jaar") in nieuwe_migraties()


@pytest.mark.parametrize(
    ("operatie", "zin"),
    [
        (migrations.RemoveField("brief", "tekst"), "RemoveField"),
        (migrations.RenameField("brief", "tekst", "inhoud"), "RenameField"),
        (migrations.DeleteModel("brief"), "DeleteModel"),
        (migrations.AddField("brief", "soort", models.CharField(max_length=3)), "verplicht zonder db_default"),
        (migrations.AddField("brief", "soort", models.CharField(max_length=3, default="x")), "verplicht zonder"),
        (migrations.AddField("brief", "soort", models.CharField(max_length=3, db_default="x")), ""),
        (migrations.AddField("brief", "soort", models.CharField(max_length=3, null=True)), ""),
        (migrations.AlterField("brief", "tekst", models.CharField(max_length=20)), "wordt verplicht"),
        (migrations.AlterField("brief", "tekst", models.CharField(max_length=9, null=True)), "wordt korter"),
        (migrations.AlterField("brief", "tekst", models.IntegerField(null=True)), "wordt een IntegerField"),
        (migrations.AlterField("brief", "tekst", models.TextField(null=True)), "wordt een TextField"),
        (migrations.AlterField("brief", "tekst", models.CharField(max_length=30, null=True)), ""),
        (migrations.RunSQL("alter table brief drop column tekst"), "drop column"),
        (migrations.RunSQL(["alter table a rename to b", "select 1"]), "rename to"),
        (migrations.RunSQL("alter table brief alter column tekst set not null"), "set not null"),
        (migrations.RunSQL("create index on brief (tekst) -- no drop table"), ""),
        (migrations.RunSQL("create function f() returns void as $$ begin drop table x; end $$"), ""),
        (migrations.SeparateDatabaseAndState([migrations.RunSQL("drop table a")], []), "drop table"),
        (migrations.SeparateDatabaseAndState([], [migrations.RemoveField("brief", "tekst")]), ""),
    ],
)  # fmt: skip
def test_wat_de_oude_code_zou_storen(operatie, zin):
    velden = {"tekst": models.CharField(max_length=20, null=True)}
    staat: Any = SimpleNamespace(models={("post", "brief"): SimpleNamespace(fields=velden)})
    gezegd = " ".join(bezwaren(operatie, "post", staat))
    assert zin in gezegd
    assert bool(gezegd) == bool(zin)
