"""The laws of the house that no tool checks by itself (huis.md §2)."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

HUIS = Path(settings.BASE_DIR)
# From the top down: who stands higher may know who stands lower.
APPS = [
    "rapportage",
    "resultaat",
    "stopberichten",
    "beschikkingen",
    "meldingen",
    "organisaties",
    "logboek",
    "techniek",
]


def test_geen_verwijzing_wijst_omhoog():
    """The blind spot of import-linter: a foreign key written as a string."""
    omhoog = []
    for model in apps.get_models():
        van = model._meta.app_label
        if van not in APPS:
            continue
        for veld in model._meta.get_fields():
            naar = getattr(veld, "related_model", None)
            if not isinstance(veld, models.ForeignKey) or naar is None or naar._meta.app_label not in APPS:
                continue
            if APPS.index(naar._meta.app_label) < APPS.index(van):
                omhoog.append(f"{van}.{model.__name__}.{veld.name} -> {naar._meta.label}")
    assert omhoog == []


def bladeren(patronen=None, voorvoegsel=""):
    """Every (name, pattern) of the resolver, with its namespace."""
    for patroon in patronen if patronen is not None else get_resolver().url_patterns:
        if isinstance(patroon, URLResolver):
            ruimte = f"{voorvoegsel}{patroon.namespace}:" if patroon.namespace else voorvoegsel
            yield from bladeren(patroon.url_patterns, ruimte)
        elif isinstance(patroon, URLPattern):
            yield f"{voorvoegsel}{patroon.name}", patroon


# Without logging in: are we alive, how to report a leak, and the pages of logging in itself.
OPENBAAR = {
    "healthz",
    "readyz",
    "security-txt",
    "csp-melding",
    "sessie-blijf",
    "toegankelijkheid",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_signup_webauthn",
    "mfa_trust",
    "openid_connect_login",
    "openid_connect_callback",
    "inlogdienst-afgemeld",
    "inlogdienst-uitgelogd",
    "inlogdienst-uit",
}


def _openbaar(view) -> bool:
    return getattr(view, "login_required", True) is False


def test_elke_pagina_vraagt_om_inloggen_of_staat_op_de_lijst():
    namen = {naam for naam, patroon in bladeren() if _openbaar(patroon.callback)}
    assert namen - OPENBAAR == set()


def eigen_views():
    for naam, patroon in bladeren():
        if patroon.callback.__module__.split(".")[0] in APPS:
            yield naam, patroon


# Pages of one's own, for everybody who is logged in.
ZONDER_RECHT = {"start", "meldingen:meldingen", "organisaties:sessies"}


def test_elke_eigen_pagina_noemt_haar_recht():
    zonder = {naam for naam, patroon in eigen_views() if not getattr(patroon.callback, "rechten", ())}
    assert {naam for naam in zonder if not _openbaar_naam(naam)} - ZONDER_RECHT == set()


def _openbaar_naam(naam: str) -> bool:
    return naam in OPENBAAR


# Agreements of a region, for the beheerder alone: rows without people, which may be counted.
AFSPRAKEN = {"resultaat:reden", "organisaties:gebied", "organisaties:trede"}


def test_geen_getal_en_geen_bsn_in_een_adres():
    """Addresses hold random marks, never a primary key (which counts) or a BSN (U13)."""
    fout = {naam for naam, patroon in eigen_views() if re.search(r"<int:|bsn>", str(patroon.pattern))}
    assert fout - AFSPRAKEN == set()


def test_elke_taak_van_de_klok_bestaat():
    from wmo_portal.celery import app

    for module in APPS:
        if (HUIS / module / "tasks.py").exists():
            importlib.import_module(f"{module}.tasks")
    namen = [regel["task"] for regel in app.conf.beat_schedule.values()]
    assert [naam for naam in namen if naam not in app.tasks] == []


SJABLONEN = sorted(
    pad
    for pad in [*HUIS.glob("templates/**/*.html"), *HUIS.glob("*/templates/**/*.html")]
    if ".venv" not in pad.parts
)


@pytest.mark.parametrize("pad", SJABLONEN, ids=lambda pad: str(pad.relative_to(HUIS)))
def test_geen_stijl_of_script_in_een_sjabloon(pad):
    """The content security policy would block it, and an attacker would use it."""
    tekst = pad.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|safe\b|<script(?![^>]*\bsrc=)", tekst)


def test_geen_mark_safe_buiten_de_bouwstenen():
    """Text of users is always escaped; only our own drawing may say it is markup."""
    mag = {"wmo_portal/lib", "techniek/templatetags", "wmo_portal/nlds"}
    fout = []
    for pad in HUIS.glob("*/**/*.py"):
        rel = str(pad.relative_to(HUIS))
        if rel.split("/")[0] not in {*APPS, "wmo_portal", "iwmo"} or any(rel.startswith(m) for m in mag):
            continue
        if "mark_safe" in pad.read_text():
            fout.append(rel)
    assert fout == []


def test_elke_instelling_uit_de_omgeving_is_beschreven():
    """Whoever runs the portal finds every variable in docs/productie.md."""
    tekst = (HUIS / "wmo_portal/settings.py").read_text()
    in_omgeving = set(re.findall(r'"((?:WMO|GEHEIME|BSN|CONTEXT|DATABASE|REDIS)_[A-Z_]+)"', tekst))
    uitleg = (HUIS / "docs/productie.md").read_text()
    assert {naam for naam in in_omgeving if naam not in uitleg} - {"DATABASE_"} == set()


def modules(*delen: str):
    for app in [*APPS, "wmo_portal"]:
        for pad in (HUIS / app).rglob("*.py"):
            if "migrations" not in pad.parts:
                yield pad


def test_alleen_tijd_vraagt_de_klok():
    """`date.today()` and friends: one place asks, rules get their day as an argument."""
    fout = []
    for pad in modules():
        for knoop in ast.walk(ast.parse(pad.read_text())):
            if isinstance(knoop, ast.Attribute) and knoop.attr in {"today", "utcnow"}:
                fout.append(f"{pad.relative_to(HUIS)}:{knoop.lineno}")
    assert fout == []


PUUR = [
    "iwmo",
    "stopberichten/codes.py",
    "stopberichten/verkeer.py",
    "beschikkingen/termijnen.py",
    "resultaat/werkwijze.py",
    "resultaat/opties.py",
    "resultaat/ronde.py",
    "resultaat/tegenspraak.py",
    "resultaat/tegenspraakregels.py",
    "resultaat/ronderegels.py",
    "resultaat/advies.py",
    "stopberichten/verkeersregels.py",
    "stopberichten/leveringen.py",
    "stopberichten/toelichtingregels.py",
    "rapportage/categorieen.py",
    "rapportage/tellingen.py",
    *(
        f"rapportage/{naam}.py"
        for naam in (
            "overzicht",
            "bron",
            "kpi",
            "tabellen",
            "verschil",
            "zegel",
            "gevoeligheid",
            "definities",
            "opgave_beeld",
            "opgave_ervaring",
            "opgave_regels",
            "opgave_uitval",
            "kwaliteit",
            "afscherming",
        )
    ),
]


@pytest.mark.parametrize("plek", PUUR)
def test_regels_kennen_geen_database(plek):
    """Rules are pure: no Django, no Celery, no files."""
    pad = HUIS / plek
    bestanden = list(pad.rglob("*.py")) if pad.is_dir() else [pad]
    verboden = {"django", "celery", "psycopg", "openpyxl", "weasyprint", "redis"}
    fout = []
    for bestand in bestanden:
        for knoop in ast.walk(ast.parse(bestand.read_text())):
            namen = []
            if isinstance(knoop, ast.Import):
                namen = [alias.name for alias in knoop.names]
            elif isinstance(knoop, ast.ImportFrom):
                namen = [knoop.module or ""]
            fout += [f"{bestand.name}: {naam}" for naam in namen if naam.split(".")[0] in verboden]
    assert fout == []
