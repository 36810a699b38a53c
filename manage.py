#!/usr/bin/env python
"""Django's command line for the Wmo-portaal.

Without DATABASE_URL it uses the private servers: those of a running bin/start, else its own while the
command lasts.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wmo_portal.settings")
    if sys.argv[1:2] == ["start"]:
        from wmo_portal.embedded.__main__ import main as embedded

        sys.exit(embedded(sys.argv[1:]))
    from django.core.management import execute_from_command_line

    if "DATABASE_URL" in os.environ:
        execute_from_command_line(sys.argv)
        return
    from wmo_portal.embedded.servers import servers_for_command

    with servers_for_command():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
