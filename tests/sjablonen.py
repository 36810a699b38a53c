"""`python -m tests.sjablonen`: compile every template of the project, so that a typing error shows before a
visitor finds it. Prints each one that does not compile."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

BASE = Path(__file__).resolve().parent.parent


def names() -> Iterator[str]:
    """Template names as a view would ask for them."""
    for folder in (
        BASE / "templates",
        *sorted(BASE.glob("*/templates")),
        *sorted(BASE.glob("*/*/templates")),
    ):
        if ".venv" not in folder.parts:
            yield from (str(p.relative_to(folder)) for p in sorted(folder.rglob("*")) if p.is_file())


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmo_portal.settings")
    django.setup()
    faults = 0
    for name in names():
        try:
            get_template(name)
        except TemplateSyntaxError as fault:
            faults += 1
            sys.stdout.write(f"{name}: {fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
