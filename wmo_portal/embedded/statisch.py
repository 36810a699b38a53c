"""Has anything under a static folder changed since the last collectstatic? Costs one stat per file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from wmo_portal.embedded.omgeving import BASE_DIR, Layout

ALSO = ("requirements.lock", "wmo_portal/settings.py")


def _files(base: Path) -> Iterator[Path]:
    for folder in (base / "static", *sorted(base.glob("*/static"))):
        if ".venv" not in folder.parts and base / "var" not in folder.parents:
            yield from sorted(path for path in folder.rglob("*") if path.is_file())
    yield from (base / name for name in ALSO if (base / name).is_file())


def fingerprint(base: Path, *extra: str) -> str:
    """Changes when a static file, a package or the settings change."""
    digest = hashlib.sha256("\n".join(extra).encode())
    for path in _files(base):
        found = path.stat()
        digest.update(f"{path.relative_to(base)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


class Stamp:
    """Remembers for which fingerprint the files were collected."""

    def __init__(self, layout: Layout, *extra: str) -> None:
        self.collected = layout.map / "static"
        self.path = layout.map / "static.stempel"
        self.wanted = fingerprint(BASE_DIR, *extra)

    def fits(self) -> bool:
        return self.collected.is_dir() and self.path.is_file() and self.path.read_text() == self.wanted

    def set(self) -> None:
        self.path.write_text(self.wanted)
