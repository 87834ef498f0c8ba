"""Where the next page of messages begins: the key of the last row seen, never a count of rows."""

from __future__ import annotations

import base64
import re
from datetime import datetime
from typing import Final

from heard.tickets.folders import BadCursor

OPENED: Final = re.compile(r"(\d{4}-\d\d-\d\dT[0-9:.]{8,15}\+00:00) (\d{1,18})", re.ASCII)


def seal(at: datetime, pk: int) -> str:
    return base64.urlsafe_b64encode(f"{at.isoformat()} {pk}".encode()).decode().rstrip("=")


def open_cursor(cursor: str) -> tuple[datetime, int]:
    """Raises BadCursor."""
    try:
        read = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        found = OPENED.fullmatch(read)
        if found is None:
            raise BadCursor(cursor)
        return datetime.fromisoformat(found[1]), int(found[2])
    except ValueError as error:
        raise BadCursor(cursor) from error
