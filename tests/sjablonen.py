"""`python -m tests.sjablonen`: compile every template of the project, so that a typing error shows before a
visitor finds it. Prints each one that does not compile."""

import os
import sys

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmo_portal.settings")
    django.setup()
    from techniek.opwarmen import sjablonen

    faults = 0
    for name in sjablonen():
        try:
            get_template(name)
        except TemplateSyntaxError as fault:
            faults += 1
            sys.stdout.write(f"{name}: {fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
