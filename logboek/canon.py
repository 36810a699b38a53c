"""One line of the log as bytes that never change, and the hashes over them (veiligheid D3). Pure.

Times are whole microseconds since the epoch: the text of a timestamp depends on the setting TimeZone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

BEGIN: Final = b"\0" * 32
"""What the first seal has instead of a former one."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def microseconden(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _waarde(waarde: Any) -> Any:
    if isinstance(waarde, datetime):
        return microseconden(waarde)
    if isinstance(waarde, UUID):
        return waarde.hex
    if isinstance(waarde, bytes | memoryview):
        return bytes(waarde).hex()
    return waarde


def regelhash(velden: Mapping[str, Any]) -> bytes:
    """SHA-256 over every column by name, in one fixed order."""
    schoon = {naam: _waarde(waarde) for naam, waarde in velden.items()}
    tekst = json.dumps(schoon, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(tekst.encode()).digest()


def zegelhash(vorige: bytes, gezet_op: datetime, regels: Iterable[tuple[int, bytes]]) -> bytes:
    """H(former seal ‖ moment ‖ number and hash of each line, by number)."""
    som = hashlib.sha256(bytes(vorige) + microseconden(gezet_op).to_bytes(8, "big"))
    for nummer, regel in sorted(regels):
        som.update(nummer.to_bytes(8, "big") + bytes(regel))
    return som.digest()
