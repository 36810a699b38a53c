"""The first wall, read from the code: in what answers a person, rows of a case begin at `visible_to` (veiligheid D1).

Three ways are right. A query begins at `visible_to`. Or it hangs on a row of another query (`OuterRef`, a `Prefetch`),
which began there. Or it stands in `GEBONDEN`, with why the rows that it finds belong to who asks. Who writes a new one
reads that reason first; who takes one away takes its row out of the table.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tests.huis.test_muren import AFSPRAKEN, ZONDER_MUUR
from tests.huis.test_wetten import APPS

HUIS = Path(settings.BASE_DIR)
# What a person gets to see is made here. Deeds (actions) get rows that one of these found for them.
DEUREN = (
    "views", "forms", "queries", "tasks", "excel", "pdf", "startblok", "inzage", "documenten", "inlezen", "berichten_in",
    "retourmeldingen", "koppelen",
)  # fmt: skip
VAN_DE_RIJ = {
    "OuterRef",
    "van_de_rij",
}  # the second is the first, as a range of one (resultaat.queries.per_rij)
SCHRIJFT = {"create", "bulk_create", "get_or_create", "update_or_create"}

RIJ = "gets a row that was found by visible_to, and reads what hangs on it"
SLEUTELS = "gets the keys of rows that were found by visible_to"
GEMEENTE = "gets a municipality that this person chose out of his own"
SYSTEEM = "work of the portal itself, under SYSTEEM; nobody sees the rows"
COMMANDO = "a command of who runs the machine, for one municipality that he names"
SAMEN = "joined in the same statement with a query that begins at visible_to"
VRAAG = "joined with the query it is given, which began at visible_to"
EIGEN = "the municipalities of who asks, by gemeenten_van; in the task those of all, under SYSTEEM"
ZELFDE = "a sibling with the same owner of a row that was found by visible_to"
CLIENT = (
    "the allocations of a client that was found by visible_to, those with another provider too: from a provider the wall "
    "of the database keeps these (tests/resultaat/test_dossier_paginas.py)"
)

GEBONDEN = {
    "rapportage/inzageverzoek.py::maak_overzicht": COMMANDO,
    "rapportage/inzageverzoek.py::_berichten": COMMANDO,
    "rapportage/inzageverzoek.py::_log": COMMANDO,
    "rapportage/queries/opgave.py::vorige_opgave": ZELFDE,
    "rapportage/queries/publicatie.py::bezwaar_tegen_publicatie": "only whether it exists, for his region",
    "rapportage/queries/telling.py::_bronnen": SAMEN,
    "rapportage/tasks.py::_wachtend": "the queue; each report is made in the scope of who asked for it",
    "rapportage/views/opgave.py::_deelpagina": RIJ,
    "resultaat/queries/clienten.py::_termijnvraag": SLEUTELS,
    "resultaat/queries/ronde.py::onafgemaakt": SYSTEEM,
    "resultaat/queries/ronde.py::formulierstand": RIJ,
    "resultaat/queries/rondes_te_doen.py::_wacht": EIGEN,
    "resultaat/queries/rondes_te_doen.py::te_draaien": EIGEN,
    "resultaat/queries/termijnen.py::_vrijstellingen": VRAAG,
    "resultaat/queries/zaak.py::_regels": RIJ,
    "resultaat/queries/zaak.py::_evaluaties": RIJ,
    "resultaat/queries/zaak.py::_resultaten": RIJ,
    "resultaat/queries/zaak.py::_andere": CLIENT,
    "resultaat/queries/zaak.py::_eromheen": RIJ,
    "resultaat/queries/zaak_licht.py::lichte_zaken": SLEUTELS,
    "resultaat/queries/zaak_licht.py::_andere": CLIENT,
    "resultaat/queries/zaak_licht.py::_delen": SLEUTELS,
    "resultaat/tasks.py::ronde": SYSTEEM,
    "resultaat/views/ronde.py::_al_uitgevoerd": ZELFDE,
    "stopberichten/berichten_in.py::_eerdere": "only to recognise a message that came in before, from the same sender",
    "stopberichten/koppelen.py::koppel": RIJ,
    "stopberichten/koppelen.py::ontkoppel": RIJ,
    "stopberichten/queries_met_de_hand.py::te_stoppen": RIJ,
    "stopberichten/queries_toelichting.py::stops_bij": RIJ,
    "stopberichten/queries_berichten.py::berichten": "messages without an owner, of who sent them in himself",
    "stopberichten/queries_berichten.py::bericht_van": "visible_to, or a message without an owner that he sent in himself",
    "stopberichten/queries_toelichtinglijst.py::_regels": RIJ,
    "stopberichten/queries_toelichtinglijst.py::_zonder_stop": VRAAG,
    "stopberichten/retourmeldingen.py::afgekeurd": SYSTEEM,
    "stopberichten/retourmeldingen.py::retouren": SYSTEEM,
    "stopberichten/views/berichten.py::ingestuurd": "messages without an owner, of who sent them in himself",
    "beschikkingen/documenten.py::_bewaak_dagquotum": "the sum of the sizes of one organisation, that of who uploads",
    "beschikkingen/documenten.py::_verwerk": SYSTEEM,
    "beschikkingen/documenten.py::_inhoud": RIJ,
    "beschikkingen/inlezen/vergelijken.py::_haal_op": GEMEENTE,
    "beschikkingen/queries.py::keren": "how often this person looked, counted from his own lines",
    "beschikkingen/tasks.py::scan_documenten": SYSTEEM,
    "organisaties/queries.py::logregels": "the beheerder sees the whole log, which names no client; others by visible_to",
}  # fmt: skip


def ommuurd() -> set[str]:
    """Names of the models with a wall around their table."""
    return {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label not in ZONDER_MUUR and model._meta.db_table not in AFSPRAKEN
    }


def zonder_begin(tekst: str, modellen: set[str]) -> Iterator[tuple[str, int]]:
    """Function and line of each query on a walled model that neither begins at `visible_to` nor hangs on another."""
    boom = ast.parse(tekst)
    ouder = {kind: knoop for knoop in ast.walk(boom) for kind in ast.iter_child_nodes(knoop)}
    for knoop in ast.walk(boom):
        if not isinstance(knoop, ast.Attribute) or not _is_manager(knoop.value, modellen):
            continue
        if knoop.attr in SCHRIJFT | {"visible_to"}:
            continue
        if not _hangt_aan_een_ander(knoop, ouder):
            yield _functie(knoop, ouder), knoop.lineno


def _is_manager(knoop: ast.AST, modellen: set[str]) -> bool:
    return (
        isinstance(knoop, ast.Attribute)
        and knoop.attr in {"objects", "_default_manager", "_base_manager"}
        and ast.unparse(knoop.value).split(".")[-1] in modellen
    )


def _hangt_aan_een_ander(knoop: ast.AST, ouder: dict[ast.AST, ast.AST]) -> bool:
    """The whole chain of calls, and what it stands in: `Model.objects.filter(x=OuterRef("pk"))`, `Prefetch(…)`."""
    while isinstance(ouder[knoop], ast.Attribute | ast.Call | ast.keyword | ast.UnaryOp | ast.BinOp):
        knoop = ouder[knoop]
        if isinstance(knoop, ast.Call) and ast.unparse(knoop.func) == "Prefetch":
            return True
    return any(isinstance(deel, ast.Name) and deel.id in VAN_DE_RIJ for deel in ast.walk(knoop))


def _functie(knoop: ast.AST, ouder: dict[ast.AST, ast.AST]) -> str:
    while knoop in ouder:
        knoop = ouder[knoop]
        if isinstance(knoop, ast.FunctionDef):
            return knoop.name
    return "<module>"


def deuren() -> Iterator[Path]:
    for app in APPS:
        for pad in sorted((HUIS / app).rglob("*.py")):
            delen = pad.relative_to(HUIS / app).parts
            if delen[0].startswith(DEUREN) and "migrations" not in delen:
                yield pad


@pytest.fixture(scope="module")
def gevonden() -> dict[str, int]:
    modellen = ommuurd()
    return {
        f"{pad.relative_to(HUIS)}::{naam}": regel
        for pad in deuren()
        for naam, regel in zonder_begin(pad.read_text(encoding="utf-8"), modellen)
    }


def test_elke_vraag_begint_bij_visible_to_of_zegt_waarom_niet(gevonden):
    assert {f"{plek} (regel {regel})" for plek, regel in gevonden.items() if plek not in GEBONDEN} == set()


def test_wat_er_niet_meer_is_staat_niet_in_de_tabel(gevonden):
    assert set(GEBONDEN) - set(gevonden) == set()


def test_de_tabel_van_deuren_vindt_de_bladzijden():
    """A folder that is renamed would be looked at no more."""
    assert len(list(deuren())) > 100
    assert {"Client", "Toewijzing", "Resultaat", "Bericht", "Gebeurtenis", "Rapport"} <= ommuurd()


@pytest.mark.parametrize(
    ("code", "fout"),
    [
        ("Client.objects.visible_to(wie)", 0),
        ("Client.objects.visible_to(wie).filter(pk=1)", 0),
        ("Client.objects.filter(pk=1)", 1),
        ("Client.objects.all()", 1),
        ("models.Client.objects.get(kenmerk=kenmerk)", 1),
        ("Client._default_manager.all()", 1),
        ("get_object_or_404(Client.objects.select_related('x'), kenmerk=k)", 1),
        ("Exists(Client.objects.filter(pk=OuterRef('client')))", 0),
        ("Exists(Client.objects.open().filter(pk=OuterRef('client')).values('pk'))", 0),
        ("rijen.prefetch_related(Prefetch('x', Client.objects.order_by('pk')))", 0),
        ("Client.objects.create(naam='x')", 0),
        ("Regio.objects.all()", 0),
    ],
)
def test_de_lezer_ziet_een_vergeten_filter(code, fout):
    """The negative control: each way in which the filter can be forgotten, and each way that is right."""
    tekst = f"def pagina(wie):\n    return {code}\n"
    assert list(zonder_begin(tekst, {"Client"})) == [("pagina", 2)] * fout


# --- SQL by hand ----------------------------------------------------------------------------------------------------
def test_sql_krijgt_zijn_waarden_als_parameter():
    """No statement is put together with a value in it (ASVS 1.2.4); a name of ours in it says so by its noqa (S608)."""
    fout = []
    for app in [*APPS, "wmo_portal"]:
        for pad in (HUIS / app).rglob("*.py"):
            if "migrations" in pad.parts:
                continue
            tekst = pad.read_text(encoding="utf-8")
            fout += [f"{pad.relative_to(HUIS)}:{regel}" for regel in aan_elkaar_geplakt(tekst)]
    assert [plek for plek in fout if plek.split(":")[0] not in MET_NAMEN] == []


MET_NAMEN = {"rapportage/demo/inrichten.py"}
"""Names of tables and sequences of our own models, only when the demo is made."""


def aan_elkaar_geplakt(tekst: str) -> Iterator[int]:
    for knoop in ast.walk(ast.parse(tekst)):
        if isinstance(knoop, ast.Call) and isinstance(knoop.func, ast.Attribute) and knoop.args:
            plakt = isinstance(knoop.args[0], ast.JoinedStr | ast.BinOp) or ".format(" in ast.unparse(
                knoop.args[0]
            )
            if knoop.func.attr in {"execute", "executemany", "raw", "extra", "RawSQL"} and plakt:
                yield knoop.lineno


@pytest.mark.parametrize(
    ("code", "fout"),
    [
        ("cursor.execute(f'select {x}')", 1),
        ("cursor.execute('select ' + x)", 1),
        ("cursor.execute('select %s' % x)", 1),
        ("cursor.execute('select {}'.format(x))", 1),
        ("Client.objects.raw(f'select {x}')", 1),
        ("cursor.execute('select %s', [x])", 0),
        ("cursor.execute(sql, [x])", 0),
    ],
)
def test_de_lezer_ziet_geplakte_sql(code, fout):
    assert len(list(aan_elkaar_geplakt(code))) == fout
