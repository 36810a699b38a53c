"""Makes one PDF in a process of its own: JSON on standard input, the PDF on standard output.

A web worker never imports WeasyPrint (60 MB, and seconds of work that nobody can stop); this process may be killed.
It knows no database and gets no keys: what it prints is in what it is given.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime

from wmo_portal.lib.drukwerk import DrukwerkFout, pdf


def main() -> int:
    vraag = json.load(sys.stdin)
    try:
        uit = pdf(
            vraag["inhoud"], titel=vraag["titel"], gemaakt_op=datetime.fromisoformat(vraag["gemaakt_op"])
        )
    except DrukwerkFout as fout:
        sys.stderr.write(str(fout))
        return 2
    sys.stdout.buffer.write(uit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
