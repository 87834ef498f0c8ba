"""Lists in the order of their ids: the cursor is the last id seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Final

from django.db.models import Model
from pydantic import Field

from heard.api.asking import BIGGEST_ID
from heard.tickets.folders import BadCursor

NUMBER: Final = re.compile(r"[0-9]{1,19}", re.ASCII)
AfterId = Annotated[str, Field(max_length=200, description="`next` of the page before.")]


def id_in(cursor: str | None) -> int:
    """Raises BadCursor."""
    if not cursor:
        return 0
    if not NUMBER.fullmatch(cursor) or int(cursor) > BIGGEST_ID:
        raise BadCursor(cursor)
    return int(cursor)


def next_id(rows: Sequence[Model], limit: int) -> str | None:
    """`rows` holds one more than `limit` where there is a next page."""
    return str(rows[limit - 1].pk) if len(rows) > limit else None
