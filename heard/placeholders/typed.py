"""Numbers and days from what somebody typed or a form field sent. None where it is neither."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from heard.placeholders.values import Value

_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,3})?")
_RANGE: Final = re.compile(r"([0-9]{1,9}) ?[-–] ?([0-9]{1,9})")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(rf"{_DAY.pattern}[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?")


def as_number(value: Value | None) -> int | Decimal | None:
    """3, "3" and "1,5"."""
    if isinstance(value, int):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        return None
    typed = value.strip().replace(",", ".")
    return Decimal(typed) if "." in typed else int(typed)


def as_range(value: Value | None) -> tuple[int, int] | None:
    """ "2-3" """
    found = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return None
    first, last = int(found[1]), int(found[2])
    return (first, last) if first < last else None


def decides_form(value: Value | None) -> int | Decimal | None:
    """The number that a plural goes by: of "2-3" days it is the 3."""
    between = as_range(value)
    return between[1] if between else as_number(value)


def as_day_or_moment(value: str) -> date | datetime | None:
    """As browsers send what was picked: 2026-11-22, 2026-11-22T14:30."""
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
        return datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:  # 2026-02-30
        return None
