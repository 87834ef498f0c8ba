"""What is wrong with which field, in words that need no manual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.api.problems import NOT_FOUND, Problem, WrongField, invalid

# By pydantic's names of errors. What is missing here is told in pydantic's own English.
WORDS: Final[Mapping[str, Promise]] = {
    "missing": gettext_lazy("This field is needed."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_type": gettext_lazy("This must be a text."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("This holds characters that are not allowed here."),
    "string_unicode": gettext_lazy("This holds half a character."),
    "bool_type": gettext_lazy("This must be true or false."),
    "bool_parsing": gettext_lazy("This must be true or false."),
    "int_type": gettext_lazy("This must be a whole number."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "int_parsing_size": gettext_lazy("This number is too large."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "literal_error": gettext_lazy("One of: %(expected)s."),
    "enum": gettext_lazy("One of: %(expected)s."),
    "list_type": gettext_lazy("This must be a list."),
    "too_long": gettext_lazy("At most %(max_length)s entries."),
    "model_type": gettext_lazy("This must be an object."),
    "model_attributes_type": gettext_lazy("This must be an object."),
    "no_such_time": gettext_lazy("This must be a time with its zone, such as 2026-11-21T09:00:00Z."),
}


def invalid_fields(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """An address that cannot be anybody's number is simply not there."""
    if any(error["loc"][0] == "path" for error in errors):
        return Problem(NOT_FOUND)
    return invalid([_field(error) for error in errors])


def unknown_fields(names: Sequence[str]) -> Problem:
    reason = _("There is no such field.")
    return invalid([_wrong(f"query.{name}", "extra_forbidden", reason) for name in names])


def _field(error: Mapping[str, Any]) -> WrongField:
    code = error["type"]
    words = WORDS.get(code)
    reason = str(words) % error.get("ctx", {}) if words else str(error["msg"])
    return _wrong(_address(error["loc"]), code, reason)


def _address(loc: Sequence[str | int]) -> str:
    """As the client knows it: ninja puts the name of the view's argument after `body`."""
    parts = [loc[0], *loc[2:]] if loc[0] == "body" else loc
    return ".".join(str(part) for part in parts)


def _wrong(name: str, code: str, reason: str) -> WrongField:
    # A name that the client made up may be long, or no text at all: half a character cannot be sent back.
    return {"field": name[:200].encode(errors="replace").decode(), "code": code, "reason": reason}
