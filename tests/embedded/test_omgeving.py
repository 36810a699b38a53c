"""Where the private servers keep their things, and the keys that are made once."""

import base64
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wmo_portal.embedded.launch import NOBODY
from wmo_portal.embedded.omgeving import BASE_DIR, Layout, UnsafeFolder, kept_secrets, omgeving


def test_every_variable_that_settings_ask_is_given(layout: Layout) -> None:
    given = omgeving(layout)
    assert given["DATABASE_URL"] == f"postgresql://wmo_app@/wmo_portal?host={layout.map}/run"
    assert given["DATABASE_OWNER_URL"].startswith("postgresql://wmo_owner@/")
    assert given["REDIS_URL"] == f"unix://{layout.map}/run/valkey.sock?db=0"
    assert (given["WMO_EMBEDDED"], given["WMO_DEMO"], given["WMO_MAP"]) == ("1", "1", str(layout.map))


def test_keys_are_32_bytes_and_all_different(layout: Layout) -> None:
    keys = kept_secrets(layout)
    number, _, first = keys["BSN_SLEUTELS"].partition(":")
    raw = [
        base64.b64decode(key, validate=True)
        for key in (first, keys["BSN_INDEXSLEUTEL"], keys["CONTEXT_SLEUTEL"])
    ]
    assert number == "1"
    assert [len(key) for key in raw] == [32, 32, 32]
    assert len(set(raw)) == 3
    assert len(keys["GEHEIME_SLEUTEL"]) >= 50


def test_keys_are_made_once_and_only_the_owner_may_read_them(layout: Layout) -> None:
    first = kept_secrets(layout)
    assert kept_secrets(layout) == first
    assert (layout.map / "geheimen.json").stat().st_mode & 0o777 == 0o600


def test_processes_that_ask_for_keys_at_once_get_the_same_ones(layout: Layout) -> None:
    words = "import json; from wmo_portal.embedded.omgeving import omgeving; print(json.dumps(omgeving()))"

    def ask(_number: int) -> dict[str, str]:
        environment = {**os.environ, "WMO_MAP": str(layout.map)}
        said = subprocess.check_output([sys.executable, "-c", words], cwd=BASE_DIR, env=environment)
        return dict(json.loads(said))

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, range(6)))
    assert all(answer == answers[0] for answer in answers)


def test_a_write_of_the_keys_that_was_cut_off_is_done_again(layout: Layout) -> None:
    (layout.map / "geheimen.nieuw").write_text('{"GEHEIME_SLEU')
    assert len(kept_secrets(layout)) == 4


@pytest.mark.parametrize("name", ["n" * 200, "met spatie", "komma,komma", "vraag?teken", "accént"])
def test_a_path_that_no_socket_or_url_can_hold_gets_a_short_folder_of_its_own(
    tmp_path: Path, name: str
) -> None:
    layout = Layout(tmp_path / name)
    layout.make()
    try:
        assert layout.sockets != layout.map / "run"
        assert len(os.fsencode(layout.sockets)) < 60
        assert layout.sockets.stat().st_mode & 0o777 == 0o700
        assert layout.sockets == Layout(tmp_path / name).sockets
        assert layout.sockets != Layout(tmp_path / (name + "2")).sockets
    finally:
        layout.sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand a folder to another user")
def test_a_socket_folder_of_somebody_else_is_refused(layout: Layout) -> None:
    os.chown(layout.sockets, 4711, 4711)
    with pytest.raises(UnsafeFolder, match="van een ander"):
        layout.make()
    os.chown(layout.sockets, NOBODY, NOBODY)
    layout.make()


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elders").mkdir()
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "run").symlink_to(tmp_path / "elders")
    with pytest.raises(UnsafeFolder):
        Layout(tmp_path / "var").make()
