"""Work that costs a person nothing and a machine that floods us something. Asked only of who is pressing.

Without a script the way through is patience: the same form, sent again after a while.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from heard.forms.signs import Stamp

BITS = 14  # a second of a telephone's time
PATIENCE = timedelta(seconds=20)


def is_solved(stamp: str, solution: str) -> bool:
    if not solution.isascii() or not solution.isdecimal() or len(solution) > 12:
        return False
    digest = hashlib.sha256(f"{stamp}:{solution}".encode()).digest()
    return int.from_bytes(digest[:4]) >> (32 - BITS) == 0


def was_patient(stamp: Stamp, now: datetime) -> bool:
    """The stamp is given anew with the puzzle, so this is the time since then."""
    return now - stamp.at >= PATIENCE
