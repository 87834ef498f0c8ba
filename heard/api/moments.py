"""Times as clients give them: with their zone, and inside what every part of Heard can show."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

RFC3339: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _moment(given: Any) -> datetime:
    found = RFC3339.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise PydanticCustomError("no_such_time", "not a time")
    try:
        moment = datetime.fromisoformat(given.upper())
    except ValueError as error:
        raise PydanticCustomError("no_such_time", "not a time") from error
    # Compared, not converted: in UTC a time at the edge of the calendar may lie outside of it.
    return EARLIEST if moment < EARLIEST else min(moment, LATEST)


Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": "RFC 3339. What lies before 1970 or after 2100 counts as these.",
        }
    ),
]
