"""Fields as networks really write them, for pydantic models of payloads.

`null` and a missing key mean the same. What identifies or says something is strict, so that a surprise
becomes one ignored element with a reason; what only decorates is lenient, so that it never costs a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, SecretStr, ValidationError

_LONGEST_ID: Final = 255
_LONGEST_URL: Final = 8_000
_MILLISECONDS_FROM: Final = 100_000_000_000  # as seconds this would be the year 5138
_LAST_SECOND: Final = 253_402_300_799  # the end of the year 9999
_COLONLESS_ZONE: Final = re.compile(r"([+-]\d{2})(\d{2})$")


class Payload(BaseModel):
    """A part of what a network sent. Keys that we do not read are nobody's business here."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def as_id(value: Any) -> str:
    """An id as text; networks write the same id as a number here and as a string there."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > _LONGEST_ID:
        raise ValueError("is not an id")
    return value.strip()


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("is not a text")
    return value


def as_aside(value: Any) -> str:
    return value if isinstance(value, str) else ""


def as_url(value: Any) -> str:
    """A web address, or nothing: whatever else stands there must not end in a link on a page."""
    if not isinstance(value, str) or len(value) > _LONGEST_URL:
        return ""
    return value if value.lower().startswith(("https://", "http://")) else ""


def as_urls(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(url for url in map(as_url, items) if url)


def as_time(value: Any) -> datetime | None:
    """Seconds or milliseconds since 1970, in digits too, or ISO 8601; None where it is none of these."""
    if isinstance(value, str):
        value = value.strip()
        if not value.isascii() or not value.isdigit():
            return _iso_time(value)
        value = int(value[:20])
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        return None
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    return datetime.fromtimestamp(seconds, UTC) if seconds <= _LAST_SECOND else None


def _iso_time(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(_COLONLESS_ZONE.sub(r"\1:\2", text))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def as_flag(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.lower())
    return bool(value) if isinstance(value, bool | int) else None


def as_list(value: Any) -> tuple[Any, ...]:
    """A list; a single thing where a list was expected counts as a list of one."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


Id = Annotated[str, BeforeValidator(as_id)]
Text = Annotated[str, BeforeValidator(as_text)]
Aside = Annotated[str, BeforeValidator(as_aside)]
Url = Annotated[str, BeforeValidator(as_url)]
Urls = Annotated[tuple[str, ...], BeforeValidator(as_urls)]
Time = Annotated[datetime | None, BeforeValidator(as_time)]
Flag = Annotated[bool | None, BeforeValidator(as_flag)]
Items = Annotated[tuple[Any, ...], BeforeValidator(as_list)]
Part = Annotated[Mapping[str, Any], BeforeValidator(as_mapping)]


def what_is_wrong(error: ValidationError) -> str:
    """The first complaint, naming the place and never the value: values may be private."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    place = ".".join(str(step) for step in first["loc"]) or "it"
    return f"{place} {first['msg'].removeprefix('Value error, ')}"[:200]


def empty_means_none(value: Any) -> Any:
    """For a secret that may be left out."""
    # A form sends an empty text. An HMAC with an empty key is one that anybody can compute.
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return value if text else None
